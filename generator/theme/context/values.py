"""Values as documents write them."""

from decimal import Decimal
from fractions import Fraction

from generator.plan.quantity import Quantity
from generator.plan.rounding import round_to
from generator.theme.locale import Locale, plain_number

_SHARE_PLACES = 4
"""A share is shown as a percentage with two places at most."""


def quantity(value: Quantity | str | None, locale: Locale) -> str | None:
    """Write a target or a parameter as the language does; words stay as they are."""
    if isinstance(value, Quantity):
        if value.points:
            return locale.label("format.percentage_points", number=locale.number(value.written))
        return locale.percent(value.value) if value.percent else locale.number(value.value)
    return value


def share(part: Fraction | None) -> Decimal | None:
    """Give a share as a decimal, rounded for display; 1 is the whole."""
    return None if part is None else round_to(part, _SHARE_PLACES)


EXACT_PLACES = 4
"""Places shown, at least, of a number that is not rounded in the calculation."""


def exact_number(number: Fraction, places: int = EXACT_PLACES) -> str:
    """Write a number that is not rounded in the calculation, with a mark where what is shown of it is cut."""
    shown = round_to(number, max(EXACT_PLACES, places))
    return plain_number(shown) + ("" if shown == number else "…")
