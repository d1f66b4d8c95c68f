"""Rounding is exact: what `decimal` says of a decimal, and no digit is lost before it."""

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.plan.model import RoundingMode
from genplan.plan.rounding import round_to

MODES = {
    RoundingMode.HALF_UP: decimal.ROUND_HALF_UP,
    RoundingMode.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    RoundingMode.DOWN: decimal.ROUND_DOWN,
}


@pytest.mark.parametrize(
    ("number", "mode", "rounded"),
    [
        ("2.675", RoundingMode.HALF_UP, "2.68"),
        ("-2.675", RoundingMode.HALF_UP, "-2.68"),
        ("2.665", RoundingMode.HALF_EVEN, "2.66"),
        ("2.675", RoundingMode.HALF_EVEN, "2.68"),
        ("-2.665", RoundingMode.HALF_EVEN, "-2.66"),
        ("2.679", RoundingMode.DOWN, "2.67"),
        ("-2.679", RoundingMode.DOWN, "-2.67"),
        ("0.004", RoundingMode.HALF_UP, "0.00"),
        ("-0.004", RoundingMode.HALF_UP, "0.00"),
        ("99.995", RoundingMode.HALF_UP, "100.00"),
    ],
)
def test_ties(number: str, mode: RoundingMode, rounded: str):
    assert str(round_to(Fraction(number), 2, mode)) == rounded


def test_what_a_float_gets_wrong():
    assert round_to(Fraction(Decimal("1.005")), 2) == Decimal("1.01")
    assert round_to(Fraction("105.25") / Fraction("1.2"), 2) == Decimal("87.71")


def test_no_digit_is_lost_however_far_it_stands():
    just_below = Fraction(1, 2) - Fraction(1, 10**60)
    assert round_to(just_below, 0) == 0
    assert round_to(Fraction(1, 2), 0) == 1


@given(
    number=st.decimals(min_value=-(10**9), max_value=10**9, places=8),
    places=st.integers(min_value=0, max_value=6),
    mode=st.sampled_from(list(RoundingMode)),
)
def test_agrees_with_decimal(number: Decimal, places: int, mode: RoundingMode):
    expected = number.quantize(Decimal(1).scaleb(-places), MODES[mode])
    rounded = round_to(Fraction(number), places, mode)
    assert rounded == expected
    assert rounded.as_tuple().exponent == -places
    assert not (rounded == 0 and rounded.is_signed())


@given(number=st.fractions(min_value=-1000, max_value=1000), places=st.integers(min_value=0, max_value=6))
def test_is_never_further_than_half_a_unit(number: Fraction, places: int):
    assert abs(Fraction(round_to(number, places)) - number) <= Fraction(1, 2 * 10**places)
