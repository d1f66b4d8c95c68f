"""One person's results, for templates."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from genplan.methods.items import Items
from genplan.people.model import Actual, LineRemark, PersonResult, RolledTotal
from genplan.plan.grades import PlacedGrade
from genplan.plan.load import PlanFile
from genplan.plan.model import Proration
from genplan.plan.periods import Period
from genplan.plan.rounding import round_to
from genplan.scoring.composition import CompositionStep, Stage
from genplan.scoring.history import person_history
from genplan.scoring.line import Line, effective_target, kept_lines
from genplan.scoring.scorecard import Scorecard, Segment, grade_name
from genplan.scoring.shortfall import share_of_full, strengths_and_weaknesses, unmet
from genplan.source.quantity import Quantity
from genplan.source.text import fold
from genplan.theme.conditions import CONDITIONS
from genplan.theme.context.anonymity import all_lines, shown_comment, unshown, withheld
from genplan.theme.context.charts import person_charts
from genplan.theme.context.conditions import condition_words, ground_words
from genplan.theme.context.equations import (
    ABOUT,
    EXACT_PLACES,
    SCORE_PLACES,
    Equation,
    apportioned,
    exact_number,
    places_before_rounding,
    score_places,
    weighted_sum,
)
from genplan.theme.context.grades import grade_tones
from genplan.theme.context.history import person_history_context
from genplan.theme.context.plan import Context, counts, indicator_context, inputs
from genplan.theme.context.published import calibration_context, decision_context, published_context
from genplan.theme.context.shortfall import shortfall_context
from genplan.theme.context.values import SHARE_PLACES, actual, share
from genplan.theme.locale import Locale, plain_number


def person_context(plan: PlanFile, person: PersonResult | None, period: Period | None, locale: Locale) -> Context:
    """Return the person, None on a blank form. A unit that goes by its name has no id."""
    no_id = person is not None and plan.plan.assessed_unit is not None and person.id == person.name
    return {"person": _person(person, no_id=no_id) if person else None, "period": locale.period(period) if period else None}


def result_context(plan: PlanFile, card: Scorecard, cards: Sequence[Scorecard], locale: Locale) -> Context:
    """Return a person's result, beside the earlier ones among some of the plan's scorecards."""
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
    rounding = plan.plan.rounding
    digits = places_before_rounding(card.exact, rounding)
    grade = card.final_band.grade if card.final_band else None
    card_lines = kept_lines(card.lines)
    strongest, weakest = strengths_and_weaknesses(card_lines)
    (first, *steps), single = card.steps, len(card.segments) == 1
    total = card.total if _is_plain_total(steps) and rounding.places >= SCORE_PLACES else None
    records = [segment.record for segment in card.segments]
    lines = _lines(plan, card.segments[0] if single else None, card_lines, total, locale, records)
    return {
        "total": plain_number(card.final_total, rounding.places),
        "exact": exact_number(card.exact, digits),
        "grade": grade.name if grade else None,
        "tone": grade_tones(plan.plan).get(grade.name, "") if grade else None,
        "coefficient": coefficient(card.final_band, card.final_coefficient),
        "computed_total": plain_number(card.total, rounding.places),
        "computed_grade": grade_name(card.band),
        "computed_coefficient": coefficient(card.band, card.coefficient),
        "calibration": calibration_context(plan, card),
        "then": grade.then if grade else None,
        "rule": grade.when if grade else None,
        "rank": card.rank,
        "ranked": card.ranked,
        "comment": shown_comment(card.person, all_lines(card)),
        "withheld": withheld(plan, card),
        "conclusion": card.person.conclusion,
        "published": published_context(plan, card),
        "decision": decision_context(plan, card),
        "lines": lines,
        "conditions": [name for name, holds in CONDITIONS.items() if holds(plan, card)],
        "unmet": unmet(card_lines),
        "strongest": strongest,
        "weakest": weakest,
        "sum": exact_number(first.result or Fraction(0), digits),
        "subtotal": None if total is not None else _subtotal(card.lines, rounding.places),
        "equation": _equation([(line.score, line.weight) for line in card.lines if line.scored], digits),
        "steps": [_step(plan, step, digits, locale) for step in steps],
        "segments": [] if single else [_segment(plan, segment, digits, locale) for segment in card.segments],
        "joining": None if single else _equation([(_sum(segment.lines), segment.share) for segment in card.segments], digits),
        "presence": _presence(card.segments[0].record, lines, locale) if single else None,
    }


def _is_plain_total(steps: Sequence[CompositionStep]) -> bool:
    """Return whether nothing but rounding makes the computed total of the weighted sum."""
    return all(step.stage in (Stage.ROUNDING, Stage.GRADE, Stage.CALIBRATION, Stage.FINAL_GRADE) for step in steps)


def _sum(lines: Sequence[Line]) -> Fraction:
    return sum((line.weighted for line in lines), Fraction(0))


def _subtotal(lines: Sequence[Line], places: int) -> str:
    """Write the weighted sum as the weighted scores printed above it make it."""
    places = score_places(places)
    return plain_number(round_to(_sum(lines), places), places)


def _equation(terms: Sequence[tuple[Fraction, Fraction]], places: int) -> Context:
    equation = weighted_sum(terms, places)
    return {
        "terms": [{"score": term.score, **_share(term.share)} for term in equation.terms],
        "result": equation.result,
        "about": equation.about,
    }


def _share(share_: Decimal | str) -> Context:
    """Return a share as a decimal or, where that would be rounded, as a fraction."""
    return {"share": None, "fraction": share_} if isinstance(share_, str) else {"share": share_, "fraction": None}


def coefficient(band: PlacedGrade | None, in_force: Fraction | None) -> str | None:
    """Write the coefficient as the plan does, or reduced for a part of the period with four places at most."""
    written = band.grade.coefficient if band else None
    if written is None or in_force is None:
        return None
    return f"{written:f}" if in_force == Fraction(written) else plain_number(round_to(in_force, EXACT_PLACES))


def _step(plan: PlanFile, step: CompositionStep, places: int, locale: Locale) -> Context:
    """Return a step of the calculation; numbers as text, with a sign where something is added or taken."""
    signed = step.stage in (Stage.BONUS, Stage.DEDUCTION, Stage.CALIBRATION)
    number = exact_number(step.number, places) if step.number is not None else None
    if step.stage is Stage.COEFFICIENT:
        number = f"{locale.label('format.times')}{step.number}"  # a part of the period, as a fraction
    return {
        "stage": step.stage.value,
        "label": locale.label(f"step.{step.stage.value}"),
        "name": step.name,
        "number": f"+{number}" if number and signed and not number.startswith("-") else number,
        "result": exact_number(step.result, places) if step.result is not None else None,
        "grade": step.grade,
        "capped": step.capped,
        "reason": step.reason,
        "condition": condition_words(plan, step.condition, locale) if step.condition else None,
        "grounds": [ground_words(plan, ground, locale) for ground in step.grounds],
    }


def _segment(plan: PlanFile, segment: Segment, places: int, locale: Locale) -> Context:
    """Return one side of a transfer: its days, its share, its lines, and their weighted sum."""
    presence = segment.record.presence
    lines = _lines(plan, segment, kept_lines(segment.lines), None, locale, [segment.record])
    return {
        "start": locale.date(presence.start) if presence else None,
        "end": locale.date(presence.end) if presence else None,
        "department": segment.record.department,
        "position": segment.record.position,
        "days": segment.record.days,
        "share": share(segment.share),
        "fraction": str(segment.share),
        "lines": lines,
        "sum": exact_number(_sum(segment.lines), places),
        "subtotal": _subtotal(segment.lines, plan.plan.rounding.places),
        "presence": _presence(segment.record, lines, locale),
    }


def _presence(record: PersonResult, lines: Sequence[Context], locale: Locale) -> Context | None:
    """Return the days that a record is about where they are not the whole period, and which part of it targets are reduced to."""
    if record.part == 1:
        return None
    return {
        "start": locale.date(record.presence.start) if record.presence else None,
        "end": locale.date(record.presence.end) if record.presence else None,
        "days": record.days,
        "of": record.period_days,
        "fraction": str(record.part),
        "reduced": any(line["target_in_force"] is not None for line in lines),
    }


def _raters(plan: PlanFile, line: Line, places: int) -> list[Context]:
    """List what each kind of rater gave; nothing where a mean of too few would tell who gave what, or could be worked out from the rest."""
    if unshown(plan, line):
        return []
    equation: Equation = weighted_sum([(given.score, given.share) for given in line.raters], places)
    return [
        {
            "name": plan.plan.all_raters[given.rater].name,
            "score": ("" if Fraction(term.score) == given.score else ABOUT) + term.score,
            "counts": bool(given.share),
            "count": given.count,
            "trimmed": given.trimmed,
            "votes": [{"level": level, "count": count} for level, count in given.votes],
            **_share(term.share),
        }
        for given, term in zip(line.raters, equation.terms, strict=True)
    ]


def _remarks(plan: PlanFile, records: Sequence[PersonResult], line: Line) -> list[Context]:
    """List what was remarked on an indicator, a line of text each; whose it is where raters score."""
    unnamed = unshown(plan, line)
    remarks = [remark for record in records for remark in record.remarks.get(line.weighed.placed.key, ()) if remark.rater not in unnamed]
    given = dict.fromkeys(map(_remark_key, remarks))
    return [
        {"word": None if place else word, "text": text, "rater": None if place or rater is None else plan.plan.all_raters[rater].name}
        for word, whole, rater in given
        for place, text in enumerate(filter(None, map(str.strip, whole.splitlines())))
    ]


def _remark_key(remark: LineRemark) -> tuple[str, str, int | None]:
    return remark.word, remark.text, remark.rater


def _rolled(parts: Sequence[RolledTotal], locale: Locale) -> list[Context]:
    """List the totals that an actual is the mean of; `total` is None where there was none, and the share 0 where it does not count."""
    equation = weighted_sum([(Fraction(part.total or 0), part.share) for part in parts], EXACT_PLACES)
    return [
        {
            "period": locale.period(part.period),
            "total": None if part.total is None else f"{part.total:f}",
            "counts": part.share != 0,
            **_share(term.share),
        }
        for part, term in zip(parts, equation.terms, strict=True)
    ]


def _lines(
    plan: PlanFile,
    segment: Segment | None,
    lines: Sequence[Line],
    total: Decimal | None,
    locale: Locale,
    records: Sequence[PersonResult],
) -> list[Context]:
    """Return the lines of one record, or those that join several, whose actuals are their own; the weighted scores make `total`."""
    places = score_places(plan.plan.rounding.places)
    weighted = apportioned([line.weighted for line in lines], places, total)
    counted = apportioned([line.weight for line in lines], SHARE_PLACES)
    return [
        {
            **_line(plan, segment, line, locale),
            "counted": part,
            "counts": counts(plan, line.weighed.placed.indicator, part, locale),
            "reweighted": line.weight != line.weighed.weight,
            "weighted": plain_number(points, places) if line.scored else None,
            "remarks": _remarks(plan, records, line),
        }
        for line, part, points in zip(lines, counted, weighted, strict=True)
    ]


def _line(plan: PlanFile, segment: Segment | None, line: Line, locale: Locale) -> Context:
    places = score_places(plan.plan.rounding.places)
    scored = line.scored
    record = segment.record if segment else None
    collected = record.inputs.get(line.weighed.placed.key, {}) if record else {}
    given = {fold(name): actual for name, actual in collected.items()}
    return {
        **indicator_context(line.weighed.placed, line.weighed, locale),
        "actual": _actual(line, given, locale) if record else None,
        "target_in_force": _target_in_force(plan, segment, line, locale) if segment else None,
        "attainment": share(scored.attainment) if scored else None,
        "limit": scored.limit.value if scored and scored.limit else None,
        "limited": line.limited,
        "before_bounds": plain_number(round_to(scored.score, places)) if scored and scored.score != line.score else None,
        "score": plain_number(round_to(line.score, places)) if scored else None,
        "share_of_full": share(share_of_full(line)) if scored else None,
        "raters": _raters(plan, line, places),
        "inputs": [
            {**entry, "actual": given[fold(entry["name"])].text}
            for entry in inputs(line.weighed.placed.indicator)
            if fold(entry["name"]) in given
        ],
        "rolled": _rolled(record.rolled.get(line.weighed.placed.key, ()), locale) if record else [],
        **shortfall_context(plan, record, line),
    }


def _actual(line: Line, given: Mapping[str, Actual], locale: Locale) -> str | None:
    if line.actual is None:
        return None
    if isinstance(line.weighed.placed.indicator.rule, Items):
        return _counted(line.weighed.placed.indicator.rule, given, locale)
    if line.actual.exact is not None:  # computed: rounded for people when it was read
        return line.actual.text
    return actual(line.actual.value, line.weighed.placed.indicator.target, locale)


def _counted(rule: Items, given: Mapping[str, Actual], locale: Locale) -> str:
    """List what occurred and how often."""
    counts_ = [(each, given.get(fold(each.name))) for each, _ in rule.signed]
    texts = [
        locale.label("rule.counted", name=each.name, count=locale.number(count.value.value), unit=each.unit or locale.label("rule.times"))
        for each, count in counts_
        if count is not None and isinstance(count.value, Quantity) and count.value.value
    ]
    return locale.label("format.list").join(texts) or locale.label("rule.none_counted")


def _target_in_force(plan: PlanFile, segment: Segment, line: Line, locale: Locale) -> str | None:
    """Write the target that counted for a record where it is not the plan's."""
    indicator = line.weighed.placed.indicator
    if plan.plan.proration is not Proration.TARGET or segment.record.part == 1 or not isinstance(indicator.target, Quantity):
        return None
    reduced = effective_target(indicator, segment.record.part)
    if reduced is None or reduced == Fraction(indicator.target.value):
        return None
    shown = round_to(reduced, EXACT_PLACES)
    return ("" if shown == reduced else ABOUT) + locale.number(shown)
