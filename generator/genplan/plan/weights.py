"""Weights as shares: what was written, and what a total is computed with. Exact throughout."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from genplan.plan.load import PlanFile
from genplan.plan.model import Dimension, Indicator, Plan, RaterInGroup, Weight, WeightMode
from genplan.source.yaml import Path


@dataclass(frozen=True, slots=True)
class WeightGroup:
    """Weights that must make 100 % together.

    `kind` is what is weighed (`indicator`, `dimension`, `rater`), `name` the dimension they are inside of, and each member has a name and
    the path to where it stands.
    """

    kind: str
    name: str
    members: tuple[tuple[str, Path, Weight | None], ...]

    @property
    def weights(self) -> tuple[Weight | None, ...]:
        """The weights alone."""
        return tuple(weight for _, _, weight in self.members)

    @property
    def unweighted(self) -> bool:
        """Whether no member has a weight."""
        return all(weight is None for weight in self.weights)


def weight_groups(plan: PlanFile) -> Iterator[WeightGroup]:
    """List the groups of a plan: dimensions, the indicators of each, and raters. Points are no weights."""
    model = plan.plan
    if model.dimensions and not is_points_form(model):
        members = tuple((d.name, ("dimensions", i), d.weight) for i, d in enumerate(model.dimensions))
        yield WeightGroup("dimension", "", members)
    for g, group in enumerate(model.groups):
        base: Path = ("dimensions", g, "indicators") if model.dimensions else ("indicators",)
        if not has_points(group):
            indicators = tuple(
                (indicator.name, (*base, i), indicator.weight) for i, indicator in enumerate(group.indicators) if not indicator.is_left_out
            )
            yield WeightGroup("indicator", group.name, indicators)
    members = tuple((r.name, ("raters", i), r.weight) for i, r in enumerate(model.raters) if r.counted)
    if members:
        yield WeightGroup("rater", "", members)
    for i, rater in enumerate(model.raters):
        inside = tuple((r.name, ("raters", i, "members", j), r.weight) for j, r in enumerate(rater.members) if r.counted)
        if inside:
            yield WeightGroup("rater", rater.name, inside)


def is_points_form(plan: Plan) -> bool:
    """Return whether indicators have points, of which the total is the plain sum."""
    return bool(plan.weights is WeightMode.POINTS)


def has_points(group: Dimension) -> bool:
    """Return whether a group's indicators have points."""
    return any(indicator.points is not None for indicator in group.indicators)


def points_in(group: Dimension) -> Fraction:
    """Add up the points of a group's indicators."""
    return sum((Fraction(indicator.points) for indicator in kept(group) if indicator.points is not None), Fraction(0))


def kept(group: Dimension) -> list[Indicator]:
    """List a group's indicators without those that the person has not, in the plan as it is for one."""
    return [indicator for indicator in group.indicators if not indicator.is_left_out]


def written_weights(plan: Plan) -> list[Weight]:
    """List every weight the plan states."""
    raters = [each for rater in plan.raters for each in (rater, *rater.members)]
    weighted: list[Dimension | Indicator | RaterInGroup] = [*plan.dimensions, *plan.all_indicators, *raters]
    return [item.weight for item in weighted if item.weight is not None]


def divisor(plan: Plan) -> int:
    """Return what a written weight is divided by to be a share: 1 where all are fractions, else 100."""
    weights = written_weights(plan)
    fractions = all(not w.percent and w.number <= 1 for w in weights)
    return 1 if fractions else 100


@dataclass(frozen=True, slots=True)
class Share:
    """A member's part of its group: as published (None where no weight was written), and as computed with."""

    published: Fraction | None
    effective: Fraction


def shares(weights: Sequence[Weight | None], plan: Plan) -> tuple[Share, ...]:
    """Turn a group's weights into shares: equal parts where none was written, divided by their sum under `normalize`.

    The weights must have passed the checks: all written or none, and a sum above zero.
    """
    if all(weight is None for weight in weights):
        return tuple(Share(None, Fraction(1, len(weights))) for _ in weights)
    unit = divisor(plan)
    published = [Fraction(w.number) / unit for w in weights if w is not None]
    total = sum(published) if plan.weights is WeightMode.NORMALIZE else Fraction(1)
    return tuple(Share(part, part / total) for part in published)


def point_shares(points: Sequence[Fraction]) -> tuple[Share, ...]:
    """Turn points into shares of their sum."""
    total = sum(points, Fraction(0))
    return tuple(Share(None, each / total) for each in points)


def indicator_shares(group: Dimension, plan: Plan) -> tuple[Share, ...]:
    """Return the shares of a group's indicators in it, by their weights or points."""
    members = kept(group)
    found = iter(
        point_shares([Fraction(indicator.points or 0) for indicator in members])
        if has_points(group)
        else shares([indicator.weight for indicator in members], plan)
    )
    return tuple(Share(None, Fraction(0)) if indicator.is_left_out else next(found) for indicator in group.indicators)
