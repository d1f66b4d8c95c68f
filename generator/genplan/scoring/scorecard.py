"""A person's scorecard: every line, the total, the grade and the rank."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from genplan.diagnostics import Diagnostic, Outcome, Related, diagnose
from genplan.people.model import PersonResult
from genplan.people.own_values import own_plan
from genplan.people.recorded_results import merge_records
from genplan.plan.grades import PlacedGrade, are_decided, bands
from genplan.plan.indicator_weights import WeightedIndicator, weigh_indicators
from genplan.plan.load import PlanFile
from genplan.plan.model import Missing, Proration
from genplan.scoring.composition import CompositionStep, compose
from genplan.scoring.line import KnownScores, Line, absent_raters, merge_lines, score_lines
from genplan.scoring.published_results import differences, rank_differences


@dataclass(frozen=True, slots=True)
class Segment:
    """One record of a person's period: the lines as that record has them, and its share of the days."""

    record: PersonResult
    lines: tuple[Line, ...]
    share: Fraction


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One person's result in one period.

    `exact` is the total before rounding, `total` after; `steps` lead from the one to the other and on to the grade. `rank` counts from 1
    among the plan's `ranked` people in the period, equal totals sharing the better rank; both are None where somebody of the period has no
    total, for then nobody's rank is known. `band` is the grade, or None where the plan has none.
    After a transfer there is more than one segment, and `lines` join them.
    """

    person: PersonResult
    segments: tuple[Segment, ...]
    lines: tuple[Line, ...]
    steps: tuple[CompositionStep, ...]
    exact: Fraction
    total: Decimal
    band: PlacedGrade | None
    coefficient: Fraction | None
    rank: int | None
    ranked: int | None


def score_people(plan: PlanFile, people: Sequence[PersonResult], unranked: Collection[str] = ()) -> Outcome[tuple[Scorecard, ...]]:
    """Score everybody who can be scored; the others are missing from the value. Nobody is ranked in the periods `unranked`, by their ids.

    People whose actuals are unusable or missing against the plan's policy, or whose grade nobody decided, were reported when results were
    read. Finds GP422 (no grade for a total), GP423 (nobody's actual left to score), GP430 (a rater that gave nothing, against the policy),
    GP447 (what was published or decided differs from what is computed) and GP448 (a decided grade without grounds).
    """
    score = make_scorer(plan)
    if score is None:
        return Outcome((), [])
    diagnostics: list[Diagnostic] = []
    cards = [card for records in _by_person(people) if (card := score(records, diagnostics)) is not None]
    ranked = _ranked(cards, {*unranked, *periods_without_a_total(people, cards)})
    diagnostics += rank_differences(
        [(card.person.id, card.person.published.rank) for card in ranked], [(card.rank, card.ranked) for card in ranked]
    )
    return Outcome(ranked, diagnostics)


def periods_without_a_total(people: Sequence[PersonResult], cards: Sequence[Scorecard]) -> set[str]:
    """List the periods, by their ids, in which somebody has no scorecard."""
    scored = {(card.person.period.id, card.person.id) for card in cards}
    return {person.period.id for person in people if (person.period.id, person.id) not in scored}


Scorer: TypeAlias = Callable[[list[PersonResult], list[Diagnostic]], Scorecard | None]
"""Scores the records of one person and period, without a rank; what it finds is added to a list."""


def make_scorer(plan: PlanFile) -> Scorer | None:
    """Return what scores people of a plan one by one; None where the plan gives no weights."""
    weighed = weigh_indicators(plan)
    return partial(_score, plan, weighed, {}) if weighed else None


def _by_person(people: Sequence[PersonResult]) -> list[list[PersonResult]]:
    """Gather the records of one person and period, in the order of the first of each."""
    records: dict[tuple[str, str], list[PersonResult]] = {}
    for person in people:
        records.setdefault((person.period.id, person.id), []).append(person)
    return list(records.values())


def _score(
    plan: PlanFile,
    weighed: Sequence[WeightedIndicator],
    known: KnownScores,
    records: list[PersonResult],
    diagnostics: list[Diagnostic],
) -> Scorecard | None:
    if not all([_scorable(plan, weighed, record, diagnostics) for record in records]):  # noqa: C419 - every record is to be reported
        return None
    segments = _segments(plan, weighed, known, records)
    lines = tuple(_joined(each, [(segment.lines[at], segment.share) for segment in segments]) for at, each in enumerate(weighed))
    composition = compose(plan, lines, records, sum((record.part for record in records), Fraction(0)))
    person = merge_records(records)
    if composition.band is None and plan.plan.grades:
        if not are_decided(plan.plan):  # that nobody decided a grade was reported when results were read
            diagnostics.append(_ungraded(plan, person, composition.total))
        return None
    diagnostics += differences(plan, person, composition.total, composition.band)
    return Scorecard(
        person,
        segments,
        lines,
        composition.steps,
        composition.exact,
        composition.total,
        composition.band,
        composition.coefficient,
        rank=None,
        ranked=None,
    )


def _segments(
    plan: PlanFile, weighed: Sequence[WeightedIndicator], known: KnownScores, records: Sequence[PersonResult]
) -> tuple[Segment, ...]:
    reduces = plan.plan.proration is Proration.TARGET
    days = [record.days for record in records]
    return tuple(
        Segment(
            record,
            score_lines(plan, weigh_indicators(own_plan(plan, record)), record, part)
            if record.own
            else score_lines(plan, weighed, record, part, known),
            Fraction(count, sum(days)),
        )
        for record, count in zip(records, days, strict=True)
        for part in [record.part if reduces else Fraction(1)]
    )


def _joined(weighed: WeightedIndicator, lines: Sequence[tuple[Line, Fraction]]) -> Line:
    """Join an indicator's lines; where the records have different values of their own for it, it stands as in the plan."""
    first, *others = (line.weighed for line, _ in lines)
    line = merge_lines(lines)
    return line if all(other == first for other in others) else replace(line, weighed=weighed)


def _scorable(plan: PlanFile, weighed: Sequence[WeightedIndicator], record: PersonResult, diagnostics: list[Diagnostic]) -> bool:
    """Return whether a record has what the plan's policy asks for."""
    keys = [w.placed.key for w in weighed]
    missing = [key for key in keys if key not in record.actuals and key not in record.ratings]
    policy = plan.plan.missing
    if record.unusable or (missing and policy is Missing.ERROR):
        return False
    if len(missing) == len(keys) and policy is Missing.EXCLUDE:
        advice = "enter an actual, or remove the row"
        message = f"person {record.id} has no actuals, so there is nothing to score"
        diagnostics.append(diagnose("GP423", record.span, message, help=advice))
        return False
    return policy is not Missing.ERROR or _all_rated(plan, record, diagnostics)


def _all_rated(plan: PlanFile, record: PersonResult, diagnostics: list[Diagnostic]) -> bool:
    """GP430: under `missing: error`, every rater rates every indicator that is rated."""
    complete = True
    for key, ratings in record.ratings.items():
        absent = [plan.plan.raters[index].name for index in absent_raters(plan, ratings)]
        if absent:
            complete = False
            message = f"`{key}` of person {record.id} is not rated by {', '.join(absent)}"
            advice = "enter the rating, or declare `missing: exclude` (剔除) or `zero` (计零)"
            diagnostics.append(diagnose("GP430", record.span, message, help=advice))
    return complete


def _ungraded(plan: PlanFile, person: PersonResult, total: Decimal) -> Diagnostic:
    graded = bands(plan.plan)
    edge = graded[-1] if total < graded[-1].lower else graded[0]
    return diagnose(
        "GP422",
        plan.span("grades", edge.index),
        f"the total {total:f} of person {person.id} is outside all grades",
        help="widen the lowest or highest grade",
        label=edge.grade.name,
        related=[Related(person.span, "this person")],
    )


def _ranked(cards: Sequence[Scorecard], unranked: Collection[str]) -> tuple[Scorecard, ...]:
    """Assign ranks within each period, and keep the order of the people."""
    places = ranks([(card.person.period.id, card.total) for card in cards], unranked)
    return tuple(replace(card, rank=rank, ranked=ranked) for card, (rank, ranked) in zip(cards, places, strict=True))


Rank: TypeAlias = tuple[int | None, int | None]
"""A rank, and among how many."""


def ranks(totals: Sequence[tuple[str, Decimal]], unranked: Collection[str] = ()) -> list[Rank]:
    """Return the rank of each total among those of its period, and how many these are; nothing in the periods `unranked`."""
    totals_by_period: dict[str, list[Decimal]] = {}
    for period, total in totals:
        totals_by_period.setdefault(period, []).append(total)
    first: dict[tuple[str, Decimal], int] = {}
    for period, each in totals_by_period.items():
        for place, total in enumerate(sorted(each, reverse=True), 1):
            first.setdefault((period, total), place)
    return [(None, None) if period in unranked else (first[period, total], len(totals_by_period[period])) for period, total in totals]
