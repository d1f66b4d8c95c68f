"""Writing cells: text stays text, whatever it starts with."""

from collections.abc import Sequence

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from genplan.source.spreadsheet_text import is_live

_HEADER = PatternFill("solid", fgColor="1F4E79")
_INPUT = PatternFill("solid", fgColor="FFF8E1")
_LINE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WHITE = Font(bold=True, color="FFFFFF")
_OPEN = Protection(locked=False)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
HEADER_HEIGHT = 36
_A4 = 9


def write_text(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Write text as text: a leading = + - or @ makes no formula of it, nor does it once somebody has edited the cell."""
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    if is_live(text):
        cell.quotePrefix = True


def write_formula(sheet: Worksheet, row: int, column: int, formula: str, number_format: str = "General") -> None:
    """Write a formula, given without its equals sign."""
    cell = sheet.cell(row, column)
    cell.value = f"={formula}"
    cell.data_type = "f"
    cell.number_format = number_format
    cell.border = _BORDER


def write_headers(sheet: Worksheet, headers: Sequence[str], widths: Sequence[float], row: int = 1, first: int = 1) -> None:
    """Write a row of headers in their style, and make the columns so wide."""
    for column, (header, width) in enumerate(zip(headers, widths, strict=True), first):
        write_text(sheet, row, column, header)
        cell = sheet.cell(row, column)
        cell.fill, cell.font, cell.alignment, cell.border = _HEADER, _WHITE, _MIDDLE, _BORDER
        sheet.column_dimensions[get_column_letter(column)].width = width
    if row == 1:
        sheet.row_dimensions[row].height = HEADER_HEIGHT


def open_cell(sheet: Worksheet, row: int, column: int, number_format: str) -> None:
    """Let a cell be filled in on a protected sheet."""
    cell = sheet.cell(row, column)
    cell.protection, cell.number_format, cell.fill, cell.border = _OPEN, number_format, _INPUT, _BORDER


def protect(sheet: Worksheet) -> None:
    """Keep locked cells from slips of the hand, without a password; columns and rows may still be sized."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def fit_print(sheet: Worksheet) -> None:
    """Print across a sheet of A4, as many pages long as it takes, each under the headers."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def width_of(text: str) -> float:
    """Return the width that a header in two lines wants."""
    return min(24, max(10, 1.3 * sum(2 if ord(character) > 0xFF else 1 for character in text)))  # noqa: PLR2004 - wide characters
