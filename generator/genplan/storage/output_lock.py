"""One build at a time in an output folder.

filelock would open the path by itself: it follows links in the folder, and does not see that the file it holds has been removed meanwhile.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from genplan.storage import contained_files

NAME = ".genplan/lock"
_TIMES = 5
"""Times that the file may be gone once it is held, before that is taken for good."""


class OutputInUseError(Exception):
    """Another build is writing to the folder; the message, if any, says who."""


@contextmanager
def lock_output(output: Path, waiting: Callable[[], None] | None) -> Iterator[None]:
    """Hold an output folder; the system lets it go when the process ends, however it does.

    `waiting` is called before waiting for another build to end.

    Raises:
        OutputInUseError: another build holds it, and `waiting` is None.
        OSError: the folder cannot be written, or .genplan in it is a link (GP755).
    """
    output.mkdir(parents=True, exist_ok=True)
    for _ in range(_TIMES):
        with os.fdopen(contained_files.open_own(output, NAME), "r+b") as file:
            if not try_lock(file):
                if waiting is None:
                    raise OutputInUseError
                waiting()
                _wait(file)
            try:
                if _stands(file, output):
                    yield
                    return
            finally:
                _release(file)
    raise contained_files.gone(contained_files.shown(str(output)))


def _stands(file: BinaryIO, output: Path) -> bool:
    """Return whether the file that is held is the one that others find: the folder may have been removed while this one waited."""
    status = contained_files.stat_file(output, NAME)
    return status is not None and os.path.samestat(status, os.fstat(file.fileno()))


if sys.platform == "win32":
    import msvcrt
    import time

    def try_lock(file: BinaryIO) -> bool:
        """Lock a file for this process alone, unless another one holds it."""
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait(file: BinaryIO) -> None:
        while not try_lock(file):
            time.sleep(0.2)

    def _release(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def try_lock(file: BinaryIO) -> bool:
        """Lock a file for this process alone, unless another one holds it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)

    def _release(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
