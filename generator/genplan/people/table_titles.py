"""Checks titles above the headers, and the sheet's name, for a period or unit that contradicts the plan or the file."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg
from genplan.people.expected_content import ExpectedContent
from genplan.people.file_period import file_period, plan_period
from genplan.people.model import Table
from genplan.people.named_periods import named_period, periods_in
from genplan.people.vocabulary import Field
from genplan.people.wording import quoted
from genplan.plan.load import PlanFile
from genplan.plan.periods import Period
from genplan.source.text import fold

_UNIT = re.compile(r"(?:单位|單位|unit)s?\s*[：:]\s*([^\s，,；;、)）\]】]+)", re.IGNORECASE)
_SCALED = re.compile(
    r"(?:[十百千万萬亿億]+|人民币|人民幣)*元?(?:人民币|人民幣)?|[%％‰]|百分比|[km]|(?:thousand|million|billion)s?", re.IGNORECASE
)
"""Units that other numbers are written in than the plan's: multiples, and shares."""


def table_period(
    table: Table, plan: PlanFile, expected: ExpectedContent, *, alone: bool
) -> tuple[Period | None, Sequence[Diagnostic], Sequence[Diagnostic]]:
    """Return the period of rows that state none (the sheet's, the file's or the plan's), why there is none, and what contradicts it.

    `alone` means that no other sheet of the file is read. Finds GP464 and GP465 (a file's name that is not clear, which matters where rows
    state no period), and GP482: a sheet's name, or a title, that contradicts the period.
    """
    of_file, undated_diagnostics = file_period(table.file, plan)
    whole = of_file or (None if undated_diagnostics else plan_period(plan))
    own = named_period(table.sheet, whole.year if whole else None) if table.sheet else None
    if any(expected.field(header.text) is Field.PERIOD for header in table.headers):
        return own or whole, [] if own else undated_diagnostics, []
    if own and of_file and (not _inside(own, of_file) or (alone and own.id != of_file.id and of_file.shape != "year")):
        message = msg(
            "the sheet {sheet} is named after {period}, but the file {file} after {other}",
            sheet=quoted(table.sheet),
            period=own.id,
            file=quoted(PurePath(table.file).name),
            other=of_file.id,
        )
        advice = msg("name both after the period of the results, or add a column 考核期")
        return None, [], [diagnose("GP482", Span(table.file, cell=table.sheet), message, help=advice)]
    period = own or whole
    return period, [] if own else undated_diagnostics, list(_other_periods(table, period))


def _inside(part: Period, whole: Period) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _other_periods(table: Table, period: Period | None) -> Iterator[Diagnostic]:
    for cell in table.titles:
        stated = periods_in(cell.text)
        if period and len(stated) == 1 and stated[0].id != period.id and (stated[0].start, stated[0].end) != (period.start, period.end):
            message = msg(
                "a title above the headers says {stated}, but the results are read as {period}", stated=stated[0].id, period=period.id
            )
            advice = msg("correct the title or the file's name, or add a column 考核期")
            yield diagnose("GP482", cell.span, message, help=advice)


def check_title_units(table: Table, plan: PlanFile) -> Iterator[Diagnostic]:
    """GP482: a unit above the headers (单位：万元) that is not the plan's, or not that of all its amounts."""
    units = {fold(placed.indicator.unit) for placed in plan.indicators if placed.indicator.unit}
    scaled = {unit for unit in units if _SCALED.fullmatch(unit)}
    for cell in table.titles:
        stated = _UNIT.search(cell.text)
        unit = fold(stated[1]) if stated else ""
        if unit and _SCALED.fullmatch(unit) and scaled != {unit} and not (unit == "元" and not scaled):
            message = msg("the unit {unit} above the headers is not that of the plan's indicators", unit=quoted(unit))
            advice = msg("write the unit after the header of each column it applies to, e.g. 销售额（万元）, and remove it above")
            yield diagnose("GP482", cell.span, message, help=advice)
