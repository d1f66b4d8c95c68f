"""Values as documents write them."""

from decimal import Decimal
from fractions import Fraction

from genplan.methods.method import OWN_TARGET
from genplan.methods.wording import amount
from genplan.plan.load import PlacedIndicator
from genplan.plan.model import Indicator
from genplan.plan.rounding import round_to
from genplan.source.quantity import Quantity
from genplan.theme.locale import Locale

SHARE_PLACES = 4
"""A share is shown as a percentage with two places at most."""


def quantity(value: Quantity | str | None, locale: Locale) -> str | None:
    """Write a target or a parameter as the language does; words stay as they are."""
    if isinstance(value, Quantity):
        return amount(value, locale)
    return locale.label("target.own") if value == OWN_TARGET else value


def actual(value: Quantity | str, target: Quantity | str | None, locale: Locale) -> str:
    """Write an actual in the form of its target: 0.96 against 90% is 96%."""
    if isinstance(value, Quantity) and isinstance(target, Quantity) and target.percent:
        return locale.percent(value.value)
    return quantity(value, locale) or ""


def name(indicator: Indicator, locale: Locale) -> str:
    """Name an indicator as the plan does; one that was agreed with a person alone, by that, after the name of its place in the plan."""
    own = indicator.own_name
    return f"{indicator.name}{locale.label('format.colon')}{own}" if own else indicator.name


def title(placed: PlacedIndicator, locale: Locale) -> str:
    """Name an indicator as the plan does, after its dimension where two share the name."""
    named, group = name(placed.indicator, locale), placed.dimension.name
    return f"{group}{locale.label('format.path')}{named}" if placed.shared and group else named


def share(part: Fraction | None) -> Decimal | None:
    """Return a share as a decimal, rounded for display; 1 is the whole."""
    return None if part is None else round_to(part, SHARE_PLACES)
