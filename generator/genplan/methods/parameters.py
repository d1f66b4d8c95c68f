"""Types for the parameters of scoring methods."""

from decimal import Decimal
from typing import Any, ClassVar

from genplan.messages import msg
from genplan.source.model import Annotated, BeforeValidator, Choice, Field, InvalidValue, Model, Name, Number, WithJsonSchema, shown
from genplan.source.quantity import parse_difference, parse_quantity

_MAX_SHARE = 10


def _share(value: object) -> Decimal:
    quantity = parse_quantity(value) if isinstance(value, str) else None
    if quantity is None:
        raise InvalidValue("GP203", msg("{value} is not a share", value=shown(value)), msg("write a percentage, e.g. 60%"))
    if not quantity.percent and quantity.value >= _MAX_SHARE:
        raise InvalidValue(
            "GP205",
            msg("{value} without a percent sign means {number} × 100 %", value=shown(value), number=f"{quantity.value:f}"),
            msg("write `{value}%` if a percentage is meant", value=value),
        )
    if not 0 <= quantity.value <= _MAX_SHARE:
        raise InvalidValue("GP205", msg("{value} is not between 0 % and 1000 %", value=shown(value)), msg("write a percentage, e.g. 120%"))
    return quantity.value


def _part(value: object) -> Decimal:
    share = _share(value)
    if share > 1:
        raise InvalidValue("GP205", msg("{value} is more than 100 %", value=shown(value)), msg("write a percentage from 0% to 100%"))
    return share


def _amount(value: object) -> Any:  # noqa: ANN401 - a Quantity, which pydantic is not to look into
    quantity = parse_quantity(value) if isinstance(value, str) else None
    if quantity is None:
        raise InvalidValue("GP203", msg("{value} is not a number or percentage", value=shown(value)), msg("write digits, e.g. 25 or 3%"))
    return quantity


def _difference(value: object) -> Any:  # noqa: ANN401 - as above
    quantity = parse_difference(value) if isinstance(value, str) else None
    if quantity is None:
        raise InvalidValue(
            "GP203",
            msg("{value} is not a number or percentage", value=shown(value)),
            msg("write digits, e.g. 25, 3% (of the target) or 1pp"),
        )
    return quantity


def _marks(value: object) -> Any:  # noqa: ANN401 - as above
    quantity = parse_quantity(str(value)) if isinstance(value, str | int) else None
    if quantity is None:
        raise InvalidValue(
            "GP203", msg("{value} is not a score", value=shown(value)), msg("write points, e.g. 12, or a percentage of the full marks: 80%")
        )
    return quantity


_AMOUNT_SCHEMA = {"type": ["string", "number"], "examples": [25, "3%"]}

Share = Annotated[Decimal, BeforeValidator(_share), WithJsonSchema({"type": ["string", "number"], "examples": ["60%", "120%"]})]
Amount = Annotated[Any, BeforeValidator(_amount), WithJsonSchema(_AMOUNT_SCHEMA)]
Part = Annotated[Decimal, BeforeValidator(_part), WithJsonSchema({"type": ["string", "number"], "examples": ["10%", "100%"]})]
Difference = Annotated[Any, BeforeValidator(_difference), WithJsonSchema({"type": ["string", "number"], "examples": [25, "3%", "1pp"]})]
Points = Annotated[Number, Field(gt=0)]
Marks = Annotated[Any, BeforeValidator(_marks), WithJsonSchema({"type": ["string", "number"], "examples": [12, "80%"]})]
"""A score in points or as a percentage of the full marks; a `Quantity` as written, and points (`Decimal`) once the rule is completed."""


class Polarity(Choice):
    """Which direction is better."""

    HIGHER = "higher", "越高越好", "at-least", "不低于"
    LOWER = "lower", "越低越好", "at-most", "不高于"


class Missing(Choice):
    """What happens to what is missing: an indicator's actual, or a person's total in a period of a roll-up."""

    ERROR = "error", "不得计分", "报错"
    EXCLUDE = "exclude", "剔除"
    ZERO = "zero", "计零"


ATTAINMENT_WORDS = ("完成率", "达成率", "達成率", "attainment")
ACTUAL_WORDS = ("实际值", "實際值", "actual")
"""What follows an indicator's name and a dot, where its attainment or its actual is meant."""


class RuleModel(Model):
    """Base class of rules: the method's name in English and Chinese."""

    TAG: ClassVar[str]
    LABEL: ClassVar[str]
    scale: Name | None = None
    """Name of the shared scale (`scales`) that the rule comes from; parameters given next to it override the scale's."""
