"""Finds the header rows of a sheet by their content: one row or two, perhaps below titles."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from genplan.diagnostics import Diagnostic, Severity, diagnose
from genplan.messages import listing, msg
from genplan.people.expected_content import ExpectedContent
from genplan.people.model import Cell
from genplan.people.password_detection import quoted_header
from genplan.people.raw_sheet import Range, Record
from genplan.people.vocabulary import Field
from genplan.source.quantity import parse_quantity

SEARCHED = 30
"""How many rows are looked through for headers."""
_FEWEST = 3
"""Cells of a row of results."""
_MEASURE = re.compile(
    r"[(（\[【]?\s*(?:[十百千万億亿萬]{0,2}(?:元|人民币|人|人次|次|个|件|分|天|小时|条|家|单|户|台|吨|篇|場|场)|[万亿萬億]|[%％‰]|百分比|"
    r"百分点|分钟|points?|days?|hours?|pcs)\s*[)）\]】]?",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\d{4}|[：:]|表$|汇总|匯總|公司|单位|單位|日期")


@dataclass(frozen=True, slots=True)
class HeaderRows:
    """The header rows of a sheet: indexes `first` to `last` of its records; all records above are titles.

    `identifies_people`: a header names employee ids (or units). `unclear`: columns below a group heading that was not understood; that has
    been reported.
    """

    first: int
    last: int
    headers: Mapping[int, Cell]
    identifies_people: bool
    unclear: frozenset[int] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()


def find_header_rows(records: Sequence[Record], merged: Sequence[Range], expected: ExpectedContent) -> HeaderRows:
    """Find the headers among the first records: the row with the header of ids, or else with most of the headers that are known.

    Rows above and below it that hold headings of several columns, or what they are about, are joined with it. Finds GP483 (a heading that
    is not understood) and GP498 (what looks like results above the headers).
    """
    rows = [_plain(record, expected) for record in records[:SEARCHED]]
    at = max(range(len(rows)), key=lambda index: (*_rank(rows[index], expected), -index))
    if not _rank(rows[at], expected)[1]:
        at = 0
    upper, lower = at, at
    if at + 1 < len(rows) and _is_below(rows[at], rows[at + 1], merged, expected):
        lower = at + 1
    if at and _is_above(rows[at - 1], rows[at], merged, expected):
        upper = at - 1
    headers, unclear, diagnostics = dict(rows[upper].cells), frozenset[int](), list[Diagnostic]()
    for row, below in pairwise(range(upper, lower + 1)):
        above = replace(rows[row], cells=headers)
        headers, strange, more = _joined(above, rows[below], merged, expected)
        unclear, diagnostics = unclear | strange, diagnostics + more
    diagnostics += _results_above(rows[:upper], headers, expected)
    identifies_people = any(expected.is_key(cell.text) for cell in headers.values())
    return HeaderRows(upper, lower, headers, identifies_people, unclear, tuple(diagnostics))


def _plain(record: Record, expected: ExpectedContent) -> Record:
    return replace(record, cells={column: replace(cell, text=expected.plain(cell.text)) for column, cell in record.cells.items()})


def _rank(record: Record, expected: ExpectedContent) -> tuple[bool, int]:
    texts = [cell.text for cell in record.cells.values()]
    return any(map(expected.is_key, texts)), sum(map(expected.known, texts))


def _is_below(head: Record, row: Record, merged: Sequence[Range], expected: ExpectedContent) -> bool:
    """Return whether the row below the headers belongs to them: words alone, nothing below ids and names, and some are headers or units."""
    if not row.cells or row.broken or any(map(_is_value, row.cells.values())):
        return False
    if any(expected.field(head.cells[column].text) in (Field.ID, Field.NAME) for column in row.cells if column in head.cells):
        return False
    if any(expected.is_key(cell.text) for cell in row.cells.values()):
        return False
    if all(_MEASURE.fullmatch(cell.text) for cell in row.cells.values()):
        return True
    groups = _spread(head, merged)
    if any(range_.top == head.number and range_.bottom > head.number for range_ in merged) or any(
        range_.top == head.number and range_.right > range_.left and any(range_.left <= column <= range_.right for column in row.cells)
        for range_ in merged
    ):
        return True
    return any(
        expected.known(cell.text) or (column in groups and expected.known(f"{groups[column].text}/{cell.text}"))
        for column, cell in row.cells.items()
    )


def _is_above(row: Record, head: Record, merged: Sequence[Range], expected: ExpectedContent) -> bool:
    """Return whether the row above the headers names groups of them, and is no title."""
    if row.number != head.number - 1 or not row.cells or row.broken or any(map(_is_value, row.cells.values())):
        return False
    if any(expected.is_group(cell.text) for cell in row.cells.values()):
        return True
    key = min(column for column, cell in head.cells.items() if expected.is_key(cell.text)) if _rank(head, expected)[0] else min(head.cells)
    groups = _spread(row, merged)
    if key in groups:
        return False
    over = [cell for column, cell in groups.items() if column in head.cells]
    return bool(over) and not all(_TITLE.search(cell.text) for cell in over)


def _is_value(cell: Cell) -> bool:
    return cell.native or parse_quantity(cell.text) is not None


def _spread(row: Record, merged: Sequence[Range]) -> dict[int, Cell]:
    """Return the heading of each column: its own cell, that of a merged range, or, without merged cells, the nearest to the left."""
    wide = [range_ for range_ in merged if range_.top == row.number and range_.right > range_.left and range_.left in row.cells]
    spread = {column: row.cells[range_.left] for range_ in wide for column in range(range_.left, range_.right + 1)}
    if not wide:
        ends = [*sorted(row.cells), max(row.cells, default=0) + SEARCHED]
        spread = {column: row.cells[left] for left, right in pairwise(ends) for column in range(left, right)}
    return {**spread, **row.cells}


def _joined(
    upper: Record, lower: Record, merged: Sequence[Range], expected: ExpectedContent
) -> tuple[dict[int, Cell], frozenset[int], list[Diagnostic]]:
    """Make one header of two; a column below a heading that is not understood keeps its own."""
    groups = _spread(upper, merged)
    headers: dict[int, Cell] = {}
    strange: dict[str, list[int]] = {}
    for column in sorted({*upper.cells, *lower.cells}):
        below, above = lower.cells.get(column), groups.get(column)
        if below is None:
            headers[column] = upper.cells[column]
            continue
        text = expected.join(above.text if above else "", below.text)
        headers[column] = below if text is None else replace(below, text=text)
        if text is None and above is not None:
            strange.setdefault(above.text, []).append(column)
    diagnostics = [_not_understood(groups[columns[0]], [headers[column] for column in columns]) for columns in strange.values()]
    return headers, frozenset(column for columns in strange.values() for column in columns), diagnostics


def _not_understood(group: Cell, headers: Sequence[Cell]) -> Diagnostic:
    message = msg(
        "the heading {heading} above {headers} is unknown, so these columns are ignored",
        heading=quoted_header(group.text),
        headers=listing(quoted_header(header.text) for header in headers[:4]),
    )
    advice = msg("name the group after the plan's dimension or rater, or use a single header row")
    return diagnose("GP483", group.span, message, help=advice)


def _results_above(rows: Sequence[Record], headers: Mapping[int, Cell], expected: ExpectedContent) -> Iterator[Diagnostic]:
    """GP498: a row above the headers that is as full as a row of results, and holds a number below an indicator."""
    values = [column for column, cell in headers.items() if expected.known(cell.text) and not expected.field(cell.text)]
    key = next((column for column, cell in headers.items() if expected.is_key(cell.text)), None)
    for row in rows:
        if (
            key in row.cells
            and len(row.cells) >= _FEWEST
            and any(column in row.cells and _is_value(row.cells[column]) for column in values)
        ):
            message = msg("a row above the header row looks like results; it is ignored")
            advice = msg("move the headers above all rows of people; titles may be above them")
            yield diagnose("GP498", row.span, message, help=advice, severity=Severity.ERROR)
