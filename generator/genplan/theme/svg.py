"""Drawings in the tree: the part of SVG that the PDF, Word and browsers draw alike, under plain names."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from genplan.diagnostics import Diagnostic, Span, diagnose

NAMESPACE = "http://www.w3.org/2000/svg"
_PREFIX = f"{{{NAMESPACE}}}"
ELEMENTS = frozenset({"svg", "title", "desc", "g", "rect", "line", "polyline", "polygon", "path", "circle", "ellipse", "text", "tspan"})
"""What a drawing may consist of. Its looks are attributes: style sheets do not reach into the drawings of Word."""
_BARRED = ("style", "class", "href", "transform-origin")
_ADDRESS = re.compile(r"url\s*\(|\\", re.IGNORECASE)
"""What an attribute holds that refers to something else, escaped or not."""
_SIZE = re.compile(r"(\d{1,3}(?:\.\d+)?)mm")


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
            yield diagnose("GP608", span, f"<{element.tag}> in a drawing", help=f"use {', '.join(sorted(ELEMENTS))}")
        for name in element.keys():  # noqa: SIM118 - an element is no mapping
            if name.split("}")[-1] in _BARRED or name.startswith("on") or _ADDRESS.search(element.get(name, "")):
                yield diagnose(
                    "GP608", span, f"attribute `{name}` of <{element.tag}> in a drawing", help="use attributes for style: fill, stroke"
                )
    if size(drawing) is None or not drawing.get("viewBox"):
        yield diagnose("GP609", span, "a drawing without a size", help='write viewBox="0 0 166 60" width="166mm" height="60mm"')
    if not words(drawing):
        yield diagnose("GP609", span, "a drawing without a title", help="write a <title> first that says what the drawing shows")
