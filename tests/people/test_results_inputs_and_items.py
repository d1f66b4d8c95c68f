"""Items, vetoes and the inputs of formulas."""

from decimal import Decimal
from fractions import Fraction

import pytest

from genplan.diagnostics import Severity
from genplan.people.missing import check_missing
from genplan.people.read_people import read_people
from genplan.people.readers import read_table
from genplan.plan.periods import parse_period
from genplan.source.quantity import Quantity

Q3 = parse_period("2026-Q3")
ITEMS = "bonuses: [{name: 优秀案例, points: 2}]\ndeductions: [{name: 迟报}]\nvetoes: [{name: 重大客诉}]"
FORMULAS = """---
schema: 1
title: 社群运营专员绩效考核方案
department: 社群运营部
period: 2026-Q3
indicators:
  - {name: 月留存率, id: retention, target: 80%, scoring: ratio, compute: retained / 期初人数}
  - {name: 人均消息数, target: 20, scoring: ratio, compute: messages ÷ (期初人数 - Retained)}
  - {name: 期初人数, target: 100, scoring: ratio}
---
"""


def read(plan, text):
    table, found = read_table(text.encode(), "team.csv")
    assert found == []
    return read_people(table, plan, Q3)


def marks(found):
    return [(d.code, d.span.line, d.span.cell) for d in found]


def test_items_and_vetoes(make_plan):
    plan = make_plan(ITEMS)
    (first, second), found = read(plan, "工号,姓名,优秀案例（次）,迟报,重大客诉\n7,甲,3,1.5,是\n8,乙,,0,否\n")
    assert found == []
    assert {name: item.value for name, item in first.items.items()} == {"优秀案例": Quantity(Decimal(3)), "迟报": Quantity(Decimal("1.5"))}
    assert [(name, span.line, span.cell) for name, span in first.vetoes.items()] == [("重大客诉", 2, "重大客诉")]
    assert ({name: item.text for name, item in second.items.items()}, second.vetoes) == ({"迟报": "0"}, {})


def test_items_in_the_long_form(make_plan):
    rows = ["7,甲,内容质量,90", "7,,优秀案例,3", "7,,重大客诉,1", "7,,迟报,"]
    (person,), found = read(make_plan(ITEMS), "工号,姓名,指标,实际值\n" + "\n".join(rows))
    assert found == []
    assert (set(person.actuals), set(person.items), set(person.vetoes)) == ({"内容质量"}, {"优秀案例"}, {"重大客诉"})


@pytest.mark.parametrize(
    ("text", "occurred"),
    [
        *((text, True) for text in ("是", "有", "YES", "True", "1", "３", "0.5")),
        *((text, False) for text in ("否", "无", "no", "FALSE", "0", "")),
    ],
)
def test_words_of_vetoes(make_plan, text, occurred):
    (person,), found = read(make_plan(ITEMS), f"工号,姓名,重大客诉\n7,甲,{text}\n")
    assert (bool(person.vetoes), found) == (occurred, [])


def test_truth_values_of_a_workbook(make_plan, xlsx):
    table, _ = read_table(xlsx([["工号", "姓名", "重大客诉"], ["7", "甲", True], ["8", "乙", False]]), "team.xlsx")
    people, found = read_people(table, make_plan(ITEMS), Q3)
    assert ([bool(person.vetoes) for person in people], found) == ([True, False], [])


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("优秀案例", "两次", "GP406"),
        ("优秀案例", "-1", "GP407"),
        ("优秀案例", "5%", "GP407"),
        ("重大客诉", "待核实", "GP406"),
        ("重大客诉", "-1", "GP406"),
        ("重大客诉", "50%", "GP406"),
    ],
)
def test_counts_that_are_none(make_plan, column, text, code):
    (person,), found = read(make_plan(ITEMS), f"工号,姓名,{column}\n7,甲,{text}\n")
    assert marks(found) == [(code, 2, column)]
    assert (person.unusable, person.items, person.vetoes) == ({column}, {}, {})


def test_a_name_of_two_things_is_ambiguous(make_plan):
    plan = make_plan("vetoes: [{name: 内容质量}]")
    (person,), (problem,) = read(plan, "工号,姓名,内容质量\n7,甲,90\n")
    assert (problem.code, person.actuals, person.unusable) == ("GP414", {}, {"内容质量"})
    assert problem.help == "rename all but one of these in the plan: the indicator `内容质量`, the veto item `内容质量`"


def test_a_misspelt_item_would_count_as_none(make_plan):
    _, (problem,) = read(make_plan(ITEMS), "工号,姓名,优秀案列\n7,甲,1\n")
    assert (problem.code, problem.severity, problem.help) == ("GP404", Severity.ERROR, "did you mean `优秀案例`?")


@pytest.fixture
def computing(make_plan):
    return make_plan(text=FORMULAS)


def test_a_formula_computes_exactly(computing):
    (person,), found = read(computing, '工号,姓名,RETAINED（人）,期初人数,messages\n7,甲,70,120,"1,000"\n')
    assert found == []
    retention = person.actuals["retention"]
    assert (retention.exact, retention.text, retention.span.cell) == (Fraction(7, 12), "58.3333%", "RETAINED（人）")
    assert retention.value == Quantity(Decimal("0.583333333333"), percent=True)
    assert (person.actuals["人均消息数"].exact, person.actuals["人均消息数"].text) == (20, "20")
    assert person.actuals["期初人数"].exact is None  # an indicator whose figure formulas use
    assert {key: {name: i.text for name, i in given.items()} for key, given in person.inputs.items()} == {
        "retention": {"retained": "70", "期初人数": "120"},
        "人均消息数": {"messages": "1,000", "期初人数": "120", "Retained": "70"},
    }


@pytest.mark.parametrize(
    ("retained", "text", "value"), [("2", "66.6667%", "0.666666666667"), ("-2", "-66.6667%", "-0.666666666667"), ("0", "0%", "0")]
)
def test_rounding_of_what_is_shown(computing, retained, text, value):
    (person,), _ = read(computing, f"工号,姓名,retained,期初人数\n7,甲,{retained},3\n")
    actual = person.actuals["retention"]
    assert (actual.text, actual.value.value) == (text, Decimal(value))


def test_formulas_in_the_long_form(computing):
    rows = ["7,甲,retained,70", "7,,期初人数,120", "7,,月留存率,90%", "7,,人均消息数,", "8,乙,retention,1%"]
    (person, _), (problem,) = read(computing, "工号,姓名,指标,实际值\n" + "\n".join(rows))
    assert person.actuals["retention"].exact == Fraction(7, 12)
    assert "人均消息数" not in person.actuals
    assert marks([problem]) == [("GP427", 4, "指标")]
    assert "the 2 values" in problem.message


def test_division_by_zero(computing):
    people, found = read(computing, "工号,姓名,retained,期初人数,messages\n7,甲,70,0,5\n8,乙,70,70,5\n9,丙,0,0,5\n")
    assert marks(found) == [("GP425", 2, "期初人数"), ("GP425", 3, None), ("GP425", 4, "期初人数"), ("GP425", 4, None)]
    assert "`期初人数 - Retained` is zero" in found[1].message
    assert [person.unusable for person in people] == [{"retention"}, {"人均消息数"}, {"retention", "人均消息数"}]
    assert check_missing(computing, people) == []


def test_a_result_too_large(make_plan):
    plan = make_plan(text=FORMULAS.replace("retained / 期初人数", "retained" + "*retained" * 40))
    (person,), found = read(plan, "工号,姓名,retained\n7,甲,99999999999999\n")
    assert (marks(found), person.unusable) == ([("GP425", 2, "retained")], {"retention"})


def test_missing_inputs_are_named(computing):
    people, found = read(computing, "工号,姓名,retained,期初人数,messages\n7,甲,70,,5\n8,乙,70,100,5\n")
    assert found == []
    assert [d.message for d in check_missing(computing, people)] == [
        "`7` has no actual (实际值) for `retention`: its formula has no value for `期初人数`",
        "`7` has no actual (实际值) for `人均消息数`: its formula has no value for `期初人数`",
        "`7` has no actual (实际值) for `期初人数`",
    ]
    people, _ = read(computing, "工号,姓名,retained,期初人数\n7,甲,70,90\n8,乙,70,100\n")
    (problem,) = check_missing(computing, people)
    assert problem.message.endswith("for `人均消息数`: its formula has no value for `messages`")


def test_inputs_are_numbers(computing):
    (person,), (problem,) = read(computing, "工号,姓名,retained,期初人数,messages\n7,甲,约70,100,5\n")
    assert marks([problem]) == [("GP406", 2, "retained")]
    assert person.unusable == {"retention", "人均消息数"}
    assert set(person.inputs["retention"]) == {"期初人数"}


def test_a_shared_cell_is_told_once(computing):
    (person,), (problem,) = read(computing, "工号,姓名,retained,期初人数\n7,甲,70,-\n")
    assert (problem.code, person.unusable) == ("GP406", {"期初人数", "retention", "人均消息数"})


@pytest.mark.parametrize(("text", "severity"), [("90%", Severity.WARNING), ("", Severity.NOTE)])
def test_a_column_of_a_computed_indicator(computing, text, severity):
    (person,), (problem,) = read(computing, f"工号,姓名,月留存率,retained,期初人数\n7,甲,{text},70,120\n")
    assert (problem.code, problem.severity, problem.span.cell) == ("GP427", severity, "月留存率")
    assert person.actuals["retention"].exact == Fraction(7, 12)


def test_a_computed_indicator_is_not_suggested(computing):
    _, (problem,) = read(computing, "工号,姓名,月留存率表\n7,甲,1\n")
    assert (problem.code, problem.severity, "月留存率`" in problem.help) == ("GP404", Severity.WARNING, False)


def test_a_computed_score_stays_in_bounds(make_plan):
    plan = make_plan(text=FORMULAS.replace("target: 80%, scoring: ratio", "scoring: direct"))
    (person,), (problem,) = read(plan, "工号,姓名,retained,期初人数\n7,甲,1010,10\n")
    assert (problem.code, person.unusable) == ("GP407", {"retention"})


def test_the_plans_words_go_before_those_of_days(make_plan):
    plan = make_plan(text=FORMULAS.replace("期初人数", "start"))
    (person,), found = read(plan, "工号,姓名,retained,start\n7,甲,70,100\n")
    assert (person.actuals["retention"].text, person.presence, found) == ("70%", None, [])
