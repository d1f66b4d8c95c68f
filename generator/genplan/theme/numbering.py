"""Numbers of headings, articles and list items: decided once, in the tree, so that every format shows the same.

A scheme is a list of levels in the manner of a word processor: each level counts within the one above, and its pattern
may show the levels above it (`%1.%2`). The pass writes what it decided onto the elements:

`data-number`    the number as read, `（三）`
`data-list`      the scheme, `outline`
`data-level`     the level within the scheme, from 0
`data-instance`  the list this item counts in, from 1: a writer restarts its numbering when it changes
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_PLACEHOLDER = re.compile(r"%(\d)")


def chinese(number: int) -> str:
    """Write a number as Chinese count: 十二, 一百零五, 一万零一十.

    Raises:
        ValueError: the number is not between 1 and 99,999,999.
    """
    high, low = divmod(number, 10_000)
    if not 0 < number < 10_000 * 10_000:
        raise ValueError(number)
    text = f"{_thousands(high)}万" if high else ""
    text += "零" if high and 0 < low < 1000 else ""  # noqa: PLR2004 - no 千 follows 万
    text += _thousands(low)
    return text.removeprefix("一") if text.startswith("一十") else text


def _thousands(number: int) -> str:
    """Write 1 to 9,999, each digit with its unit; nothing for 0."""
    text = ""
    gap = False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[digit] + _UNITS[power]
        gap = False
    return text


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a scheme: how a count is written, and the words around it.

    `restarts` is false where the count runs on through the levels above, as articles do through chapters.
    """

    style: str
    pattern: str
    restarts: bool = True


NUMBER_STYLES: dict[str, Callable[[int], str]] = {
    "chinese": chinese,
    "decimal": str,
    "bullet": lambda _: "",
}

LEVELS = {"outline": 3, "regulation": 3, "decimal": 3, "bullet": 3, "items": 3, "clauses": 2}
"""The schemes, and how many levels each has; how a level is written is a label of the language (`numbering.outline.1`)."""
_RUNS_ON = {("regulation", 3)}
"""Levels that count on through those above."""
_LEVEL = re.compile(r"(\w+) (.+)", re.DOTALL)

Schemes = tuple[tuple[str, tuple[Level, ...]], ...]
"""The schemes by name, as a language writes them."""


def is_western(text: str) -> bool:
    """Return whether nothing in a number is as wide as a Chinese character: `Článek 1`."""
    return not any(east_asian_width(character) in "WF" for character in text)


def label_of(scheme: str, level: int) -> str:
    """Return the name of the label that holds the pattern of a level, counted from 1."""
    return f"numbering.{scheme}.{level}"


def read_schemes(labels: Mapping[str, str]) -> Schemes:
    """Read how a language writes numbers; a level that it does not have, or that cannot be read, is written in digits."""
    return tuple((name, tuple(_level(labels, name, level) for level in range(1, depth + 1))) for name, depth in LEVELS.items())


def _level(labels: Mapping[str, str], scheme: str, level: int) -> Level:
    text = labels.get(label_of(scheme, level), "")
    style, pattern = read_level(text, level) or (("bullet", "•") if scheme == "bullet" else ("decimal", f"%{level}."))
    return Level(style, pattern, (scheme, level) not in _RUNS_ON)


def read_level(text: str, level: int) -> tuple[str, str] | None:
    """Read the style of a level's count and the words around it: `chinese 第%1章`; None where it is not written so."""
    match = _LEVEL.fullmatch(text)
    if match is None or match[1] not in NUMBER_STYLES:
        return None
    shown = [int(digit) for digit in _PLACEHOLDER.findall(match[2])]
    counts = bool(shown) and shown[-1] == level and all(0 < digit <= level for digit in shown)
    return (match[1], match[2]) if counts != (match[1] == "bullet") else None


_HEADING_LEVELS = {"h2": 0, "h3": 1, "h4": 2}
_ARTICLES = {"regulation": 2}
"""The level of articles in schemes that have one for them, whatever element they stand in."""
_PARAGRAPH_LEVEL = 1
"""The level of an article in other schemes."""
_LISTS = ("items", "clauses")
"""Classes of lists that have a scheme of their own."""
_LIST_TAGS = frozenset({"ol", "ul"})


class _Counter:
    """Running counts of one list."""

    def __init__(self, scheme: str, instance: int, schemes: Mapping[str, tuple[Level, ...]]) -> None:
        self.scheme = scheme
        self.schemes = schemes
        self.levels = schemes[scheme]
        self.instance = instance
        self.counts = [0] * len(self.levels)
        self.unnumbered: int | None = None

    def mark(self, element: Element, level: int) -> None:
        levels = self.levels
        self.counts[level] += 1
        for deeper in range(level + 1, len(levels)):
            if levels[deeper].restarts:
                self.counts[deeper] = 0
        element.set("data-number", self._text(level))
        element.set("data-list", self.scheme)
        element.set("data-level", str(level))
        element.set("data-instance", str(self.instance))

    def level(self, tag: str, *, article: bool) -> int:
        """Return the level that a heading or an article counts on."""
        own = _ARTICLES.get(self.scheme) if article else None
        return _HEADING_LEVELS.get(tag, _PARAGRAPH_LEVEL) if own is None else own

    def passes_over(self, level: int, *, unnumbered: bool) -> bool:
        """Return whether a heading has no number: it says so itself, or stands below one that does."""
        if unnumbered:
            self.unnumbered = level
        elif self.unnumbered is not None and level <= self.unnumbered:
            self.unnumbered = None
        return self.unnumbered is not None

    def _text(self, level: int) -> str:
        levels = self.levels

        def count(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            return NUMBER_STYLES[levels[at].style](self.counts[at])

        return _PLACEHOLDER.sub(count, levels[level].pattern)


def _list_scheme(element: Element) -> str:
    if element.tag == "ul":
        return "bullet"
    classes = element.get("class", "").split()
    return next((name for name in _LISTS if name in classes), "decimal")


def _instances() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number


def _number_list(element: Element, counter: _Counter, level: int, instances: Iterator[int]) -> None:
    for item in element:
        if item.tag != "li":
            continue
        counter.mark(item, level)
        for child in item:
            if child.tag in _LIST_TAGS:
                scheme = _list_scheme(child)
                same = scheme == counter.scheme and level + 1 < len(counter.counts)
                inner = counter if same else _Counter(scheme, next(instances), counter.schemes)
                _number_list(child, inner, level + 1 if same else 0, instances)


def number(root: Element, schemes: Schemes) -> None:
    """Write their numbers onto the headings, articles and list items below `root`.

    `main` names its scheme in `data-numbering`. Headings outside a `main` that does have none. A heading or list with the class
    `unnumbered` is skipped, and so are the headings below such a heading.
    """
    instances = _instances()
    by_name = dict(schemes)
    for main in root.iter("main"):
        scheme = main.get("data-numbering", "")
        _number_blocks(main, _Counter(scheme, next(instances), by_name) if scheme else None, instances, by_name)


def _number_blocks(element: Element, headings: _Counter | None, instances: Iterator[int], schemes: Mapping[str, tuple[Level, ...]]) -> None:
    for child in element:
        classes = child.get("class", "").split()
        if (
            headings
            and child.tag in _HEADING_LEVELS
            and headings.passes_over(_HEADING_LEVELS[child.tag], unnumbered="unnumbered" in classes)
        ):
            continue
        if "unnumbered" in classes:
            continue
        if child.tag in _LIST_TAGS:
            _number_list(child, _Counter(_list_scheme(child), next(instances), schemes), 0, instances)
        elif headings and (child.tag in _HEADING_LEVELS or (child.tag == "p" and "article" in classes)):
            headings.mark(child, headings.level(child.tag, article="article" in classes))
        else:
            _number_blocks(child, headings, instances, schemes)
