"""Exceptions that are about the machine, and not mistakes of genplan: a package that is missing, no memory, a disk that refuses."""

import errno
import os
import sys

from generator.build.outside import OutsideError
from generator.diagnostics import Diagnostic, Span, diagnose

HERE = "genplan"
"""Names the command itself where no file is at fault."""
_REINSTALL = "install genplan again, with what it needs: pip install --force-reinstall genplan"
_STDLIB = "this Python was built without it: install the package of your system that has it, or another Python"
_CURES = {
    errno.ENOSPC: "make room on the disk",
    errno.EMFILE: "raise the limit of open files (ulimit -n)",
    errno.ENFILE: "end programs that hold many files open",
    errno.ENOMEM: "end other programs, or raise the limit of memory (ulimit -v)",
    errno.EAGAIN: "end other programs, or raise the limit of processes (ulimit -u)",
    errno.EACCES: "see that you have the right to it",
    errno.EPERM: "see that you have the right to it",
    errno.EROFS: "the disk is mounted for reading only: use another folder",
    errno.EIO: "the disk, or the way to it, fails: look it over",
}
_OTHER = "mend what the message names; with -v genplan also says where it met it"


def trouble(error: BaseException, place: str = "") -> Diagnostic | None:
    """Say what of the machine stands in the way: GP551, GP766 to GP769, or what the error says itself; None where genplan is at fault.

    `place` is what was being done, if there is a name for that.
    """
    if isinstance(error, OutsideError):
        return error.diagnostic
    if isinstance(error, ImportError):
        return _not_importable(error)
    if isinstance(error, MemoryError):
        return _no_memory(place)
    if isinstance(error, UnicodeEncodeError):
        return _not_nameable(error, place)
    return _refused(error, place) if isinstance(error, OSError) else None


def _not_importable(error: ImportError) -> Diagnostic | None:
    package = (error.name or "").partition(".")[0]
    if package == __name__.partition(".")[0]:
        return None  # a name that is not there, which is a mistake of ours
    named = f"the Python package `{package}`" if package else "a Python package"
    said = (error.msg or "it is not there").partition("\n")[0]
    advice = _STDLIB if package in sys.stdlib_module_names else _REINSTALL
    return diagnose("GP551", Span(HERE), f"{named} cannot be loaded: {said}", help=advice)


def _no_memory(place: str) -> Diagnostic:
    limit = memory_limit()
    advice = (
        f"this shell allows a process {limit} MiB (ulimit -v): raise the limit" if limit else "end other programs, or use a larger machine"
    )
    return diagnose("GP768", Span(place or HERE), "there is not enough memory", help=advice)


def memory_limit() -> int:
    """Give the MiB of address space that the user lets a process have; 0 where there is no such limit."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return 0
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limits = [each for each in (soft, hard) if each != resource.RLIM_INFINITY]
    return min(limits, default=0) >> 20


def _not_nameable(error: UnicodeEncodeError, place: str) -> Diagnostic | None:
    """Tell names of files apart from other text: only they are written in the encoding of the file system."""
    if error.encoding.lower().replace("-", "") == "utf8" or error.encoding.lower() != sys.getfilesystemencoding().lower():
        return None
    message = f"the locale allows no names of files in Chinese: its encoding is {error.encoding}"
    return diagnose("GP769", Span(place or HERE), message, help="set LC_ALL=C.UTF-8, or PYTHONUTF8=1, and start again")


def _refused(error: OSError, place: str) -> Diagnostic | None:
    if not _stands():
        message = "the folder that the command was started in is gone"
        return diagnose("GP766", Span(place or HERE), message, help="go to a folder that is there (cd), and start again")
    if not error.strerror:
        return None
    name = error.filename if isinstance(error.filename, str) else ""
    return diagnose(
        "GP767", Span(name or place or HERE), f"the system refuses: {error.strerror}", help=_CURES.get(error.errno or 0, _OTHER)
    )


def _stands() -> bool:
    """Tell whether the working directory is there."""
    try:
        os.getcwd()  # noqa: PTH109 - no path is wanted
    except OSError:
        return False
    return True
