"""Checks of what is reduced for people who were there for part of a period."""

from collections.abc import Iterator

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import msg
from genplan.plan.load import PlanFile
from genplan.plan.model import Proration


def proration_is_clear(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP371: where targets are reduced, an indicator that may be an amount or an average says which it is."""
    if plan.plan.proration is not Proration.TARGET:
        return
    for placed in plan.indicators:
        indicator = placed.indicator
        what = indicator.method.proration_doubt(indicator.rule, indicator) if indicator.prorated is None else None
        if what:
            advice = msg(
                "write `prorated: yes` (是否折算: 是) if it adds up over the period, `prorated: no` (否) if it is an average or a rate"
            )
            message = msg(
                "`{indicator}`: {doubt} for people who were in the position for only part of the period", indicator=placed.key, doubt=what
            )
            yield diagnose("GP371", plan.span(*placed.path), message, help=advice)
