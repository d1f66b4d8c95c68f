"""Earlier periods beside this one, for templates."""

from decimal import Decimal

from genplan.plan.load import PlanFile
from genplan.plan.rounding import round_to
from genplan.scoring.history import Average, PersonHistory, Shift, TeamHistory, TeamPeriod
from genplan.scoring.scorecard import Scorecard
from genplan.theme.context.equations import score_places
from genplan.theme.context.plan import Context
from genplan.theme.context.values import title
from genplan.theme.locale import Locale, plain_number

_GRADE_CHANGES = {1: "up", 0: "same", -1: "down"}


def person_history_context(history: PersonHistory, places: int, locale: Locale) -> Context:
    """Return a person's results period by period, this one last, and what changed since the one before.

    Changes are those of the numbers as shown, so that a reader can check them.
    """
    before, now = history.cards[-2:]
    return {
        "periods": [
            _result(card, earlier, places, locale) for card, earlier in zip(history.cards, (None, *history.cards[:-1]), strict=True)
        ],
        "previous": locale.period(before.person.period),
        "change": signed(history.change, places),
        "direction": _direction(history.change),
        "grade_change": None if history.grade_change is None else _GRADE_CHANGES[history.grade_change],
        "grade_before": before.final_band.grade.name if before.final_band else None,
        "grade": now.final_band.grade.name if now.final_band else None,
        "moved": [_shift(shift, places, locale) for shift in history.shifts],
    }


def team_history_context(plan: PlanFile, history: TeamHistory, locale: Locale) -> Context:
    """Return the averages period by period, this one last, and what changed since the one before."""
    places = plan.plan.rounding.places
    before, now = history.periods[-2:]
    change = _mean(now.everybody, places) - _mean(before.everybody, places)
    return {
        "periods": [
            _team(team, earlier, places, locale) for team, earlier in zip(history.periods, (None, *history.periods[:-1]), strict=True)
        ],
        "previous": locale.period(before.period),
        "change": signed(change, places),
        "direction": _direction(change),
        "moved": [_shift(shift, places, locale) for shift in history.shifts],
    }


def signed(number: Decimal, places: int) -> str:
    """Write a change with its sign; none stands before zero."""
    return f"{'+' if number > 0 else ''}{plain_number(number, places)}"


def _direction(change: Decimal) -> str:
    return "up" if change > 0 else "down" if change < 0 else "same"


def _result(card: Scorecard, earlier: Scorecard | None, places: int, locale: Locale) -> Context:
    return {
        "period": locale.period(card.person.period),
        "total": plain_number(card.final_total, places),
        "change": signed(card.final_total - earlier.final_total, places) if earlier else None,
        "grade": card.final_band.grade.name if card.final_band else None,
        "rank": card.rank,
        "ranked": card.ranked,
    }


def _team(team: TeamPeriod, earlier: TeamPeriod | None, places: int, locale: Locale) -> Context:
    departments = earlier.departments if earlier else {}
    return {
        "period": locale.period(team.period),
        **_average(team.everybody, earlier.everybody if earlier else None, places),
        "departments": [{"name": name, **_average(average, departments.get(name), places)} for name, average in team.departments.items()],
    }


def _average(average: Average, earlier: Average | None, places: int) -> Context:
    mean = _mean(average, places)
    return {
        "count": average.count,
        "average": plain_number(mean, places),
        "change": signed(mean - _mean(earlier, places), places) if earlier else None,
    }


def _mean(average: Average, places: int) -> Decimal:
    return round_to(average.mean, places)


def _shift(shift: Shift, places: int, locale: Locale) -> Context:
    places = score_places(places)
    before, after = round_to(shift.before, places), round_to(shift.after, places)
    return {
        "key": shift.placed.key,
        "name": shift.placed.indicator.name,
        "title": title(shift.placed, locale),
        "before": plain_number(before),
        "after": plain_number(after),
        "change": signed(after - before, places),
    }
