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
    """A bonus or deduction item: points for each occurrence that results count."""

    name: Name
    """Name, as results files head its column."""
    points: Annotated[Number, Field(gt=0)] = Decimal(1)
    """Points of one occurrence; 1 where results enter the points themselves."""
    cap: Annotated[Number, Field(gt=0)] | None = None
    """At most so many points in all."""
    definition: Text | None = None
    """What it is given for."""


class Veto(Model):
    """Something that caps or zeroes the total when it occurs."""

    name: Name
    """Name, as results files head its column."""
    effect: choice(VetoEffect) = VetoEffect.ZERO  # type: ignore[valid-type]
    """What it does to the total."""
    cap: Number | None = None
    """With the effect `cap`: the total is at most this."""
    definition: Text | None = None
    """What counts as such."""


class Rounding(Model):
    """How the total is rounded, before it is graded."""

    places: Annotated[Whole, Field(ge=0, le=6)] = 2
    """Decimal places."""
    mode: choice(RoundingMode) = RoundingMode.HALF_UP  # type: ignore[valid-type]
    """How the digit behind is treated."""


class Grade(Model):
    """A grade: a band from its lower bound, included, to the next band's, excluded; where none has bounds, one that people decide on."""

    name: Name
    """Name of the grade."""
    from_: Number | None = Field(None, alias="from")
    """Lowest total of the grade, included. If no grade has one, results state them (column 等级), and they rank as written, best first."""
    to: Number | None = None
    """Upper bound, excluded except in the highest grade; where absent, the lower bound of the next grade up."""
    coefficient: Annotated[Number, Field(ge=0)] | None = None
    """What pay is multiplied by."""
    then: Text | None = None
    """What follows from the grade."""


class Ceiling(Model):
    """The best grade a person can get whose score on an indicator is too low."""

    indicator: Text
    """The indicator, by name or id."""
    below: Number
    """Applies where its score is below this."""
    grade: Text
    """The best grade then."""


class Quota(Model):
    """How many people may get a grade."""

    grade: Text
    """The grade."""
    at_most: Part | None = None
    """At most this share of the people graded."""
    at_least: Part | None = None
    """At least this share of them."""


class Distribution(Model):
    """Forced distribution: headcount limits of grades. It is reported, and never changes a grade."""

    rounding: choice(Headcount)  # type: ignore[valid-type]
    """How a share becomes a headcount."""
    quotas: Annotated[tuple[Quota, ...], Field(min_length=1)]
    """The limits."""
