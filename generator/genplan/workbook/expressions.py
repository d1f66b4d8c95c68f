"""Pieces of formulas that know of the plan, beside those of `genplan/methods/spreadsheet.py`."""

from genplan.methods.spreadsheet import DIGITS, number
from genplan.plan.model import Bounds, Headcount, RoundingMode
from genplan.workbook.layout import NO, YES

MISSING, INVALID, UNGRADED = "缺失", "无效", "无等级"
"""What stands in a cell instead of a score or a grade."""


def text(value: str) -> str:
    """Write a short text of genplan's own."""
    return '"' + value.replace('"', '""') + '"'


def blank(cell: str) -> str:
    """Return whether nothing stands in a cell."""
    return f'TRIM({cell})=""'


def within(expression: str, bounds: Bounds) -> str:
    """Keep a number between bounds, the upper one last."""
    if bounds.minimum is not None:
        expression = f"MAX({expression},{number(bounds.minimum)})"
    if bounds.maximum is not None:
        expression = f"MIN({expression},{number(bounds.maximum)})"
    return expression


def rounded(cell: str, places: int, mode: RoundingMode, digits: int = DIGITS) -> str:
    """Round a cell's number to places, the sign set aside.

    The number is scaled, and what binary digits have added is taken away, before the digit behind is looked at.
    """
    scale = 10**places
    units = f"ROUND(ROUND(ABS({cell}),{digits})*{scale},{digits - places})"
    half = f"ROUND({units}-INT({units}),{digits - places})"
    up = {
        RoundingMode.HALF_UP: f"({half}>=0.5)",
        RoundingMode.HALF_EVEN: f"OR({half}>0.5,AND({half}=0.5,MOD(INT({units}),2)=1))",
        RoundingMode.DOWN: "FALSE",
    }[mode]
    return f"SIGN({cell})*(INT({units})+IF({up},1,0))/{scale}"


def headcount(share: str, people: str, rounding: Headcount) -> str:
    """Return how many of so many people a share is."""
    exact = f"ROUND({share}*{people},{DIGITS})"
    return {Headcount.DOWN: f"INT({exact})", Headcount.HALF_UP: f"INT({exact}+0.5)", Headcount.UP: f"-INT(-{exact})"}[rounding]


def is_number(cell: str) -> str:
    """Return whether a cell is empty or holds a number."""
    return f"OR({blank(cell)},ISNUMBER({cell}))"


def is_count(cell: str) -> str:
    """Return whether a cell is empty or holds a number of occurrences."""
    return f"OR({blank(cell)},IF(ISNUMBER({cell}),{cell}>=0,FALSE))"


def occurred(cell: str) -> str:
    """Return whether a cell says that something occurred."""
    return f'IF(ISNUMBER({cell}),{cell}>0,OR(TRIM({cell})="{YES}",TRIM({cell})="有"))'


def usable(cell: str) -> str:
    """Return whether a cell says whether something occurred."""
    words = ",".join(f'TRIM({cell})="{word}"' for word in ("", YES, NO, "有", "无"))
    return f"IF(ISNUMBER({cell}),{cell}>=0,OR({words}))"
