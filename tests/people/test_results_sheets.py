"""Which sheets of a workbook are read."""

import pytest
from openpyxl import Workbook

from genplan.diagnostics import Severity
from genplan.people.load import load_results
from genplan.people.results_files import split_sheet

HEADER = ["工号", "姓名", "内容质量"]


@pytest.fixture
def workspace_plans(make_plan, saved, tmp_path):
    """Write a workbook with a person on each sheet, and load the results of a plan from it."""

    def load(*titles, more="results: t-2026-Q3.xlsx"):
        book = Workbook()
        book.remove(book.active)
        for number, title in enumerate(titles, 1):
            sheet = book.create_sheet(title)
            sheet.append(HEADER if title != "目录" else ["第一节", "第二节"])
            sheet.append([f"000{number}", "甲", 80])
        plan = make_plan(f"missing: exclude\n{more}")
        (tmp_path / "plans" / "t-2026-Q3.xlsx").write_bytes(saved(book))
        people, found = load_results(plan, tmp_path)
        return [person.id for person in people], [d for d in found if d.code != "GP405"]

    return load


def codes(found):
    return [d.code for d in found]


def test_all_sheets_with_ids_are_read(workspace_plans):
    ids, found = workspace_plans("一组", "二组", "三组")
    assert (ids, codes(found)) == (["0001", "0002", "0003"], ["GP491"])
    assert found[0].message == "3 sheets are read: `一组`, `二组`, `三组`"


def test_a_sheet_without_ids_is_told(workspace_plans):
    ids, found = workspace_plans("目录", "一组")
    assert (ids, [(d.code, d.severity) for d in found]) == (["0002"], [("GP419", Severity.WARNING)])


@pytest.mark.parametrize("title", ["社群运营专员", "社群运营部", " 社群运营专员 ", "社群 运营部"])
def test_the_sheet_of_the_position_or_department(workspace_plans, title):
    ids, found = workspace_plans("会计", title)
    assert (ids, [(d.code, d.severity, d.span.cell) for d in found]) == (["0002"], [("GP419", Severity.WARNING, "会计")])


@pytest.mark.parametrize(
    "more",
    [
        "results: t-2026-Q3.xlsx#二组",
        "results: '*.xlsx # 二组'",
        "results: t-2026-Q3.xlsx\nsheet: 二组",
        "results: '*.xlsx'\n工作表: [二组]",
    ],
)
def test_a_sheet_that_the_plan_names(workspace_plans, more):
    ids, found = workspace_plans("一组", "二组", more=more)
    assert (ids, found) == (["0002"], [])


def test_sheets_that_two_entries_name(workspace_plans):
    ids, _ = workspace_plans("一组", "二组", "三组", more="results: [t-2026-Q3.xlsx#三组, t-2026-Q3.xlsx#一组]")
    assert ids == ["0001", "0003"]


def test_a_sheet_that_is_not_there(workspace_plans):
    ids, (problem,) = workspace_plans("一组", "二组", more="results: t-2026-Q3.xlsx\nsheet: [一组, 四组]")
    assert (ids, problem.code, problem.span.line) == (["0001"], "GP490", 8)
    assert problem.message == "plans/t-2026-Q3.xlsx has no visible sheet `四组` that has content"
    assert problem.help == "the sheets are: `一组`, `二组`"


def test_a_person_on_two_sheets_is_told(workspace_plans, make_plan, saved, tmp_path):
    book = Workbook()
    for sheet in (book.active, book.create_sheet("二组")):
        sheet.append(HEADER)
        sheet.append(["0001", "甲", 80])
    plan = make_plan("missing: exclude\nresults: t-2026-Q3.xlsx")
    (tmp_path / "plans" / "t-2026-Q3.xlsx").write_bytes(saved(book))
    people, found = load_results(plan, tmp_path)
    assert (len(people), "GP408" in codes(found)) == (1, True)


@pytest.mark.parametrize(
    ("entry", "parts"),
    [("a.xlsx#二组", ("a.xlsx", "二组")), ("a.xlsx", ("a.xlsx", "")), ("a#b.csv", ("a#b.csv", "")), ("r/*.xlsx#b.c", ("r/*.xlsx", "b.c"))],
)
def test_an_entry_and_its_sheet(entry, parts):
    assert split_sheet(entry) == parts
