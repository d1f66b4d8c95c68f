"""Remarks that repeat what the plan says, a target, a weight, a scale or the period: they must agree with it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from genplan.diagnostics import Span
from genplan.messages import msg
from genplan.people.header_remark_words import OTHER
from genplan.people.measures import Measure
from genplan.people.model import Cell
from genplan.people.password_detection import quoted_header
from genplan.people.remark import NOTHING, Remark, refused
from genplan.people.unit_conversion import read_amount
from genplan.plan.load import PlacedIndicator
from genplan.plan.period_parsing import Mention, PartOfYear, find_mentions
from genplan.plan.periods import Period
from genplan.source.quantity import Quantity
from genplan.source.text import fold

_TARGET = re.compile(r"(?:目标值?|目標值?|target)\s*[:=]?\s*(?=\S)(.+)", re.IGNORECASE | re.DOTALL)
_WEIGHT = re.compile(
    r"(?:(?:权重|權重|占比|佔比|weight)\s*:?\s*)?([0-9]+(?:\.[0-9]+)?)\s*(%)|(?:权重|權重|weight)\s*:?\s*([0-9]+(?:\.[0-9]+)?)",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"(?:满分|滿分|full marks?|max\.?|out of)\s*:?\s*(?:为)?\s*([0-9]+)\s*分?|([0-9]+)\s*分(?:满分|滿分|制)?|([0-9]+)\s*points?",
    re.IGNORECASE,
)
_SCALE = re.compile(r"([0-9]+)\s*分?\s*[-~–—至到]\s*([0-9]+)\s*分?")
_SCALES = {"百分制": "100", "十分制": "10", "五分制": "5"}
_OTHER = frozenset(map(fold, OTHER))


def names_full_points(remark: str) -> bool:
    """Return whether a remark says how many points there are: 满分100, 百分制."""
    return remark in _SCALES or _FULL.fullmatch(remark) is not None


def read_target(placed: PlacedIndicator, measure: Measure, remark: str) -> Iterator[Remark]:
    """Read a target: 目标100."""
    match = _TARGET.fullmatch(remark)
    if match is None or fold(remark) in _OTHER:
        return
    own = placed.indicator.target
    if _equals(measure, match[1], own):
        yield NOTHING
        return
    message = msg("the header gives the target {target} of `{indicator}`, but the plan none")
    if own:
        message = msg("the header gives the target {target} of `{indicator}`, but the plan {other}").with_values(other=_written(own))
    yield refused(message.with_values(target=quoted_header(match[1]), indicator=placed.key), msg("correct the wrong one"))


def _written(own: Quantity | str) -> str:
    return f"{own.written:f}{'%' if own.percent else ''}" if isinstance(own, Quantity) else own


def _equals(measure: Measure, text: str, own: Quantity | str | None) -> bool:
    if not isinstance(own, Quantity):
        return own is not None and fold(own) == fold(text)
    amount = read_amount(measure, Cell(text, Span(""))).value
    if amount is None or not isinstance(amount.actual.value, Quantity):
        return False
    return amount.actual.number == Fraction(own.value)


def read_weight(placed: PlacedIndicator, remark: str) -> Iterator[Remark]:
    """Read a weight, in the indicator's dimension or in all: 权重30%."""
    match = _WEIGHT.fullmatch(remark)
    if match is None:
        return
    written = Fraction(Decimal(match[1] or match[3])) / (100 if match[2] else 1)
    own, group = (_part(weight) for weight in (placed.indicator.weight, placed.dimension.weight))
    known = [own, *([own * group] if own is not None and group is not None else [])]
    if own is not None and (written in known or (not match[2] and written / 100 in known)):
        yield NOTHING
        return
    message = msg(
        "the header gives {weight} as the weight of `{indicator}`, but the plan gives another",
        weight=quoted_header(remark),
        indicator=placed.key,
    )
    yield refused(message, msg("correct the wrong one, or remove it from the header"))


def _part(weight: object) -> Fraction | None:
    number, percent = getattr(weight, "number", None), getattr(weight, "percent", False)
    return None if number is None else Fraction(number) / 100 if percent or number > 1 else Fraction(number)


def read_scale(placed: PlacedIndicator | None, name: str, remark: str) -> Iterator[Remark]:
    """Read a scale of points: 满分100, 0-100分, 百分制. Only indicators have one."""
    full, scale = _FULL.fullmatch(remark), _SCALE.fullmatch(remark)
    if full is None and scale is None and remark not in _SCALES:
        return
    highest = scale[2] if scale else next(filter(None, full.groups())) if full else _SCALES[remark]
    rule = placed.indicator.rule if placed else None
    own = getattr(rule, "maximum", getattr(rule, "full", None))
    lowest = getattr(rule, "minimum", Decimal(0))
    if own is not None and own == Decimal(highest) and (scale is None or lowest == Decimal(scale[1])):
        yield NOTHING
        return
    message = msg(
        "the header gives {scale} as the scale of `{indicator}`, but the plan gives another",
        scale=quoted_header(remark),
        indicator=name,
    )
    yield refused(message, msg("enter scores on the plan's scale, or correct `maximum` (上限) in the plan"))


def read_period(default: Period | None, remark: str) -> Iterator[Remark]:
    """Read the period that a header names; `default` is the one that the rows are about."""
    mentioned = find_mentions(remark)
    if not mentioned:
        return
    if default is not None and all(_same(each, default) for each in mentioned):
        yield NOTHING
        return
    message = msg("the header says {remark}, but the period of the rows is not known", remark=quoted_header(remark))
    if default:
        message = msg("the header says {remark}, but the period of the rows is {period}", remark=quoted_header(remark), period=default.id)
    advice = msg("keep one period per file, named after it, or state the period of each row in a column 考核期")
    yield refused(message, advice)


def _same(mention: Mention, period: Period) -> bool:
    """Return whether what a text says about time is the period."""
    if isinstance(mention.value, PartOfYear):
        return (mention.value.shape, mention.value.ordinal) == (period.shape, period.ordinal)
    return isinstance(mention.value, Period) and (mention.value.start, mention.value.end) == (period.start, period.end)
