"""Exceptions that are about the machine, and not mistakes of genplan: a package that is missing, no memory, a disk that refuses."""

import errno
import os
import sys

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg, reason
from genplan.storage.external_errors import ExternalError

HERE = "genplan"
"""Names the command itself where no file is at fault."""
_REINSTALL = msg("reinstall genplan with its dependencies: pip install --force-reinstall genplan")
_EXTRAS = {
    "docxtpl": "word",
    "pikepdf": "protect",
    "msoffcrypto": "protect",
    "pypdfium2": "preview",
    "pygls": "lsp",
    "lsprotocol": "lsp",
    "s3fs": "s3",
    "fsspec": "s3",
    "distributed": "dask",
}
"""Packages that not everybody needs, and the extra that brings each."""
_STDLIB = msg("this Python was built without it: install the system package that provides it, or use another Python")
_CURES = {
    errno.ENOSPC: msg("free up disk space"),
    errno.EMFILE: msg("raise the limit of open files (ulimit -n)"),
    errno.ENFILE: msg("end programs that have many files open"),
    errno.ENOMEM: msg("end other programs, or raise the memory limit (ulimit -v)"),
    errno.EAGAIN: msg("end other programs, or raise the process limit (ulimit -u)"),
    errno.EACCES: msg("check that you have permission"),
    errno.EPERM: msg("check that you have permission"),
    errno.EROFS: msg("the disk is mounted read-only: use another folder"),
    errno.EIO: msg("the disk or its connection is failing: check it"),
}
_FEW_PROCESSES = 256
"""Processes of one user that are easily had; libraries start threads, which count, and end the process where they may not."""
_OTHER = msg("fix what the message names; with -v, genplan also shows where the error occurred")


def trouble(error: BaseException, place: str = "") -> Diagnostic | None:
    """Describe what of the machine stands in the way: GP551, GP766 to GP769, or what the error says itself; None where genplan is at fault.

    `place` is what was being done, if there is a name for that.
    """
    if isinstance(error, ExternalError):
        return error.diagnostic
    if isinstance(error, ImportError):
        return _not_importable(error)
    if isinstance(error, MemoryError):
        return _no_memory(place)
    if isinstance(error, UnicodeEncodeError):
        return _not_nameable(error)
    return _refused(error, place) if isinstance(error, OSError) else None


def _not_importable(error: ImportError) -> Diagnostic | None:
    package = (error.name or "").partition(".")[0]
    if package == __name__.partition(".")[0]:
        return None  # a name that is not there, which is a mistake of ours
    named = msg("the Python package `{package}`", package=package) if package else msg("a Python package")
    extra = _EXTRAS.get(package)
    advice = f'pip install --force-reinstall "genplan[{extra}]"' if extra else _STDLIB if package in sys.stdlib_module_names else _REINSTALL
    return diagnose(
        "GP551", Span(HERE), msg("{package} cannot be loaded: {reason}", package=named, reason=_import_reason(error)), help=advice
    )


def _import_reason(error: ImportError) -> str:
    if isinstance(error, ModuleNotFoundError) and error.msg == f"No module named {error.name!r}":
        return msg("No module named '{module}'", module=error.name)
    return error.msg.partition("\n")[0] if error.msg else msg("not found")


def _no_memory(place: str) -> Diagnostic:
    advice = raise_memory_limit() or msg("end other programs, or use a larger machine")
    return diagnose("GP768", Span(place or HERE), msg("there is not enough memory"), help=advice)


def raise_memory_limit() -> str:
    """Advise to raise the limit of memory that the user has set; empty where there is none.

    What genplan sets itself is a soft limit, below the user's.
    """
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return ""
    _, limit = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY:
        return ""
    return msg(
        "this shell limits a process to {limit} MiB of address space (ulimit -v), which is too little: raise the limit", limit=limit >> 20
    )


def raise_limits() -> str:
    """Do the same where a process may have ended for want of memory, or of threads; empty where no limit is near."""
    return raise_memory_limit() or _raise_process_limit()


def _raise_process_limit() -> str:
    try:
        import resource  # noqa: PLC0415 - as above
    except ImportError:
        return ""
    limit, _ = resource.getrlimit(resource.RLIMIT_NPROC)
    few = 0 <= limit < _FEW_PROCESSES
    return (
        msg("this shell limits you to {limit} processes and threads (ulimit -u), which is too few: raise the limit", limit=limit)
        if few
        else ""
    )


def _not_nameable(error: UnicodeEncodeError) -> Diagnostic | None:
    """Tell names of files apart from other text: only they are written in the encoding of the file system."""
    if error.encoding.lower().replace("-", "") == "utf8" or error.encoding.lower() != sys.getfilesystemencoding().lower():
        return None
    message = msg("the locale does not support Chinese file names: its encoding is {encoding}", encoding=error.encoding)
    return diagnose("GP769", Span(HERE), message, help=msg("set LC_ALL=C.UTF-8, or PYTHONUTF8=1, and start again"))


def _refused(error: OSError, place: str) -> Diagnostic | None:
    if not _stands():
        message = msg("the working directory no longer exists")
        return diagnose("GP766", Span(place or HERE), message, help=msg("change to an existing folder (cd) and start again"))
    if not error.strerror:
        return None
    name = error.filename if isinstance(error.filename, str) else ""
    return diagnose(
        "GP767",
        Span(name or place or HERE),
        msg("the operating system reports: {reason}", reason=reason(error)),
        help=_CURES.get(error.errno or 0, _OTHER),
    )


def _stands() -> bool:
    """Return whether the working directory is there."""
    try:
        os.getcwd()  # noqa: PTH109 - no path is wanted
    except OSError:
        return False
    return True
