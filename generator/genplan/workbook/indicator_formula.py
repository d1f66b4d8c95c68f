"""The formula of one indicator's score: by its method, within its bounds, and by the policy where the actual is missing."""

from decimal import Decimal

from genplan.methods.method import Cells, Counts, Levels, Scores
from genplan.methods.spreadsheet import number
from genplan.plan.model import Indicator, Missing
from genplan.source.quantity import Quantity
from genplan.workbook import expressions as ex


def score_formula(
    indicator: Indicator,
    actual: str,
    levels: tuple[str, str],
    missing: Missing,
    own: str = "",
    beside: tuple[str, str] = ("", ""),
) -> str:
    """Write the formula over the cell `actual`; `levels` are the ranges of a rubric's levels and their scores.

    `own` is the cell of the person's own target, if there are such; where it is empty, the plan's target counts. `beside` is what a two-way
    table is read by besides the actual, and whether that is there.
    """
    other, known = beside
    method, rule = indicator.method, indicator.rule
    common = number(indicator.target.value) if isinstance(indicator.target, Quantity) else ""
    own = f"IF({ex.blank(own)},{common},{own})" if own and common else own
    target = own or common
    usable = f"SUMPRODUCT(--EXACT({levels[0]},{actual}))>0" if isinstance(method.accepts, Levels) else f"ISNUMBER({actual})"
    score = ex.within(method.formula(Cells(actual, target, *levels, other), rule), indicator.bounds)
    if known:
        score = f"IF({known},{score},{ex.text(ex.MISSING)})"
    match method.accepts:
        case Scores(bounds=bounds):
            lowest, highest = bounds(rule)
            score = f"IF(OR({actual}<{number(lowest)},{actual}>{number(highest)}),{ex.text(ex.INVALID)},{score})"
        case Counts():
            score = f"IF({actual}<0,{ex.text(ex.INVALID)},{score})"
    absent = {
        Missing.ERROR: ex.text(ex.MISSING),
        Missing.EXCLUDE: '""',
        Missing.ZERO: "0",
    }[missing]
    formula = f"IF({ex.blank(actual)},{absent},IF({usable},{score},{ex.text(ex.INVALID)}))"
    if not own:
        return formula
    fit = f"AND(ISNUMBER({own}),{own}>0)" if _divides(indicator) else f"ISNUMBER({own})"
    with_own = f"IF({fit},{formula},{ex.text(ex.INVALID)})"
    return with_own if common else f"IF({ex.blank(own)},{ex.text(ex.MISSING)},{with_own})"


def _divides(indicator: Indicator) -> bool:
    """Return whether the method divides by the target, so that it must be above 0."""
    without = indicator.model_copy(update={"target": Quantity(Decimal(0))})
    return any(fault.code == "GP331" for check in indicator.method.checks for fault in check(indicator.rule, without))
