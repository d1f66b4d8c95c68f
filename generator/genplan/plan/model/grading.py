"""From the total to the grade: items, vetoes, rounding, grades and their limits."""

from decimal import Decimal

from genplan.methods.parameters import Part
from genplan.plan.model.choices import Headcount, RoundingMode, VetoEffect
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
    """Name, as results files head its column."""
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
    to: Number | None = None
    """Upper bound, exclusive except in the highest grade; by default the lower bound of the next higher grade."""
    coefficient: Annotated[Number, Field(ge=0)] | None = None
    """Factor for pay."""
    then: Text | None = None
    """Consequences of the grade."""


class Ceiling(Model):
    """The best possible grade for people whose score on an indicator is too low."""

    indicator: Text
    """The indicator, by name or id."""
    below: Number
    """Applies if its score is below this."""
    grade: Text
    """The best possible grade in that case."""


class Quota(Model):
    """Limits on how many people get a grade."""

    grade: Text
    """The grade."""
    at_most: Part | None = None
    """Maximum share of the people graded."""
    at_least: Part | None = None
    """Minimum share of the people graded."""


class Distribution(Model):
    """Forced distribution: headcount limits for grades. They are reported, and never change a grade."""

    rounding: choice(Headcount)  # type: ignore[valid-type]
    """How shares are rounded to headcounts."""
    quotas: Annotated[tuple[Quota, ...], Field(min_length=1)]
    """The limits."""
