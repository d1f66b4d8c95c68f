"""Forced distribution: compares the headcount of each grade with its quota. It is reported, and never changes a grade."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from genplan.plan.load import PlanFile
from genplan.plan.model import Distribution, QuotaScope
from genplan.plan.rounding import headcount
from genplan.scoring.scorecard import Scorecard
from genplan.scoring.standing import group_of


@dataclass(frozen=True, slots=True)
class QuotaCheck:
    """A grade's headcount beside its limits; a limit the plan does not set is None. `before` is the headcount without calibrations."""

    grade: str
    count: int
    fewest: int | None
    most: int | None
    before: int = 0

    @property
    def is_met(self) -> bool:
        """Whether the count is within the limits."""
        return (self.fewest is None or self.count >= self.fewest) and (self.most is None or self.count <= self.most)


def check_quotas(distribution: Distribution, cards: Sequence[Scorecard], grades: Sequence[str]) -> tuple[QuotaCheck, ...]:
    """Compare the headcount of each grade with its limits, in the order of the plan's grades."""
    counts = Counter(card.final_band.grade.name for card in cards if card.final_band)
    before = Counter(card.band.grade.name for card in cards if card.band)
    quotas = {quota.grade: quota for quota in distribution.quotas}

    def limit(grade: str, which: str) -> int | None:
        part = getattr(quotas.get(grade), which, None)
        return None if part is None else headcount(part, len(cards), distribution.rounding)

    return tuple(QuotaCheck(grade, counts[grade], limit(grade, "at_least"), limit(grade, "at_most"), before[grade]) for grade in grades)


def in_groups(plan: PlanFile) -> bool:
    """Return whether limits hold in groups of the people, not for the plan."""
    return plan.plan.distribution is not None and plan.plan.distribution.by is not QuotaScope.PLAN


def by_group(plan: PlanFile, cards: Sequence[Scorecard]) -> dict[str, list[Scorecard]]:
    """Part scorecards into the groups that limits hold in, by name; one without a name where they hold for the plan."""
    groups: dict[str, list[Scorecard]] = {}
    for card in cards:
        groups.setdefault(group_of(plan, card.person), []).append(card)
    return groups


def infeasible(quota_checks: Sequence[QuotaCheck]) -> bool:
    """Return whether no grading of so many people could keep all limits at once."""
    people = sum(row.count for row in quota_checks)
    fewest = sum(row.fewest or 0 for row in quota_checks)
    most = sum(people if row.most is None else row.most for row in quota_checks)
    crossed = any(row.fewest is not None and row.most is not None and row.fewest > row.most for row in quota_checks)
    return crossed or fewest > people or most < people
