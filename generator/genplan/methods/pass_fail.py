"""Pass or fail (非此即彼法): full points if the target is met, otherwise none."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from genplan.messages import msg
from genplan.methods.full_points import with_full_marks
from genplan.methods.method import Amounts, Cells, Example, Fault, IndicatorInfo, Method, Scored, ScoreRange, Target
from genplan.methods.parameters import Points, Polarity, RuleModel
from genplan.methods.spreadsheet import number
from genplan.methods.wording import Wording
from genplan.source.model import Annotated, WithJsonSchema, choice


class PassFail(RuleModel):
    """Full points if the target is met, otherwise none."""

    TAG: ClassVar[str] = "pass-fail"
    LABEL: ClassVar[str] = "非此即彼法"
    method: Annotated[Literal["pass-fail"], WithJsonSchema({"enum": ["pass-fail", "非此即彼法"]})] = "pass-fail"
    full: Points = Decimal(100)
    """Points if the target is met; by default the full marks."""
    polarity: choice(Polarity) | None = None  # type: ignore[valid-type]
    """Whether the actual must be at least (`higher`, 不低于) or at most (`lower`, 不高于) the target; by default as the indicator's
    `polarity`."""


def score(actual: Fraction, target: Fraction | None, rule: PassFail) -> Scored:
    """Full points if the target is met: target 0 incidents, 1 incident → 0."""
    assert target is not None
    met = actual >= target if rule.polarity is Polarity.HIGHER else actual <= target
    return Scored(Fraction(rule.full) if met else Fraction(0))


def _score_range(rule: PassFail) -> ScoreRange:
    return ScoreRange(Fraction(0), Fraction(rule.full))


def _full(rule: PassFail, _indicator: IndicatorInfo) -> Fraction:
    return Fraction(rule.full)


def _with_defaults(rule: PassFail, indicator: IndicatorInfo) -> PassFail:
    completed: PassFail = with_full_marks("full", rule, indicator)
    return completed.model_copy(update={"polarity": rule.polarity or indicator.polarity})


def _direction_stated(rule: PassFail, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP399: the plan says which side of the target passes."""
    if rule.polarity is None:
        message = msg("it is not stated whether `{indicator}` passes at or above its target, or at or below it", indicator=indicator.name)
        yield Fault("GP399", ("scoring",), message, msg("add `polarity: higher` (不低于) or `polarity: lower` (不高于)"))


def _describe(rule: PassFail, _indicator: IndicatorInfo, wording: Wording) -> str:
    assert rule.polarity is not None
    return wording.label(f"rule.pass_{rule.polarity.value}", full=wording.number(rule.full))


def _formula(cells: Cells, rule: PassFail) -> str:
    meets = ">=" if rule.polarity is Polarity.HIGHER else "<="
    return f"IF({cells.actual}{meets}{cells.target},{number(rule.full)},0)"


METHOD = Method(
    parameters=PassFail,
    accepts=Amounts(),
    target=Target.REQUIRED,
    score=score,
    score_range=_score_range,
    full_points=_full,
    with_defaults=_with_defaults,
    rewards=lambda rule: rule.polarity,
    opposite_advice=msg("change the other `polarity`"),
    checks=(_direction_stated,),
    describe=_describe,
    formula=_formula,
    example=Example("target: 0, scoring: {method: pass-fail, full: 5, polarity: lower}", actual="1", score="0", full="5"),
)
