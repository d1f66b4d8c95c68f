"""Indicators, their dimensions, and raters."""

from dataclasses import dataclass
from typing import Any

from genplan.methods import method_of
from genplan.methods.method import Computation, Method
from genplan.methods.parameters import Points, Polarity, RuleModel
from genplan.plan.model.choices import Counts, Gives, Nature, Own, Prorated, RaterKind, Term
from genplan.plan.model.values import Identifier, ScoreLimit, TargetValue, Texts, Value, WrittenWeight, formula_value
from genplan.plan.scoring_rule import UNSTATED, Scoring
from genplan.source.model import (
    Annotated,
    BeforeValidator,
    Field,
    Model,
    Name,
    Number,
    Text,
    Whole,
    WithJsonSchema,
    choice,
    short_form,
)


class Bounds(Model):
    """Minimum and maximum points; either may be omitted."""

    minimum: Number | None = None
    """Lower bound."""
    maximum: Number | None = None
    """Upper bound."""


class Input(Model):
    """A collected figure used in a formula."""

    name: Name
    """Name in the formula and in the headers of results files."""
    unit: Text | None = None
    """Its unit."""
    definition: Text | None = None
    """What it means."""


@dataclass(frozen=True, slots=True)
class OwnName:
    """What stands for `own: yes` in the plan as it is for one person: the indicator agreed with them; empty where there is none."""

    text: str


class Indicator(Model):
    """An indicator: what is measured, and how it is scored."""

    id: Identifier | None = None
    """Short name for files and other tools; derived from the name by default."""
    name: Name
    """Name, as in the headers of results files."""
    own: choice(Own) = Own.NO  # type: ignore[valid-type]
    """`yes`: a place for an indicator that is agreed with each person, such as a key result; `goals` or the results say which it is (内容).
    Who has fewer than there are places leaves the rest out."""
    weight: WrittenWeight | None = None
    """Share of the total, or of the dimension: `30%`, `0.3` or `30`; use one form throughout the plan."""
    points: Points | None = None
    """Full marks, with `weights: points` or if all indicators of a dimension have them; scores are then in these points."""
    definition: Text | None = None
    """What the indicator means."""
    formula: Text | None = None
    """How the actual is calculated, in words."""
    counting: Text | None = None
    """What counts and what doesn't."""
    unit: Text | None = None
    """Unit of the target and the actual."""
    source: Text | None = None
    """Data source."""
    target: TargetValue | None = None
    """Target value: a number, a percentage, or text if nothing is calculated from it; `own` (个人目标) if each person has one of their own,
    from `goals` or a column of the results."""
    threshold: Value | None = None
    """Lowest acceptable value."""
    stretch: Value | None = None
    """Stretch goal beyond the target."""
    polarity: choice(Polarity) | None = None  # type: ignore[valid-type]
    """Which direction is better; by default, determined by the scoring method."""
    nature: choice(Nature) | None = None  # type: ignore[valid-type]
    """Quantitative or qualitative."""
    term: choice(Term) | None = None  # type: ignore[valid-type]
    """Short or long term."""
    scoring: Scoring | None = None
    """How an actual becomes a score; by default, the score itself is entered (`direct`)."""
    bounds: Bounds = Bounds()
    """Bounds of its score in points, applied after the method."""
    cap_by: ScoreLimit | None = None
    """What limits its score: `回款率.完成率` (at most the full marks times that attainment) or `回款率.得分` (at most the same share of the
    full marks as that indicator has of its own)."""
    compute: Annotated[Any, BeforeValidator(formula_value), WithJsonSchema({"type": "string"})] | None = None
    """Formula for the actual: `retained / members_at_start`; results then have columns for its inputs."""
    inputs: tuple[Annotated[Input, short_form("name")], ...] = ()
    """The inputs of the formula, if they need more than a name."""
    prorated: choice(Prorated) | None = None  # type: ignore[valid-type]
    """Whether `proration: target` reduces its target and points: yes for an amount, no for an average.

    Default: yes, except for the methods tiers, items and roll-up.
    """
    assesses: Texts = ()
    """Names of the duty areas that this indicator assesses."""

    @property
    def is_own(self) -> bool:
        """Whether it is agreed with each person."""
        return self.own is not Own.NO

    @property
    def own_name(self) -> str:
        """What was agreed with the person whose plan this is; empty where nothing was, and in the plan itself."""
        return self.own.text if isinstance(self.own, OwnName) else ""

    @property
    def is_left_out(self) -> bool:
        """Whether the person whose plan this is has nothing in this place."""
        return isinstance(self.own, OwnName) and not self.own.text

    @property
    def method(self) -> Method:
        """The scoring method."""
        return method_of(self.scoring or UNSTATED)

    @property
    def rule(self) -> Any:  # noqa: ANN401 - an instance of the method's parameters
        """The scoring rule, with defaults filled in."""
        rule: RuleModel = self.scoring or UNSTATED
        return method_of(rule).with_defaults(rule, self)

    @property
    def computation(self) -> Computation | None:
        """How the actual is computed from other columns: by the formula, or by the method's counts. None if results contain it."""
        formula: Computation | None = self.compute
        return formula or self.method.computation(self.rule)


class Scale(Model):
    """A scoring rule shared by several indicators."""

    name: Name
    """Name of the scale, for `scoring` of an indicator."""
    scoring: Scoring
    """The rule. Scores written as percentages (`80%`) fit indicators of any points."""


class Dimension(Model):
    """A weighted group of indicators."""

    name: Name
    """Name of the dimension."""
    weight: WrittenWeight | None = None
    """Share of the total."""
    points: Points | None = None
    """Total of its indicators' points, with `weights: points`; given only as a check."""
    definition: Text | None = None
    """What the dimension covers."""
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    """Its indicators; their weights add up to 100 % within the dimension, and are equal if none has one."""


FEWEST_TO_TRIM = 3
"""Without the highest and the lowest, one score must be left."""


class RaterInGroup(Model):
    """A rater and their weight."""

    name: Name
    """Name in documents."""
    rater: choice(RaterKind) | None = None  # type: ignore[valid-type]
    """The rater's relation to the person assessed. Of peers, subordinates, customers and members of a panel there may be any number; their
    mean counts."""
    weight: WrittenWeight | None = None
    """Share in the score, or in that of its group."""
    counts: choice(Counts) = Counts.YES  # type: ignore[valid-type]
    """`no`: for reference only (仅供参考): printed, but without weight in the score."""
    trim: Annotated[Whole, Field(ge=FEWEST_TO_TRIM)] | None = None
    """From so many scores on, one highest and one lowest are dropped before the mean is taken (去掉一个最高分和一个最低分); 3 or more."""
    gives: choice(Gives) = Gives.AS_SCORED  # type: ignore[valid-type]
    """`scores`: this rater gives points where the others choose a level (`rubric`), from the lowest level's score to the highest's."""

    @property
    def kind(self) -> RaterKind:
        """The relation to the person assessed; a rater without one is refused (GP477)."""
        return self.rater or RaterKind.PANEL

    @property
    def counted(self) -> bool:
        """Whether the assessment counts."""
        return bool(self.counts is Counts.YES)


class Rater(RaterInGroup):
    """A rater, or a group of raters with a weight of its own: `{name: 上级评价, weight: 60%, members: [{name: 直接上级, …}, …]}`."""

    members: tuple[RaterInGroup, ...] = ()
    """The raters of a group; their weights make 100 % inside it."""

    @property
    def alone(self) -> tuple[RaterInGroup, ...]:
        """The raters of the group, or the rater itself where it is none."""
        if not self.members:
            return (self,)
        return self.members if self.counted else tuple(each.model_copy(update={"counts": self.counts}) for each in self.members)
