"""One person's results, for templates."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from generator.plan.load import PlanFile
from generator.plan.model import RaterKind
from generator.plan.periods import Period
from generator.plan.rounding import round_to
from generator.results.model import PersonResult
from generator.scoring.composition import Stage, Step
from generator.scoring.history import person_history
from generator.scoring.line import Line
from generator.scoring.scorecard import Scorecard, Segment
from generator.scoring.shortfall import outstanding, unmet
from generator.source.text import fold
from generator.theme.conditions import CONDITIONS
from generator.theme.context.charts import person_charts
from generator.theme.context.history import person_history_context
from generator.theme.context.plan import Context, indicator_context, inputs
from generator.theme.context.published import decision_context, published_context
from generator.theme.context.shortfall import shortfall_context
from generator.theme.context.values import EXACT_PLACES, exact_number, share
from generator.theme.locale import Locale, plain_number


def person_context(plan: PlanFile, person: PersonResult | None, period: Period | None, locale: Locale) -> Context:
    """Give the person, None on a blank form. A unit that goes by its name has no id."""
    no_id = person is not None and plan.plan.assessed_unit is not None and person.id == person.name
    return {"person": _person(person, no_id=no_id) if person else None, "period": locale.period(period) if period else None}


def result_context(plan: PlanFile, card: Scorecard, cards: Sequence[Scorecard], locale: Locale) -> Context:
    """Give a person's result, beside the earlier ones among some of the plan's scorecards."""
    history = person_history(card, cards)
    places = plan.plan.rounding.places
    return {
        **_result(plan, card, locale),
        "history": person_history_context(history, places, locale) if history else None,
        "charts": person_charts(plan, card, history, locale),
    }


def _person(person: PersonResult, *, no_id: bool) -> Context:
    return {"id": "" if no_id else person.id, "name": person.name, "department": person.department, "position": person.position}


def _result(plan: PlanFile, card: Scorecard, locale: Locale) -> Context:
    places = plan.plan.rounding.places
    grade = card.band.grade if card.band else None
    strongest, weakest = outstanding(card.lines)
    return {
        "total": plain_number(card.total, places),
        "exact": exact_number(card.exact, places),
        "grade": grade.name if grade else None,
        "coefficient": coefficient(card),
        "then": grade.then if grade else None,
        "rank": card.rank,
        "ranked": card.ranked,
        "comment": card.person.comment,
        "conclusion": card.person.conclusion,
        "published": published_context(plan, card),
        "decision": decision_context(plan, card),
        "lines": [_line(plan, card.person if len(card.segments) == 1 else None, line, locale) for line in card.lines],
        "conditions": [name for name, holds in CONDITIONS.items() if holds(plan, card)],
        "unmet": unmet(card.lines),
        "strongest": strongest,
        "weakest": weakest,
        "sum": exact_number(card.steps[0].result or Fraction(0), places),
        "steps": [_step(step, places, locale) for step in card.steps[1:]],
        "segments": [_segment(plan, segment, locale) for segment in card.segments] if len(card.segments) > 1 else [],
    }


def coefficient(card: Scorecard) -> str | None:
    """Write the coefficient as the plan does, or reduced for a part of the period with four places at most."""
    written = card.band.grade.coefficient if card.band else None
    if written is None or card.coefficient is None:
        return None
    return f"{written:f}" if card.coefficient == Fraction(written) else plain_number(round_to(card.coefficient, EXACT_PLACES))


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
        "grade": step.grade,
        "capped": step.capped,
    }


def _segment(plan: PlanFile, segment: Segment, locale: Locale) -> Context:
    """Give one side of a transfer: its days, its share, its lines, and their weighted sum."""
    presence = segment.record.presence
    places = plan.plan.rounding.places
    return {
        "start": locale.date(presence.start) if presence else None,
        "end": locale.date(presence.end) if presence else None,
        "department": segment.record.department,
        "position": segment.record.position,
        "share": share(segment.share),
        "lines": [_line(plan, segment.record, line, locale) for line in segment.lines],
        "sum": exact_number(sum((line.weighted for line in segment.lines), Fraction(0)), places),
    }


_FEWEST_ANONYMOUS = 3
"""Ratings of peers and subordinates are shown only as a mean of at least so many."""
_ANONYMOUS = frozenset({RaterKind.PEER, RaterKind.SUBORDINATE})


def _raters(plan: PlanFile, line: Line, places: int) -> list[Context]:
    """List what each kind of rater gave; nothing where a mean of too few would tell who gave what, or could be worked out from the rest."""
    if any(plan.plan.raters[given.rater].rater in _ANONYMOUS and given.count < _FEWEST_ANONYMOUS for given in line.raters):
        return []
    return [
        {
            "name": plan.plan.raters[given.rater].name,
            "score": plain_number(round_to(given.score, places)),
            "share": share(given.share),
        }
        for given in line.raters
    ]


def _line(plan: PlanFile, record: PersonResult | None, line: Line, locale: Locale) -> dict[str, Any]:
    """Give a line of one record; None where it joins several, whose actuals are their own."""
    places = plan.plan.rounding.places
    scored = line.scored
    collected = record.inputs.get(line.weighed.placed.key, {}) if record else {}
    given = {fold(name): actual for name, actual in collected.items()}
    return {
        **indicator_context(line.weighed.placed, line.weighed, locale),
        "actual": line.actual.text if line.actual and record else None,
        "attainment": share(scored.attainment) if scored else None,
        "limit": scored.limit.value if scored and scored.limit else None,
        "before_bounds": plain_number(round_to(scored.score, places)) if scored and scored.score != line.score else None,
        "score": plain_number(round_to(line.score, places)) if scored else None,
        "raters": _raters(plan, line, places),
        "inputs": [
            {**entry, "actual": given[fold(entry["name"])].text}
            for entry in inputs(line.weighed.placed.indicator)
            if fold(entry["name"]) in given
        ],
        "counted": share(line.weight),
        "weighted": plain_number(round_to(line.weighted, places), places) if scored else None,
        **shortfall_context(plan, record, line),
    }
