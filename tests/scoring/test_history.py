"""Results of several periods side by side."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from genplan.people.model import PersonResult
from genplan.plan.load import PlanFile
from genplan.plan.periods import dated_period
from genplan.scoring.history import person_history, team_history
from genplan.scoring.scorecard import Scorecard, score_people

NAMES = ("增长", "活跃", "协作", "内容")
LINES = "missing: exclude\nindicators: [" + ", ".join(f"{{name: {name}, weight: 25%}}" for name in NAMES) + "]\n"

MakePlan = Callable[[str], PlanFile]
MakePerson = Callable[..., PersonResult]


@pytest.fixture
def plan(make_plan: MakePlan, grades: str) -> PlanFile:
    return make_plan(LINES + grades)


@pytest.fixture
def scored(plan: PlanFile, person: MakePerson) -> Callable[..., tuple[Scorecard, ...]]:
    """Score rows of (period, id, scores, department); a score of None is missing."""

    def make(*rows: tuple[str, str, tuple[str | None, ...], str]) -> tuple[Scorecard, ...]:
        people = [
            replace(
                person({name: score for name, score in zip(NAMES, scores, strict=True) if score}, person_id=id_, period=period),
                department=at,
            )
            for period, id_, scores, at in rows
        ]
        cards, found = score_people(plan, people)
        assert not found
        return cards

    return make


def row(period: str, person_id: str, *scores: str | None, department: str = "一部") -> tuple[str, str, tuple[str | None, ...], str]:
    return period, person_id, scores, department


def moved(history) -> list[tuple[str, Fraction]]:
    assert history is not None
    return [(shift.placed.key, shift.change) for shift in history.shifts]


def test_person_against_the_last_period(scored):
    cards = scored(
        row("2026-Q3", "7", "90", "90", "90", "90"),
        row("2026-Q1", "7", "60", "60", "60", "60"),
        row("2026-Q2", "7", "80", "95", "90", "89.5"),
    )
    history = person_history(cards[0], cards)
    assert history is not None
    assert [card.person.period.id for card in history.cards] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert history.change == Decimal("90.00") - Decimal("88.63")
    assert history.grade_change == 1
    assert moved(history) == [("增长", 10), ("活跃", -5), ("内容", Fraction(1, 2))]


def test_no_earlier_period_of_the_person(scored):
    cards = scored(row("2026-Q2", "8", "80", "80", "80", "80"), row("2026-Q3", "7", "90", "90", "90", "90"))
    assert person_history(cards[1], cards) is None
    assert person_history(cards[0], cards) is None, "a later period is no history"


def test_a_gap_is_bridged(scored):
    cards = scored(
        row("2025-Q3", "7", "80", "80", "80", "80"), row("2026-Q3", "7", "70", "70", "70", "70"), row("2026-Q2", "8", *["80"] * 4)
    )
    history = person_history(cards[1], cards)
    assert history is not None
    assert (history.change, history.grade_change) == (Decimal("-10.00"), -1)


def test_at_most_three_and_equal_changes_in_the_order_of_the_plan(scored):
    cards = scored(row("2026-Q2", "7", "80", "80", "80", "80"), row("2026-Q3", "7", "82", "78", "82", "78"))
    history = person_history(cards[1], cards)
    assert moved(history) == [("增长", 2), ("活跃", -2), ("协作", 2)]
    assert history.grade_change == 0
    assert history.change == 0


def test_what_does_not_count_is_not_compared(scored):
    cards = scored(row("2026-Q2", "7", None, "80", "80", "80"), row("2026-Q3", "7", "10", "80", None, "81"))
    assert moved(person_history(cards[1], cards)) == [("内容", 1)]


def test_no_grades(make_plan: MakePlan, person: MakePerson):
    people = [person(dict.fromkeys(NAMES, "80"), period=period) for period in ("2026-Q2", "2026-Q3")]
    cards, _ = score_people(make_plan(LINES), people)
    history = person_history(cards[1], cards)
    assert history is not None
    assert history.grade_change is None


@pytest.mark.parametrize(("earlier", "now"), [("2026", "2026-Q3"), ("2026-Q3", "2026"), ("2026-H2", "2026-Q3"), ("2026-Q3", "2026-H2")])
def test_periods_that_overlap_are_not_compared(scored, earlier: str, now: str):
    cards = scored(row(earlier, "7", "80", "80", "80", "80"), row(now, "7", "90", "90", "90", "90"))
    assert person_history(cards[1], cards) is None
    assert team_history(cards, cards[1].person.period, "社群运营部") is None


def test_dated_periods(plan: PlanFile, person: MakePerson):
    project = dated_period(date(2026, 5, 1), date(2026, 6, 30), "春季项目")
    people = [replace(person(dict.fromkeys(NAMES, "80")), period=project), person(dict.fromkeys(NAMES, "90"))]
    cards, _ = score_people(plan, people)
    history = person_history(cards[1], cards)
    assert history is not None
    assert history.cards[0].person.period.name == "春季项目"


def test_team_by_department(scored):
    cards = scored(
        row("2026-Q2", "1", "80", "80", "80", "80"),
        row("2026-Q2", "2", "90", "90", "90", "91", department="二部"),
        row("2026-Q3", "3", "90", "80", "80", "80"),
        row("2026-Q3", "4", "70", "80", "80", "80", department=""),
        row("2026-Q3", "5", "80", "80", "80", "81", department="三部"),
        row("2026-Q4", "5", "10", "10", "10", "10"),
    )
    history = team_history(cards, cards[2].person.period, "一部")
    assert history is not None
    assert [team.period.id for team in history.periods] == ["2026-Q2", "2026-Q3"]
    before, now = history.periods
    assert {name: (held.count, held.mean) for name, held in before.departments.items()} == {"一部": (1, 80), "二部": (1, Fraction("90.25"))}
    assert {name: (held.count, held.mean) for name, held in now.departments.items()} == {"一部": (2, 80), "三部": (1, Fraction("80.25"))}
    assert history.change == Fraction("240.25") / 3 - Fraction("170.25") / 2
    assert moved(history) == [("内容", Fraction(241, 3) - Fraction("85.5")), ("增长", -5), ("活跃", -5)]


def test_team_without_an_earlier_period(scored):
    cards = scored(row("2026-Q3", "1", "80", "80", "80", "80"), row("2026-Q4", "1", "90", "90", "90", "90"))
    assert team_history(cards, cards[0].person.period, "一部") is None
    assert team_history(cards[:1], cards[1].person.period, "一部") is None, "nobody in the period itself"
