"""Widths of a table's columns by their content: one rule for all tables, and the same widths in every format.

No column is narrower than the longest piece in it that may not be broken: a word, a number with its unit, a short name. Where there is no
room for all of these, long words give way; numbers stay whole, and so do names of people, in cells of the class `name`. What is left of
the line goes where the text is: columns become as wide as needed for all to have about the same number of lines, and none wider than its
longest line before all others are. Space that is left over goes to all columns in proportion.

The widths that a template states are kept in proportion where there is no text to go by: in tables other than `data`, and in
columns to be filled in. A table of the class `fixed` keeps them as they are.

Widths of text are estimated in ems, rather too wide than too narrow: Word has other fonts than the PDF.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree.ElementTree import Element

from genplan.theme.grid import GridCell, layout, positive

_LINE, _WESTERN_LINE, _LANDSCAPE = 48.0, 53.0, 1.5
"""Ems of a table's own text that are as wide as the page in the built-in themes."""
_LARGE, _LESS = 14.0, 6.0
"""Points of text from which on, as in official documents, margins are wide and tables large; and how many fewer ems they have room for."""
_PADDING = 1.3
_PER_MM = 0.3
"""Ems of a millimetre, of drawings in cells."""
_DRAWN = "\ue000"
"""Stands for an em of a drawing."""
_HEAVY = 1.06
"""By how much bold Latin letters are wider."""
_STARVED, _SPARE = 6, 1.12
"""A text of so many lines gets some of what other columns ask for, though they ask for the whole line."""
_LONGEST, _NUMBER = 14.0, 8.0
"""Ems from which on a word may be broken like any other text; and those that a number has with its unit, where there is less room."""
_SHORT = 4
"""Characters of a Chinese text that is not broken: a name, a grade."""
_ROUNDS = 30

_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003134f"
_PIECE = re.compile(rf"[^ \t\n\r\f{_HAN}]+[{_HAN}]?|[{_HAN}]")
"""What is not broken: a word, perhaps with a number that a no-break space ties to it; and each Chinese character."""
_INSIDE = re.compile(r"(?<=[A-Za-z]-)(?=[A-Za-z])|(?<=[·‧])")
_NAME = re.compile(rf"[{_HAN}]+(?:[·‧][{_HAN}]+)+")
"""A Chinese name of several words, which breaks between these alone."""
_WIDTH = re.compile(r"(?:^|;)\s*width:\s*([\d.]+)%")
_MILLIMETRES = re.compile(r"([0-9.]{1,8})mm")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_EMS = dict.fromkeys("%mwMW@", 0.93) | dict.fromkeys("ijl.,:;'|!()", 0.34) | dict.fromkeys(" \u00a0", 0.26)
_DIGIT, _CAPITAL = 0.57, 0.68
_BLOCKS = frozenset({"p", "li", "ul", "ol", "br", "div"})


@dataclass(slots=True)
class _Column:
    """What a column asks for, in ems: its least width, that of its longest line, and its text in one line, of which cell for cell."""

    stated: float
    bare: float = 0.0
    """Its least width if long words are broken."""
    least: float = 0.0
    longest: float = 0.0
    lengths: list[float] = field(default_factory=list)
    written: bool = False
    """Somebody writes in it."""

    @property
    def need(self) -> float:
        """Its part of a row's text: between that of the usual row and that of the longest."""
        return (max(self.lengths) + sum(self.lengths) / len(self.lengths)) / 2 if self.lengths else self.longest


def fit_columns(root: Element, size: float) -> None:
    """Set the widths of all tables' columns, in place; `size` is that of the document's text, in points."""
    body = root.find("body")
    line = (_LINE if root.get("lang", "").startswith("zh") else _WESTERN_LINE) - (_LESS if size >= _LARGE else 0)
    if body is not None and "landscape" in body.get("class", "").split():
        line *= _LANDSCAPE
    for table in root.iter("table"):
        _fit(table, line)


def _fit(table: Element, line: float) -> None:
    names = table.get("class", "data").split()
    columns = list(_columns(table, line))
    rows = layout(table)
    if not columns[1:] or "fixed" in names or any(cell.column + cell.span > len(columns) for row in rows for cell in row.cells):
        return
    for row in rows:
        for cell in row.cells:
            if cell.element is not None and cell.span == 1:
                _measure(columns[cell.column], cell, head=row.head)
    for column in columns:
        if column.written or "data" not in names:
            column.lengths, column.longest = [column.stated], line
        if column.written:
            column.least = max(column.least, column.stated)
    widths = _share(columns, line)
    for col, width in zip(table.iterfind("./colgroup/col"), widths, strict=True):
        col.set("style", f"width: {width * 100 / sum(widths):.2f}%")


def _columns(table: Element, line: float) -> Iterator[_Column]:
    """Yield the columns with the widths that the template states; none if a `col` has no width, or spans several columns."""
    stated = [(_WIDTH.search(col.get("style", "")), positive(col.get("span"), 2)) for col in table.iterfind("./colgroup/col")]
    if all(match and span == 1 for match, span in stated):
        total = sum(float(match[1]) for match, _ in stated if match)
        yield from (_Column(float(match[1]) * line / total) for match, _ in stated if match and total)


def _measure(column: _Column, cell: GridCell, *, head: bool) -> None:
    element = cell.element
    assert element is not None
    heavy = _HEAVY if element.tag == "th" else 1.0
    names = element.get("class", "").split()
    column.written |= "fill" in names
    texts = _lines(element)
    lines = [_ems(line) * heavy for line in texts]
    rows = positive(element.get("rowspan"), 1000)
    shorter = _LONGEST if "name" in names else _NUMBER
    column.bare = max(column.bare, _PADDING + heavy * max((_least(line, shorter, head=head) for line in texts), default=0.0))
    column.least = max(column.least, _PADDING + heavy * max((_least(line, _LONGEST, head=head) for line in texts), default=0.0))
    column.longest = max(column.longest, _PADDING + max(lines, default=0.0))
    column.lengths.append((_PADDING + sum(lines)) / rows)


def _share(columns: Sequence[_Column], line: float) -> list[float]:
    """Give each column its width."""
    starved = any(column.need > _STARVED * column.least for column in columns)
    bare = sum(column.bare for column in columns)
    least = _least_widths(columns, max(line / _SPARE, min(bare, line)) if starved else line)
    asked = [(low, max(column.longest, low), column.need) for low, column in zip(least, columns, strict=True)]
    longest = sum(long for _, long, _ in asked)
    if longest <= line:
        return [long * line / longest for _, long, _ in asked]
    smallest, greatest = 0.0, line / min(need for _, _, need in asked if need)
    for _ in range(_ROUNDS):
        ratio = (smallest + greatest) / 2
        widths = [max(low, min(long, need * ratio)) for low, long, need in asked]
        smallest, greatest = (ratio, greatest) if sum(widths) < line else (smallest, ratio)
    return widths


def _least_widths(columns: Sequence[_Column], line: float) -> list[float]:
    """Return the least widths as far as a line has room for them."""
    bare, least = sum(column.bare for column in columns), sum(column.least for column in columns)
    if least <= line:
        return [column.least for column in columns]
    if bare >= line:
        return [column.bare * line / bare for column in columns]
    part = (line - bare) / (least - bare)
    return [column.bare + (column.least - column.bare) * part for column in columns]


def _lines(cell: Element) -> list[str]:
    """Give the text of a cell, in as many lines as it has where there is room."""
    parts: list[str] = []
    _gather(cell, parts, kept=False)
    return [line for line in ("".join(parts)).split("\n") if line.strip()]


def _gather(element: Element, parts: list[str], *, kept: bool) -> None:
    for text, child in ((element.text, None), *((child.tail, child) for child in element)):
        if child is not None:
            block = child.tag in _BLOCKS
            if child.tag == "svg":
                width = _MILLIMETRES.match(child.get("width", ""))
                parts.append(_DRAWN * round(float(width[1]) * _PER_MM + 0.5) if width else "")
            parts.append("\n" if block else "")
            if child.tag != "svg":
                _gather(child, parts, kept=kept or "nowrap" in child.get("class", "").split())
            parts.append("\n" if block and child.tag != "br" else "")
        if text:
            said = _SPACE.sub(" ", text)
            parts.append(said.replace(" ", "\u00a0") if kept else said)


@lru_cache(maxsize=8000)
def _ems(text: str) -> float:
    return sum(_EMS.get(c) or (1.0 if c >= "\u2010" else _CAPITAL if c.isupper() else _DIGIT) for c in text)


@lru_cache(maxsize=8000)
def _least(line: str, longest: float, *, head: bool) -> float:
    """Return the width of a line's longest piece of those not longer; a head of some characters may have two lines."""
    han = sum(c >= "\u2e80" for c in line)
    text = line.strip()
    if han == len(text):
        if han <= _SHORT and not (head and han == _SHORT):
            return float(han)
        if head:
            return float((han + 1) // 2)
    words = [text] if _NAME.fullmatch(text) else _PIECE.findall(text)
    pieces = (piece for word in words for piece in _INSIDE.split(word))
    widths = [width for piece in pieces if (width := _ems(piece)) <= longest]
    return max((*widths, min(float(han), float(_SHORT))), default=longest)
