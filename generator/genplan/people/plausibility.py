"""Checks that actuals are plausible; one far beyond the amounts of the plan has to be confirmed (column 数值确认)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import msg
from genplan.people.column_words import COLUMN_WORDS
from genplan.people.model import Actual
from genplan.people.unit_conversion import number_text
from genplan.people.vocabulary import Field
from genplan.people.wording import NOT_SHOWN, quoted
from genplan.plan.comparison_amounts import comparison_amounts
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Polarity
from genplan.plan.polarity import likely_polarity
from genplan.source.quantity import EXACT
from genplan.source.text import fold

FAR: Mapping[Polarity, int] = {Polarity.HIGHER: 3, Polarity.LOWER: 10}
"""So many times what the plan compares with is far. Where lower is better, bad results are far above it without being wrong."""
_EVERYTHING = frozenset(map(fold, ("是", "全部", "属实", "已确认", "已核实", "確認", "確認屬實", "屬實", "yes", "all", "confirmed")))
_SEPARATORS = str.maketrans(dict.fromkeys("、，,;；/|\n", " "))


class Confirmed:
    """The indicators whose actuals a row confirms, in the column 数值确认."""

    def __init__(self, remark: str) -> None:
        self.words = frozenset(map(fold, remark.translate(_SEPARATORS).split()))

    def has(self, placed: PlacedIndicator) -> bool:
        """Return whether an indicator's actual is confirmed: by its name, or with all others."""
        names = (placed.key, placed.indicator.name, placed.indicator.id or placed.key)
        return bool(self.words & _EVERYTHING) or any(fold(name) in self.words for name in names)


@dataclass(frozen=True, slots=True)
class PlausibleLimit:
    """The largest amount that the plan compares an indicator's actuals with, and what an actual may come to without being confirmed."""

    placed: PlacedIndicator
    largest: Decimal
    allowed: Decimal

    def holds(self, reached: Fraction | Decimal) -> bool:
        """Return whether an actual is within the limit."""
        if isinstance(reached, Decimal):
            return abs(reached) <= self.allowed
        return abs(reached) <= Fraction(self.allowed)


def plausible_limits(plan: PlanFile) -> dict[str, PlausibleLimit]:
    """Return the limit of each indicator that has one, by its key."""
    return {placed.key: limit for placed in plan.indicators if (limit := plausible_limit(placed))}


def plausible_limit(placed: PlacedIndicator) -> PlausibleLimit | None:
    """Return the limit of an indicator; None where it is compared with nothing."""
    largest = max((abs(amount.value) for amount in comparison_amounts(placed.indicator)), default=Decimal(0))
    cap: Decimal | None = getattr(placed.indicator.rule, "cap", None)
    times = max(Decimal(FAR[likely_polarity(placed.indicator)]), cap or Decimal(0))
    return PlausibleLimit(placed, largest, EXACT.multiply(times, largest)) if largest else None


_FAR = {
    (True, False): msg("`{key}`: {value} is {times} times the target, {amount}"),
    (True, True): msg("`{key}`: {value} is many times the target, {amount}"),
    (False, False): msg("`{key}`: {value} is {times} times the largest amount the plan compares it with, {amount}"),
    (False, True): msg("`{key}`: {value} is many times the largest amount the plan compares it with, {amount}"),
}
"""By whether it is compared with the target, and whether it may be a password."""


def check_plausibility(limit: PlausibleLimit, actual: Actual, confirming: str, *, hidden: bool) -> list[Diagnostic]:
    """GP463: an actual that is far beyond every amount of the plan, and beyond its cap, and is not confirmed.

    `confirming` is what the column 数值确认 says, and an actual that is `hidden` may be a password.
    """
    placed, largest = limit.placed, limit.largest
    reached = _exact(actual)
    if reached is None or limit.holds(reached) or Confirmed(confirming).has(placed):
        return []
    message = _FAR[_is_target(placed, largest), hidden].with_values(
        key=placed.key,
        value=msg("a value {not_shown}", not_shown=NOT_SHOWN) if hidden else quoted(actual.text),
        amount=_text(placed, largest),
    )
    if not hidden:
        times = Fraction(round(abs(Fraction(reached)) / Fraction(largest)))
        message = message.with_values(times=number_text(times, percent=False))
    advice = msg(
        "correct it; if it is right, add a column {column} (confirmed values) with the indicator's name (`{name}`) in this row",
        column=COLUMN_WORDS[Field.CONFIRMED],
        name=placed.indicator.name,
    )
    return [diagnose("GP463", actual.span, message, help=advice)]


def _exact(actual: Actual) -> Fraction | Decimal | None:
    if isinstance(actual.value, str):
        return None
    return actual.exact if actual.exact is not None else actual.value.value


def _is_target(placed: PlacedIndicator, largest: Decimal) -> bool:
    return getattr(placed.indicator.target, "value", None) == largest


def _text(placed: PlacedIndicator, largest: Decimal) -> str:
    amounts: Sequence[bool] = [amount.percent for amount in comparison_amounts(placed.indicator) if abs(amount.value) == largest]
    return number_text(Fraction(largest), percent=any(amounts))
