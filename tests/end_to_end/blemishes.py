"""Blemishes of laid-out pages that are no errors: each is counted, and there should be none."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure import boxes

from genplan.theme.typography import BOUNDARY, JOINER

_SILENT = str.maketrans("", "", JOINER + BOUNDARY)
_TORN = re.compile(r"[0-9]\n[0-9.,]*[%％‰℃°\u4e00-\u9fff]|[0-9]\.?\n[0-9]|[≥≤＞＜≈￥$]\n[0-9]")
"""A number that goes on in the next line, or whose unit or sign stands in another."""
_LITTLE = 0.4
"""The share of a last page that should be full, where fewer pages cannot be had."""


def blemishes(laid_out: Any, units: Iterable[str] = ()) -> Counter[str]:
    """Count torn numbers, rows that are alone on a page, and last pages with next to nothing on them."""
    pages = [page._page_box for page in laid_out.pages]
    found: Counter[str] = Counter()
    found["torn numbers"] = len(torn(laid_out, units))
    found["lone rows"] = sum(map(_lone_rows, pages))
    found["last pages"] = int(len(pages) > 1 and _fullness(pages[-1]) < _LITTLE)
    return found


def torn(laid_out: Any, units: Iterable[str] = ()) -> list[str]:
    """Give the ends of lines that part a number from its unit."""
    named = "|".join(re.escape(unit) for unit in sorted(set(units), key=len, reverse=True) if unit)
    spaced = re.compile(rf"[0-9]\n(?:{named})(?![A-Za-z])") if named else None
    found = []
    for page in laid_out.pages:
        for block in _blocks(page._page_box):
            for before, after in pairwise(_lines(block)):
                ends = f"{before.rstrip(' ')[-16:]}\n{after.lstrip(' ')[:16]}"
                if _TORN.search(ends) or (spaced and spaced.search(ends)):
                    found.append(ends.replace("\n", "|"))
    return found


def _blocks(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.ParentBox):
        if any(isinstance(child, boxes.LineBox) for child in box.children):
            yield box
        for child in box.children:
            yield from _blocks(child)


def _lines(block: Any) -> Iterator[str]:
    for child in block.children:
        if isinstance(child, boxes.LineBox):
            parts = [*child.descendants()]
            forced = any(each.element_tag == "br" for each in parts)
            yield "".join(each.text for each in parts if isinstance(each, boxes.TextBox)).translate(_SILENT) + ("\0" if forced else "")


def _lone_rows(page: Any) -> int:
    """Count the tables that have a single row on a page and more on another."""
    return sum(_is_lone(box) for box in page.descendants() if isinstance(box, boxes.TableBox))


def _is_lone(table: Any) -> bool:
    rows = [row for group in table.children if not group.is_header for row in group.children]
    return len(rows) == 1 and table.element is not None and len(table.element.findall("./tbody/tr")) > 1


def _fullness(page: Any) -> float:
    """Return the share of a page's text area down to its last content."""
    own = [
        box
        for child in page.children
        if not isinstance(child, boxes.MarginBox)
        for box in child.descendants()
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox | boxes.TableCellBox)
    ]
    bottom = max((box.position_y + box.margin_height() for box in own), default=page.content_box_y())
    return float((bottom - page.content_box_y()) / page.height)
