"""Charts, painted from their elements.

WeasyPrint's engine for SVG asks every element for everything that SVG has, sets all of a shape's state anew, writes text letter by letter,
and makes an object of the file of each text that is aligned. Charts consist of a few shapes, whose attributes say all that there is:
those are written as they are, with state where it changes, and text in one piece. A drawing with anything else in it is left to WeasyPrint.

Needless once WeasyPrint's engine writes only the state that changes, and text in one piece.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from math import inf, pi, sqrt
from typing import Any, NamedTuple

import weasyprint.svg
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.matrix import Matrix
from weasyprint.svg.images import svg as place
from weasyprint.text import line_break

from genplan.writers.pdf.speedups import glyphs
from genplan.writers.pdf.speedups.replacement import Replacement
from genplan.writers.pdf.speedups.shared import SHARED

_plain = weasyprint.svg.SVG.draw
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_POINTS = re.compile(r"\s*-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?(?:\s+-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)?)+\s*")
_DASHES = re.compile(r"\d+(?:\.\d+)?(?: \d+(?:\.\d+)?)*")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_JOINS = {"miter": 0, "round": 1, "bevel": 2}
_ROOT = frozenset({"role", "viewBox", "width", "height", "xmlns"})
_UNUSUAL_SPACE = re.compile(r"^\s|\s$|\s\s|[^\S ]")


class _UnknownError(Exception):
    """Something that is left to WeasyPrint."""


class _Step(NamedTuple):
    """What to write for an element: the state it needs, and what it draws or the text it shows."""

    fill: str
    stroke: str
    alpha: float
    state: str
    shape: str
    text: list[Any] | None = None
    matrix: Any = None


def draw(self: Any, stream: Any, concrete_width: float, concrete_height: float, base_url: str | None, context: Any) -> None:  # noqa: ANN401
    """Draw a picture on a stream."""
    try:
        steps = _all_steps(self, stream, context)
    except _UnknownError:
        _plain(self, stream, concrete_width, concrete_height, base_url, context)
        return
    self.stream = stream
    self.tree.set_svg_size(self, concrete_width, concrete_height)
    with stream.stacked():
        place(self, self.tree, 16)
        stream.set_alpha(1.0, stroke=True, fill=True)
        _paint(stream, steps)


def _all_steps(drawing: Any, stream: Any, context: Any) -> list[_Step]:  # noqa: ANN401
    root = drawing.tree._etree_node  # noqa: SLF001 - its own tree
    if not _ROOT.issuperset(root.attrib) or context is None:
        raise _UnknownError
    return [step for element in root for step in _steps(element, stream, context, drawing.font_config)]


def _paint(stream: Any, steps: list[_Step]) -> None:  # noqa: ANN401
    out = stream.stream
    out.append(b"4 M")
    fill = stroke = state = ""
    for step in steps:
        if step.alpha:
            stream.set_alpha(step.alpha)
        if step.fill and step.fill != fill:
            fill = step.fill
            out.append(fill.encode())
        if step.stroke and step.stroke != stroke:
            stroke = step.stroke
            out.append(stroke.encode())
        if step.state and step.state != state:
            state = step.state
            out.append(state.encode())
        if step.text is None:
            out.append(step.shape.encode())
        else:
            stream.begin_text()
            glyphs.show(stream, step.text, step.matrix)
            stream.end_text()


def _steps(element: Any, stream: Any, context: Any, fonts: Any) -> list[_Step]:  # noqa: ANN401
    """Tell what to write for an element; nothing for what is read aloud."""
    name = element.tag.removeprefix(_NAMESPACE)
    if name in {"title", "desc"}:
        return []
    if len(element):
        raise _UnknownError
    attributes = dict(element.attrib)
    if name == "text":
        return [_text(element.text or "", attributes, stream, context, fonts)] if element.text else []
    shape = _SHAPES.get(name)
    if shape is None:
        raise _UnknownError
    path = shape(attributes)
    return [_drawn(path, attributes, filled=name != "line")] if path else []


def _drawn(path: str, attributes: dict[str, str], *, filled: bool) -> _Step:
    """Add how a shape is filled and stroked; the line has no inside."""
    fill = attributes.pop("fill", "#000000") if filled else "none"
    alpha = float(_number(attributes.pop("fill-opacity", "1")))
    stroke, width = attributes.pop("stroke", "none"), _number(attributes.pop("stroke-width", "1"))
    join, dashes = _JOINS.get(attributes.pop("stroke-linejoin", "miter")), attributes.pop("stroke-dasharray", "")
    if attributes or join is None or not 0 <= alpha <= 1 or (dashes and not _DASHES.fullmatch(dashes)) or float(width) <= 0:
        raise _UnknownError
    lined = stroke != "none"
    painted = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}[fill != "none", lined]
    state = f"{width} w {join} j [{dashes}] 0 d" if lined else ""
    return _Step(_color(fill, "rg"), _color(stroke, "RG"), alpha if fill != "none" else 0.0, state, f"{path}\n{painted}")


def _text(text: str, attributes: dict[str, str], stream: Any, context: Any, fonts: Any) -> _Step:  # noqa: ANN401
    x, y = _number(attributes.pop("x", "0")), _number(attributes.pop("y", "0"))
    size, weight = _number(attributes.pop("font-size", "")), attributes.pop("font-weight", "400")
    families, anchor = attributes.pop("font-family", ""), attributes.pop("text-anchor", "start")
    fill = attributes.pop("fill", "#000000")
    shares = {"start": 0.0, "middle": 0.5, "end": 1.0}
    if attributes or weight not in {"400", "700"} or anchor not in shares or not families or fill == "none" or _UNUSUAL_SPACE.search(text):
        raise _UnknownError
    style = _style(fonts, families, float(size), int(weight))
    layout, _, _, width, _, _ = line_break.split_first_line(text, style, context, inf, 0)
    parts = glyphs.parts(stream, layout, style)
    if parts is None:
        raise _UnknownError
    matrix = Matrix(d=-1, e=float(x) - width * shares[anchor], f=float(y))
    return _Step(_color(fill, "rg"), "", 1.0, "", "", parts, matrix)


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


def _rect(attributes: dict[str, str]) -> str:
    x, y, width, height = (_number(attributes.pop(name, "0")) for name in ("x", "y", "width", "height"))
    return f"{x} {y} {width} {height} re" if float(width) > 0 and float(height) > 0 else ""


def _line(attributes: dict[str, str]) -> str:
    x1, y1, x2, y2 = (_number(attributes.pop(name, "0")) for name in ("x1", "y1", "x2", "y2"))
    return f"{x1} {y1} m {x2} {y2} l"


def _polyline(attributes: dict[str, str]) -> str:
    points = attributes.pop("points", "")
    if not _POINTS.fullmatch(points):
        raise _UnknownError
    pairs = [point.replace(",", " ") for point in points.split()]
    return f"{pairs[0]} m " + " ".join(f"{pair} l" for pair in pairs[1:])


def _polygon(attributes: dict[str, str]) -> str:
    return _polyline(attributes) + " h"


def _circle(attributes: dict[str, str]) -> str:
    x, y, radius = (float(_number(attributes.pop(name, "0"))) for name in ("cx", "cy", "r"))
    if radius <= 0:
        return ""
    pull = radius / sqrt(pi)
    left, right, top, bottom = x - radius, x + radius, y - radius, y + radius
    curves = (
        (right, y + pull, x + pull, bottom, x, bottom), (x - pull, bottom, left, y + pull, left, y),
        (left, y - pull, x - pull, top, x, top), (x + pull, top, right, y - pull, right, y),
    )  # fmt: skip
    return f"{right:.4f} {y:.4f} m " + " ".join(" ".join(f"{value:.4f}" for value in curve) + " c" for curve in curves) + " h"


_SHAPES: dict[str, Callable[[dict[str, str]], str]] = {
    "rect": _rect,
    "line": _line,
    "polyline": _polyline,
    "polygon": _polygon,
    "circle": _circle,
}


def _number(value: str) -> str:
    if not _NUMBER.fullmatch(value):
        raise _UnknownError
    return value


@lru_cache(maxsize=200)
def _color(value: str, operator: str) -> str:
    if value == "none":
        return ""
    if not _COLOR.fullmatch(value):
        raise _UnknownError
    parts = (int(value[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return " ".join(f"{part:.6f}".rstrip("0").rstrip(".") for part in parts) + f" {operator}"


def replacements() -> list[Replacement]:
    """Paint charts here; not where text is not read by `glyphs`."""
    return [Replacement(weasyprint.svg.SVG, "draw", draw)] if glyphs.replacements() else []
