"""Checks shared by several methods, and how they show amounts."""

from collections.abc import Iterator

from genplan.messages import msg
from genplan.methods.method import Fault, IndicatorInfo
from genplan.methods.parameters import RuleModel
from genplan.source.quantity import EXACT, Quantity


def in_order(rule: RuleModel, indicator: IndicatorInfo, low: str, high: str) -> Iterator[Fault]:
    """GP332: one of a rule's bounds is below the other."""
    lower, upper = getattr(rule, low), getattr(rule, high)
    if lower is not None and upper is not None and lower >= upper:
        message = msg("`{low}` of `{indicator}` is not below its `{high}`", low=low, indicator=indicator.name, high=high)
        yield Fault("GP332", ("scoring", low), message, msg("swap the two"))


def target_above_zero(_rule: RuleModel, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP331: a target used as a divisor is above zero."""
    if isinstance(indicator.target, Quantity) and indicator.target.value <= 0:
        message = msg("the target of `{indicator}` is not above zero, so the score cannot be computed", indicator=indicator.name)
        yield Fault("GP331", ("target",), message, msg("state a target above zero"))


def shown(amount: Quantity) -> str:
    """Show an amount in a message."""
    return f"{amount.written.normalize(EXACT):f}{'%' if amount.percent else 'pp' if amount.points else ''}"
