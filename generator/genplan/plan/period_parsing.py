"""Periods as people write them in cells and names of files: `2026Q3`, `2026年第三季度`, `202607`, `Q3-2026`, `2026上半年`.

A text is searched for whatever is about time: whole periods, days, periods without their year, and what cannot be read with certainty.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from genplan.plan.periods import Period, parse_period, period_between

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_SUBSTITUTES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?:民国|民國)\s*([0-9]{2,3})\s*年"), lambda match: f"{int(match[1]) + 1911}年"),
    (re.compile(r"[〇○零一二三四五六七八九]{4}(?=\s*年)"), lambda match: match[0].translate(_DIGITS)),
)
_CHINESE = {word: number for number, word in enumerate(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), 1)}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_ENGLISH = {name: number for number, name in enumerate(_MONTHS, 1)}
_ORDINALS = {"FIRST": 1, "1ST": 1, "SECOND": 2, "2ND": 2, "THIRD": 3, "3RD": 3, "FOURTH": 4, "4TH": 4}

_YEAR = r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})"
_IN = r"[-_./ ]*年?度?[-_./ ]*"
"""What may separate a year and a part of it."""
_OF = r"[-_./ ,]*(?:OF )?"
_END = r"(?![0-9])"
_MONTH_NAME = (
    r"(?P<n>JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?"
    r"|NOV(?:EMBER)?|DEC(?:EMBER)?)"
)
_CHINESE_MONTH = r"(?P<n>十[一二]?|[一二三四五六七八九])"
_QUARTER = r"第?\s*(?P<n>[1-4一二三四])\s*季度?"
_QUARTER_NAME = r"(?P<n>FIRST|SECOND|THIRD|FOURTH|1ST|2ND|3RD|4TH) QUARTER"
_HALF = r"(?P<n>[上下])半年度?"
_HALF_NAME = r"(?P<n>FIRST|SECOND|1ST|2ND) HALF"
_WEEK = r"第?\s*(?P<n>[0-9]{1,2})\s*[周週]"
_DAY = r"(?<![0-9])(?:19|20)[0-9]{2}(?:[-_./ ][0-9]{1,2}[-_./ ]|\s*年\s*[0-9]{1,2}\s*月\s*)[0-9]{1,2}(?![0-9])\s*[日号號]?"
_SHORT_DAY = r"(?<![0-9])(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
_TO = r"\s*(?:-|~|–|—|至|到|TO)\s*"
_AND = r"\s*(?:-|~|–|—|至|到|、|,|&|和|及)\s*"
_TILL = r"\s*(?:~|–|—|至|到|TO)\s*"

_FORMS: tuple[tuple[str, str], ...] = (
    ("days", rf"(?P<a>{_DAY}|{_SHORT_DAY}){_TO}(?P<b>{_DAY}|{_SHORT_DAY}|[0-9]{{1,2}}[-./月][0-9]{{1,2}}{_END}日?)"),
    ("unclear", r"(?:FY|财年|財年|财政年度|財政年度|会计年度|會計年度|学年|學年)\s*[-_]?\s*'?[0-9]{2,4}"),
    ("unclear", rf"{_YEAR}(?:\s*-\s*[0-9]{{2,4}})?\s*(?:财年|財年|财政年度|財政年度|会计年度|會計年度|学年|學年|FY)"),
    ("months", rf"{_YEAR}\s*年\s*(?P<a>[0-9]{{1,2}})\s*月?份?{_TO}(?:(?P=y)\s*年\s*)?(?P<b>[0-9]{{1,2}})\s*月份?"),
    ("months", rf"{_YEAR}[-./]?(?P<a>[0-9]{{1,2}}){_TILL}(?:(?P=y)[-./]?)?(?P<b>[0-9]{{1,2}}){_END}月?"),
    ("months", rf"{_YEAR}(?P<a>0[1-9]|1[0-2])-(?P=y)(?P<b>0[1-9]|1[0-2]){_END}"),
    ("day", _DAY),
    ("day", _SHORT_DAY),
    ("unclear", r"(?<![0-9])20[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3,8}(?![0-9])"),
    ("unclear", r"(?<![0-9])20[0-9]{5,6}(?![0-9])"),
    ("unclear", r"(?<![0-9])[0-9]{1,2}[-./][0-9]{1,2}[-./](?:19|20)[0-9]{2}(?![0-9])"),
    ("unclear", rf"(?<![0-9])[1-4一二三四]季?度?(?:{_AND}第?\s*)?[1-4一二三四]\s*季度?"),
    ("unclear", rf"Q[0-9]{_AND}Q?[0-9](?![0-9])"),
    ("unclear", r"(?<![A-Z0-9])(?:[QH][1-4]|[1-4][QH])'?[0-9]{2}(?![0-9])"),
    ("unclear", rf"W(?:K|EEK)?[-_ ]?[0-9]{{1,2}}{_AND}W?[0-9]{{1,2}}(?![0-9])"),
    ("unclear", rf"(?<![0-9])[0-9]{{1,2}}\s*[周週]?{_AND}第?\s*[0-9]{{1,2}}\s*[周週]"),
    ("unclear", rf"(?<![0-9])[0-9]{{1,2}}\s*月?{_AND}[0-9]{{1,2}}\s*月"),
    ("unclear", rf"[一二三四五六七八九十]{{1,2}}月?{_AND}[一二三四五六七八九十]{{1,2}}月"),
    ("unclear", rf"{_YEAR}[0-9]{{2}}-[0-9]{{1,2}}(?![0-9])"),
    ("unclear", rf"{_YEAR}\s*年\s*[0-9]{{1,2}}{_AND}[0-9]{{1,2}}(?![0-9])"),
    ("unclear", r"上下半年"),
    ("quarter", rf"{_YEAR}{_IN}{_QUARTER}"),
    ("quarter", rf"{_YEAR}{_IN}Q\s?(?P<n>[0-9]+)"),
    ("quarter", rf"{_YEAR}[-_ ]?(?P<n>[1-4])Q(?![0-9A-Z])"),
    ("quarter", rf"(?<![A-Z0-9])Q(?P<n>[0-9]){_OF}{_YEAR}{_END}年?"),
    ("quarter", rf"(?<![A-Z0-9])(?P<n>[1-4])Q{_OF}{_YEAR}{_END}年?"),
    ("quarter", rf"{_QUARTER_NAME}{_OF}{_YEAR}{_END}"),
    ("quarter", rf"{_YEAR}{_OF}{_QUARTER_NAME}"),
    ("half", rf"{_YEAR}{_IN}{_HALF}"),
    ("half", rf"{_YEAR}{_IN}H\s?(?P<n>[0-9]+)(?![A-Z])"),
    ("half", rf"(?<![A-Z0-9])H(?P<n>[0-9]){_OF}{_YEAR}{_END}年?"),
    ("half", rf"(?<![A-Z0-9])(?P<n>[12])H{_OF}{_YEAR}{_END}年?"),
    ("half", rf"{_YEAR}[-_ ]?(?P<n>[12])H(?![0-9A-Z])"),
    ("half", rf"{_HALF_NAME}{_OF}{_YEAR}{_END}"),
    ("week", rf"{_YEAR}{_IN}{_WEEK}"),
    ("week", rf"{_YEAR}{_IN}W(?:K|EEK)?[-_ ]?(?P<n>[0-9]{{1,3}}){_END}"),
    ("week", rf"(?<![A-Z0-9])W(?:K|EEK)?[-_ ]?(?P<n>[0-9]{{1,2}}){_OF}{_YEAR}{_END}年?"),
    ("month", rf"{_YEAR}{_IN}{_CHINESE_MONTH}月份?"),
    ("month", rf"{_YEAR}\s*年度?\s*(?P<n>[0-9]{{1,2}})\s*月份?"),
    ("month", rf"{_YEAR}[-./](?P<n>[0-9]{{1,2}}){_END}\s*月?份?"),
    ("month", rf"{_YEAR}[_ ](?P<n>0[1-9]|1[0-2]|[0-9]{{1,2}}(?=月)){_END}月?份?"),
    ("month", rf"{_YEAR}(?P<n>[0-9]{{2}}){_END}\s*月?份?"),
    ("month", rf"(?<![0-9])(?P<n>0[1-9]|1[0-2])[-_./]{_YEAR}{_END}"),
    ("month", rf"(?<![A-Z]){_MONTH_NAME}{_OF}{_YEAR}{_END}"),
    ("month", rf"{_YEAR}{_OF}{_MONTH_NAME}(?![A-Z])"),
    ("unclear", rf"{_YEAR}[_ ][0-9]{{1,2}}{_END}"),
    ("unclear", r"(?<![0-9])[0-9]{2,3}\s*年度?(?:第?\s*[1-4一二三四]\s*季度?|[0-9]{1,2}\s*月|[上下]半年)?"),
    ("unclear", r"(?<![0-9A-Z])'?[0-9]{2}[-_ ]?(?:Q[0-9]|H[12]|W[0-9]{1,2})(?![0-9A-Z])"),
    ("unclear", r"(?<![0-9])2[0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"),
    ("unclear", r"[春夏秋冬]季"),
    ("unclear", rf"{_YEAR}[-_ ]?[ST][1-3](?![0-9A-Z])"),
    ("year", rf"{_YEAR}{_END}\s*(?:全年|年度|年)?"),
    ("no year: quarter", rf"(?<![0-9]){_QUARTER}"),
    ("no year: quarter", r"(?<![A-Z0-9])Q(?P<n>[0-9])(?![0-9A-Z])"),
    ("no year: half", _HALF),
    ("no year: half", r"(?<![A-Z0-9])H(?P<n>[12])(?![0-9A-Z])"),
    ("no year: week", rf"(?<![0-9]){_WEEK}"),
    ("no year: week", r"(?<![A-Z0-9])W(?:K|EEK)?[-_ ]?(?P<n>[0-9]{1,2})(?![0-9A-Z])"),
    ("unclear", r"(?<![0-9])[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*[日号號]"),
    ("no year: month", r"(?<![0-9])(?P<n>[0-9]{1,2})\s*月份?"),
    ("no year: month", rf"{_CHINESE_MONTH}月份?"),
    ("no year: month", rf"(?<![A-Z]){_MONTH_NAME}(?![A-Z])"),
    ("unclear", r"(?<![0-9A-Z.])(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9A-Z.])"),
    ("unclear", r"(?<![0-9V.])(?:0?[1-9]|1[0-2])[-.](?:0[1-9]|[12][0-9]|3[01])(?![0-9.])"),
)
"""What a text may say, tried in this order; what has been recognised is not looked at again."""

_LONGEST = 300
"""Characters that are looked through; names of files have fewer."""
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _FORMS)
_NUMBERS = re.compile(r"[0-9]{1,4}")
_PREFIXES = {"quarter": "Q", "half": "H", "week": "W", "month": ""}


@dataclass(frozen=True, slots=True)
class PartOfYear:
    """A period without its year: the second quarter, week 28."""

    shape: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Something about time in a text: a period, a day, a period without its year, or None for what cannot be read with certainty.

    `is_part` means that it is written as one part of a stated year: a month, week, quarter or half, and no range of days or months.
    """

    text: str
    value: Period | date | PartOfYear | None
    is_part: bool = field(default=False, compare=False)


@lru_cache(maxsize=1024)
def read_period(text: str) -> Period | None:
    """Read a text that is a period and nothing else, in any form; None where it is something else."""
    if len(text) > _LONGEST:
        return None
    plain = _plain(text)
    period = parse_period("".join(plain.split()))
    if period is not None:
        return period
    matches, rest = _search(plain)
    only = matches[0].value if len(matches) == 1 else None
    return only if isinstance(only, Period) and not rest.strip("\0 ") else None


def read_part(text: str) -> Period | PartOfYear | None:
    """Read a text that is a period and nothing else, with its year or without; None where it is something else."""
    period = read_period(text)
    if period is not None or len(text) > _LONGEST:
        return period
    matches, rest = _search(_plain(text))
    only = matches[0].value if len(matches) == 1 and not rest.strip("\0 ") else None
    return only if isinstance(only, PartOfYear) else None


def find_mentions(text: str) -> list[Mention]:
    """List whatever in a text is about time."""
    return _search(_plain(text[:_LONGEST]))[0]


def _plain(text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFKC", text).upper().split())
    for pattern, substitute in _SUBSTITUTES:
        plain = pattern.sub(substitute, plain)
    return plain


def _search(plain: str) -> tuple[list[Mention], str]:
    """Return what was found, in the order of the text, and the text with a mark in its place."""
    matches: list[tuple[int, Mention]] = []
    rest = plain
    for kind, pattern in _PATTERNS:
        for match in list(pattern.finditer(rest)):
            matches.append((match.start(), Mention(match[0].strip(), _VALUES[kind](match, kind), kind in _PREFIXES)))
            rest = rest[: match.start()] + "\0" * len(match[0]) + rest[match.end() :]
    return [mention for _, mention in sorted(matches, key=lambda each: each[0])], rest


def _ordinal(match: re.Match[str]) -> int:
    word = match["n"]
    if word.isascii() and word.isdigit():
        return int(word)
    return _CHINESE.get(word) or _ORDINALS.get(word) or _ENGLISH.get(word[:3]) or {"上": 1, "下": 2}[word]


def _period(match: re.Match[str], kind: str) -> Period | None:
    return period_in_year(int(match["y"]), PartOfYear(kind, _ordinal(match)))


def period_in_year(year: int, part: PartOfYear) -> Period | None:
    """Return a part of a year; None where the year has no such part."""
    places = 2 if part.shape in {"month", "week"} else 1
    return parse_period(f"{year:04}-{_PREFIXES[part.shape]}{part.ordinal:0{places}}")


def _year(match: re.Match[str], _kind: str) -> Period | None:
    return parse_period(match["y"])


def _part(match: re.Match[str], kind: str) -> PartOfYear:
    return PartOfYear(kind.removeprefix("no year: "), _ordinal(match))


def _day(match: re.Match[str], _kind: str) -> date | None:
    return _date(match[0])


def _date(text: str, year: int | None = None) -> date | None:
    """Read a day; one that is written without a year is of the year given."""
    numbers = [int(number) for number in _NUMBERS.findall(text)]
    if len(text.strip()) == len("20260630") and text.strip().isdigit():
        plain = text.strip()
        numbers = [int(plain[:4]), int(plain[4:6]), int(plain[6:])]
    try:
        return date(*([year, *numbers] if year is not None and len(numbers) == 2 else numbers))  # noqa: PLR2004 - month and day
    except (TypeError, ValueError):
        return None


def _days(match: re.Match[str], _kind: str) -> Period | None:
    start = _date(match["a"])
    end = _date(match["b"], start.year) if start else None
    return period_between(start, end) if start and end and start <= end else None


def _months(match: re.Match[str], _kind: str) -> Period | None:
    first, last = (parse_period(f"{match['y']}-{int(match[group]):02}") for group in "ab")
    if first is None or last is None or last.end < first.start:
        return None
    whole = period_between(first.start, last.end)
    return whole if whole.shape != "dates" else None


def _unclear(_match: re.Match[str], _kind: str) -> None:
    return None


_VALUES: dict[str, Callable[[re.Match[str], str], Period | date | PartOfYear | None]] = {
    **dict.fromkeys(_PREFIXES, _period),
    **{f"no year: {shape}": _part for shape in _PREFIXES},
    "year": _year,
    "day": _day,
    "days": _days,
    "months": _months,
    "unclear": _unclear,
}
