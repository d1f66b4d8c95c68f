"""Where people stand among those they are graded with, and which grades by rank they reach."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from genplan.people.model import PersonResult
from genplan.plan.load import PlanFile
from genplan.plan.model import Grade, Plan, QuotaScope, Ties
from genplan.plan.rounding import headcount


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's place in a group: how many have a higher total, how many an equal or higher one (oneself included), of how many."""

    above: int
    through: int
    people: int


def group_of(plan: PlanFile, person: PersonResult) -> str:
    """Name the group whose people a person is graded with; empty where that is everybody of the plan."""
    scope = plan.plan.distribution.by if plan.plan.distribution else QuotaScope.PLAN
    if scope is QuotaScope.PLAN:
        return ""
    return person.group if scope is QuotaScope.GROUP else person.department or plan.plan.department


def standings(plan: PlanFile, totals: Sequence[tuple[PersonResult, Decimal]]) -> list[Standing]:
    """Return where each of the people stands by total in the own group and period."""
    groups = [(person.period.id, group_of(plan, person)) for person, _ in totals]
    counts: dict[tuple[str, str], Counter[Decimal]] = {}
    for group, (_, total) in zip(groups, totals, strict=True):
        counts.setdefault(group, Counter())[total] += 1
    places: dict[tuple[tuple[str, str], Decimal], Standing] = {}
    for group, count in counts.items():
        above, people = 0, count.total()
        for total in sorted(count, reverse=True):
            places[group, total] = Standing(above, above + count[total], people)
            above += count[total]
    return [places[group, total] for group, (_, total) in zip(groups, totals, strict=True)]


def is_reached(plan: Plan, grade: Grade, total: Decimal, standing: Standing) -> bool:
    """Return whether a total and its standing are good enough for a grade, where ranks decide on grades."""
    if grade.from_ is not None and total < grade.from_:
        return False
    if grade.top is None or plan.distribution is None:
        return grade.top is None
    places = headcount(grade.top, standing.people, plan.distribution.rounding)
    return standing.through <= places if plan.distribution.ties is Ties.OUT else standing.above < places
