"""Sharing an amount out to the last cent, by largest remainder (Hamilton's method)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def largest_remainder(amount: Decimal, shares: Sequence[Fraction], places: int) -> list[Decimal]:
    """Share out an amount of so many places in proportion, so that the parts make it exactly.

    Everybody gets their part rounded down; what is left goes, one unit of the last place each, to those of whom most was cut off, and among
    equals to the first.
    """
    scale, whole = 10**places, sum(shares, Fraction(0))
    if not whole:
        return [Decimal(0).scaleb(-places) for _ in shares]
    units = Fraction(amount) * scale
    exact = [units * share / whole for share in shares]
    floors = [part.numerator // part.denominator for part in exact]
    left = int(units) - sum(floors)
    first = sorted(range(len(shares)), key=lambda at: (floors[at] - exact[at], at))[:left]
    return [Decimal(floor + (at in first)).scaleb(-places) for at, floor in enumerate(floors)]
