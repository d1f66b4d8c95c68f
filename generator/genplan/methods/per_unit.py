"""Points per unit (加减分法): base points, plus or minus points for each step between the actual and the target."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from genplan.messages import msg
from genplan.methods.checks import shown, target_above_zero
from genplan.methods.full_points import with_full_marks
from genplan.methods.method import Amounts, Cells, Example, Fault, IndicatorInfo, Limit, Method, Scored, ScoreRange, Target
from genplan.methods.parameters import Difference, Points, Polarity, RuleModel
from genplan.methods.spreadsheet import decisive, number
from genplan.methods.wording import Wording, amount, joined
from genplan.source.model import Annotated, Choice, Number, WithJsonSchema, choice
from genplan.source.quantity import Quantity


class Steps(Choice):
    """Whether partial steps count."""

    WHOLE = "whole", "按整数单位", "整步"
    PRORATED = "prorated", "按比例"


class PerUnit(RuleModel):
    """Base points, plus or minus points for each step between the actual and the target."""

    TAG: ClassVar[str] = "per-unit"
    LABEL: ClassVar[str] = "加减分法"
    method: Annotated[Literal["per-unit"], WithJsonSchema({"enum": ["per-unit", "加减分法"]})] = "per-unit"
    base: Number = Decimal(100)
    """Points for exactly meeting the target; by default the full marks."""
    points: Points
    """Points per step."""
    per: Difference
    """Size of a step: in the actual's unit; as a percentage of the target (`3%`); or in percentage points (`1pp`, 1个百分点)."""
    limit: Points
    """Maximum number of points added or deducted."""
    steps: choice(Steps)  # type: ignore[valid-type]
    """Whether only whole steps count, or partial ones too."""
    polarity: choice(Polarity) | None = None  # type: ignore[valid-type]
    """Which side of the target gains points; by default that of the indicator's `polarity`, or the higher one."""


def score(actual: Fraction, target: Fraction | None, rule: PerUnit) -> Scored:
    """Base plus points per step: base 30, 1 per 3 %, at most 6, 1,100 against 1,000 → 33 in whole steps, 33.33 prorated."""
    assert target is not None
    size = Fraction(rule.per.value) * (target if rule.per.percent else 1)
    steps = (actual - target) / size * (1 if rule.polarity is Polarity.HIGHER else -1)
    if rule.steps is Steps.WHOLE:
        steps = Fraction(int(steps))
    change, limit = steps * Fraction(rule.points), Fraction(rule.limit)
    bounded = max(-limit, min(limit, change))
    decided = None if bounded == change else Limit.CAP if change > 0 else Limit.FLOOR
    return Scored(Fraction(rule.base) + bounded, actual / target if target else None, decided)


def _with_defaults(rule: PerUnit, indicator: IndicatorInfo) -> PerUnit:
    polarity = rule.polarity or indicator.polarity or Polarity.HIGHER
    completed: PerUnit = with_full_marks("base", rule, indicator)
    return completed.model_copy(update={"polarity": polarity})


def _score_range(rule: PerUnit) -> ScoreRange:
    return ScoreRange(Fraction(rule.base) - Fraction(rule.limit), Fraction(rule.base) + Fraction(rule.limit))


def _full(rule: PerUnit, _indicator: IndicatorInfo) -> Fraction:
    return Fraction(rule.base)


def _target_divides(rule: PerUnit, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP331: if steps are a percentage of the target, it is above zero."""
    if rule.per.percent:
        yield from target_above_zero(rule, indicator)


def _steps_measure_targets(rule: PerUnit, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP370: a step in percentage points needs a percentage as target, and a step without a sign a plain number."""
    target = indicator.target
    if not isinstance(target, Quantity):
        return
    step, place = shown(rule.per), ("scoring", "per")
    if rule.per.points and not target.percent:
        message = msg(
            "the step of `{indicator}` is {step}, and its target, {target}, is not a percentage",
            indicator=indicator.name,
            step=step,
            target=shown(target),
        )
        yield Fault("GP370", place, message, msg("write the step in the unit of the target, or as a percentage of it: `per: 3%`"))
    elif target.percent and not rule.per.percent and not rule.per.points:
        message = msg(
            "the step of `{indicator}` is {step}, and its target is a percentage, {target}",
            indicator=indicator.name,
            step=step,
            target=shown(target),
        )
        yield Fault(
            "GP370", place, message, msg("write `{step}pp` for percentage points, or `{step}%` for a percentage of the target", step=step)
        )


def _steps_have_size(rule: PerUnit, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP337: the size of a step is above zero."""
    if rule.per.value <= 0:
        message = msg("the step of `{indicator}` is not above 0", indicator=indicator.name)
        yield Fault("GP337", ("scoring", "per"), message, msg("write a number above 0, e.g. `per: 3%`"))


def _describe(rule: PerUnit, indicator: IndicatorInfo, wording: Wording) -> str:
    assert rule.polarity is not None
    numbers = {"base": rule.base, "points": rule.points, "limit": rule.limit}
    values = {name: wording.number(value) for name, value in numbers.items()}
    said = wording.label(f"rule.per_unit_{rule.polarity.value}", **_template_values(rule, indicator, wording), **values)
    return joined(wording, said, wording.label(f"rule.steps_{rule.steps.value}"))


def _template_values(rule: PerUnit, indicator: IndicatorInfo, wording: Wording) -> dict[str, str]:
    """Write the size of a step, in more words if it is a percentage of a percentage, which could be mistaken for percentage points."""
    per = amount(rule.per, wording)
    of_percentage = rule.per.percent and isinstance(indicator.target, Quantity) and indicator.target.percent
    return {"per": wording.label("rule.share_of_target", per=per) if of_percentage else per}


def _formula(cells: Cells, rule: PerUnit) -> str:
    size = f"({number(rule.per.value)}*{cells.target})" if rule.per.percent else number(rule.per.value)
    off = f"{cells.actual}-{cells.target}" if rule.polarity is Polarity.HIGHER else f"{cells.target}-{cells.actual}"
    steps = f"({off})/{size}"
    if rule.steps is Steps.WHOLE:
        steps = f"TRUNC({decisive(steps)})"
    limit = number(rule.limit)
    return f"{number(rule.base)}+MAX(0-{limit},MIN({limit},{steps}*{number(rule.points)}))"


METHOD = Method(
    parameters=PerUnit,
    accepts=Amounts(),
    target=Target.REQUIRED,
    score=score,
    score_range=_score_range,
    full_points=_full,
    with_defaults=_with_defaults,
    rewards=lambda rule: rule.polarity,
    opposite_advice=msg("change the other `polarity`"),
    checks=(_target_divides, _steps_have_size, _steps_measure_targets),
    describe=_describe,
    formula=_formula,
    example=Example(
        "target: 1000, scoring: {method: per-unit, base: 30, points: 1, per: 3%, limit: 6, steps: whole}",
        actual="1100",
        score="33",
        full="30",
    ),
    template_values=_template_values,
    unmet_by_score=lambda rule: rule.polarity is Polarity.LOWER,
    keys={"base": ("基础分",), "per": ("每",), "limit": ("加减上限",), "steps": ("不足计分单位的处理", "计步")},
)
