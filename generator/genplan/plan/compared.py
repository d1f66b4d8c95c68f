"""What a plan compares an indicator's actuals with: targets, bounds of tiers, points of a line."""

from genplan.plan.model import Indicator
from genplan.plan.quantity import Quantity
from genplan.plan.scoring import Deduction, Direct, Interpolation, Rubric, Tiers


def compared(indicator: Indicator) -> tuple[Quantity, ...]:
    """List the amounts that the scoring method compares an actual with; none where it takes points, words or counts."""
    rule = indicator.method
    if isinstance(rule, Direct | Rubric | Deduction):
        return ()
    marks = (indicator.threshold, indicator.target, indicator.stretch)
    amounts = [mark for mark in marks if isinstance(mark, Quantity)]
    if isinstance(rule, Tiers):
        amounts += [bound for tier in rule.tiers for bound in (tier.from_, tier.to) if bound is not None]
    if isinstance(rule, Interpolation):
        amounts += [point.at for point in rule.points]
    return tuple(amounts)


def in_percent(indicator: Indicator) -> bool | None:
    """Tell whether actuals are percentages, as what they are compared with; None where that is 0 throughout, which is both."""
    rule = indicator.method
    if isinstance(rule, Direct | Rubric | Deduction):
        return False
    amounts = compared(indicator)
    if any(amount.percent for amount in amounts):
        return True
    return None if amounts and not any(amount.value for amount in amounts) else False
