"""Deductions (扣分法): full points, minus points for each occurrence."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import ClassVar, Literal

from genplan.methods.checks import in_order
from genplan.methods.full_points import with_full_marks
from genplan.methods.method import Cells, Counts, Example, Fault, IndicatorInfo, Limit, Method, Scored, ScoreRange, Target
from genplan.methods.parameters import Points, Polarity, RuleModel
from genplan.methods.spreadsheet import number
from genplan.methods.wording import Wording
from genplan.source.model import Annotated, Number, WithJsonSchema


class Deduction(RuleModel):
    """Full points, minus points for each occurrence."""

    TAG: ClassVar[str] = "deduction"
    LABEL: ClassVar[str] = "扣分法"
    method: Annotated[Literal["deduction"], WithJsonSchema({"enum": ["deduction", "扣分法"]})] = "deduction"
    full: Points = Decimal(100)
    """Points without any occurrence; by default the full marks."""
    points: Points
    """Points deducted for each occurrence."""
    minimum: Number = Decimal(0)
    """Minimum score."""


def score(actual: Fraction, _target: Fraction | None, rule: Deduction) -> Scored:
    """Deduct points for each occurrence: 20 minus 2 each, 3 times → 14; not below the minimum."""
    left = Fraction(rule.full) - actual * Fraction(rule.points)
    minimum = Fraction(rule.minimum)
    return Scored(minimum, limit=Limit.FLOOR) if left < minimum else Scored(left)


def _score_range(rule: Deduction) -> ScoreRange:
    return ScoreRange(Fraction(rule.minimum), Fraction(rule.full))


def _full(rule: Deduction, _indicator: IndicatorInfo) -> Fraction:
    return Fraction(rule.full)


def _minimum_below_full(rule: Deduction, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP332: the minimum is below full points."""
    yield from in_order(rule, indicator, "minimum", "full")


def _describe(rule: Deduction, indicator: IndicatorInfo, wording: Wording) -> str:
    unit = indicator.unit or wording.label("rule.times")
    lowest = wording.label("rule.until_lowest", lowest=wording.number(rule.minimum)) if rule.minimum else wording.label("rule.until_none")
    return wording.label("rule.deduction", full=wording.number(rule.full), points=wording.number(rule.points), unit=unit) + lowest


def _formula(cells: Cells, rule: Deduction) -> str:
    return f"MAX({number(rule.minimum)},{number(rule.full)}-{cells.actual}*{number(rule.points)})"


METHOD = Method(
    parameters=Deduction,
    accepts=Counts(),
    target=Target.UNUSED,
    score=score,
    score_range=_score_range,
    full_points=_full,
    with_defaults=partial(with_full_marks, "full"),
    rewards=lambda _rule: Polarity.LOWER,
    checks=(_minimum_below_full,),
    describe=_describe,
    formula=_formula,
    example=Example("scoring: {method: deduction, full: 20, points: 2}", actual="3", score="14", full="20"),
)
