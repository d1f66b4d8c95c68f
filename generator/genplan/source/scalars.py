"""Single values of models: text, numbers, dates, yes or no, and what is said of a value that is none."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from genplan.messages import msg
from genplan.source.days import PATTERN, parse_day, parts_of_day


class InvalidValue(PydanticCustomError):  # noqa: N818 - named for what it says, as pydantic's own are
    """A value is not what its key takes.

    `code` is the diagnostic's code, `message` says what is wrong, `help` the cure.
    """

    def __new__(cls, code: str, message: str, help: str = "") -> Self:  # noqa: A002 - the word users see
        """Wrap the parts in the form pydantic carries."""
        return super().__new__(cls, code, "{message}", {"message": message, "help": help})


def shown(value: object) -> str:
    """Name a value in a message, on one line and not at length."""
    if value is None:
        return msg("an empty value")
    if isinstance(value, list):
        return msg("a list")
    if isinstance(value, dict):
        return msg("a mapping")
    text = " ".join(str(value).split())
    return f"`{text[:_LONGEST_SHOWN]}…`" if len(text) > _LONGEST_SHOWN else f"`{text}`"


_LONGEST_SHOWN = 40
_DECIMAL = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,40})?")


def decimal(text: object) -> Decimal | None:
    """Read a decimal number of at most 15 digits before the point and 40 behind it, without separators or an exponent."""
    if not isinstance(text, str | int | Decimal):
        return None
    plain = str(text).strip()
    return Decimal(plain) if _DECIMAL.fullmatch(plain) else None


def _number(value: object) -> Decimal:
    number = decimal(value)
    if number is None:
        raise InvalidValue("GP203", msg("{value} is not a number", value=shown(value)), msg("write digits, with a decimal point"))
    return number


def _whole(value: object) -> int:
    number = decimal(value)
    if number is None or number != number.to_integral_value():
        raise InvalidValue("GP203", msg("{value} is not a whole number", value=shown(value)), msg("write only digits"))
    return int(number)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue("GP203", msg("{value} where text is expected", value=shown(value)), msg("write text after the colon"))
    return value.strip()


def _flag(value: object) -> bool:
    words = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
    if not isinstance(value, str) or value.lower() not in words:
        raise InvalidValue("GP203", msg("{value} is neither yes nor no", value=shown(value)), msg("write true or false (是/否)"))
    return words[value.lower()]


def _date(value: object) -> date:
    if not isinstance(value, str) or parts_of_day(value) is None:
        raise InvalidValue("GP203", msg("{value} is not a date", value=shown(value)), msg("write year, month and day, e.g. 2026-07-01"))
    day = parse_day(value)
    if day is None:
        raise InvalidValue("GP203", msg("{value} is not a valid date", value=shown(value)), msg("correct the date"))
    return day


def _schema_version(value: object) -> object:
    if value not in ("1", 1):
        raise InvalidValue(
            "GP206",
            msg("schema version {value} is not supported by this genplan", value=shown(value)),
            msg("write `schema: 1`, or upgrade genplan"),
        )
    return 1


_NUMBER_SCHEMA = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^[+-]?\d+(\.\d+)?$"}]}

SchemaVersion = Annotated[Literal[1], BeforeValidator(_schema_version)]
WORDS_SCHEMA = {"type": ["string", "number"]}
LONGEST_TEXT, LONGEST_NAME = 20_000, 200
"""Characters; a name stands in headers of tables and pages, and in every row about what it names."""

Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), BeforeValidator(_text), WithJsonSchema(WORDS_SCHEMA)]
Name = Annotated[str, StringConstraints(max_length=LONGEST_NAME), BeforeValidator(_text), WithJsonSchema(WORDS_SCHEMA)]
Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema(_NUMBER_SCHEMA)]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer"})]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
Date = Annotated[date, BeforeValidator(_date), WithJsonSchema({"type": "string", "anyOf": [{"format": "date"}, {"pattern": PATTERN}]})]
