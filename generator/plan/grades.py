"""Grade bands: which totals a grade is given for."""

from dataclasses import dataclass
from decimal import Decimal

from generator.plan.model import Grade, Plan


@dataclass(frozen=True, slots=True)
class Band:
    """A grade with both its bounds. The lower one is included; the upper one is excluded, and None in the highest band without `to`."""

    grade: Grade
    index: int
    lower: Decimal
    upper: Decimal | None
    highest: bool

    def holds(self, total: Decimal) -> bool:
        """Tell whether a total falls in this band; the highest includes its upper bound."""
        if total < self.lower:
            return False
        return self.upper is None or total < self.upper or (self.highest and total == self.upper)


def bands(plan: Plan) -> tuple[Band, ...]:
    """List the bands from the highest down, leaving out grades without a lower bound."""
    bounded = sorted(
        ((grade.from_, index, grade) for index, grade in enumerate(plan.grades) if grade.from_ is not None),
        key=lambda row: (-row[0], row[1]),
    )
    result: list[Band] = []
    above: Decimal | None = None
    for lower, index, grade in bounded:
        upper = grade.to if grade.to is not None else above
        result.append(Band(grade, index, lower, upper, highest=not result))
        above = lower
    return tuple(result)


def is_below(band: Band, name: str, plan: Plan) -> bool:
    """Tell whether a band lies below the grade of this name; below one that does not exist or has no bounds lies nothing."""
    return any(band.lower < other.lower for other in bands(plan) if other.grade.name == name)
