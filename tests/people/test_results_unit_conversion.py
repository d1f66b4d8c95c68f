"""Numbers with units in cells, percentages against plain numbers, and actuals that have to be confirmed."""

from datetime import date
from fractions import Fraction

import pytest
from openpyxl import Workbook

from genplan.people.read_people import read_people
from genplan.people.readers import read_table
from genplan.plan.periods import parse_period

Q3 = parse_period("2026-Q3")
PLAN = """---
schema: 1
title: 销售专员绩效考核方案
department: 销售部
period: 2026-Q3
indicators:
  - {name: 销售额, weight: 10%, unit: 元, target: 100000, scoring: ratio}
  - {name: 合同额, weight: 10%, unit: 万元, target: 100, scoring: {method: ratio, cap: 500%}}
  - {name: 客户数, weight: 10%, unit: 人, target: 5, scoring: ratio}
  - {name: 回款率, weight: 10%, target: 95%, scoring: ratio}
  - {name: 满意率, weight: 10%, target: 95, unit: "%", scoring: ratio}
  - {name: 留存率, weight: 10%, scoring: {method: interpolation, points: [{at: 80%, score: 0}, {at: 100%, score: 100}]}}
  - {name: 合格率, weight: 10%, scoring: {method: tiers, inclusive: lower, tiers: [{to: 80%, points: 0}, {from: 80%, points: 100}]}}
  - name: 用时
    scoring: {method: tiers, inclusive: upper, tiers: [{to: 25, points: 15}, {from: 25, to: 30, points: 9}, {from: 30, points: 0}]}
  - {name: 差错, weight: 10%, scoring: {method: deduction, points: 2}}
  - {name: 事故, weight: 5%, target: 0, scoring: {method: pass-fail, polarity: lower}}
  - {name: 投诉率, weight: 5%, target: 3%, scoring: {method: inverse-ratio, variant: two-minus-ratio}}
  - {name: 质量, weight: 5%}
  - {name: 产出, weight: 5%, target: 100, scoring: ratio, compute: 工时 * 单价, inputs: [{name: 工时, unit: 小时}, {name: 单价, unit: 元}]}
  - name: 转化率
    weight: 5%
    target: 10%
    scoring: ratio
    compute: 基准率 + 增量
    inputs: [{name: 基准率, unit: "%"}, {name: 增量, unit: "%"}]
---
"""


@pytest.fixture
def sales(make_plan):
    return make_plan(text=PLAN)


def read(plan, column, text):
    table, found = read_table(f'工号,姓名,{column}\n7,甲,"{text}"\n'.encode(), "team.csv")
    assert found == []
    (person,), found = read_people(table, plan, Q3)
    return person, found


def exact(actual):
    return actual.exact if actual.exact is not None else Fraction(actual.value.value)


@pytest.mark.parametrize(
    ("column", "text", "wanted"),
    [
        *(
            ("销售额", text, 98000)
            for text in ("98000", "98,000", "98,000元", "98000.00元", "￥98000", "¥98,000", "RMB 98000", "人民币98000元")
        ),
        *(
            ("销售额", text, 98000)
            for text in ("9.8万", "9.8万元", "９．８万", "9.8 萬元", "98千元", "98K", "98k", "98k元", "￥9.8万", "0.098百万", "9.8w")
        ),
        ("销售额", "0.0012亿", 120000),
        ("销售额", "-1.5万", -15000),
        ("销售额", "3.5K", 3500),
        ("合同额", "120万元", 120),
        ("合同额", "1,200,000元", 120),
        ("合同额", "￥1,200,000", 120),
        ("合同额", "0.012亿元", 120),
        ("客户数", "5人", 5),
        ("客户数", "5 名", 5),
        ("客户数", "５　人", 5),
        ("客户数", "0.0005万人", 5),
        ("回款率", "96%", Fraction("0.96")),
        ("回款率", "960‰", Fraction("0.96")),
        ("回款率", "12‰", Fraction("0.012")),
        ("回款率", "０", 0),
        ("满意率", "96", 96),
        ("满意率", "96%", 96),
        ("满意率", "960‰", 96),
        ("差错", "3次", 3),
        ("事故", "0", 0),
        ("事故", "0%", 0),
        ("质量", "90分", 90),
    ],
)
def test_numbers_with_units(sales, column, text, wanted):
    person, found = read(sales, column, text)
    assert {d.code for d in found} <= {"GP461"}
    assert exact(person.actuals[column]) == wanted


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        *(
            ("销售额", text, "GP406")
            for text in ("约98000", "98000.-", "9.8万左右", "98 000", "1万2千", "9,8万", "九万八", "9.8万-10万", ">98000", "98000+")
        ),
        *(("销售额", text, "GP406") for text in ("98¹", "9.8²万", "⑨", "½", "$98000", "98000美元", "1E5", "98m", "(98000)")),
        ("销售额", "98%", "GP407"),
        ("销售额", "98人", "GP462"),
        ("销售额", "￥98人", "GP462"),
        ("合同额", "120万", "GP462"),
        ("客户数", "5元", "GP462"),
        ("回款率", "0.96", "GP407"),
        ("回款率", "96", "GP407"),
        ("回款率", "96元", "GP462"),
        ("回款率", "1个百分点", "GP462"),
        ("留存率", "85", "GP407"),
        ("留存率", "0.85", "GP407"),
        ("合格率", "85", "GP407"),
        ("合格率", "1", "GP407"),
        ("差错", "3%", "GP407"),
        ("差错", "3元", "GP462"),
        ("质量", "90%", "GP407"),
        ("质量", "0%", "GP407"),
        ("投诉率", "0.12", "GP407"),
        ("投诉率", "2", "GP407"),
    ],
)
def test_numbers_that_are_refused(sales, column, text, code):
    person, (problem,) = read(sales, column, text)
    assert (problem.code, problem.span.line, person.actuals, person.unusable) == (code, 2, {}, {column})
    assert "write `9" not in problem.help or "%" in problem.help  # no advice that loses a factor


def test_a_number_that_decimals_cannot_write_stays_exact(sales):
    (person,), (note,) = read_people(read_table("工号,姓名,工时,单价\n7,甲,50分钟,2元\n".encode(), "t.csv").value, sales, Q3)
    assert (exact(person.inputs["产出"]["工时"]), person.inputs["产出"]["工时"].text) == (Fraction(5, 6), "0.8333")
    assert (exact(person.actuals["产出"]), note.code) == (Fraction(5, 3), "GP461")


@pytest.mark.parametrize(("row", "codes"), [("8%,2%", []), ("0.08,2%", ["GP407"]), ("8%,2", ["GP407"]), ("0,2%", [])])
def test_inputs_that_are_percentages(sales, row, codes):
    (person,), found = read_people(read_table(f"工号,姓名,基准率,增量\n7,甲,{row}\n".encode(), "t.csv").value, sales, Q3)
    assert [d.code for d in found] == codes
    assert ("转化率" in person.actuals) is not bool(codes)


def test_inputs_that_are_none(sales):
    (person,), (problem,) = read_people(read_table("工号,姓名,工时,单价\n7,甲,50%,2\n".encode(), "t.csv").value, sales, Q3)
    assert (problem.code, person.unusable) == ("GP407", {"产出"})


def test_percent_formats_of_a_workbook(sales, saved):
    book = Workbook()
    book.active.append(["工号", "姓名", "回款率", "留存率", "销售额"])
    book.active.append(["7", "甲", 0.96, 0.85, 98000])
    book.active["C2"].number_format = "0.0%"
    book.active["E2"].number_format = "#,##0.00"
    (person,), (problem,) = read_people(read_table(saved(book), "t.xlsx").value, sales, Q3)
    assert (exact(person.actuals["回款率"]), exact(person.actuals["销售额"])) == (Fraction("0.96"), 98000)
    assert (problem.code, problem.span.cell, person.unusable) == ("GP407", "Sheet!D2", {"留存率"})


def test_units_of_number_formats_are_not_taken(sales, saved):
    """Excel scales by commas in a format, and what it prints behind is no unit of the number stored."""
    book = Workbook()
    book.active.append(["工号", "姓名", "销售额", "合同额"])
    book.active.append(["7", "甲", 98000, date(2026, 7, 1)])
    book.active["C2"].number_format = '0.0,"万"'
    (person,), found = read_people(read_table(saved(book), "t.xlsx").value, sales, Q3)
    assert ([d.code for d in found], person.actuals) == (["GP406", "GP406"], {})


@pytest.mark.parametrize(
    ("column", "text", "confirmed", "wanted"),
    [
        ("销售额", "300000", "", True),
        ("销售额", "300001", "", False),
        ("销售额", "300001", "销售额", True),
        ("销售额", "300001", "是", True),
        ("销售额", "300001", "合同额", False),
        ("销售额", "300001", "合同额、销售额", True),
        ("合同额", "500万元", "", True),
        ("合同额", "501万元", "", False),
        ("回款率", "9700%", "", False),
        ("投诉率", "30%", "", True),
        ("投诉率", "31%", "", False),
        ("合格率", "241%", "", False),
        ("用时", "300", "", True),
        ("用时", "301", "", False),
        ("事故", "3", "", True),
    ],
)
def test_what_is_far_beyond_the_plan_is_confirmed(sales, column, text, confirmed, wanted):
    table = read_table(f"工号,姓名,{column},数值确认\n7,甲,{text},{confirmed}\n".encode(), "t.csv").value
    (person,), found = read_people(table, sales, Q3)
    assert [d.code for d in found] == ([] if wanted else ["GP463"])
    assert (column in person.actuals) is wanted
    assert person.unusable == (set() if wanted else {column})


def test_computed_values_are_confirmed_too(sales):
    table = read_table("工号,姓名,工时,单价,数值确认\n7,甲,100,4,\n8,乙,100,4,产出\n".encode(), "t.csv").value
    people, (problem,) = read_people(table, sales, Q3)
    assert (problem.code, problem.span.line) == ("GP463", 2)
    assert [person.unusable for person in people] == [{"产出"}, set()]


def test_conversions_are_noted_once_for_each_unit(sales):
    table = read_table("工号,姓名,销售额\n7,甲,9.8万\n8,乙,9.9万\n9,丙,98千元\n10,丁,98000元\n".encode(), "t.csv").value
    people, found = read_people(table, sales, Q3)
    assert [person.actuals["销售额"].text for person in people] == ["98000", "99000", "98000", "98000"]
    assert [(d.code, d.span.line) for d in found] == [("GP461", 2), ("GP461", 4)]
    assert found[0].message == "`销售额`: `9.8万` is read as 98000 元 (× 10,000), and so is 1 more in `万`"
