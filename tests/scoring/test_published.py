"""Published and decided results beside computed ones."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from genplan.diagnostics import Span
from genplan.people.model import Actual, Calibration, Decision, PersonResult, Published
from genplan.plan.load import PlanFile
from genplan.scoring.history import person_history
from genplan.scoring.published_results import alternative_totals, totals_agree
from genplan.scoring.scorecard import Scorecard, score_people
from genplan.source.quantity import Quantity
from genplan.theme.conditions import CONDITIONS

MakePlan = Callable[[str], PlanFile]
MakePerson = Callable[..., PersonResult]

NAMES = ("新增用户数", "用户活跃度", "用户参与度", "内容质量", "用户满意度", "社群活动效果", "品牌曝光度")
CASE = dict(zip(NAMES, ("90", "85", "95", "80", "90", "80", "95"), strict=True))
WEIGHTS = "".join(f"  - {{name: {name}, weight: {weight}%}}\n" for name, weight in zip(NAMES, (30, 30, 20, 15, 10, 10, 5), strict=True))
PUBLISHED = f"weights: normalize\nindicators:\n{WEIGHTS}"
DECIDED = "grades: [{name: 优秀, coefficient: 1.2}, {name: 良好}, {name: 一般}, {name: 不合格, coefficient: 0.5}]\n"
SPAN = Span("results/team.csv", 2)


def scored(plan: PlanFile, *people: PersonResult) -> tuple[tuple[Scorecard, ...], list[str]]:
    cards, found = score_people(plan, people)
    return cards, [d.code for d in found]


def stating(person: PersonResult, total: str = "", grade: str = "") -> PersonResult:
    return replace(
        person,
        published=Published(
            Actual(Quantity(Decimal(total)), total, SPAN) if total else None,
            Actual(grade, grade, SPAN) if grade else None,
        ),
    )


def deciding(person: PersonResult, grade: str, by: str = "考核小组", reason: str = "") -> PersonResult:
    return replace(person, decision=Decision(grade, by, reason, SPAN))


def ranking(person: PersonResult, rank: str) -> PersonResult:
    return replace(person, published=Published(rank=Actual(Quantity(Decimal(rank)), rank, SPAN)))


def test_published_ranks_are_compared(make_plan: MakePlan, person: MakePerson):
    plan = make_plan("indicators: [{name: 增长, weight: 100%}]\n")
    people = [
        ranking(person({"增长": value}, person_id=key), rank) for key, value, rank in (("1", "90", "1"), ("2", "80", "3"), ("3", "80", "2"))
    ]
    _, found = score_people(plan, people)
    assert [(d.code, d.message) for d in found] == [("GP447", "the published rank `3` of `2` differs from the computed 2 of 3")]


def test_the_published_case_follows_from_no_reading(make_plan: MakePlan, person: MakePerson):
    (card,), codes = scored(make_plan(PUBLISHED), stating(person(CASE), "85.5"))
    assert card.total == Decimal("87.71")
    assert codes == ["GP447"]
    assert {reading.name: reading.total for reading in alternative_totals(card.lines)} == {
        "published_weights": Fraction("105.25"),
        "mean": Fraction(615, 7),
    }


def test_weights_that_make_the_whole_are_no_other_reading(make_plan: MakePlan, person: MakePerson):
    plan = make_plan("indicators: [{name: 增长, weight: 60%}, {name: 活跃, weight: 40%}]\n")
    (card,), _ = scored(plan, person({"增长": "90", "活跃": "80"}))
    assert {reading.name: reading.total for reading in alternative_totals(card.lines)} == {"mean": 85}
    plan = make_plan("indicators: [{name: 增长, weight: 50%}, {name: 活跃, weight: 50%}]\n")
    (card,), _ = scored(plan, person({"增长": "90", "活跃": "80"}))
    assert alternative_totals(card.lines) == ()


def test_published_weights_of_dimensions(make_plan: MakePlan, person: MakePerson):
    plan = make_plan(
        "weights: normalize\ndimensions:\n"
        "- {name: 甲, weight: 60%, indicators: [{name: 一, weight: 100%}]}\n"
        "- {name: 乙, weight: 60%, indicators: [{name: 二}, {name: 三}]}\n"
    )
    (card,), _ = scored(plan, person({"一": "90", "二": "80", "三": "60"}))
    found = {reading.name: reading.total for reading in alternative_totals(card.lines)}
    assert found["published_weights"] == Fraction("0.6") * 90 + Fraction("0.6") * 70


@pytest.mark.parametrize(
    ("published", "computed", "agrees"),
    [
        ("87.71", "87.71", True),
        ("87.7100", "87.71", True),
        ("87.7083333333", "87.71", True),
        ("87.7", "87.71", False),
        ("88", "87.71", False),
    ],
)
def test_digits_beyond_those_kept_do_not_count(make_plan: MakePlan, published: str, computed: str, *, agrees: bool):
    assert totals_agree(make_plan(PUBLISHED), Decimal(published), Decimal(computed)) is agrees


def test_a_published_grade_is_compared(make_plan: MakePlan, person: MakePerson, grades: str):
    plan = make_plan(PUBLISHED + grades)
    assert scored(plan, stating(person(CASE), grade="良好"))[1] == []
    assert scored(plan, stating(person(CASE), grade="优秀"))[1] == ["GP447"]


def test_a_decided_grade_beside_a_computed_one_changes_nothing(make_plan: MakePlan, person: MakePerson, grades: str):
    plan = make_plan(PUBLISHED + grades)
    (card,), codes = scored(plan, deciding(person(CASE), "优秀", reason="有突破"))
    assert card.band is not None
    assert (card.band.grade.name, card.coefficient) == ("良好", None)
    assert codes == ["GP447"]
    assert scored(plan, deciding(person(CASE), "优秀"))[1] == ["GP447", "GP448"]
    assert scored(plan, deciding(person(CASE), "良好"))[1] == []


def test_a_decided_grade_is_the_grade_without_bounds(make_plan: MakePlan, person: MakePerson):
    (card,), codes = scored(make_plan(PUBLISHED + DECIDED), deciding(person(CASE), "优秀"))
    assert codes == []
    assert card.band is not None
    assert (card.band.grade.name, card.coefficient, card.total) == ("优秀", Fraction("1.2"), Decimal("87.71"))
    assert [(step.grade, step.name) for step in card.steps if step.grade] == [("优秀", "考核小组")]


def test_without_a_decision_there_is_no_scorecard(make_plan: MakePlan, person: MakePerson):
    """Which is told when results are read."""
    assert scored(make_plan(PUBLISHED + DECIDED), person(CASE)) == ((), [])


def test_a_ceiling_holds_a_decided_grade_down(make_plan: MakePlan, person: MakePerson):
    plan = make_plan(PUBLISHED + DECIDED + "ceilings: [{when: 内容质量.得分 < 85, grade: 一般}]\n")
    (card,), _ = scored(plan, deciding(person(CASE), "优秀"))
    assert card.band is not None
    assert card.band.grade.name == "一般"
    (card,), _ = scored(plan, deciding(person(CASE), "不合格"))
    assert card.band is not None
    assert card.band.grade.name == "不合格"


def test_grades_without_bounds_rank_as_written(make_plan: MakePlan, person: MakePerson):
    plan = make_plan(PUBLISHED + DECIDED + "improvement: {below: 良好}\n")
    people = [deciding(person(CASE, period=f"2026-Q{n}"), grade) for n, grade in enumerate(("良好", "一般", "优秀"), 1)]
    cards, _ = scored(plan, *people)
    assert [CONDITIONS["improvement"](plan, card) for card in cards] == [False, True, False]
    changes = [person_history(card, [other for other in cards if other is not card]) for card in cards[1:]]
    assert [change and change.grade_change for change in changes] == [-1, 1]


def test_what_differs_from_a_calibrated_total_says_so(make_plan: MakePlan, person: MakePerson):
    plan = make_plan("indicators: [{name: 甲, weight: 100%}]\n")
    stated = stating(person({"甲": "85"}), "85")
    calibrated = replace(stated, calibration=Calibration(Decimal(80), None, "委员会", "违纪", SPAN))
    _, (found,) = score_people(plan, [calibrated])
    assert found.message == "the published total 85 of `0007` differs from the calibrated 80"
    _, (found,) = score_people(plan, [stating(person({"甲": "85"}), "80")])
    assert found.message == "the published total 80 of `0007` differs from the computed 85.00"
