"""What units reached from period to period, for the reports on them."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from genplan.people.model import PersonResult
from genplan.plan.load import PlanFile
from genplan.plan.periods import parse_period
from genplan.scoring.scorecard import score_people
from genplan.scoring.unit_progress import Direction, UnitPeriod, movement, unit_periods

MakePlan = Callable[[str], PlanFile]
MakePerson = Callable[..., PersonResult]

PLAN = """\
indicators:
  - {name: 增长, weight: 50%, target: 100, scoring: ratio}
  - {name: 投诉, weight: 30%, target: 5, scoring: {method: pass-fail, full: 100, polarity: lower}}
  - {name: 评价, weight: 20%, target: 90}
"""


@pytest.fixture
def history(make_plan: MakePlan, person: MakePerson) -> Callable[..., list[list[UnitPeriod]]]:
    """Give what units reached up to a period; a row is a period, a unit and its actuals in the order of the plan."""

    def make(period: str, *rows: tuple[str, str, tuple[str, ...]], lines: str = PLAN) -> list[list[UnitPeriod]]:
        plan = make_plan(lines)
        names = [placed.key for placed in plan.indicators]
        people = [person({n: a for n, a in zip(names, actuals, strict=True) if a}, unit, when) for when, unit, actuals in rows]
        cards, _ = score_people(plan, people)
        asked = parse_period(period)
        assert asked is not None
        return unit_periods(plan, people, cards, asked)

    return make


def named(found: list[list[UnitPeriod]]) -> list[list[tuple[str, str]]]:
    return [[(each.unit.id, each.period.id) for each in unit] for unit in found]


def test_periods_of_one_kind_up_to_the_one_asked_for(history: Callable) -> None:
    given = ("90", "5", "90")
    rows = [(p, "甲群", given) for p in ("2026-05", "2026-06", "2026-Q1", "2026-04", "2026-07")]
    found = history("2026-06", *rows, ("2026-06", "乙群", given), ("2026-04", "丙群", given))
    assert named(found) == [[("甲群", "2026-04"), ("甲群", "2026-05"), ("甲群", "2026-06")], [("乙群", "2026-06")]]


def test_a_plan_without_weights_has_no_cards(history: Callable) -> None:
    lines = "assessed_unit: 社群\nindicators: [{name: 增长, target: 100, scoring: ratio}, {name: 评价}]\n"
    rows = [("2026-05", "甲群", ("50", "80")), ("2026-06", "甲群", ("150", "")), ("2026-06", "乙群", ("50", "80"))]
    found = history("2026-06", *rows, lines=f"missing: exclude\n{lines}")
    assert named(found) == [[("甲群", "2026-05"), ("甲群", "2026-06")], [("乙群", "2026-06")]]
    assert all(each.card is None for unit in found for each in unit)
    assert [each.attainment for each in found[0]] == [Fraction(1, 2), Fraction(3, 2)]
    strict = history("2026-06", *rows, lines=f"missing: error\n{lines}")
    assert named(strict) == [[("乙群", "2026-06")]]


def test_a_unit_whose_values_cannot_be_used_is_left_out(make_plan: MakePlan, person: MakePerson) -> None:
    plan = make_plan("assessed_unit: 社群\nindicators: [{name: 增长, target: 100, scoring: ratio}]\n")
    sound, spoilt = person({"增长": "50"}, "甲群"), person({"增长": "50"}, "乙群", unusable=frozenset({"评价"}))
    assert named(unit_periods(plan, [sound, spoilt], [], sound.period)) == [[("甲群", "2026-Q3")]]


def test_what_is_held_against_its_target(history: Callable) -> None:
    ((one,),) = history("2026-Q3", ("2026-Q3", "甲群", ("90", "5", "80")))
    assert [line.weighed.placed.key for line in one.counted] == ["增长", "投诉", "评价"]
    assert [line.weighed.placed.key for line in one.targeted] == ["增长", "投诉"]
    assert [line.weighed.placed.key for line in one.unmet] == ["增长"]
    assert one.attainment == Fraction(9, 10)
    ((other,),) = history("2026-Q3", ("2026-Q3", "甲群", ("", "6", "80")), lines=f"missing: exclude\n{PLAN}")
    assert [line.weighed.placed.key for line in other.counted] == ["投诉", "评价"]
    assert [line.weighed.placed.key for line in other.unmet] == ["投诉"]
    assert other.attainment is None


@pytest.mark.parametrize(
    ("key", "actuals", "expected"),
    [
        ("增长", ("50", "70", "90"), (20, Direction.UP, 2, True)),
        ("增长", ("90", "70", "80"), (10, Direction.UP, 1, True)),
        ("增长", ("70", "90", "80", "60"), (-20, Direction.DOWN, 2, False)),
        ("增长", ("70", "90", "90"), (0, Direction.SAME, 1, None)),
        ("增长", ("90", "90", "90"), (0, Direction.SAME, 2, None)),
        ("增长", ("50", "", "70", "90"), (20, Direction.UP, 1, True)),
        ("投诉", ("5", "4", "2"), (-2, Direction.DOWN, 2, True)),
        ("投诉", ("2", "4"), (2, Direction.UP, 1, False)),
    ],
)
def test_movements(history: Callable, key: str, actuals: tuple[str, ...], expected: tuple[int, Direction, int, bool | None]) -> None:
    months = [f"2026-{month:02}" for month in range(1, len(actuals) + 1)]
    at = {"增长": 0, "投诉": 1}[key]
    rows = [
        (month, "甲群", tuple(actual if place == at else "1" for place in range(3))) for month, actual in zip(months, actuals, strict=True)
    ]
    (unit,) = history(months[-1], *rows, lines=f"missing: exclude\n{PLAN}")
    moved = movement([each.lines[at] for each in unit])
    assert moved is not None
    assert (moved.change, moved.direction, moved.steps, moved.better, moved.percent) == (*expected, False)


def test_percentages_move_by_shares_and_only_beside_percentages(history: Callable) -> None:
    rows = [("2026-01", "甲群", ("50%",)), ("2026-02", "甲群", ("75%",)), ("2026-03", "甲群", ("80",))]
    (unit,) = history("2026-03", *rows, lines="indicators: [{name: 增长, weight: 100%, target: 80%, scoring: ratio}]\n")
    lines = [each.lines[0] for each in unit]
    moved = movement(lines[:2])
    assert moved is not None
    assert (moved.change, moved.percent) == (Fraction(1, 4), True)
    assert movement(lines) is None
    assert movement(lines[:1]) is None
    assert movement([]) is None
    assert movement([lines[0], None]) is None
    assert movement([None, lines[0]]) is None
    assert movement([None, lines[0], lines[1]]) == moved


def test_exact_actuals_move_exactly(history: Callable) -> None:
    rows = [("2026-01", "甲群", ("1",)), ("2026-02", "甲群", ("2",))]
    (unit,) = history("2026-02", *rows, lines="indicators: [{name: 增长, weight: 100%, target: 3, scoring: ratio}]\n")
    first, second = (each.lines[0] for each in unit)
    assert second.actual is not None
    computed = replace(second, actual=replace(second.actual, exact=Fraction(7, 3)))
    moved = movement([first, computed])
    assert moved is not None
    assert moved.change == Fraction(4, 3)
