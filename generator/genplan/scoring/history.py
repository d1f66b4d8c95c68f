"""Several periods of one plan side by side: how a person's result and a team's average moved, and which indicators moved most.

Of the periods before one, the last is what it is compared with. A period is before another if it ends before the other starts, so that a
year is not compared with its own quarters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from genplan.plan.load import PlacedIndicator
from genplan.plan.periods import Period
from genplan.scoring.change import PointChange
from genplan.scoring.scorecard import Scorecard

_MOST_SHIFTS = 3
"""So many indicators are named."""


@dataclass(frozen=True, slots=True)
class Shift(PointChange):
    """An indicator whose score moved between two periods."""

    placed: PlacedIndicator


@dataclass(frozen=True, slots=True)
class PersonHistory:
    """One person's scorecards up to a period, in order, at least two. `shifts` stand from the greatest change down."""

    cards: tuple[Scorecard, ...]
    shifts: tuple[Shift, ...]

    @property
    def change(self) -> Decimal:
        """What the total gained since the period before."""
        return self.cards[-1].final_total - self.cards[-2].final_total

    @property
    def grade_change(self) -> int | None:
        """1 if the grade is a better one than before, -1 if a worse one, else 0; None where the plan has no grades."""
        now, before = self.cards[-1].final_band, self.cards[-2].final_band
        return None if now is None or before is None else (now.place < before.place) - (now.place > before.place)


@dataclass(frozen=True, slots=True)
class Average:
    """The mean total of so many people."""

    count: int
    mean: Fraction


@dataclass(frozen=True, slots=True)
class TeamPeriod:
    """One period's average of everybody, and of each department in the order of its first member."""

    period: Period
    everybody: Average
    departments: dict[str, Average]


@dataclass(frozen=True, slots=True)
class TeamHistory:
    """The averages up to a period, in order, at least two. `shifts` are of indicators' averages, from the greatest change down."""

    periods: tuple[TeamPeriod, ...]
    shifts: tuple[Shift, ...]

    @property
    def change(self) -> Fraction:
        """What the average of everybody gained since the period before."""
        return self.periods[-1].everybody.mean - self.periods[-2].everybody.mean


def person_history(card: Scorecard, cards: Sequence[Scorecard]) -> PersonHistory | None:
    """Find a person's earlier results among the plan's scorecards; None where there is none."""
    own = [other for other in cards if other.person.id == card.person.id and _is_before(other.person.period, card.person.period)]
    if not own:
        return None
    earlier = sorted(own, key=lambda other: _order(other.person.period))
    return PersonHistory((*earlier, card), _shifts(_scores([earlier[-1]]), _scores([card])))


def team_history(cards: Sequence[Scorecard], period: Period, department: str) -> TeamHistory | None:
    """Average each period up to this one; None where nobody has an earlier result. Who has no department is in `department`."""
    by_period: dict[Period, list[Scorecard]] = {}
    for card in cards:
        if card.person.period == period or _is_before(card.person.period, period):
            by_period.setdefault(card.person.period, []).append(card)
    ordered = sorted(by_period, key=_order)
    if len(ordered) < 2 or ordered[-1] != period:  # noqa: PLR2004 - this period and one before
        return None
    last, this = by_period[ordered[-2]], by_period[period]
    return TeamHistory(tuple(_team(p, by_period[p], department) for p in ordered), _shifts(_scores(last), _scores(this)))


def _is_before(one: Period, other: Period) -> bool:
    return one.end < other.start


def _order(period: Period) -> tuple[date, date, str]:
    return period.start, period.end, period.id


def _team(period: Period, cards: Sequence[Scorecard], department: str) -> TeamPeriod:
    by_department: dict[str, list[Scorecard]] = {}
    for card in cards:
        by_department.setdefault(card.person.department or department, []).append(card)
    return TeamPeriod(period, _average(cards), {name: _average(members) for name, members in by_department.items()})


def _average(cards: Sequence[Scorecard]) -> Average:
    return Average(len(cards), _mean([Fraction(card.final_total) for card in cards]))


def _mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)


def _scores(cards: Sequence[Scorecard]) -> list[tuple[PlacedIndicator, Fraction | None]]:
    """Average each indicator's scores over those who have one; None where nobody has."""
    averages: list[tuple[PlacedIndicator, Fraction | None]] = []
    for at, line in enumerate(cards[0].lines):
        scores = [card.lines[at].score for card in cards if card.lines[at].scored is not None]
        averages.append((line.weighed.placed, _mean(scores) if scores else None))
    return averages


def _shifts(
    before: Sequence[tuple[PlacedIndicator, Fraction | None]], after: Sequence[tuple[PlacedIndicator, Fraction | None]]
) -> tuple[Shift, ...]:
    """Find the indicators that moved most; equal changes stay in the order of the plan."""
    pairs = [(placed, old, new) for (_, old), (placed, new) in zip(before, after, strict=True)]
    comparable = [(placed, old, new) for placed, old, new in pairs if not placed.indicator.is_own]  # those are others in each period
    moved = [Shift(old, new, placed) for placed, old, new in comparable if old is not None and new is not None and old != new]
    return tuple(sorted(moved, key=lambda shift: -abs(shift.change))[:_MOST_SHIFTS])
