"""Pieces of formulas.

Spreadsheets compute with binary fractions, and genplan with exact ones. What decides something (a bound, a tie, a whole step) is therefore
first rounded to `DIGITS` places, which takes away the error of the binary digits; a number that truly is less than half of the last of
these places away from a bound would be taken for the bound itself.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from genplan.plan.model import Bounds, RoundingMode

DIGITS = 10

MISSING, INVALID, UNGRADED = "缺失", "无效", "无等级"
"""What stands in a cell instead of a score or a grade."""


def number(value: Decimal | Fraction) -> str:
    """Write a number; a fraction as a division, so that it is as exact as the spreadsheet computes."""
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"({value.numerator}/{value.denominator})"
    text = f"{Decimal(value.numerator) if isinstance(value, Fraction) else value:f}"
    return f"({text})" if text.startswith("-") else text


def text(value: str) -> str:
    """Write a short text of genplan's own."""
    return '"' + value.replace('"', '""') + '"'


def decisive(expression: str) -> str:
    """Round away the error of binary digits, before something is decided."""
    return f"ROUND({expression},{DIGITS})"


def blank(cell: str) -> str:
    """Tell whether nothing stands in a cell."""
    return f'TRIM({cell})=""'


def within(expression: str, bounds: Bounds) -> str:
    """Keep a number between bounds, the upper one last."""
    if bounds.minimum is not None:
        expression = f"MAX({expression},{number(bounds.minimum)})"
    if bounds.maximum is not None:
        expression = f"MIN({expression},{number(bounds.maximum)})"
    return expression


def rounded(cell: str, places: int, mode: RoundingMode) -> str:
    """Round a cell's number to places, the sign set aside.

    The number is scaled, and what binary digits have added is taken away, before the digit behind is looked at.
    """
    scale = 10**places
    units = f"ROUND(ROUND(ABS({cell}),{DIGITS})*{scale},{DIGITS - places})"
    half = f"ROUND({units}-INT({units}),{DIGITS - places})"
    up = {
        RoundingMode.HALF_UP: f"({half}>=0.5)",
        RoundingMode.HALF_EVEN: f"OR({half}>0.5,AND({half}=0.5,MOD(INT({units}),2)=1))",
        RoundingMode.DOWN: "FALSE",
    }[mode]
    return f"SIGN({cell})*(INT({units})+IF({up},1,0))/{scale}"


def chain(cases: Iterable[tuple[str, str]], otherwise: str) -> str:
    """Write conditions with their results as IFs inside of each other."""
    listed = list(cases)
    return "".join(f"IF({condition},{result}," for condition, result in listed) + otherwise + ")" * len(listed)
