"""Columns of whole numbers, each perhaps with the range it is to keep to."""

from collections.abc import Iterator, Sequence

from genplan.theme.charts.lettering import SIZE, label, labels
from genplan.theme.charts.values import Value, Values, numbers
from genplan.theme.drawing import Drawing, Line, Rect, Shape
from genplan.theme.wrapping import wrapped

_PLOT, _TOP = 30, 8
_BOTTOM = _TOP + _PLOT
_OPEN = _TOP - 4
"""Where a range without an upper limit ends."""
_WIDEST_SLOT, _WIDEST_FRAME, _WIDEST_COLUMN = 32, 16, 11


def columns(columns: Values, above: Sequence[str], width: float = 166) -> Drawing:
    """Draw a column for each number.

    Args:
        columns: beside what all charts take, `fewest` and `most` (limits or none) and `kept` (whether they are kept). A range is a frame
            around its column, open where it has no upper limit.
        above: what is written over each column.
        width: of the drawing, in millimetres.
    """
    slot = min((width - 6) / len(columns), _WIDEST_SLOT)
    left = (width - slot * len(columns)) / 2
    limits = [float(column[name]) for column in columns for name in ("fewest", "most") if column[name] is not None]
    unit = _PLOT / max(*numbers(columns), *limits, 1)
    shapes: list[Shape] = []
    for at, (column, text) in enumerate(zip(columns, above, strict=True)):
        shapes += _column(column, text, left + (at + 0.5) * slot, slot, unit)
    shapes.append(Line(left, _BOTTOM, left + slot * len(columns), _BOTTOM, "axis", 0.3))
    return Drawing(width, _BOTTOM + 8.5, tuple(shapes))


def _column(column: Value, text: str, middle: float, slot: float, unit: float) -> Iterator[Shape]:
    """Draw a column, its frame, what is written over it and its name."""
    thick, wide = min(slot * 0.42, _WIDEST_COLUMN) / 2, min(slot * 0.62, _WIDEST_FRAME) / 2
    fewest, most = column["fewest"], column["most"]
    tall = float(column["value"]) * unit
    lower = _BOTTOM - float(fewest or 0) * unit
    upper = _OPEN if most is None else _BOTTOM - float(most) * unit
    if fewest is not None or most is not None:
        yield Rect(middle - wide, upper, 2 * wide, lower - upper, "ground")
        for x in (middle - wide, middle + wide):
            yield Line(x, upper, x, lower, "axis", 0.2, (0.8, 0.8))
        for y in ([] if most is None else [upper]) + ([lower] if fewest else []):
            yield Line(middle - wide, y, middle + wide, y, "axis", 0.4)
    yield Rect(middle - thick, _BOTTOM - tall, 2 * thick, tall, "bar" if column["kept"] else "beyond")
    if fewest:
        yield Line(middle - wide, lower, middle - thick, lower, "axis", 0.4)
        yield Line(middle + thick, lower, middle + wide, lower, "axis", 0.4)
    short = fewest is not None and column["value"] < fewest
    yield label((middle, (upper if short else _BOTTOM - tall) - 2), text, SIZE, "middle", weight=700)
    name = wrapped(column["name"], (slot - 1) / SIZE)
    yield from labels((middle, _BOTTOM + 1.9 + len(name) * 1.7), name, SIZE, "middle")
