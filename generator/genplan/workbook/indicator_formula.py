"""The formula of one indicator's score: by its method, within its bounds, and by the policy where the actual is missing."""

from genplan.methods.method import Cells, Counts, Levels, Scores
from genplan.methods.spreadsheet import number
from genplan.plan.model import Indicator, Missing
from genplan.source.quantity import Quantity
from genplan.workbook import expressions as ex


def score_formula(indicator: Indicator, actual: str, levels: tuple[str, str], missing: Missing) -> str:
    """Write the formula over the cell `actual`; `levels` are the ranges of a rubric's levels and their scores."""
    method, rule = indicator.method, indicator.rule
    target = number(indicator.target.value) if isinstance(indicator.target, Quantity) else ""
    usable = f"SUMPRODUCT(--EXACT({levels[0]},{actual}))>0" if isinstance(method.accepts, Levels) else f"ISNUMBER({actual})"
    score = ex.within(method.formula(Cells(actual, target, *levels), rule), indicator.bounds)
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
    return f"IF({ex.blank(actual)},{absent},IF({usable},{score},{ex.text(ex.INVALID)}))"
