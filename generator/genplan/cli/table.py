"""Plain tables with aligned columns, counting Chinese characters as two columns wide."""

import re
import unicodedata
from collections.abc import Collection, Sequence

from genplan.cli.terminal import one_line
from genplan.messages import localized


def width(text: str) -> int:
    """Return the width of a text on a terminal, in columns."""
    return sum(2 if unicodedata.east_asian_width(c) in {"W", "F"} else 1 for c in text)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Collection[int] = ()) -> str:
    """Align rows under a head, if there is one, in the language in use; the columns in `numbers` are right-aligned."""
    lines = [[one_line(localized(text)) for text in line] for line in (*([head] if head else []), *rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(lines[0]))] if lines else []

    def cell(text: str, column: int) -> str:
        gap = " " * (widths[column] - width(text))
        return gap + text if column in numbers else text + gap

    written = ["  ".join(cell(text, column) for column, text in enumerate(line)).rstrip() for line in lines]
    if head:
        written.insert(1, "  ".join("─" * w for w in widths))
    return "\n".join(written)


_PIECES = re.compile(r"\s+|[^\s\u2e80-\uffee]+[，。；：、！？）》”]*|[\u2e80-\uffee][，。；：、！？）》”]*")
"""Where lines may break: at spaces, and before and after Chinese characters, but not before a closing punctuation mark."""


def wrapped(text: str, columns: int) -> str:
    """Break a text into lines of at most so many columns."""
    lines = [""]
    for piece in _PIECES.findall(text):
        if width(lines[-1] + piece.rstrip()) > columns and lines[-1]:
            lines.append("")
        lines[-1] += piece if lines[-1] or not piece.isspace() else ""
    return "\n".join(line.rstrip() for line in lines)
