"""Equations read out of the text of a finished document, and computed again from what is printed and nothing else."""

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from agreement import bare

_NUMBER = r"-?\d+(?:\.\d+)?"
_TERM = rf"{_NUMBER}×(?:\d+/\d+|{_NUMBER}%)"
_EQUATION = re.compile(rf"({_TERM}(?:[＋+]{_TERM})*)([＝=≈])({_NUMBER})")
_ROUNDED = re.compile(
    rf"[＝=≈]({_NUMBER})(?:，([^，。]+?)(?:保留|取至小數點後)(\d+)位(?:小数)?，得|,roundedto(\d+)decimalplaces?\(([a-z]+)\):)({_NUMBER})"
)
_MODES = {
    **dict.fromkeys(("四舍五入", "四捨五入", "halvesroundedup"), ROUND_HALF_UP),
    **dict.fromkeys(("四舍六入五成双", "四捨六入五成雙", "halvesroundedtoeven"), ROUND_HALF_EVEN),
    **dict.fromkeys(("舍去尾数", "捨去尾數", "無條件捨去", "roundeddown"), ROUND_DOWN),
}


def _share(text: str) -> Fraction:
    return Fraction(text.removesuffix("%")) / 100 if text.endswith("%") else Fraction(text)


def equations(text: str) -> Iterator[tuple[str, bool]]:
    """Give each weighted sum of a text, and whether it holds: exactly, or where it says “≈” at the precision of its result."""
    for found in _EQUATION.finditer(bare(text)):
        terms, sign, result = found.groups()
        products = (term.split("×") for term in re.split("[＋+]", terms))
        made = sum((Fraction(score) * _share(share) for score, share in products), Fraction(0))
        unit = Fraction(1, 10 ** max(4, len(result.partition(".")[2])))
        yield found[0], made == Fraction(result) if sign in "＝=" else abs(made - Fraction(result)) <= unit / 2


def roundings(text: str) -> Iterator[tuple[str, bool]]:
    """Give each “rounded to so many places: total” of a text, and whether the number before it gives that total."""
    for found in _ROUNDED.finditer(bare(text)):
        number, chinese, of_chinese, of_english, english, total = found.groups()
        unit = Decimal(1).scaleb(-int(of_chinese or of_english))
        yield found[0], Decimal(number).quantize(unit, rounding=_MODES[chinese or english]) == Decimal(total)


def broken(text: str) -> list[str]:
    """List what does not hold."""
    return [said for check in (equations, roundings) for said, holds in check(text) if not holds]
