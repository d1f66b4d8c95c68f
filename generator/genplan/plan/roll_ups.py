"""The indicators of a plan that sum up another plan's totals."""

from genplan.methods.roll_up import RollUp
from genplan.plan.load import PlacedIndicator, PlanFile


def roll_ups(plan: PlanFile) -> list[tuple[PlacedIndicator, RollUp]]:
    """List these indicators with their rules."""
    return [(placed, placed.indicator.rule) for placed in plan.indicators if isinstance(placed.indicator.rule, RollUp)]


def takes_people_from_totals(plan: PlanFile) -> bool:
    """Return whether the people are those with totals: the plan sums up others in a period, and names no results of its own."""
    return bool(roll_ups(plan)) and not plan.plan.results and plan.plan.period is not None


def has_results(plan: PlanFile) -> bool:
    """Return whether a plan has results: its own, or those that it sums up."""
    return bool(plan.plan.results) or takes_people_from_totals(plan)
