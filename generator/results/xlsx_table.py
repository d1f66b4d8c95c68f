"""Results in a workbook: its sheets, as openpyxl opens it, and their cells, as the survey found them."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from generator.diagnostics import Diagnostic, Outcome, Severity, Span, diagnose
from generator.results.grid import MAX_COLUMNS, MAX_ROWS, Record, no_header_row, tabulate, too_large
from generator.results.model import Cell, Table
from generator.results.xlsx_archive import refuse_archive
from generator.results.xlsx_survey import Survey, survey
from generator.results.xlsx_values import NATIVE, ErrorValue, Values
from generator.source.bounded_xml import DamagedError, TooLargeError

_REMARK_SHEETS = frozenset({"说明", "填写说明", "notes"})
_ERROR = re.compile(r"#[A-Z0/_]{1,20}[!?]?")
"""An error as spreadsheets write them: `#DIV/0!`. What else stands in such a cell is not shown."""


def read_xlsx(data: bytes, file: str) -> Outcome[Table | None]:
    """Read the first visible sheet that holds something, headers in its first filled row.

    Sheets named 说明 or Notes, or with a name that starts with `#`, are for people and passed over.
    Finds GP402 (not a workbook, encrypted, damaged), GP403 (empty), GP406 (an error value), GP410 (a formula without a value), GP413
    (merged cells), GP418 (too large), GP419 (a further sheet with data), and what `tabulate` finds.
    """
    refused = refuse_archive(data, file)
    if refused is not None:
        return Outcome(None, [refused])
    try:
        return _read(data, file)
    except TooLargeError as error:
        return Outcome(None, [too_large(Span(file), f"a workbook with {error}")])
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever a damaged part makes it stumble over
        advice = "open it in Excel or WPS, which can repair it, and save it as .xlsx (Excel 工作簿)"
        return Outcome(None, [diagnose("GP402", Span(file), f"the workbook is damaged ({type(error).__name__})", help=advice)])


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet as openpyxl opened it, with what a first pass over it found."""

    file: str
    source: Any  # openpyxl's read-only worksheet, which its stubs do not describe
    title: str
    survey: Survey

    @property
    def visible(self) -> bool:
        return bool(self.source.sheet_state == "visible")

    @property
    def filled(self) -> bool:
        return bool(self.survey.cells)

    def span(self, row: int, column: int) -> Span:
        return Span(self.file, cell=f"{self.title}!{get_column_letter(column)}{row}")


def _read(data: bytes, file: str) -> Outcome[Table | None]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of features it would lose on saving
        surveys = survey(archive)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [_Sheet(file, sheet, str(sheet.title), _found(surveys, sheet)) for sheet in book.worksheets if not _is_remark(sheet.title)]
        chosen = next((sheet for sheet in sheets if sheet.visible and sheet.filled), None)
        if chosen is None:
            return Outcome(None, [no_header_row(Span(file)), *_further(sheets)])
        table, found = _table(chosen)
        return Outcome(table, found + _further(sheet for sheet in sheets if sheet is not chosen))


def _is_remark(title: str) -> bool:
    return title.startswith("#") or title.strip().casefold() in _REMARK_SHEETS


def _found(surveys: Mapping[str, Survey], sheet: Any) -> Survey:  # noqa: ANN401 - see _Sheet.source
    """Give what was found in the part that is a sheet.

    Raises:
        DamagedError: it is none.
    """
    part = surveys.get(str(sheet._worksheet_path))  # noqa: SLF001 - openpyxl says nowhere else which part of the archive a sheet is
    if part is None or not part.is_sheet:
        raise DamagedError
    return part


def _further(sheets: Iterable[_Sheet]) -> list[Diagnostic]:
    """GP419: sheets that hold something and are not read; a hidden one mostly holds lists to choose from."""
    advice = "keep one table in a workbook, or start the sheet's name with # if it is not for genplan"
    return [
        diagnose(
            "GP419",
            Span(sheet.file, cell=sheet.title),
            f"the sheet `{sheet.title}` is not read; only the first visible sheet is",
            help=advice,
            severity=None if sheet.visible else Severity.NOTE,
        )
        for sheet in sheets
        if sheet.filled
    ]


def _table(sheet: _Sheet) -> Outcome[Table | None]:
    outside = _too_far(sheet)
    if outside is not None:
        return Outcome(None, [outside])
    found: list[Diagnostic] = []
    records = [(row, record) for row, record in _records(sheet, found) if record.cells or record.unusable]
    if not records:
        return Outcome(None, [*found, no_header_row(Span(sheet.file, cell=sheet.title))])
    (header_row, header), *rest = records
    found += _merged(sheet, header_row, {(row, column) for row, record in records for column in record.cells})
    table, more = tabulate(sheet.file, header.cells, [record for _, record in rest])
    return Outcome(table, found + more)


def _too_far(sheet: _Sheet) -> Diagnostic | None:
    """GP418, at a cell that stands further down or to the right than results reach."""
    cells = sheet.survey.cells
    low = next((cell for cell in cells if cell.row > MAX_ROWS), None)
    if low is not None:
        return too_large(sheet.span(low.row, low.column), f"a cell in row {low.row}")
    right = next((cell for cell in cells if cell.column > MAX_COLUMNS), None)
    return too_large(sheet.span(right.row, right.column), f"a cell in column {right.column}") if right else None


def _records(sheet: _Sheet, found: list[Diagnostic]) -> Iterator[tuple[int, Record]]:
    """Read the sheet row by row; what is wrong with a cell goes to `found`."""
    values = Values(sheet.source)
    for row, stored in groupby(sheet.survey.drained(), key=attrgetter("row")):
        cells: dict[int, Cell] = {}
        unusable: set[int] = set()
        for each in stored:
            text = None if each.text is None else values.text(each)
            span = sheet.span(row, each.column)
            if not isinstance(text, str):
                found.append(_without_value(span, text))
                unusable.add(each.column)
            elif text:
                cells[each.column] = Cell(text, span, native=each.kind in NATIVE)
        first = min([*cells, *unusable], default=1)
        yield row, Record(cells, sheet.span(row, first), frozenset(unusable))


def _without_value(span: Span, error: ErrorValue | None) -> Diagnostic:
    """GP410, GP406: a cell that shows something in Excel and has no value to read."""
    if error is None:
        advice = "open the workbook in Excel or WPS and save it, which computes and stores the values"
        return diagnose("GP410", span, "a formula whose value was never computed", help=advice)
    name = f"the error `{error.name}`" if _ERROR.fullmatch(error.name) else "an error"
    return diagnose("GP406", span, f"the cell holds {name}", help="correct the formula, or write the value itself")


def _merged(sheet: _Sheet, header_row: int, filled: set[tuple[int, int]]) -> Iterator[Diagnostic]:
    """GP413: merged cells, of which only the first holds the value; in the header row that hides which column is which."""
    ranges = [(ref, range_boundaries(ref)) for ref in sheet.survey.merged]
    spread = [(ref, top) for ref, (left, top, _, _) in ranges if (top, left) in filled]
    for in_header, severity, what in _MERGES:
        refs = [ref for ref, top in spread if (top == header_row) is in_header]
        if refs:
            more = f", and {len(refs) - 1} more ranges" if len(refs) > 1 else ""
            message = f"{what} ({refs[0]}{more}); only the first cell of a range holds its value"
            advice = "unmerge them (取消合并单元格) and fill in every cell; the first filled row holds the headers, without a title above"
            yield diagnose("GP413", Span(sheet.file, cell=f"{sheet.title}!{refs[0]}"), message, help=advice, severity=severity)


_MERGES = ((True, Severity.ERROR, "merged cells in the header row"), (False, Severity.WARNING, "merged cells"))
