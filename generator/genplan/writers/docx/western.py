"""What is set otherwise where a document is not Chinese."""

import re

from lxml import etree

from genplan.theme.numbering import is_western
from genplan.writers.docx.xml import W

_W = f"{{{W}}}"
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""A language as Word names it."""
_SIZES = (f"{_W}sz", f"{_W}szCs")
_SMALLER = {"table text": (9, 10), "title": (19, 22), "letterhead": (28, 36)}
"""What part of Chinese text's size Western text has, by the style's lower-case name; titles only if they are centred."""
_APART = {"body text": (0, 125), **{f"heading {level}": (120, 40) for level in (1, 2, 3)}}
"""The least distances of Western text above and below, in twips, as it has no indents, by the style's lower-case name."""
_NARROW, _BESIDE = frozenset({"genplan data", "genplan form"}), 68
"""Tables whose cells have at most so many twips on both sides of Western text."""


def set_western(styles: etree._Element, numbering: etree._Element, language: str) -> None:
    """Set text that is not Chinese ragged, without an indent of its first line, behind hanging numbers, and smaller in tables."""
    if not LANGUAGE.fullmatch(language) or language.startswith("zh"):
        return
    for properties in styles.iter(f"{_W}pPr"):
        for alignment in properties.findall(f"{_W}jc[@{_W}val='both']"):
            alignment.set(f"{_W}val", "left")
        for indent in properties.findall(f"{_W}ind"):
            for name in ("firstLine", "firstLineChars"):
                indent.attrib.pop(f"{_W}{name}", "")
    for style in styles.iterfind(f"{_W}style"):
        _resize(style)
        for run in style.iterfind(f"{_W}rPr"):
            etree.strip_elements(run, f"{_W}spacing")  # between characters: so many Chinese ones go on a line
    for level in numbering.iter(f"{_W}lvl"):
        for after, indent in zip(level.iterfind(f"{_W}suff[@{_W}val='nothing']"), level.iterfind(f"{_W}pPr/{_W}ind"), strict=False):
            _hang(level, after, indent)


def _resize(style: etree._Element) -> None:
    """Make the text of a style smaller, and set its paragraphs apart, where the style is one that needs it."""
    name = style.find(f"{_W}name")
    key = "" if name is None else str(name.get(f"{_W}val")).casefold()
    if key in _SMALLER and (key != "title" or style.find(f"{_W}pPr/{_W}jc[@{_W}val='center']") is not None):
        _make_smaller(style, _SMALLER[key])
    if key in _NARROW:
        _narrow(style)
    for spacing in style.iterfind(f"{_W}pPr/{_W}spacing") if key in _APART else ():
        for side, least in zip(("before", "after"), _APART[key], strict=True):
            spacing.set(f"{_W}{side}", str(max(least, int(spacing.get(f"{_W}{side}", "0")))))


def _narrow(style: etree._Element) -> None:
    """Take Western text in a table of a style closer to the sides of its cells."""
    for side in ("left", "right"):
        for margin in style.iterfind(f"{_W}tblPr/{_W}tblCellMar/{_W}{side}"):
            margin.set(f"{_W}w", str(min(_BESIDE, int(margin.get(f"{_W}w", "0")))))


def _make_smaller(style: etree._Element, part: tuple[int, int]) -> None:
    """Set text of a style smaller, and its lines in proportion."""
    ratio = 1.0
    for size in style.iter(*_SIZES):
        stated = int(size.get(f"{_W}val", "20"))
        smaller = stated * part[0] // part[1]
        ratio = smaller / stated
        size.set(f"{_W}val", str(smaller))
    for spacing in style.iterfind(f"{_W}pPr/{_W}spacing[@{_W}line]"):
        spacing.set(f"{_W}line", str(round(int(spacing.get(f"{_W}line", "240")) * ratio)))


def _hang(level: etree._Element, after: etree._Element, indent: etree._Element) -> None:
    """Have a number hang before its item, where Chinese text runs on behind it at the indent of a paragraph."""
    first = indent.get(f"{_W}firstLine")
    if first and all(is_western(text.get(f"{_W}val", "")) for text in level.iterfind(f"{_W}lvlText")):
        del indent.attrib[f"{_W}firstLine"]
        indent.set(f"{_W}left", str(int(indent.get(f"{_W}left", "0")) + int(first)))
        indent.set(f"{_W}hanging", first)
        after.set(f"{_W}val", "tab")


def hyphenate(root: etree._Element) -> None:
    """Have Word divide long words, which narrow cells would otherwise break anywhere."""
    stop = root.find(f"{_W}defaultTabStop")
    if stop is not None and root.find(f"{_W}autoHyphenation") is None:
        stop.addnext(etree.Element(f"{_W}autoHyphenation"))
