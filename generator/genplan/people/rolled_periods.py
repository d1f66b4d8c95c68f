"""Which periods of another plan a roll-up counts, and with what share."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from genplan.messages import listing, msg
from genplan.methods.roll_up import RolledPeriod, RollUp
from genplan.plan.load import PlanFile
from genplan.plan.model import PERIOD_SHAPES, Cycle
from genplan.plan.period_parsing import PartOfYear, period_in_year, read_part
from genplan.plan.periods import Period
from genplan.source.text import fold

_CYCLES = {
    Cycle.WEEKLY: msg("weekly"),
    Cycle.MONTHLY: msg("monthly"),
    Cycle.QUARTERLY: msg("quarterly"),
    Cycle.HALF_YEARLY: msg("half-yearly"),
    Cycle.YEARLY: msg("yearly"),
    Cycle.AD_HOC: msg("ad-hoc"),
    Cycle.PROBATION: msg("probation"),
}
_PARTS_OF_YEAR = {"week": 53, "month": 12, "quarter": 4, "half": 2}

Periods: TypeAlias = Sequence[tuple[Period, Fraction]]
"""The periods that count, and their shares, which make 1."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why it cannot be told which periods count, and the cure."""

    message: str
    cure: str


def rolled_periods(rule: RollUp, whole: Period, source: PlanFile, known: Sequence[Period]) -> Periods | Unclear:
    """Return the periods that count: those that the rule lists, or all of the other plan's cycle in the `whole` period.

    `known` are those that the other plan has results for.
    """
    if not rule.periods:
        return _of_cycle(whole, source)
    found: list[tuple[Period, Fraction]] = []
    for listed in rule.periods:
        period = _listed(listed, whole, known)
        if period is None:
            within = [each.id for each in known if _within(each, whole)]
            periods = listing(within) if within else msg("none")
            return Unclear(
                msg("`{part}` is no period of `{file}` in {period}", part=listed.period, file=source.file, period=whole.id),
                msg("the periods that it has results for there: {periods}", periods=periods),
            )
        found.append((period, Fraction(1, len(rule.periods)) if listed.weight is None else Fraction(listed.weight)))
    twice = next((period for period, count in Counter(period for period, _ in found).items() if count > 1), None)
    if twice is not None:
        return Unclear(msg("{period} is listed twice", period=twice.id), msg("remove one of them"))
    return found


def _listed(listed: RolledPeriod, whole: Period, known: Sequence[Period]) -> Period | None:
    """Find a listed period within the whole one: by its id or name, or as a part of a year."""
    word = fold(listed.period)
    named = [each for each in known if word in (fold(each.id), fold(each.name)) and _within(each, whole)]
    if named:
        return named[0]
    text = listed.period.strip()
    read = PartOfYear("month", int(text)) if text.isascii() and text.isdigit() and len(text) <= 2 else read_part(text)  # noqa: PLR2004
    years = range(whole.start.year, whole.end.year + 1)
    parts = [period_in_year(year, read) for year in years] if isinstance(read, PartOfYear) else [read]
    return next((each for each in parts if each is not None and _within(each, whole)), None)


def _within(period: Period, whole: Period) -> bool:
    return whole.start <= period.start and period.end <= whole.end and period != whole


def _of_cycle(whole: Period, source: PlanFile) -> Periods | Unclear:
    cycles = [_parts(whole, PERIOD_SHAPES[cycle]) for cycle in source.plan.cycle if cycle in PERIOD_SHAPES]
    fitting = [parts for parts in cycles if parts]
    if len(fitting) == 1:
        return [(period, Fraction(1, len(fitting[0]))) for period in fitting[0]]
    reason = msg("it states no `cycle` (考核周期)")
    if source.plan.cycle:
        reason = msg("its cycle is {cycle}", cycle=listing((_CYCLES[cycle] for cycle in source.plan.cycle), " and "))
    return Unclear(
        msg("it cannot be told which periods of `{file}` make up {period}: {reason}", file=source.file, period=whole.id, reason=reason),
        msg("list them in `scoring`, e.g. `periods: [Q1, Q2, Q3, Q4]` (各期)"),
    )


def _parts(whole: Period, shape: str) -> list[Period]:
    """Divide a period into those of a shape; nothing where it does not consist of two or more."""
    years = range(whole.start.year, whole.end.year + 1)
    if shape == "year":
        parts = [Period(f"{year:04}", whole.start.replace(year, 1, 1), whole.start.replace(year, 12, 31), "year") for year in years]
    else:
        numbers = range(1, _PARTS_OF_YEAR[shape] + 1)
        made = (period_in_year(year, PartOfYear(shape, number)) for year in years for number in numbers)
        parts = [period for period in made if period is not None]
    inside = [period for period in parts if _within(period, whole)]
    complete = bool(inside) and inside[0].start == whole.start and inside[-1].end == whole.end
    adjoining = all(one.end + timedelta(days=1) == other.start for one, other in pairwise(inside))
    return inside if complete and adjoining and len(inside) > 1 else []
