"""Reading a language's labels, a workspace's own over the built-in ones, and holding them against those of other languages."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from genplan import resources
from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import listing, msg, plural
from genplan.source.text import read_text
from genplan.source.yaml import Plain, parse, plain
from genplan.theme.files import ThemeFiles
from genplan.theme.locale import FALLBACK, Locale, known_to_cldr
from genplan.theme.numbering import LEVELS, label_of, read_level

BASE = "zh-CN"
"""The language whose labels tell what a language needs."""
FOLDER = "locales"
_NAMES = re.compile(r"\{(\w+)")
PATTERNS: dict[str, Callable[[Locale], str]] = {
    "format.number": lambda locale: locale.number(Decimal("1.5")),
    "format.percent": lambda locale: locale.percent(Decimal("0.5")),
    "format.date": lambda locale: locale.date(date(2000, 1, 1)),
    "format.month": lambda locale: locale.month(date(2000, 1, 1)),
}
"""The labels that are CLDR's patterns, and what is written by them."""
_OPTIONAL = ("kinds.", "sections.")
"""Labels that a language may do without: kinds may have a title in their header, and sections another heading."""


def load_locale(files: ThemeFiles, language: str) -> Outcome[Locale]:
    """Read a language's labels from every root of the theme, a workspace's own label standing before the built-in one.

    A language of a region (`en-GB`) has the labels of the language (`en`), and writes dates and numbers as the region does; a file of its
    own need only have the labels that differ.

    Finds GP514 where no root has the language, GP516 (labels that it lacks), GP517 (a field that nothing fills), GP518 (a pattern that
    is none), GP531 (a language that CLDR does not have) and GP532 (a level of numbers that cannot be read).
    """
    place = f"{FOLDER}/{language}.yml"
    name = f"templates/{place}"
    places = [place] if language == (common := language.partition("-")[0]) else [f"{FOLDER}/{common}.yml", place]
    label_files = [root / each for each in places for root in reversed(files.roots) if (root / each).is_file()]
    if not label_files:
        have = listing(path.removesuffix(".yml") for path in files.names(FOLDER, ".yml"))
        return Outcome(
            Locale(language, {}),
            [
                diagnose(
                    "GP514",
                    Span(name),
                    msg("the theme has no labels in `{language}`", language=language),
                    help=msg("it has {languages}; use one of them, or add this file", languages=have),
                )
            ],
        )
    labels: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    for path in label_files:
        text, unread = read_text(path, name)
        node, problems = parse(text, name) if text is not None else Outcome(None, [])
        diagnostics += [*unread, *problems]
        if node is not None:
            values, twice = plain(node)
            diagnostics += twice
            labels |= _flat(values)
    locale = Locale(language, labels)
    if not diagnostics and label_files != [files.roots[-1] / place]:
        diagnostics += _compared(locale, name, _built_in(BASE) | (_built_in(language) if language != BASE else {}))
    return Outcome(locale, diagnostics)


def _built_in(language: str) -> dict[str, str]:
    path = resources.templates() / FOLDER / f"{language}.yml"
    node = parse(path.read_text("utf-8"), path.name).value if path.is_file() else None
    return _flat(plain(node).value) if node is not None else {}


def _compared(locale: Locale, name: str, base: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Find what is wrong with a workspace's own labels."""
    lacking = [label for label in base if label not in locale.labels and not label.startswith(_OPTIONAL)]
    if lacking:
        message = plural(
            "`{language}` is missing {count} label: {labels}",
            "`{language}` is missing {count} labels: {labels}",
            len(lacking),
            language=locale.language,
            labels=listing(lacking),
        )
        yield diagnose(
            "GP516",
            Span(name),
            message,
            help=msg("translate them from the built-in {base}.yml or {fallback}.yml", base=BASE, fallback=FALLBACK),
        )
    for label, text in locale.labels.items():
        known = label in base and label not in PATTERNS
        strange = sorted(set(_NAMES.findall(text)) - set(_NAMES.findall(base[label]))) if known else []
        if strange:
            fields = listing(f"`{{{field}}}`" for field in dict.fromkeys(_NAMES.findall(base[label]))) or msg("none")
            message = msg(
                "there is no value for {fields} in the label `{label}`",
                fields=listing(f"`{{{field}}}`" for field in strange),
                label=label,
            )
            yield diagnose("GP517", Span(name), message, help=msg("its fields are: {fields}", fields=fields))
    yield from _unwritable(locale, name)
    yield from _uncountable(locale, name)
    if not known_to_cldr(locale.language):
        message = msg("CLDR has no language `{language}`", language=locale.language)
        yield diagnose("GP531", Span(name), message, help=msg("its dates and plurals are formatted as in `{fallback}`", fallback=FALLBACK))


def _unwritable(locale: Locale, name: str) -> Iterator[Diagnostic]:
    for label, attempt in PATTERNS.items():
        text = locale.labels.get(label, "")
        try:
            attempt(locale)
            wrong = "{" in text
        except (ValueError, KeyError, AttributeError, IndexError):
            wrong = True
        if wrong:
            advice = msg("write e.g. `#,##0.#` for numbers, `#,##0.#%` for shares, `long` or `d MMMM y` for dates, `yMMMM` for months")
            yield diagnose(
                "GP518", Span(name), msg("the label `{label}` is not a CLDR pattern: `{text}`", label=label, text=text), help=advice
            )


def _uncountable(locale: Locale, name: str) -> Iterator[Diagnostic]:
    for scheme, depth in LEVELS.items():
        for level in range(1, depth + 1):
            label = label_of(scheme, level)
            text = locale.labels.get(label)
            if text is not None and read_level(text, level) is None:
                advice = msg(
                    "write the count (chinese, decimal or bullet), a space, and the number with `%1`, `%2` or `%3` for the counts, "
                    "e.g. `decimal %{level}.`",
                    level=level,
                )
                message = msg(
                    "the label `{label}` does not define the numbering of level {level}: `{text}`", label=label, level=level, text=text
                )
                yield diagnose("GP532", Span(name), message, help=advice)


def _flat(value: Plain, prefix: str = "") -> dict[str, str]:
    if not isinstance(value, dict):
        return {prefix: str(value or "")}
    return {name: text for key, inner in value.items() for name, text in _flat(inner, f"{prefix}.{key}" if prefix else key).items()}
