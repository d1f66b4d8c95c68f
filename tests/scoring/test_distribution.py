"""Forced distribution: how shares become headcounts, and what is within them."""

from collections.abc import Callable

import pytest

from genplan.people.model import PersonResult
from genplan.plan.load import PlanFile
from genplan.scoring.distribution import QuotaCheck, check_quotas, in_groups, infeasible
from genplan.scoring.scorecard import score_people

MakePlan = Callable[[str], PlanFile]
MakePerson = Callable[..., PersonResult]

PLAN = (
    "indicators: [{{name: 甲, weight: 100%}}]\n"
    "grades: [{{name: 优, from: 90}}, {{name: 良, from: 60}}, {{name: 差, from: 0}}]\n"
    "distribution: {{rounding: {rounding}, quotas: [{{grade: 优, at_most: {most}}}, {{grade: 差, at_least: {least}}}]}}\n"
)


def held(
    make_plan: MakePlan, person: MakePerson, scores: tuple[int, ...], rounding: str, most: str = "30%", least: str = "10%"
) -> tuple[QuotaCheck, ...]:
    plan = make_plan(PLAN.format(rounding=rounding, most=most, least=least))
    cards, found = score_people(plan, [person({"甲": str(score)}, person_id=str(at)) for at, score in enumerate(scores)])
    assert found == []
    assert plan.plan.distribution is not None
    return check_quotas(plan.plan.distribution, cards, [grade.name for grade in plan.plan.grades])


@pytest.mark.parametrize(
    ("rounding", "people", "most", "least"),
    [
        ("down", 5, 1, 0),
        ("half-up", 5, 2, 1),
        ("up", 5, 2, 1),
        ("down", 8, 2, 0),
        ("half-up", 8, 2, 1),
        ("up", 8, 3, 1),
        ("down", 4, 1, 0),
        ("half-up", 4, 1, 0),
        ("up", 4, 2, 1),
        ("down", 10, 3, 1),
        ("half-up", 10, 3, 1),
        ("up", 10, 3, 1),
    ],
)
def test_shares_become_headcounts(make_plan: MakePlan, person: MakePerson, rounding: str, people: int, most: int, least: int) -> None:
    rows = held(make_plan, person, (95,) * people, rounding)
    assert [(row.grade, row.count, row.fewest, row.most) for row in rows] == [
        ("优", people, None, most),
        ("良", 0, None, None),
        ("差", 0, least, None),
    ]


def test_counts_are_held_against_their_limits(make_plan: MakePlan, person: MakePerson) -> None:
    scores = (95, 92, 90, 80, 70, 70, 70, 60, 60, 10)
    assert [row.is_met for row in held(make_plan, person, scores, "down")] == [True, True, True]
    assert [row.is_met for row in held(make_plan, person, (95, *scores[:-1]), "down")] == [False, True, False]


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        (QuotaCheck("优", 2, 1, 3), True),
        (QuotaCheck("优", 1, 1, 3), True),
        (QuotaCheck("优", 3, 1, 3), True),
        (QuotaCheck("优", 0, 1, 3), False),
        (QuotaCheck("优", 4, 1, 3), False),
        (QuotaCheck("优", 0, 0, 0), True),
        (QuotaCheck("优", 1, 0, 0), False),
        (QuotaCheck("优", 9, None, None), True),
    ],
)
def test_limits_are_kept_up_to_themselves(row: QuotaCheck, kept: bool) -> None:  # noqa: FBT001 - of the table
    assert row.is_met == kept


@pytest.mark.parametrize(
    ("rows", "impossible"),
    [
        ([QuotaCheck("优", 2, None, 2), QuotaCheck("差", 2, 2, None)], False),
        ([QuotaCheck("优", 2, 2, None), QuotaCheck("差", 2, 2, None)], False),
        ([QuotaCheck("优", 2, 3, None), QuotaCheck("差", 2, 2, None)], True),
        ([QuotaCheck("优", 2, None, 2), QuotaCheck("差", 2, None, 2)], False),
        ([QuotaCheck("优", 2, None, 1), QuotaCheck("差", 2, None, 2)], True),
        ([QuotaCheck("优", 2, None, 1), QuotaCheck("差", 2, None, None)], False),
        ([QuotaCheck("优", 2, 2, 1), QuotaCheck("差", 2, None, None)], True),
        ([QuotaCheck("优", 2, 1, 1), QuotaCheck("差", 2, None, None)], False),
        ([QuotaCheck("优", 2, 0, 0), QuotaCheck("差", 2, None, 4)], False),
    ],
)
def test_limits_that_nobody_could_keep(rows: list[QuotaCheck], impossible: bool) -> None:  # noqa: FBT001 - of the table
    assert infeasible(rows) == impossible


@pytest.mark.parametrize(("key", "grouped"), [("", False), ("by: plan, ", False), ("by: department, ", True), (None, False)])
def test_limits_hold_for_the_plan_unless_it_says_for_whom(make_plan: MakePlan, key: str | None, grouped: bool) -> None:  # noqa: FBT001 - of the table
    grades = "indicators: [{name: 甲, weight: 100%}]\ngrades: [{name: 优, from: 90}, {name: 差, from: 0}]\n"
    limits = "" if key is None else f"distribution: {{{key}rounding: down, quotas: [{{grade: 优, at_most: 30%}}]}}\n"
    assert in_groups(make_plan(grades + limits)) == grouped
