"""Indicators, their dimensions, and who rates them."""

from typing import Any

from genplan.methods import method_of
from genplan.methods.method import Computation, Method
from genplan.methods.parameters import Points, RuleModel
from genplan.plan.model.choices import Nature, Polarity, Prorated, RaterKind, Term
from genplan.plan.model.values import Identifier, Texts, Value, WrittenWeight, formula_value
from genplan.plan.scoring_rule import UNSTATED, Scoring
from genplan.source.model import (
    Annotated,
    BeforeValidator,
    Field,
    Model,
    Name,
    Number,
    Text,
    WithJsonSchema,
    choice,
    short_form,
)


class Bounds(Model):
    """Between what points lie; either may be left out."""

    minimum: Number | None = None
    """Not below this."""
    maximum: Number | None = None
    """Not above this."""


class Input(Model):
    """A figure that is collected, and that a formula computes with."""

    name: Name
    """Name in the formula, and of the column in results files."""
    unit: Text | None = None
    """Its unit."""
    definition: Text | None = None
    """What it means."""


class Indicator(Model):
    """What is measured."""

    id: Identifier | None = None
    """Short name for files and other tools; made from the name where absent."""
    name: Name
    """Name, as results files head their column."""
    weight: WrittenWeight | None = None
    """Share of the total, or of the dimension: `30%`, `0.3` or `30`, one convention a plan."""
    points: Points | None = None
    """Full marks, under `weights: points` or where all indicators of a dimension have them; scores are then in these points."""
    definition: Text | None = None
    """What the indicator means."""
    formula: Text | None = None
    """How the actual is worked out, in words."""
    counting: Text | None = None
    """What counts and what does not."""
    unit: Text | None = None
    """Unit of target and actual."""
    source: Text | None = None
    """Where the data comes from."""
    target: Value | None = None
    """Value to be reached: a number, a percentage, or words where nothing is computed from it."""
    threshold: Value | None = None
    """Lowest acceptable value."""
    stretch: Value | None = None
    """Value beyond the target."""
    polarity: choice(Polarity) | None = None  # type: ignore[valid-type]
    """Which direction is better; follows from the scoring method where absent."""
    nature: choice(Nature) | None = None  # type: ignore[valid-type]
    """Counted or judged."""
    term: choice(Term) | None = None  # type: ignore[valid-type]
    """Short or long term."""
    scoring: Scoring | None = None
    """How an actual becomes a score; absent, the score is entered (`direct`)."""
    bounds: Bounds = Bounds()
    """Bounds of its score, in points, whatever the method gives."""
    compute: Annotated[Any, BeforeValidator(formula_value), WithJsonSchema({"type": "string"})] | None = None
    """Formula of the actual from collected figures: `retained / members_at_start`; columns of results are then its inputs."""
    inputs: tuple[Annotated[Input, short_form("name")], ...] = ()
    """The figures of the formula, where there is more to say of them than their names."""
    prorated: choice(Prorated) | None = None  # type: ignore[valid-type]
    """Whether `proration: target` reduces its target and points: an average is not reduced, an amount is. Absent, all but tiers are."""
    assesses: Texts = ()
    """The duty areas this indicator assesses, by name."""

    @property
    def method(self) -> Method:
        """The scoring method."""
        return method_of(self.scoring or UNSTATED)

    @property
    def rule(self) -> Any:  # noqa: ANN401 - an instance of the method's parameters
        """How it is scored, with what the plan leaves to its defaults."""
        rule: RuleModel = self.scoring or UNSTATED
        return method_of(rule).with_defaults(rule, self)

    @property
    def computation(self) -> Computation | None:
        """What works the actual out of other columns: the formula, or what the method counts. None where results hold it."""
        formula: Computation | None = self.compute
        return formula or self.method.computation(self.rule)


class Dimension(Model):
    """A weighted group of indicators."""

    name: Name
    """Name of the dimension."""
    weight: WrittenWeight | None = None
    """Share of the total."""
    points: Points | None = None
    """What the points of its indicators make, under `weights: points`; stated only to be checked."""
    definition: Text | None = None
    """What the dimension is about."""
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    """Its indicators; their weights make 100 % inside the dimension, and are equal where none has one."""


class Rater(Model):
    """Who rates, and how much that counts."""

    name: Name
    """Who this is, as documents name it."""
    rater: choice(RaterKind)  # type: ignore[valid-type]
    """Who rates, seen from the person assessed."""
    weight: WrittenWeight | None = None
    """Share of the score."""
