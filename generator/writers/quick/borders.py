"""Borders of one colour, drawn as filled rectangles.

WeasyPrint draws borders that do not go round all four sides, as a table cell's do not, side by side: a path to clip to, with the corners
cut slanting, and the difference of two rounded rectangles filled inside it; most of a table's drawing is that. Where the sides are solid,
of one opaque colour, and the corners are square, the same points are covered by one rectangle a side. All other borders are left to
WeasyPrint.
"""

from typing import Any

from weasyprint import draw
from weasyprint.draw import border
from weasyprint.draw.color import get_color

from generator.writers.quick.everywhere import everywhere
from generator.writers.quick.replacement import Replacement

_plain = border.draw_border


def _colour(style: Any, drawn: list[str]) -> Any:  # noqa: ANN401
    """Give the colour of the sides if it is one, and they are solid; else None."""
    if any(style[f"border_{side}_style"] != "solid" for side in drawn):
        return None
    first, *others = [get_color(style, f"border_{side}_color") for side in drawn]
    return first if first.alpha == 1 and all(other == first for other in others) else None


def draw_border(stream: Any, box: Any) -> None:  # noqa: ANN401
    """Draw the borders of a box."""
    style = box.style
    special = style["border_image_source"][0] != "none" or style["column_width"] != "auto" or style["column_count"] != "auto"
    if special or style["visibility"] != "visible":
        _plain(stream, box)
        return
    widths = box.border_top_width, box.border_right_width, box.border_bottom_width, box.border_left_width
    drawn = [side for side, width in zip(("top", "right", "bottom", "left"), widths, strict=True) if width]
    if not drawn:
        return
    colour = _colour(style, drawn)
    if colour is None or any(any(getattr(box, f"border_{corner}_radius")) for corner in _CORNERS):
        _plain(stream, box)
        return
    x, y, width, height = box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()
    top, right, bottom, left = widths
    with stream.artifact(), stream.stacked():
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


_CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")


def replacements() -> list[Replacement]:
    """Draw plain borders as rectangles."""
    assert draw.draw_border is _plain  # the one that drawing uses
    return everywhere(border, "draw_border", draw_border)
