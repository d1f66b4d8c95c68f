"""Joiners, leavers and transfers."""

from datetime import date

import pytest

from genplan.people.load import drop_repeated
from genplan.people.model import Presence
from genplan.people.read_people import read_people
from genplan.people.readers import read_table
from genplan.plan.periods import parse_period

Q3 = parse_period("2026-Q3")
HEADER = "工号,姓名,部门,在岗开始,在岗结束,内容质量\n"
FIRST_HALF = Presence(date(2026, 7, 1), date(2026, 8, 15))
SECOND_HALF = Presence(date(2026, 8, 16), date(2026, 9, 30))


def read(plan, text):
    table, found = read_table(text.encode(), "team.csv")
    assert found == []
    return read_people(table, plan, Q3)


def marks(found):
    return [(d.code, d.span.line, d.span.cell) for d in found]


@pytest.mark.parametrize(
    ("start", "end", "presence"),
    [
        ("", "", None),
        ("2026-07-01", "2026-09-30", None),
        ("2026-07-01", "", None),
        ("", "2026-08-15", FIRST_HALF),
        ("2026/8/16", "", SECOND_HALF),
        ("２０２６年8月16日", "2026 年 9 月 30 日", SECOND_HALF),
        ("2026-08-15", "2026-08-15", Presence(date(2026, 8, 15), date(2026, 8, 15))),
    ],
)
def test_days(plan, start, end, presence):
    (person,), found = read(plan, HEADER + f"7,甲,,{start},{end},90\n")
    assert (person.presence, found) == (presence, [])


@pytest.mark.parametrize("words", ["起始日期,截止日期", "from,to", "Start,End"])
def test_headers(plan, words):
    (person,), found = read(plan, f"工号,姓名,{words},内容质量\n7,甲,2026-08-16,,90\n")
    assert (person.presence, found) == (SECOND_HALF, [])


def test_dates_of_a_workbook(plan, xlsx):
    table, _ = read_table(xlsx([["工号", "姓名", "在岗开始", "内容质量"], ["7", "甲", date(2026, 8, 16), 90]]), "team.xlsx")
    (person,), found = read_people(table, plan, Q3)
    assert (person.presence, found) == (SECOND_HALF, [])


@pytest.mark.parametrize(
    ("start", "end", "cells"),
    [
        ("2026-06-30", "", ["在岗开始"]),
        ("2026-06-30", "2026-10-01", ["在岗开始", "在岗结束"]),
        ("2026-09-01", "2026-08-01", ["在岗结束"]),
        ("八月", "", ["在岗开始"]),
        ("", "2026-02-30", ["在岗结束"]),
        ("2026-8/15", "", ["在岗开始"]),
    ],
)
def test_days_that_do_not_hold(plan, start, end, cells):
    people, found = read(plan, HEADER + f"7,甲,,{start},{end},90\n8,乙,,,,80\n")
    assert marks(found) == [("GP426", 2, cell) for cell in cells]
    assert [person.id for person in people] == ["8"]


def test_a_transfer_gives_two_records_in_the_order_of_days(plan):
    people, found = read(plan, HEADER + "7,甲,二部,2026-08-16,,90\n8,乙,,,,80\n7,甲,一部,,2026-08-15,70\n")
    kept, repeated = drop_repeated(people)
    assert (found, repeated) == ([], [])
    assert [(p.id, p.department, p.presence) for p in kept] == [("7", "一部", FIRST_HALF), ("7", "二部", SECOND_HALF), ("8", "", None)]


@pytest.mark.parametrize(("start", "end"), [("2026-08-15", ""), ("", ""), ("", "2026-08-15"), ("2026-08-01", "2026-08-02")])
def test_days_that_overlap(plan, start, end):
    people, _ = read(plan, HEADER + f"7,甲,一部,,2026-08-15,70\n7,甲,二部,{start},{end},90\n")
    kept, (problem,) = drop_repeated(people)
    assert (problem.code, problem.span.line, problem.related[0].span.line) == ("GP408", 3, 2)
    assert "overlap" in problem.message
    assert [person.department for person in kept] == ["一部"]


def test_a_transfer_in_the_long_form(plan):
    rows = [
        "7,甲,一部,,2026-08-15,内容质量,70",
        "7,,,,2026-08-15,用户活跃度,90%",
        "7,甲,二部,2026-08-16,,内容质量,90",
        "8,乙,,,2026-08-15,内容质量,60",
    ]
    rows += ["8,,,,,用户活跃度,80%"]
    people, found = read(plan, "工号,姓名,部门,在岗开始,在岗结束,指标,实际值\n" + "\n".join(rows))
    assert found == []
    assert [(p.id, p.presence, sorted(a.text for a in p.actuals.values())) for p in people] == [
        ("7", FIRST_HALF, ["70", "90%"]),
        ("7", SECOND_HALF, ["90"]),
        ("8", FIRST_HALF, ["60", "80%"]),
    ]


def test_a_row_without_days_beside_two_records_is_a_third(plan):
    rows = ["7,甲,,2026-08-15,内容质量,70", "7,甲,2026-08-16,,内容质量,90", "7,甲,,,用户活跃度,80%"]
    people, found = read(plan, "工号,姓名,在岗开始,在岗结束,指标,实际值\n" + "\n".join(rows))
    assert found == []
    kept, (problem,) = drop_repeated(people)
    assert (problem.code, problem.span.line, len(kept)) == ("GP408", 4, 2)


def test_cells_the_reader_refused_are_not_told_again(plan, xlsx):
    table, found = read_table(xlsx([["工号", "姓名", "在岗开始", "内容质量"], ["7", "甲", "=A1", 90]]), "team.xlsx")
    assert [d.code for d in found] == ["GP410"]
    assert read_people(table, plan, Q3) == ([], [])
