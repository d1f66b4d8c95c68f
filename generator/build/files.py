"""Writing files so that nobody ever sees half of one."""

import os
import tempfile
from pathlib import Path

from generator.build.outside import OutsideError
from generator.diagnostics import Diagnostic, Span, diagnose


def write_atomically(path: Path, data: bytes, *, scratch: Path | None = None) -> None:
    """Write a file whole or not at all: what stood there stays until the new content is on disk.

    Until then it stands beside its place, or in the folder `scratch` of the same file system.

    Raises:
        OSError: the file cannot be written; no trace is left of the attempt.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if scratch is not None:
        scratch.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".genplan-", dir=scratch or path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def unwritable(file: str, error: OSError) -> Diagnostic:
    """GP702, or what a store says itself: why a file, under the name to report, could not be written."""
    if isinstance(error, OutsideError):
        return error.diagnostic
    advice = "make room, or close the program that holds the file"
    return diagnose("GP702", Span(file), f"cannot be written: {error.strerror or error}", help=advice)
