"""Conditions that a kind of document may set: it is made only for the people of whom its condition holds."""

from collections.abc import Callable

from genplan.plan.grades import is_below
from genplan.plan.load import PlanFile
from genplan.scoring.scorecard import Scorecard


def _improvement(plan: PlanFile, card: Scorecard) -> bool:
    """Return whether the grade the person got in the end, after vetoes and ceilings, is below the one the plan names."""
    declared = plan.plan.improvement
    return declared is not None and card.final_band is not None and is_below(card.final_band, declared.below, plan.plan)


CONDITIONS: dict[str, Callable[[PlanFile, Scorecard], bool]] = {"improvement": _improvement}
"""What `only` in a kind's header may say."""
