"""Direct rating (直接评分): the score itself is entered, within bounds."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import ClassVar, Literal

from genplan.methods.checks import in_order
from genplan.methods.full_points import at_most_full, with_full_marks
from genplan.methods.method import Cells, Example, Fault, IndicatorInfo, Method, Scored, ScoreRange, Scores, Target
from genplan.methods.parameters import RuleModel
from genplan.methods.wording import Wording
from genplan.source.model import Annotated, Number, WithJsonSchema


class Direct(RuleModel):
    """The score itself is entered, within bounds."""

    TAG: ClassVar[str] = "direct"
    LABEL: ClassVar[str] = "直接评分"
    method: Annotated[Literal["direct"], WithJsonSchema({"enum": ["direct", "直接评分"]})] = "direct"
    minimum: Number = Decimal(0)
    """The lowest score that may be entered."""
    maximum: Number = Decimal(100)
    """The highest score that may be entered; by default the full marks."""


def score(actual: Fraction, _target: Fraction | None, _rule: Direct) -> Scored:
    """The score is what was entered: 90 → 90."""
    return Scored(actual)


def _bounds(rule: Direct) -> tuple[Decimal, Decimal]:
    return rule.minimum, rule.maximum


def _score_range(rule: Direct) -> ScoreRange:
    return ScoreRange(Fraction(rule.minimum), Fraction(rule.maximum))


def _full(rule: Direct, indicator: IndicatorInfo) -> Fraction:
    return at_most_full(indicator, rule.maximum)


def _bounds_in_order(rule: Direct, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP332: the minimum is below the maximum."""
    yield from in_order(rule, indicator, "minimum", "maximum")


def _describe(rule: Direct, _indicator: IndicatorInfo, wording: Wording) -> str:
    return wording.label("rule.direct", minimum=wording.number(rule.minimum), maximum=wording.number(rule.maximum))


def _formula(cells: Cells, _rule: Direct) -> str:
    return cells.actual


METHOD = Method(
    parameters=Direct,
    accepts=Scores(_bounds),
    target=Target.UNUSED,
    score=score,
    score_range=_score_range,
    full_points=_full,
    with_defaults=partial(with_full_marks, "maximum"),
    rewards=lambda _rule: None,
    checks=(_bounds_in_order,),
    describe=_describe,
    formula=_formula,
    example=Example("scoring: {method: direct, maximum: 120}", actual="90", score="90", full="100"),
)
