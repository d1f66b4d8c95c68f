"""Lines of short text, measured once a style.

Table heads, labels, units and years are the same in document after document, and within one each is measured two to four times: for the
least and the most width of its cell, for the line, and again when a row moves to the next page. A measured line depends on the text, the
style, the width there is, and whether it may break; short ones are kept with the style. The line that is given is a copy, as justifying and
drawing write into it.

These hold names and figures of people, in memory alone, and no more than `MOST` of them.

Needless once WeasyPrint keeps measured text with its style.
"""

from typing import Any

from weasyprint.text import line_break

from genplan.writers.pdf.speedups.replacement import Replacement, everywhere
from genplan.writers.pdf.speedups.shared import SHARED, Kept

LONGEST = 60
"""Longer text is a paragraph's, which is seldom the same twice."""
MOST = 4000
"""How many lines are kept; a document has some 300."""

_plain = line_break.split_first_line


_KEPT = Kept("lines", MOST)


def split_first_line(  # noqa: PLR0913, PLR0917 - as WeasyPrint's
    text: str,
    style: Any,  # noqa: ANN401
    context: Any,  # noqa: ANN401
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,  # noqa: FBT001, FBT002
    minimum: bool = False,  # noqa: FBT001, FBT002
) -> tuple[Any, ...]:
    """Fit as much as possible into a line."""
    arguments = context, max_width, justification_spacing, is_line_start, minimum
    if len(text) > LONGEST or type(style) not in SHARED:
        plain: tuple[Any, ...] = _plain(text, style, *arguments)
        return plain
    table = _KEPT.table(style)
    key = (text, *arguments[1:])
    line = table.get(key)
    if line is None:
        line = _plain(text, style, *arguments)
        _KEPT.keep(table, key, line)
    layout, *rest = line
    return copied(layout), *rest


def copied(layout: Any) -> Any:  # noqa: ANN401
    """Copy a laid-out text, as `copy.copy` does, which asks many questions first."""
    new = object.__new__(type(layout))
    new.__dict__.update(layout.__dict__)
    return new


def replacements() -> list[Replacement]:
    """Measure lines by what is kept."""
    return everywhere(line_break, "split_first_line", split_first_line)
