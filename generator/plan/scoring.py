"""What a plan says of how an actual becomes a score: the parameters of each method.

A row of `METHODS` names a method and its parameters; the function that computes it stands in `generator/scoring/methods.py` under the
same name.
"""

from decimal import Decimal
from typing import Any, ClassVar, Literal

from generator.plan.quantity import parse_quantity
from generator.source.model import (
    Also,
    Annotated,
    BeforeValidator,
    Choice,
    Discriminator,
    Field,
    InvalidValue,
    Model,
    Number,
    Tag,
    WithJsonSchema,
    choice,
    shown,
)

_MAX_SHARE = 10


def _share(value: object) -> Decimal:
    quantity = parse_quantity(value) if isinstance(value, str) else None
    if quantity is None:
        raise InvalidValue("GP203", f"{shown(value)} is not a share", "write a percentage, e.g. 60%")
    if not 0 <= quantity.value <= _MAX_SHARE:
        raise InvalidValue("GP205", f"{shown(value)} is not between 0 % and 1000 %", "write a percentage, e.g. 120%")
    return quantity.value


Share = Annotated[Decimal, BeforeValidator(_share), WithJsonSchema({"type": ["string", "number"], "examples": ["60%", "120%"]})]


class InverseVariant(Choice):
    """How a lower-is-better ratio is formed."""

    TARGET_OVER_ACTUAL = "target-over-actual", "目标比实际"
    TWO_MINUS_RATIO = "two-minus-ratio", "二减完成率"


class Direct(Model):
    """The score is entered, within bounds."""

    TAG: ClassVar[str] = "direct"
    LABEL: ClassVar[str] = "直接评分"
    method: Annotated[Literal["direct"], WithJsonSchema({"enum": ["direct", "直接评分"]})] = "direct"
    minimum: Number = Decimal(0)
    """The lowest score that may be entered."""
    maximum: Number = Decimal(100)
    """The highest score that may be entered."""


class Ratio(Model):
    """Actual ÷ target × full points; higher is better."""

    TAG: ClassVar[str] = "ratio"
    LABEL: ClassVar[str] = "比率法"
    method: Annotated[Literal["ratio"], WithJsonSchema({"enum": ["ratio", "比率法"]})] = "ratio"
    full: Annotated[Number, Field(gt=0)] = Decimal(100)
    """Points for meeting the target exactly."""
    floor: Share | None = None
    """Attainment below this scores 0."""
    cap: Share | None = None
    """Attainment counts up to this at most."""


class InverseRatio(Model):
    """Lower is better: target ÷ actual, or 2 − actual ÷ target, × full points."""

    TAG: ClassVar[str] = "inverse-ratio"
    LABEL: ClassVar[str] = "反向比率法"
    method: Annotated[Literal["inverse-ratio"], WithJsonSchema({"enum": ["inverse-ratio", "反向比率法"]})] = "inverse-ratio"
    variant: choice(InverseVariant)  # type: ignore[valid-type]
    """Which of the two ratios."""
    full: Annotated[Number, Field(gt=0)] = Decimal(100)
    """Points for meeting the target exactly."""
    floor: Share | None = None
    """Attainment below this scores 0."""
    cap: Share | None = None
    """Attainment counts up to this at most."""
    when_zero: Annotated[Number, Field(ge=0)] | None = None
    """Score for an actual of 0, which `target-over-actual` cannot divide by."""


METHODS: dict[str, type[Direct | Ratio | InverseRatio]] = {m.TAG: m for m in (Direct, Ratio, InverseRatio)}

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
    Annotated[Direct, Tag("direct")] | Annotated[Ratio, Tag("ratio")] | Annotated[InverseRatio, Tag("inverse-ratio")],
    Discriminator(_tag),
    Also(_expand, {"enum": list(_WORDS)}),
]
