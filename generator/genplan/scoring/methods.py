"""The scoring methods: pure functions from an actual to a score.

Each takes the actual (a number, or a rubric's level), the target, and the parameters of the plan (`genplan/plan/scoring.py`), and stands
in `METHODS` under the method's name. What the plan checks ensure is taken as given: a target above zero where there must be one,
a floor below its cap, tiers without gaps, points in order. The examples are those of the rules as companies write them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any

from genplan.plan.scoring import (
    Better,
    Deduction,
    Direct,
    Inclusive,
    Interpolation,
    InverseRatio,
    InverseVariant,
    PassFail,
    Passing,
    PerUnit,
    Point,
    Ratio,
    Rubric,
    Steps,
    Tier,
    Tiers,
)


class Limit(StrEnum):
    """A bound that decided a score."""

    FLOOR = "floor"
    CAP = "cap"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Scored:
    """A score in points, how much of the target was attained (1 is all of it), and the bound that decided, if one did."""

    score: Fraction
    attainment: Fraction | None = None
    limit: Limit | None = None


def direct(actual: Fraction, _target: Fraction | None, _rule: Direct) -> Scored:
    """The score is what was entered: 90 → 90."""
    return Scored(actual)


def ratio(actual: Fraction, target: Fraction | None, rule: Ratio) -> Scored:
    """Actual ÷ target × full points: 92 of 100 with 20 points → 18.4; 130 % capped at 120 % → 24; 55 % under a floor of 60 % → 0."""
    assert target is not None
    return _bounded(actual / target, rule.full, rule.floor, rule.cap)


def inverse_ratio(actual: Fraction, target: Fraction | None, rule: InverseRatio) -> Scored:
    """Lower is better: 3.6 against a target of 3.0 → 83.33 by target ÷ actual, 80 by 2 − actual ÷ target.

    An actual of zero scores `when_zero` where the variant would divide by it. A score is not below 0.
    """
    assert target is not None
    if rule.variant is InverseVariant.TWO_MINUS_RATIO:
        return _bounded(max(Fraction(0), 2 - actual / target), rule.full, rule.floor, rule.cap)
    if not actual:
        return Scored(Fraction(rule.when_zero or 0), limit=Limit.ZERO)
    return _bounded(target / actual, rule.full, rule.floor, rule.cap)


def _bounded(attainment: Fraction, full: Decimal, floor: Decimal | None, cap: Decimal | None) -> Scored:
    if floor is not None and attainment < Fraction(floor):
        return Scored(Fraction(0), attainment, Limit.FLOOR)
    if cap is not None and attainment > Fraction(cap):
        return Scored(Fraction(cap) * Fraction(full), attainment, Limit.CAP)
    return Scored(attainment * Fraction(full), attainment)


def tiers(actual: Fraction, _target: Fraction | None, rule: Tiers) -> Scored:
    """The points of the band the actual falls in: up to 25 days → 15, up to 30 → 10, more → 0; 27 → 10."""
    return Scored(Fraction(next(tier for tier in rule.tiers if _reaches(tier, actual, rule.inclusive)).points))


def _reaches(tier: Tier, actual: Fraction, inclusive: Inclusive) -> bool:
    """Tell whether a tier's upper bound is not passed; the first tier that reaches so far is the one."""
    if tier.to is None:
        return True
    upper = Fraction(tier.to.value)
    return actual < upper or (actual == upper and inclusive is Inclusive.UPPER)


def interpolation(actual: Fraction, _target: Fraction | None, rule: Interpolation) -> Scored:
    """On the line between two points: 80 → 0, 100 → 100, 120 → 120 gives 95 → 75 and 110 → 110; beyond the outermost points, their score.

    With falling actuals the lower is the better: 8 → 0, 5 → 100, 3 → 120 gives 6.5 → 50 and 4 → 110.
    """
    points = sorted(rule.points, key=lambda point: Fraction(point.at.value))
    first, last = points[0], points[-1]
    if actual <= Fraction(first.at.value):
        return Scored(Fraction(first.score), limit=_edge(first, points, actual))
    if actual >= Fraction(last.at.value):
        return Scored(Fraction(last.score), limit=_edge(last, points, actual))
    low, high = next((a, b) for a, b in pairwise(points) if actual <= Fraction(b.at.value))
    start, end = Fraction(low.at.value), Fraction(high.at.value)
    part = (actual - start) / (end - start)
    return Scored(Fraction(low.score) + part * (Fraction(high.score) - Fraction(low.score)))


def _edge(point: Point, points: list[Point], actual: Fraction) -> Limit | None:
    if actual == Fraction(point.at.value):
        return None
    return Limit.CAP if point.score == max(p.score for p in points) else Limit.FLOOR


def per_unit(actual: Fraction, target: Fraction | None, rule: PerUnit) -> Scored:
    """Base, and points a step off the target: base 30, 1 per 3 %, 6 at most, 1,100 against 1,000 → 33 in whole steps, 33.33 prorated."""
    assert target is not None
    size = Fraction(rule.per.value) * (target if rule.per.percent else 1)
    steps = (actual - target) / size * (1 if rule.better is Better.HIGHER else -1)
    if rule.steps is Steps.WHOLE:
        steps = Fraction(int(steps))
    change, limit = steps * Fraction(rule.points), Fraction(rule.limit)
    bounded = max(-limit, min(limit, change))
    decided = None if bounded == change else Limit.CAP if change > 0 else Limit.FLOOR
    return Scored(Fraction(rule.base) + bounded, actual / target if target else None, decided)


def deduction(actual: Fraction, _target: Fraction | None, rule: Deduction) -> Scored:
    """Full points less so many for each occurrence: 20 less 2 each, 3 times → 14; not below the lowest."""
    score = Fraction(rule.full) - actual * Fraction(rule.points)
    lowest = Fraction(rule.lowest)
    return Scored(lowest, limit=Limit.FLOOR) if score < lowest else Scored(score)


def pass_fail(actual: Fraction, target: Fraction | None, rule: PassFail) -> Scored:
    """Full points where the target is met: no incident wanted, 1 incident → 0."""
    assert target is not None
    met = actual >= target if rule.passes is Passing.AT_LEAST else actual <= target
    return Scored(Fraction(rule.full) if met else Fraction(0))


def rubric(actual: str, _target: Fraction | None, rule: Rubric) -> Scored:
    """The score of the level entered: 合格 → 100."""
    return Scored(Fraction(next(level for level in rule.levels if level.name == actual).score))


METHODS: dict[str, Callable[[Any, Fraction | None, Any], Scored]] = {
    "direct": direct,
    "ratio": ratio,
    "inverse-ratio": inverse_ratio,
    "tiers": tiers,
    "interpolation": interpolation,
    "per-unit": per_unit,
    "deduction": deduction,
    "pass-fail": pass_fail,
    "rubric": rubric,
}
