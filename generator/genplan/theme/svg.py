"""Drawings in the tree: the part of SVG that the PDF, Word and browsers draw alike, under plain names."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from markupsafe import escape

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import listing, msg
from genplan.theme.drawing import Circle, Drawing, Line, Point, Polygon, Polyline, Rect, Shape, Text

NAMESPACE = "http://www.w3.org/2000/svg"
_PREFIX = f"{{{NAMESPACE}}}"
ELEMENTS = frozenset({"svg", "title", "desc", "g", "rect", "line", "polyline", "polygon", "path", "circle", "ellipse", "text", "tspan"})
"""What a drawing may consist of. Its looks are attributes: style sheets do not reach into the drawings of Word."""
_BARRED = ("style", "class", "href", "transform-origin")
_ADDRESS = re.compile(r"url\s*\(|\\", re.IGNORECASE)
"""What an attribute holds that refers to something else, escaped or not."""
_SIZE = re.compile(r"(\d{1,3}(?:\.\d+)?)mm")


def _points(value: str) -> tuple[Point, ...]:
    return tuple((float(x), float(y)) for x, _, y in (pair.partition(",") for pair in value.split()))


_SHAPES: Mapping[str, type[Shape]] = {shape.__name__.lower(): shape for shape in (Rect, Line, Polyline, Polygon, Circle, Text)}
_ATTRIBUTES = {
    tag: [(field.name.replace("_", "-"), field.name) for field in fields(shape) if field.name != "text"] for tag, shape in _SHAPES.items()
}
_DEFAULTS = {"fill": "#000000", "fill-opacity": "1", "stroke": "none", "stroke-width": "1", "stroke-dasharray": ""} | {
    "stroke-linejoin": "miter",
    "font-family": "",
    "font-weight": "400",
    "text-anchor": "start",
}
"""What attributes are that are not written."""
_BOX = re.compile(r"0 0 ([1-9]\d{0,3}(?:\.\d+)?) ([1-9]\d{0,3}(?:\.\d+)?)")
_SHEET = frozenset({"role", "viewBox", "width", "height", "xmlns"})
_SAID = frozenset({"title", "desc"})
_ROUNDED = 0.02
"""Millimetres that a height may be off by rounding."""
_COUNT = r"-?\d{1,4}(?:\.\d{1,4})?"
_COLOR = re.compile("none|#[0-9a-fA-F]{6}"), str
_LENGTH = re.compile(_COUNT), float
_VALUES: Mapping[str, tuple[re.Pattern[str], Callable[[str], object]]] = {
    "fill": _COLOR,
    "fill-opacity": (re.compile(r"1|0(?:\.\d{1,4})?"), float),
    "font-family": (re.compile(".+"), str),
    "font-weight": (re.compile("400|700"), int),
    "points": (re.compile(rf"\s*(?:{_COUNT},{_COUNT}(?:\s+|$)){{2,}}"), _points),
    "stroke": _COLOR,
    "stroke-dasharray": (re.compile(rf"(?:{_COUNT}(?: |$))*"), lambda value: tuple(map(float, value.split()))),
    "stroke-linejoin": (re.compile("miter|round"), str),
    "text-anchor": (re.compile("start|middle|end"), str),
}
"""What drawings write into attributes, and how it is read; into others, lengths."""


def plain_drawings(tree: Element, file: str) -> list[Diagnostic]:
    """Take SVG's namespace off its elements, so that all writers find them by name, and look at what they hold.

    Finds GP608 (an element or attribute that not every format draws) and GP609 (a drawing without size or words).
    """
    found: dict[str, Diagnostic] = {}
    for element in tree.iter():
        if str(element.tag).startswith(_PREFIX):
            element.tag = str(element.tag).removeprefix(_PREFIX)
            for name in [name for name in element.keys() if name.startswith("{http://www.w3.org/2000/xmlns/}")]:  # noqa: SIM118 - an element is no mapping
                del element.attrib[name]
    for drawing in tree.iter("svg"):
        drawing.set("xmlns", NAMESPACE)
        for problem in _problems(drawing, Span(file)):
            found.setdefault(problem.message, problem)
    return list(found.values())


def size(drawing: Element) -> tuple[float, float] | None:
    """Give a drawing's width and height in millimetres; None where it does not state them."""
    width, height = (_SIZE.fullmatch(drawing.get(name, "")) for name in ("width", "height"))
    return (float(width[1]), float(height[1])) if width and height and float(width[1]) and float(height[1]) else None


def words(drawing: Element) -> str:
    """Give what is read to people who cannot see a drawing."""
    return " ".join((drawing.findtext("title") or "").split())


def _problems(drawing: Element, span: Span) -> Iterator[Diagnostic]:
    for element in drawing.iter():
        if element.tag not in ELEMENTS:
            yield diagnose(
                "GP608", span, msg("<{tag}> in a drawing", tag=element.tag), help=msg("use {elements}", elements=listing(sorted(ELEMENTS)))
            )
        for name in element.keys():  # noqa: SIM118 - an element is no mapping
            if name.split("}")[-1] in _BARRED or name.startswith("on") or _ADDRESS.search(element.get(name, "")):
                yield diagnose(
                    "GP608",
                    span,
                    msg("attribute `{name}` of <{tag}> in a drawing", name=name, tag=element.tag),
                    help=msg("use attributes for style: fill, stroke"),
                )
    if size(drawing) is None or not drawing.get("viewBox"):
        yield diagnose("GP609", span, msg("a drawing without a size"), help=msg('write viewBox="0 0 166 60" width="166mm" height="60mm"'))
    if not words(drawing):
        yield diagnose("GP609", span, msg("a drawing without a title"), help=msg("write a <title> first that says what the drawing shows"))


def to_svg(drawing: Drawing, looks: Mapping[str, str]) -> str:
    """Write a drawing as text that is well-formed XML and HTML; `looks` are the colours and the font that roles stand for."""
    width, height = _number(drawing.width), _number(drawing.height)
    sides = f'width="{_number(drawing.width * drawing.scale)}mm" height="{_number(drawing.height * drawing.scale)}mm"'
    said = f"<title>{escape(drawing.title)}</title><desc>{escape(drawing.note)}</desc>"
    shapes = "".join([_element(shape, looks) for shape in drawing.shapes])
    return f'<svg role="img" viewBox="0 0 {width} {height}" {sides}>{said}{shapes}</svg>'


def read_drawing(svg: Element) -> Drawing | None:
    """Read an `svg` that holds what drawings hold, as `to_svg` writes it; None where it holds anything else."""
    box, printed = _BOX.fullmatch(svg.get("viewBox", "")), size(svg)
    if not box or not printed or not _SHEET.issuperset(svg.keys()):
        return None
    width, height = float(box[1]), float(box[2])
    scale = printed[0] / width
    shapes = [_shape_of(element) for element in svg if str(element.tag).removeprefix(_PREFIX) not in _SAID]
    known = [shape for shape in shapes if shape]
    if len(known) < len(shapes) or abs(height * scale - printed[1]) > _ROUNDED:
        return None
    return Drawing(width, height, tuple(known), words(svg), svg.findtext("desc", ""), scale)


def _element(shape: Shape, looks: Mapping[str, str]) -> str:
    tag = type(shape).__name__.lower()
    values = [(attribute, _written(getattr(shape, name), looks)) for attribute, name in _ATTRIBUTES[tag]]
    written = "".join([f' {name}="{value}"' for name, value in values if value != _DEFAULTS.get(name)])
    return f"<{tag}{written}>{escape(shape.text) if isinstance(shape, Text) else ''}</{tag}>"


def _written(value: object, looks: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return escape(looks.get(value, value))
    if isinstance(value, tuple):
        return " ".join([",".join(map(_number, each)) if isinstance(each, tuple) else _number(each) for each in value])
    return _number(value)


def _number(value: Any) -> str:  # noqa: ANN401 - a number
    return f"{round(value, 2):g}"


def _shape_of(element: Element) -> Shape | None:
    return None if len(element) else _shape(str(element.tag).removeprefix(_PREFIX), tuple(element.items()), element.text or "")


@lru_cache(maxsize=4000)
def _shape(tag: str, attributes: tuple[tuple[str, str], ...], text: str) -> Shape | None:
    """Read a shape; None where it is none, or says anything that drawings do not. Many are the same from person to person."""
    if tag not in _SHAPES:
        return None
    written = {name: _DEFAULTS[name] for name, _ in _ATTRIBUTES[tag] if name in _DEFAULTS} | dict(attributes)
    values: dict[str, Any] = {"text": text} if tag == "text" else {}
    for name, value in written.items():
        pattern, convert = _VALUES.get(name, _LENGTH)
        if not pattern.fullmatch(value):
            return None
        values[name.replace("-", "_")] = convert(value)
    try:
        return _SHAPES[tag](**values)
    except TypeError:  # an attribute more or less than the shape has
        return None
