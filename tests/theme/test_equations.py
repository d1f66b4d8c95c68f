"""Equations as documents print them: what is printed on both sides makes the same."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.plan.model import Rounding, RoundingMode
from genplan.plan.rounding import round_to
from genplan.theme.context.equations import apportioned, exact_number, places_before_rounding, weighted_sum

SCORES = st.fractions(min_value=0, max_value=200, max_denominator=997)
WEIGHTS = st.lists(st.integers(1, 997), min_size=1, max_size=30).map(lambda parts: [Fraction(part, sum(parts)) for part in parts])


def number(text: str) -> Fraction:
    return Fraction(text.removeprefix("≈"))


def test_parts_make_their_total() -> None:
    assert apportioned([Fraction("95.5") / 7] * 7, 2, Decimal("95.50")) == [Decimal("13.65")] * 2 + [Decimal("13.64")] * 5
    assert apportioned([Fraction(1, 3)] * 3, 4) == [Decimal("0.3334"), Decimal("0.3333"), Decimal("0.3333")]
    assert apportioned([Fraction("-1.005"), Fraction("2.005")], 2) == [Decimal("-1.00"), Decimal("2.00")]
    assert apportioned([], 2) == []


def test_parts_far_from_a_total_are_rounded_each() -> None:
    assert apportioned([Fraction("1.005"), Fraction(2)], 2, Decimal(5)) == [Decimal("1.01"), Decimal("2.00")]


@given(st.lists(st.fractions(min_value=-200, max_value=200), max_size=40), st.integers(0, 6))
def test_parts_add_up_and_are_near(numbers: list[Fraction], places: int) -> None:
    parts = apportioned(numbers, places)
    assert sum(parts) == round_to(sum(numbers, Fraction(0)), places)
    assert all(abs(Fraction(part) - exact) < Fraction(1, 10**places) for part, exact in zip(parts, numbers, strict=True))


@pytest.mark.parametrize(
    ("terms", "printed", "about"),
    [
        ([("95.5", "1/7")] * 7, "95.5×1/7 " * 7 + "= 95.5", False),
        ([("82.5", "0.5"), ("80.5", "0.5")], "82.5×0.5000 80.5×0.5000 = 81.5", False),
        ([("9200/77", "0.6"), ("6010/77", "0.4")], "119.4805×0.6000 78.0519×0.4000 = 102.9091", True),
    ],
)
def test_sums(terms: list[tuple[str, str]], printed: str, about: bool) -> None:  # noqa: FBT001 - a column of the table
    made = weighted_sum([(Fraction(score), Fraction(weight)) for score, weight in terms], 4)
    assert " ".join(f"{term.score}×{term.share}" for term in made.terms) + f" = {made.result}" == printed
    assert made.about is about


@given(st.data(), WEIGHTS, st.integers(4, 6))
def test_a_printed_sum_holds(data: st.DataObject, weights: list[Fraction], places: int) -> None:
    made = weighted_sum([(data.draw(SCORES), weight) for weight in weights], places)
    printed = sum((number(term.score) * Fraction(term.share) for term in made.terms), Fraction(0))
    assert round_to(printed, places) == Decimal(made.result)
    assert made.about or printed == Fraction(made.result)


@given(st.fractions(min_value=0, max_value=200), st.integers(0, 4), st.sampled_from(RoundingMode))
def test_a_number_printed_before_it_is_rounded_gives_the_same(exact: Fraction, places: int, mode: RoundingMode) -> None:
    shown = exact_number(exact, places_before_rounding(exact, Rounding(places=places, mode=mode)))
    assert re.fullmatch(r"≈?\d+(\.\d+)?", shown)
    assert round_to(number(shown), places, mode) == round_to(exact, places, mode)
    assert shown.startswith("≈") or number(shown) == exact
