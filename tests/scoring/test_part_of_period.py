"""Part of a period: what is reduced to it, and the two sides of a transfer put together by their days."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from genplan.people.model import PersonResult, Presence
from genplan.plan.load import PlanFile
from genplan.scoring.composition import Stage
from genplan.scoring.line import AmountPart
from genplan.scoring.scorecard import Scorecard, score_people

MakePlan = Callable[[str], PlanFile]
MakePerson = Callable[..., PersonResult]

HALF = Presence(date(2026, 7, 1), date(2026, 8, 15))
"""46 of the 92 days of the third quarter."""
REST = Presence(date(2026, 8, 16), date(2026, 9, 30))
QUARTER = Presence(date(2026, 7, 1), date(2026, 7, 23))
"""23 of them."""


def card(plan: PlanFile, *people: PersonResult) -> Scorecard:
    (scored,), found = score_people(plan, people)
    assert found == []
    return scored


@pytest.mark.parametrize(
    ("rule", "actual", "score", "whole"),
    [
        ("target: 100, scoring: ratio", "40", 80, 40),
        ("target: 80%, scoring: ratio", "40%", 50, 50),
        ("target: 100, prorated: no, scoring: ratio", "40", 40, 40),
        ("scoring: {method: interpolation, points: [{at: 0, score: 0}, {at: 100, score: 100}]}", "40", 80, 40),
        ("scoring: {method: interpolation, points: [{at: 0%, score: 0}, {at: 100%, score: 100}]}", "40%", 40, 40),
        ("prorated: yes, scoring: {method: tiers, inclusive: upper, tiers: [{to: 40, points: 10}, {from: 40, points: 20}]}", "30", 20, 10),
        ("prorated: yes, scoring: {method: tiers, inclusive: upper, tiers: [{to: 40, points: 10}, {from: 40, points: 20}]}", "20", 10, 10),
        ("scoring: {method: tiers, inclusive: upper, tiers: [{to: 40, points: 10}, {from: 40, points: 20}]}", "30", 10, 10),
        ("scoring: direct", "70", 70, 70),
    ],
)
def test_what_is_reduced_to_half_a_period(make_plan: MakePlan, person: MakePerson, rule: str, actual: str, score: int, whole: int) -> None:
    plan = make_plan(f"proration: target\nindicators: [{{name: 甲, weight: 100%, {rule}}}]\n")
    assert card(plan, replace(person({"甲": actual}), presence=HALF)).exact == score
    assert card(plan, person({"甲": actual})).exact == whole
    unreduced = make_plan(f"proration: none\nindicators: [{{name: 甲, weight: 100%, {rule}}}]\n")
    assert card(unreduced, replace(person({"甲": actual}), presence=HALF)).exact == whole


def test_a_part_of_an_amount_is_exact(person: MakePerson) -> None:
    whole = person({"甲": "100"}).actuals["甲"].value
    assert AmountPart(whole, Fraction(1, 3)).value == Fraction(100, 3)


def test_sides_of_a_transfer_count_by_their_days(make_plan: MakePlan, person: MakePerson) -> None:
    plan = make_plan("indicators: [{name: 甲, weight: 60%}, {name: 乙, weight: 40%}]\n")
    before, after = person({"甲": "90", "乙": "60"}), person({"甲": "60", "乙": "100"})
    scored = card(plan, replace(before, presence=QUARTER), replace(after, presence=REST))
    assert [segment.share for segment in scored.segments] == [Fraction(1, 3), Fraction(2, 3)]
    assert [(line.score, line.weight, line.weighted) for line in scored.lines] == [
        (70, Fraction(3, 5), 42),
        (Fraction(260, 3), Fraction(2, 5), Fraction(104, 3)),
    ]
    assert scored.exact == 42 + Fraction(104, 3)


def test_a_side_that_lacks_an_indicator_leaves_it_to_the_other(make_plan: MakePlan, person: MakePerson) -> None:
    plan = make_plan("missing: exclude\nindicators: [{name: 甲, weight: 60%}, {name: 乙, weight: 40%}]\n")
    scored = card(plan, replace(person({"甲": "90"}), presence=QUARTER), replace(person({"甲": "60", "乙": "100"}), presence=REST))
    first, second = scored.lines
    assert (first.score, first.weight) == (70, Fraction(1, 3) + Fraction(2, 5))
    assert (second.score, second.weight, second.weighted) == (100, Fraction(4, 15), Fraction(80, 3))
    assert scored.exact == 30 + 24 + Fraction(80, 3)


def test_an_indicator_that_both_sides_lack_has_no_score(make_plan: MakePlan, person: MakePerson) -> None:
    plan = make_plan("missing: exclude\nindicators: [{name: 甲, weight: 60%}, {name: 乙, weight: 40%}]\n")
    scored = card(plan, replace(person({"甲": "90"}), presence=HALF), replace(person({"甲": "60"}), presence=REST))
    assert (scored.lines[1].scored, scored.lines[1].score, scored.lines[1].weight) == (None, 0, 0)
    assert scored.exact == 75


@pytest.mark.parametrize(("proration", "coefficient", "steps"), [("coefficient", Fraction(3, 5), 1), ("none", Fraction(6, 5), 0)])
def test_a_coefficient_for_half_a_period(
    make_plan: MakePlan, person: MakePerson, grades: str, proration: str, coefficient: Fraction, steps: int
) -> None:
    plan = make_plan(f"proration: {proration}\nindicators: [{{name: 甲, weight: 100%}}]\n{grades}")
    scored = card(plan, replace(person({"甲": "95"}), presence=HALF))
    assert scored.coefficient == coefficient
    assert [(step.number, step.result) for step in scored.steps if step.stage is Stage.COEFFICIENT] == [
        (Fraction(1, 2), Fraction(3, 5))
    ] * steps


def test_both_sides_of_a_whole_period_reduce_no_coefficient(make_plan: MakePlan, person: MakePerson, grades: str) -> None:
    plan = make_plan(f"proration: coefficient\nindicators: [{{name: 甲, weight: 100%}}]\n{grades}")
    scored = card(plan, replace(person({"甲": "95"}), presence=HALF), replace(person({"甲": "95"}), presence=REST))
    assert scored.coefficient == Fraction(6, 5)
    assert not [step for step in scored.steps if step.stage is Stage.COEFFICIENT]
