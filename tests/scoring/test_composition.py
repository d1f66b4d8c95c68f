"""Every stage between the weighted sum and the coefficient, with what it did."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from genplan.diagnostics import Span
from genplan.methods import METHODS
from genplan.methods.deduction import Deduction
from genplan.methods.method import Limit
from genplan.methods.per_unit import PerUnit
from genplan.people.model import Calibration, PersonResult
from genplan.plan.load import PlanFile
from genplan.scoring.composition import Stage
from genplan.scoring.scorecard import Scorecard, score_people

MakePlan = Callable[[str], PlanFile]
MakePerson = Callable[..., PersonResult]

PLAN = """\
indicators: [{name: 甲, weight: 100%, scoring: {method: direct, maximum: 120}}]
bonuses: [{name: 创新, points: 2, cap: 5}]
deductions: [{name: 迟到, points: 1.5}]
vetoes: [{name: 事故}, {name: 投诉, effect: cap, cap: 60}]
total: {minimum: 10, maximum: 100}
ceilings: [{when: 甲.得分 < 85, grade: 良}]
grades: [{name: 优, from: 80, coefficient: 1.2}, {name: 良, from: 60, coefficient: 1}, {name: 差, from: 0}]
"""


@pytest.fixture
def scored(make_plan: MakePlan, person: MakePerson) -> Callable[..., Scorecard]:
    def score(actual: str, items: dict[str, str] | None = None, vetoes: tuple[str, ...] = ()) -> Scorecard:
        one = replace(
            person({"甲": actual}), items=person(items or {}).actuals, vetoes={name: Span("results/team.csv", 2) for name in vetoes}
        )
        (card,), found = score_people(make_plan(PLAN), [one])
        assert found == []
        return card

    return score


def steps(card: Scorecard) -> list[tuple]:
    """Each step in brief, without the sum at the beginning and the rounding and the grade that every card has."""
    every = {Stage.SUM, Stage.ROUNDING, Stage.GRADE}
    return [(step.stage, step.name, step.number, step.result, step.capped) for step in card.steps if step.stage not in every]


@pytest.mark.parametrize(
    ("actual", "items", "vetoes", "expected", "end"),
    [
        ("90", {}, (), [], (90, "优")),
        ("90", {"创新": "2"}, (), [(Stage.BONUS, "创新", 4, 94, False)], (94, "优")),
        ("90", {"创新": "2.5"}, (), [(Stage.BONUS, "创新", 5, 95, False)], (95, "优")),
        ("90", {"创新": "3"}, (), [(Stage.BONUS, "创新", 5, 95, True)], (95, "优")),
        ("90", {"迟到": "2"}, (), [(Stage.DEDUCTION, "迟到", -3, 87, False)], (87, "优")),
        ("90", {"迟到": "2", "创新": "1"}, (), [(Stage.BONUS, "创新", 2, 92, False), (Stage.DEDUCTION, "迟到", -3, 89, False)], (89, "优")),
        ("90", {"创新": "0"}, (), [], (90, "优")),
        ("98", {"创新": "1"}, (), [(Stage.BONUS, "创新", 2, 100, False)], (100, "优")),
        ("99", {"创新": "1"}, (), [(Stage.BONUS, "创新", 2, 101, False), (Stage.BOUNDS, "", None, 100, True)], (100, "优")),
        ("90", {}, ("投诉",), [(Stage.VETO, "投诉", None, 60, False)], (60, "良")),
        ("50", {}, ("投诉",), [(Stage.VETO, "投诉", None, 50, False)], (50, "差")),
        ("90", {}, ("事故",), [(Stage.VETO, "事故", None, 0, False), (Stage.BOUNDS, "", None, 10, True)], (10, "差")),
        ("10", {}, (), [], (10, "差")),
        ("84", {}, (), [(Stage.CEILING, "", None, None, False)], (84, "良")),
        ("85", {}, (), [], (85, "优")),
        ("70", {}, (), [], (70, "良")),
    ],
)
def test_stages_tell_what_they_did(
    scored: Callable[..., Scorecard],
    actual: str,
    items: dict[str, str],
    vetoes: tuple[str, ...],
    expected: list[tuple],
    end: tuple[int, str],
) -> None:
    total, grade = end
    card = scored(actual, items, vetoes)
    assert steps(card) == expected
    assert card.steps[0].result == Fraction(actual)
    assert (card.exact, card.total) == (total, total)
    assert card.band is not None
    assert card.band.grade.name == grade
    assert card.coefficient == {"优": Fraction(6, 5), "良": 1, "差": None}[grade]


@pytest.mark.parametrize(("count", "score", "limit"), [("9", 2, None), ("10", 0, None), ("11", 0, Limit.FLOOR)])
def test_a_deduction_to_its_lowest_is_not_beyond_it(make_plan: MakePlan, count: str, score: int, limit: Limit | None) -> None:
    rule = make_plan("indicators: [{name: 甲, weight: 100%, scoring: {method: deduction, full: 20, points: 2}}]\n").indicators[0]
    assert isinstance(rule.indicator.rule, Deduction)
    made = METHODS["deduction"].score(Fraction(count), None, rule.indicator.rule)
    assert (made.score, made.limit) == (score, limit)


@pytest.mark.parametrize(
    ("actual", "change", "limit"), [("12", "0.5", Limit.CAP), ("8", "-0.5", Limit.FLOOR), ("10", "0", None), ("11", "0.4", None)]
)
def test_points_a_step_are_limited_on_either_side(make_plan: MakePlan, actual: str, change: str, limit: Limit | None) -> None:
    lines = "target: 10, scoring: {method: per-unit, base: 30, points: 0.4, per: 1, limit: 0.5, steps: whole}"
    rule = make_plan(f"indicators: [{{name: 甲, weight: 100%, {lines}}}]\n").indicators[0].indicator.rule
    assert isinstance(rule, PerUnit)
    made = METHODS["per-unit"].score(Fraction(actual), Fraction(10), rule)
    assert (made.score, made.limit) == (30 + Fraction(change), limit)


@pytest.mark.parametrize(("actual", "edge"), [("40", "差"), ("110", "优")])
def test_a_total_outside_all_grades_is_told_at_the_nearest(make_plan: MakePlan, person: MakePerson, actual: str, edge: str) -> None:
    grades = "grades: [{name: 优, from: 80, to: 100}, {name: 差, from: 50}]\n"
    plan = make_plan("indicators: [{name: 甲, weight: 100%, scoring: {method: direct, maximum: 120}}]\n" + grades)
    cards, (problem,) = score_people(plan, [person({"甲": actual})])
    assert (cards, problem.code, problem.label) == ((), "GP422", edge)


@pytest.mark.parametrize("total", ["40", "110"])
def test_a_calibrated_total_outside_all_grades_is_refused(make_plan: MakePlan, person: MakePerson, total: str) -> None:
    grades = "grades: [{name: 优, from: 80, to: 100}, {name: 差, from: 50}]\n"
    plan = make_plan("indicators: [{name: 甲, weight: 100%, scoring: {method: direct, maximum: 120}}]\n" + grades)
    span = Span("results/team.csv", 2)
    calibrated = replace(person({"甲": "60"}), calibration=Calibration(Decimal(total), None, "委员会", "违纪", span))
    cards, (problem,) = score_people(plan, [calibrated])
    assert cards == ()
    assert (problem.code, problem.message) == ("GP451", f"the calibrated total {total} of `0007` is outside all grades of the plan")
    assert problem.help == "write a total that has a grade (from 50 to 100), or widen the lowest or highest grade"


def test_a_calibrated_grade_is_a_step_with_who_gave_it_and_why(make_plan: MakePlan, person: MakePerson) -> None:
    plan = make_plan("indicators: [{name: 甲, weight: 100%}]\ngrades: [{name: 优, from: 80}, {name: 差, from: 0}]\n")
    calibrated = replace(person({"甲": "85"}), calibration=Calibration(None, "差", "委员会", "违纪", Span("results/team.csv", 2)))
    (card,), found = score_people(plan, [calibrated])
    assert found == []
    (step,) = [step for step in card.steps if step.stage is Stage.FINAL_GRADE]
    assert (step.grade, step.name, step.reason) == ("差", "委员会", "违纪")
