"""Text in charts, placed by its middle."""

from collections.abc import Iterator, Sequence

from genplan.theme.drawing import Point, Text

SIZE = 2.8
"""Millimetres of usual text."""
_LEADING = 1.2
_BASELINE = 0.36
"""Ems from the middle of a line of text down to its base line."""


def label(place: Point, text: str, size: float = SIZE, anchor: str = "start", fill: str = "text", weight: int = 400) -> Text:
    """Write a line of text whose middle is at the height of a place."""
    return Text(place[0], place[1] + size * _BASELINE, text, size, fill, weight, anchor)


def labels(place: Point, lines: Sequence[str], size: float = SIZE, anchor: str = "start", fill: str = "text") -> Iterator[Text]:
    """Write lines of text one below the other; the middle of them all is at the height of a place."""
    x, y = place
    for at, line in enumerate(lines):
        yield label((x, y + (at - (len(lines) - 1) / 2) * size * _LEADING), line, size, anchor, fill)
