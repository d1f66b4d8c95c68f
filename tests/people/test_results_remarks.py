"""Remarks beside names in headers: units, periods, weights, and what is no actual."""

from fractions import Fraction

import pytest

from genplan.people.column_words import COLUMN_WORDS
from genplan.people.expected_content import expected_content
from genplan.people.read_people import read_people
from genplan.people.readers import read_table
from genplan.people.vocabulary import WORDS
from genplan.plan.periods import parse_period

Q3 = parse_period("2026-Q3")
PLAN = """---
schema: 1
title: 销售专员绩效考核方案
department: 销售部
period: 2026-Q3
indicators:
  - {name: 销售额, id: sales, weight: 30%, unit: 元, target: 1000000, scoring: ratio}
  - {name: 回款率, weight: 20%, target: 95%, scoring: ratio}
  - {name: 新客户, weight: 10%, target: 10, scoring: ratio}
  - {name: 响应时长, weight: 10%, unit: 小时, target: 8, scoring: {method: inverse-ratio, variant: two-minus-ratio}}
  - {name: 投入/产出比, weight: 10%, target: 2, scoring: ratio}
  - {name: 质量, weight: 20%}
bonuses: [{name: 优秀案例, points: 2}, {name: 加分}]
vetoes: [{name: 重大客诉}]
---
"""


@pytest.fixture
def sales(make_plan):
    return make_plan(text=PLAN)


def read(plan, header, value, default=Q3):
    table, found = read_table(f'工号,姓名,"{header}"\n7,甲,"{value}"\n'.encode(), "team.csv")
    assert found == []
    (person,), found = read_people(table, plan, default)
    return person, found


def value(person):
    """The one number that was read."""
    ((_, actual),) = [*person.actuals.items(), *person.items.items()]
    return actual.exact if actual.exact is not None else Fraction(actual.value.value)


@pytest.mark.parametrize(
    ("header", "text", "wanted", "code"),
    [
        ("销售额（万元）", "120", 1_200_000, "GP461"),
        ("销售额(萬元)", "120", 1_200_000, "GP461"),
        ("销售额【千元】", "1,200", 1_200_000, "GP461"),
        ("销售额［百万元］", "1.2", 1_200_000, "GP461"),
        ("销售额/万元", "120", 1_200_000, "GP461"),
        ("销售额:万元", "120", 1_200_000, "GP461"),
        ("销售额\n万元", "120", 1_200_000, "GP461"),
        ("销售额\n（万元）", "120", 1_200_000, "GP461"),
        ("销售额 万元", "120", 1_200_000, "GP461"),
        ("销售额万元", "120", 1_200_000, "GP461"),
        ("销售额（单位：万元）", "120", 1_200_000, "GP461"),
        ("销售额（万元，必填）", "120", 1_200_000, "GP461"),
        ("销售额（实际值）（万元）", "120", 1_200_000, "GP461"),
        ("销售额（万元）实际值", "120", 1_200_000, "GP461"),
        ("销售额（万）", "120", 1_200_000, "GP461"),
        ("销售额（K）", "1200", 1_200_000, "GP461"),
        ("销售额（M）", "1.2", 1_200_000, "GP461"),
        ("sales (million)", "1.2", 1_200_000, "GP461"),
        ("销售额（亿元）", "0.012", 1_200_000, "GP461"),
        ("销售额（元）", "1200000", 1_200_000, None),
        ("销售额（人民币）", "1200000", 1_200_000, None),
        ("销售额（万元）", "120万元", 1_200_000, "GP461"),
        ("回款率（%）", "96", Fraction("0.96"), None),
        ("回款率（%）", "0.96", Fraction("0.0096"), None),
        ("回款率（％）", "96%", Fraction("0.96"), None),
        ("回款率（百分比）", "96", Fraction("0.96"), None),
        ("回款率（‰）", "960", Fraction("0.96"), "GP461"),
        ("回款率（小数）", "0.96", Fraction("0.96"), "GP461"),
        ("新客户（个）", "12", 12, None),
        ("新客户（千）", "0.012", 12, "GP461"),
        ("响应时长（分钟）", "50", Fraction(5, 6), "GP461"),
        ("响应时长（h）", "5", 5, None),
        ("优秀案例（次）", "2", 2, None),
        ("加分（分）", "2", 2, None),
    ],
)
def test_units_in_headers(sales, header, text, wanted, code):
    person, found = read(sales, header, text)
    assert {d.code for d in found} == ({code} if code else set())
    assert value(person) == wanted


@pytest.mark.parametrize(
    "header",
    [
        *(
            "销售额（必填）",
            "销售额（选填）",
            "销售额 (required)",
            "销售额（实际）",
            "销售额（实际值）",
            "销售额（完成值）",
            "销售额-实际",
            "实际销售额",
            "sales (actual)",
        ),
        *("销售额实际完成", "销售额（2026年第三季度）", "销售额（Q3）", "销售额（三季度）", "销售额（本期）"),
        *(
            "销售额（目标1000000）",
            "销售额（目标：100万元）",
            "销售额（30%）",
            "销售额（权重30%）",
            "*销售额",
            "销售额：",
            "销售额（sales）",
            "sales 销售额",
        ),
    ],
)
def test_remarks_that_change_nothing(sales, header):
    person, found = read(sales, header, "1200000")
    assert found == []
    assert value(person) == 1_200_000


@pytest.mark.parametrize("header", ["质量（100分）", "质量（满分100分）", "质量（百分制）", "质量（0-100）", "质量（分）", "质量（20%）"])
def test_scales_of_scores(sales, header):
    person, found = read(sales, header, "90")
    assert (value(person), found) == (90, [])


@pytest.mark.parametrize(
    "header",
    [
        *("销售额（計劃）",),
        *(
            "销售额（得分）",
            "销售额得分",
            "销售额（评分）",
            "销售额（上期）",
            "销售额（上年）",
            "上年同期销售额",
            "销售额（预算）",
            "销售额（完成率）",
            "销售额（同比）",
        ),
        *(
            "销售额（累计）",
            "销售额（2026年第二季度）",
            "销售额（Q2）",
            "销售额（7-9月）",
            "销售额（2025年）",
            "销售额（权重25%）",
            "销售额（目标：90万元）",
            "销售额（随便）",
            "sales (last year)",
        ),
        *(
            "质量（自评）",
            "质量（上级）",
            "质量（得分）",
            "质量（10分制）",
            "质量（满分20分）",
            "质量（0-10）",
            "重大客诉（去年）",
            "销售额（万元）（上年）",
        ),
    ],
)
def test_remarks_of_something_else(sales, header):
    person, (problem,) = read(sales, header, "12")
    assert (problem.code, problem.span.line, problem.span.cell is not None) == ("GP460", 1, True)
    assert problem.help
    assert (person.actuals, len(person.unusable)) == ({}, 1)


@pytest.mark.parametrize(
    "header",
    [
        *(
            "销售额（人）",
            "销售额（%）",
            "销售额（分）",
            "响应时长（天）",
            "回款率（元）",
            "新客户（元）",
            "新客户（万人）",
            "质量（%）",
            "质量（元）",
            "优秀案例（分）",
        ),
        *("销售额（单位：美元）", "投入/产出比（万元）"),
    ],
)
def test_units_that_are_not_the_plans(sales, header):
    person, (problem,) = read(sales, header, "12")
    assert problem.code == "GP462"
    assert (person.actuals, len(person.unusable)) == ({}, 1)


def remarks(person):
    return {key: [(each.word, each.text, each.rater) for each in given] for key, given in person.remarks.items()}


@pytest.mark.parametrize(
    ("header", "key", "word"),
    [
        ("质量（扣分原因）", "质量", "扣分原因"),
        ("质量扣分原因", "质量", "扣分原因"),
        ("质量说明", "质量", "说明"),
        ("质量-依据", "质量", "依据"),
        ("销售额（万元）备注", "sales", "备注"),
        ("sales remark", "sales", "remark"),
        ("sales evidence", "sales", "evidence"),
        ("销售额（備註）", "sales", "備註"),
    ],
)
def test_a_remark_on_an_indicator_is_read_and_is_no_actual(sales, header, key, word):
    person, found = read(sales, header, "少 3")
    assert (found, person.actuals, person.unusable) == ([], {}, frozenset())
    assert remarks(person) == {key: [(word, "少 3", None)]}


def test_an_indicator_may_have_several_columns_of_remarks(sales):
    table, _ = read_table("工号,姓名,质量,质量扣分原因,质量（依据）\n7,甲,90,返工,检验单\n8,乙,95,,\n".encode(), "team.csv")
    (first, second), found = read_people(table, sales, Q3)
    assert (found, remarks(first), remarks(second)) == (
        [],
        {"质量": [("扣分原因", "返工", None), ("依据", "检验单", None)]},
        {},
    )


def test_remarks_below_a_heading(sales):
    text = "工号,姓名,质量,,说明,\n,,实际值,依据,销售额,回款率\n7,甲,90,检验单,大单,延期\n"
    table, found = read_table(text.encode(), "team.csv", expected_content(sales))
    (person,), more = read_people(table, sales, Q3)
    assert (found, more, remarks(person)) == (
        [],
        [],
        {"质量": [("依据", "检验单", None)], "sales": [("说明", "大单", None)], "回款率": [("说明", "延期", None)]},
    )


def test_remarks_in_the_long_form(sales):
    text = "工号,姓名,指标,实际值,备注（选填）\n7,甲,质量,90,返工\n7,甲,销售额,,尚未出账\n7,甲,质量依据,检验单,\n"
    table, _ = read_table(text.encode(), "team.csv")
    (person,), found = read_people(table, sales, Q3)
    assert (found, set(person.actuals), person.comment) == ([], {"质量"}, "")
    assert remarks(person) == {"质量": [("备注", "返工", None), ("依据", "检验单", None)], "sales": [("备注", "尚未出账", None)]}


@pytest.mark.parametrize("row", ["7,甲,优秀案例,1,投稿", "7,甲,,,投稿"])
def test_a_remark_on_anything_else_is_reported(sales, row):
    table, _ = read_table(f"工号,姓名,指标,实际值,说明\n7,甲,质量,90,\n{row}\n".encode(), "team.csv")
    (person,), (problem,) = read_people(table, sales, Q3)
    assert (problem.code, problem.span.line, person.remarks) == ("GP404", 3, {})
    person, (problem,) = read(sales, "优秀案例说明", "投稿")
    assert (problem.code, person.remarks) == ("GP404", {})


def test_a_misspelt_remark_is_refused(sales):
    _, (problem,) = read(sales, "质量（扣分缘由）", "少")
    assert problem.code == "GP460"
    _, (problem,) = read(sales, "质良说明", "少")
    assert problem.code == "GP404"


def test_something_else_beside_the_actual_leaves_neither(sales):
    """Which of the two holds is for people to say."""
    table, _ = read_table("工号,姓名,销售额,销售额（上年）\n7,甲,900000,800000\n".encode(), "team.csv")
    (person,), (problem,) = read_people(table, sales, Q3)
    assert (problem.code, problem.span.cell, person.unusable) == ("GP460", "销售额（上年）", {"sales"})


@pytest.mark.parametrize(
    "header", ["工号（必填）", "工号 (required)", "*工号", "工号：", "工号（4位）", "工号 Employee ID", "工号（员工编号）"]
)
def test_remarks_at_fields(sales, header):
    table, _ = read_table(f"{header},姓名（选填）,质量\n7,甲,90\n".encode(), "team.csv")
    (person,), found = read_people(table, sales, Q3)
    assert (person.id, person.name, found) == ("7", "甲", [])


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("工号（上级）,姓名,质量\n7,甲,90\n", "工号（上级）"),
        ("工号,姓名（推荐人）,质量\n7,甲,90\n", "姓名（推荐人）"),
        ("工号,姓名,指标,实际值（目标）\n7,甲,质量,90\n", "实际值（目标）"),
        ("工号,姓名,总分（上年）,质量\n7,甲,90,80\n", "总分（上年）"),
    ],
)
def test_a_remark_at_a_field_that_is_not_known(sales, text, header):
    """Nothing is used: whose the values are, or what they are, cannot be told."""
    table, _ = read_table(text.encode(), "team.csv")
    people, found = read_people(table, sales, Q3)
    assert ("GP460", header) in [(d.code, d.span.cell) for d in found]
    assert all(person.unusable and not person.actuals for person in people)


@pytest.mark.parametrize(
    "header", ["打开密码（至少六位）", "评语（上级填写，200字以内）", "评语（必填）", "总分（100分）", "总分（百分制）"]
)
def test_remarks_at_fields_that_change_no_number(sales, header):
    table, _ = read_table(f'工号,姓名,"{header}",质量\n7,甲,90,80\n'.encode(), "team.csv")
    (person,), found = read_people(table, sales, Q3)
    assert ([d.code for d in found if d.code != "GP712"], set(person.actuals)) == ([], {"质量"})


def test_long_headers_are_not_taken_apart(sales):
    table, _ = read_table(f"工号,姓名,{'质量 (' * 20_000}\n7,甲,90\n".encode(), "team.csv")
    _, (problem,) = read_people(table, sales, Q3)
    assert problem.code == "GP404"


def test_a_unit_of_the_column_of_values(sales):
    table, _ = read_table("工号,姓名,指标,实际值（万元）\n7,甲,销售额,120\n7,甲,质量,90\n".encode(), "team.csv")
    (person,), found = read_people(table, sales, Q3)
    assert (value(person), person.unusable) == (1_200_000, {"质量"})
    assert [d.code for d in found] == ["GP461", "GP462"]


def test_words_beside_a_field_make_another_column(sales):
    table, _ = read_table("工号,姓名,部门 负责人,质量\n7,甲,乙,90\n".encode(), "team.csv")
    (person,), (problem,) = read_people(table, sales, Q3)
    assert (problem.code, person.department) == ("GP404", "")


def test_a_name_with_a_slash_is_a_name(sales):
    person, found = read(sales, "投入/产出比", "2.5")
    assert (value(person), found) == (Fraction("2.5"), [])


@pytest.mark.parametrize(
    ("row", "wanted", "code"),
    [
        ("销售额,120,万元", 1_200_000, "GP461"),
        ("销售额,1200000,元", 1_200_000, None),
        ("销售额（万元）,120,", 1_200_000, "GP461"),
        ("销售额（万元）,120,万元", 1_200_000, "GP461"),
        ("回款率,96,%", Fraction("0.96"), None),
        ("质量,90,分", 90, None),
        ("质量,90,-", 90, None),
        ("销售额,120,美元", None, "GP460"),
        ("销售额,120,人", None, "GP462"),
        ("销售额（万元）,120,元", None, "GP460"),
        ("销售额（预算）,120,元", None, "GP460"),
    ],
)
def test_units_in_the_long_form(sales, row, wanted, code):
    table, _ = read_table(f"工号,姓名,指标,实际值,单位\n7,甲,{row}\n".encode(), "team.csv")
    (person,), found = read_people(table, sales, Q3)
    assert [d.code for d in found] == ([code] if code else [])
    assert (value(person) if person.actuals else None) == wanted
    assert bool(person.unusable) is (wanted is None)


def test_scores_are_no_actuals_in_the_long_form(sales):
    table, _ = read_table("工号,姓名,指标,得分\n7,甲,质量,90\n7,甲,销售额,95\n".encode(), "team.csv")
    (person,), (problem,) = read_people(table, sales, Q3)
    assert (problem.code, problem.span.line, set(person.actuals), person.unusable) == ("GP460", 3, {"质量"}, {"sales"})


def test_messages_call_columns_by_the_first_word_for_them():
    assert all(word == WORDS[field][0] for field, word in COLUMN_WORDS.items())
