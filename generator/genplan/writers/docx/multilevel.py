"""Word's multilevel lists for the numbering schemes.

What a number reads (format, pattern, restart) comes from the scheme; where it stands (indent, gap, look) from the list of
the same name in reference.docx, if there is one: a Word user moves numbers without being able to change them.

A scheme is one list, but for levels that count on through those above them, as articles do through chapters: they head a
list of their own. Word could hold them in one (w:lvlRestart), but LibreOffice would start them again.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple
from zlib import crc32

from lxml import etree

from genplan.theme.numbering import Level, Schemes, is_western
from genplan.writers.docx.xml import W

_W = f"{{{W}}}"
FORMATS = {"chinese": "chineseCountingThousand", "decimal": "decimal", "bullet": "bullet"}
PREFIX = "genplan-"

_PLACEHOLDER = re.compile(r"%(\d)")
_GAP = re.compile(r"\s*$")


def _divide(scheme: str, levels: tuple[Level, ...]) -> dict[str, tuple[int, tuple[Level, ...]]]:
    """Divide a scheme into lists: name → the level it starts at, and its levels."""
    starts = [0]
    for at in range(1, len(levels)):
        shown = (int(digit) for level in levels[at:] for digit in _PLACEHOLDER.findall(level.pattern))
        if not levels[at].restarts and all(number > at for number in shown):
            starts.append(at)
    lists: dict[str, tuple[int, tuple[Level, ...]]] = {}
    for start, end in zip(starts, [*starts[1:], len(levels)], strict=True):
        own = (
            replace(level, pattern=_PLACEHOLDER.sub(lambda match: f"%{int(match[1]) - start}", level.pattern))  # noqa: B023 - used at once
            for level in levels[start:end]
        )
        lists[f"{scheme}-{start + 1}" if start else scheme] = (start, tuple(own))
    return lists


class Lists(NamedTuple):
    """The lists that a language's schemes make: the levels of each, and where each level of a scheme is (list and level within it)."""

    levels: Mapping[str, tuple[Level, ...]]
    homes: Mapping[tuple[str, int], tuple[str, int]]


@cache
def lists_of(schemes: Schemes) -> Lists:
    """Divide all schemes of a language."""
    divided = {scheme: _divide(scheme, levels) for scheme, levels in schemes}
    return Lists(
        {name: levels for lists in divided.values() for name, (_, levels) in lists.items()},
        {
            (scheme, start + at): (name, at)
            for scheme, lists in divided.items()
            for name, (start, levels) in lists.items()
            for at in range(len(levels))
        },
    )


# Styles that number their paragraphs by themselves when a document's headings follow the scheme: style → level.
LINKED: dict[str, dict[str, int]] = {
    "outline": {"heading 1": 0, "heading 2": 1, "heading 3": 2},
    "regulation": {"heading 1": 0, "heading 2": 1, "article": 2},
}
_CENTERED = {"regulation": ("heading 1", "heading 2")}
"""Styles that stand in the middle of the line under a scheme, unless the reference says where."""
_INDENTED = {"regulation": "article"}
"""The style whose indent the level has that it is linked to, so that headings of that level stand where its paragraphs do: in Chinese,
which is set with an indent."""
OF_LISTS = {"bullet": "list bullet", "decimal": "list number", "items": "item"}


class LevelIndent(NamedTuple):
    """Where a level stands, in twips from the margin: its number, and its text. None: where its paragraph's style says."""

    marker: int | None
    text: int | None


class _Layout(NamedTuple):
    """Gap after the number, and indents in twips; a hanging one below zero starts the first line further right.

    A wide gap is a full-width space, as regulations have; Word has none to offer, so it is written behind the number.
    """

    gap: str
    left: int = 0
    hanging: int = 0
    bold: bool = False


_LAYOUTS: dict[str, tuple[_Layout, ...]] = {
    "outline": (_Layout("nothing"), _Layout("nothing"), _Layout("space")),
    "regulation": (_Layout("wide"), _Layout("wide")),
    "regulation-3": (_Layout("wide", bold=True),),
    "bullet": (_Layout("tab", 840, 420), _Layout("tab", 1260, 420), _Layout("tab", 1680, 420)),
    "decimal": (_Layout("tab", 840, 420), _Layout("tab", 1575, 735), _Layout("tab", 1995, 420)),
    "items": (_Layout("nothing", 1050, 630), _Layout("tab", 1470, 420), _Layout("tab", 2205, 735)),
    "clauses": (_Layout("nothing", 1050, 630), _Layout("tab", 1470, 420)),
}
_UNKNOWN = _Layout("tab", 840, 420)
_NARROWER = {("items", "%1、"): _Layout("nothing", 840, 420)}
"""First levels, by list and pattern, whose number is a character narrower than the usual one: 一、 in place of （一）."""


@dataclass(frozen=True, slots=True)
class Multilevel:
    """The lists of a prepared package, to which each document adds its instances."""

    head: str
    """The numbering part up to where further definitions go."""
    nums: str
    """Its instances; further ones go behind them."""
    tail: str
    next_abstract: int
    next_num: int
    abstracts: dict[str, int]
    """Id of the definition of each list."""
    homes: Mapping[tuple[str, int], tuple[str, int]]
    """Where the levels of schemes are: list and level within it."""
    levels: dict[str, tuple[str, ...]]
    """The `w:lvl` elements of each list, to be defined again with another indent."""
    places: dict[str, tuple[LevelIndent, ...]]


def _node(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, _W + tag, {_W + name: value for name, value in attributes.items()})


def _level(parent: etree._Element, at: int, level: Level, layout: _Layout, model: etree._Element | None) -> None:
    """Write level `at`; `model` is the reference's level, whose looks are kept."""
    element = _node(parent, "lvl", ilvl=str(at))
    _node(element, "start", val="1")
    _node(element, "numFmt", val=FORMATS[level.style])
    if not level.restarts:
        _node(element, "lvlRestart", val="0")
    if model is not None:
        element.extend(model.findall(f"{_W}suff"))
        gap = _GAP.search("".join(text.get(f"{_W}val", "") for text in model.iterfind(f"{_W}lvlText")))
        _node(element, "lvlText", val=level.pattern + (_fitting(gap[0], level.pattern) if gap else ""))
    else:
        _node(element, "suff", val="nothing" if layout.gap == "wide" else layout.gap)
        _node(element, "lvlText", val=level.pattern + ("\u3000" if layout.gap == "wide" else ""))
    if model is not None:
        element.extend(child for tag in ("lvlJc", "pPr", "rPr") for child in model.findall(_W + tag))
        return
    _node(element, "lvlJc", val="left")
    if layout.hanging:
        side = {"hanging": str(layout.hanging)} if layout.hanging > 0 else {"firstLine": str(-layout.hanging)}
        _node(_node(element, "pPr"), "ind", left=str(layout.left), **side)
    if level.style == "bullet":
        # Bullets share code points with Chinese punctuation, which would make them full-width.
        theme = {"asciiTheme": "minorHAnsi", "hAnsiTheme": "minorHAnsi", "hint": "default"}
        _node(_node(element, "rPr"), "rFonts", **theme)
    else:
        run = _node(element, "rPr")
        _node(run, "rFonts", hint="eastAsia")
        for tag in ("b", "bCs") if layout.bold else ():
            _node(run, tag)


def _fitting(gap: str, pattern: str) -> str:
    """Return the gap behind a number in the width of its script."""
    return gap.replace("\u3000", "\u2003") if is_western(pattern) else gap


def define(numbering: etree._Element, lists: Lists, language: str = "") -> dict[str, int]:
    """Put lists into a numbering part, in place of those of the same name and in their look; return their ids."""
    existing = {
        str(name.get(f"{_W}val")): element
        for element in numbering.iterfind(f"{_W}abstractNum")
        if (name := element.find(f"{_W}name")) is not None
    }
    taken = [int(element.get(f"{_W}abstractNumId", "0")) for element in numbering.iterfind(f"{_W}abstractNum")]
    free = max(taken, default=-1) + 1
    ids: dict[str, int] = {}
    for order, (list_, levels) in enumerate(lists.levels.items(), 1):
        old = existing.get(PREFIX + list_)
        if old is None:
            ids[list_] = free
            free += 1
        else:
            ids[list_] = int(old.get(f"{_W}abstractNumId", "0"))
        new = etree.Element(f"{_W}abstractNum", {f"{_W}abstractNumId": str(ids[list_])})
        # Word merges lists of equal nsid when text is pasted between documents: ours are the same list everywhere, in one language.
        _node(new, "nsid", val=f"6E{_mark(language)}{order:04X}")
        _node(new, "multiLevelType", val="multilevel")
        _node(new, "tmpl", val=f"74{_mark(language)}{order:04X}")
        _node(new, "name", val=PREFIX + list_)
        layouts = _LAYOUTS.get(list_, ())
        for at, level in enumerate(levels):
            model = old.find(f"{_W}lvl[@{_W}ilvl='{at}']") if old is not None else None
            _level(new, at, level, layouts[at] if at < len(layouts) else _UNKNOWN, model)
            if at == 0 and (own := _NARROWER.get((list_, level.pattern))):
                _narrow(new[-1], layouts[at], own)
        if old is not None:
            numbering.replace(old, new)
        else:
            numbering.insert(_first_num(numbering), new)
    return ids


def _narrow(level: etree._Element, usual: _Layout, own: _Layout) -> None:
    """Indent a level as its own number wants, unless the reference indents it in a way of its own."""
    indent = level.find(f"{_W}pPr/{_W}ind")
    if indent is not None and (indent.get(f"{_W}left"), indent.get(f"{_W}hanging")) == (str(usual.left), str(usual.hanging)):
        indent.set(f"{_W}left", str(own.left))
        indent.set(f"{_W}hanging", str(own.hanging))


def _mark(language: str) -> str:
    """Return two digits that identify a language in the ids of its lists; those from 70 on are not for languages."""
    return "70" if language in ("", "zh-CN") else f"{crc32(language.encode()) % 0x70:02X}"


def _first_num(numbering: etree._Element) -> int:
    for at, child in enumerate(numbering):
        if child.tag in {f"{_W}num", f"{_W}numIdMacAtCleanup"}:
            return at
    return len(numbering)


def _num_of(numbering: etree._Element, abstract: int) -> int:
    """Return the list instance that styles link to, the first of its definition; make one where there is none."""
    highest = 0
    for num in numbering.iterfind(f"{_W}num"):
        highest = max(highest, int(num.get(f"{_W}numId", "0")))
        of = num.find(f"{_W}abstractNumId")
        if of is not None and of.get(f"{_W}val") == str(abstract) and num.find(f"{_W}lvlOverride") is None:
            return int(num.get(f"{_W}numId", "0"))
    num = _node(numbering, "num", numId=str(highest + 1))
    _node(num, "abstractNumId", val=str(abstract))
    return highest + 1


def link(
    numbering: etree._Element, styles: dict[str, etree._Element], ids: dict[str, int], lists: Lists, scheme: str | None, language: str = ""
) -> dict[str, int]:
    """Link paragraph styles and list levels; return the list instances that styles link to, by list.

    `scheme` is the one that the document's headings follow: a style can number by one list only. `styles` are the
    paragraph styles by lower-case name.
    """
    links: dict[str, tuple[str, int]] = {style: (name, 0) for name, style in OF_LISTS.items()}
    if scheme:
        links |= {style: lists.homes[scheme, level] for style, level in LINKED.get(scheme, {}).items()}
    unlinked = {style for levels in LINKED.values() for style in levels} - links.keys()
    for style in unlinked & styles.keys():
        for number in styles[style].findall(f"{_W}pPr/{_W}numPr"):
            _parent(number).remove(number)
    _center(styles, scheme or "")
    instances: dict[str, int] = {}
    for style, (name, level) in links.items():
        if style not in styles:
            continue
        instances[name] = _num_of(numbering, ids[name])
        _number_style(styles[style], instances[name], level)
        target = numbering.find(f"{_W}abstractNum[@{_W}abstractNumId='{ids[name]}']/{_W}lvl[@{_W}ilvl='{level}']")
        if target is not None:
            place = next(at for at, child in enumerate(target) if child.tag in {f"{_W}suff", f"{_W}lvlText"})
            style_id = styles[style].get(f"{_W}styleId", "")
            target.insert(place, etree.Element(f"{_W}pStyle", {f"{_W}val": style_id}))
            if style == _INDENTED.get(scheme or "") and (not language or language.startswith("zh")):
                _indent(target, styles[style])
    return instances


def _center(styles: dict[str, etree._Element], scheme: str) -> None:
    """Put chapters and sections of a regulation in the middle."""
    for name in _CENTERED.get(scheme, ()):
        if (style := styles.get(name)) is not None and style.find(f"{_W}pPr/{_W}jc") is None:
            _insert(_paragraph_properties(style), etree.Element(f"{_W}jc", {f"{_W}val": "center"}), _AFTER_ALIGNMENT)


def _indent(level: etree._Element, style: etree._Element) -> None:
    """Copy the indent of a style to a level, where that has one and the level none."""
    indent = style.find(f"{_W}pPr/{_W}ind")
    if indent is None or level.find(f"{_W}pPr/{_W}ind") is not None:
        return
    properties = level.find(f"{_W}pPr")
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        run = level.find(f"{_W}rPr")
        level.insert(len(level) if run is None else level.index(run), properties)
    _insert(properties, deepcopy(indent), _AFTER_INDENT)


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


# What stands after w:numPr, w:ind and w:jc among the paragraph properties that styles use (CT_PPrBase).
_AFTER_ALIGNMENT = frozenset(_W + tag for tag in ("textDirection", "textAlignment", "textboxTightWrap", "outlineLvl"))
_AFTER_INDENT = _AFTER_ALIGNMENT | {_W + tag for tag in ("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc")}
_AFTER_NUMBER = _AFTER_INDENT | {
    _W + tag
    for tag in (
        "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct",
        "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind",
    )
}  # fmt: skip


def _insert(parent: etree._Element, child: etree._Element, after: frozenset[str]) -> None:
    """Insert a property before those that come after it."""
    parent.insert(next((at for at, other in enumerate(parent) if other.tag in after), len(parent)), child)


def _paragraph_properties(style: etree._Element) -> etree._Element:
    properties = style.find(f"{_W}pPr")
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        run = style.find(f"{_W}rPr")
        style.insert(len(style) if run is None else style.index(run), properties)
    return properties


def _number_style(style: etree._Element, num: int, level: int) -> None:
    properties = _paragraph_properties(style)
    for old in properties.findall(f"{_W}numPr"):
        properties.remove(old)
    number = etree.Element(f"{_W}numPr")
    if level:
        _node(number, "ilvl", val=str(level))
    _node(number, "numId", val=str(num))
    _insert(properties, number, _AFTER_NUMBER)


def _place(level: etree._Element) -> LevelIndent:
    indent = level.find(f"{_W}pPr/{_W}ind")
    if indent is None:
        return LevelIndent(None, None)
    text = int(indent.get(f"{_W}left") or indent.get(f"{_W}start") or 0)
    shift = int(indent.get(f"{_W}firstLine") or 0) - int(indent.get(f"{_W}hanging") or 0)
    return LevelIndent(text + shift, text)


def finish(numbering: etree._Element, ids: dict[str, int], homes: Mapping[tuple[str, int], tuple[str, int]]) -> Multilevel:
    """Freeze a numbering part that `define` and `link` have worked on."""
    for old in numbering.findall(f"{_W}numIdMacAtCleanup"):
        numbering.remove(old)
    lists = {list_: numbering.findall(f"{_W}abstractNum[@{_W}abstractNumId='{id_}']/{_W}lvl") for list_, id_ in ids.items()}
    text = etree.tostring(numbering, encoding="unicode")
    # After `link` there is an instance, so the definitions end where the first one starts; nothing comes behind the instances.
    start, end = text.index("<w:num "), text.rindex("</")
    return Multilevel(
        head=text[:start],
        nums=text[start:end],
        tail=text[end:],
        next_abstract=1 + max(int(own.get(f"{_W}abstractNumId", "0")) for own in numbering.iterfind(f"{_W}abstractNum")),
        next_num=1 + max(int(num.get(f"{_W}numId", "0")) for num in numbering.iterfind(f"{_W}num")),
        abstracts=ids,
        homes=homes,
        levels={list_: tuple(bare(level) for level in levels) for list_, levels in lists.items()},
        places={list_: tuple(_place(level) for level in levels) for list_, levels in lists.items()},
    )


def bare(element: etree._Element) -> str:
    """Write an element to stand in a part that declares the prefix `w`; what is not WordprocessingML is left out."""
    copy = deepcopy(element)
    copy.tail = None
    for inner in list(copy.iter()):
        for name in [name for name in inner.attrib if not str(name).startswith(_W)]:
            del inner.attrib[name]
        if inner is not copy and not str(inner.tag).startswith(_W):
            _parent(inner).remove(inner)
    etree.cleanup_namespaces(copy)
    return etree.tostring(copy, encoding="unicode").replace(f' xmlns:w="{W}"', "")
