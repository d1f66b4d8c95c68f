"""Reading the files that people name: regular ones, and no more of each than there should be."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import msg, reason

MEBIBYTE = 1024 * 1024
LARGEST = 64 * MEBIBYTE
"""Bytes of any file that is read whole: a font, a picture, a template written in Word."""

_KINDS = (
    (stat.S_ISFIFO, msg("a named pipe")),
    (stat.S_ISSOCK, msg("a socket")),
    (stat.S_ISCHR, msg("a device")),
    (stat.S_ISBLK, msg("a device")),
)


class IrregularFileError(OSError):
    """What the path names is no file with content of its own: a pipe, which may never answer, or a device, which may never end."""

    def __init__(self, kind: str) -> None:
        super().__init__(errno.EINVAL, msg("it is {kind}, not a file", kind=kind))
        self.kind = kind


class LargeFileError(OSError):
    """The file has more bytes than are read."""

    def __init__(self, most: int) -> None:
        super().__init__(errno.EFBIG, msg("it is larger than {limit}", limit=size(most)))
        self.most = most


def size(count: int) -> str:
    """Write a number of bytes for people."""
    return f"{count // MEBIBYTE} MiB" if count >= MEBIBYTE else f"{count // 1024} KiB"


def contents(path: Path, most: int = LARGEST) -> bytes:
    """Read a regular file of at most so many bytes; nothing is read of any other.

    Raises:
        IrregularFileError: it is a pipe, a socket or a device.
        LargeFileError: it is larger.
        OSError: it cannot be read, or is a folder.
    """
    check_regular(path)  # some, such as sockets, cannot be opened
    # A pipe that took the place of the file meanwhile must not hold us up.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor
        status = os.fstat(descriptor)
        _refuse_irregular(status.st_mode)
        if status.st_size > most:
            raise LargeFileError(most)
        data = file.read(most + 1)  # some, as those of /proc, do not tell their size
    if len(data) > most:
        raise LargeFileError(most)
    return data


def check_regular(path: Path) -> int:
    """Return the size of a regular file, without opening it.

    Raises:
        IrregularFileError: it is a pipe, a socket or a device.
        OSError: there is none, or it is a folder.
    """
    status = os.stat(path)  # noqa: PTH116 - as told by a descriptor
    _refuse_irregular(status.st_mode)
    return status.st_size


def _refuse_irregular(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise IrregularFileError(next((name for test, name in _KINDS if test(mode)), msg("a special file")))


def unreadable(file: str, error: OSError, too_large: str = "GP005") -> Diagnostic:
    """Explain why a file cannot be read: GP001, GP009 (no regular file) or `too_large`. `file` is the name to report."""
    if isinstance(error, LargeFileError):
        return diagnose(
            too_large,
            Span(file),
            msg("the file is larger than {limit}", limit=size(error.most)),
            help=msg("check that this is the right file"),
        )
    if isinstance(error, IrregularFileError):
        return diagnose(
            "GP009",
            Span(file),
            msg("this is {kind}, not a file", kind=error.kind),
            help=msg("save the content to a regular file and use that"),
        )
    return diagnose(
        "GP001",
        Span(file),
        msg("the file cannot be read: {reason}", reason=reason(error) if error.strerror else type(error).__name__),
        help=_access(error),
    )


def _access(error: OSError) -> str:
    """Describe how a file is made readable."""
    if isinstance(error, IsADirectoryError):
        return msg("this is a folder: name a file, or rename the folder")
    if isinstance(error, PermissionError):
        return msg("give yourself read permission")
    return msg("check that the file exists and opens in an editor")


def digest(data: bytes) -> str:
    """Digest bytes, shortly."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


_reads: ContextVar[dict[str, str] | None] = ContextVar("reads", default=None)


@contextmanager
def recording_reads() -> Iterator[dict[str, str]]:
    """Note every file that is read meanwhile: its real path, and the digest of what was read."""
    noted: dict[str, str] = {}
    token = _reads.set(noted)
    try:
        yield noted
    finally:
        _reads.reset(token)


_unsaved: ContextVar[Mapping[str, bytes]] = ContextVar("unsaved", default={})  # noqa: B039 - never changed


@contextmanager
def reading_unsaved(contents_by_path: Mapping[str, bytes]) -> Iterator[None]:
    """Read these contents, by real path, in place of what the disk has: documents that are open in an editor."""
    token = _unsaved.set(contents_by_path)
    try:
        yield
    finally:
        _unsaved.reset(token)


def is_file(path: Path) -> bool:
    """Return whether there is a file to read, on the disk or in an editor."""
    return os.path.isfile(path) or os.path.realpath(path) in _unsaved.get()  # noqa: PTH113 - Path.is_file raises where a name is too long


def read_bytes(path: Path, file: str, most: int = LARGEST, *, too_large: str = "GP005") -> Outcome[bytes | None]:
    """Read a file of at most so many bytes; `file` is the name to report. Finds GP001, GP009, `too_large`, and GP552 (no name in UTF-8)."""
    real = os.path.realpath(path)
    if not is_text(real):
        name = file if not is_text(file) else real
        message = msg("the name of this file, or of a folder above it, is not UTF-8")
        return Outcome(None, [diagnose("GP552", Span(_shown(name)), message, help=msg("rename it (with mv or convmv)"))])
    try:
        unsaved = _unsaved.get().get(real)
        data = contents(path, most) if unsaved is None else unsaved
    except OSError as error:
        return Outcome(None, [unreadable(file, error, too_large)])
    noted = _reads.get()
    if noted is not None:
        noted[real] = digest(data)
    return Outcome(data, [])


def is_text(name: str) -> bool:
    """Return whether a name is text: the file systems of Linux take any bytes, which Python keeps as characters that no text may hold."""
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def _shown(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()
