"""Grades from the best down, and the bands of those with bounds: which totals a grade is given for."""

from dataclasses import dataclass
from decimal import Decimal

from genplan.plan.model import Grade, Plan


@dataclass(frozen=True, slots=True)
class PlacedGrade:
    """A grade, where it stands in the plan's list, and its place among the grades from the best down, which is 0."""

    grade: Grade
    index: int
    place: int


@dataclass(frozen=True, slots=True)
class Band(PlacedGrade):
    """A grade with both its bounds. The lower one is included; the upper one is excluded, and None in the highest band without `to`."""

    lower: Decimal
    upper: Decimal | None
    highest: bool

    def holds(self, total: Decimal) -> bool:
        """Return whether a total falls in this band; the highest includes its upper bound."""
        if total < self.lower:
            return False
        return self.upper is None or total < self.upper or (self.highest and total == self.upper)


def bands(plan: Plan) -> tuple[Band, ...]:
    """List the bands from the highest down, leaving out grades without a lower bound, and those that ranks decide on as well."""
    bounded = sorted(
        ((grade.from_, index, grade) for index, grade in enumerate(plan.grades) if grade.from_ is not None and grade.top is None),
        key=lambda row: (-row[0], row[1]),
    )
    better = sum(grade.top is not None for grade in plan.grades)
    result: list[Band] = []
    above: Decimal | None = None
    for place, (lower, index, grade) in enumerate(bounded):
        upper = grade.to if grade.to is not None else above
        result.append(Band(grade, index, better + place, lower, upper, highest=not place))
        above = lower
    return tuple(result)


def are_decided(plan: Plan) -> bool:
    """Return whether people decide the grades: the plan has some, and none of them has a bound."""
    return bool(plan.grades) and all(
        grade.from_ is None and grade.to is None and grade.top is None and grade.when is None for grade in plan.grades
    )


def are_by_rank(plan: Plan) -> bool:
    """Return whether a person's rank decides on a grade of the plan."""
    return any(grade.top is not None for grade in plan.grades)


def ranked_grades(plan: Plan) -> tuple[PlacedGrade, ...]:
    """List the grades from the best down: by their bounds, or as written where people, ranks or rules decide on them."""
    if are_decided(plan) or are_by_rank(plan) or any(grade.when is not None for grade in plan.grades):
        return tuple(PlacedGrade(grade, index, index) for index, grade in enumerate(plan.grades))
    return bands(plan)


def is_below(grade: PlacedGrade, name: str, plan: Plan) -> bool:
    """Return whether a grade ranks below the one of this name; below one that does not exist, or has no rank, ranks nothing."""
    return any(grade.place > other.place for other in ranked_grades(plan) if other.grade.name == name)
