"""Whose row it is, by ids as people write them."""

import pytest

from genplan.people.ids import clean_id
from genplan.people.load import load_results
from genplan.people.read_people import read_people
from genplan.people.readers import read_table
from genplan.plan.periods import parse_period

Q3 = parse_period("2026-Q3")
HEADER = "工号,姓名,内容质量"


def codes(found):
    return [d.code for d in found]


def read(plan, text):
    table, _ = read_table(text.encode(), "team.csv")
    return read_people(table, plan, Q3)


@pytest.mark.parametrize(
    "written",
    [
        "0007",
        " 0007 ",
        '="0007"',
        '= "0007"',
        "'0007",
        "’0007",
        "０００７",
        "0007\u200b",
        "\ufeff0007",
        "00\u00ad07",
        "0007\u3000",
        "\u00a00007",
        "0007\ufe0f",
        "＝＂０００７＂",
    ],
)
def test_an_id_is_what_can_be_seen_of_it(written):
    assert clean_id(written) == "0007"


@pytest.mark.parametrize("written", ["GH-0007", "张三'0007", "'", "a b", "=0007"])
def test_other_ids_stay_as_they_are(written):
    assert clean_id(written) == written


def test_one_id_in_five_ways_is_one_person(make_plan, tmp_path):
    plan = make_plan("period: 2026-Q3\nmissing: exclude\nresults: t.csv")
    rows = '0007,张三,80\n7,张三,90\n"=""0007""",张三,60\n０００７,张三,50\n0007\u200b,张三,40\n'
    (tmp_path / "plans" / "t.csv").write_text(f"{HEADER}\n{rows}", encoding="utf-8")
    people, found = load_results(plan, tmp_path)
    assert people == ()
    assert [(d.code, d.span.line) for d in found if d.code != "GP405"] == [("GP408", 4), ("GP408", 5), ("GP408", 6), ("GP486", 3)]


def test_an_id_of_which_nothing_is_to_be_seen_is_none(plan):
    people, found = read(plan, f"{HEADER}\n\u200b,张三,80\n")
    assert (people, codes(found)) == ([], ["GP417"])


@pytest.mark.parametrize(("first", "second"), [("0007", "7"), ("007", "0007"), ("GH007", "GH7")])
def test_ids_that_nearly_are_the_same(make_plan, tmp_path, first, second):
    plan = make_plan("missing: exclude\nresults: '*.csv'")
    (tmp_path / "plans" / "a-2026-Q2.csv").write_text(f"{HEADER}\n{first},张三,80\n", encoding="utf-8")
    (tmp_path / "plans" / "b-2026-Q3.csv").write_text(f"{HEADER}\n{second},张三,90\n", encoding="utf-8")
    _, found = load_results(plan, tmp_path)
    assert [(d.code, d.related[0].span.file) for d in found if d.code == "GP486"] == [("GP486", "plans/a-2026-Q2.csv")]


@pytest.mark.parametrize(
    ("ids", "used", "code"),
    [
        ([1007, 1008], ["1007", "1008"], "GP487"),
        ([1007, "0008"], ["1007", "0008"], "GP487"),
        ([7], ["7"], "GP487"),
        ([7, 10], [], "GP409"),
        ([7, "0008"], ["0008"], "GP409"),
        ([1.5, 2.5], [], "GP409"),
        ([True], [], "GP409"),
        ([1234567890123456], [], "GP409"),
    ],
)
def test_ids_stored_as_numbers(plan, xlsx, ids, used, code):
    table, _ = read_table(xlsx([HEADER.split(","), *([each, "甲", 80] for each in ids)]), "team.xlsx")
    people, found = read_people(table, plan, Q3)
    assert ([person.id for person in people], codes(found)) == (used, [code])


@pytest.mark.parametrize(
    ("number_format", "identifier"),
    [("0000", "0007"), ("000000", "000007"), ('"GH"0000', "GH0007"), (r"\A000", "A007"), ("0000;-0000", "0007")],
)
def test_a_number_that_its_format_shows_with_zeros(plan, saved, number_format, identifier):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(HEADER.split(","))
    book.active.append([7, "甲", 80])
    book.active["A2"].number_format = number_format
    (person,), _ = read_people(read_table(saved(book), "team.xlsx").value, plan, Q3)
    assert (person.id, person.actuals["内容质量"].text) == (identifier, "80")


@pytest.mark.parametrize("header", ["员工号", "员工ID", "职工号", "工牌号", "人员编码", "員工編號", "Employee Number", "工号（必填）"])
def test_headers_of_ids(plan, header):
    (person,), found = read(plan, f"{header},姓名,内容质量\n0007,甲,80\n")
    assert (person.id, found) == ("0007", [])
