"""One bar made of all shares of a whole, each named below it."""

from collections.abc import Iterator

from genplan.theme.charts.lettering import SIZE, label, labels
from genplan.theme.charts.values import Values, numbers
from genplan.theme.drawing import Drawing, Point, Rect, Shape
from genplan.theme.wrapping import text_width, wrapped

_THICK, _GAP = 7.0, 0.6
"""Millimetres: of the bar, and of paper between two of its parts."""
_FIRST, _NEXT = 3.6, SIZE * 1.2
"""Millimetres from the bar down to the middle of the first line below it, and from line to line."""
_STRONGEST, _WEAKEST = 1.0, 0.3
"""The opacity of the first part and of the last, so that neighbours differ in grey too."""
_MOST_LINES = 2
_BETWEEN = 4.0
"""Least millimetres between two columns of the key."""
_ROW = SIZE * 1.6


def shares(parts: Values, width: float = 166) -> Drawing:
    """Draw the parts of a whole side by side.

    Each has its value and name below it, if all of these fit there; if not, its number, by which a key below says the same.

    Args:
        parts: what the whole is made of, none of it below nothing.
        width: of the drawing, in millimetres.
    """
    ends = _ends(numbers(parts), width)
    shapes: list[Shape] = [
        Rect(left, 0, max(right - left, 0), _THICK, "bar", opacity)
        for (left, right), opacity in zip(ends, _opacities(len(parts)), strict=True)
    ]
    names = [wrapped(part["name"], (right - left) / SIZE, 100) for part, (left, right) in zip(parts, ends, strict=True)]
    fits = all(
        len(lines) <= _MOST_LINES and max(map(text_width, (*lines, part["text"]))) * SIZE <= right - left
        for part, lines, (left, right) in zip(parts, names, ends, strict=True)
    )
    if fits:
        for part, lines, (left, _) in zip(parts, names, ends, strict=True):
            shapes.append(label((left, _THICK + _FIRST), part["text"], SIZE, weight=700))
            shapes += labels((left, _THICK + _FIRST + _NEXT * (len(lines) + 1) / 2), lines, SIZE)
        return Drawing(width, _THICK + _FIRST + _NEXT * max(map(len, names)) + SIZE * 0.7, tuple(shapes))
    shapes += [
        label(((left + right) / 2, _THICK + 2.4), str(at), SIZE * 0.9, "middle", "quiet") for at, (left, right) in enumerate(ends, 1)
    ]
    key, height = _key(parts, width)
    return Drawing(width, height, (*shapes, *key))


def _ends(values: list[float], width: float) -> list[Point]:
    """Return where each part begins and ends, less the gap between it and the next."""
    unit = width / (sum(values) or 1)
    reached = 0.0
    ends = []
    for at, value in enumerate(values, 1):
        ends.append((reached, reached + value * unit - (_GAP if at < len(values) else 0)))
        reached += value * unit
    return ends


def _opacities(count: int) -> list[float]:
    step = (_STRONGEST - _WEAKEST) / max(count - 1, 1)
    return [round(_STRONGEST - step * at, 2) for at in range(count)]


def _key(parts: Values, width: float) -> tuple[Iterator[Shape], float]:
    """Return the names in columns as equal as they can be, read downwards, and the height of all."""
    texts = [f"{at} {part['name']} {part['text']}" for at, part in enumerate(parts, 1)]
    widest = max(map(text_width, texts)) * SIZE + _BETWEEN
    columns = max(1, min(len(texts), int((width + _BETWEEN) / widest)))
    rows = -(-len(texts) // columns)
    room = width / columns
    places = [(at // rows * room, _THICK + 7.5 + at % rows * _ROW) for at in range(len(texts))]
    return (label(place, text) for place, text in zip(places, texts, strict=True)), _THICK + 7.5 + (rows - 1) * _ROW + SIZE * 0.7
