"""Pieces of formulas.

Spreadsheets compute with binary fractions, and genplan with exact ones. What decides something (a bound, a tie, a whole step) is therefore
first rounded to `DIGITS` places, which takes away the error of the binary digits; a number that truly is less than half of the last of
these places away from a bound would be taken for the bound itself.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

DIGITS = 10


def number(value: Decimal | Fraction) -> str:
    """Write a number; a fraction as a division, to be as exact as the spreadsheet's arithmetic."""
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"({value.numerator}/{value.denominator})"
    text = f"{Decimal(value.numerator) if isinstance(value, Fraction) else value:f}"
    return f"({text})" if text.startswith("-") else text


def decisive(expression: str) -> str:
    """Round away binary floating-point error before a decision."""
    return f"ROUND({expression},{DIGITS})"


def chain(cases: Iterable[tuple[str, str]], otherwise: str) -> str:
    """Write conditions with their results as nested IFs."""
    listed = list(cases)
    return "".join(f"IF({condition},{result}," for condition, result in listed) + otherwise + ")" * len(listed)
