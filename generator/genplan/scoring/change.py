"""A change in points, the base of comparisons between results."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class PointChange:
    """Points before and after."""

    before: Fraction
    after: Fraction

    @property
    def change(self) -> Fraction:
        """What was gained."""
        return self.after - self.before
