"""Full marks: an indicator's score if all requirements are met."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from genplan.methods.method import IndicatorInfo
from genplan.source.quantity import EXACT, Quantity

_HUNDRED = Decimal(100)


def full_marks(indicator: IndicatorInfo) -> Decimal:
    """Return the indicator's points in a points form, otherwise 100."""
    return _HUNDRED if indicator.points is None else indicator.points


def with_full_marks(key: str, rule: Any, indicator: IndicatorInfo) -> Any:  # noqa: ANN401 - a rule of any method
    """Set a rule's omitted `key` to the full marks."""
    if indicator.points is None or key in rule.model_fields_set:
        return rule
    return rule.model_copy(update={key: indicator.points})


def points_of(marks: Quantity, indicator: IndicatorInfo) -> Decimal:
    """Return marks in points: percentages are of the full marks."""
    return EXACT.multiply(marks.value, full_marks(indicator)) if marks.percent else marks.value


def at_most_full(indicator: IndicatorInfo, *scores: Decimal) -> Fraction:
    """Return the highest possible score, but no more than the full marks: points above those reward exceeding the requirement."""
    return min(Fraction(full_marks(indicator)), max(Fraction(score) for score in scores))
