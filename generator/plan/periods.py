"""Assessment periods: the dates that a cycle's results are about."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """The dates assessed, both included. `id` is short and safe in a path; `label` is how documents name it.

    `shape` (`year`, `half`, `quarter`, `month`, or `dates`) and `ordinal` let a language name the period in its own words.
    """

    id: str
    start: date
    end: date
    shape: str = "dates"
    ordinal: int = 0
    name: str = ""


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


_FORMS: tuple[tuple[re.Pattern[str], str, Callable[[int, int], tuple[date, date]]], ...] = (
    (re.compile(r"([0-9]{4})()"), "year", lambda year, _: _months(year, 1, 12)),
    (re.compile(r"([0-9]{4})-H([12])"), "half", lambda year, n: _months(year, 6 * n - 5, 6 * n)),
    (re.compile(r"([0-9]{4})-Q([1-4])"), "quarter", lambda year, n: _months(year, 3 * n - 2, 3 * n)),
    (re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])"), "month", lambda year, n: _months(year, n, n)),
)


def parse_period(text: str) -> Period | None:
    """Read `2026`, `2026-H1`, `2026-Q3` or `2026-07`; None where the text is none of these."""
    for pattern, shape, dates in _FORMS:
        match = pattern.fullmatch(text)
        if match and int(match[1]) > 0:
            year, ordinal = int(match[1]), int(match[2] or 0)
            return Period(text, *dates(year, ordinal), shape, ordinal)
    return None


def dated_period(start: date, end: date, name: str = "") -> Period:
    """Make a period of two dates, both included."""
    return Period(f"{start:%Y%m%d}-{end:%Y%m%d}", start, end, name=name)
