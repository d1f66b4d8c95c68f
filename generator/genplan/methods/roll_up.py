"""Roll-up (汇总): the weighted mean of another plan's totals, over the parts of the period."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import ClassVar, Literal

from genplan.messages import msg
from genplan.methods.full_points import full_marks, with_full_marks
from genplan.methods.method import Cells, Example, Fault, IndicatorInfo, Method, Scored, ScoreRange, Target, Totals
from genplan.methods.parameters import Missing, Part, Points, Polarity, RuleModel
from genplan.methods.spreadsheet import number
from genplan.methods.wording import Wording, joined
from genplan.source.model import Annotated, Model, Name, WithJsonSchema, choice, short_form
from genplan.source.quantity import EXACT


class RolledPeriod(Model):
    """A period that counts, and its weight."""

    period: Name
    """The period: `Q1`, `H1`, `07`, `2026-Q1`, 一季度, 上半年, 7月, or its name or id in the other plan's results."""
    weight: Part | None = None
    """Share of the mean; all periods have one, or all count equally."""


class RollUp(RuleModel):
    """The weighted mean of the totals that another plan gave the person, over the parts of the period."""

    TAG: ClassVar[str] = "roll-up"
    LABEL: ClassVar[str] = "汇总"
    method: Annotated[Literal["roll-up"], WithJsonSchema({"enum": ["roll-up", "汇总"]})] = "roll-up"
    plan: Name
    """The other plan's file, relative to this plan's folder."""
    periods: tuple[Annotated[RolledPeriod, short_form("period")], ...] = ()
    """The periods that count, with weights (`{period: Q1, weight: 20%}`) or equally; by default, all that the other plan's cycle has
    in the period."""
    missing: choice(Missing) = Missing.ERROR  # type: ignore[valid-type]
    """What happens to a period in which a person has no total: `error`, `exclude` (its weight goes to the others) or `zero`."""
    out_of: Points = Decimal(100)
    """Full marks of the other plan's totals."""
    full: Points = Decimal(100)
    """Points for all of these; by default the full marks."""


def score(actual: Fraction, _target: Fraction | None, rule: RollUp) -> Scored:
    """The mean in proportion to the full marks: a mean of 86.5 of 100 with 60 points → 51.9."""
    return Scored(actual * Fraction(rule.full) / Fraction(rule.out_of))


def _full(_rule: RollUp, indicator: IndicatorInfo) -> Fraction:
    return Fraction(full_marks(indicator))


def _weights_of_all(rule: RollUp, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP301 and GP303: all periods have a weight or none has, and the weights make 100 %."""
    weights: list[Decimal] = [each.weight for each in rule.periods if each.weight is not None]
    without = [at for at, each in enumerate(rule.periods) if each.weight is None]
    if weights and without:
        message = msg(
            "some periods of `{indicator}` have a weight, `{period}` has none",
            indicator=indicator.name,
            period=rule.periods[without[0]].period,
        )
        yield Fault("GP303", ("scoring", "periods", without[0]), message, msg("give all periods a weight, or none"))
    elif weights and sum(weights, Decimal(0)) != 1:
        total = f"{(sum(weights, Decimal(0)) * 100).normalize(EXACT):f}"
        yield Fault(
            "GP301",
            ("scoring", "periods"),
            msg("the periods' weights of `{indicator}` add up to {total} %", indicator=indicator.name, total=total),
            msg("make them 100 %"),
        )


def _each_once(rule: RollUp, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP458: no period is listed twice."""
    names = [each.period for each in rule.periods]
    for at, name in enumerate(names):
        if name in names[:at]:
            yield Fault(
                "GP458",
                ("scoring", "periods", at),
                msg("`{name}` is listed twice for `{indicator}`", name=name, indicator=indicator.name),
                msg("remove one of them"),
            )


def _describe(rule: RollUp, _indicator: IndicatorInfo, wording: Wording) -> str:
    periods = [wording.label("rule.roll_up_equal")]
    weighted = [
        wording.label("rule.roll_up_part", period=each.period, weight=wording.percent(each.weight))
        for each in rule.periods
        if each.weight is not None
    ]
    if weighted:
        periods = [wording.label("rule.roll_up_weighted", periods=wording.label("format.list").join(weighted))]
    elif rule.periods:
        names = wording.label("format.list").join(each.period for each in rule.periods)
        periods = [wording.label("rule.roll_up_of", periods=names)]
    if rule.missing is not Missing.ERROR:
        periods.append(wording.label(f"rule.roll_up_missing_{rule.missing.value}"))
    if rule.full != rule.out_of:
        periods.append(wording.label("rule.roll_up_scaled", out_of=wording.number(rule.out_of), full=wording.number(rule.full)))
    return joined(wording, *periods)


def _formula(cells: Cells, rule: RollUp) -> str:
    scale = "" if rule.full == rule.out_of else f"*{number(rule.full)}/{number(rule.out_of)}"
    return f"{cells.actual}{scale}"


METHOD = Method(
    parameters=RollUp,
    accepts=Totals(),
    target=Target.UNUSED,
    score=score,
    score_range=lambda _rule: ScoreRange(None, None),
    full_points=_full,
    with_defaults=partial(with_full_marks, "full"),
    rewards=lambda _rule: Polarity.HIGHER,
    checks=(_weights_of_all, _each_once),
    describe=_describe,
    formula=_formula,
    example=Example("scoring: {method: roll-up, plan: months/plan.md}", actual="90", score="90", full="100"),
    is_prorated=False,
    keys={
        "plan": ("汇总方案",),
        "periods": ("各期",),
        "out_of": ("总分满分",),
    },
)
