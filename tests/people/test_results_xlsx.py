import io
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import PurePosixPath
from time import monotonic

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH

from genplan.diagnostics import Severity, Span
from genplan.people import xlsx_archive, xlsx_survey
from genplan.people.read_people import read_people
from genplan.people.readers import read_table
from genplan.people.xlsx_text import cell_text
from genplan.plan.periods import parse_period

FILE = "team.xlsx"


def codes(found):
    return [d.code for d in found]


def texts(table):
    return [{header: cell.text for header, cell in row.cells.items()} for row in table.rows]


def rezipped(data, **parts):
    """Replace or add parts of a workbook; a name's `__` stands for the slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            key = name.replace("/", "__").removesuffix(".xml")
            content = source.read(name)
            change = parts.get(key)
            target.writestr(name, change(content) if change else content)
    return stream.getvalue()


def test_text_ids_numbers_and_spans(xlsx):
    table, found = read_table(xlsx([["工号", "姓名", "新增"], [], ["0007", " 测试甲 ", 512]]), FILE)
    assert found == []
    assert texts(table) == [{"工号": "0007", "姓名": "测试甲", "新增": "512"}]
    row = table.rows[0]
    assert (row.span, row.cells["新增"].span) == (Span(FILE, cell="Sheet!A3"), Span(FILE, cell="Sheet!C3"))
    assert [row.cells[h].native for h in ("工号", "新增")] == [False, True]


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (1e21, "General", "1000000000000000000000"),
        (1.5e-7, "0.00", "0.00000015"),
        (-3, "0", "-3"),
        (512.0, "0", "512"),
        (0.92, "0%", "92%"),
        (0.925, "0.0%", "92.5%"),
        (1.1, "0%", "110%"),
        (1, "0.00%", "100%"),
        (0.29, "[Red]0.0%;-0.0%", "29%"),
        (5, '0"%"', "5%"),
        (97.5, r"0.0\%", "97.5%"),
        (5, '0" %"', "5%"),
        (5, '0"％";-0"％"', "5%"),
        (0.5, '0%;"%"', "50%"),
        (5, '0;0"%"', "5"),
        (9.8, '0.0"万"', "9.8万"),
        (9.8, r"0.0\万", "9.8万"),
        (9.8, '0.0"万元"', "9.8万元"),
        (3, "0万", "3万"),
        (3, '0"‰"', "3‰"),
        (3, '0"人"', "3"),
        (3, '"约"0', "3"),
        (3, '0" 百分点"', "3百分点"),
        (3, "[$¥-804]#,##0.00", "3"),
        (True, "General", "TRUE"),
        (False, "0%", "FALSE"),
        (date(2026, 7, 1), "yyyy-mm-dd", "2026-07-01"),
        (datetime(2026, 7, 1), "yyyy-mm", "2026-07-01"),  # noqa: DTZ001 - Excel's dates have no zone
        (datetime(2026, 7, 1, 8, 30), "General", "2026-07-01 08:30:00"),  # noqa: DTZ001
        (" 一_x000D_\n二 ", "General", "一\n二"),
    ],
)
def test_cell_text(value, number_format, text):
    number = isinstance(value, int | float) and not isinstance(value, bool)
    assert cell_text(Decimal(repr(value)) if number else value, number_format) == text


def test_values_are_those_that_openpyxl_reads(saved):
    """Numbers, dates and times of every size, text in runs, truth values and errors: read with less work, and to the same result."""
    moments = [datetime(1900, 1, 1), datetime(1900, 2, 28), datetime(1900, 3, 1), datetime(2026, 7, 1, 23, 59, 59)]  # noqa: DTZ001
    moments += [datetime(2026, 7, 1, 8, 30, 15, 250_000), date(2026, 12, 31), time(8, 30), timedelta(hours=30, minutes=5)]  # noqa: DTZ001
    numbers = [0, -1, 7, 512.5, 1 / 3, 2 / 3, 0.1 + 0.2, 1e-9, 1e15 + 0.5, 123456789012345678, 1e300, -0.92]
    formats = ["General", "0%", "0.00", "yyyy-mm-dd", "[h]:mm", "0.0E+00", "@", '0"%"']
    book = Workbook()
    book.active.append(["工号", "值"])
    for value in [
        *moments,
        *numbers,
        True,
        False,
        "文字",
        " x ",
        "=1",
        "#N/A",
        "1e5",
        CellRichText("甲", TextBlock(InlineFont(b=True), "乙")),
    ]:
        book.active.append([str(value), value])
    for code in formats:
        book.active.append([code, 44927.75])
        book.active.cell(book.active.max_row, 2).number_format = code
    book.active["B20"] = None
    book.epoch = WINDOWS_EPOCH
    data = saved(book)
    theirs = load_workbook(io.BytesIO(data), read_only=True, data_only=True).active
    expected = [
        cell_text(
            Decimal(repr(cell.value)) if isinstance(cell.value, int | float) and cell.data_type == "n" else cell.value, cell.number_format
        )
        if cell.value is not None and cell.data_type != "e"
        else ""
        for (cell,) in theirs.iter_rows(min_row=2, min_col=2, max_col=2)
    ]
    table, _ = read_table(data, FILE)
    assert [row.cells["值"].text if "值" in row.cells else "" for row in table.rows] == expected


def test_dates_of_macs_count_from_another_day(saved):
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["工号", "日期"])
    book.active.append(["0007", date(2026, 7, 1)])
    table, _ = read_table(saved(book), FILE)
    assert texts(table) == [{"工号": "0007", "日期": "2026-07-01"}]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1_000", "1e9999", "0x10", "", " ", "--1", "9" * 5000])
def test_numbers_that_no_program_writes(xlsx, number):
    data = rezipped(
        xlsx([["工号", "新增"], ["0007", 512]]), xl__worksheets__sheet1=lambda s: s.replace(b"<v>512</v>", f"<v>{number}</v>".encode())
    )
    table, found = read_table(data, FILE)
    if number:
        assert (table, codes(found)) == (None, ["GP402"])
    else:
        assert texts(table) == [{"工号": "0007"}]


def test_number_formats_through_a_file(saved):
    book = Workbook()
    sheet = book.active
    sheet.append(["工号", "a", "b", "c"])
    sheet.append(["0007", 0.92, date(2026, 7, 1), 0.3])
    sheet["B2"].number_format = "0.00%"
    table, found = read_table(saved(book), FILE)
    assert found == []
    assert texts(table) == [{"工号": "0007", "a": "92%", "b": "2026-07-01", "c": "0.3"}]


def test_a_unit_that_only_the_format_prints_is_the_numbers(saved, plan):
    """Who sees 97% and 1.2万 in the cells means these, and a format that prints 人 changes nothing."""
    book = Workbook()
    sheet = book.active
    sheet.append(["工号", "姓名", "社群新增用户数", "用户活跃度", "内容质量"])
    sheet.append(["0007", "测试甲", 512, 97, 90])
    sheet.append(["0008", "测试乙", 1.2, 97, date(2026, 7, 1)])
    sheet["C2"].number_format = '0"人"'
    sheet["C3"].number_format = '0.0"万"'
    for cell in ("D2", "D3"):
        sheet[cell].number_format = '0"%"'
    table, found = read_table(saved(book), FILE)
    assert found == []
    people, found = read_people(table, plan, parse_period("2026-Q3"))
    first = people[0]
    assert [str(first.actuals[key].value.value) for key in ("new-members", "用户活跃度", "内容质量")] == ["512", "0.97", "90"]
    assert [(d.code, d.span.cell, d.help[:30]) for d in found] == [
        ("GP406", "Sheet!C3", "the unit comes from the cell's"),
        ("GP406", "Sheet!E3", "write only the number, in digi"),
    ]


def test_formula_without_a_stored_value_is_told_not_blank(xlsx):
    table, (problem,) = read_table(xlsx([["工号", "新增"], ["0007", "=1+1"]]), FILE)
    assert (problem.code, problem.span.cell) == ("GP410", "Sheet!B2")
    assert table.rows[0].unusable == {"新增"}


def test_formula_with_a_stored_value_is_read(xlsx):
    data = xlsx([["工号", "新增", "备注"], ["0007", "=1+1", '=""']])

    def compute(sheet):
        sheet = sheet.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
        return sheet.replace(b'<c r="C2">', b'<c r="C2" t="str">')

    saved = {"xl__worksheets__sheet1": compute, "xl__workbook": lambda part: part.replace(b'fullCalcOnLoad="1"', b"")}
    table, found = read_table(rezipped(data, **saved), FILE)
    assert found == []
    assert texts(table) == [{"工号": "0007", "新增": "2"}]


@pytest.mark.parametrize("mark", [b'fullCalcOnLoad="1"', b'fullCalcOnLoad="true"', b'calcCompleted="0"'])
def test_formulas_that_wait_to_be_computed_are_refused(xlsx, mark):
    parts = {
        "xl__worksheets__sheet1": lambda part: part.replace(b"<v></v>", b"<v>0</v>").replace(b"<v />", b"<v>0</v>"),
        "xl__workbook": lambda part: part.replace(b'fullCalcOnLoad="1"', mark),
    }
    table, (problem,) = read_table(rezipped(xlsx([["工号", "新增"], ["0007", "=90+3"]]), **parts), FILE)
    assert (problem.code, problem.span.cell) == ("GP485", "Sheet!B2")
    assert (texts(table), table.rows[0].unusable) == ([{"工号": "0007"}], {"新增"})


def test_error_values(saved):
    book = Workbook()
    book.active.append(["工号", "新增", "备注"])
    book.active.append(["0007", "#DIV/0!", "#N/A"])
    table, found = read_table(saved(book), FILE)
    assert codes(found) == ["GP406", "GP406"]
    assert table.rows[0].unusable == {"新增", "备注"}


def test_a_hidden_sheet_is_told(saved):
    book = Workbook()
    book.active.title = "Empty"
    for title, state in [("说明", "visible"), ("#x", "visible"), ("列表", "hidden"), ("一组", "visible"), ("二组", "visible")]:
        sheet = book.create_sheet(title)
        sheet.append(["工号", title])
        sheet.append(["0007", "1"])
        sheet.sheet_state = state
    table, found = read_table(saved(book), FILE)
    assert [h.text for h in table.headers] == ["工号", "一组"]
    assert [(d.code, d.severity, d.span.cell) for d in found] == [("GP419", Severity.NOTE, "列表")]


def test_hidden_rows_are_read_and_told(saved):
    book = Workbook()
    for row in (["工号", "状态"], ["0007", "离职"], ["0008", "在职"]):
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    table, (problem,) = read_table(saved(book), FILE)
    assert [r["工号"] for r in texts(table)] == ["0007", "0008"]
    assert (problem.code, problem.severity, problem.span.cell) == ("GP484", Severity.WARNING, "Sheet!A2")
    assert problem.message == "1 hidden row of this sheet is read and scored like the others, of which 1 is marked as having left (离职)"


def test_merged_headers_and_values(saved):
    book = Workbook()
    for row in (["2026年第三季度", None], ["工号", "部门"], ["0007", "社群"], ["0008", None], [None, None, None, None]):
        book.active.append(row)
    for cells in ("A1:B1", "B3:B4", "F8:G9"):
        book.active.merge_cells(cells)
    table, found = read_table(saved(book), FILE)
    assert [(d.code, d.severity) for d in found] == [("GP480", Severity.NOTE)]
    assert [row["部门"] for row in texts(table)] == ["社群", "社群"]


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "XFD2"])
def test_a_far_off_cell_neither_stalls_nor_goes_unsaid(saved, place):
    book = Workbook()
    book.active.append(["工号"])
    book.active.append(["0007"])
    book.active[place] = "x"
    started = monotonic()
    table, (problem,) = read_table(saved(book), FILE)
    assert monotonic() - started < 5
    assert table is None
    assert (problem.code, problem.span.cell) == ("GP418", f"Sheet!{place}")


def test_formatted_empty_cells_far_off_do_not_matter(saved):
    book = Workbook()
    book.active.append(["工号"])
    book.active.append(["0007"])
    book.active["XFD1048576"].number_format = "0.00"
    table, found = read_table(saved(book), FILE)
    assert (texts(table), found) == ([{"工号": "0007"}], [])


def test_a_wrong_declared_extent_loses_nothing(xlsx):
    data = xlsx([["工号", "姓名"], ["0007", "甲"], ["0008", "乙"]])
    wrong = rezipped(data, xl__worksheets__sheet1=lambda s: s.replace(b'ref="A1:B3"', b'ref="A1:A1"'))
    assert wrong != data
    assert texts(read_table(wrong, FILE).value) == [{"工号": "0007", "姓名": "甲"}, {"工号": "0008", "姓名": "乙"}]


def test_unpacked_size_is_bounded(monkeypatch, xlsx):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (xlsx_archive.MAX_UNPACKED_BYTES + 1))
    started = monotonic()
    assert codes(read_table(bomb.getvalue(), FILE).diagnostics) == ["GP418"]
    assert monotonic() - started < 1
    monkeypatch.setattr(xlsx_archive, "MAX_UNPACKED_BYTES", 100)
    assert codes(read_table(xlsx([["工号"]]), FILE).diagnostics) == ["GP418"]


def test_cells_to_go_over_are_bounded(monkeypatch, xlsx):
    monkeypatch.setattr(xlsx_survey, "MAX_DATA", 10)
    assert codes(read_table(xlsx([["工号"]] * 20), FILE).diagnostics) == ["GP418"]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8"?>'
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="考核" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>工号</t></si><si><r><t>姓</t></r><r><t>名</t></r></si>'
    "<si><t>0007</t></si><si><t>甲</t></si></sst>",
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>'
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row></sheetData></worksheet>',
}
"""A workbook as Excel lays it out, text in a table of strings (openpyxl writes it into the cells)."""


def packed(**changes):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in PARTS.items():
            archive.writestr(name, XML + changes.get(PurePosixPath(name).stem, content))
    return stream.getvalue()


def test_shared_strings():
    table, found = read_table(packed(), FILE)
    assert (texts(table), found) == ([{"工号": "0007", "姓名": "甲"}], [])
    assert table.rows[0].span.cell == "考核!A2"


def poisoned(name, word):
    """Put a reference to an entity of a billion characters in the place of a word."""
    entities = "".join(f'<!ENTITY {chr(n)} "{f"&{chr(n - 1)};" * 10}">' for n in range(ord("b"), ord("k")))
    assert word in PARTS[name]
    return f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{entities}]>' + PARTS[name].replace(word, "&j;")


@pytest.mark.parametrize(
    ("name", "word"),
    [("xl/sharedStrings.xml", "甲"), ("xl/worksheets/sheet1.xml", "3</v>"), ("xl/workbook.xml", "考核"), ("[Content_Types].xml", "xml/")],
)
def test_entities_are_not_expanded(name, word):
    word = word.removesuffix("</v>").removesuffix("/")
    data = packed(**{PurePosixPath(name).stem: poisoned(name, word)})
    started = monotonic()
    table, found = read_table(data, FILE)
    assert monotonic() - started < 2
    assert table is None
    assert codes(found) == ["GP402"]


def test_external_entities_are_not_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("top", encoding="utf-8")
    for name, word in [("xl/sharedStrings.xml", "甲"), ("xl/workbook.xml", "考核")]:
        part = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]>' + PARTS[name].replace(word, "&a;")
        table, found = read_table(packed(**{PurePosixPath(name).stem: part}), FILE)
        assert "top" not in f"{table} {found}"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "not a workbook"),
        (b"id,name", "not a workbook"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 512, "97–2003"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), "password"),
    ],
)
def test_what_is_no_open_workbook(data, word):
    table, (problem,) = read_table(data, FILE)
    assert table is None
    assert problem.code == "GP402"
    assert word in problem.message


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.replace(b'<row r="2"', b'<row r="0"'),
        lambda s: s.replace(b'<row r="3"', b'<row r="2"'),
        lambda s: s.replace(b'r="B2"', b'r="A2"'),
        lambda s: s.replace(b'r="B2"', b'r="ZZZZZZ2"'),
        lambda s: s.replace(b'<row r="2"', b'<row r="999999999999"'),
        lambda s: s[: len(s) // 2],
        lambda s: s.replace(b"schemas.openxmlformats.org/spreadsheetml/2006", b"purl.oclc.org/ooxml/spreadsheetml"),
        lambda _: b"",
    ],
)
def test_damaged_sheets_are_told_and_lose_nothing_in_silence(xlsx, change):
    data = rezipped(xlsx([["工号", "姓名"], ["0007", "甲"], ["0008", "乙"]]), xl__worksheets__sheet1=change)
    table, found = read_table(data, FILE)
    assert table is None
    assert codes(found) == ["GP402"]


@pytest.mark.parametrize("rows", [[], [["  ", ""]], [[None]]])
def test_empty_workbooks(xlsx, rows):
    table, found = read_table(xlsx(rows), FILE)
    assert table is None
    assert codes(found) == ["GP403"]
