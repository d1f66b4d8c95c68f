"""Titles and names of sheets that say what the values are."""

import pytest
from openpyxl import Workbook

from genplan.diagnostics import Severity
from genplan.people.load import load_results
from genplan.people.named_periods import named_period, periods_in
from genplan.plan.periods import parse_period

HEADER = ["工号", "姓名", "内容质量"]


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("7月", "2026-07"),
        ("07月", "2026-07"),
        ("七月", "2026-07"),
        ("十二月份", "2026-12"),
        ("Q3", "2026-Q3"),
        ("第三季度", "2026-Q3"),
        ("3季度", "2026-Q3"),
        ("上半年", "2026-H1"),
        ("2025年7月", "2025-07"),
        ("2025-07", "2025-07"),
        ("2025Q2", "2025-Q2"),
        ("2025年第二季度", "2025-Q2"),
        ("2025", "2025"),
        ("13月", None),
        ("一组", None),
        ("Sheet1", None),
        ("销售部", None),
    ],
)
def test_names_of_sheets(name, period):
    found = named_period(name, 2026)
    assert (found.id if found else None) == period


@pytest.mark.parametrize(
    ("title", "periods"),
    [
        ("2026年第三季度绩效考核表", ["2026-Q3"]),
        ("某公司 2026 年 7 月 考核结果", ["2026-07"]),
        ("2026年上半年考核", ["2026-H1"]),
        ("考核期：2026-Q2", ["2026-Q2"]),
        ("制表日期：2026年10月", []),
        ("2026-10-08", []),
        ("2026年10月8日", []),
        ("2026年7月至9月", []),
        ("2026年第二季度、2026年第三季度对比", ["2026-Q2", "2026-Q3"]),
        ("客服部考核表", []),
    ],
)
def test_periods_in_titles(title, periods):
    assert [period.id for period in periods_in(title)] == periods


@pytest.fixture
def load(make_plan, saved, tmp_path):
    def read(file, *sheets, more=""):
        book = Workbook()
        book.remove(book.active)
        for name, *above in sheets:
            sheet = book.create_sheet(name)
            for text in above:
                sheet.append([text])
            sheet.append(HEADER)
            sheet.append(["0007", "甲", 80])
        plan = make_plan(f"missing: exclude\nresults: '*.xlsx'\n{more}")
        (tmp_path / "plans" / file).write_bytes(saved(book))
        people, found = load_results(plan, tmp_path)
        return [person.period.id for person in people], [(d.code, d.severity) for d in found if d.code not in ("GP405", "GP480", "GP491")]

    return read


WRONG = [("GP482", Severity.ERROR)]


def test_a_sheet_for_each_month(load):
    assert load("2026-Q3.xlsx", ("7月",), ("8月",), ("九月",)) == (["2026-07", "2026-08", "2026-09"], [])
    assert load("2026-Q3.xlsx", ("2026年7月",), ("2026-08",)) == (["2026-07", "2026-08"], [])


def test_a_sheet_for_each_quarter_of_the_plans_year(load):
    assert load("team.xlsx", ("第一季度",), ("Q2",), more="period: 2026-Q3") == (["2026-Q1", "2026-Q2"], [])


CONTRADICTIONS = [("2026-Q3.xlsx", "6月"), ("2026-Q3.xlsx", "2026-Q2"), ("2026-Q3.xlsx", "9月"), ("2026-07.xlsx", "8月")]


@pytest.mark.parametrize(("file", "sheet"), CONTRADICTIONS)
def test_a_sheet_that_contradicts_its_file(load, file, sheet):
    assert load(file, (sheet,)) == ([], WRONG)


def test_the_first_month_of_a_year(load):
    assert load("2026.xlsx", ("1月",)) == (["2026-01"], [])


@pytest.mark.parametrize("title", ["2026年第二季度绩效考核表", "考核期：2026-Q2", "客服部2026年9月考核"])
def test_a_title_that_contradicts_its_file(load, title):
    assert load("2026-Q3.xlsx", ("Sheet1", title))[1] == WRONG


@pytest.mark.parametrize("title", ["2026年第三季度绩效考核表", "2026 Q3", "制表日期：2026-10-08", "2026年10月8日"])
def test_a_title_that_agrees(load, title):
    assert load("2026-Q3.xlsx", ("Sheet1", title)) == (["2026-Q3"], [])


@pytest.mark.parametrize("title", ["单位：万元", "（单位：千元）", "单位: %", "2026年考核表  单位：亿", "Unit: thousand"])
def test_a_unit_above_that_is_not_the_plans(load, title):
    assert load("2026-Q3.xlsx", ("Sheet1", title))[1] == WRONG


@pytest.mark.parametrize("title", ["单位：客服部", "单位：分", "单位：人", "单位：元"])
def test_a_unit_above_that_changes_nothing(load, title):
    assert load("2026-Q3.xlsx", ("Sheet1", title)) == (["2026-Q3"], [])


def test_whole_periods_that_are_the_same():
    assert named_period("2026-Q3", None) == parse_period("2026-Q3")
