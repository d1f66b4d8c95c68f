"""The words of a language: labels from `templates/locales/`, and how it writes numbers, dates and periods (by CLDR, through Babel)."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, localcontext
from functools import cache, lru_cache

import babel
from babel.dates import format_date, format_skeleton
from babel.numbers import NumberPattern, parse_pattern

from genplan.plan.periods import Period
from genplan.source.quantity import EXACT

_FIELD = re.compile(r"\{(\w+)((?:\|[^{}|]*)*)\}")
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""CLDR's categories of number, in its order."""
FALLBACK = "en"
"""Whose patterns stand in for those of a language that CLDR does not have."""


class MissingLabelError(LookupError):
    """A label is asked for that the language does not have."""


@dataclass(frozen=True, slots=True)
class Locale:
    """A language's labels, by dotted name.

    Among them are CLDR's names or patterns that numbers and dates are written by: `format.number`, `format.percent`, `format.date`, and
    `format.month` for a month of a year.
    """

    language: str
    labels: Mapping[str, str]

    def label(self, name: str, /, **values: object) -> str:
        """Return a label, with `{fields}` filled in; `{points|point|points}` gives the word that goes with the number `points`.

        The words stand in the order of CLDR's plural categories, so many as the language has.

        Raises:
            MissingLabelError: there is no such label, or a field of it has no value.
        """
        try:
            return _FIELD.sub(lambda match: self._fill(match[1], match[2], values), self.labels[name])
        except KeyError as error:
            raise MissingLabelError(name if name not in self.labels else f"{name}: {error.args[0]}") from None

    def _fill(self, name: str, forms: str, values: Mapping[str, object]) -> str:
        if not forms:
            return str(values[name])
        words = forms.split("|")[1:]
        return words[min(_plural(self.language, str(values[name])), len(words) - 1)]

    def assessing(self, unit: str) -> "Locale":
        """Return the language's words for a plan that assesses units, called `unit`: labels below `unit` stand for those of their names."""
        own = {name: text.replace("{unit}", unit) for name, text in self.options("unit").items()}
        return Locale(self.language, {**self.labels, **own})

    def options(self, name: str) -> Mapping[str, str]:
        """List the labels below a dotted name, by the rest of their names."""
        start = f"{name}."
        return {key.removeprefix(start): text for key, text in self.labels.items() if key.startswith(start)}

    def number(self, number: Decimal, places: int | None = None) -> str:
        """Write a number without superfluous zeros, or with exactly as many decimal places as asked for."""
        return self._written("format.number", "0.#", number, places)

    def percent(self, share: Decimal, places: int | None = None) -> str:
        """Write a share as a percentage: 0.25 → 25%."""
        return self._written("format.percent", "0.#%", share, places)

    def _written(self, name: str, default: str, number: Decimal, places: int | None) -> str:
        with localcontext(EXACT):
            if places is None:
                number = number.normalize()
            return _number(self.labels.get(name, default), self.language, number, number.is_signed(), places)

    def date(self, day: dt.date) -> str:
        """Write a date."""
        return _date(day, self.labels.get("format.date", "long"), self.language)

    def month(self, day: dt.date) -> str:
        """Write the month of a date, with its year."""
        return _month(day, self.labels.get("format.month", "yMMMM"), self.language)

    def period(self, period: Period) -> str:
        """Name a period."""
        if period.name and period.shape == "dates":
            return period.name
        return _PERIODS[period.shape](self, period)


_PERIODS: dict[str, Callable[[Locale, Period], str]] = {
    "year": lambda locale, p: locale.label("period.year", year=p.start.year),
    "half": lambda locale, p: locale.label(f"period.half{p.ordinal}", year=p.start.year),
    "quarter": lambda locale, p: locale.label(f"period.quarter{p.ordinal}", year=p.start.year),
    "month": lambda locale, p: locale.month(p.start),
    "week": lambda locale, p: locale.label("period.week", year=p.year, week=p.ordinal),
    "dates": lambda locale, p: locale.label("period.dates", start=locale.date(p.start), end=locale.date(p.end)),
}


@cache
def cldr(language: str) -> babel.Locale:
    """Return CLDR's data of a language, or of FALLBACK where it has none."""
    try:
        return babel.Locale.parse(language, sep="-")
    except (babel.UnknownLocaleError, ValueError):
        return babel.Locale.parse(FALLBACK)


def known_to_cldr(language: str) -> bool:
    """Return whether CLDR has a language."""
    try:
        babel.Locale.parse(language, sep="-")
    except (babel.UnknownLocaleError, ValueError):
        return False
    return True


@cache
def _pattern(pattern: str, places: int | None) -> NumberPattern:
    parsed = parse_pattern(pattern)
    if places is not None:
        parsed.frac_prec = (places, places)
    return parsed


@lru_cache(maxsize=4096)
def _number(pattern: str, language: str, number: Decimal, _signed: bool, places: int | None) -> str:  # noqa: FBT001 - tells 0 from -0
    return str(_pattern(pattern, places).apply(number, cldr(language), decimal_quantization=places is not None))


@lru_cache(maxsize=512)
def _date(day: dt.date, pattern: str, language: str) -> str:
    return format_date(day, pattern, cldr(language))


@lru_cache(maxsize=512)
def _month(day: dt.date, pattern: str, language: str) -> str:
    return format_skeleton(pattern, day, locale=cldr(language))


def _plural(language: str, number: str) -> int:
    """Tell which of a language's plural categories a number falls into; what is no number falls into the last."""
    rule = cldr(language).plural_form
    own = [category for category in _CATEGORIES if category in rule.tags or category == "other"]
    try:
        return own.index(rule(abs(Decimal(number.replace(",", "")))))
    except InvalidOperation:
        return len(own) - 1


def plain_number(number: Decimal, places: int | None = None) -> str:
    """Write a number as data are written: without superfluous zeros, or with exactly as many decimal places as asked for."""
    if places is not None:
        return f"{number:.{places}f}"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
