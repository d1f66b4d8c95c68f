"""Between which bounds scores and totals can lie, whatever the results are. A bound of None means that there is none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from genplan.plan.load import PlanFile
from genplan.plan.model import Bounds, Indicator, Item, Missing
from genplan.plan.scoring import (
    Deduction,
    Direct,
    Interpolation,
    InverseRatio,
    InverseVariant,
    PassFail,
    PerUnit,
    Ratio,
    Rubric,
    Rule,
    Tiers,
)
from genplan.plan.weighing import weigh

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Reach:
    """The lowest and the highest number of points that can come out."""

    lowest: Fraction | None
    highest: Fraction | None

    def within(self, bounds: Bounds) -> "Reach":
        """Hold both ends within declared bounds."""
        return Reach(_within(self.lowest, bounds, bounds.minimum), _within(self.highest, bounds, bounds.maximum))


def _within(end: Fraction | None, bounds: Bounds, unbounded: Decimal | None) -> Fraction | None:
    """Hold an end within bounds; `unbounded` takes the place of one that has no limit of its own."""
    if end is None:
        return None if unbounded is None else Fraction(unbounded)
    if bounds.minimum is not None:
        end = max(end, Fraction(bounds.minimum))
    return end if bounds.maximum is None else min(end, Fraction(bounds.maximum))


def _direct(rule: Direct) -> Reach:
    return Reach(Fraction(rule.minimum), Fraction(rule.maximum))


def _ratio(rule: Ratio) -> Reach:
    return Reach(_ZERO, None if rule.cap is None else Fraction(rule.cap) * Fraction(rule.full))


def _inverse_ratio(rule: InverseRatio) -> Reach:
    full = Fraction(rule.full)
    if rule.variant is InverseVariant.TWO_MINUS_RATIO:
        best = Fraction(2) if rule.cap is None else min(Fraction(2), Fraction(rule.cap))
        return Reach(_ZERO, best * full)
    if rule.cap is None:
        return Reach(_ZERO, None)
    return Reach(_ZERO, max(Fraction(rule.cap) * full, Fraction(rule.when_zero or 0)))


def _tiers(rule: Tiers) -> Reach:
    return _among(Fraction(tier.points) for tier in rule.tiers)


def _interpolation(rule: Interpolation) -> Reach:
    return _among(Fraction(point.score) for point in rule.points)


def _per_unit(rule: PerUnit) -> Reach:
    return Reach(Fraction(rule.base) - Fraction(rule.limit), Fraction(rule.base) + Fraction(rule.limit))


def _deduction(rule: Deduction) -> Reach:
    return Reach(Fraction(rule.lowest), Fraction(rule.full))


def _pass_fail(rule: PassFail) -> Reach:
    return Reach(_ZERO, Fraction(rule.full))


def _rubric(rule: Rubric) -> Reach:
    return _among(Fraction(level.score) for level in rule.levels)


def _among(scores: Iterable[Fraction]) -> Reach:
    known = sorted(scores)
    return Reach(known[0], known[-1]) if known else Reach(None, None)


_REACHES: dict[type[Rule], Callable[[Any], Reach]] = {
    Direct: _direct,
    Ratio: _ratio,
    InverseRatio: _inverse_ratio,
    Tiers: _tiers,
    Interpolation: _interpolation,
    PerUnit: _per_unit,
    Deduction: _deduction,
    PassFail: _pass_fail,
    Rubric: _rubric,
}


def score_reach(indicator: Indicator) -> Reach:
    """Between what the score of an indicator lies, its own bounds included."""
    rule = indicator.method
    return _REACHES[type(rule)](rule).within(indicator.bounds)


def total_reach(plan: PlanFile) -> Reach:
    """Between what the total lies: the weighted sum, bonus and deduction items, vetoes, and the total's own bounds.

    The plan must have weights that passed their checks.
    """
    model = plan.plan
    lowest, highest = _weighted(plan)
    added, taken = _most(model.bonuses), _most(model.deductions)
    lowest = None if lowest is None or taken is None else lowest - taken
    highest = None if highest is None or added is None else highest + added
    if model.vetoes and lowest is not None:
        lowest = min(lowest, _ZERO)
    return Reach(lowest, highest).within(model.total)


def _weighted(plan: PlanFile) -> tuple[Fraction | None, Fraction | None]:
    """Between what the weighted sum lies. Indicators without an actual score 0, or leave their weight to any of the others."""
    weighed = [(one.weight, score_reach(one.placed.indicator)) for one in weigh(plan)]
    lowest = [(weight, reach.lowest) for weight, reach in weighed]
    highest = [(weight, reach.highest) for weight, reach in weighed]
    if plan.plan.missing is Missing.EXCLUDE:
        lows, highs = [end for _, end in lowest], [end for _, end in highest]
        return (
            None if None in lows else min(end for end in lows if end is not None),
            None if None in highs else max(end for end in highs if end is not None),
        )
    if plan.plan.missing is Missing.ZERO:
        lowest = [(weight, end if end is None else min(end, _ZERO)) for weight, end in lowest]
    return _sum(lowest), _sum(highest)


def _sum(parts: Iterable[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    total = _ZERO
    for weight, end in parts:
        if end is None:
            return None
        total += weight * end
    return total


def _most(items: tuple[Item, ...]) -> Fraction | None:
    """The most points that items can come to together."""
    return None if any(item.cap is None for item in items) else sum((Fraction(item.cap or 0) for item in items), _ZERO)
