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
_LINE = 1.2 * _SIZE
_APART = 8
"""Axes that stand so far apart that their names may have three lines."""


def radar(axes: Values, full: float = 100, width: float = 76, radius: float = 17.5) -> Drawing:
    """Draw a profile.

    Args:
        axes: what is compared; a value below nothing is drawn in the middle.
        full: the value of the outer ring, unless one is greater.
        width: of the drawing, in millimetres.
        radius: of the outer ring, in millimetres.
    """
    turns = [2 * pi * at / len(axes) for at in range(len(axes))]
    rays = [(sin(turn), -cos(turn)) for turn in turns]
    x = width / 2
    room = 2 * (rays[1][0] * radius + 1) / _SIZE
    names = [_lines(axis["name"], ray, x, radius, room, len(axes)) for axis, ray in zip(axes, rays, strict=True)]
    above = len(names[0]) - 1
    below = max(
        (len(lines) - 1 for lines, (across, down) in zip(names, rays, strict=True) if abs(across) < _UPRIGHT and down > 0), default=0
    )
    y = radius + 8.5 + above * _LINE

    def ends(lengths: Sequence[float]) -> tuple[Point, ...]:
        return tuple((x + across * length, y + down * length) for (across, down), length in zip(rays, lengths, strict=True))

    values = numbers(axes)
    unit = radius / max(*values, float(full))
    shapes: list[Shape] = [Polygon(ends([radius * part] * len(rays)), stroke="grid", stroke_width=thick) for part, thick in _RINGS.items()]
    shapes += [Line(x, y, *end, "grid", 0.15) for end in ends([radius] * len(rays))]
    corners = ends([max(value, 0) * unit for value in values])
    shapes.append(Polygon(corners, "line", 0.18, "line", 0.5))
    shapes += [Circle(*corner, 0.7, "line") for corner in corners]
    for axis, ray, lines in zip(axes, rays, names, strict=True):
        shapes += _name(lines, axis["text"], ray, (x, y), radius)
    return Drawing(width, 2 * radius + 17 + (above + below) * _LINE, tuple(shapes))


def _lines(name: str, ray: Point, half: float, radius: float, room: float, axes: int) -> list[str]:
    """Break an axis' name: above or below its end it has so many ems of room, beside it what is left of half of the drawing."""
    across = abs(ray[0])
    if across < _UPRIGHT:
        return wrapped(name, room)
    return wrapped(name, (half - across * (radius + 2)) / _SIZE, 3 if axes <= _APART else 2)


def _name(lines: Sequence[str], text: str, ray: Point, centre: Point, radius: float) -> Iterator[Shape]:
    """Write an axis' name and value at its end."""
    (x, y), (across, down) = centre, ray
    edge = x + across * (radius + 2)
    upright = abs(across) < _UPRIGHT
    middle = y + down * (radius + 1.2 + (len(lines) + 1) * _SIZE * 0.6 * down * down)
    anchor = "middle" if upright else "start" if across > 0 else "end"
    yield from labels((edge, middle - _SIZE * 0.6), lines, _SIZE, anchor)
    yield label((edge, middle + len(lines) * _SIZE * 0.6), text, _SIZE, anchor, "line", 700)
