"""Write the workbooks of the cases: `python tests/cases/make_workbooks.py`. The same bytes come out each time."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).parent
FILE = "results/team-2026-Q3.xlsx"
HEADERS = ("工号", "姓名", "社群新增用户数", "用户活跃度")
FIRST = ("0007", "测试甲", 90, 85)
SECOND = ("0008", "测试乙", 80, 75)

_MOMENT = (2026, 10, 1, 0, 0, 0)
_CLOCK = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def fill(sheet: Worksheet, *rows: tuple[object, ...]) -> None:
    sheet.title = "考核结果"
    for row in rows:
        sheet.append(row)


def error_value(book: Workbook) -> None:
    fill(book.worksheets[0], HEADERS, FIRST, ("0008", "测试乙", "#DIV/0!", 75))


def number_as_id(book: Workbook) -> None:
    sheet = book.worksheets[0]
    fill(sheet, HEADERS, (7, *FIRST[1:]), (10, *SECOND[1:]))


def numbers_as_ids(book: Workbook) -> None:
    sheet = book.worksheets[0]
    fill(sheet, HEADERS, (1007, *FIRST[1:]), (1008, *SECOND[1:]))


def formula_without_value(book: Workbook) -> None:
    fill(book.worksheets[0], HEADERS, FIRST, ("0008", "测试乙", "=AVERAGE(78,82)", 75))


def merged_title(book: Workbook) -> None:
    sheet = book.worksheets[0]
    fill(sheet, ("2026年第三季度考核结果",), HEADERS, FIRST)
    sheet.merge_cells("A1:D1")


def merged_people(book: Workbook) -> None:
    sheet = book.worksheets[0]
    fill(sheet, HEADERS, FIRST, ("0008", "测试乙", None, 75))
    sheet.merge_cells("C2:C3")


def date_as_period(book: Workbook) -> None:
    fill(book.worksheets[0], (*HEADERS, "考核期"), (*FIRST, date(2026, 7, 1)))


def stray_cell(book: Workbook) -> None:
    sheet = book.worksheets[0]
    fill(sheet, HEADERS, FIRST)
    sheet["XFD1048576"] = "x"


def second_sheet(book: Workbook) -> None:
    fill(book.worksheets[0], HEADERS, FIRST)
    fill(book.create_sheet(), HEADERS, SECOND)
    book.worksheets[0].title, book.worksheets[1].title = "第一组", "第二组"


def sheet_without_ids(book: Workbook) -> None:
    fill(book.worksheets[0], HEADERS, FIRST, SECOND)
    fill(book.create_sheet(), ("指标", "解释"), ("用户活跃度", "发帖、评论、点赞与转发"))
    book.worksheets[0].title, book.worksheets[1].title = "考核结果", "解释"


def hidden_leaver(book: Workbook) -> None:
    sheet = book.worksheets[0]
    fill(sheet, (*HEADERS, "状态"), (*FIRST, "在职"), (*SECOND, "离职"))
    sheet.auto_filter.ref = "A1:E3"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True


def headers_in_two_rows(book: Workbook) -> None:
    sheet = book.worksheets[0]
    title, groups = ("2026年第三季度绩效考核表",), ("工号", "姓名", "工作业绩", None, "工作态度", None)
    fill(sheet, title, groups, (None, None, "质量", "效率", "质量", "协作"), ("0007", "测试甲", 90, 85, 80, 95))
    for ref in ("A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2"):
        sheet.merge_cells(ref)


WORKBOOKS: dict[str, Callable[[Workbook], None]] = {
    "gp406-error-value": error_value,
    "gp409-id-is-a-number": number_as_id,
    "gp487-ids-are-numbers": numbers_as_ids,
    "gp410-formula-without-value": formula_without_value,
    "gp480-merged-title": merged_title,
    "gp413-merged-people": merged_people,
    "gp416-period-is-a-date": date_as_period,
    "gp418-stray-cell": stray_cell,
    "gp419-sheet-without-ids": sheet_without_ids,
    "gp484-hidden-leaver": hidden_leaver,
    "gp485-formula-not-computed": formula_without_value,
    "gp490-no-such-sheet": second_sheet,
    "gp491-two-sheets": second_sheet,
    "ok-headers-in-two-rows": headers_in_two_rows,
}


def as_stored_by_a_script(part: bytes) -> bytes:
    """Give formulas the value 0, as XlsxWriter does."""
    return part.replace(b"<v></v>", b"<v>0</v>").replace(b"<v />", b"<v>0</v>").replace(b"<v/>", b"<v>0</v>")


def workbook_bytes(make: Callable[[Workbook], None], change: Callable[[bytes], bytes] = bytes) -> bytes:
    book = Workbook()
    make(book)
    written, fixed = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, change(_CLOCK.sub(b"2026-10-01T00:00:00Z", source.read(item))))
    return fixed.getvalue()


if __name__ == "__main__":
    for case, make in WORKBOOKS.items():
        path = FOLDER / case / FILE
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(workbook_bytes(make, as_stored_by_a_script if case.startswith("gp485") else bytes))
