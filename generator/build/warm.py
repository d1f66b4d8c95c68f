"""What workers are forked from: a process that has imported what documents need, and nothing of any workspace."""

from generator.build import worker

worker.preload()
