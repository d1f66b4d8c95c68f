"""The share of the total that each indicator carries."""

from dataclasses import dataclass, field
from fractions import Fraction

from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.weights import Share, shares


@dataclass(frozen=True, slots=True)
class WeightedIndicator:
    """An indicator with its share in its group, and its group's share of the total (1 in a plan without dimensions)."""

    placed: PlacedIndicator
    in_group: Share
    group: Share
    weight: Fraction = field(init=False)
    """Share of the total, as computed with."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "weight", self.in_group.effective * self.group.effective)


_WHOLE = Share(None, Fraction(1))


def is_weighted(plan: PlanFile) -> bool:
    """Return whether the plan gives weights, so that a total can be computed."""
    groups = plan.plan.groups
    members = groups if plan.plan.dimensions else plan.plan.all_indicators
    return bool(members) and all(member.weight is not None for member in members)


def unweighted(plan: PlanFile) -> tuple[WeightedIndicator, ...]:
    """Return the indicators of a plan without weights, each of which counts nothing: what was reached can be determined all the same."""
    nothing = Share(None, Fraction(0))
    return tuple(WeightedIndicator(placed, nothing, _WHOLE) for placed in plan.indicators)


def weigh_indicators(plan: PlanFile) -> tuple[WeightedIndicator, ...]:
    """Weigh the indicators of a plan that passed its checks; empty where it gives no weights."""
    if not is_weighted(plan):
        return ()
    model = plan.plan
    groups = shares([d.weight for d in model.dimensions], model) if model.dimensions else (_WHOLE,)
    placed = iter(plan.indicators)
    return tuple(
        WeightedIndicator(next(placed), in_group, of_total)
        for group, of_total in zip(model.groups, groups, strict=True)
        for in_group in shares([i.weight for i in group.indicators], model)
    )
