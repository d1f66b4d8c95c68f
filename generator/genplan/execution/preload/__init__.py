"""What workers are forked from: a process that has imported what documents need, and nothing of any workspace.

There is a module for each format and engine.
Importing what writes PDFs takes a process as long as some ten documents, and 31 MiB; each worker after the first is spared both.
"""

import sys
from types import TracebackType

import genplan.execution.worker  # noqa: F401 - imported for those that are forked from here


def _silently(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print no traceback where the system refuses to fork another: the one who asks for workers is told, and tells it (GP724)."""
    if not issubclass(kind, OSError):
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _silently
