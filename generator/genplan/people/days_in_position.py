"""Reads the days of a period that a row covers (columns 在岗开始, 在岗结束)."""

from datetime import date

from genplan.diagnostics import Diagnostic, Outcome, diagnose
from genplan.messages import msg
from genplan.people.model import Cell, Presence
from genplan.people.wording import shown
from genplan.plan.periods import Period
from genplan.source.days import parse_day


def read_presence(start: Cell | None, end: Cell | None, period: Period) -> Outcome[Presence | None]:
    """Read the first and the last day; one that is not stated is the period's. None where neither is stated, or one is wrong.

    Finds GP426: not a date, outside the period, or an end before the start.
    """
    if start is None and end is None:
        return Outcome(None, [])
    first, diagnostics = _day(start, period, period.start)
    last, more = _day(end, period, period.end)
    diagnostics += more
    if first is None or last is None:
        return Outcome(None, diagnostics)
    if last < first:
        cell = end or start
        assert cell is not None  # one of them is stated
        message = msg("the days end on {last}, before they start on {first}; the row is ignored", last=last, first=first)
        return Outcome(None, [diagnose("GP426", cell.span, message, help=_ADVICE)])
    return Outcome(Presence(first, last), [])


def overlap(one: Presence | None, other: Presence | None) -> bool:
    """Return whether two records are about a day in common; None is the whole period."""
    return one is None or other is None or (one.start <= other.end and other.start <= one.end)


def part(presence: Presence | None, period: Period) -> Presence | None:
    """Return None for all days of the period, as if none were stated."""
    whole = presence is not None and (presence.start, presence.end) == (period.start, period.end)
    return None if whole else presence


_ADVICE = msg("write the first and the last day in the position, e.g. 2026-07-15; leave the cells empty for the whole period")


def _day(cell: Cell | None, period: Period, edge: date) -> tuple[date | None, list[Diagnostic]]:
    if cell is None:
        return edge, []
    day = parse_day(cell.text)
    if day is None:
        return None, [diagnose("GP426", cell.span, msg("{cell} is not a date; the row is ignored", cell=shown(cell)), help=_ADVICE)]
    if not period.start <= day <= period.end:
        message = msg("{day} is not in the period {start} to {end}; the row is ignored", day=day, start=period.start, end=period.end)
        advice = msg("correct the date or the period; leave the cell empty if the first day is before the period or the last day after it")
        return None, [diagnose("GP426", cell.span, message, help=advice)]
    return day, []
