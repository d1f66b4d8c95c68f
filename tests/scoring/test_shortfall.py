"""What a person fell short of: full points by method, unmet indicators, points lost, and what stands out."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from genplan.people.model import PersonResult
from genplan.plan.load import PlanFile
from genplan.scoring.line import Line
from genplan.scoring.scorecard import score_people
from genplan.scoring.shortfall import Cost, full_points, is_unmet, most_costly, points_lost, share_of_full, strengths_and_weaknesses, unmet

MakePlan = Callable[[str], PlanFile]
MakePerson = Callable[..., PersonResult]

INTERPOLATION = "threshold: 80, target: 100, stretch: 120, scoring: interpolation"
TIERS = "scoring: {method: tiers, inclusive: upper, tiers: [{to: 25, points: 15}, {from: 25, to: 30, points: 10}, {from: 30, points: 0}]}"
RUBRIC = "scoring: {method: rubric, levels: [{name: 优秀, score: 120}, {name: 合格, score: 100}, {name: 待改进, score: 70}]}"
PER_UNIT = "target: 1000, scoring: {method: per-unit, base: 30, points: 1, per: 3%, limit: 6, steps: whole"


def lines(make_plan: MakePlan, person: MakePerson, rules: list[str], actuals: list[str], more: str = "") -> tuple[Line, ...]:
    """Score one person on indicators of equal weight, named 1, 2 and so on."""
    rows = "".join(f"  - {{name: 指标{at}, {rule}}}\n" for at, rule in enumerate(rules, 1))
    plan = make_plan(f"{more}dimensions:\n- name: 全部\n  weight: 100%\n  indicators:\n{rows}")
    given = {f"指标{at}": actual for at, actual in enumerate(actuals, 1) if actual}
    (card,), found = score_people(plan, [person(given)])
    assert not found
    return card.lines


@pytest.mark.parametrize(
    ("maximum", "actual", "share"), [("1", "0.5", Fraction(1, 2)), ("0.5", "0.25", Fraction(1, 2)), ("120", "60", Fraction(3, 5))]
)
def test_how_far_a_score_reached_is_its_share_of_full_points(
    make_plan: MakePlan, person: MakePerson, maximum: str, actual: str, share: Fraction
):
    (line,) = lines(make_plan, person, [f"scoring: {{method: direct, maximum: {maximum}}}"], [actual])
    assert share_of_full(line) == share


@pytest.mark.parametrize(
    ("rule", "full"),
    [
        ("scoring: direct", 100),
        ("scoring: {method: direct, maximum: 120}", 100),
        ("scoring: {method: direct, maximum: 10}", 10),
        ("target: 50, scoring: {method: ratio, full: 20, cap: 120%}", 20),
        ("target: 3, scoring: {method: inverse-ratio, variant: target-over-actual, full: 30, when_zero: 40}", 30),
        (TIERS, 15),
        (INTERPOLATION, 100),
        ("scoring: {method: interpolation, points: [{at: 0, score: 0}, {at: 100, score: 60}]}", 60),
        ("target: 50, scoring: {method: interpolation, points: [{at: 0, score: 0}, {at: 100, score: 120}]}", 60),
        (PER_UNIT + "}", 30),
        ("scoring: {method: deduction, full: 20, points: 2}", 20),
        ("target: 0, scoring: {method: pass-fail, full: 5, polarity: lower}", 5),
        (RUBRIC, 100),
        ("scoring: direct, bounds: {maximum: 90}", 90),
    ],
)
def test_full_points(make_plan: MakePlan, rule: str, full: int):
    plan = make_plan(f"indicators:\n  - {{name: 指标, weight: 100%, {rule}}}\n")
    assert full_points(plan.indicators[0].indicator) == full


@pytest.mark.parametrize(
    ("rule", "actual", "fell_short", "lost"),
    [
        ("scoring: direct", "100", False, "0"),
        ("scoring: direct", "99.99", True, "0.01"),
        ("target: 50, scoring: {method: ratio, full: 100}", "50", False, "0"),
        ("target: 50, scoring: {method: ratio, full: 100}", "49.999", True, "0.002"),
        ("target: 50, scoring: {method: ratio, full: 100, floor: 60%}", "20", True, "100"),
        ("target: 50, scoring: {method: ratio, full: 100, cap: 120%}", "90", False, "0"),
        ("target: 50, scoring: {method: ratio, full: 100}, bounds: {minimum: 95}", "45", True, "5"),
        ("target: 8, scoring: {method: inverse-ratio, variant: two-minus-ratio}", "8", False, "0"),
        ("target: 8, scoring: {method: inverse-ratio, variant: two-minus-ratio}", "10", True, "25"),
        ("target: 3, scoring: {method: inverse-ratio, variant: target-over-actual, when_zero: 120}", "0", False, "0"),
        (TIERS, "25", False, "0"),
        (TIERS, "27", True, "5"),
        (INTERPOLATION, "100", False, "0"),
        (INTERPOLATION, "95", True, "25"),
        (PER_UNIT + "}", "1000", False, "0"),
        (PER_UNIT + "}", "990", True, "0"),
        (PER_UNIT + "}", "900", True, "3"),
        (PER_UNIT + ", polarity: lower}", "900", False, "0"),
        (PER_UNIT + ", polarity: lower}", "1100", True, "3"),
        ("scoring: {method: deduction, full: 20, points: 2}", "0", False, "0"),
        ("scoring: {method: deduction, full: 20, points: 2}", "3", True, "6"),
        ("target: 0, scoring: {method: pass-fail, full: 5, polarity: lower}", "0", False, "0"),
        ("target: 0, scoring: {method: pass-fail, full: 5, polarity: lower}", "1", True, "5"),
        (RUBRIC, "优秀", False, "0"),
        (RUBRIC, "合格", False, "0"),
        (RUBRIC, "待改进", True, "30"),
    ],
)
def test_what_is_unmet_and_what_it_costs(make_plan: MakePlan, person: MakePerson, rule: str, actual: str, *, fell_short: bool, lost: str):
    (line,) = lines(make_plan, person, [rule], [actual])
    assert is_unmet(line) is fell_short
    assert points_lost(line) == Fraction(lost)


def test_unmet_lines_go_by_what_they_cost_then_by_their_place(make_plan: MakePlan, person: MakePerson):
    held = lines(make_plan, person, ["scoring: direct"] * 5, ["90", "100", "60", "90", "100"])
    assert unmet(held) == [2, 0, 3]
    assert [points_lost(held[at]) for at in unmet(held)] == [8, 2, 2]


def test_an_indicator_that_is_left_out_is_neither_met_nor_unmet(make_plan: MakePlan, person: MakePerson):
    held = lines(make_plan, person, ["scoring: direct"] * 3, ["90", "", "100"], more="missing: exclude\n")
    assert unmet(held) == [0]
    assert points_lost(held[1]) == 0
    assert strengths_and_weaknesses(held) == ([2], [0])


def test_an_indicator_that_counts_zero_for_want_of_an_actual_is_unmet(make_plan: MakePlan, person: MakePerson):
    held = lines(make_plan, person, ["scoring: direct"] * 2, ["90", ""], more="missing: zero\n")
    assert unmet(held) == [1, 0]
    assert points_lost(held[1]) == 50


@pytest.mark.parametrize(
    ("scores", "strongest", "weakest"),
    [
        ("90", [], []),
        ("90 80", [0], [1]),
        ("80 80", [], []),
        ("80 90 70", [1], [2]),
        ("90 80 70 60 50 40 30", [0, 1, 2], [6, 5, 4]),
        ("90 90 90 90 90 80", [0, 1, 2], [5]),
        ("90 80 80 80 80 80", [0], [1, 2, 3]),
    ],
)
def test_what_stands_out(make_plan: MakePlan, person: MakePerson, scores: str, strongest: list[int], weakest: list[int]):
    held = lines(make_plan, person, ["scoring: direct"] * len(scores.split()), scores.split())
    assert strengths_and_weaknesses(held) == (strongest, weakest)


def test_standing_is_the_share_of_full_points(make_plan: MakePlan, person: MakePerson):
    rules = ["scoring: {method: deduction, full: 20, points: 2}", "scoring: direct"]
    assert strengths_and_weaknesses(lines(make_plan, person, rules, ["1", "89"])) == ([0], [1])


def test_the_published_case_is_to_improve_what_its_conclusion_names(make_plan: MakePlan, person: MakePerson):
    """The source's own conclusion: 用户活跃度 and 内容质量; the two lowest scores, 80 and 80, would be other ones."""
    names = ("新增用户数", "用户活跃度", "用户参与度", "内容质量", "用户满意度", "社群活动效果", "品牌曝光度")
    rows = "".join(f"  - {{name: {name}, weight: {weight}%}}\n" for name, weight in zip(names, (30, 30, 20, 15, 10, 10, 5), strict=True))
    plan = make_plan(f"weights: normalize\nindicators:\n{rows}")
    scores = ("90", "85", "95", "80", "90", "80", "95")
    (card,), _ = score_people(plan, [person(dict(zip(names, scores, strict=True)))])
    strongest, weakest = strengths_and_weaknesses(card.lines)
    assert [names[at] for at in weakest] == ["用户活跃度", "内容质量"]
    assert [points_lost(card.lines[at]) for at in weakest] == [Fraction("3.75"), Fraction("2.5")]
    assert [names[at] for at in strongest] == ["用户参与度", "品牌曝光度", "用户满意度"]


@pytest.mark.parametrize(
    ("lost", "named"),
    [
        ([0, 0, 0], []),
        ([5], []),
        ([5, 5, 5, 5], []),
        ([1, 9], [1]),
        ([1, 5, 4], [1]),
        ([2, 5, 4], [1, 2]),
        ([1, 6, 3], [1]),
        ([10, 9, 8, 7, 1, 1, 1, 1], [0, 1]),
        ([4, 4, 4, 4, 4, 1, 1, 1, 1], [0, 1, 2]),
        ([5, 5, 5, 5, 5, 5, 1, 1, 1, 1, 1, 1], [0, 1, 2]),
    ],
)
def test_points_to_improve_make_half_of_what_was_lost(lost: list[int], named: list[int]):
    assert most_costly([Cost(at, Fraction(points), Fraction(1, 2)) for at, points in enumerate(lost)]) == named


def test_of_equal_costs_the_lower_standing_comes_first():
    held = [Cost(0, Fraction(5), Fraction(9, 10)), Cost(1, Fraction(5), Fraction(8, 10)), Cost(2, Fraction(0), Fraction(1))]
    assert most_costly(held) == [1]


def test_full_points_are_those_that_can_be_had(make_plan: MakePlan):
    plan = make_plan("indicators:\n  - {name: 指标, weight: 100%, target: 50, scoring: {method: ratio, full: 20, cap: 90%}}\n")
    assert full_points(plan.indicators[0].indicator) == 18


def test_who_is_weak_throughout_has_no_strength_below_their_own_mean(make_plan: MakePlan, person: MakePerson):
    """50 of 100 is no strength of somebody whose mean is 55, though it cost little."""
    held = lines(make_plan, person, ["scoring: direct"] * 4, ["55", "52", "68", "45"])
    assert strengths_and_weaknesses(held)[0] == [2]
