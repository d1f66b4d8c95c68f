"""Full points of methods that do not name them."""

from decimal import Decimal
from fractions import Fraction

_USUAL = Fraction(100)
"""Points above are for more than what was wanted."""


def at_most_usual(*scores: Decimal) -> Fraction:
    """Return the highest of the scores that can be had, or 100 where it is higher."""
    return min(_USUAL, max(Fraction(score) for score in scores))
