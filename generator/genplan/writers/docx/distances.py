"""Distances that no font and no engine changes: lines of a fixed height, and cells' margins as part of a row's height.

A line that is at least so high grows with its face: 微软雅黑 is a third higher than its size, and pushes a form to a second page.
"""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy

from lxml import etree

from genplan.writers.docx.lettering import PARAGRAPH, properties, put
from genplan.writers.docx.xml import W

_W = f"{{{W}}}"
_ROOM = 12
"""Twips of a fixed line for each half point of its text: a fifth more than the size, so that nothing is cut off."""
_FIGURE = "figure"
_SPACING = '<w:spacing w:line="{line}" w:lineRule="atLeast"'
_AFTER_SPACING = re.compile("<w:(?:ind|contextualSpacing|jc|outlineLvl)[ /]")


def fix_lines(styles: etree._Element, named: Mapping[str, etree._Element]) -> dict[str, int]:
    """Make lines that are at least so high exactly so high; return the height in twips, by the names of the `named` paragraph styles.

    Styles that state a multiple, or that are exact already, are as their author wants them; the style of figures grows with its content.
    """
    stated = {name: [*lineage(style, styles), _defaults(styles)] for name, style in named.items()}
    lines = {name: int(_value(places, "pPr/spacing", "line") or "240") for name, places in stated.items()}
    fixed = {
        name: max(lines[name], round(float(_value(places, "rPr/sz", "val") or "20") * _ROOM))
        for name, places in stated.items()
        if _value(places, "pPr/spacing", "lineRule") == "atLeast"
    }
    growing = fixed.pop(_FIGURE, None)
    for spacing in styles.iter(f"{_W}spacing"):
        if spacing.get(f"{_W}lineRule") == "atLeast":
            spacing.set(f"{_W}lineRule", "exact")
    for name, line in fixed.items():
        if line != lines[name]:
            put(properties(named[name], "pPr"), PARAGRAPH, "spacing", keep=True, line=str(line), lineRule="exact")
    if growing:
        put(properties(named[_FIGURE], "pPr"), PARAGRAPH, "spacing", keep=True, line=str(growing), lineRule="atLeast")
    return fixed


def lineage(style: etree._Element, styles: etree._Element) -> list[etree._Element]:
    """List a style and those that it is based on; a circle of styles ends."""
    found: list[etree._Element] = []
    following: etree._Element | None = style
    while following is not None and following not in found:
        found.append(following)
        based = following.find(f"{_W}basedOn")
        following = None if based is None else styles.find(f"{_W}style[@{_W}styleId='{based.get(f'{_W}val')}']")
    return found


def _defaults(styles: etree._Element) -> etree._Element:
    """Return what all styles start from, in the shape of a style."""
    defaults = etree.Element(f"{_W}style")
    for name in ("pPr", "rPr"):
        defaults.extend(deepcopy(styles.findall(f"{_W}docDefaults/{_W}{name}Default/{_W}{name}")))
    return defaults


def _value(styles: Iterable[etree._Element], path: str, attribute: str) -> str:
    """Return the first value that a property has in styles; empty where none states it."""
    tags = "/".join(_W + tag for tag in path.split("/"))
    found = (style.find(tags) for style in styles)
    return next((value for element in found if element is not None and (value := element.get(_W + attribute))), "")


def loosened(stated: str, line: int) -> str:
    """Return the properties of a paragraph, after its style and what it is kept with, whose lines of so many twips grow with a picture."""
    spacing = _SPACING.format(line=line)
    if "<w:spacing " in stated:
        return stated.replace("<w:spacing", spacing, 1)
    after = _AFTER_SPACING.search(stated)
    at = after.start() if after else len(stated)
    return f"{stated[:at]}{spacing}/>{stated[at:]}"


def cell_margins(style: etree._Element, styles: etree._Element) -> int:
    """Return what the margins of its cells add to the height of a row of a table in a style, in twips."""
    whole = lineage(style, styles)
    return sum(int(_value(whole, f"tblPr/tblCellMar/{side}", "w") or "0") for side in ("top", "bottom"))
