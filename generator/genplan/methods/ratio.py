"""Ratio (比率法): actual ÷ target × full points."""

from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import ClassVar, Literal

from genplan.messages import msg
from genplan.methods.attainment import bounded, bounded_formula, bounds_words, floor_below_cap, full
from genplan.methods.checks import target_above_zero
from genplan.methods.full_points import with_full_marks
from genplan.methods.method import Amounts, Cells, Example, IndicatorInfo, Method, Scored, ScoreRange, Target
from genplan.methods.parameters import Points, Polarity, RuleModel, Share
from genplan.methods.wording import Wording, joined
from genplan.source.model import Annotated, WithJsonSchema


class Ratio(RuleModel):
    """Actual ÷ target × full points; higher is better."""

    TAG: ClassVar[str] = "ratio"
    LABEL: ClassVar[str] = "比率法"
    method: Annotated[Literal["ratio"], WithJsonSchema({"enum": ["ratio", "比率法"]})] = "ratio"
    full: Points = Decimal(100)
    """Points for exactly meeting the target; by default the full marks."""
    floor: Share | None = None
    """Attainment below this scores 0."""
    cap: Share | None = None
    """Maximum attainment that counts."""


def score(actual: Fraction, target: Fraction | None, rule: Ratio) -> Scored:
    """Actual ÷ target × full points: 92 of 100 with 20 points → 18.4; 130 % capped at 120 % → 24; 55 % under a floor of 60 % → 0."""
    assert target is not None
    return bounded(actual / target, rule.full, rule.floor, rule.cap)


def _score_range(rule: Ratio) -> ScoreRange:
    return ScoreRange(Fraction(0), None if rule.cap is None else Fraction(rule.cap) * Fraction(rule.full))


def _describe(rule: Ratio, _indicator: IndicatorInfo, wording: Wording) -> str:
    return joined(wording, wording.label("rule.ratio", full=wording.number(rule.full)), *bounds_words(rule.floor, rule.cap, wording))


def _formula(cells: Cells, rule: Ratio) -> str:
    return bounded_formula(f"{cells.actual}/{cells.target}", rule.full, rule.floor, rule.cap)


METHOD = Method(
    parameters=Ratio,
    accepts=Amounts(),
    target=Target.REQUIRED,
    score=score,
    score_range=_score_range,
    full_points=full,
    with_defaults=partial(with_full_marks, "full"),
    rewards=lambda _rule: Polarity.HIGHER,
    opposite_advice=msg("score it by inverse-ratio (反向比率法)"),
    checks=(target_above_zero, floor_below_cap),
    describe=_describe,
    formula=_formula,
    example=Example("target: 100, scoring: {method: ratio, full: 20, cap: 120%}", actual="92", score="18.4", full="20"),
)
