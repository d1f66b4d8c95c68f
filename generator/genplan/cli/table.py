"""Plain tables with aligned columns, counting Chinese characters as two columns wide."""

import unicodedata
from collections.abc import Collection, Sequence

from genplan.cli.terminal import one_line


def width(text: str) -> int:
    """Return the width of a text on a terminal, in columns."""
    return sum(2 if unicodedata.east_asian_width(c) in {"W", "F"} else 1 for c in text)


def table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Collection[int] = ()) -> str:
    """Align rows under a head; the columns in `numbers` are right-aligned."""
    lines = [[one_line(text) for text in line] for line in (head, *rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(head))]

    def cell(text: str, column: int) -> str:
        gap = " " * (widths[column] - width(text))
        return gap + text if column in numbers else text + gap

    written = ["  ".join(cell(text, column) for column, text in enumerate(line)).rstrip() for line in lines]
    written.insert(1, "  ".join("─" * w for w in widths))
    return "\n".join(written)
