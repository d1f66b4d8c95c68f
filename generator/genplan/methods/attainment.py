"""Common parts of methods that score attainment: full points, a floor and a cap."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from genplan.methods.checks import in_order
from genplan.methods.method import Fault, IndicatorInfo, Limit, Scored
from genplan.methods.spreadsheet import decisive, number
from genplan.methods.wording import Wording


def bounded(attainment: Fraction, full: Decimal, floor: Decimal | None, cap: Decimal | None) -> Scored:
    """Score an attainment: 0 below the floor, and no more than the cap."""
    if floor is not None and attainment < Fraction(floor):
        return Scored(Fraction(0), attainment, Limit.FLOOR)
    if cap is not None and attainment > Fraction(cap):
        return Scored(Fraction(cap) * Fraction(full), attainment, Limit.CAP)
    return Scored(attainment * Fraction(full), attainment)


def bounded_formula(attainment: str, full: Decimal, floor: Decimal | None, cap: Decimal | None) -> str:
    """Score an attainment in a spreadsheet."""
    capped = attainment if cap is None else f"MIN({attainment},{number(cap)})"
    score = f"{capped}*{number(full)}"
    return score if floor is None else f"IF({decisive(attainment)}<{number(floor)},0,{score})"


def bounds_words(floor: Decimal | None, cap: Decimal | None, wording: Wording) -> list[str]:
    """Describe the effect of the floor and the cap, if given."""
    given = (("floor", floor), ("cap", cap))
    return [wording.label(f"rule.{name}", **{name: wording.percent(share)}) for name, share in given if share is not None]


def full(rule: Any, _indicator: IndicatorInfo) -> Fraction:  # noqa: ANN401 - either of two rules
    """Return the points for meeting the target: `full`, or less if attainment is capped below 100 %."""
    return Fraction(rule.full) * (1 if rule.cap is None else min(Fraction(1), Fraction(rule.cap)))


def floor_below_cap(rule: Any, indicator: IndicatorInfo) -> Iterator[Fault]:  # noqa: ANN401 - as above
    """GP332: the floor is below the cap."""
    yield from in_order(rule, indicator, "floor", "cap")
