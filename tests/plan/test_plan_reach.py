"""Between what a plan's totals lie, worked out by hand."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from genplan.plan.load import PlanFile
from genplan.plan.score_range import total_range

PlanOf = Callable[[str], PlanFile]

PER_UNIT = "target: 10, scoring: {method: per-unit, base: 30, points: 2, per: 1, limit: 6, steps: whole}"


@pytest.mark.parametrize(
    ("indicators", "rest", "lowest", "highest"),
    [
        ("[{name: a, weight: 1}]", "", 0, 100),
        ("[{name: a, weight: 1, target: 5, scoring: ratio}]", "", 0, None),
        ("[{name: a, weight: 1, target: 5, scoring: {method: ratio, full: 20, cap: 120%}}]", "", 0, 24),
        ("[{name: a, weight: 1, target: 5, scoring: {method: inverse-ratio, variant: two-minus-ratio}}]", "", 0, 200),
        ("[{name: a, weight: 1, target: 5, scoring: {method: inverse-ratio, variant: two-minus-ratio, cap: 150%}}]", "", 0, 150),
        ("[{name: a, weight: 1, target: 5, scoring: {method: inverse-ratio, variant: target-over-actual, when_zero: 100}}]", "", 0, None),
        (
            "[{name: a, weight: 1, target: 5, scoring: {method: inverse-ratio, variant: target-over-actual, cap: 110%, when_zero: 130}}]",
            "",
            0,
            130,
        ),
        ("[{name: a, weight: 1, scoring: {method: tiers, inclusive: upper, tiers: [{to: 3, points: 15}, {points: -5}]}}]", "", -5, 15),
        ("[{name: a, weight: 1, threshold: 8, target: 5, stretch: 3, scoring: interpolation}]", "", 0, 120),
        (f"[{{name: a, weight: 1, {PER_UNIT}}}]", "", 24, 36),
        ("[{name: a, weight: 1, scoring: {method: deduction, full: 20, points: 2, minimum: 4}}]", "", 4, 20),
        ("[{name: a, weight: 1, target: 0, scoring: {method: pass-fail, full: 60, polarity: lower}}]", "", 0, 60),
        ("[{name: a, weight: 40, bounds: {maximum: 90}}, {name: b, weight: 60}]", "", 0, 96),
        ("[{name: a, weight: 1}]", "bonuses: [{name: x, cap: 5}, {name: y, cap: 3}]\ndeductions: [{name: z, cap: 7}]", -7, 108),
        ("[{name: a, weight: 1}]", "bonuses: [{name: x}]\ndeductions: [{name: z}]", None, None),
        ("[{name: a, weight: 1}]", "bonuses: [{name: x}]\ndeductions: [{name: z}]\ntotal: {minimum: 0, maximum: 120}", 0, 120),
        ("[{name: a, weight: 1, scoring: {method: direct, minimum: 60}}]", "missing: zero", 0, 100),
        ("[{name: a, weight: 40, bounds: {maximum: 90}}, {name: b, weight: 60}]", "missing: exclude", 0, 100),
        ("[{name: a, weight: 1, scoring: {method: direct, minimum: 60}}]", "vetoes: [{name: v}]", 0, 100),
    ],
)
def test_bounds_of_the_total(plan_of: PlanOf, indicators: str, rest: str, lowest: int | None, highest: int | None) -> None:
    reach = total_range(plan_of(f"indicators: {indicators}\n{rest}\n"))
    expected = (None if lowest is None else Fraction(lowest), None if highest is None else Fraction(highest))
    assert (reach.lowest, reach.highest) == expected
