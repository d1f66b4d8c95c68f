"""Charts, painted from the drawing that they are.

WeasyPrint's engine for SVG asks every element for everything that SVG has, sets all of a shape's state anew, writes text letter by letter,
and makes an object of the file of each text that is aligned. A drawing (`theme.drawing`) is a few shapes that say all there is to say:
those are written as they are, with state where it changes, and text in one piece. What is no such drawing is left to WeasyPrint.

Needless once WeasyPrint's engine writes only the state that changes, and text in one piece.
"""

import re
from functools import lru_cache
from math import inf, pi, sqrt
from typing import Any, NamedTuple

import weasyprint.svg
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.matrix import Matrix
from weasyprint.svg.images import svg as place
from weasyprint.text import line_break

from genplan.theme.drawing import Circle, Line, Polygon, Polyline, Rect, Shape, Text
from genplan.theme.svg import read_drawing
from genplan.writers.pdf.speedups import glyphs
from genplan.writers.pdf.speedups.replacement import Replacement
from genplan.writers.pdf.speedups.shared import SHARED

_plain = weasyprint.svg.SVG.draw
_JOINS = {"miter": 0, "round": 1}
_SHARES = {"start": 0.0, "middle": 0.5, "end": 1.0}
_UNUSUAL_SPACE = re.compile(r"^\s|\s$|\s\s|[^\S ]")


class _Lettering(NamedTuple):
    """A text's glyphs, and where they stand."""

    parts: list[Any]
    matrix: Any


def draw(self: Any, stream: Any, concrete_width: float, concrete_height: float, base_url: str | None, context: Any) -> None:  # noqa: ANN401
    """Draw a picture on a stream."""
    drawing = read_drawing(self.tree._etree_node) if context else None  # noqa: SLF001 - its own tree
    texts = [shape for shape in drawing.shapes if isinstance(shape, Text) and shape.text] if drawing else []
    letterings = {text: _lettering(text, stream, context, self.font_config) for text in texts}
    if drawing is None or None in letterings.values():
        _plain(self, stream, concrete_width, concrete_height, base_url, context)
        return
    self.stream = stream
    self.tree.set_svg_size(self, concrete_width, concrete_height)
    with stream.stacked():
        place(self, self.tree, 16)
        stream.set_alpha(1.0, stroke=True, fill=True)
        stream.stream.append(b"4 M")
        brush = _Brush(stream)
        for shape in drawing.shapes:
            if not isinstance(shape, Text):
                brush.shape(shape)
            elif lettering := letterings.get(shape):
                brush.text(lettering, shape.fill)


class _Brush:
    """Writes shapes and text, and state where it changes."""

    def __init__(self, stream: Any) -> None:  # noqa: ANN401
        self.stream = stream
        self.state: dict[str, str] = {}

    def shape(self, shape: Rect | Line | Polyline | Circle) -> None:
        """Draw a shape."""
        path = _path(shape)
        fill = "none" if isinstance(shape, Line) else shape.fill
        stroke = "none" if isinstance(shape, Rect) or shape.stroke_width <= 0 else shape.stroke
        operator = {(True, True): "B", (True, False): "f", (False, True): "S"}.get((fill != "none", stroke != "none"))
        if not path or not operator:
            return
        if fill != "none":
            self._fill(fill, getattr(shape, "fill_opacity", 1))
        if stroke != "none" and not isinstance(shape, Rect):
            self._set("RG", _color(stroke))
            dashes = " ".join(f"{dash:g}" for dash in getattr(shape, "stroke_dasharray", ()))
            self._set("d", f"{shape.stroke_width:g} w {_JOINS[getattr(shape, 'stroke_linejoin', 'miter')]} j [{dashes}] 0")
        self.stream.stream.append(f"{path}\n{operator}".encode())

    def text(self, lettering: _Lettering, color: str) -> None:
        """Draw text."""
        self._fill(color, 1)
        self.stream.begin_text()
        glyphs.show(self.stream, lettering.parts, lettering.matrix)
        self.stream.end_text()

    def _fill(self, color: str, opacity: float) -> None:
        self.stream.set_alpha(opacity)
        self._set("rg", _color(color))

    def _set(self, operator: str, operands: str) -> None:
        if self.state.get(operator) != operands:
            self.state[operator] = operands
            self.stream.stream.append(f"{operands} {operator}".encode())


def _lettering(text: Text, stream: Any, context: Any, fonts: Any) -> _Lettering | None:  # noqa: ANN401
    """Find a text's glyphs; None where it is left to WeasyPrint."""
    if text.fill == "none" or _UNUSUAL_SPACE.search(text.text):
        return None
    style = _style(fonts, text.font_family, text.font_size, text.font_weight)
    layout, _, _, width, _, _ = line_break.split_first_line(text.text, style, context, inf, 0)
    parts = glyphs.parts(stream, layout, style)
    return _Lettering(parts, Matrix(d=-1, e=text.x - width * _SHARES[text.text_anchor], f=text.y)) if parts is not None else None


MOST = 200
"""How many fonts and sizes are kept for a look; a chart has three."""


class DrawingStyle(dict[str, Any]):
    """The style of a text in a drawing: initial values, and what the drawing says of the font."""

    def __init__(self, font_config: Any) -> None:  # noqa: ANN401
        super().__init__(INITIAL_VALUES)
        self.font_config = font_config
        self.derived: dict[Any, Any] = {}


SHARED.add(DrawingStyle)


def _style(fonts: Any, families: str, size: float, weight: int) -> DrawingStyle:  # noqa: ANN401
    kept: dict[tuple[str, float, int], DrawingStyle] = vars(fonts).setdefault("chart_styles", {})
    key = families, size, weight
    style = kept.get(key)
    if style is None:
        if len(kept) >= MOST:
            kept.clear()
        style = kept[key] = DrawingStyle(fonts)
        style["font_family"] = [family.strip("\"'") for family in families.split(",")]
        style["font_size"], style["font_weight"] = size, weight
    return style


def _path(shape: Shape) -> str:
    """Write the outline of a shape; nothing where it has none."""
    match shape:
        case Line():
            return f"{shape.x1:g} {shape.y1:g} m {shape.x2:g} {shape.y2:g} l"
        case Rect() if shape.width > 0 and shape.height > 0:
            return f"{shape.x:g} {shape.y:g} {shape.width:g} {shape.height:g} re"
        case Polyline():
            (x, y), *rest = shape.points
            return f"{x:g} {y:g} m " + " ".join([f"{x:g} {y:g} l" for x, y in rest]) + (" h" if isinstance(shape, Polygon) else "")
        case Circle() if shape.r > 0:
            return _circle(shape.cx, shape.cy, shape.r)
    return ""


def _circle(x: float, y: float, radius: float) -> str:
    pull = radius / sqrt(pi)
    left, right, top, bottom = x - radius, x + radius, y - radius, y + radius
    curves = (
        (right, y + pull, x + pull, bottom, x, bottom), (x - pull, bottom, left, y + pull, left, y),
        (left, y - pull, x - pull, top, x, top), (x + pull, top, right, y - pull, right, y),
    )  # fmt: skip
    return f"{right:.4f} {y:.4f} m " + " ".join(" ".join(f"{value:.4f}" for value in curve) + " c" for curve in curves) + " h"


@lru_cache(maxsize=200)
def _color(value: str) -> str:
    parts = (int(value[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return " ".join(f"{part:.6f}".rstrip("0").rstrip(".") for part in parts)


def replacements() -> list[Replacement]:
    """Paint charts here; not where text is not read by `glyphs`."""
    return [Replacement(weasyprint.svg.SVG, "draw", draw)] if glyphs.replacements() else []
