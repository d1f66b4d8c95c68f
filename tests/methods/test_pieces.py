"""What methods have in common: pieces of spreadsheet formulas, amounts in words, and full points of levels without a score."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from genplan.methods.rubric import METHOD, Rubric
from genplan.methods.spreadsheet import chain, decisive, number
from genplan.methods.wording import amount
from genplan.source.quantity import Quantity


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1.50"), "1.50"),
        (Decimal("-1.5"), "(-1.5)"),
        (Decimal("1E+3"), "1000"),
        (Fraction(3), "3"),
        (Fraction(-3), "(-3)"),
        (Fraction(1, 3), "(1/3)"),
        (Fraction(-1, 3), "(-1/3)"),
    ],
)
def test_numbers_of_formulas(value: Decimal | Fraction, text: str) -> None:
    assert number(value) == text


def test_conditions_are_nested_and_decided_without_binary_digits() -> None:
    assert chain([], "0") == "0"
    assert chain([("A1<1", "2"), ("A1<2", "3")], "4") == "IF(A1<1,2,IF(A1<2,3,4))"
    assert decisive("A1/3") == "ROUND(A1/3,10)"


class Words:
    """A language of two words."""

    def label(self, name: str, /, **values: object) -> str:
        return f"{name} {values}"

    def number(self, number: Decimal, /) -> str:
        return f"n{number:f}"

    def percent(self, share: Decimal, /) -> str:
        return f"p{share:f}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Quantity(Decimal(5)), "n5"),
        (Quantity(Decimal("0.05"), percent=True), "p0.05"),
        (Quantity(Decimal("0.05"), points=True), "format.percentage_points {'number': 'n5'}"),
    ],
)
def test_amounts_in_words(value: Quantity, text: str) -> None:
    assert amount(value, Words()) == text


@pytest.mark.parametrize(("levels", "points"), [("AB", 1), ("ABC", 1), ("ABCD", 2), ("ABCDE", 2)])
def test_of_levels_without_a_score_the_one_in_the_middle_is_expected(levels: str, points: int) -> None:
    written = Rubric.model_validate({"levels": list(levels)})
    indicator = SimpleNamespace(scoring=written)
    assert METHOD.full_points(METHOD.with_defaults(written, indicator), indicator) == points
