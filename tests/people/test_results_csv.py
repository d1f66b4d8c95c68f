import pytest

from genplan.diagnostics import Severity, Span
from genplan.people.readers import read_table
from genplan.people.tabulate import MAX_COLUMNS, MAX_ROWS

FILE = "team.csv"


def codes(found):
    return [d.code for d in found]


def texts(table):
    return [{header: cell.text for header, cell in row.cells.items()} for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends(encoding, separator, newline):
    text = newline.join([f"工号{separator}姓名{separator}备注", f"0007{separator} 测试甲 {separator}", ""])
    table, found = read_table(text.encode(encoding), FILE)
    assert found == []
    assert texts(table) == [{"工号": "0007", "姓名": "测试甲"}]


def test_separator_inside_a_quoted_header_does_not_decide():
    table, found = read_table('工号;"新增用户数(人,次,户)"\n0007;5\n'.encode(), FILE)
    assert (texts(table), found) == ([{"工号": "0007", "新增用户数(人,次,户)": "5"}], [])


def test_spans_name_the_line_a_record_starts_on_and_the_header():
    table, found = read_table('\n工号,评语\n0007,"一\n二"\n\n,\n0008,好\n'.encode(), FILE)
    assert found == []
    assert [row.span for row in table.rows] == [Span(FILE, 3), Span(FILE, 7)]
    assert table.rows[0].cells["评语"].text == "一\n二"
    assert table.rows[1].cells["评语"].span == Span(FILE, 7, cell="评语")
    assert table.headers[1].span == Span(FILE, 2, cell="评语")


def test_quote_that_does_not_close_is_told_where_its_record_starts():
    table, (problem,) = read_table('工号,姓名\n0007,"测试甲\n0008,测试乙\n'.encode(), FILE)
    assert table is None
    assert (problem.code, problem.span) == ("GP402", Span(FILE, 2))


def test_a_separator_of_thousands_makes_the_row_unusable_not_wrong():
    table, (problem,) = read_table("工号,新增,活跃\n0007,1,200,90\n0008,5,6\n".encode(), FILE)
    assert (problem.code, problem.severity, problem.span.line) == ("GP412", Severity.ERROR, 2)
    assert [row.unusable for row in table.rows] == [{"工号", "新增", "活跃"}, frozenset()]


def test_empty_surplus_cells_do_not_matter():
    table, found = read_table("工号,新增\n0007,1,,\n".encode(), FILE)
    assert (texts(table), found) == ([{"工号": "0007", "新增": "1"}], [])


def test_values_under_an_empty_header_are_told_once_a_column():
    _, (problem,) = read_table("工号,,新增,\n0007,x,1,\n0008,y,2,\n".encode(), FILE)
    assert (problem.code, problem.severity, problem.span) == ("GP412", Severity.WARNING, Span(FILE, 2, cell="column 2"))
    assert "1 more" in problem.message


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"id,name\n1,\xff\xff\n", 2), (b"id,name\r1,a\r2,\xff\xff\r", 3), ("工号,姓名".encode("utf-32"), None)],
)
def test_other_encodings(data, line):
    table, (problem,) = read_table(data, FILE)
    assert table is None
    assert (problem.code, problem.span) == ("GP402", Span(FILE, line))


def test_control_characters_are_told_and_kept_out():
    table, found = read_table("工号,姓名,评\x00语\n0007,测\x08试,好\n".encode(), FILE)
    assert codes(found) == ["GP006", "GP006"]
    assert "\x00" not in str(found[0].span)
    assert [header.text for header in table.headers] == ["工号", "姓名"]
    assert texts(table) == [{"工号": "0007"}]
    assert table.rows[0].unusable == {"姓名"}


def test_header_twice_keeps_the_first_and_relies_on_neither():
    table, (problem,) = read_table("工号,新增,新增\n0007,1,2\n".encode(), FILE)
    assert (problem.code, problem.related[0].span.cell) == ("GP411", "新增")
    assert texts(table) == [{"工号": "0007", "新增": "1"}]
    assert table.rows[0].unusable == {"新增"}


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b",,\n,,\n"])
def test_empty_files(data):
    table, found = read_table(data, FILE)
    assert table is None
    assert codes(found) == ["GP403"]


def test_headers_alone():
    table, (problem,) = read_table("工号,姓名\n".encode(), FILE)
    assert table.rows == ()
    assert (problem.code, problem.severity) == ("GP401", Severity.WARNING)


@pytest.mark.parametrize(
    "data",
    [
        ("id\n" + "1\n" * (MAX_ROWS + 1)).encode(),
        (",".join(f"c{n}" for n in range(MAX_COLUMNS + 1)) + "\n").encode(),
        b"id" + b"," * 20_000,
    ],
)
def test_too_large(data):
    table, found = read_table(data, FILE)
    assert table is None
    assert codes(found) == ["GP418"]


@pytest.mark.parametrize("file", ["team.xls", "team.txt", "team", "team.docx"])
def test_suffixes_that_no_reader_takes(file):
    table, found = read_table(b"id,name\n1,x\n", file)
    assert table is None
    assert codes(found) == ["GP402"]


def test_a_mark_that_keeps_a_text_from_being_a_formula_is_no_part_of_it():
    table, found = read_table("工号,姓名,'=乙\n'-0001,'=1+1,\"'-5\"\n0002,''@a,'甲\n".encode(), FILE)
    assert found == []
    assert texts(table) == [{"工号": "-0001", "姓名": "=1+1", "=乙": "-5"}, {"工号": "0002", "姓名": "'@a", "=乙": "'甲"}]
