"""Numbers as documents print them, so that what is printed on both sides of an equation makes the same.

A number is printed as it is where it has few decimal places, as a fraction where it is a share without them (1/7), else rounded with as
many places as the equation needs, behind a sign (≈).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from genplan.plan.model import Rounding
from genplan.plan.rounding import round_to
from genplan.theme.locale import plain_number

EXACT_PLACES = 4
"""Places shown, at least, of a number that is not rounded in the calculation."""
SCORE_PLACES = 2
"""Places shown, at least, of scores and weighted scores: how totals are rounded does not matter for them."""
ABOUT = "≈"
_MOST_PLACES = 16
_LARGEST_DIVISOR = 9_999
"""A share with a larger one is printed rounded: nobody reads a fraction of such numbers."""


def score_places(places: int) -> int:
    """Return the places of a score where totals are rounded to `places`."""
    return max(places, SCORE_PLACES)


def exact_number(number: Fraction, places: int = EXACT_PLACES) -> str:
    """Write a number that is not rounded in the calculation, with a sign before it where what is shown of it is rounded."""
    shown = round_to(number, max(EXACT_PLACES, places))
    return plain_number(shown) if shown == number else ABOUT + plain_number(shown)


def places_for(number: Fraction, holds: Callable[[Fraction], bool], least: int = EXACT_PLACES) -> int:
    """Return the fewest places, at least `least`, with which the number as printed does what the number itself does."""
    return next((places for places in range(least, _MOST_PLACES) if holds(Fraction(round_to(number, places)))), _MOST_PLACES)


def places_before_rounding(exact: Fraction, rounding: Rounding) -> int:
    """Return the places of a number that is printed before it is rounded: whoever rounds what is printed gets the same."""
    total = round_to(exact, rounding.places, rounding.mode)
    least = max(EXACT_PLACES, rounding.places)
    return places_for(exact, lambda shown: round_to(shown, rounding.places, rounding.mode) == total, least)


def apportioned(numbers: Sequence[Fraction], places: int, total: Decimal | None = None) -> list[Decimal]:
    """Round numbers so that they add up to `total`, or to their rounded sum: by largest remainder, the first of equal ones.

    Each differs from its number by less than one unit of the last place. Where `total` is further away from their sum than that allows,
    they are rounded each for itself.
    """
    scale = 10**places
    floors = [number * scale // 1 for number in numbers]
    wanted = Fraction(round_to(sum(numbers, Fraction(0)), places) if total is None else total) * scale
    spare = wanted - sum(floors)
    if spare.denominator != 1 or not 0 <= spare <= len(numbers):
        return [round_to(number, places) for number in numbers]
    order = sorted(range(len(numbers)), key=lambda at: floors[at] - numbers[at] * scale)
    raised = set(order[: int(spare)])
    return [Decimal(int(floor) + (at in raised)).scaleb(-places) for at, floor in enumerate(floors)]


@dataclass(frozen=True, slots=True)
class EquationTerm:
    """A score and its weight as printed: a share as a decimal, or as a fraction in text (`1/7`)."""

    score: str
    share: Decimal | str


@dataclass(frozen=True, slots=True)
class Equation:
    """A weighted sum as printed; `about` means that something in it is rounded."""

    terms: tuple[EquationTerm, ...]
    result: str
    about: bool


def weighted_sum(terms: Sequence[tuple[Fraction, Fraction]], places: int) -> Equation:
    """Write the sum of scores times weights, the result with at most `places` decimal places."""
    exact = sum((score * weight for score, weight in terms), Fraction(0))
    result = round_to(exact, places)
    for digits in range(EXACT_PLACES, _MOST_PLACES):
        shown = [(round_to(score, digits), _share(weight, digits)) for score, weight in terms]
        printed = sum((Fraction(score) * Fraction(weight) for score, weight in shown), Fraction(0))
        if round_to(printed, places) == result:
            break
    rounded = any(score != of or Fraction(weight) != by for (score, weight), (of, by) in zip(shown, terms, strict=True))
    return Equation(
        tuple(EquationTerm(plain_number(score), weight) for score, weight in shown), plain_number(result), rounded or result != exact
    )


def _share(share: Fraction, digits: int) -> Decimal | str:
    shown = round_to(share, digits)
    return f"{share.numerator}/{share.denominator}" if shown != share and share.denominator <= _LARGEST_DIVISOR else shown
