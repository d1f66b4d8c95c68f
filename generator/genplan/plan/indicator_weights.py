"""The share of the total that each indicator carries."""

from dataclasses import dataclass, field
from fractions import Fraction

from genplan.plan.level_rules import is_unnumbered
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Plan
from genplan.plan.weights import Share, indicator_shares, is_points_form, point_shares, points_in, shares


@dataclass(frozen=True, slots=True)
class WeightedIndicator:
    """An indicator with its share in its group, and its group's share of the total (1 in a plan without dimensions)."""

    placed: PlacedIndicator
    in_group: Share
    group: Share
    share: Fraction = field(init=False)
    """Share of the total, as computed with; in a points form, of all points."""
    weight: Fraction = field(init=False)
    """What its score is multiplied by: the share, or 1 in a points form."""

    def __post_init__(self) -> None:
        in_group = Fraction(1) if self.placed.indicator.points is not None else self.in_group.effective
        group = Fraction(1) if self.placed.dimension.weight is None and self.placed.indicator.points is not None else self.group.effective
        object.__setattr__(self, "share", self.in_group.effective * self.group.effective)
        object.__setattr__(self, "weight", in_group * group)


_WHOLE = Share(None, Fraction(1))


def is_weighted(plan: PlanFile) -> bool:
    """Return whether the plan gives weights or points, so that a total can be computed."""
    if is_unnumbered(plan.plan):
        return True
    if is_points_form(plan.plan):
        return bool(plan.plan.all_indicators) and all(each.points is not None for each in plan.plan.all_indicators)
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
    placed = iter(plan.indicators)
    return tuple(
        WeightedIndicator(next(placed), in_group, of_total)
        for group, of_total in zip(model.groups, _group_shares(model), strict=True)
        for in_group in indicator_shares(group, model)
    )


def _group_shares(model: Plan) -> tuple[Share, ...]:
    if not model.dimensions:
        return (_WHOLE,)
    return (
        point_shares([points_in(group) for group in model.groups])
        if is_points_form(model)
        else shares([group.weight for group in model.dimensions], model)
    )
