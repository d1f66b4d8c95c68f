"""Grades by rank: how many of a group get the grade of its top share, and what becomes of equal totals."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.people.model import PersonResult
from genplan.plan.load import PlanFile
from genplan.scoring.standing import Standing, is_reached, standings

FRONT = """\
indicators: [{{name: 产量, weight: 100%}}]
grades: [{{name: 优秀, top: {top}, from: 60}}, {{name: 合格}}]
distribution: {{rounding: {rounding}, ties: {ties}}}
"""


@pytest.mark.parametrize(
    ("top", "rounding", "ties", "totals", "excellent"),
    [
        ("15%", "down", "in", [99, 98, 97, 96, 95, 94, 93, 92, 91, 90], [99]),  # 1.5 → 1
        ("15%", "half-up", "in", [99, 98, 97, 96, 95, 94, 93, 92, 91, 90], [99, 98]),  # 1.5 → 2
        ("50%", "down", "in", [90, 80, 80, 70], [90, 80, 80]),  # two equal on both sides of the limit
        ("50%", "down", "out", [90, 80, 80, 70], [90]),
        ("50%", "down", "out", [90, 90, 80, 70], [90, 90]),  # equal, but on one side
        ("50%", "down", "in", [59, 58, 57, 56], []),  # nobody has the 60 points that the grade also asks for
        ("100%", "down", "out", [70, 60, 59.99], [70, 60]),
        ("10%", "down", "in", [90, 80], []),  # 0.2 → 0
    ],
)
def test_the_top_share(
    make_plan: Callable[[str], PlanFile], top: str, rounding: str, ties: str, totals: list[float], excellent: list[float]
):
    plan = make_plan(FRONT.format(top=top, rounding=rounding, ties=ties)).plan
    exact = [Decimal(str(total)) for total in totals]
    placed = [Standing(sum(o > total for o in exact), sum(o >= total for o in exact), len(exact)) for total in exact]
    reached = [total for total, standing in zip(exact, placed, strict=True) if is_reached(plan, plan.grades[0], total, standing)]
    assert reached == [Decimal(str(total)) for total in excellent]


@given(rows=st.lists(st.tuples(st.sampled_from(["甲组", "乙组", "丙组"]), st.integers(0, 9)), max_size=12))
def test_standings_count_the_own_group(
    make_plan: Callable[[str], PlanFile], person: Callable[..., PersonResult], rows: list[tuple[str, int]]
):
    plan = make_plan(FRONT.format(top="10%", rounding="down", ties="in, by: group"))
    people = [(replace(person({}), group=group), Decimal(total)) for group, total in rows]
    for (group, total), standing in zip(rows, standings(plan, people), strict=True):
        others = [other for of, other in rows if of == group]
        assert standing == Standing(sum(o > total for o in others), sum(o >= total for o in others), len(others))
