"""The range of scores and totals that a plan can produce, whatever the results are. None means unbounded."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from genplan.methods.method import ScoreRange
from genplan.plan.indicator_weights import WeightedIndicator, weigh_indicators
from genplan.plan.load import PlanFile
from genplan.plan.model import Bounds, Indicator, Item, Missing

_ZERO = Fraction(0)


def within(range_: ScoreRange, bounds: Bounds) -> ScoreRange:
    """Hold both ends within declared bounds."""
    return ScoreRange(_within(range_.lowest, bounds, bounds.minimum), _within(range_.highest, bounds, bounds.maximum))


def _within(end: Fraction | None, bounds: Bounds, unbounded: Decimal | None) -> Fraction | None:
    """Hold an end within bounds; `unbounded` takes the place of one that has no limit of its own."""
    if end is None:
        return None if unbounded is None else Fraction(unbounded)
    if bounds.minimum is not None:
        end = max(end, Fraction(bounds.minimum))
    return end if bounds.maximum is None else min(end, Fraction(bounds.maximum))


def score_range(indicator: Indicator) -> ScoreRange:
    """Return the range of an indicator's score, after its own bounds."""
    return within(indicator.method.score_range(indicator.rule), indicator.bounds)


def total_range(plan: PlanFile) -> ScoreRange:
    """Return the range of the total: the weighted sum, bonus and deduction items, vetoes, and the total's own bounds.

    The plan must have weights that passed their checks.
    """
    model = plan.plan
    lowest, highest = _weighted(plan)
    added, taken = _most(model.bonuses), _most(model.deductions)
    lowest = None if lowest is None or taken is None else lowest - taken
    highest = None if highest is None or added is None else highest + added
    if model.vetoes and lowest is not None:
        lowest = min(lowest, _ZERO)
    return within(ScoreRange(lowest, highest), model.total)


def _weighted(plan: PlanFile) -> tuple[Fraction | None, Fraction | None]:
    """Between what the weighted sum lies. Indicators without an actual score 0, or leave their weight to any of the others."""
    weighted = [(each, _limited(score_range(each.placed.indicator), each.placed.indicator)) for each in weigh_indicators(plan)]
    lowest = [(each.weight, reachable.lowest) for each, reachable in weighted]
    highest = [(each.weight, reachable.highest) for each, reachable in weighted]
    if plan.plan.missing is Missing.EXCLUDE:
        lows = [_alone(each, reachable.lowest) for each, reachable in weighted]
        highs = [_alone(each, reachable.highest) for each, reachable in weighted]
        return (
            None if None in lows else min(end for end in lows if end is not None),
            None if None in highs else max(end for end in highs if end is not None),
        )
    if plan.plan.missing is Missing.ZERO:
        lowest = [(weight, end if end is None else min(end, _ZERO)) for weight, end in lowest]
    return _sum(lowest), _sum(highest)


def _limited(reachable: ScoreRange, indicator: Indicator) -> ScoreRange:
    """Return the range of a score that another indicator may limit, down to its own lower bound, or 0."""
    if indicator.cap_by is None or reachable.lowest is None:
        return reachable
    return ScoreRange(min(reachable.lowest, Fraction(indicator.bounds.minimum or 0)), reachable.highest)


def _alone(each: WeightedIndicator, score: Fraction | None) -> Fraction | None:
    """Give the total where no other indicator has an actual."""
    return None if score is None or not each.share else score * each.weight / each.share


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
