"""Results in a workbook: its sheets, as openpyxl opens it, and their cells, as the survey found them.

python-calamine reads faster, but drops number formats and formulas: 95 % and 0.95 would be the same, and a formula whose value was never
computed an empty cell.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from genplan.diagnostics import Diagnostic, Outcome, Severity, Span, diagnose
from genplan.messages import msg
from genplan.people.expected_content import ANY_CONTENT, ExpectedContent
from genplan.people.header_rows import find_header_rows
from genplan.people.model import Cell, Table
from genplan.people.raw_sheet import Range, Record, Sheet
from genplan.people.tabulate import MAX_COLUMNS, MAX_ROWS, empty_file, tabulate, too_large
from genplan.people.wording import quoted
from genplan.people.xlsx_archive import refuse_archive
from genplan.people.xlsx_survey import Survey, survey
from genplan.people.xlsx_values import NATIVE, ErrorValue, SheetValues
from genplan.source.bounded_xml import DamagedXmlError, TooLargeError

_REMARK_SHEETS = frozenset({"说明", "說明", "填写说明", "填寫說明", "notes"})
_ERROR = re.compile(r"#[A-Z0/_]{1,20}[!?]?")
"""An error as spreadsheets write them: `#DIV/0!`. What else stands in such a cell is not shown."""


def read_xlsx(data: bytes, file: str, expected: ExpectedContent = ANY_CONTENT) -> list[Outcome[Table | None]]:
    """Read the visible sheets that hold something, each by itself.

    Sheets named 说明 or Notes, or with a name that starts with `#`, are for people and skipped.
    Finds GP402 (not a workbook, encrypted, damaged), GP403 (empty), GP406 (an error value), GP410 and GP485 (a formula without a value, or
    with one that was not computed), GP418 (too large), GP419 (a hidden sheet with data), and what `tabulate` finds.
    """
    refused = refuse_archive(data, file)
    if refused is not None:
        return [Outcome(None, [refused])]
    try:
        return _read(data, file, expected)
    except TooLargeError as error:
        return [Outcome(None, [too_large(Span(file), msg("a workbook with {excess}", excess=error))])]
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever a damaged part makes it stumble over
        advice = msg("open it in Excel or WPS, which can repair it, and save it as .xlsx (Excel 工作簿)")
        message = msg("the workbook is damaged ({error})", error=type(error).__name__)
        return [Outcome(None, [diagnose("GP402", Span(file), message, help=advice)])]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet as openpyxl opened it, with what a first pass over it found."""

    file: str
    source: Any  # openpyxl's read-only worksheet, which its stubs do not describe
    title: str
    survey: Survey
    stale: bool
    """Whether the values of formulas were not computed."""

    @property
    def visible(self) -> bool:
        return bool(self.source.sheet_state == "visible")

    @property
    def filled(self) -> bool:
        return bool(self.survey.rows)

    def span(self, row: int, column: int) -> Span:
        return Span(self.file, cell=f"{self.title}!{get_column_letter(column)}{row}")


def _read(data: bytes, file: str, expected: ExpectedContent) -> list[Outcome[Table | None]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of features it would lose on saving
        surveys = survey(archive)
        stale = any(part.recalculates for part in surveys.values())
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [_Sheet(file, sheet, str(sheet.title), _found(surveys, sheet), stale) for sheet in book.worksheets]
        sheets = [sheet for sheet in sheets if sheet.filled and not _is_remark(sheet.title)]
        unseen = _hidden(sheet for sheet in sheets if not sheet.visible)
        read = [_table(sheet, expected) for sheet in sheets if sheet.visible]
        return [*read, Outcome(None, unseen if read else [empty_file(Span(file)), *unseen])]


def _is_remark(title: str) -> bool:
    return title.startswith("#") or title.strip().casefold() in _REMARK_SHEETS


def _found(surveys: Mapping[str, Survey], sheet: Any) -> Survey:  # noqa: ANN401 - see _Sheet.source
    """Return what was found in the part that is a sheet.

    Raises:
        DamagedXmlError: it is none.
    """
    part = surveys.get(str(sheet._worksheet_path))  # noqa: SLF001 - openpyxl says nowhere else which part of the archive a sheet is
    if part is None or not part.is_sheet:
        raise DamagedXmlError
    return part


def _hidden(sheets: Iterable[_Sheet]) -> list[Diagnostic]:
    """GP419, as a note: a hidden sheet mostly holds lists to choose from."""
    advice = msg("show the sheet if it contains results, or start its name with # if it is not for genplan")
    diagnostics: list[Diagnostic] = []
    for sheet in sheets:
        message = msg("the hidden sheet {sheet} is not read", sheet=quoted(sheet.title))
        place = Span(sheet.file, cell=sheet.title)
        diagnostics.append(diagnose("GP419", place, message, help=advice, severity=Severity.NOTE))
    return diagnostics


def _table(sheet: _Sheet, expected: ExpectedContent) -> Outcome[Table | None]:
    outside = _too_far(sheet)
    if outside is not None:
        return Outcome(None, [outside])
    records = [record for record in _records(sheet) if record.cells or record.problems]
    if not records:
        return Outcome(None, [empty_file(Span(sheet.file, cell=sheet.title))])
    merged = [_range(ref) for ref in sheet.survey.merged]
    hidden = frozenset(column for first, last in sheet.survey.hidden_columns for column in range(first, min(last, MAX_COLUMNS) + 1))
    rows = frozenset(sheet.survey.hidden_rows)
    whole = Sheet(sheet.file, records, sheet.title, merged, rows, hidden)
    return tabulate(whole, find_header_rows(records, merged, expected), expected)


def _range(ref: str) -> Range:
    left, top, right, bottom = range_boundaries(ref)
    return Range(left or 1, top or 1, right or MAX_COLUMNS, bottom or MAX_ROWS, ref)


def _too_far(sheet: _Sheet) -> Diagnostic | None:
    """GP418, at a cell that stands further down or to the right than results reach."""
    rows = sheet.survey.rows
    low = next((row for row in rows if row.number > MAX_ROWS), None)
    if low is not None:
        return too_large(sheet.span(low.number, low.cells[0][0]), msg("a cell in row {row}", row=low.number))
    wide = (row for row in rows if row.cells[-1][0] > MAX_COLUMNS)
    right = next(((row.number, column) for row in wide for column, *_ in row.cells if column > MAX_COLUMNS), None)
    return too_large(sheet.span(*right), msg("a cell in column {column}", column=right[1])) if right else None


def _records(sheet: _Sheet) -> Iterator[Record]:
    """Read the sheet row by row."""
    values = SheetValues(sheet.source)
    for row, stored in sheet.survey.drained():
        cells: dict[int, Cell] = {}
        problems: list[tuple[int, Diagnostic]] = []
        for column, kind, style, value, formula in stored:
            stale = formula and sheet.stale and value is not None
            text = None if value is None else values.text(kind, style, value)
            span = sheet.span(row, column)
            if not isinstance(text, str) or stale:
                problems.append((column, _not_computed(span) if stale else _without_value(span, text)))
            elif text:
                cells[column] = Cell(text, span, native=kind in NATIVE)
        first = min([*cells, *(column for column, _ in problems)], default=1)
        yield Record(cells, sheet.span(row, first), number=row, problems=tuple(problems))


_SAVE = msg("open the workbook in Excel or WPS and save it to compute and store the values")


def _without_value(span: Span, error: object) -> Diagnostic:
    """GP410, GP406: a cell that shows something in Excel and has no value to read."""
    if not isinstance(error, ErrorValue):
        return diagnose("GP410", span, msg("a formula whose value was never computed"), help=_SAVE)
    message = msg("the cell contains an error")
    if _ERROR.fullmatch(error.name):
        message = msg("the cell contains the error `{error}`", error=error.name)
    return diagnose("GP406", span, message, help=msg("correct the formula, or enter the value itself"))


def _not_computed(span: Span) -> Diagnostic:
    """GP485: a value that a program wrote beside the formula without computing it."""
    message = msg("a formula whose stored value was not computed: the workbook is marked for recalculation on opening")
    return diagnose("GP485", span, message, help=_SAVE)
