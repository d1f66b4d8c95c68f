"""What blocks and lines share while a document is turned into the data of `document.typ`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, TypeAlias

from genplan.writers.typst.cascade import Cascade, Style

SIDES = ("top", "right", "bottom", "left")
AVOID = frozenset({"avoid", "avoid-page"})
FORCED = frozenset({"page", "always"})
Node: TypeAlias = str | list[Any]
"""A text, or the name of a function of `document.typ` and its arguments."""


@dataclass(slots=True)
class Flow:
    """A block in a column: its node, which is given its distance to the one before; its margins in points; and where pages may break."""

    node: Callable[[float, bool], Node]
    """Makes the node for a distance above, and whether it stays on the page of the next block."""
    top: float
    bottom: float
    height: float
    """An estimate, rather too high, in points."""
    with_previous: bool = False
    with_next: bool = False
    new_page: bool = False


@dataclass(slots=True)
class Writer:
    """What is collected on the way: the styles of texts and the looks of boxes, each once, and the pictures by their names."""

    cascade: Cascade
    middle: Callable[[tuple[str, ...]], float]
    """By how many ems the middle of a line of a font is above its baseline."""
    picture: Callable[[str], str]
    """Puts a picture where Typst finds it, and names it."""
    width: float
    """Of the text area, in points."""
    height: float
    tied: frozenset[int] = frozenset()
    """The numbers of tables whose rows are tied together, since they broke where they should not."""
    runs: dict[int, list[list[int]]] = field(default_factory=dict)
    """The rows of each table that stay together: the first of each run, and how many."""
    texts: list[list[Any]] = field(default_factory=list)
    looks: list[dict[str, Any]] = field(default_factory=list)
    foreign: set[str] = field(default_factory=set)
    """Elements that documents don't have."""
    _known: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _boxes: dict[str, int] = field(default_factory=dict)

    def text(self, style: Style) -> int:
        """Return the number of a style of text."""
        size, (kind, height) = style["font-size"], style["line-height"]
        line = height if kind == "factor" else height / size
        middle = self.middle(style["font-family"])
        key = (
            size,
            style["color"],
            style["font-weight"],
            style["font-style"],
            style["font-family"],
            style["letter-spacing"],
            round(line / 2 + middle, 4),
            round(line / 2 - middle, 4),
            style["hyphens"] == "auto",
            style["font-feature-settings"] == "pwid",
        )
        if key not in self._known:
            self._known[key] = len(self.texts)
            self.texts.append(list(key))
        return self._known[key]

    def look(self, looks: dict[str, Any]) -> int:
        """Return the number of a look: what `box_of` gives, and for a cell how its content stands in it."""
        key = repr(looks)
        if key not in self._boxes:
            self._boxes[key] = len(self.looks)
            self.looks.append(looks)
        return self._boxes[key]

    def estimate(self, nodes: Sequence[Node], number: int, width: float) -> float:
        """Estimate the height of text in points, as if every character were an em wide."""
        size, top, bottom = (float(self.texts[number][at]) for at in (0, 6, 7))
        characters, breaks, drawn = 0, 1, 0.0
        for node in _leaves(nodes):
            if isinstance(node, str):
                characters += len(node)
            elif node[0] == "br":
                breaks += 1
            elif node[0] == "drawing":
                drawn += node[2]
        lines = ceil(characters * size / max(width, size)) + breaks - 1
        return max(lines, 1) * size * (top + bottom) + drawn


def _leaves(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, list) and isinstance(node[-1], list) and node[0] != "drawing":
            yield from _leaves(node[-1])
        else:
            yield node


def margins(style: Style) -> tuple[float, float]:
    """Return the margins above and below."""
    return style.get("margin-top") or 0.0, style.get("margin-bottom") or 0.0


def collapsed(above: float, below: float) -> float:
    """Join two margins that meet: the larger of the positive, and the smaller of the negative ones."""
    return max(above, below, 0.0) + min(above, below, 0.0)


def box_of(style: Style, width: float) -> dict[str, Any]:
    """Return what is seen of a box: its inset from the edge (top, right, bottom, left; lines included), its ground, its lines.

    `width` is what shares of a width are of.
    """
    box: dict[str, Any] = {}
    strokes = {side: line for side in SIDES if (line := line_at(style, side))}
    inset = [_padding(style, side, width) + (strokes[side][0] if side in strokes else 0.0) for side in SIDES]
    if any(inset):
        box["inset"] = inset
    if style.get("background-color"):
        box["fill"] = style["background-color"]
    if strokes:
        box["stroke"] = strokes
    return box


def _padding(style: Style, side: str, width: float) -> float:
    said = style.get(f"padding-{side}") or 0.0
    return float(said[1] * width if isinstance(said, tuple) else said)


def line_at(style: Style, side: str) -> list[Any] | None:
    """Return the line at a side: its width, colour and kind."""
    width, kind = style.get(f"border-{side}-width") or 0.0, style.get(f"border-{side}-style") or "none"
    return [width, style.get(f"border-{side}-color") or style["color"], kind] if width and kind != "none" else None
