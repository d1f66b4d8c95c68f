"""One small bar beside the number in a cell of a table."""

from collections.abc import Iterator

from genplan.theme.drawing import Drawing, Line, Rect, Shape

_HEIGHT, _THICK = 2.4, 1.8
"""Millimetres: as high as digits, so that the bar sits on their line."""
_STEP = 0.2
"""Lengths are multiples of this, so that many bars of a document are the same picture."""


def meter(value: float, most: float = 1, width: float = 18, *, short: bool = False) -> Drawing:
    """Draw a bar on its track.

    Args:
        value: the length; 1 is what is required, or full points.
        most: the greatest value of all bars in the column, which their tracks have room for; at most twice the requirement.
        width: of the track, in millimetres.
        short: whether the bar has the colour of what is not met.
    """
    most = min(max(float(most), 1), 2)
    unit = width / most
    return Drawing(width, _HEIGHT, tuple(_shapes(float(value), unit, width, "short" if short else "bar")))


def _shapes(value: float, unit: float, width: float, role: str) -> Iterator[Shape]:
    top = (_HEIGHT - _THICK) / 2
    yield Rect(0, top, width, _THICK, "track")
    length = round(min(max(value, 0) * unit, width) / _STEP) * _STEP
    if length:
        yield Rect(0, top, length, _THICK, role)
    if unit < width:
        yield Line(unit, 0, unit, _HEIGHT, "target", 0.25)
