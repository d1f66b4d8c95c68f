"""Splits a header into a name and remarks: `销售额（万元）`, `销售额-目标`, `工号（必填）`."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from genplan.people.header_remark_words import ACTUAL, COMBINED, NOTES, OTHER
from genplan.source.text import fold

_OPEN, _CLOSE = "([{【〔〖「『<《", ")]}】〕〗」』>》"
_GROUP = re.compile(rf"[{re.escape(_OPEN)}]([^{re.escape(_OPEN + _CLOSE)}]*)[{re.escape(_CLOSE)}]")
_LAST_GROUP = re.compile(rf"(.+?){_GROUP.pattern}\s*", re.DOTALL)
_SEPARATOR = re.compile(r"\s*[-‐‑‒–—―_/\\:;|,·・‧•、~*#]\s*|\s+")
_LONGEST = 200
"""Characters of a header that is taken apart; longer ones are no headers."""
_CHINESE_NOTES = tuple(note for note in NOTES if not note.isascii())
_GLUED = tuple(
    sorted(
        {*ACTUAL, *OTHER, *COMBINED, *_CHINESE_NOTES, "万元", "千元", "元", "亿元", "萬元", "億元", "百万元", "%", "‰"},
        key=len,
        reverse=True,
    )
)
"""Remarks that are known without a separator: 销售额目标值."""


@dataclass(frozen=True, slots=True)
class HeaderParts:
    """A name, and the remarks beside it; empty ones are left out. `bracketed` means that all of them are in brackets."""

    name: str
    remarks: tuple[str, ...]
    bracketed: bool = True


def split_header(text: str, further: Iterable[str] = ()) -> Iterator[HeaderParts]:
    """List the ways to take a header apart, the one with the longest name first; `further` are more remarks that need no separator."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if len(plain) > _LONGEST:
        return
    for name, remarks in _bracketed(plain):
        yield HeaderParts(name, remarks)
    base, remarks = list(_bracketed(plain))[-1]
    yield from (HeaderParts(name, (*others, *remarks), bracketed=not others) for name, others in _separated(base))
    yield from (HeaderParts(name, (other, *remarks), bracketed=False) for name, other in _glued(base, further))


def _bracketed(plain: str) -> list[tuple[str, tuple[str, ...]]]:
    """Take away the brackets behind a name one by one, then all brackets."""
    alternative_totals: list[tuple[str, tuple[str, ...]]] = [(plain, ())]
    name: str = plain
    remarks: tuple[str, ...] = ()
    while match := _LAST_GROUP.fullmatch(name):
        name, remarks = match[1].strip(), _filled(match[2], *remarks)
        alternative_totals.append((name, remarks))
    inner = [match[1] for match in _GROUP.finditer(name)]
    if inner:
        alternative_totals.append((" ".join(_GROUP.sub(" ", name).split()), _filled(*inner, *remarks)))
    return alternative_totals


def _filled(*remarks: str) -> tuple[str, ...]:
    return tuple(remark.strip() for remark in remarks if remark.strip())


def _separated(base: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Split at a separator: the name before it, the longest first, or the name behind it."""
    places = [(match.start(), match.end()) for match in _SEPARATOR.finditer(base)]
    yield from ((base[:start], _filled(base[end:])) for start, end in reversed(places) if start)
    yield from ((base[end:], _filled(base[:start])) for start, end in places if end < len(base))


def _glued(base: str, further: Iterable[str]) -> Iterator[tuple[str, str]]:
    word = fold(base)
    for remark in (*sorted(further, key=len, reverse=True), *_GLUED):
        glued = fold(remark)
        if word.endswith(glued) and word != glued:
            yield word.removesuffix(glued), remark
        if word.startswith(glued) and word != glued:
            yield word.removeprefix(glued), remark
