"""Files below a folder, reached without following a link: what somebody puts into an output leads nowhere else.

The folder itself may be reached by links. Those below it are opened one from the other, so that a link that takes the place of one
meanwhile is not followed either; where the system has no such calls (Windows), each is looked at before its path is used. Names are
relative, with forward slashes.
"""

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from genplan.messages import msg
from genplan.storage.external_errors import ExternalError

_HANDLES = {os.open, os.mkdir, os.stat, os.unlink, os.rmdir, os.rename} <= os.supports_dir_fd
_CHMOD = os.chmod in os.supports_fd
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_FILE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""What opening a file comes with: it does not wait at a pipe."""
_JUNCTION = 0xA0000003
"""What Windows calls its other kind of link to a folder."""
_NOWHERE = {"", ".", ".."}
_NO_FILE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENXIO}


def is_inside(name: str) -> bool:
    """Return whether a name stays below the folder that it is taken from, on any system."""
    return not any(each in name for each in "\0\\:") and not any(part in _NOWHERE for part in name.split("/"))


def shown(path: str) -> str:
    """Name a path from the working directory if it stands below it."""
    near = os.path.relpath(path) if os.path.splitdrive(path)[0] == os.path.splitdrive(str(Path.cwd()))[0] else path
    return (path if near.startswith(os.pardir) else near).replace(os.sep, "/")


def write(root: Path, name: str, data: bytes, scratch: str = "") -> None:
    """Write a file whole or not at all: what stood there stays until the new content is on disk. A link in its place is replaced.

    Until then it stands beside its place, or in the folder `scratch` of the same root. Folders are made as needed, but for the root.

    Raises:
        OSError: the file cannot be written; no trace is left of the attempt. GP755: a folder on the way is a link. GP756: there is no
            such root.
    """
    *folders, last = _parts(name)
    with _folder(root, folders, make=True) as folder, _folder(root, _parts(scratch) if scratch else folders, make=True) as beside:
        temporary = f".genplan-{secrets.token_hex(8)}"
        try:
            _fill(beside, temporary, data)
            os.replace(beside.name(temporary), folder.name(last), src_dir_fd=beside.handle, dst_dir_fd=folder.handle)
        except BaseException:
            with suppress(OSError):
                os.unlink(beside.name(temporary), dir_fd=beside.handle)
            raise


def stat_file(root: Path, name: str) -> os.stat_result | None:
    """Describe what the file system does of a file; None where there is none, but something else, or a link on the way."""
    *folders, last = _parts(name)
    with suppress(OSError, ValueError), _folder(root, folders) as folder:
        status = os.stat(folder.name(last), dir_fd=folder.handle, follow_symlinks=False)
        return status if stat.S_ISREG(status.st_mode) else None
    return None


def read(root: Path, name: str) -> bytes | None:
    """Read a file; None where there is none, as above.

    Raises:
        OSError: it cannot be read.
    """
    *folders, last = _parts(name)
    try:
        with _folder(root, folders) as folder:
            handle = _opened(folder, last, os.O_RDONLY)
    except ExternalError:
        return None
    except OSError as error:
        if error.errno in _NO_FILE:
            return None
        raise
    if stat.S_ISREG(os.fstat(handle).st_mode):
        with os.fdopen(handle, "rb") as file:
            return file.read()
    os.close(handle)
    return None


def open_own(root: Path, name: str) -> int:
    """Open a file to read and write, and make it where there is none; what is no file gives way. Gives its descriptor.

    Raises:
        OSError: as `write` does.
    """
    *folders, last = _parts(name)
    flags = os.O_RDWR | os.O_CREAT
    with _folder(root, folders, make=True) as folder:
        if not _is_file_or_nothing(folder, last):
            _clear(folder, last)
        return _opened(folder, last, flags)


def remove(root: Path, name: str) -> None:
    """Remove a file, and the folders that it leaves empty; of a link, itself.

    Raises:
        OSError: it cannot be removed. GP755: a folder on the way is a link.
    """
    *folders, last = _parts(name)
    with suppress(FileNotFoundError):
        with _folder(root, folders) as folder, suppress(FileNotFoundError):
            os.unlink(folder.name(last), dir_fd=folder.handle)
        while folders:
            empty = folders.pop()
            with _folder(root, folders) as folder, suppress(OSError):
                os.rmdir(folder.name(empty), dir_fd=folder.handle)


def clear(root: Path, name: str) -> None:
    """Remove whatever stands in a place that is genplan's own: a file, a link, a folder with all that is in it.

    Raises:
        OSError: it cannot be removed. GP755: a folder on the way is a link.
    """
    *folders, last = _parts(name)
    with suppress(FileNotFoundError), _folder(root, folders) as folder:
        _clear(folder, last)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder, and the handle that it is reached by where the system has such."""

    path: str
    handle: int | None

    def name(self, name: str) -> str:
        """Name something in it, for calls that take the handle as well."""
        return name if self.handle is not None else os.path.join(self.path, name)  # noqa: PTH118 - of text


@contextmanager
def _folder(root: Path, parts: Sequence[str], *, make: bool = False) -> Iterator[_Folder]:
    folder = _root(root)
    try:
        for part in parts:
            above, folder = folder, _below(folder, part, make=make)
            _close(above)
        yield folder
    finally:
        _close(folder)


def _root(root: Path) -> _Folder:
    path = os.path.abspath(root)  # noqa: PTH100 - of text
    try:
        if _HANDLES:
            return _Folder(path, os.open(path, _FOLDER))
        if stat.S_ISDIR(os.stat(path).st_mode):  # noqa: PTH116 - of text
            return _Folder(path, None)
    except (FileNotFoundError, NotADirectoryError):
        pass
    raise gone(shown(path))


def gone(place: str) -> ExternalError:
    """Say that the folder to write to is no longer what it was."""
    advice = msg("find out what removes, moves or replaces it, then build again")
    return ExternalError("GP756", place, msg("the output folder disappeared while documents were being written"), advice)


def _below(folder: _Folder, part: str, *, make: bool) -> _Folder:
    try:
        return _step(folder, part)
    except FileNotFoundError:
        if not make:
            raise
    with suppress(FileExistsError):
        os.mkdir(folder.name(part), dir_fd=folder.handle)
    return _step(folder, part)


def _step(folder: _Folder, part: str) -> _Folder:
    path = os.path.join(folder.path, part)  # noqa: PTH118 - of text
    try:
        if folder.handle is not None:
            return _Folder(path, os.open(part, _FOLDER | os.O_NOFOLLOW, dir_fd=folder.handle))
        if is_real_folder(path):
            return _Folder(path, None)
    except OSError as error:
        if error.errno not in {errno.ENOTDIR, errno.ELOOP}:
            raise
    if _is_link(path):
        message = msg(
            "`{name}` is a link, to {target}, and links inside the output folder are not followed",
            name=Path(path).name,
            target=_target(path),
        )
        advice = msg("remove the link and build again; to keep documents elsewhere, make the output folder itself a link, or use --output")
        raise ExternalError("GP755", shown(path), message, advice)
    raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)


def is_real_folder(path: str) -> bool:
    """Tell a folder from a link to one.

    Raises:
        OSError: there is nothing, or it cannot be looked at.
    """
    status = os.lstat(path)
    return stat.S_ISDIR(status.st_mode) and getattr(status, "st_reparse_tag", 0) != _JUNCTION


def _is_link(path: str) -> bool:
    with suppress(OSError):
        return os.path.islink(path) or (os.path.isdir(path) and not is_real_folder(path))  # noqa: PTH112, PTH114 - of text
    return False


def _target(path: str) -> str:
    try:
        return os.readlink(path)  # noqa: PTH115 - of text
    except OSError:
        return msg("elsewhere")


def _opened(folder: _Folder, last: str, flags: int) -> int:
    """Open a file that is no link."""
    if folder.handle is None and os.path.islink(folder.name(last)):  # noqa: PTH114 - of text
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), last)
    return os.open(folder.name(last), flags | _FILE, 0o666, dir_fd=folder.handle)


def _is_file_or_nothing(folder: _Folder, last: str) -> bool:
    with suppress(FileNotFoundError):
        return stat.S_ISREG(os.stat(folder.name(last), dir_fd=folder.handle, follow_symlinks=False).st_mode)
    return True


def _clear(folder: _Folder, last: str) -> None:
    try:
        os.unlink(folder.name(last), dir_fd=folder.handle)
    except FileNotFoundError:
        return
    except OSError:
        if not stat.S_ISDIR(os.stat(folder.name(last), dir_fd=folder.handle, follow_symlinks=False).st_mode):
            raise
        shutil.rmtree(folder.name(last), dir_fd=folder.handle)  # follows no link either


def _fill(folder: _Folder, name: str, data: bytes) -> None:
    """Write a file that nobody else has, down to the disk; everybody may read it."""
    handle = os.open(folder.name(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FILE, 0o600, dir_fd=folder.handle)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
        if _CHMOD:
            os.chmod(handle, 0o644)  # noqa: PTH101 - a descriptor
    except BaseException:
        with suppress(OSError):
            os.close(handle)
        raise
    os.close(handle)  # on a network's disk it may be here that there is no room


def _close(folder: _Folder) -> None:
    if folder.handle is not None:
        os.close(folder.handle)


def _parts(name: str) -> list[str]:
    parts = name.split("/")
    if any(part in _NOWHERE or "\0" in part or os.sep in part for part in parts):
        raise ValueError(f"{name!r} is no name below a folder")
    return parts
