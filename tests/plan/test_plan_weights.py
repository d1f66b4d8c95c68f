"""Weights as shares: what they are divided by, and that they make one."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.plan.checks import check_plan
from genplan.plan.load import PlanFile
from genplan.plan.weights import shares, weight_groups

PlanOf = Callable[[str], PlanFile]
FORMS = {"percentages": "{:f}%", "points": "{:f}", "fractions": "{:f}"}

points = st.integers(1, 10_000).map(lambda n: Decimal(n) / 100)


def weighted(*weights: str, more: str = "") -> str:
    rows = [f"  - {{name: 指标{n}, weight: {weight}}}" for n, weight in enumerate(weights)]
    return "\n".join([more, "indicators:", *rows])


def codes(plan: PlanFile) -> list[str]:
    return [d.code for d in check_plan(plan)]


def indicator_shares(plan: PlanFile) -> list[Fraction]:
    return [share.effective for share in shares([i.weight for i in plan.plan.indicators], plan.plan)]


@pytest.mark.parametrize("weights", [("60%", "40%"), ("60", "40"), ("0.6", "0.4"), ("60％", "４０%"), ("60.0", "40.00")])
def test_the_three_ways_to_write_weights(plan_of: PlanOf, weights: tuple[str, ...]) -> None:
    plan = plan_of(weighted(*weights))
    assert codes(plan) == []
    assert indicator_shares(plan) == [Fraction(3, 5), Fraction(2, 5)]


@pytest.mark.parametrize("weights", [("1",), ("100%",), ("100",)])
def test_a_weight_alone(plan_of: PlanOf, weights: tuple[str, ...]) -> None:
    plan = plan_of(weighted(*weights))
    assert codes(plan) == []
    assert indicator_shares(plan) == [Fraction(1)]


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        (("60%", "0.4"), "GP302"),
        (("60%", "40"), "GP302"),
        (("99", "0.5", "0.5"), "GP302"),
        (("99", "1"), None),
        (("0.5", "0.5"), None),
        (("1", "1"), "GP301"),
        (("33.3%", "33.3%", "33.3%"), "GP301"),
        (("0.1",) * 10, None),
        (("100%", "0%"), "GP303"),
    ],
)
def test_what_weights_must_make(plan_of: PlanOf, weights: tuple[str, ...], code: str | None) -> None:
    assert codes(plan_of(weighted(*weights))) == ([code] if code else [])


@given(weights=st.lists(points, min_size=1, max_size=30), form=st.sampled_from(["{:f}%", "{:f}"]))
def test_normalised_shares_make_exactly_one(plan_of: PlanOf, weights: list[Decimal], form: str) -> None:
    plan = plan_of(weighted(*(form.format(w) for w in weights), more="weights: normalize"))
    if "GP302" in codes(plan):
        return  # among points, numbers below 1 look like fractions
    normalised = indicator_shares(plan)
    assert sum(normalised) == 1
    assert [part * Fraction(sum(weights)) for part in normalised] == [Fraction(w) for w in weights]


def test_the_published_scheme(plan_of: PlanOf) -> None:
    weights = ["30%", "30%", "20%", "15%", "10%", "10%", "5%"]
    assert codes(plan_of(weighted(*weights))) == ["GP301"]
    plan = plan_of(weighted(*weights, more="weights: normalize"))
    assert codes(plan) == ["GP305"]
    published = [share.published for share in shares([i.weight for i in plan.plan.indicators], plan.plan)]
    assert sum(part for part in published if part) == Fraction(6, 5)
    scores = [90, 85, 95, 80, 90, 80, 95]
    assert sum(s * w for s, w in zip(scores, indicator_shares(plan), strict=True)) == Fraction("105.25") / Fraction("1.2")


def test_indicators_without_weights_share_their_dimension_equally(plan_of: PlanOf) -> None:
    plan = plan_of("dimensions:\n  - {name: 粉丝, weight: 100%, indicators: [{name: 甲}, {name: 乙}, {name: 丙}]}")
    assert codes(plan) == []
    dimension, indicators = weight_groups(plan)
    assert (dimension.kind, indicators.kind, indicators.name) == ("dimension", "indicator", "粉丝")
    assert [share.effective for share in shares(indicators.weights, plan.plan)] == [Fraction(1, 3)] * 3
