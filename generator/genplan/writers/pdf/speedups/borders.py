"""Borders of one colour, drawn as filled rectangles.

WeasyPrint draws borders that do not go round all four sides, as a table cell's do not, side by side: a path to clip to, with the corners
cut slanting, and the difference of two rounded rectangles filled inside it; most of a table's drawing is that. Where the sides are solid,
of one opaque colour, and the corners are square, the same points are covered by one rectangle a side. All other borders are left to
WeasyPrint.

Needless once WeasyPrint fills rectangles where borders are of one colour and corners are square.
"""

from typing import Any

from weasyprint import draw
from weasyprint.draw import border
from weasyprint.draw.color import get_color

from genplan.writers.pdf.speedups.replacement import Replacement, everywhere
from genplan.writers.pdf.speedups.shared import once_a_style

_plain = border.draw_border


@once_a_style
def _sides(style: Any) -> dict[str, Any] | None:  # noqa: ANN401
    """Return the colour of each side where it is solid and covers, else None; nothing for a style whose borders are more than that."""
    if style["border_image_source"][0] != "none" or style["column_width"] != "auto" or style["column_count"] != "auto":
        return None
    if style["visibility"] != "visible":
        return None
    colours = {side: get_color(style, f"border_{side}_color") for side in _SIDES}
    return {side: colour if style[f"border_{side}_style"] == "solid" and colour.alpha == 1 else None for side, colour in colours.items()}


def draw_border(stream: Any, box: Any) -> None:  # noqa: ANN401
    """Draw the borders of a box."""
    sides = _sides(box.style)
    if sides is None:
        _plain(stream, box)
        return
    widths = top, right, bottom, left = box.border_top_width, box.border_right_width, box.border_bottom_width, box.border_left_width
    if not (top or right or bottom or left):
        return
    colour, *others = [sides[side] for side, width in zip(_SIDES, widths, strict=True) if width]
    if colour is None or any(other != colour for other in others) or any(any(getattr(box, corner)) for corner in _CORNERS):
        _plain(stream, box)
        return
    x, y, width, height = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
    with stream.artifact():  # the stream knows its colour, so that nothing has to be put back
        stream.set_color(colour)
        if top:
            stream.rectangle(x, y, width, top)
        if bottom:
            stream.rectangle(x, y + height - bottom, width, bottom)
        if left:
            stream.rectangle(x, y, left, height)
        if right:
            stream.rectangle(x + width - right, y, right, height)
        stream.fill()


_SIDES = ("top", "right", "bottom", "left")
_CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))


def replacements() -> list[Replacement]:
    """Draw plain borders as rectangles."""
    assert draw.draw_border is _plain  # the one that drawing uses
    return everywhere(border, "draw_border", draw_border)
