"""Checks of what is reduced for people who were there for part of a period."""

from collections.abc import Iterator

from genplan.diagnostics import Diagnostic, diagnose
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Proration
from genplan.plan.quantity import Quantity
from genplan.plan.scoring import InverseRatio, Tiers


def proration_is_clear(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP371: where targets are reduced, an indicator that may be an amount or an average says which it is."""
    if plan.plan.proration is not Proration.TARGET:
        return
    for placed in plan.indicators:
        what = _in_doubt(placed) if placed.indicator.prorated is None else None
        if what:
            advice = "write `prorated: yes` (是否折算: 是) if it adds up over the period, `prorated: no` (否) if it is an average or a rate"
            message = f"`{placed.key}`: {what} for people who were there for part of the period"
            yield diagnose("GP371", plan.span(*placed.path), message, help=advice)


def _in_doubt(placed: PlacedIndicator) -> str | None:
    rule, target = placed.indicator.method, placed.indicator.target
    if isinstance(rule, InverseRatio) and isinstance(target, Quantity) and not target.percent:
        return "its target is reduced"
    if isinstance(rule, Tiers) and not any(tier.to.percent for tier in rule.tiers if tier.to):
        return "the bounds of its tiers are not reduced"
    return None
