"""The page: its size, margins and ground, and the lines that repeat at its head and foot."""

from typing import Any

from genplan.writers.typst.cascade import INITIAL, Computed, colour, points
from genplan.writers.typst.content import SIDES, Writer, box_of
from genplan.writers.typst.inline import Line
from genplan.writers.typst.sheet import PageRules, Tokens

_BOXES = {"header": ("top-center", "padding-bottom"), "footer": ("bottom-center", "padding-top")}
_MM = 72 / 25.4
_PAPERS = {"a3": (297, 420), "a4": (210, 297), "a5": (148, 210), "b5": (176, 250), "letter": (215.9, 279.4), "legal": (215.9, 355.6)}
"""Widths and heights in millimetres."""


def page(rules: PageRules, name: str) -> dict[str, Any]:
    """Return the size of pages of a name, their margins (top, right, bottom, left) in points, and their ground."""
    said = rules.of("", name)
    margins = [(points(said[f"margin-{side}"], INITIAL) or 0.0) if f"margin-{side}" in said else 0.0 for side in SIDES]
    ground = colour(said["background-color"], INITIAL) if "background-color" in said else None
    width, height = _size(said.get("size", ()))
    return {"width": width, "height": height, "margins": margins, "ground": ground or None}


def _size(tokens: Tokens) -> tuple[float, float]:
    words = [token.lower_value for token in tokens if token.type == "ident"]
    lengths = [length for token in tokens if (length := points((token,), INITIAL)) is not None]
    if lengths:
        return lengths[0], lengths[-1]
    width, height = next((_PAPERS[word] for word in words if word in _PAPERS), _PAPERS["a4"])
    return (height * _MM, width * _MM) if "landscape" in words else (width * _MM, height * _MM)


def running(wrapper: Any, computed: Computed, writer: Writer) -> dict[str, Any]:  # noqa: ANN401
    """Return the head or foot of pages: its parts, and how it stands on right and left pages."""
    style, (box, distance) = computed.style, _BOXES[wrapper.etree_element.tag]
    rules = writer.cascade.sheet.pages
    said = rules.of(box)
    return {
        "distance": (points(said[distance], INITIAL) or 0.0) if distance in said else 0.0,
        "box": box_of(style, writer.width),
        "text": writer.text(style),
        "flex": style.get("display") == "flex",
        "parts": [_part(child, each, computed, writer) for child, each in writer.cascade.children(wrapper, computed)],
        "sides": {side: _side(rules.of(box, f"{side} {box}")) for side in ("right", "left")},
    }


def _side(said: dict[str, Any]) -> dict[str, Any]:
    align = said["text-align"][0].lower_value if "text-align" in said else "left"
    return {
        "align": align,
        **{side: points(said[f"padding-{side}"], INITIAL) or 0.0 for side in ("right", "left") if f"padding-{side}" in said},
    }


def _part(wrapper: Any, computed: Computed, parent: Computed, writer: Writer) -> list[Any]:  # noqa: ANN401
    line = Line(writer)
    line.inline(wrapper, computed, parent.style)
    classes = wrapper.classes
    return ["left" if "left" in classes else "plain", computed.style["text-align"], line.nodes]
