"""The formula of one indicator's score: by its method, within its bounds, and by the policy where the actual is missing."""

from genplan.plan.model import Indicator, Missing
from genplan.plan.quantity import Quantity
from genplan.plan.scoring import Deduction, Direct, Rubric
from genplan.workbook import expressions as ex
from genplan.workbook.formulas import FORMULAS, rubric


def score_formula(indicator: Indicator, actual: str, levels: tuple[str, str], missing: Missing) -> str:
    """Write the formula over the cell `actual`; `levels` are the ranges of a rubric's levels and their scores."""
    rule = indicator.method
    target = ex.number(indicator.target.value) if isinstance(indicator.target, Quantity) else ""
    if isinstance(rule, Rubric):
        usable = f"SUMPRODUCT(--EXACT({levels[0]},{actual}))>0"
        score = rubric(actual, *levels)
    else:
        usable = f"ISNUMBER({actual})"
        score = FORMULAS[rule.TAG](actual, target, rule)
    score = ex.within(score, indicator.bounds)
    if isinstance(rule, Direct):
        score = f"IF(OR({actual}<{ex.number(rule.minimum)},{actual}>{ex.number(rule.maximum)}),{ex.text(ex.INVALID)},{score})"
    if isinstance(rule, Deduction):
        score = f"IF({actual}<0,{ex.text(ex.INVALID)},{score})"
    absent = {
        Missing.ERROR: ex.text(ex.MISSING),
        Missing.EXCLUDE: '""',
        Missing.ZERO: "0",
    }[missing]
    return f"IF({ex.blank(actual)},{absent},IF({usable},{score},{ex.text(ex.INVALID)}))"
