"""What WeasyPrint says while it works, as diagnostics."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg
from genplan.theme.glyphs import is_invisible, unreadable

_BOX = re.compile(r"\.notdef glyph rendered .*\(U\+([0-9A-F]+)\)$", re.DOTALL)


class Collected(logging.Handler):
    """Keeps what WeasyPrint logs, which is where it says what it could not do, with the module that said so."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        self.messages.append((record.module, record.getMessage()))


_SPOILT = {
    "images": ("GP542", msg("a picture could not be drawn: {reason}"), msg("open it in a picture editor and save it as PNG")),
    "fonts": (
        "GP545",
        msg("a font could not be loaded: {reason}"),
        msg("download it again, or use another file: TrueType (.ttf) or OpenType (.otf)"),
    ),
}
"""Modules of WeasyPrint whose complaints are errors: what should be seen is missing, and the document with it."""


def to_diagnostic(module: str, message: str, span: Span) -> Diagnostic:
    """Describe what WeasyPrint says. A box in the place of a character is an error, wherever the character comes from, style sheets too."""
    box = _BOX.match(message)
    if box and not is_invisible(character := chr(int(box[1], 16))):
        return unreadable(character, span)
    code, template, cure = _SPOILT.get(module, ("GP603", msg("PDF: {reason}"), ""))
    return diagnose(code, span, template.with_values(reason=message), help=cure)


@contextmanager
def collecting() -> Iterator[Collected]:
    """Have what WeasyPrint logs kept, and shown to nobody."""
    logger = logging.getLogger("weasyprint")
    handler = Collected()
    before = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        yield handler
    finally:
        logger.handlers, logger.propagate = before
