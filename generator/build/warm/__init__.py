"""What workers are forked from: a process that has imported what documents need, and nothing of any workspace. A module a format."""

import generator.build.worker  # noqa: F401 - imported for those that are forked from here
