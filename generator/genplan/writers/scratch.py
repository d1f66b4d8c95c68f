"""Where this process writes temporary files, and what is said where it cannot."""

import tempfile
from pathlib import Path

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg, reason

PREFIX = "genplan-run-"
"""What the names of the folders begin with that `build.temporary` makes."""


def chosen() -> str:
    """Return the temporary folder that TMPDIR or the system names; empty where none is writable."""
    try:
        folder = Path(tempfile.gettempdir())
    except FileNotFoundError:
        return ""
    own = next((each for each in (folder, *folder.parents) if each.name.startswith(PREFIX)), None)
    return str(own.parent if own else folder)


def refused(error: OSError) -> Diagnostic:
    """GP765: why a temporary file could not be written."""
    place = chosen()
    message = msg("temporary files cannot be written here: {reason}", reason=reason(error)) if place else reason(error)
    advice = msg("free up space there, check that you have write permission, or set TMPDIR to another folder")
    return diagnose("GP765", Span(place or "TMPDIR"), message, help=advice)
