"""The scoring methods: pure functions from an actual to a score.

Each takes the actual, the target, and the parameters of the plan (`generator/plan/scoring.py`), and stands in `METHODS` under the
method's name. What the plan checks ensure is taken as given: a target above zero where there must be one, a floor below its cap. The rules
and their worked examples: a full score for meeting the target, prorated, between a floor and a cap of attainment.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from generator.plan.scoring import Direct, InverseRatio, InverseVariant, Ratio


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


METHODS: dict[str, Callable[[Fraction, Fraction | None, Any], Scored]] = {
    "direct": direct,
    "ratio": ratio,
    "inverse-ratio": inverse_ratio,
}
