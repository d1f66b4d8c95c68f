"""A radar of three to twelve axes."""

from collections.abc import Iterator, Sequence
from math import cos, pi, sin

from genplan.theme.charts.lettering import label, labels
from genplan.theme.charts.values import Values, numbers
from genplan.theme.drawing import Circle, Drawing, Line, Point, Polygon, Shape
from genplan.theme.wrapping import wrapped

_SIZE = 2.45
_RINGS = {0.25: 0.15, 0.5: 0.15, 0.75: 0.15, 1: 0.25}
"""Parts of the radius that rings stand at, and how thick they are."""
_UPRIGHT = 0.2
"""Least share of an axis' length across that puts its name beside its end, not above or below."""


def radar(axes: Values, full: float = 100, width: float = 66, radius: float = 17.5) -> Drawing:
    """Draw a profile.

    Args:
        axes: what is compared; a value below nothing is drawn in the middle.
        full: the value of the outer ring, unless one is greater.
        width: of the drawing, in millimetres.
        radius: of the outer ring, in millimetres.
    """
    x, y = width / 2, radius + 8.5
    turns = [2 * pi * at / len(axes) for at in range(len(axes))]
    rays = [(sin(turn), -cos(turn)) for turn in turns]

    def ends(lengths: Sequence[float]) -> tuple[Point, ...]:
        return tuple((x + across * length, y + down * length) for (across, down), length in zip(rays, lengths, strict=True))

    values = numbers(axes)
    unit = radius / max(*values, float(full))
    shapes: list[Shape] = [Polygon(ends([radius * part] * len(rays)), stroke="grid", stroke_width=thick) for part, thick in _RINGS.items()]
    shapes += [Line(x, y, *end, "grid", 0.15) for end in ends([radius] * len(rays))]
    corners = ends([max(value, 0) * unit for value in values])
    shapes.append(Polygon(corners, "line", 0.18, "line", 0.5))
    shapes += [Circle(*corner, 0.7, "line") for corner in corners]
    room = 2 * (rays[1][0] * radius + 1) / _SIZE
    for axis, ray in zip(axes, rays, strict=True):
        shapes += _name(axis["name"], axis["text"], ray, (x, y), radius, room)
    return Drawing(width, 2 * radius + 17, tuple(shapes))


def _name(name: str, text: str, ray: Point, centre: Point, radius: float, room: float) -> Iterator[Shape]:
    """Write an axis' name and value at its end; a name above or below it has so many ems of room."""
    (x, y), (across, down) = centre, ray
    edge = x + across * (radius + 2)
    upright = abs(across) < _UPRIGHT
    lines = wrapped(name, min(10, room), 1) if upright else wrapped(name, (x - abs(edge - x)) / _SIZE)
    middle = y + down * (radius + 1.2 + (len(lines) + 1) * _SIZE * 0.6 * down * down)
    anchor = "middle" if upright else "start" if across > 0 else "end"
    yield from labels((edge, middle - _SIZE * 0.6), lines, _SIZE, anchor)
    yield label((edge, middle + len(lines) * _SIZE * 0.6), text, _SIZE, anchor, "line", 700)
