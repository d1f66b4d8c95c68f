"""Grade bands: every total gets one grade, or the plan is refused."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.plan.checks import check_plan
from genplan.plan.grades import bands
from genplan.plan.load import PlanFile

PlanOf = Callable[[str], PlanFile]

scores = st.integers(0, 12_000).map(lambda n: Decimal(n) / 100)
rows = st.lists(st.tuples(scores, scores | st.none()), min_size=1, max_size=6)


def graded(*bounds: tuple[Decimal | int | str, Decimal | int | str | None]) -> str:
    written = [f"from: {low}" + (f", to: {high}" if high is not None else "") for low, high in bounds]
    lines = [f"  - {{name: 等级{n}, {row}}}" for n, row in enumerate(written)]
    return "\n".join(["indicators: [{name: 指标, weight: 100%}]", "grades:", *lines])


def codes(plan: PlanFile) -> set[str]:
    return {d.code for d in check_plan(plan)}


def grades_of(plan: PlanFile, total: Decimal) -> list[str]:
    return [band.grade.name for band in bands(plan.plan) if band.holds(total)]


@pytest.mark.parametrize(
    ("total", "grade"),
    [("120", "等级0"), ("90", "等级0"), ("89.99", "等级1"), ("80", "等级1"), ("79.999999", "等级2"), ("0", "等级2")],
)
def test_a_band_holds_its_lower_bound(plan_of: PlanOf, total: str, grade: str) -> None:
    plan = plan_of(graded((90, None), (80, None), (0, None)))
    assert codes(plan) == set()
    assert grades_of(plan, Decimal(total)) == [grade]


def test_the_highest_band_holds_its_upper_bound(plan_of: PlanOf) -> None:
    plan = plan_of(graded((60, 100), (0, 60)))
    assert codes(plan) == set()
    assert grades_of(plan, Decimal(100)) == ["等级0"]
    assert grades_of(plan, Decimal("100.01")) == []
    assert grades_of(plan, Decimal(60)) == ["等级0"]


def test_no_total_falls_between_74_9_and_75(plan_of: PlanOf) -> None:
    assert codes(plan_of(graded((75, 100), (0, "74.9")))) == {"GP310"}
    plan = plan_of(graded((75, None), (0, None)))
    assert grades_of(plan, Decimal("74.91")) == ["等级1"]


_UNREACHABLE = {"GP365", "GP366"}
"""The random bounds lie anywhere, the totals between 0 and 100."""


@given(bounds=rows, total=scores)
def test_grades_that_pass_the_checks_part_the_totals(plan_of: PlanOf, bounds: list, total: Decimal) -> None:
    plan = plan_of(graded(*bounds))
    if codes(plan) - _UNREACHABLE:
        return
    highest, lowest = bands(plan.plan)[0], bands(plan.plan)[-1]
    inside = total >= lowest.lower and (highest.upper is None or total <= highest.upper)
    assert len(grades_of(plan, total)) == int(inside)


@given(starts=st.lists(scores, min_size=1, max_size=6, unique=True), data=st.data())
def test_lower_bounds_alone_always_part_the_totals(plan_of: PlanOf, starts: list[Decimal], data: st.DataObject) -> None:
    plan = plan_of(graded(*((start, None) for start in starts)))
    assert codes(plan) <= _UNREACHABLE
    total = data.draw(scores | st.sampled_from(starts))
    expected = max((start for start in starts if start <= total), default=None)
    assert grades_of(plan, total) == ([] if expected is None else [f"等级{starts.index(expected)}"])
