"""The words of a language: labels from `templates/locales/`, and how it writes numbers, dates and periods."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.diagnostics import Diagnostic, Outcome, Span, diagnose
from generator.plan.periods import Period
from generator.source.text import read_text
from generator.source.yaml import Plain, parse, plain
from generator.theme.files import ThemeFiles

_FIELD = re.compile(r"\{(\w+)\}")


class MissingLabelError(LookupError):
    """A label is asked for that the language does not have."""


@dataclass(frozen=True, slots=True)
class Locale:
    """A language's labels, by dotted name."""

    language: str
    labels: Mapping[str, str]

    def label(self, name: str, /, **values: object) -> str:
        """Give a label, with `{fields}` filled in.

        Raises:
            MissingLabelError: there is no such label, or a field of it has no value.
        """
        try:
            return _FIELD.sub(lambda match: str(values[match[1]]), self.labels[name])
        except KeyError as error:
            raise MissingLabelError(name if name not in self.labels else f"{name}: {error.args[0]}") from None

    def options(self, name: str) -> Mapping[str, str]:
        """List the labels below a dotted name, by the rest of their names."""
        start = f"{name}."
        return {key.removeprefix(start): text for key, text in self.labels.items() if key.startswith(start)}

    def date(self, day: date) -> str:
        """Write a date."""
        return self.label("format.date", year=day.year, month=day.month, day=day.day)

    def period(self, period: Period) -> str:
        """Name a period."""
        if period.name and period.shape == "dates":
            return period.name
        return _PERIODS[period.shape](self, period)


_PERIODS: dict[str, Callable[[Locale, Period], str]] = {
    "year": lambda locale, p: locale.label("period.year", year=p.start.year),
    "half": lambda locale, p: locale.label(f"period.half{p.ordinal}", year=p.start.year),
    "quarter": lambda locale, p: locale.label(f"period.quarter{p.ordinal}", year=p.start.year),
    "month": lambda locale, p: locale.label("period.month", year=p.start.year, month=p.ordinal),
    "dates": lambda locale, p: locale.label("period.dates", start=locale.date(p.start), end=locale.date(p.end)),
}


def plain_number(number: Decimal, places: int | None = None) -> str:
    """Write a number without superfluous zeros, or with exactly as many decimal places as asked for."""
    if places is not None:
        return f"{number:.{places}f}"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def load_locale(files: ThemeFiles, language: str) -> Outcome[Locale]:
    """Read a language's labels from every root of the theme, a workspace's own label standing before the built-in one.

    Finds GP514 where no root has the language.
    """
    place = f"locales/{language}.yml"
    name = f"templates/{place}"
    held = [root / place for root in reversed(files.roots) if (root / place).is_file()]
    if not held:
        return Outcome(Locale(language, {}), [diagnose("GP514", Span(name), f"the theme has no labels in `{language}`")])
    labels: dict[str, str] = {}
    found: list[Diagnostic] = []
    for path in held:
        text, unread = read_text(path, name)
        node, problems = parse(text, name) if text is not None else Outcome(None, [])
        found += [*unread, *problems]
        if node is not None:
            values, twice = plain(node)
            found += twice
            labels |= _flat(values)
    return Outcome(Locale(language, labels), found)


def _flat(value: Plain, prefix: str = "") -> dict[str, str]:
    if not isinstance(value, dict):
        return {prefix: str(value or "")}
    return {name: text for key, inner in value.items() for name, text in _flat(inner, f"{prefix}.{key}" if prefix else key).items()}
