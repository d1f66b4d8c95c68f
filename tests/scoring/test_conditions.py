"""Conditions of vetoes and ceilings: what decides them, and what is refused."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from genplan.people.model import Presence
from genplan.scoring.composition import Stage
from genplan.scoring.scorecard import score_people

PLAN = """
indicators:
  - {name: 销售额, weight: 50%, target: 100, unit: 万元, scoring: {method: ratio, cap: 120%}}
  - {name: 回款率, weight: 30%, target: 90%, scoring: {method: interpolation, points: [{at: 60%, score: 0}, {at: 90%, score: 100}]}}
  - {name: 成本, weight: 20%, target: 50, scoring: {method: inverse-ratio, variant: target-over-actual, when_zero: 110}}
grades: [{name: A, from: 60}, {name: B, from: 40}, {name: C, from: 0}]
"""
REACHED = {"销售额": "100", "回款率": "90%", "成本": "50"}


def verdict(make_plan, person, when: str, actuals: dict[str, str], more: str = ""):
    plan = make_plan(f"{PLAN}{more}\nceilings: [{{when: '{when}', grade: C}}]")
    (card,), _ = score_people(plan, [person(actuals)])
    return [step for step in card.steps if step.stage is Stage.CEILING]


@pytest.mark.parametrize(
    ("when", "actuals", "grounds"),
    [
        ("任一指标完成率 < 80%", {"回款率": "71.9%"}, [("回款率", Fraction(719, 900))]),
        ("任一指标完成率 < 80%", {"回款率": "72%"}, []),
        ("任一指标完成率 < 80%", {"销售额": "79", "成本": "100"}, [("销售额", Fraction(79, 100)), ("成本", Fraction(1, 2))]),
        ("任一指标完成率 > 105%", {"成本": "0"}, [("成本", Fraction(11, 10))]),
        ("销售额.完成率 > 120%", {"销售额": "130"}, [("销售额", Fraction(13, 10))]),
        ("销售额 >= 130 且 回款率 < 91%", {"销售额": "130"}, [("销售额", 130), ("回款率", Fraction(9, 10))]),
        ("not 回款率.得分 >= 50", {"回款率": "66%"}, [("回款率", 20)]),
        ("总分 = 100", {}, [(None, 100)]),
        ("总分 < 100", {}, []),
    ],
)
def test_what_decides(make_plan, person, when, actuals, grounds):
    steps = verdict(make_plan, person, when, REACHED | actuals)
    assert [(each.placed and each.placed.key, each.value) for step in steps for each in step.grounds] == grounds


def test_an_excluded_indicator_is_none_of_any(make_plan, person):
    actuals = {"销售额": "100", "成本": "50"}
    assert verdict(make_plan, person, "任一指标完成率 < 80%", actuals, "missing: exclude") == []


@pytest.mark.parametrize(
    ("policy", "when"), [("exclude", "回款率.完成率 < 80%"), ("zero", "任一指标完成率 < 80%"), ("exclude", "回款率.得分 < 80")]
)
def test_what_is_not_known_is_refused(make_plan, person, policy, when):
    plan = make_plan(f"{PLAN}missing: {policy}\nceilings: [{{when: '{when}', grade: C}}]")
    cards, found = score_people(plan, [person({"销售额": "100", "成本": "50"})])
    assert (cards, [each.code for each in found]) == ((), ["GP441"])


def test_after_a_transfer_attainments_are_weighed_by_days_and_actuals_must_agree(make_plan, person):
    sides = ((date(2026, 7, 1), date(2026, 8, 15), "60"), (date(2026, 8, 16), date(2026, 9, 30), "100"))
    records = [replace(person(REACHED | {"销售额": sold}), presence=Presence(start, end)) for start, end, sold in sides]
    (card,), _ = score_people(make_plan(f"{PLAN}ceilings: [{{when: 销售额.完成率 <= 80%, grade: C}}]"), records)
    assert [each.value for step in card.steps for each in step.grounds] == [Fraction(4, 5)]
    cards, found = score_people(make_plan(f"{PLAN}ceilings: [{{when: 销售额 < 80, grade: C}}]"), records)
    assert (cards, [each.code for each in found]) == ((), ["GP442"])


def test_a_veto_by_condition_caps_the_total(make_plan, person):
    plan = make_plan(f"{PLAN}vetoes: [{{name: 回款过低, when: 回款率 < 50%, effect: cap, cap: 39}}]")
    (low, high), _ = score_people(plan, [person(REACHED | {"回款率": "49.99%"}), replace(person(REACHED | {"回款率": "50%"}), id="0008")])
    assert (low.total, low.band.grade.name, high.total) == (39, "C", 70)


LIMITED = """
weights: points
indicators:
  - {name: 销售额, points: 60, target: 100, unit: 万元, scoring: {method: ratio, cap: 120%}, cap_by: 回款率.WHICH}
  - {name: 回款率, points: 40, target: 80%, scoring: {method: interpolation, points: [{at: 40%, score: 0}, {at: 80%, score: 40}]}}
"""


@pytest.mark.parametrize(
    ("which", "sold", "paid", "expected"),
    [
        ("完成率", "110", "60%", (45, True)),  # 60 × 60/80
        ("得分", "110", "60%", (30, True)),  # 60 × 20/40
        ("得分", "40", "60%", (24, False)),
        ("完成率", "110", "80%", (60, True)),
        ("完成率", "110", "100%", (66, False)),
    ],
)
def test_another_indicator_limits_a_score(make_plan, person, which, sold, paid, expected):
    (card,), _ = score_people(make_plan(LIMITED.replace("WHICH", which)), [person({"销售额": sold, "回款率": paid})])
    assert (card.lines[0].score, card.lines[0].limited) == expected


def test_a_limit_that_is_not_known_is_refused(make_plan, person):
    plan = make_plan(LIMITED.replace("WHICH", "得分") + "missing: exclude\n")
    cards, found = score_people(plan, [person({"销售额": "100"})])
    assert (cards, [each.code for each in found]) == ((), ["GP441"])


TABLE = """
indicators:
  - name: 销售额
    weight: 60%
    target: 200
    unit: 万元
    scoring:
      method: two-way
      rows: [{to: 80%}, {from: 80%, to: 100%}, {from: 100%}]
      by: BY
      columns: [{to: 90%}, {from: 90%}]
      inclusive: lower
      scores: [[0, 40], [60, 80%], [90, 100]]
  - {name: 回款率, weight: 40%, target: 95%, scoring: ratio}
"""


@pytest.mark.parametrize(
    ("by", "sold", "paid", "expected"),
    [
        ("回款率", "159.99", "90%", 40),
        ("回款率", "160", "89.99%", 60),  # 160 of 200 are 80%, which the second row includes
        ("回款率", "199", "90%", 80),
        ("回款率", "200", "0", 90),
        ("回款率", "1000", "95%", 100),
        ("回款率.完成率", "200", "85.5%", 100),  # 85.5 of 95 are 90%
        ("回款率.完成率", "200", "85.49%", 90),
    ],
)
def test_a_two_way_table_is_read_by_another_indicator(make_plan, person, by, sold, paid, expected):
    (card,), _ = score_people(make_plan(TABLE.replace("BY", by)), [person({"销售额": sold, "回款率": paid})])
    assert card.lines[0].score == expected
    share = Fraction(paid.rstrip("%")) / 100
    assert card.lines[0].beside == (share if by == "回款率" else share / Fraction("0.95"))


@pytest.mark.parametrize("missing", ["exclude", "zero"])
def test_a_two_way_table_whose_column_is_not_known_gives_no_score(make_plan, person, missing):
    plan = make_plan(TABLE.replace("BY", "回款率") + f"missing: {missing}\n")
    cards, found = score_people(plan, [person({"销售额": "200"})])
    assert (cards, [each.code for each in found]) == ((), ["GP441"])


@pytest.mark.parametrize(("missing", "expected"), [("exclude", Fraction(90, 95) * 100), ("zero", Fraction(40 * 90, 95))])
def test_a_missing_actual_of_a_two_way_table_is_missing_as_any(make_plan, person, missing, expected):
    plan = make_plan(TABLE.replace("BY", "回款率") + f"missing: {missing}\n")
    (card,), _ = score_people(plan, [person({"回款率": "90%"})])
    assert abs(Fraction(card.total) - expected) <= Fraction(1, 200)
