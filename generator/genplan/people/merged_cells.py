"""Resolves merged cells below the headers: identity fields apply to every row of the range, values to none but the first."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from genplan.diagnostics import Diagnostic, Outcome, Severity, diagnose
from genplan.messages import msg, plural
from genplan.people.expected_content import ExpectedContent
from genplan.people.header_rows import HeaderRows
from genplan.people.raw_sheet import Range, Record, Sheet
from genplan.people.vocabulary import Field

_SHARED = frozenset({Field.ID, Field.NAME, Field.DEPARTMENT, Field.POSITION, Field.PERIOD, Field.RATER})
"""Fields whose merged cell is meant for every row that it reaches over."""


def fill_merged_cells(sheet: Sheet, header_rows: HeaderRows, records: Sequence[Record], expected: ExpectedContent) -> Outcome[list[Record]]:
    """Copy merged identity cells into each row of their range. Reports GP413, as an error where a value is merged over rows."""
    by_number = {record.number: at for at, record in enumerate(records)}
    filled = list(records)
    doubtful: list[Range] = []
    harmless: list[Range] = []
    for each in sheet.merged:
        rows = [by_number[number] for number in range(each.top, each.bottom + 1) if number in by_number]
        source = filled[by_number[each.top]].cells.get(each.left) if each.top in by_number else None
        if source is None:
            continue
        header = header_rows.headers.get(each.left)
        if len(rows) > 1 and each.left == each.right and header and expected.field(header.text) in _SHARED:
            for at in rows[1:]:
                filled[at] = replace(filled[at], cells=dict(sorted({**filled[at].cells, each.left: source}.items())))
        elif len(rows) > 1 and header and _holds_value(header.text, expected):
            doubtful.append(each)
            for at in rows:
                filled[at] = replace(filled[at], unusable=filled[at].unusable | frozenset(range(each.left, each.right + 1)))
        else:
            harmless.append(each)
    wide = [each for each in sheet.merged if _hides_headers(each, sheet, header_rows, records)]
    return Outcome(filled, [*_report(sheet, wide, doubtful, harmless)])


def _holds_value(header: str, expected: ExpectedContent) -> bool:
    return expected.known(header) and expected.field(header) is not Field.COMMENT


def _hides_headers(each: Range, sheet: Sheet, header_rows: HeaderRows, records: Sequence[Record]) -> bool:
    """Return whether one header is merged over several columns that hold cells."""
    last = sheet.records[header_rows.last].number
    if not each.top <= last <= each.bottom or each.right == each.left:
        return False
    lost = [column for column in range(each.left + 1, each.right + 1) if column not in header_rows.headers]
    return any(column in record.cells for record in records for column in lost)


def _report(sheet: Sheet, wide: Sequence[Range], doubtful: Sequence[Range], harmless: Sequence[Range]) -> Iterator[Diagnostic]:
    unmerge = msg("unmerge them (取消合并单元格) and fill in each cell")
    for ranges, severity, message, advice in (
        (
            wide,
            Severity.ERROR,
            msg("merged cells in the header row ({ranges}); only the first cell of a range holds its value"),
            msg("unmerge them (取消合并单元格) and fill in each cell, so that each column has its header"),
        ),
        (
            doubtful,
            Severity.ERROR,
            msg("a value merged across the rows of several people ({ranges}); only the first cell of a range holds its value"),
            unmerge,
        ),
        (
            harmless,
            Severity.WARNING,
            msg("merged cells ({ranges}); only the first cell of a range holds its value"),
            unmerge,
        ),
    ):
        if ranges:
            named = _named(ranges)
            span = sheet.span_of(ranges[0].ref)
            yield diagnose("GP413", span, message.with_values(ranges=named), help=advice, severity=severity)


def _named(ranges: Sequence[Range]) -> str:
    """Name the first range, and say how many more there are."""
    first, others = ranges[0].ref, len(ranges) - 1
    return plural("{range}, and {count} more range", "{range}, and {count} more ranges", others, range=first) if others else first
