"""Plan values other than plain text and numbers: weights, ids, periods, languages, formulas."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from genplan.messages import listing, msg
from genplan.methods.method import OWN_TARGET
from genplan.plan.condition import Condition, Fact, Reference, Subject
from genplan.plan.condition_reader import parse_condition
from genplan.plan.condition_reader import reference as parse_reference
from genplan.plan.formula import Formula, FormulaError, parse_formula
from genplan.plan.period_parsing import read_period
from genplan.plan.periods import FORMS
from genplan.source.model import (
    Also,
    Annotated,
    BeforeValidator,
    InvalidValue,
    Text,
    WithJsonSchema,
    one_or_many,
    shown,
)
from genplan.source.quantity import Quantity, parse_quantity
from genplan.source.text import fold

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


_LONGEST_ID = 100


_LONGEST_UNIT = 12


LANGUAGES = ("zh-CN", "zh-TW", "en")
"""The languages with built-in labels; a workspace may add others."""


DEFAULT_LANGUAGE = LANGUAGES[0]


_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Weight:
    """A weight as written: the number, and whether a percent sign follows it."""

    number: Decimal
    percent: bool


def _weight(value: object) -> Weight:
    quantity = parse_quantity(value) if isinstance(value, str) else None
    if quantity is None:
        raise InvalidValue(
            "GP203", msg("{value} is not a weight", value=shown(value)), msg("write 30%, 0.3 or 30, the same way throughout the plan")
        )
    if quantity.value < 0:
        raise InvalidValue("GP205", msg("{value}: a weight is not negative", value=shown(value)), msg("write a weight above 0"))
    return Weight(quantity.written, quantity.percent)


def _value(value: object) -> "Quantity | str":
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(
            "GP203", msg("{value} where a value is expected", value=shown(value)), msg("write a number, a percentage or words")
        )
    return parse_quantity(value) or value.strip()


_OWN_TARGET_WORDS = frozenset(map(fold, (OWN_TARGET, "个人目标", "個人目標")))


def is_own(text: str) -> bool:
    """Return whether a text says that each person has a value of their own."""
    return fold(text) in _OWN_TARGET_WORDS


def _target(value: object) -> "Quantity | str":
    read = _value(value)
    return OWN_TARGET if isinstance(read, str) and is_own(read) else read


def period_dates(value: object) -> object:
    """Read the short form of a period; leave a mapping unchanged."""
    if isinstance(value, dict):
        return value
    period = read_period(value) if isinstance(value, str) else None
    if period is None:
        advice = msg("write {forms}, or a mapping with name, start and end", forms=FORMS)
        raise InvalidValue("GP210", msg("{value} is not a period", value=shown(value)), advice)
    return {"start": period.start.isoformat(), "end": period.end.isoformat(), "name": period.id}


def formula_value(value: object) -> Formula:
    """Parse a formula."""
    try:
        return parse_formula(_written(value))
    except FormulaError as error:
        fault = msg("{fault} (character {column})", fault=str(error), column=error.column) if error.column else str(error)
        advice = msg("use names, numbers, + - * / and brackets, min, max and abs")
        raise InvalidValue("GP211", fault, advice) from None


def condition_value(value: object) -> Condition:
    """Parse a condition."""
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue("GP203", msg("{value} where a condition is expected", value=shown(value)), msg("write e.g. 销售额.完成率 < 60%"))
    try:
        return parse_condition(value)
    except FormulaError as error:
        advice = msg("compare names, numbers and percentages: 销售额.完成率 < 60% and 旷职 > 0; numbers stand without units")
        raise InvalidValue("GP391", str(error), advice) from None


def limit_value(value: object) -> Reference:
    """Parse what limits a score: the score or the attainment of another indicator."""
    try:
        found = parse_reference(value) if isinstance(value, str) else None
    except FormulaError:
        found = None
    if found is None or found.subject is not Subject.NAMED or found.fact not in (Fact.SCORE, Fact.ATTAINMENT):
        message = msg("{value} is not the score or the attainment of an indicator", value=shown(value))
        raise InvalidValue("GP346", message, msg("write e.g. 回款率.得分 (score) or 回款率.完成率 (attainment)"))
    return found


def _written(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(
            "GP203", msg("{value} where a formula is expected", value=shown(value)), msg("write e.g. retained / members_at_start")
        )
    return value


def _identifier(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_ID or not _SLUG.fullmatch(value):
        raise InvalidValue(
            "GP203",
            msg("{value} is not an id", value=shown(value)),
            msg("use lower-case Latin letters, digits and hyphens, at most {limit}, e.g. new-members", limit=_LONGEST_ID),
        )
    return value


def unit_word(value: object) -> object:
    """Check the word for what is assessed."""
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_UNIT or set(value) & set("{}\n"):
        advice = msg("write a word of at most {limit} characters for one of them: 社群, 班组, 项目", limit=_LONGEST_UNIT)
        raise InvalidValue("GP203", msg("{value} is not a name for a unit that is assessed", value=shown(value)), advice)
    return value.strip()


def language_code(value: object) -> object:
    """Check a language code."""
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise InvalidValue(
            "GP204", msg("{value} is not a language code", value=shown(value)), msg("write e.g. {languages}", languages=listing(LANGUAGES))
        )
    return value


LANGUAGE_SCHEMA = {"type": "string", "pattern": f"^{_LANGUAGE.pattern}$", "examples": list(LANGUAGES)}


PERIOD_SCHEMA = {"type": ["string", "integer"], "examples": ["2026", "2026-H1", "2026-Q3", "2026-07", "2026-W28"]}


_WEIGHT_SCHEMA = {"type": ["string", "number"], "pattern": r"^\d+(\.\d+)?\s*%?$", "examples": ["30%", 30]}


Identifier = Annotated[str, BeforeValidator(_identifier), WithJsonSchema({"type": "string", "pattern": f"^{_SLUG.pattern}$"})]


WrittenWeight = Annotated[Any, BeforeValidator(_weight), WithJsonSchema(_WEIGHT_SCHEMA)]


Value = Annotated[Any, BeforeValidator(_value), WithJsonSchema({"type": ["string", "number"], "examples": [500, "92%", "无重大事故"]})]


TargetValue = Annotated[
    Any, BeforeValidator(_target), WithJsonSchema({"type": ["string", "number"], "examples": [500, "92%", "own", "个人目标"]})
]


Texts = Annotated[tuple[Text, ...], Also(one_or_many, {"type": ["string", "number"]})]


When = Annotated[
    Any, BeforeValidator(condition_value), WithJsonSchema({"type": "string", "examples": ["任一指标完成率 < 80%", "旷职 > 0"]})
]


ScoreLimit = Annotated[Any, BeforeValidator(limit_value), WithJsonSchema({"type": "string", "examples": ["回款率.完成率", "回款率.得分"]})]
