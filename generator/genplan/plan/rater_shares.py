"""What share of a score each rater has, who is there and who is not."""

from collections.abc import Collection
from fractions import Fraction

from genplan.plan.model import Plan, Rater, RaterInGroup
from genplan.plan.weights import shares


def rater_shares(plan: Plan, heard: Collection[int]) -> dict[int, Fraction]:
    """Give the share of each rater among those that are there (`heard`), by their place among all raters of the plan.

    The weight of one who is not there goes to the others of their group, and that of a group without anybody to the other groups. Raters
    for reference only have no share.
    """
    groups: list[tuple[Rater, list[tuple[int, RaterInGroup]]]] = []
    place = 0
    for rater in plan.raters:
        members = list(enumerate(rater.members or (rater,), place))
        place += len(members)
        counted = [(at, each) for at, each in members if each.counted and at in heard]
        if rater.counted:
            groups.append((rater, counted))
    outer = _among(plan, [rater for rater, _ in groups], [bool(counted) for _, counted in groups])
    found: dict[int, Fraction] = {}
    for (rater, counted), share in zip(groups, outer, strict=True):
        whole = [each for each in rater.members if each.counted] or [rater]
        present = [each for _, each in counted]
        inner = dict(zip(map(id, whole), _among(plan, whole, [any(each is other for other in present) for each in whole]), strict=True))
        found |= {at: share * inner[id(each)] for at, each in counted}
    return found


def _among(plan: Plan, raters: list[RaterInGroup] | list[Rater], there: list[bool]) -> list[Fraction]:
    """Share the whole among those who are there, in proportion to their weights."""
    if not any(there):
        return [Fraction(0) for _ in raters]
    weights = [part.effective if here else Fraction(0) for part, here in zip(shares([r.weight for r in raters], plan), there, strict=True)]
    return [weight / sum(weights, Fraction(0)) for weight in weights]
