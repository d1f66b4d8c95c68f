"""Assessment periods: the dates that a cycle's results are about."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from genplan.messages import listing


@dataclass(frozen=True, slots=True)
class Period:
    """The dates assessed, both included. `id` is short and safe in a path; `label` is how documents name it.

    `shape` (`year`, `half`, `quarter`, `month`, `week`, or `dates`) and `ordinal` let a language name the period in its own words.
    """

    id: str
    start: date
    end: date
    shape: str = "dates"
    ordinal: int = 0
    name: str = ""

    @property
    def year(self) -> int:
        """The year that the period is counted in: of a week, the one that most of its days are in."""
        return self.start.isocalendar().year if self.shape == "week" else self.start.year


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _week(year: int, number: int) -> tuple[date, date]:
    monday = date.fromisocalendar(year, number, 1)
    return monday, monday + timedelta(days=6)


_FORMS: tuple[tuple[re.Pattern[str], str, Callable[[int, int], tuple[date, date]]], ...] = (
    (re.compile(r"([0-9]{4})()"), "year", lambda year, _: _months(year, 1, 12)),
    (re.compile(r"([0-9]{4})-H([12])"), "half", lambda year, n: _months(year, 6 * n - 5, 6 * n)),
    (re.compile(r"([0-9]{4})-Q([1-4])"), "quarter", lambda year, n: _months(year, 3 * n - 2, 3 * n)),
    (re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])"), "month", lambda year, n: _months(year, n, n)),
    (re.compile(r"([0-9]{4})-W(0[1-9]|[1-4][0-9]|5[0-3])"), "week", _week),
)

FORMS = listing((listing(("2026", "2026-H1", "2026-Q3", "2026-07")), "2026-W28"), " or ")
"""The short forms, as messages name them."""


def parse_period(text: str) -> Period | None:
    """Read `2026`, `2026-H1`, `2026-Q3`, `2026-07` or `2026-W28`; None where the text is none of these.

    Weeks are those of ISO 8601: they start on Monday, and the first is the one with the year's first Thursday. Not every year has a 53rd.
    """
    for pattern, shape, dates in _FORMS:
        match = pattern.fullmatch(text)
        if match and int(match[1]) > 0:
            year, ordinal = int(match[1]), int(match[2] or 0)
            try:
                return Period(text, *dates(year, ordinal), shape, ordinal)
            except (ValueError, OverflowError):
                return None  # no such week, or one beyond the calendar
    return None


def period_between(start: date, end: date) -> Period:
    """Return the period of two dates: a year, half, quarter, month or week where it is just that, else one of these dates."""
    year = start.year
    short = [f"{year:04}", f"{year:04}-H{(start.month + 5) // 6}", f"{year:04}-Q{(start.month + 2) // 3}", f"{year:04}-{start.month:02}"]
    week = start.isocalendar()
    short.append(f"{week.year:04}-W{week.week:02}")
    known = (period for text in short if (period := parse_period(text)) and (period.start, period.end) == (start, end))
    return next(known, None) or dated_period(start, end)


def dated_period(start: date, end: date, name: str = "") -> Period:
    """Make a period of two dates, both included."""
    return Period(f"{start:%Y%m%d}-{end:%Y%m%d}", start, end, name=name)
