"""One build at a time in an output folder."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

NAME = ".genplan/lock"


class OutputInUseError(Exception):
    """Another build is writing to the folder; the message, if any, says who."""


@contextmanager
def locked(output: Path, waiting: Callable[[], None] | None) -> Iterator[None]:
    """Hold an output folder; the system lets it go when the process ends, however it does.

    `waiting` is called before waiting for another build to end.

    Raises:
        OutputInUseError: another build holds it, and `waiting` is None.
        OSError: the folder cannot be written.
    """
    path = output / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        if not try_lock(file):
            if waiting is None:
                raise OutputInUseError
            waiting()
            _wait(file)
        try:
            yield
        finally:
            _release(file)


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
