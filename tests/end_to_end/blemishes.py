"""Blemishes of laid-out pages that are no errors: each is found with its place, and there should be none.

- A torn number: its digits, or it and its unit, its sign, its 第 or the rest of its date, stand in two lines.
- A lone row: a table has a single row on a page and more on another. Its head and what repeats it do not count; nor does a row that takes
  a quarter of a page, goes on overleaf or stands between rows that leave no room for it on their pages. A total is such a row, too.
- A split pair: one item of a list of two ends on a page, and the other begins on the next.
- A broken name: a word of a person's name stands in two lines, but for words of more than 24 letters, which no cell has room for. A name
  may break between its words.
- An avoidable page: the last one is under LITTLE full, and the document has a page fewer with the smaller distances of `TIGHT`.
- A short line: in a justified paragraph of Chinese, a line but the last ends more than SHORT before the edge.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes

from genplan.theme.document import Document
from genplan.theme.typography import BOUNDARY, JOINER
from genplan.workspace.assessment import Assessment
from genplan.writers.inspection import filled
from genplan.writers.tightening import TIGHT

TORN, ROW, PAIR, NAME, PAGE, LINE = "torn number", "lone row", "split pair", "broken name", "avoidable page", "short line"
ALL = (TORN, ROW, PAIR, NAME, PAGE, LINE)
LITTLE = 0.4
"""The share of a last page that should be full, where fewer pages cannot be had."""
SHORT = 1.0
"""Points."""
_POINTS = 0.75
"""Of a pixel."""
_SILENT = str.maketrans("", "", JOINER + BOUNDARY)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_TORN = re.compile(
    r"[0-9]\n[0-9.,]*[%％‰℃°\u4e00-\u9fff]|[0-9]\.?\n[0-9]|[≥≤＞＜≈￥$第]\n[0-9]|[0-9][年月]\n[0-9]+[月日]"
    rf"|\b[0-9]{{1,2}}\n(?:{_MONTHS})\b|\b(?:{_MONTHS})\n[0-9]{{1,2}}\b"
)
"""A number that goes on in the next line, or whose unit, sign or date does."""
_IDENTIFIER = re.compile(r"[A-Za-z][0-9]+$")
"""What ends in digits and is no number."""
_WORDS = re.compile(r"[\s·‧\-‑]+")
_LONGEST = 24
_TALL = 0.25
"""The share of a page that a row takes which may be alone."""
_ROOM = 0.85
"""The share of a page that rows have, whose table may have a head."""


class Blemish(NamedTuple):
    """What is wrong, on which page (from 1), and the text there."""

    what: str
    page: int
    text: str

    def __str__(self) -> str:
        return f"{self.what}, page {self.page}: {self.text}"


def blemishes(assessment: Assessment, document: Document, laid_out: Any, lay_out: Callable[[Document], Any]) -> list[Blemish]:
    """Find what is wrong with a document about an assessment, as it is laid out; `lay_out` is how, for another try with other distances."""
    pages = [page._page_box for page in laid_out.pages]
    torn = _torn_by({indicator.unit for indicator in assessment.plan.plan.all_indicators if indicator.unit})
    words = {word for person in assessment.people for word in _WORDS.split(person.name or "") if 1 < len(word) <= _LONGEST}
    found = [*_lone_rows(pages), *_split_pairs(pages), *_avoidable_page(document, laid_out, lay_out)]
    for number, page in enumerate(pages, 1):
        for block in _blocks(page):
            lines = [*_lines(block)]
            found += [Blemish(TORN, number, text) for text in torn(lines)]
            found += [Blemish(NAME, number, text) for text in _broken(lines, words)]
            found += [Blemish(LINE, number, text) for text in _short(block)]
    return found


def _avoidable_page(document: Document, laid_out: Any, lay_out: Callable[[Document], Any]) -> list[Blemish]:
    """Lay a document out with smaller distances where its last page is nearly empty, and find whether that saves the page."""
    pages, full = len(laid_out.pages), filled(laid_out)
    root = laid_out.pages[-1]._page_box.children[0].element
    if document.parts or pages == 1 or full >= LITTLE or TIGHT in root.get("class", "").split():
        return []
    tree = deepcopy(document.tree)
    tree.set("class", f"{tree.get('class', '')} {TIGHT}".strip())
    tight = lay_out(replace(document, tree=tree))
    return [Blemish(PAGE, pages, f"{full:.0%} full")] if len(tight.pages) < pages else []


def _torn_by(units: Iterable[str]) -> Callable[[list[str]], Iterator[str]]:
    """Make the function that gives the ends of lines between which a number is torn."""
    named = "|".join(re.escape(unit) for unit in sorted(set(units), key=len, reverse=True) if unit)
    spaced = re.compile(rf"[0-9]\n(?:{named})(?![A-Za-z])") if named else None

    def torn(lines: list[str]) -> Iterator[str]:
        for at, (before, after) in enumerate(pairwise(lines)):
            end = f"{before.rstrip(' ')[-16:]}\n{after.lstrip(' ')[:16]}"
            whole = "".join(lines[: at + 1]).rstrip(" ")[-40:]
            if (_TORN.search(end) or (spaced and spaced.search(end))) and not _IDENTIFIER.search(whole):
                yield end.replace("\n", "|")

    return torn


def _blocks(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.ParentBox):
        if any(isinstance(child, boxes.LineBox) for child in box.children):
            yield box
        for child in box.children:
            yield from _blocks(child)


def _lines(block: Any) -> Iterator[str]:
    """Give the text of each line; one that ends because it is told to ends in a character of its own."""
    for child in block.children:
        if isinstance(child, boxes.LineBox):
            parts = [*child.descendants()]
            forced = any(each.element_tag == "br" for each in parts)
            yield "".join(each.text for each in parts if isinstance(each, boxes.TextBox)).translate(_SILENT) + ("\0" if forced else "")


def _broken(lines: list[str], words: Collection[str]) -> Iterator[str]:
    """Find words that stand in two lines, perhaps hyphenated."""
    for before, after in pairwise(lines):
        end, start = before.removesuffix("-").removesuffix("\u2010")[-48:], after[:48]
        for word in words:
            at = (end + start).find(word, max(0, len(end) - len(word) + 1))
            if 0 <= at < len(end) < at + len(word):
                yield f"{end[-16:]}|{start[:16]}"
                break


def _short(block: Any) -> Iterator[str]:
    """Find the lines, but for the last and those that are ended, that do not reach the edge of a justified block."""
    if block.style["text_align_all"] != "justify" or not (block.style["lang"] or "").startswith("zh"):
        return
    lines = [child for child in block.children if isinstance(child, boxes.LineBox)]
    for line, text in [*zip(lines, _lines(block), strict=True)][:-1]:
        leaves = [box for box in line.descendants() if isinstance(box, boxes.TextBox | boxes.AtomicInlineLevelBox)]
        ends = max((box.position_x + box.margin_width() for box in leaves), default=0.0)
        short = (block.content_box_x() + block.width - ends) * _POINTS
        if leaves and short > SHORT and not text.endswith("\0"):
            yield f"{short:.1f} pt after {text[-16:]}"


def _lone_rows(pages: list[Any]) -> Iterator[Blemish]:
    """Find the tables that have a single row on a page and more on another."""
    heights: dict[Any, float] = {}
    tables: dict[Any, dict[Any, None]] = {}
    alone: list[tuple[int, Any, Any]] = []
    for number, page in enumerate(pages, 1):
        for table in (box for box in page.descendants() if isinstance(box, boxes.TableBox) and box.element is not None):
            rows = [row for group in table.children if not group.is_header for row in group.children]
            tables.setdefault(table.element, {}).update(dict.fromkeys(row.element for row in rows))
            for row in rows:
                heights[row.element] = heights.get(row.element, 0) + row.height
            alone += [(number, table.element, rows[0])] if len(rows) == 1 else []
    for number, table, row in alone:
        of_table = [*tables[table]]
        at = of_table.index(row.element)
        beside = [heights[each] for each in of_table[max(at - 1, 0) : at + 2] if each is not row.element]
        height = heights[row.element]
        if beside and height < _TALL * pages[0].height and min(beside) + height < _ROOM * pages[0].height and height == row.height:
            yield Blemish(ROW, number, _said(row))


def _split_pairs(pages: list[Any]) -> Iterator[Blemish]:
    """Find the lists of two items of which one ends on a page and the other begins on the next."""
    places: dict[Any, list[int]] = {}
    lists: dict[Any, None] = {}
    for number, page in enumerate(pages, 1):
        for box in page.descendants():
            if box.element_tag in {"ol", "ul"}:
                lists[box.element] = None
            elif box.element_tag == "li":
                places.setdefault(box.element, []).append(number)
    for items in ([item for item in each if item.tag == "li" and item in places] for each in lists):
        if len(items) == 2 and places[items[0]][-1] < places[items[1]][0]:
            yield Blemish(PAIR, places[items[0]][-1], "".join(items[1].itertext()).translate(_SILENT).strip()[:24])


def _said(box: Any) -> str:
    return "".join(each.text for each in box.descendants() if isinstance(each, boxes.TextBox)).translate(_SILENT)[:24]
