"""One person's results, for templates."""

from fractions import Fraction
from typing import Any

from generator.plan.load import PlanFile
from generator.plan.model import RaterKind
from generator.plan.periods import Period
from generator.results.model import PersonResult
from generator.scoring.composition import Stage, Step
from generator.scoring.exact import round_to
from generator.scoring.line import Line
from generator.scoring.scorecard import Scorecard, Segment
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
        "exact": exact_number(card.exact, places),
        "grade": grade.name if grade else None,
        "coefficient": coefficient(card),
        "then": grade.then if grade else None,
        "rank": card.rank,
        "ranked": card.ranked,
        "comment": card.person.comment,
        "lines": [_line(plan, card.person, line, locale) for line in card.lines],
        "sum": exact_number(card.steps[0].result or Fraction(0), places),
        "steps": [_step(step, places, locale) for step in card.steps[1:]],
        "segments": [_segment(segment, places, locale) for segment in card.segments] if len(card.segments) > 1 else [],
    }


def coefficient(card: Scorecard) -> str | None:
    """Write the coefficient as the plan does, or reduced for a part of the period with four places at most."""
    written = card.band.grade.coefficient if card.band else None
    if written is None or card.coefficient is None:
        return None
    return f"{written:f}" if card.coefficient == Fraction(written) else plain_number(round_to(card.coefficient, _EXACT_PLACES))


def _step(step: Step, places: int, locale: Locale) -> Context:
    """Give a step of the calculation; numbers as text, with a sign where something is added or taken."""
    signed = step.stage in (Stage.BONUS, Stage.DEDUCTION)
    number = exact_number(step.number, places) if step.number is not None else None
    return {
        "stage": step.stage.value,
        "label": locale.label(f"step.{step.stage.value}"),
        "name": step.name,
        "number": f"+{number}" if number and signed and not number.startswith("-") else number,
        "result": exact_number(step.result, places) if step.result is not None else None,
        "capped": step.capped,
    }


def _segment(segment: Segment, places: int, locale: Locale) -> Context:
    """Give one side of a transfer: its days, its share, and its weighted sum."""
    presence = segment.record.presence
    return {
        "start": locale.date(presence.start) if presence else None,
        "end": locale.date(presence.end) if presence else None,
        "department": segment.record.department,
        "position": segment.record.position,
        "share": share(segment.share),
        "sum": exact_number(sum((line.weighted for line in segment.lines), Fraction(0)), places),
    }


def exact_number(number: Fraction, places: int) -> str:
    """Write a number that is not rounded in the calculation, with a mark where what is shown of it is cut."""
    shown = round_to(number, max(_EXACT_PLACES, places))
    return plain_number(shown) + ("" if shown == number else "…")


_FEWEST_ANONYMOUS = 3
"""Ratings of peers and subordinates are shown only as a mean of at least so many."""
_ANONYMOUS = frozenset({RaterKind.PEER, RaterKind.SUBORDINATE})


def _raters(plan: PlanFile, line: Line, places: int) -> list[Context]:
    """List what each kind of rater gave, except where a mean of too few would tell who gave what."""
    return [
        {
            "name": plan.plan.raters[given.rater].name,
            "score": plain_number(round_to(given.score, places)),
            "share": share(given.share),
        }
        for given in line.raters
        if plan.plan.raters[given.rater].rater not in _ANONYMOUS or given.count >= _FEWEST_ANONYMOUS
    ]


def _line(plan: PlanFile, person: PersonResult, line: Line, locale: Locale) -> dict[str, Any]:
    places = plan.plan.rounding.places
    scored = line.scored
    return {
        **indicator_context(line.weighed.placed, line.weighed, locale),
        "actual": line.actual.text if line.actual else None,
        "attainment": share(scored.attainment) if scored else None,
        "limit": scored.limit.value if scored and scored.limit else None,
        "before_bounds": plain_number(round_to(scored.score, places)) if scored and scored.score != line.score else None,
        "score": plain_number(round_to(line.score, places)) if scored else None,
        "raters": _raters(plan, line, places),
        "inputs": [{"name": name, "actual": given.text} for name, given in person.inputs.get(line.weighed.placed.key, {}).items()],
        "formula": formula.text if (formula := line.weighed.placed.indicator.compute) else None,
        "counted": share(line.weight),
        "weighted": plain_number(round_to(line.weighted, places), places) if scored else None,
    }
