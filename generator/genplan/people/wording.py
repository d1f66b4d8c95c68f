"""What users wrote, as messages quote it."""

from genplan.messages import msg
from genplan.people.model import Cell
from genplan.source.text import is_unprintable

_LONGEST = 40


def quoted(text: str) -> str:
    """Put text from a file between backticks: on one line, cut short, and without characters that would upset a terminal."""
    line = " ".join("".join("\ufffd" if is_unprintable(c) else c for c in text).split())
    return f"`{line[:_LONGEST]}…`" if len(line) > _LONGEST else f"`{line}`"


NOT_SHOWN = msg("(not shown: it may be a password)")


def shown(cell: Cell) -> str:
    """Name what stands in a cell, unless it may be a password."""
    return msg("a value {not_shown}", not_shown=NOT_SHOWN) if cell.hidden else quoted(cell.text)
