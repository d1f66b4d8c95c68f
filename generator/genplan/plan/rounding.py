"""Exact numbers and their declared rounding.

Arithmetic is on `Fraction`: a decimal has no exact 105.25 ÷ 1.2 or 1 ÷ 3, and an error in a far digit would decide ties when a total is
rounded. Numbers come in as `Decimal` and leave as `Decimal`, rounded once.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from genplan.plan.model import Headcount, RoundingMode


def _half_up(whole: int, rest: int, divisor: int) -> int:
    return whole + (2 * rest >= divisor)


def _half_even(whole: int, rest: int, divisor: int) -> int:
    return whole + (2 * rest > divisor or (2 * rest == divisor and whole % 2 == 1))


def _down(whole: int, _rest: int, _divisor: int) -> int:
    return whole


_MODES: dict[RoundingMode, Callable[[int, int, int], int]] = {
    RoundingMode.HALF_UP: _half_up,
    RoundingMode.HALF_EVEN: _half_even,
    RoundingMode.DOWN: _down,
}


def round_to(number: Fraction, places: int, mode: RoundingMode = RoundingMode.HALF_UP) -> Decimal:
    """Round to decimal places; the sign is set aside, so that halves go away from zero under `half-up`."""
    numerator, divisor = number.numerator, number.denominator
    whole, rest = divmod(abs(numerator) * 10**places, divisor)
    units = _MODES[mode](whole, rest, divisor)
    return Decimal(f"{'-' if numerator < 0 and units else ''}{units}E-{places}")


_HEADCOUNTS: dict[Headcount, Callable[[Fraction], int]] = {
    Headcount.DOWN: lambda number: number.numerator // number.denominator,
    Headcount.HALF_UP: lambda number: (number + Fraction(1, 2)).numerator // (number + Fraction(1, 2)).denominator,
    Headcount.UP: lambda number: -(-number.numerator // number.denominator),
}


def headcount(share: Decimal, people: int, rounding: Headcount) -> int:
    """Return how many of so many people a share is."""
    return _HEADCOUNTS[rounding](Fraction(share) * people)
