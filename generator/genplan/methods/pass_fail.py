"""Pass or fail (非此即彼法): full points if the target is met, otherwise none."""

from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import ClassVar, Literal

from genplan.methods.full_points import with_full_marks
from genplan.methods.method import Amounts, Cells, Example, IndicatorInfo, Method, Scored, ScoreRange, Target
from genplan.methods.parameters import Better, Points, RuleModel
from genplan.methods.spreadsheet import number
from genplan.methods.wording import Wording
from genplan.source.model import Annotated, Choice, WithJsonSchema, choice


class Passing(Choice):
    """How an actual meets a target."""

    AT_LEAST = "at-least", "不低于"
    AT_MOST = "at-most", "不高于"


class PassFail(RuleModel):
    """Full points if the target is met, otherwise none."""

    TAG: ClassVar[str] = "pass-fail"
    LABEL: ClassVar[str] = "非此即彼法"
    method: Annotated[Literal["pass-fail"], WithJsonSchema({"enum": ["pass-fail", "非此即彼法"]})] = "pass-fail"
    full: Points = Decimal(100)
    """Points if the target is met; by default the full marks."""
    passes: choice(Passing)  # type: ignore[valid-type]
    """Whether the actual must be at least or at most the target."""


def score(actual: Fraction, target: Fraction | None, rule: PassFail) -> Scored:
    """Full points if the target is met: target 0 incidents, 1 incident → 0."""
    assert target is not None
    met = actual >= target if rule.passes is Passing.AT_LEAST else actual <= target
    return Scored(Fraction(rule.full) if met else Fraction(0))


def _score_range(rule: PassFail) -> ScoreRange:
    return ScoreRange(Fraction(0), Fraction(rule.full))


def _full(rule: PassFail, _indicator: IndicatorInfo) -> Fraction:
    return Fraction(rule.full)


def _rewards(rule: PassFail) -> Better:
    return Better.HIGHER if rule.passes is Passing.AT_LEAST else Better.LOWER


def _describe(rule: PassFail, _indicator: IndicatorInfo, wording: Wording) -> str:
    return wording.label(f"rule.pass_{rule.passes.value.replace('-', '_')}", full=wording.number(rule.full))


def _formula(cells: Cells, rule: PassFail) -> str:
    meets = ">=" if rule.passes is Passing.AT_LEAST else "<="
    return f"IF({cells.actual}{meets}{cells.target},{number(rule.full)},0)"


METHOD = Method(
    parameters=PassFail,
    accepts=Amounts(),
    target=Target.REQUIRED,
    score=score,
    score_range=_score_range,
    full_points=_full,
    with_defaults=partial(with_full_marks, "full"),
    rewards=_rewards,
    opposite_advice="change `passes`",
    checks=(),
    describe=_describe,
    formula=_formula,
    example=Example("target: 0, scoring: {method: pass-fail, full: 5, passes: at-most}", actual="1", score="0", full="5"),
    keys={"passes": ("达标条件",)},
)
