"""Errors of the operating system as messages."""

import errno
import os

from genplan.messages.message import Message, msg

_TEXTS = {
    "ENOENT": msg("No such file or directory"),
    "EACCES": msg("Permission denied"),
    "EPERM": msg("Operation not permitted"),
    "ENOSPC": msg("No space left on device"),
    "EDQUOT": msg("Disk quota exceeded"),
    "EISDIR": msg("Is a directory"),
    "ENOTDIR": msg("Not a directory"),
    "ENOTEMPTY": msg("Directory not empty"),
    "EROFS": msg("Read-only file system"),
    "EIO": msg("Input/output error"),
    "EMFILE": msg("Too many open files"),
    "ENFILE": msg("Too many open files in system"),
    "ENAMETOOLONG": msg("File name too long"),
    "ELOOP": msg("Too many levels of symbolic links"),
    "EEXIST": msg("File exists"),
    "EBUSY": msg("Device or resource busy"),
    "ETXTBSY": msg("Text file busy"),
    "EFBIG": msg("File too large"),
    "EMLINK": msg("Too many links"),
    "EXDEV": msg("Invalid cross-device link"),
    "ESTALE": msg("Stale file handle"),
    "ENOMEM": msg("Cannot allocate memory"),
    "EAGAIN": msg("Resource temporarily unavailable"),
    "EINVAL": msg("Invalid argument"),
    "ENXIO": msg("No such device or address"),
    "ENODEV": msg("No such device"),
    "ETIMEDOUT": msg("Connection timed out"),
    "ECONNREFUSED": msg("Connection refused"),
    "ECONNRESET": msg("Connection reset by peer"),
    "EHOSTUNREACH": msg("No route to host"),
    "ENETUNREACH": msg("Network is unreachable"),
    "ENOTCONN": msg("Transport endpoint is not connected"),
}
"""By the name of errno; not every system has each."""
_REASONS: dict[int, Message] = {getattr(errno, name): text for name, text in _TEXTS.items() if hasattr(errno, name)}


def reason(error: OSError) -> str:
    """Describe an error of the system. A text other than the system's own for the error number is returned unchanged."""
    known = _REASONS.get(error.errno or 0)
    windows = getattr(error, "winerror", None) is not None
    if known is not None and (windows or error.strerror == os.strerror(error.errno or 0)):
        return known
    return error.strerror or str(error) or type(error).__name__
