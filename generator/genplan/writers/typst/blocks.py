"""Blocks: paragraphs, headings, lists and what groups them, one below the other, with the distances that CSS gives them."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from genplan.theme.typography import BOUNDARY, JOINER
from genplan.writers.typst.cascade import Computed, Style
from genplan.writers.typst.content import AVOID, FORCED, Flow, Node, Writer, box_of, collapsed, margins
from genplan.writers.typst.inline import INLINE, Line
from genplan.writers.typst.tables import table

_TEXTS = frozenset({"p", "h1", "h2", "h3", "h4", "figure"})
_GROUPS = frozenset({"section", "div", "main", "nav", "body"})
_LISTS = frozenset({"ul", "ol"})
BLOCKS = _TEXTS | _GROUPS | _LISTS | {"table", "li", "header", "footer"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_FOOT = "foot"
"""Class of a section that stands at the foot of the last page."""


def column(flows: Sequence[Flow]) -> list[Node]:
    """Set blocks one below the other; the margins of the first and last are their holder's."""
    nodes: list[Node] = []
    for at, flow in enumerate(flows):
        following = flows[at + 1] if at + 1 < len(flows) else None
        if flow.new_page:
            nodes.append(["new-page"])
        sticky = following is not None and not following.new_page and (flow.with_next or following.with_previous)
        nodes.append(flow.node(collapsed(flows[at - 1].bottom, flow.top) if at else 0.0, sticky))
    return nodes


def children(wrapper: Any, computed: Computed, writer: Writer) -> Iterator[Flow]:  # noqa: ANN401 - cssselect2 has no types
    """Give the blocks that an element holds; text between them is a paragraph, as in HTML."""
    loose = Line(writer)
    loose.text(wrapper.etree_element.text)
    for child, style in writer.cascade.children(wrapper, computed):
        tag = child.etree_element.tag
        if tag in {"header", "footer"} or style.style.get("display") == "none":
            continue
        if tag in INLINE or tag.endswith("svg"):
            loose.inline(child, style, computed.style)
        else:
            yield from _loose(loose, computed, writer)
            loose = Line(writer)
            yield from block(child, style, writer)
        loose.text(child.etree_element.tail)
    yield from _loose(loose, computed, writer)


def _loose(line: Line, computed: Computed, writer: Writer) -> Iterator[Flow]:
    if any(not isinstance(node, str) or node.strip() for node in line.nodes):
        yield _paragraph(line.nodes, {}, computed.style, {}, writer)


def block(wrapper: Any, computed: Computed, writer: Writer) -> Iterator[Flow]:  # noqa: ANN401
    """Give an element as blocks: one, or for a group that shows nothing of its own, those that it holds."""
    tag = wrapper.etree_element.tag
    if tag == "table":
        node, height = table(wrapper, computed, writer, _in_cell)
        yield _placed(node, computed.style, height)
    elif tag in _GROUPS:
        yield from _group(wrapper, computed, writer)
    elif tag in _LISTS:
        yield from _list(wrapper, computed, writer)
    else:
        if tag not in _TEXTS:
            writer.foreign.add(tag)
        yield _text(wrapper, computed, writer)


def _in_cell(wrapper: Any, computed: Computed, writer: Writer) -> tuple[list[Node], float] | None:  # noqa: ANN401
    """Return the blocks that a cell holds, and their height; nothing if it holds a line of text."""
    if not any(child.tag in BLOCKS for child in wrapper.etree_element):
        return None
    flows = list(children(wrapper, computed, writer))
    return column(flows), sum(flow.height for flow in flows)


def _placed(node: Callable[[float, bool], Node], style: Style, height: float) -> Flow:
    return Flow(
        node,
        *margins(style),
        height,
        with_previous=style.get("break-before") in AVOID,
        with_next=style.get("break-after") in AVOID,
        new_page=style.get("break-before") in FORCED,
    )


def _group(wrapper: Any, computed: Computed, writer: Writer) -> Iterator[Flow]:  # noqa: ANN401
    style = computed.style
    flows = list(children(wrapper, computed, writer))
    if not flows:
        return
    box, keep, foot = box_of(style, writer.width), style.get("break-inside") in AVOID, _FOOT in wrapper.classes
    if box or keep or foot:
        yield _boxed(flows, style, box, "foot" if foot else "keep" if keep else "group", writer)
        return
    above, below = margins(style)
    flows[0].top = collapsed(above, flows[0].top)
    flows[-1].bottom = collapsed(below, flows[-1].bottom)
    flows[0].with_previous |= style.get("break-before") in AVOID
    flows[-1].with_next |= style.get("break-after") in AVOID
    flows[0].new_page |= style.get("break-before") in FORCED
    yield from flows


def _boxed(flows: list[Flow], style: Style, box: dict[str, Any], name: str, writer: Writer) -> Flow:
    """Set blocks into one of their own. Their outer margins are within it where it has an edge, else they are joined with its own."""
    inset = list(box.get("inset", (0.0, 0.0, 0.0, 0.0)))
    height = sum(flow.height + flow.top for flow in flows) + inset[0] + inset[2]
    if name == "keep" and height > writer.height / 2:
        name = "keep-if-fits"
    inner = column(flows)
    placed = _placed(lambda gap, sticky: [name, gap, sticky, writer.look(box), inner], style, height)
    if inset[0] or "stroke" in box:
        inset[0] += flows[0].top
    else:
        placed.top = collapsed(placed.top, flows[0].top)
    if inset[2] or "stroke" in box:
        inset[2] += flows[-1].bottom
    else:
        placed.bottom = collapsed(placed.bottom, flows[-1].bottom)
    if any(inset):
        box["inset"] = inset
    return placed


def _text(wrapper: Any, computed: Computed, writer: Writer) -> Flow:  # noqa: ANN401
    """Give a paragraph, heading or figure."""
    element, style = wrapper.etree_element, computed.style
    line = Line(writer)
    line.element(wrapper, computed)
    nodes = line.done(style["font-size"])
    if element.tag not in _HEADINGS and not element.get("id"):
        return _paragraph(nodes, box_of(style, writer.width), style, style, writer)
    flow = _paragraph(nodes, box_of(style, writer.width), style, style, writer)
    plain, level = flow.node, int(element.tag[1]) if element.tag in _HEADINGS else None

    def node(gap: float, sticky: bool) -> Node:  # noqa: FBT001 - as of all blocks
        return ["heading", level, _bookmark(element), element.get("id"), plain(gap, sticky)]

    flow.node = node
    return flow


def _bookmark(element: Element) -> str:
    """Return what the outline calls a heading."""
    said = element.get("data-label") or " ".join("".join(element.itertext()).split())
    return f"{element.get('data-number', '')}{said}".replace(JOINER, "").replace(BOUNDARY, "")


def _paragraph(nodes: list[Node], looks: dict[str, Any], text: Style, box: Style, writer: Writer) -> Flow:
    number = writer.text(text)
    inset = looks.get("inset", (0.0, 0.0, 0.0, 0.0))
    height = writer.estimate(nodes, number, writer.width - inset[1] - inset[3]) + inset[0] + inset[2]
    look = writer.look({**looks, "align": text["text-align"], "indent": text["text-indent"]})
    return _placed(lambda gap, sticky: ["p", gap, sticky, look, number, nodes], box, height)


def _list(wrapper: Any, computed: Computed, writer: Writer) -> Iterator[Flow]:  # noqa: ANN401
    """Give a list; one whose numbers run into the text is as so many paragraphs."""
    items = list(writer.cascade.children(wrapper, computed))
    if not items:
        return
    hanging = all(style.before and style.before.get("display") == "inline-block" for _, style in items)
    flows = [_item(item, style, writer, hanging=hanging) for item, style in items]
    above, below = margins(computed.style)
    if not hanging:
        flows[0][0].top = collapsed(above, flows[0][0].top)
        flows[-1][-1].bottom = collapsed(below, flows[-1][-1].bottom)
        yield from (flow for each in flows for flow in each)
        return
    first = items[0][1]
    assert first.before is not None
    width = first.before.get("min-width") or 0.0
    looks = {"indent": (first.style.get("padding-left") or 0.0) - width, "width": width}
    looks["spacing"] = max((collapsed(one[-1].bottom, other[0].top) for one, other in pairwise(flows)), default=0.0)
    together = len(items) == 2 and items[1][1].style.get("break-before") in AVOID  # noqa: PLR2004
    data = [[_number(item, style, writer), column(each)] for (item, style), each in zip(items, flows, strict=True)]
    height = sum(flow.height for each in flows for flow in each)
    placed = _placed(lambda gap, sticky: ["list", gap, sticky, {**looks, "keep": together}, data], computed.style, height)
    placed.top, placed.bottom = collapsed(above, flows[0][0].top), collapsed(below, flows[-1][-1].bottom)
    yield placed


def _number(item: Any, computed: Computed, writer: Writer) -> list[Any]:  # noqa: ANN401
    assert computed.before is not None
    line = Line(writer)
    line.generated(computed.before, item.etree_element, computed.style, boxed=False)
    return [writer.text(computed.style), line.nodes]


def _item(wrapper: Any, computed: Computed, writer: Writer, *, hanging: bool) -> list[Flow]:  # noqa: ANN401
    """Give an item: its text, and the lists below it."""
    line, style = Line(writer), computed.style
    lists: list[Flow] = []
    if computed.before and not hanging:
        line.generated(computed.before, wrapper.etree_element, style)
    line.text(wrapper.etree_element.text)
    for child, child_style in writer.cascade.children(wrapper, computed):
        if child.etree_element.tag in BLOCKS:
            lists += block(child, child_style, writer)
        else:
            line.inline(child, child_style, style)
        line.text(child.etree_element.tail)
    looks = {"inset": [0.0, 0.0, 0.0, style["padding-left"]]} if not hanging and style.get("padding-left") else {}
    text = _paragraph(line.done(style["font-size"]), looks, style, style, writer)
    if lists:
        text.bottom, lists[-1].bottom = 0.0, collapsed(text.bottom, lists[-1].bottom)
    return [text, *lists]
