"""What a plan says of how an actual becomes a score: the parameters of each method.

A row of `METHODS` names a method and its parameters; the function that computes it stands in `genplan/scoring/methods.py` under the
same name.
"""

from decimal import Decimal
from typing import Any, ClassVar, Literal

from genplan.plan.quantity import Quantity, parse_difference, parse_quantity
from genplan.source.model import (
    Also,
    Annotated,
    BeforeValidator,
    Choice,
    Discriminator,
    Field,
    InvalidValue,
    Model,
    Name,
    Number,
    Tag,
    Text,
    WithJsonSchema,
    choice,
    shown,
)

_MAX_SHARE = 10


def _share(value: object) -> Decimal:
    quantity = parse_quantity(value) if isinstance(value, str) else None
    if quantity is None:
        raise InvalidValue("GP203", f"{shown(value)} is not a share", "write a percentage, e.g. 60%")
    if not quantity.percent and quantity.value >= _MAX_SHARE:
        raise InvalidValue(
            "GP205", f"{shown(value)} would be {quantity.value:f} times the whole", f"write `{value}%` if a percentage is meant"
        )
    if not 0 <= quantity.value <= _MAX_SHARE:
        raise InvalidValue("GP205", f"{shown(value)} is not between 0 % and 1000 %", "write a percentage, e.g. 120%")
    return quantity.value


def _part(value: object) -> Decimal:
    share = _share(value)
    if share > 1:
        raise InvalidValue("GP205", f"{shown(value)} is more than everybody", "write a percentage from 0% to 100%")
    return share


def _amount(value: object) -> Quantity:
    quantity = parse_quantity(value) if isinstance(value, str) else None
    if quantity is None:
        raise InvalidValue("GP203", f"{shown(value)} is not a number or percentage", "write digits, e.g. 25 or 3%")
    return quantity


def _difference(value: object) -> Quantity:
    quantity = parse_difference(value) if isinstance(value, str) else None
    if quantity is None:
        raise InvalidValue("GP203", f"{shown(value)} is not a number or percentage", "write digits, e.g. 25, 3% (of the target) or 1pp")
    return quantity


_AMOUNT_SCHEMA = {"type": ["string", "number"], "examples": [25, "3%"]}

Share = Annotated[Decimal, BeforeValidator(_share), WithJsonSchema({"type": ["string", "number"], "examples": ["60%", "120%"]})]
Amount = Annotated[Any, BeforeValidator(_amount), WithJsonSchema(_AMOUNT_SCHEMA)]
Part = Annotated[Decimal, BeforeValidator(_part), WithJsonSchema({"type": ["string", "number"], "examples": ["10%", "100%"]})]
Difference = Annotated[Any, BeforeValidator(_difference), WithJsonSchema({"type": ["string", "number"], "examples": [25, "3%", "1pp"]})]
Points = Annotated[Number, Field(gt=0)]


class InverseVariant(Choice):
    """How a lower-is-better ratio is formed."""

    TARGET_OVER_ACTUAL = "target-over-actual", "目标比实际"
    TWO_MINUS_RATIO = "two-minus-ratio", "二减完成率"


class Inclusive(Choice):
    """Which of its bounds a tier includes."""

    UPPER = "upper", "含上限"
    LOWER = "lower", "含下限"


class Steps(Choice):
    """Whether a part of a step counts."""

    WHOLE = "whole", "整步"
    PRORATED = "prorated", "按比例"


class Better(Choice):
    """On which side of the target points are gained."""

    HIGHER = "higher", "越高越好"
    LOWER = "lower", "越低越好"


class Passing(Choice):
    """How an actual meets a target."""

    AT_LEAST = "at-least", "不低于"
    AT_MOST = "at-most", "不高于"


class RuleModel(Model):
    """Base of the rules: the name of the method, in English and Chinese."""

    TAG: ClassVar[str]
    LABEL: ClassVar[str]


class Direct(RuleModel):
    """The score is entered, within bounds."""

    TAG: ClassVar[str] = "direct"
    LABEL: ClassVar[str] = "直接评分"
    method: Annotated[Literal["direct"], WithJsonSchema({"enum": ["direct", "直接评分"]})] = "direct"
    minimum: Number = Decimal(0)
    """The lowest score that may be entered."""
    maximum: Number = Decimal(100)
    """The highest score that may be entered."""


class Ratio(RuleModel):
    """Actual ÷ target × full points; higher is better."""

    TAG: ClassVar[str] = "ratio"
    LABEL: ClassVar[str] = "比率法"
    method: Annotated[Literal["ratio"], WithJsonSchema({"enum": ["ratio", "比率法"]})] = "ratio"
    full: Points = Decimal(100)
    """Points for meeting the target exactly."""
    floor: Share | None = None
    """Attainment below this scores 0."""
    cap: Share | None = None
    """Attainment counts up to this at most."""


class InverseRatio(RuleModel):
    """Lower is better: target ÷ actual, or 2 − actual ÷ target, × full points."""

    TAG: ClassVar[str] = "inverse-ratio"
    LABEL: ClassVar[str] = "反向比率法"
    method: Annotated[Literal["inverse-ratio"], WithJsonSchema({"enum": ["inverse-ratio", "反向比率法"]})] = "inverse-ratio"
    variant: choice(InverseVariant)  # type: ignore[valid-type]
    """Which of the two ratios."""
    full: Points = Decimal(100)
    """Points for meeting the target exactly."""
    floor: Share | None = None
    """Attainment below this scores 0."""
    cap: Share | None = None
    """Attainment counts up to this at most."""
    when_zero: Annotated[Number, Field(ge=0)] | None = None
    """Score for an actual of 0, which `target-over-actual` cannot divide by."""


class Tier(Model):
    """A band of actuals and its points. The first has no lower bound, the last no upper one."""

    from_: Amount | None = Field(None, alias="from")
    """Lower bound; none in the lowest tier."""
    to: Amount | None = None
    """Upper bound; none in the highest tier."""
    points: Number
    """Score of an actual in this band."""


class Tiers(RuleModel):
    """The points of the band the actual falls in."""

    TAG: ClassVar[str] = "tiers"
    LABEL: ClassVar[str] = "层差法"
    method: Annotated[Literal["tiers"], WithJsonSchema({"enum": ["tiers", "层差法"]})] = "tiers"
    inclusive: choice(Inclusive)  # type: ignore[valid-type]
    """Whether an actual that is on a bound belongs to the tier below it (`upper`) or above it (`lower`)."""
    tiers: Annotated[tuple[Tier, ...], Field(min_length=2)]
    """The bands, from the lowest actuals up; each starts where the one before ends."""


class Point(Model):
    """A score at an actual."""

    at: Amount
    """The actual."""
    score: Number
    """Its score."""


class Interpolation(RuleModel):
    """Between given points the score follows a straight line; beyond the outermost it stays theirs."""

    TAG: ClassVar[str] = "interpolation"
    LABEL: ClassVar[str] = "线性插值"
    method: Annotated[Literal["interpolation"], WithJsonSchema({"enum": ["interpolation", "线性插值"]})] = "interpolation"
    points: tuple[Point, ...] = ()
    """Two points or more; where absent, the indicator's threshold scores 0, its target 100 and its stretch, if it has one, 120."""


class PerUnit(RuleModel):
    """Base points, and points more or less for each step that the actual is off the target."""

    TAG: ClassVar[str] = "per-unit"
    LABEL: ClassVar[str] = "加减分法"
    method: Annotated[Literal["per-unit"], WithJsonSchema({"enum": ["per-unit", "加减分法"]})] = "per-unit"
    base: Number
    """Points for meeting the target exactly."""
    points: Points
    """Points of one step."""
    per: Difference
    """Size of a step: in the actual's unit; as a percentage of the target (`3%`); or in percentage points (`1pp`, 1个百分点)."""
    limit: Points
    """At most so many points are added or taken."""
    steps: choice(Steps)  # type: ignore[valid-type]
    """Whether only whole steps count, or parts of them too."""
    better: choice(Better) = Better.HIGHER  # type: ignore[valid-type]
    """On which side of the target points are gained."""

    def is_share_of_percentage(self, target: object) -> bool:
        """Tell whether a step is a percentage of a target that is one itself, which is easily taken for percentage points."""
        return bool(self.per.percent and isinstance(target, Quantity) and target.percent)


class Deduction(RuleModel):
    """Full points, less points for each occurrence."""

    TAG: ClassVar[str] = "deduction"
    LABEL: ClassVar[str] = "扣分法"
    method: Annotated[Literal["deduction"], WithJsonSchema({"enum": ["deduction", "扣分法"]})] = "deduction"
    full: Points = Decimal(100)
    """Points without any occurrence."""
    points: Points
    """Points taken for each."""
    lowest: Number = Decimal(0)
    """The score does not fall below this."""


class PassFail(RuleModel):
    """Full points where the target is met, else none."""

    TAG: ClassVar[str] = "pass-fail"
    LABEL: ClassVar[str] = "非此即彼法"
    method: Annotated[Literal["pass-fail"], WithJsonSchema({"enum": ["pass-fail", "非此即彼法"]})] = "pass-fail"
    full: Points = Decimal(100)
    """Points where the target is met."""
    passes: choice(Passing)  # type: ignore[valid-type]
    """Whether the actual is to be at least, or at most, the target."""


class Level(Model):
    """A level of a rubric."""

    name: Name
    """Name of the level, as results enter it."""
    score: Number
    """Its score."""
    definition: Text | None = None
    """What the level means."""


class Rubric(RuleModel):
    """A level is entered, and each level has its score."""

    TAG: ClassVar[str] = "rubric"
    LABEL: ClassVar[str] = "说明法"
    method: Annotated[Literal["rubric"], WithJsonSchema({"enum": ["rubric", "说明法"]})] = "rubric"
    levels: Annotated[tuple[Level, ...], Field(min_length=2)]
    """The levels, from the best down."""


Rule = Direct | Ratio | InverseRatio | Tiers | Interpolation | PerUnit | Deduction | PassFail | Rubric

METHODS: dict[str, type[Rule]] = {
    m.TAG: m for m in (Direct, Ratio, InverseRatio, Tiers, Interpolation, PerUnit, Deduction, PassFail, Rubric)
}

_WORDS = {word: tag for tag, model in METHODS.items() for word in (tag, model.LABEL)}


def _expand(value: object) -> object:
    """Let the method's name stand for the mapping, and its Chinese name for the English one."""
    if isinstance(value, str):
        value = {"method": value}
    if not isinstance(value, dict):
        raise InvalidValue("GP203", f"{shown(value)} where a scoring method is expected", "write e.g. `scoring: direct`")
    method = value.get("method")
    if method is None:
        raise InvalidValue("GP202", "key `method` (方法) is missing", "add `method:` here")
    if not isinstance(method, str) or method not in _WORDS:
        offered = ", ".join(f"{tag} ({model.LABEL})" for tag, model in METHODS.items())
        raise InvalidValue("GP204", f"{shown(method)} is not a scoring method", f"write one of: {offered}")
    return {**value, "method": _WORDS[method]}


def _tag(value: Any) -> str:  # noqa: ANN401 - pydantic hands over what was written or the model
    return str(value["method"] if isinstance(value, dict) else value.TAG)


Scoring = Annotated[
    Annotated[Direct, Tag("direct")]
    | Annotated[Ratio, Tag("ratio")]
    | Annotated[InverseRatio, Tag("inverse-ratio")]
    | Annotated[Tiers, Tag("tiers")]
    | Annotated[Interpolation, Tag("interpolation")]
    | Annotated[PerUnit, Tag("per-unit")]
    | Annotated[Deduction, Tag("deduction")]
    | Annotated[PassFail, Tag("pass-fail")]
    | Annotated[Rubric, Tag("rubric")],
    Discriminator(_tag),
    Also(_expand, {"enum": list(_WORDS)}),
]


_STANDARD_SCORES = (Decimal(0), Decimal(100), Decimal(120))
"""What threshold, target and stretch score where an interpolation gives no points."""


def complete(rule: Rule, marks: tuple[Quantity | str | None, ...]) -> Rule:
    """Give an interpolation without points those of the indicator's threshold, target and stretch (`marks`, in this order)."""
    if not isinstance(rule, Interpolation) or rule.points:
        return rule
    pairs = zip(marks, _STANDARD_SCORES, strict=True)
    points = tuple(Point.model_construct(at=at, score=score) for at, score in pairs if isinstance(at, Quantity))
    return rule.model_copy(update={"points": points})
