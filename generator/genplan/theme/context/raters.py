"""The raters of a plan, for templates."""

from typing import Any

from genplan.plan.load import PlanFile
from genplan.plan.model import Gives
from genplan.plan.rater_shares import rater_shares
from genplan.plan.weights import shares
from genplan.theme.context.values import share
from genplan.theme.locale import Locale


def raters_context(plan: PlanFile, locale: Locale) -> list[dict[str, Any]]:
    """List all raters; those of a group with its name and share. None has a share where none is written, nor for reference only."""
    model = plan.plan
    everybody = range(len(model.all_raters))
    parts = rater_shares(model, everybody)
    written = any(rater.weight is not None for rater in model.raters)
    groups = [rater for rater in model.raters for _ in (rater.members or (rater,))]
    among = [rater for rater in model.raters if rater.counted]
    shared = dict(zip(map(id, among), shares([rater.weight for rater in among], model) if among else (), strict=True))
    return [
        {
            "name": rater.name,
            "kind": locale.label(f"rater.{rater.kind.value}"),
            "weight": share(parts[place]) if written and place in parts else None,
            "counts": rater.counted and group.counted,
            "trim": rater.trim,
            "scores": rater.gives is Gives.SCORES,
            "group": group.name if group.members else None,
            "group_weight": share(shared[id(group)].effective) if written and group.members and group.counted else None,
        }
        for place, (rater, group) in enumerate(zip(model.all_raters, groups, strict=True))
    ]
