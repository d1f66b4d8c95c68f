"""What is set otherwise where a document is not Chinese."""

import re

from lxml import etree

from genplan.theme.numbering import is_western
from genplan.writers.docx.xml import W

_W = f"{{{W}}}"
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""A language as Word names it."""
_SIZES = (f"{_W}sz", f"{_W}szCs")
_WESTERN_TABLE = 0.9
"""What part of Chinese text's size Western text has in tables."""


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
    for size in (size for style in styles for name in style.iterfind(f"{_W}name[@{_W}val='Table Text']") for size in style.iter(*_SIZES)):
        size.set(f"{_W}val", str(round(int(size.get(f"{_W}val", "19")) * _WESTERN_TABLE)))
    for level in numbering.iter(f"{_W}lvl"):
        for after, indent in zip(level.iterfind(f"{_W}suff[@{_W}val='nothing']"), level.iterfind(f"{_W}pPr/{_W}ind"), strict=False):
            _hang(level, after, indent)


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
