"""Horizontal bars: a name, a bar and its value in each row."""

from collections.abc import Iterator
from typing import NamedTuple

from genplan.theme.charts.lettering import SIZE, label, labels
from genplan.theme.charts.values import Value, Values, numbers
from genplan.theme.drawing import Drawing, Line, Polygon, Rect, Shape
from genplan.theme.wrapping import wrapped

_BOLD = 700
_MANY = 12
_SMALL = 2.6
_WIDE = 120
_WIDEST_PITCH, _THICKEST = 11, 4.2
_PALE = 0.55


class _Axis(NamedTuple):
    """Where values stand: `low` and `high` are the ends of what is shown, `zero` the place of 0, `unit` the length of 1."""

    low: float
    high: float
    zero: float
    unit: float

    def at(self, value: float) -> float:
        return self.zero + min(max(value, self.low), self.high) * self.unit


def bars(rows: Values, line: Value | None = None, width: float = 166, least: float = 0, full: float = 0, every: Values = ()) -> Drawing:
    """Draw a bar for each row.

    Args:
        rows: what is compared.
        line: a value all are held against: a bar short of it is paler, one beyond twice of it is broken.
        width: of the drawing, in millimetres.
        least: a height in millimetres to fill.
        full: the value of a whole bar, unless one of `every` is greater.
        every: the rows of all parts of a chart, where `rows` are a part.
    """
    every = every or rows
    mark = None if line is None else float(line["value"])
    many = len(every) > _MANY
    size = _SMALL if many else SIZE
    most, right = (50, 16) if width > _WIDE else (32, 13)
    broken = {row["name"]: wrapped(row["name"], (most - 2.5) / size) or [""] for row in (*every, *rows)}
    left = min(most, max(len(text) for lines in broken.values() for text in lines) * size + 3)
    top = 0.5 if mark is None else 4.5
    two = any(len(broken[row["name"]]) > 1 for row in rows)
    pitch = (6.6 if many else 7.6) if two else (4.9 if many else 6.2)
    pitch = max(pitch, min((least - top - 1) / len(rows), _WIDEST_PITCH))
    bottom = top + len(rows) * pitch
    axis = _axis([*numbers(every), float(full)], mark or 0, left, width - right)
    shapes: list[Shape] = []
    for at, row in enumerate(rows):
        middle = top + (at + 0.5) * pitch
        shapes += labels((left - 2.5, middle), broken[row["name"]], size, "end")
        shapes += _bar(float(row["value"]), mark, axis, middle, min(pitch * 0.56, _THICKEST))
        after = max(axis.zero, axis.at(float(row["value"]))) + 1.4
        if mark is not None and after - 1.4 < axis.at(mark) < after + len(row["text"]) * size * 0.62 + 0.6:
            after = axis.at(mark) + 1.4
        shapes.append(label((after, middle), row["text"], size, weight=_BOLD))
    shapes.append(Line(axis.zero, top, axis.zero, bottom, "axis", 0.25))
    if line is not None and mark is not None:
        shapes += _target(axis.at(mark), top, bottom, line["text"])
    return Drawing(width, bottom + 1, tuple(shapes))


def _axis(values: list[float], mark: float, left: float, right: float) -> _Axis:
    """Fit values between two places; beyond twice the mark, and below half of the height under nothing, they are cut off."""
    high = max(*values, mark)
    high = min(high, mark * 2) if mark > 0 else high
    low = min(*values, 0)
    low = max(low, -high / 2) if high > 0 else low
    unit = (right - left) / (high - low) if high > low else 0
    return _Axis(low, high, left - low * unit, unit)


def _bar(value: float, mark: float | None, axis: _Axis, middle: float, thick: float) -> Iterator[Shape]:
    """Draw a bar, broken near its end where the value is off the axis."""
    end = axis.at(value)
    pale = mark is not None and value < mark
    yield Rect(min(axis.zero, end), middle - thick / 2, max(abs(end - axis.zero), 0.3), thick, "bar", _PALE if pale else 1)
    if not axis.low <= value <= axis.high:
        cut = end - 3 if value > axis.high else end + 3
        above, below = middle - thick / 2 - 0.2, middle + thick / 2 + 0.2
        yield Polygon(((cut - 0.9, below), (cut + 0.3, above), (cut + 0.9, above), (cut - 0.3, below)), "paper")


def _target(x: float, top: float, bottom: float, text: str) -> Iterator[Shape]:
    yield Line(x, top, x, bottom, "paper", 0.7)
    yield Line(x, top - 0.6, x, bottom, "target", 0.25)
    yield label((x, top - 2.3), text, 2.4, "middle", "quiet")
