"""Workbooks of results made cell by cell: every type, format and layout that a spreadsheet program writes without being asked."""

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from fuzzing.archives import packed, unpacked
from fuzzing.mutations import ODD
from fuzzing.numbers import NUMBERS, PLAN
from fuzzing.runner import Files

_HEADERS = ["工号", "姓名", "甲", "乙", "丙", "丁", "评语", "部门", "甲（分）", "甲", "合计", "", "考核期", "备注"]
_FORMATS = ["General", "0", "0.00", "0%", "0.00%", "#,##0", "@", "yyyy-mm-dd", "0000000", '0"%"', "0.00E+00", "[红色]0", "¥#,##0.00", ""]
_WHEN = st.sampled_from(
    [
        date(2026, 7, 1),
        datetime(2026, 7, 1, 8, 30),  # noqa: DTZ001 - a cell knows no zone
        time(8, 30),
        timedelta(hours=30),
        date(1900, 1, 1),
        date(9999, 12, 31),
    ]
)
_VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    NUMBERS,
    st.integers(-5, 200),
    st.integers(),
    st.floats(0, 120),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.sampled_from(["#DIV/0!", "#N/A", "=1+1", "=C2*100", '=""', "0007", "测试甲", *(odd for odd in ODD if odd.isprintable())]),
    _WHEN,
)
_CELLS = st.tuples(_VALUES, st.sampled_from(_FORMATS))
_PERSON = st.tuples(st.just(("0007", "@")) | _CELLS, st.just(("测试甲", "@")) | _CELLS, *[_CELLS] * 5)


@st.composite
def workbooks(draw: st.DrawFn) -> Files:
    """Draw a workspace whose results are a workbook."""
    book = Workbook()
    sheet = book.active
    headers = [*_HEADERS[:7], *draw(st.lists(st.sampled_from(_HEADERS), max_size=2))]
    for _ in range(draw(st.sampled_from([0, 0, 0, 1]))):
        sheet.append(["某表"])
    sheet.append(headers)
    for n, row in enumerate(draw(st.lists(_PERSON, min_size=1, max_size=5))):
        at = sheet.max_row + 1
        for column, (value, form) in enumerate(row, 1):
            _put(sheet.cell(at, column), f"000{n}" if (column, value) == (1, "0007") else value, form)
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        left, top, width, height = (draw(st.integers(1, 4)) for _ in range(4))
        sheet.merge_cells(start_row=top, start_column=left, end_row=top + height - 1, end_column=left + width - 1)
    sheet.row_dimensions[draw(st.integers(1, 4))].hidden = draw(st.booleans())
    sheet.column_dimensions[get_column_letter(draw(st.integers(1, 6)))].hidden = draw(st.booleans())
    if draw(st.booleans()):
        book.create_sheet(draw(st.sampled_from(["说明", "#草稿", "第二张"])), draw(st.integers(0, 1))).append(
            draw(st.sampled_from([headers, ["x"], []]))
        )
        sheet.sheet_state = draw(st.sampled_from(["visible", "visible", "hidden"]))
    out = io.BytesIO()
    book.save(out)
    parts = {name: data for name, data in unpacked(out.getvalue()).items() if name != "docProps/core.xml"}  # it tells the time
    return {"genplan.yml": b"schema: 1\n", "plans/plan.md": PLAN.encode(), "plans/results/2026-Q3.xlsx": packed(parts)}


def _put(cell: Any, value: Any, form: str) -> None:  # noqa: ANN401 - openpyxl's cells, and what they may hold
    """Fill a cell, unless openpyxl does not take the value."""
    try:
        cell.value = value
    except ValueError:
        return
    cell.number_format = form or "General"


def shown(data: bytes, place: str) -> str | None:
    """Return the text of a cell (`Sheet!C2`) with openpyxl's full reader, as a person reads it; None if no simple rule applies."""
    sheet, _, cell = place.rpartition("!")
    try:
        found = load_workbook(io.BytesIO(data), data_only=True)[sheet][cell]
    except Exception:  # noqa: BLE001 - what is damaged says nothing against what genplan read from it
        return None
    value, form = found.value, found.number_format
    if isinstance(value, str):
        return value.strip() if value.isprintable() else None
    if isinstance(value, bool) or not isinstance(value, int | float) or '"' in form:
        return None
    number = Decimal(format(value, ".15g") if isinstance(value, float) else value) * (100 if "%" in form else 1)
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) + ("%" if "%" in form else "")
