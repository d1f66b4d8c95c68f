"""The amounts that actuals are compared with: targets, bounds of tiers, points of an interpolation."""

from genplan.methods.method import OWN_TARGET, Amounts
from genplan.plan.model import Indicator
from genplan.plan.units import SHARE, parse_plan_unit
from genplan.source.quantity import Quantity


def _is_percent(text: str) -> bool:
    unit = parse_plan_unit(text)
    return unit is not None and unit.base == SHARE


def comparison_amounts(indicator: Indicator) -> tuple[Quantity, ...]:
    """List the amounts that the scoring method compares an actual with; none where it takes points, words or counts."""
    method = indicator.method
    if not isinstance(method.accepts, Amounts):
        return ()
    marks = (indicator.threshold, indicator.target, indicator.stretch)
    own = (amount for _, amount in method.amounts(indicator.rule))
    return (*(mark for mark in marks if isinstance(mark, Quantity)), *own)


def in_percent(indicator: Indicator) -> bool | None:
    """Return whether actuals are percentages, as what they are compared with; None where that is 0 throughout, which is both."""
    if not isinstance(indicator.method.accepts, Amounts):
        return False
    amounts = comparison_amounts(indicator)
    if indicator.target == OWN_TARGET and indicator.unit and _is_percent(indicator.unit):
        return True
    if any(amount.percent for amount in amounts):
        return True
    return None if amounts and not any(amount.value for amount in amounts) else False
