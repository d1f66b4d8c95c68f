"""From the total to the grade: items, vetoes, rounding, grades and their limits."""

from decimal import Decimal
from typing import Any

from genplan.methods.parameters import Part
from genplan.plan.model.choices import Headcount, QuotaScope, RoundingMode, Ties, VetoEffect
from genplan.plan.model.values import When
from genplan.source.model import (
    Annotated,
    Field,
    Model,
    Name,
    Number,
    Text,
    Whole,
    choice,
)


class Item(Model):
    """A bonus or deduction item: points for each occurrence counted in the results."""

    name: Name
    """Name, as results files head its column."""
    points: Annotated[Number, Field(gt=0)] = Decimal(1)
    """Points per occurrence; 1 if results enter the points directly."""
    cap: Annotated[Number, Field(gt=0)] | None = None
    """At most so many points in all."""
    definition: Text | None = None
    """What the item is for."""


class Veto(Model):
    """An event that caps the total or sets it to zero."""

    name: Name
    """Name, as results files head its column, unless `when` says when it applies."""
    when: When | None = None
    """The condition on which it applies: `回款率 < 50%`; results then have no column for it."""
    effect: choice(VetoEffect) = VetoEffect.ZERO  # type: ignore[valid-type]
    """Its effect on the total."""
    cap: Number | None = None
    """With the effect `cap`: the maximum total."""
    definition: Text | None = None
    """What counts as such."""


class Rounding(Model):
    """How the total is rounded before grading."""

    places: Annotated[Whole, Field(ge=0, le=6)] = 2
    """Decimal places."""
    mode: choice(RoundingMode) = RoundingMode.HALF_UP  # type: ignore[valid-type]
    """How the next digit is rounded."""


class Grade(Model):
    """A grade: a band of totals from its lower bound (inclusive) to the next band's (exclusive). Without bounds, people decide."""

    name: Name
    """Name of the grade."""
    from_: Number | None = Field(None, alias="from")
    """Lowest total for the grade, inclusive. If no grade has one, results give grades (column 等级), ranked as listed, best first."""
    top: Annotated[Part, Field(gt=0)] | None = None
    """The grade is for this share of the people from the top of the ranking: `15%` (前15%). `from` may hold as well. Shares count from the
    top, so that `top: 50%` below `top: 15%` is for the 35 % that follow; the grade below the last one with `top` takes the rest. Grades
    are then written best first. `distribution` says among whom people are ranked, and what becomes of ties."""
    to: Number | None = None
    """Upper bound, exclusive except in the highest grade; by default the lower bound of the next higher grade."""
    when: Text | None = None
    """The rule over levels by which the grade is given, in place of bounds: `no indicator below Fully Successful`, 所有指标不低于良好.
    Statements: `no`, `any`, `all`, `most` or `at least 2` `indicators` (`of` a dimension), or the name of one, then a level, `LEVEL or
    better`, or `below LEVEL`; joined by `and` and `or`. In Chinese: 任一指标为, 所有指标不低于, 没有指标低于, 半数以上, 至少2项.
    The first grade whose rule holds is given; the last grade has none, and takes the rest."""
    coefficient: Annotated[Number, Field(ge=0)] | None = None
    """Factor for pay."""
    then: Text | None = None
    """Consequences of the grade."""


class Ceiling(Model):
    """The best possible grade for people of whom a condition holds."""

    when: When
    """The condition: `任一指标完成率 < 80%`, `质量.得分 < 60`, `旷职 > 0`."""
    grade: Text
    """The best possible grade in that case."""


def ceiling_form(value: Any) -> Any:  # noqa: ANN401 - whatever was written
    """Read the form that ceilings once had: `{indicator: 质量, below: 60, grade: 合格}`."""
    if not isinstance(value, dict) or "when" in value or not {"indicator", "below"} <= value.keys():
        return value
    rest = {key: each for key, each in value.items() if key not in {"indicator", "below"}}
    return {"when": f'"{value["indicator"]}".得分 < {value["below"]}'} | rest


class Quota(Model):
    """Limits on how many people get a grade."""

    grade: Text
    """The grade."""
    at_most: Part | None = None
    """Maximum share of the people graded."""
    at_least: Part | None = None
    """Minimum share of the people graded."""


class Distribution(Model):
    """Forced distribution: headcount limits for grades, which are reported and never change a grade; and how grades by rank are decided."""

    rounding: choice(Headcount)  # type: ignore[valid-type]
    """How shares are rounded to headcounts."""
    by: choice(QuotaScope) = QuotaScope.PLAN  # type: ignore[valid-type]
    """Among whom shares are taken: all people of the plan, each department, or each group that results name (column 考核组)."""
    ties: choice(Ties) | None = None  # type: ignore[valid-type]
    """With grades by rank, where people with equal totals stand on both sides of a border: `in` gives all of them the better grade, `out`
    none."""
    quotas: tuple[Quota, ...] = ()
    """The limits."""
