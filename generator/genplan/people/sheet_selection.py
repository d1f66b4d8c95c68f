"""Selects the sheets of a workbook that a plan reads: those it names, those named for it, or all with an id column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from genplan.diagnostics import Diagnostic, Outcome, Severity, Span, diagnose
from genplan.messages import a_few, msg
from genplan.people.model import Table
from genplan.people.wording import quoted
from genplan.source.text import fold

Readings = Sequence[Outcome[Table | None]]


@dataclass(frozen=True, slots=True)
class SheetNames:
    """How sheets are named: those that a plan asks for (`asked`, and the `place` where it does), and words that stand for plans, folded.

    `own` are the plan's position and department, `others` those of the plans that read the same file.
    """

    asked: frozenset[str] = frozenset()
    place: Span | None = None
    own: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()


def select_sheets(file: str, alternative_totals: Readings, names: SheetNames) -> Outcome[list[Table]]:
    """Choose the tables that are the plan's, and give what was found in them.

    Finds GP419 (a sheet that is not read), GP490 (a sheet that the plan names and the file does not have) and GP491 (which sheets are read
    of several).
    """
    tables = [table for table, _ in alternative_totals if table is not None]
    chosen, diagnostics = _asked(file, tables, names) if names.asked else _fitting(file, tables, names)
    sheet_diagnostics = [
        problem for table, problems in alternative_totals if table is None or any(table is each for each in chosen) for problem in problems
    ]
    return Outcome(chosen, sheet_diagnostics + diagnostics)


def _asked(file: str, tables: Sequence[Table], names: SheetNames) -> Outcome[list[Table]]:
    wanted = {fold(name) for name in names.asked}
    chosen = [table for table in tables if fold(table.sheet) in wanted]
    selected = {fold(table.sheet) for table in chosen}
    lacking = [name for name in sorted(names.asked) if fold(name) not in selected]
    diagnostics: list[Diagnostic] = []
    if lacking and tables:
        advice = msg("the file has no sheets")
        if tables[0].sheet:
            advice = msg("the sheets are: {sheets}", sheets=a_few([quoted(table.sheet) for table in tables], 8))
        message = msg("{file} has no visible sheet {sheets} that has content", file=file, sheets=a_few(map(quoted, lacking), 4))
        diagnostics.append(diagnose("GP490", names.place or Span(file), message, help=advice))
    return Outcome(chosen, diagnostics)


def _fitting(file: str, tables: Sequence[Table], names: SheetNames) -> Outcome[list[Table]]:
    fitting = [table for table in tables if table.identifies_people]
    if not fitting:
        return Outcome(list(tables[:1]), _not_read(tables[1:], msg("it has no header row with an id column")))
    own = [table for table in fitting if fold(table.sheet) in names.own]
    chosen = own or [table for table in fitting if fold(table.sheet) not in names.others]
    passed = [table for table in fitting if not any(table is each for each in chosen)]
    strange = [table for table in passed if fold(table.sheet) not in names.others]
    diagnostics = _not_read((table for table in tables if not table.identifies_people), msg("it has no header row with an id column"))
    diagnostics += _not_read(strange, msg("another sheet is named after the plan's position or department"))
    if not chosen:
        message = msg("all sheets of {file} are named after other plans' positions or departments", file=file)
        diagnostics.append(diagnose("GP490", Span(file), message, help=msg("name the sheet in the plan: `sheet: …` (工作表)")))
    elif len(chosen) > 1:
        message = msg("{number} sheets are read: {sheets}", number=len(chosen), sheets=a_few([quoted(table.sheet) for table in chosen], 8))
        diagnostics.append(diagnose("GP491", Span(file), message))
    return Outcome(chosen, diagnostics)


def _not_read(tables: Iterable[Table], why: str) -> list[Diagnostic]:
    """GP419."""
    advice = msg("name the sheets to read in the plan (`sheet:`, 工作表), or start the sheet's name with # if it is not for genplan")
    return [
        diagnose(
            "GP419",
            Span(table.file, cell=table.sheet),
            msg("the sheet {sheet} is not read: {reason}", sheet=quoted(table.sheet), reason=why),
            help=advice,
            severity=Severity.WARNING,
        )
        for table in tables
    ]
