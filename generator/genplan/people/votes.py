"""Columns of votes: how many raters chose each level of an indicator."""

from genplan.methods.method import Levels
from genplan.plan.load import PlacedIndicator, PlanFile


def vote_columns(plan: PlanFile) -> dict[str, tuple[PlacedIndicator, str]]:
    """Map the name of every column of votes to the indicator and the level that the votes are for: where raters choose levels."""
    levels = [(placed, takes) for placed in plan.indicators if isinstance(takes := placed.indicator.method.accepts, Levels)]
    named = ((placed, level) for placed, takes in levels for level, _ in takes.levels(placed.indicator.rule))
    return {f"{placed.key}/{level}": (placed, level) for placed, level in named} if plan.plan.raters else {}
