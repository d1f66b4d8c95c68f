"""Drawings, shape by shape: `document.typ` draws each as its own, so that their text is set as all other text is."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from genplan.writers.typst.content import Node

_MM = 72 / 25.4


def drawing(svg: Element, *, hangs: bool) -> Node:
    """Return a drawing: its size in points, what it shows in words, its shapes, whether it hangs from the line's top, its fonts."""
    _, _, width, height = map(float, svg.get("viewBox", "0 0 1 1").split())
    size = float(svg.get("width", f"{width}mm").removesuffix("mm")) * _MM
    shapes = [node for shape in svg for node in _shapes(shape)]
    families = [
        name.strip(" \"'") for name in next((each.get("font-family", "") for each in svg.iter() if _tag(each) == "text"), "").split(",")
    ]
    title = next((each.text or "" for each in svg if _tag(each) == "title"), "")
    return ["drawing", size, height * size / width, size / width, title, shapes, hangs, families]


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _shapes(element: Element) -> list[Node]:
    read = _SHAPES.get(_tag(element))
    return [read(element)] if read else [node for child in element for node in _shapes(child)]


def _numbers(element: Element, *names: str) -> list[float]:
    return [float(element.get(name, "0")) for name in names]


def _paint(element: Element) -> list[str | float | list[float] | None]:
    """Return fill, its opacity, stroke, its width, its dashes."""
    fill, stroke = element.get("fill", "#000000"), element.get("stroke", "none")
    dashes = [float(each) for each in element.get("stroke-dasharray", "").replace(",", " ").split()]
    return [
        None if fill == "none" else fill,
        float(element.get("fill-opacity", "1")),
        None if stroke == "none" else stroke,
        float(element.get("stroke-width", "1")),
        dashes,
    ]


def _rect(element: Element) -> Node:
    return ["rect", *_numbers(element, "x", "y", "width", "height"), _paint(element)]


def _line(element: Element) -> Node:
    return ["line", *_numbers(element, "x1", "y1", "x2", "y2"), _paint(element)]


def _points(element: Element) -> Node:
    numbers = [float(each) for each in element.get("points", "").replace(",", " ").split()]
    return ["points", list(zip(numbers[::2], numbers[1::2], strict=True)), _tag(element) == "polygon", _paint(element)]


def _circle(element: Element) -> Node:
    return ["circle", *_numbers(element, "cx", "cy", "r"), _paint(element)]


def _text(element: Element) -> Node:
    x, y, size = _numbers(element, "x", "y", "font-size")
    anchor, fill = element.get("text-anchor", "start"), element.get("fill", "#000000")
    return ["text", x, y, size, fill, int(element.get("font-weight", "400")), anchor, "".join(element.itertext())]


_SHAPES: dict[str, Callable[[Element], Node]] = {
    "rect": _rect,
    "line": _line,
    "polyline": _points,
    "polygon": _points,
    "circle": _circle,
    "text": _text,
}
