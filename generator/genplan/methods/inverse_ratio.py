"""Inverse ratio (反向比率法): lower is better."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import ClassVar, Literal

from genplan.messages import msg
from genplan.methods.attainment import bounded, bounded_formula, bounds_words, floor_below_cap, full
from genplan.methods.checks import target_above_zero
from genplan.methods.full_points import with_full_marks
from genplan.methods.method import Amounts, Cells, Example, Fault, IndicatorInfo, Limit, Method, Scored, ScoreRange, Target
from genplan.methods.parameters import Points, Polarity, RuleModel, Share
from genplan.methods.spreadsheet import number
from genplan.methods.wording import Wording, joined
from genplan.source.model import Annotated, Choice, Field, Number, WithJsonSchema, choice
from genplan.source.quantity import EXACT, Quantity


class InverseVariant(Choice):
    """How a lower-is-better ratio is calculated."""

    TARGET_OVER_ACTUAL = "target-over-actual", "目标比实际"
    TWO_MINUS_RATIO = "two-minus-ratio", "二减实际比目标", "二减完成率"


class InverseRatio(RuleModel):
    """Lower is better: target ÷ actual, or 2 − actual ÷ target, × full points."""

    TAG: ClassVar[str] = "inverse-ratio"
    LABEL: ClassVar[str] = "反向比率法"
    method: Annotated[Literal["inverse-ratio"], WithJsonSchema({"enum": ["inverse-ratio", "反向比率法"]})] = "inverse-ratio"
    variant: choice(InverseVariant)  # type: ignore[valid-type]
    """Which of the two ratios to use."""
    full: Points = Decimal(100)
    """Points for exactly meeting the target; by default the full marks."""
    floor: Share | None = None
    """Attainment below this scores 0."""
    cap: Share | None = None
    """Maximum attainment that counts."""
    when_zero: Annotated[Number, Field(ge=0)] | None = None
    """Score for an actual of 0, by which `target-over-actual` cannot divide; by default that of the cap."""


def score(actual: Fraction, target: Fraction | None, rule: InverseRatio) -> Scored:
    """Lower is better: 3.6 against a target of 3.0 → 83.33 by target ÷ actual, 80 by 2 − actual ÷ target.

    An actual of zero, by which the first would divide, scores `when_zero`, or what the cap scores. A score is not below 0.
    """
    assert target is not None
    if rule.variant is InverseVariant.TWO_MINUS_RATIO:
        return bounded(max(Fraction(0), 2 - actual / target), rule.full, rule.floor, rule.cap)
    if not actual:
        return Scored(Fraction(_score_of_zero(rule)), limit=Limit.ZERO)
    return bounded(target / actual, rule.full, rule.floor, rule.cap)


def _score_of_zero(rule: InverseRatio) -> Decimal:
    return EXACT.multiply(rule.cap or Decimal(0), rule.full) if rule.when_zero is None else rule.when_zero


def _score_range(rule: InverseRatio) -> ScoreRange:
    most = Fraction(rule.full)
    if rule.variant is InverseVariant.TWO_MINUS_RATIO:
        best = Fraction(2) if rule.cap is None else min(Fraction(2), Fraction(rule.cap))
        return ScoreRange(Fraction(0), best * most)
    if rule.cap is None:
        return ScoreRange(Fraction(0), None)
    return ScoreRange(Fraction(0), max(Fraction(rule.cap) * most, Fraction(_score_of_zero(rule))))


def _zero_defined(rule: InverseRatio, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP334: the score for an actual of zero is defined if `target-over-actual` would divide by it."""
    if rule.variant is InverseVariant.TARGET_OVER_ACTUAL and rule.when_zero is None and rule.cap is None:
        message = msg("`{indicator}` divides by the actual, but the score for an actual of 0 is not defined", indicator=indicator.name)
        yield Fault(
            "GP334", ("scoring",), message, msg("add `cap:`, whose score an actual of 0 then has, or `when_zero:` with the score for 0")
        )


def _proration_doubt(_rule: InverseRatio, indicator: IndicatorInfo) -> str | None:
    target = indicator.target
    return msg("its target is reduced") if isinstance(target, Quantity) and not target.percent else None


def _describe(rule: InverseRatio, _indicator: IndicatorInfo, wording: Wording) -> str:
    variant = rule.variant.value.replace("-", "_")
    divides = rule.variant is InverseVariant.TARGET_OVER_ACTUAL
    zero = [wording.label("rule.when_zero", points=wording.number(_score_of_zero(rule)))] if divides else []
    said = wording.label(f"rule.inverse_{variant}", full=wording.number(rule.full))
    return joined(wording, said, *bounds_words(rule.floor, rule.cap, wording), *zero)


def _formula(cells: Cells, rule: InverseRatio) -> str:
    actual, target = cells.actual, cells.target
    if rule.variant is InverseVariant.TWO_MINUS_RATIO:
        return bounded_formula(f"MAX(0,2-{actual}/{target})", rule.full, rule.floor, rule.cap)
    divided = bounded_formula(f"{target}/{actual}", rule.full, rule.floor, rule.cap)
    return f"IF({actual}=0,{number(_score_of_zero(rule))},{divided})"


METHOD = Method(
    parameters=InverseRatio,
    accepts=Amounts(),
    target=Target.REQUIRED,
    score=score,
    score_range=_score_range,
    full_points=full,
    with_defaults=partial(with_full_marks, "full"),
    rewards=lambda _rule: Polarity.LOWER,
    opposite_advice=msg("score it by ratio (比率法)"),
    checks=(target_above_zero, floor_below_cap, _zero_defined),
    describe=_describe,
    formula=_formula,
    example=Example("target: 3, scoring: {method: inverse-ratio, variant: two-minus-ratio}", actual="3.6", score="80", full="100"),
    proration_doubt=_proration_doubt,
    keys={"variant": ("算法", "变体"), "when_zero": ("实际值为零时得分",)},
)
