"""Scores as a table for people, and as JSON and CSV for programs."""

from collections.abc import Callable
from fractions import Fraction

from genplan.cli.csv_text import csv_text
from genplan.cli.table import table
from genplan.cli.terminal import json_text
from genplan.cli.trace import pay_part_data, trace_data
from genplan.messages import localized, msg
from genplan.plan.conditions import conditions
from genplan.plan.grades import PlacedGrade
from genplan.plan.level_rules import is_unnumbered
from genplan.plan.rounding import round_to
from genplan.scoring.line import Line
from genplan.scoring.published_results import published_total
from genplan.scoring.scorecard import Scorecard, Segment, grade_name
from genplan.theme.context.equations import score_places
from genplan.theme.locale import plain_number
from genplan.workspace.assessment import Assessment, who

_SHARE_PLACES = 6


def ordered(assessment: Assessment) -> list[Scorecard]:
    """List scorecards by period, then rank."""
    return sorted(assessment.cards, key=lambda card: (card.person.period.start, -card.final_total, card.person.id))


def rank_text(card: Scorecard) -> str:
    """Write a rank, or a dash if nobody is ranked."""
    return "—" if card.rank is None else str(card.rank)


def _grade(card: Scorecard) -> str:
    return grade_name(card.final_band) or ""


def _scores(card: Scorecard, places: int, *, numbered: bool = True) -> list[str]:
    """Write each line's score, or its level where the plan has no scores."""
    if not numbered:
        return [line.actual.text if line.actual else "" for line in card.lines]
    return [plain_number(round_to(line.score, score_places(places))) if line.scored else "" for line in card.lines]


def by_name_alone(assessment: Assessment) -> bool:
    """Return whether the plan assesses units identified by name."""
    return assessment.plan.plan.assessed_unit is not None and all(person.id == person.name for person in assessment.subjects.values())


def _who(card: Scorecard, *, named: bool) -> list[str]:
    return [card.person.name] if named else [card.person.id, card.person.name]


def names(assessment: Assessment) -> list[str]:
    """List the indicators' keys."""
    return [placed.key for placed in assessment.plan.indicators]


def _text(assessment: Assessment) -> str:
    places = assessment.plan.plan.rounding.places
    parts = []
    for period in assessment.periods():
        cards = [card for card in ordered(assessment) if card.person.period == period]
        calibrated = any(card.calibrated for card in cards)
        published = any(card.person.published.total for card in cards)
        named = by_name_alone(assessment)
        who = [assessment.plan.plan.assessed_unit or msg("name")] if named else [msg("id"), msg("name")]
        before = [msg("computed total"), msg("computed grade")] if calibrated else []
        numbered = not is_unnumbered(assessment.plan.plan)
        head = [
            *(msg("rank"), *who, *names(assessment), *([msg("published total")] if published else [])),
            *(*before, msg("total"), msg("grade")),
        ]
        rows = [
            [
                *(rank_text(card), *_who(card, named=named), *_scores(card, places, numbered=numbered)),
                *([_published_total(card) or ""] if published else []),
                *([plain_number(card.total, places), grade_name(card.band) or ""] if calibrated else []),
                *(plain_number(card.final_total, places) if numbered else "—", _grade(card)),
            ]
            for card in cards
        ]
        numbers = {0, *range(1 + len(who), len(head) - 1)}
        parts.append(f"{assessment.plan.plan.title}  {period.id}\n{table(head, rows, numbers)}")
    return "\n\n".join(parts)


def _json(assessment: Assessment) -> str:
    """Write every number as text, so that no reader converts it to binary floating point."""
    numbered = not is_unnumbered(assessment.plan.plan)
    rows = [
        {
            "period": card.person.period.id,
            "id": card.person.id,
            "name": card.person.name,
            "department": card.person.department,
            "total": f"{card.total:f}" if numbered else None,
            "exact": str(card.exact) if numbered else None,
            "grade": grade_name(card.band),
            "coefficient": _coefficient(card.band, card.coefficient),
            "final": {
                "total": f"{card.final_total:f}" if numbered else None,
                "grade": grade_name(card.final_band),
                "coefficient": _coefficient(card.final_band, card.final_coefficient),
            },
            "calibration": _calibration(card),
            "published": {"total": _published_total(card), "grade": card.person.published.grade and card.person.published.grade.text},
            "decision": _decision(card),
            "conclusion": card.person.conclusion or None,
            "rank": card.rank,
            "ranked": card.ranked,
            **_json_pay(assessment, card),
            "lines": [_json_line(line, card) for line in card.lines],
            "segments": [_json_segment(segment) for segment in card.segments],
            "steps": trace_data(card),
        }
        for card in ordered(assessment)
    ]
    return json_text({"plan": assessment.plan.id, "title": assessment.plan.plan.title, "scorecards": rows})


def _json_pay(assessment: Assessment, card: Scorecard) -> dict[str, object]:
    """Give the pay where the plan has any; none where it is not known."""
    if assessment.plan.plan.pay is None:
        return {}
    pay = assessment.pay.get(who(card.person))
    return {"pay": None if pay is None else {"total": f"{pay.total:f}", "parts": [pay_part_data(part) for part in pay.parts]}}


def _pay_cells(assessment: Assessment, card: Scorecard) -> list[str]:
    """Write the coefficient, each part of the pay and the whole; blanks where the pay is not known."""
    declared = assessment.plan.plan.pay
    if declared is None:
        return []
    pay = assessment.pay.get(who(card.person))
    amounts = [f"{part.amount:f}" for part in pay.parts] + [f"{pay.total:f}"] if pay else [""] * (len(declared.parts) + 1)
    return [_coefficient(card.final_band, card.final_coefficient) or "", *amounts]


def _published_total(card: Scorecard) -> str | None:
    total = published_total(card.person)
    return None if total is None else f"{total:f}"


def _decision(card: Scorecard) -> dict[str, str | None] | None:
    decision = card.person.decision
    return None if decision is None else {"grade": decision.grade, "by": decision.by or None, "reason": decision.reason or None}


def _calibration(card: Scorecard) -> dict[str, str | None] | None:
    """Give what was written of a calibration, whether it changed anything or not."""
    given = card.person.calibration
    if given is None:
        return None
    total = None if given.total is None else f"{given.total:f}"
    return {"total": total, "grade": given.grade, "by": given.by or None, "reason": given.reason or None}


def _coefficient(band: PlacedGrade | None, in_force: Fraction | None) -> str | None:
    """Write the coefficient as the plan does, or exactly where it was reduced."""
    written = band.grade.coefficient if band else None
    if written is None or in_force is None:
        return None
    return f"{written:f}" if in_force == Fraction(written) else str(in_force)


def _json_line(line: Line, card: Scorecard) -> dict[str, object]:
    scored, key = line.scored, line.weighed.placed.key
    return {
        "indicator": key,
        **({"own_indicator": line.weighed.placed.indicator.own_name or None} if line.weighed.placed.indicator.is_own else {}),
        "actual": line.actual.text if line.actual else None,
        "place": str(line.actual.span) if line.actual else None,
        "inputs": {name: given.text for name, given in card.person.inputs.get(key, {}).items()},
        "rolled": [
            {
                "period": part.period.id,
                "total": None if part.total is None else f"{part.total:f}",
                "share": str(part.share),
                "place": str(part.span),
            }
            for part in card.person.rolled.get(key, ())
        ],
        "raters": [
            {
                "rater": given.rater,
                "score": str(given.score),
                "count": given.count,
                "share": str(given.share),
                "trimmed": given.trimmed,
                "votes": dict(given.votes),
            }
            for given in line.raters
        ],
        "remarks": [
            {"word": remark.word, "text": remark.text, "rater": remark.rater}
            for segment in card.segments
            for remark in segment.record.remarks.get(key, ())
        ],
        "method": line.weighed.placed.indicator.method.tag,
        "attainment": str(scored.attainment) if scored and scored.attainment is not None else None,
        "limit": scored.limit if scored else None,
        "score": str(line.score) if scored else None,
        "weight": plain_number(round_to(line.weight, _SHARE_PLACES)),
        "exact_weight": str(line.weight),
        "weighted": str(line.weighted),
    }


def _json_segment(segment: Segment) -> dict[str, object]:
    presence = segment.record.presence
    return {
        "start": presence.start.isoformat() if presence else None,
        "end": presence.end.isoformat() if presence else None,
        "share": str(segment.share),
        "place": str(segment.record.span),
    }


def _csv(assessment: Assessment) -> str:
    places = assessment.plan.plan.rounding.places
    calibrated = any(card.calibrated for card in assessment.cards)
    more = [msg("final total"), msg("final grade"), msg("reason of calibration"), msg("calibrated by")] if calibrated else []
    numbered = not is_unnumbered(assessment.plan.plan)
    rows: list[list[str]] = [
        [
            *(msg("period"), msg("rank"), msg("id"), msg("name"), msg("department")),
            *(*names(assessment), msg("total"), msg("grade"), *more),
        ]
    ]
    conditional = any(True for _ in conditions(assessment.plan))
    rows[0] += [msg("conditions met")] if conditional else []
    if assessment.plan.plan.pay is not None:
        rows[0] += [msg("coefficient"), *(part.name for part in assessment.plan.plan.pay.parts), msg("pay in total")]
    left_to_people = [at for at, placed in enumerate(assessment.plan.indicators) if placed.indicator.is_own]
    rows[0] += [msg("{indicator} (content)", indicator=assessment.plan.indicators[at].key) for at in left_to_people]
    for card in ordered(assessment):
        person = card.person
        own = [card.lines[at].weighed.placed.indicator.own_name for at in left_to_people]
        who = [person.period.id, "" if card.rank is None else str(card.rank), person.id, person.name, person.department]
        computed = [plain_number(card.total, places) if numbered else "", grade_name(card.band) or ""]
        final = _final(card, places) if calibrated else []
        struck = ["；".join(step.condition.text for step in card.steps if step.condition)] if conditional else []
        rows.append([*who, *_scores(card, places, numbered=numbered), *computed, *final, *struck, *_pay_cells(assessment, card), *own])
    return csv_text([[localized(head) for head in rows[0]], *rows[1:]])


def _final(card: Scorecard, places: int) -> list[str]:
    given = card.person.calibration
    return [plain_number(card.final_total, places), _grade(card), *((given.reason, given.by) if given else ("", ""))]


FORMATS: dict[str, Callable[[Assessment], str]] = {"text": _text, "json": _json, "csv": _csv}
"""For each format, the function that writes an assessment's scores."""
