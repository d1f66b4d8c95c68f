"""Lines of text: what a block's inline content is in Typst."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element as TreeElement

from genplan.theme.typography import BOUNDARY, JOINER
from genplan.theme.wrapping import text_width
from genplan.writers.typst.cascade import Computed, Style
from genplan.writers.typst.content import Node, Writer
from genplan.writers.typst.drawings import drawing

INLINE = frozenset({"strong", "b", "em", "i", "br", "a", "img", "span"})
_SPACES = re.compile(r"[ \t\r\n\f]+")
_HELD = re.compile(rf"([0-9A-Za-z.,%+\u2212-]*\S(?:{JOINER}\S)+[0-9A-Za-z.,%]*|{BOUNDARY})")
"""Characters that a line does not part; and where Chinese meets Latin letters."""
_WORD = re.compile(r"[!-~\u00c0-\u024f]+")
_NARROWEST = 0.4
"""Ems of a narrow character."""
_LARGEST = 10.5
"""Points of an em where words may be too long: that of the text, and more than that of tables."""


@dataclass(slots=True)
class Line:
    """Collects the content of a block, with white space as HTML collapses it."""

    writer: Writer
    width: float | None = None
    """What it has, in points, if less than the page."""
    nodes: list[Node] = field(default_factory=list)
    _after_space: bool = True

    def text(self, text: str | None) -> None:
        """Add text."""
        if not text:
            return
        text = _SPACES.sub(" ", text)
        if self._after_space and text.startswith(" "):
            text = text[1:]
        if text:
            self._after_space = text.endswith(" ")
            self.nodes += _typeset(text) if JOINER in text or BOUNDARY in text else _breakable(text, self._ems)

    def done(self, size: float) -> list[Node]:
        """Return the nodes; where all fits on one line, nothing has to be held together, which takes Typst long."""
        characters = sum(len(text) for text in _texts(self.nodes))
        return _joined(self.nodes) if characters * size <= (self.width or self.writer.width) else self.nodes

    @property
    def _ems(self) -> float:
        return (self.width or self.writer.width) / _LARGEST

    def element(self, wrapper: Any, computed: Computed) -> None:  # noqa: ANN401
        """Add what an element holds, in its own style, with what its style sheet puts around it."""
        element: TreeElement = wrapper.etree_element
        if computed.before:
            self.generated(computed.before, element, computed.style)
        self.text(element.text)
        for child, style in self.writer.cascade.children(wrapper, computed):
            self.inline(child, style, computed.style)
            self.text(child.etree_element.tail)
        if computed.after:
            self.generated(computed.after, element, computed.style)

    def inline(self, wrapper: Any, computed: Computed, parent: Style) -> None:  # noqa: ANN401
        """Add an element in a line."""
        element, style = wrapper.etree_element, computed.style
        if element.tag == "br":
            self.nodes.append(["br"])
            self._after_space = True
        elif element.tag == "img":
            self._put(["image", self.writer.picture(element.get("src", "")), _size(style, element), element.get("alt", "")], style)
        elif element.tag.endswith("svg") and "viewBox" in element.attrib:
            self._put(drawing(element, hangs=style.get("vertical-align") == "top"), style)
        else:
            if element.tag not in INLINE:
                self.writer.foreign.add(element.tag)
            outer, self.nodes = self.nodes, []
            self.element(wrapper, computed)
            inner, self.nodes = self.nodes, outer
            self.nodes += self._dressed(inner, style, parent, element)

    def _put(self, node: Node, style: Style) -> None:
        self.nodes += _apart([node], style)
        self._after_space = False

    def _dressed(self, inner: list[Node], style: Style, parent: Style, element: TreeElement) -> Iterator[Node]:
        for wrapped in (_text_style, _decoration, _held_together, _linked):
            inner = wrapped(inner, style, parent, element, self.writer)
        yield from _apart(inner, style)

    def generated(self, style: Style, element: TreeElement, parent: Style, *, boxed: bool = True) -> None:
        """Add what a style sheet says stands before or after an element's content; its box may be another's to draw."""
        inner = list(self._said(style, element))
        if not inner:
            return
        self._after_space = False
        number = self.writer.text(style)
        node: list[Node] = [["t", number, inner]] if number != self.writer.text(parent) else inner
        if boxed and style.get("display") == "inline-block" and (width := style.get("min-width")):
            node = [["least", width, node]]
        self.nodes += _apart(node, style) if boxed else node

    def _said(self, style: Style, element: TreeElement) -> Iterator[Node]:
        for token in style.get("content", ()):
            if token.type == "string":
                yield token.value
            elif token.type == "function" and (said := _function(token, element)):
                yield said


def _texts(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif isinstance(node[-1], list):
            yield from _texts(node[-1])


def _joined(nodes: list[Node]) -> list[Node]:
    """Join what is held together with what is around it."""
    joined: list[Node] = []
    for each in (released for node in nodes for released in _released(node)):
        if isinstance(each, str) and joined and isinstance(joined[-1], str):
            joined[-1] += each
        else:
            joined.append(each)
    return joined


def _released(node: Node) -> list[Node]:
    if isinstance(node, list) and node[0] == "nowrap":
        return _joined(node[-1])
    return [[*node[:-1], _joined(node[-1])]] if isinstance(node, list) and node[0] in {"t", "link"} else [node]


def _breakable(text: str, width: float) -> Iterator[Node]:
    """Let a word break that is longer than a line of so many ems: it would run out of its cell."""
    long = [word for word in _WORD.findall(text) if len(word) > width / _NARROWEST and text_width(word) > width]
    for word in long:
        before, _, text = text.partition(word)
        yield from [before] if before else []
        for character in word:
            yield character
            yield ["may-break"]
    if text:
        yield text


def _typeset(text: str) -> Iterator[Node]:
    """Give a text without the characters that tell WeasyPrint where lines may not break: Typst would write them into the PDF."""
    for at, part in enumerate(_HELD.split(text)):
        plain = part.replace(JOINER, "")
        if part == BOUNDARY:
            yield ["gap"]
        elif plain:
            yield ["nowrap", [plain]] if at % 2 else plain


def _apart(nodes: list[Node], style: Style) -> Iterator[Node]:
    """Give nodes with the margins of what holds them."""
    if margin := style.get("margin-left"):
        yield ["space", margin]
    yield from nodes
    if margin := style.get("margin-right"):
        yield ["space", margin]


def _function(token: Any, element: TreeElement) -> Node | None:  # noqa: ANN401
    name, arguments = token.lower_name, [each for each in token.arguments if each.type not in {"whitespace", "literal"}]
    if name == "attr":
        return element.get(arguments[0].value, "") or None
    if name == "counter":
        return ["pages" if arguments[0].value == "pages" else "page"]
    if name == "leader":
        return ["leader", arguments[0].value]
    if name == "target-counter":
        return ["page-of", element.get("href", "").removeprefix("#")]
    return None


def _size(style: Style, element: TreeElement) -> dict[str, Any]:
    size = {name: style[name] for name in ("width", "height", "max-height") if isinstance(style.get(name), float)}
    if stated := re.fullmatch(r"width: ([\d.]+)mm", element.get("style", "")):
        size["width"] = float(stated[1]) * 72 / 25.4
    return size


def _text_style(inner: list[Node], style: Style, parent: Style, _element: TreeElement, writer: Writer) -> list[Node]:
    number = writer.text(style)
    return [["t", number, inner]] if inner and number != writer.text(parent) else inner


def _decoration(inner: list[Node], style: Style, _parent: Style, _element: TreeElement, _writer: Writer) -> list[Node]:
    if (line := style.get("text-decoration")) in {"underline", "line-through"} and inner:
        inner = [["underline" if line == "underline" else "strike", inner]]
    if style.get("background-color") and inner:
        inner = [["highlight", style["background-color"], inner]]
    return inner


def _held_together(inner: list[Node], style: Style, _parent: Style, _element: TreeElement, _writer: Writer) -> list[Node]:
    if style.get("display") == "inline-block" and (width := style.get("min-width")):
        return [["blank", width, inner]]
    return [["nowrap", inner]] if style["white-space"] == "nowrap" and any(isinstance(each, list) for each in inner) else inner


def _linked(inner: list[Node], _style: Style, _parent: Style, element: TreeElement, _writer: Writer) -> list[Node]:
    address = element.get("href") if element.tag == "a" else None
    return [["link", address, inner]] if address and inner else inner
