"""Writing files so that nobody ever sees half of one."""

from pathlib import Path

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import Message, msg, reason
from genplan.storage.contained_files import write
from genplan.storage.external_errors import ExternalError
from genplan.storage.os_errors import advice_for

CANNOT_WRITE = msg("cannot be written: {reason}")
CANNOT_REMOVE = msg("cannot be removed: {reason}")


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: what stood there stays until the new content is on disk.

    Raises:
        OSError: the file cannot be written; no trace is left of the attempt.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path.parent, path.name, data)


def unwritable(file: str, error: OSError, message: Message = CANNOT_WRITE) -> Diagnostic:
    """GP702, or what the error says itself: why a file, under the name to report, could not be written or removed."""
    if isinstance(error, ExternalError):
        return error.diagnostic
    return diagnose("GP702", Span(file), message.with_values(reason=reason(error)), help=advice_for(error))
