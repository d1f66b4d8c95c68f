"""A line over periods, before the bands of grades."""

from collections.abc import Iterator

from genplan.theme.charts.lettering import SIZE, label, labels
from genplan.theme.charts.values import Values, numbers
from genplan.theme.drawing import Circle, Drawing, Line, Polyline, Rect, Shape
from genplan.theme.wrapping import wrapped

_TOP, _PLOT = 1, 30
_BOTTOM = _TOP + _PLOT
_SMALL, _SMALLEST = 2.5, 2.4
_MANY = 9


def trend(points: Values, bands: Values = (), width: float = 166) -> Drawing:
    """Draw values over time.

    Args:
        points: the values, in their order.
        bands: `name`, `lower` and `upper` (none: open) of what is drawn behind them; or there are none.
        width: of the drawing, in millimetres.
    """
    values = numbers(points)
    spread = max(values) - min(values)
    high, low = max(values) + max(spread * 0.45, 4), min(values) - max(spread * 0.35, 4)
    step = (width - (20 if bands else 4)) / len(points)
    unit = _PLOT / (high - low)
    shapes: list[Shape] = []
    for at, band in enumerate(bands):
        edges = [high if edge is None else min(max(float(edge), low), high) for edge in (band["lower"], band["upper"])]
        lower, upper = (_BOTTOM - (edge - low) * unit for edge in edges)
        shapes += _band(band["name"], upper, lower, width, shaded=at % 2 == 0)
    shapes.append(Line(0, _BOTTOM, width, _BOTTOM, "axis", 0.25))
    places = [((at + 0.5) * step, _BOTTOM - (value - low) * unit) for at, value in enumerate(values)]
    shapes.append(Polyline(tuple(places), stroke="line", stroke_width=0.6))
    size = SIZE if len(points) < _MANY else _SMALLEST
    for at, (point, (x, y)) in enumerate(zip(points, places, strict=True)):
        last = at == len(points) - 1
        shapes.append(Circle(x, y, 1.3 if last else 1, "line" if last else "paper", "line", 0.5))
        around = values[max(at - 1, 0) : at + 2]
        valley = values[at] == min(around) < max(around)
        shapes.append(label((x, y + 3.4 if valley else y - 3.4), point["text"], size, "middle", weight=700 if last else 400))
        shapes += labels((x, _BOTTOM + 4.4), wrapped(point["name"], min(step - 1.5, 26) / _SMALL), _SMALL, "middle", "quiet")
    return Drawing(width, _BOTTOM + 9, tuple(shapes))


def _band(name: str, upper: float, lower: float, width: float, *, shaded: bool) -> Iterator[Shape]:
    """Draw a band between two heights, with its name where there is room."""
    if lower > upper and shaded:
        yield Rect(0, upper, width, lower - upper, "ground")
    if lower - upper > 3:  # noqa: PLR2004 - millimetres
        yield from labels((width - 1.5, (upper + lower) / 2), wrapped(name, 7, 1), _SMALL, "end", "quiet")
