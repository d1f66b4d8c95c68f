"""Exact numbers and their declared rounding.

Arithmetic is on `Fraction`: a decimal has no exact 105.25 ÷ 1.2 or 1 ÷ 3, and an error in a far digit would decide ties when a total is
rounded. Numbers come in as `Decimal` and leave as `Decimal`, rounded once.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from generator.plan.model import RoundingMode

_HALF = Fraction(1, 2)


def _half_up(whole: int, rest: Fraction) -> int:
    return whole + (rest >= _HALF)


def _half_even(whole: int, rest: Fraction) -> int:
    return whole + (rest > _HALF or (rest == _HALF and whole % 2 == 1))


def _down(whole: int, _rest: Fraction) -> int:
    return whole


_MODES: dict[RoundingMode, Callable[[int, Fraction], int]] = {
    RoundingMode.HALF_UP: _half_up,
    RoundingMode.HALF_EVEN: _half_even,
    RoundingMode.DOWN: _down,
}


def round_to(number: Fraction, places: int, mode: RoundingMode = RoundingMode.HALF_UP) -> Decimal:
    """Round to decimal places; the sign is set aside, so that halves go away from zero under `half-up`."""
    scaled = abs(number) * 10**places
    whole = scaled.numerator // scaled.denominator
    units = _MODES[mode](whole, scaled - whole)
    sign = 1 if number < 0 and units else 0
    return Decimal((sign, tuple(int(digit) for digit in str(units)), -places))
