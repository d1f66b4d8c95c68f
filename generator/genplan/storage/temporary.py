"""Temporary files: a folder for each run, which goes with it; what runs that were killed have left is removed by a later one.

In a run's folder stands a file that the run keeps locked. The system lets the lock go when the process ends, however it does, which tells a
later run that nobody uses the folder; process numbers do not tell that, since they are given out again.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing import process
from pathlib import Path
from typing import Any, BinaryIO

from genplan.messages import msg
from genplan.storage.external_errors import ExternalError
from genplan.storage.output_lock import try_lock
from genplan.writers.scratch import PREFIX, refused

_LOCK = "in-use"
_TRIES = 100
_LONGEST = 70
"""Bytes of a folder's path under which the sockets of workers still fit into the 104 that the systems allow for the path of a socket."""
_SHORT = ("/tmp", "/var/tmp")  # noqa: S108 - what is made in there may be entered by nobody else


def set_up_temporary_folder() -> None:
    """Have this process, and the workers that it starts, put all their temporary files into one folder, which goes when this process ends.

    Raises:
        ExternalError: no such folder can be made (GP765).
    """
    folder = own()
    use(folder)
    sockets_in(folder)


def use(folder: Path) -> None:
    """Put the temporary files of this process into a folder, those of libraries too."""
    tempfile.tempdir = str(folder)


@cache
def own() -> Path:
    """Return the folder of this process, made when it is first asked for.

    Raises:
        ExternalError: it cannot be made (GP765).
    """
    with guarded():
        return _make_folder(Path(tempfile.gettempdir()))


def sockets_in(folder: Path) -> None:
    """Have `multiprocessing` put its sockets into a folder; where the path would be too long for them, into a shorter one of this run."""
    while len(os.fsencode(folder)) > _LONGEST:
        short = next((place for place in _SHORT if os.access(place, os.W_OK)), None)
        if short is None or not hasattr(os, "getuid"):
            return  # workers will not start, and say why
        folder = _make_folder(Path(short))
    current: Any = process.current_process()
    current._config["tempdir"] = str(folder)  # noqa: SLF001 - there is no other way to say so


@contextmanager
def guarded() -> Iterator[None]:
    """Say of what fails inside that temporary files are at fault.

    Raises:
        ExternalError: something failed (GP765).
    """
    try:
        yield
    except OSError as error:
        raise ExternalError.of(refused(error)) from error


def _make_folder(place: Path) -> Path:
    """Make a folder that is held until this process ends, and remove those that nobody holds any more, now and then."""
    sweep(place)
    for _ in range(_TRIES):
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        lock = _lock_folder(folder, new=True)
        if lock is not None:
            atexit.register(_remove, folder, lock, os.getpid())
            return folder
    raise FileNotFoundError(msg("files written to {place} do not stay there", place=place))


def _remove(folder: Path, lock: BinaryIO, owner: int) -> None:
    if os.getpid() != owner:  # a process that was forked from the one whose folder it is
        return
    lock.close()  # Windows removes no file that is open
    shutil.rmtree(folder, ignore_errors=True)
    sweep(folder.parent)


def sweep(place: Path) -> None:
    """Remove the folders of this user's runs that nobody holds. Links are not followed, and nothing else is touched."""
    with suppress(OSError):
        for entry in os.scandir(place):
            if entry.name.startswith(PREFIX):
                with suppress(OSError):
                    _sweep(entry)


def _sweep(entry: "os.DirEntry[str]") -> None:
    if not entry.is_dir(follow_symlinks=False):
        return
    if hasattr(os, "getuid") and entry.stat(follow_symlinks=False).st_uid != os.getuid():
        return
    folder = Path(entry.path)
    if not (folder / _LOCK).exists():
        folder.rmdir()  # which fails unless it is empty: a run that was killed before it could lock it
        return
    lock = _lock_folder(folder, new=False)
    if lock is not None:
        lock.close()
        shutil.rmtree(folder, ignore_errors=True)


def _lock_folder(folder: Path, *, new: bool) -> BinaryIO | None:
    """Lock a folder; None where another process holds it, or has just removed it."""
    flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | (os.O_CREAT if new else 0)
    try:
        file = os.fdopen(os.open(folder / _LOCK, flags, 0o600), "r+b")
    except FileNotFoundError:
        return None
    with suppress(OSError):
        if _try_lock(file, new=new) and os.path.samestat(os.fstat(file.fileno()), (folder / _LOCK).lstat()):
            return file
    file.close()
    return None


def _try_lock(file: BinaryIO, *, new: bool) -> bool:
    """Lock a file; where the file system has no locks, a new folder counts as held, and no other run removes it."""
    try:
        return try_lock(file)
    except OSError:
        return new
