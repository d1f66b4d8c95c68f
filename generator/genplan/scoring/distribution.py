"""Forced distribution: compares the headcount of each grade with its quota. It is reported, and never changes a grade."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from genplan.plan.model import Distribution, Headcount
from genplan.scoring.scorecard import Scorecard

_HEADCOUNTS: dict[Headcount, Callable[[Fraction], int]] = {
    Headcount.DOWN: lambda number: number.numerator // number.denominator,
    Headcount.HALF_UP: lambda number: (number + Fraction(1, 2)).numerator // (number + Fraction(1, 2)).denominator,
    Headcount.UP: lambda number: -(-number.numerator // number.denominator),
}


@dataclass(frozen=True, slots=True)
class QuotaCheck:
    """A grade's headcount beside its limits; a limit the plan does not set is None."""

    grade: str
    count: int
    fewest: int | None
    most: int | None

    @property
    def is_met(self) -> bool:
        """Whether the count is within the limits."""
        return (self.fewest is None or self.count >= self.fewest) and (self.most is None or self.count <= self.most)


def check_quotas(distribution: Distribution, cards: Sequence[Scorecard], grades: Sequence[str]) -> tuple[QuotaCheck, ...]:
    """Compare the headcount of each grade with its limits, in the order of the plan's grades."""
    counts = Counter(card.band.grade.name for card in cards if card.band)
    rounded = _HEADCOUNTS[distribution.rounding]
    quotas = {quota.grade: quota for quota in distribution.quotas}

    def limit(grade: str, which: str) -> int | None:
        part = getattr(quotas.get(grade), which, None)
        return None if part is None else rounded(Fraction(part) * len(cards))

    return tuple(QuotaCheck(grade, counts[grade], limit(grade, "at_least"), limit(grade, "at_most")) for grade in grades)


def infeasible(quota_checks: Sequence[QuotaCheck]) -> bool:
    """Return whether no grading of so many people could keep all limits at once."""
    people = sum(row.count for row in quota_checks)
    fewest = sum(row.fewest or 0 for row in quota_checks)
    most = sum(people if row.most is None else row.most for row in quota_checks)
    crossed = any(row.fewest is not None and row.most is not None and row.fewest > row.most for row in quota_checks)
    return crossed or fewest > people or most < people
