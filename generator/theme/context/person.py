"""One person's results, for templates."""

from typing import Any

from generator.plan.load import PlanFile
from generator.plan.periods import Period
from generator.results.model import PersonResult
from generator.scoring.exact import round_to
from generator.scoring.scorecard import Line, Scorecard
from generator.theme.context.plan import Context, indicator_context
from generator.theme.context.values import share
from generator.theme.locale import Locale, plain_number

_EXACT_PLACES = 4
"""Places shown of a number that is not rounded in the calculation."""


def person_context(plan: PlanFile, person: PersonResult | None, card: Scorecard | None, period: Period | None, locale: Locale) -> Context:
    """Give the person (None on a blank form) and, where there is one, the result."""
    return {
        "person": _person(person) if person else None,
        "period": locale.period(period) if period else None,
        "result": _result(plan, card, locale) if card else None,
    }


def _person(person: PersonResult) -> Context:
    return {"id": person.id, "name": person.name, "department": person.department, "position": person.position}


def _result(plan: PlanFile, card: Scorecard, locale: Locale) -> Context:
    places = plan.plan.rounding.places
    grade = card.band.grade if card.band else None
    return {
        "total": plain_number(card.total, places),
        "exact": _exact(card, places),
        "grade": grade.name if grade else None,
        "coefficient": f"{grade.coefficient:f}" if grade and grade.coefficient is not None else None,
        "then": grade.then if grade else None,
        "rank": card.rank,
        "ranked": card.ranked,
        "comment": card.person.comment,
        "lines": [_line(line, places, locale) for line in card.lines],
    }


def _exact(card: Scorecard, places: int) -> str:
    """Write the total before rounding, with a mark where even that is cut."""
    shown = round_to(card.exact, max(_EXACT_PLACES, places))
    return plain_number(shown) + ("" if shown == card.exact else "…")


def _line(line: Line, places: int, locale: Locale) -> dict[str, Any]:
    scored = line.scored
    return {
        **indicator_context(line.weighed.placed, line.weighed, locale),
        "actual": line.actual.text if line.actual else None,
        "attainment": share(scored.attainment) if scored else None,
        "limit": scored.limit.value if scored and scored.limit else None,
        "score": plain_number(round_to(scored.score, places)) if scored else None,
        "counted": share(line.weight),
        "weighted": plain_number(round_to(line.weighted, places), places) if scored else None,
    }
