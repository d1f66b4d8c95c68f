"""The scoring methods as formulas of a spreadsheet: a function a method, in `FORMULAS` under the method's name.

Each takes the cell of the actual, the target as a number in the formula, and the parameters of the plan; they compute what the functions of
`genplan/scoring/methods.py` do.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from genplan.plan.scoring import (
    Better,
    Deduction,
    Direct,
    Inclusive,
    Interpolation,
    InverseRatio,
    InverseVariant,
    PassFail,
    Passing,
    PerUnit,
    Ratio,
    Steps,
    Tiers,
)
from genplan.workbook.expressions import chain, decisive, number


def direct(actual: str, _target: str, _rule: Direct) -> str:
    """The score is what was entered."""
    return actual


def ratio(actual: str, target: str, rule: Ratio) -> str:
    """Actual ÷ target × full points."""
    return _bounded(f"{actual}/{target}", rule.full, rule.floor, rule.cap)


def inverse_ratio(actual: str, target: str, rule: InverseRatio) -> str:
    """Target ÷ actual, or 2 − actual ÷ target, × full points."""
    if rule.variant is InverseVariant.TWO_MINUS_RATIO:
        return _bounded(f"MAX(0,2-{actual}/{target})", rule.full, rule.floor, rule.cap)
    divided = _bounded(f"{target}/{actual}", rule.full, rule.floor, rule.cap)
    return f"IF({actual}=0,{number(rule.when_zero or Decimal(0))},{divided})"


def _bounded(attainment: str, full: Decimal, floor: Decimal | None, cap: Decimal | None) -> str:
    capped = attainment if cap is None else f"MIN({attainment},{number(cap)})"
    score = f"{capped}*{number(full)}"
    return score if floor is None else f"IF({decisive(attainment)}<{number(floor)},0,{score})"


def tiers(actual: str, _target: str, rule: Tiers) -> str:
    """The points of the first tier that reaches so far."""
    reaches = "<=" if rule.inclusive is Inclusive.UPPER else "<"
    *below, last = rule.tiers
    return chain(((f"{actual}{reaches}{number(tier.to.value)}", number(tier.points)) for tier in below if tier.to), number(last.points))


def interpolation(actual: str, _target: str, rule: Interpolation) -> str:
    """On the line between two points; beyond the outermost, their score."""
    points = sorted(((Fraction(point.at.value), Fraction(point.score)) for point in rule.points), key=lambda point: point[0])
    (first_at, first), (last_at, last) = points[0], points[-1]
    cases = [(f"{actual}<={_plain(first_at)}", _plain(first)), (f"{actual}>={_plain(last_at)}", _plain(last))]
    for (start, low), (end, high) in pairwise(points):
        line = f"{_plain(low)}+({actual}-{_plain(start)})/{number(end - start)}*{number(high - low)}"
        cases.append((f"{actual}<={_plain(end)}", line))
    return chain(cases[:-1], cases[-1][1])


def _plain(value: Fraction) -> str:
    """Write a decimal as digits: a division may miss its nearest binary number."""
    return number(Decimal(value.numerator) / Decimal(value.denominator))


def per_unit(actual: str, target: str, rule: PerUnit) -> str:
    """Base, and points a step off the target."""
    size = f"({number(rule.per.value)}*{target})" if rule.per.percent else number(rule.per.value)
    off = f"{actual}-{target}" if rule.better is Better.HIGHER else f"{target}-{actual}"
    steps = f"({off})/{size}"
    if rule.steps is Steps.WHOLE:
        steps = f"TRUNC({decisive(steps)})"
    limit = number(rule.limit)
    return f"{number(rule.base)}+MAX(0-{limit},MIN({limit},{steps}*{number(rule.points)}))"


def deduction(actual: str, _target: str, rule: Deduction) -> str:
    """Full points less so many for each occurrence."""
    return f"MAX({number(rule.lowest)},{number(rule.full)}-{actual}*{number(rule.points)})"


def pass_fail(actual: str, target: str, rule: PassFail) -> str:
    """Full points where the target is met."""
    meets = ">=" if rule.passes is Passing.AT_LEAST else "<="
    return f"IF({actual}{meets}{target},{number(rule.full)},0)"


def rubric(actual: str, levels: str, scores: str) -> str:
    """The score of the level entered, told letter by letter: no wild cards, and case counts."""
    return f"SUMPRODUCT(EXACT({levels},{actual})*{scores})"


FORMULAS: dict[str, Callable[[str, str, Any], str]] = {
    "direct": direct,
    "ratio": ratio,
    "inverse-ratio": inverse_ratio,
    "tiers": tiers,
    "interpolation": interpolation,
    "per-unit": per_unit,
    "deduction": deduction,
    "pass-fail": pass_fail,
}
"""All but `rubric`, which looks its scores up on a sheet."""
