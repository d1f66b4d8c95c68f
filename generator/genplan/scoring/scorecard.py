"""A person's scorecard: every line, the total, the grade and the rank."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from genplan.diagnostics import Diagnostic, Outcome, Related, diagnose
from genplan.messages import listing, msg
from genplan.people.model import PersonResult
from genplan.people.own_values import has_indicator, own_plan
from genplan.people.recorded_results import merge_records
from genplan.plan.grades import PlacedGrade, are_by_rank, are_decided, bands
from genplan.plan.indicator_weights import WeightedIndicator, weigh_indicators
from genplan.plan.level_rules import is_unnumbered
from genplan.plan.load import PlanFile
from genplan.plan.model import Missing, Proration, QuotaScope
from genplan.scoring.calibration import calibrated_total, finalize
from genplan.scoring.composition import Composition, CompositionStep, Grading, compose, grade_total
from genplan.scoring.conditions import Facts, Record, Undecided, report_undecided
from genplan.scoring.limits import apply_limits, unknown_limits, unreadable_tables
from genplan.scoring.line import KnownScores, Line, absent_raters, is_given, merge_lines, score_lines
from genplan.scoring.published_results import differences, rank_differences
from genplan.scoring.standing import Standing, standings


@dataclass(frozen=True, slots=True)
class Segment:
    """One record of a person's period: the lines as that record has them, and its share of the days."""

    record: PersonResult
    lines: tuple[Line, ...]
    share: Fraction


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One person's result in one period.

    `exact` is the total before rounding, `total` after; `steps` lead from the one to the other, on to the grade, and to what a calibration
    made of them. `band` is the grade, or None where the plan has none. `total`, `band` and `coefficient` are as computed; those that
    start with `final` are as calibrated, or the same. `rank` counts from 1 among the plan's `ranked` people in the period by the final
    total, equal totals sharing the better rank; both are None where somebody of the period has no total, for then nobody's rank is known.
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
    final_total: Decimal
    final_band: PlacedGrade | None
    final_coefficient: Fraction | None
    rank: int | None
    ranked: int | None

    @property
    def calibrated(self) -> bool:
        """Whether what counts is not what was computed."""
        return self.total != self.final_total or grade_name(self.band) != grade_name(self.final_band)


def grade_name(band: PlacedGrade | None) -> str | None:
    """Return the name of a grade, if there is one."""
    return band.grade.name if band else None


def score_people(plan: PlanFile, people: Sequence[PersonResult], unranked: Collection[str] = ()) -> Outcome[tuple[Scorecard, ...]]:
    """Score everybody who can be scored; the others are missing from the value. Nobody is ranked in the periods `unranked`, by their ids.

    People whose actuals are unusable or missing against the plan's policy, or whose grade nobody decided, were reported when results were
    read. Finds GP422 (no grade for a total), GP423 (nobody's actual left to score), GP430 (a rater that gave nothing, against the policy),
    GP441 and GP442 (conditions that cannot be decided), GP447 (what was published or decided differs from what is computed), GP448 (a
    decided grade without grounds), GP450 to GP452 (calibrations) and GP456 (grades by rank while somebody has no total).
    """
    weighed = weigh_indicators(plan)
    if not weighed:
        return Outcome((), [])
    diagnostics: list[Diagnostic] = []
    undecided: list[Undecided] = []
    drafts = _drafts(plan, weighed, people, diagnostics, undecided)
    diagnostics += report_undecided(undecided, people)
    if are_by_rank(plan.plan):
        drafts = _comparable(plan, people, drafts, unranked, diagnostics)
    before = _standings(plan, [(draft.person, draft.composition.total) for draft in drafts])
    after = _standings(plan, [(draft.person, draft.total) for draft in drafts])
    finished = [_finish(plan, *each, diagnostics) for each in zip(drafts, before, after, strict=True)]
    cards = [card for card in finished if card is not None]
    unnumbered = {person.period.id for person in people} if is_unnumbered(plan.plan) else set()
    ranked = _ranked(cards, {*unranked, *periods_without_a_total(people, cards), *unnumbered})
    diagnostics += rank_differences(
        [(card.person.id, card.person.published.rank) for card in ranked], [(card.rank, card.ranked) for card in ranked]
    )
    return Outcome(ranked, diagnostics)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A person's result up to the total, computed and as calibrated; what grade it gets may depend on others' totals."""

    person: PersonResult
    records: Sequence[PersonResult]
    segments: tuple[Segment, ...]
    lines: tuple[Line, ...]
    facts: Facts
    composition: Composition
    total: Decimal


def _drafts(
    plan: PlanFile,
    weighed: Sequence[WeightedIndicator],
    people: Sequence[PersonResult],
    diagnostics: list[Diagnostic],
    undecided: list[Undecided],
) -> list[_Draft]:
    known: KnownScores = {}
    drafts = [_compute(plan, weighed, known, records, diagnostics, undecided) for records in _by_person(people)]
    return [draft for draft in drafts if draft is not None]


def _standings(plan: PlanFile, totals: Sequence[tuple[PersonResult, Decimal]]) -> Sequence[Standing | None]:
    return standings(plan, totals) if are_by_rank(plan.plan) else [None] * len(totals)


def _comparable(
    plan: PlanFile, people: Sequence[PersonResult], drafts: list[_Draft], unranked: Collection[str], diagnostics: list[Diagnostic]
) -> list[_Draft]:
    """Keep the people of periods in which everybody has a total. Finds GP456: in the others, nobody's grade by rank is known."""
    scored = {(draft.person.period.id, draft.person.id) for draft in drafts}
    lacking = {person.period.id: person for person in reversed(people) if (person.period.id, person.id) not in scored}
    unknown = {*unranked, *lacking}
    for period in sorted(unknown):
        first = lacking.get(period) or next(person for person in people if person.period.id == period)
        grades = next(index for index, grade in enumerate(plan.plan.grades) if grade.top is not None)
        message = msg("grades by rank of {period} cannot be decided while somebody has no total, or rows may be missing", period=period)
        related = [Related(plan.span("grades", grades, "top"), msg("by rank"))]
        advice = msg("correct the other problems with these results first")
        diagnostics.append(diagnose("GP456", first.span, message, help=advice, related=related))
    return [draft for draft in drafts if draft.person.period.id not in unknown]


def periods_without_a_total(people: Sequence[PersonResult], cards: Sequence[Scorecard]) -> set[str]:
    """List the periods, by their ids, in which somebody has no scorecard."""
    scored = {(card.person.period.id, card.person.id) for card in cards}
    return {person.period.id for person in people if (person.period.id, person.id) not in scored}


def _by_person(people: Sequence[PersonResult]) -> list[list[PersonResult]]:
    """Gather the records of one person and period, in the order of the first of each."""
    records: dict[tuple[str, str], list[PersonResult]] = {}
    for person in people:
        records.setdefault((person.period.id, person.id), []).append(person)
    return list(records.values())


def _compute(
    plan: PlanFile,
    weighed: Sequence[WeightedIndicator],
    known: KnownScores,
    records: list[PersonResult],
    diagnostics: list[Diagnostic],
    undecided: list[Undecided],
) -> _Draft | None:
    if not all([_scorable(plan, weighed, record, diagnostics) for record in records]):  # noqa: C419 - every record is to be reported
        return None
    segments = _segments(plan, weighed, known, records)
    lines = tuple(_joined(each, [(segment.lines[at], segment.share) for segment in segments]) for at, each in enumerate(weighed))
    reduces = plan.plan.proration is Proration.TARGET
    limits = [
        problem
        for each in segments
        for problem in unknown_limits(plan, each.record, each.lines, each.record.part if reduces else Fraction(1))
    ]
    limits += [problem for each in segments for problem in unreadable_tables(each.record, each.lines)]
    diagnostics += limits
    facts = Facts(plan, lines, [Record(segment.record, segment.lines, segment.share) for segment in segments])
    open_questions = facts.undecided(vetoes=True)
    composition = compose(plan, facts, records)
    total, unusable = calibrated_total(plan, records, composition.total)
    diagnostics += unusable
    open_questions += facts.undecided(vetoes=False, totals=list(dict.fromkeys((Fraction(composition.total), Fraction(total)))))
    undecided += [(records[0], *each) for each in open_questions]
    person = merge_records(records)
    by_group = plan.plan.distribution is not None and plan.plan.distribution.by is QuotaScope.GROUP
    groupless = by_group and not person.group  # that was reported when results were read
    if unusable or limits or open_questions or groupless:
        return None
    return _Draft(person, records, segments, lines, facts, composition, total)


def _finish(
    plan: PlanFile, draft: _Draft, before: Standing | None, after: Standing | None, diagnostics: list[Diagnostic]
) -> Scorecard | None:
    """Grade a draft, as computed and as calibrated."""
    composition = draft.composition
    grading = _grade(plan, draft, composition.total, before)
    if grading.band is None and plan.plan.grades:
        if not are_decided(plan.plan):  # that nobody decided a grade was reported when results were read
            diagnostics.append(_ungraded(plan, draft.person, composition.total))
        return None
    # A calibrated total has a grade: any other was refused (GP451).
    following = grading if (draft.total, after) == (composition.total, before) else _grade(plan, draft, draft.total, after)
    final, problems = finalize(plan, draft.records, (composition.total, grading), (draft.total, following))
    diagnostics += problems
    if final is None:
        return None
    card = Scorecard(
        draft.person,
        draft.segments,
        draft.lines,
        (*composition.steps, *grading.steps, *final.steps),
        composition.exact,
        composition.total,
        grading.band,
        grading.coefficient,
        final.total,
        final.band,
        final.coefficient,
        rank=None,
        ranked=None,
    )
    diagnostics += differences(plan, card.person, final.total, final.band, calibrated=card.calibrated)
    return card


def _grade(plan: PlanFile, draft: _Draft, total: Decimal, standing: Standing | None) -> Grading:
    return grade_total(plan, total, draft.facts, draft.records, standing)


def _segments(
    plan: PlanFile, weighed: Sequence[WeightedIndicator], known: KnownScores, records: Sequence[PersonResult]
) -> tuple[Segment, ...]:
    reduces = plan.plan.proration is Proration.TARGET
    days = [record.days for record in records]
    return tuple(
        Segment(
            record,
            apply_limits(
                plan,
                score_lines(plan, weigh_indicators(own_plan(plan, record)), record, part)
                if record.own
                else score_lines(plan, weighed, record, part, known),
                part,
            ),
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
    keys = [w.placed.key for w in weighed if has_indicator(w.placed, record)]
    missing = [key for key in keys if not is_given(plan, record, key)]
    policy = plan.plan.missing
    if record.unusable or (missing and policy is Missing.ERROR):
        return False
    if len(missing) == len(keys) and policy is Missing.EXCLUDE:
        advice = msg("enter an actual, or remove the row")
        message = msg("person {person} has no actuals, so there is nothing to score", person=record.id)
        diagnostics.append(diagnose("GP423", record.span, message, help=advice))
        return False
    return policy is not Missing.ERROR or _all_rated(plan, record, diagnostics)


def _all_rated(plan: PlanFile, record: PersonResult, diagnostics: list[Diagnostic]) -> bool:
    """GP430: under `missing: error`, every rater rates every indicator that is rated."""
    complete = True
    for key, ratings in record.ratings.items():
        absent = [plan.plan.all_raters[index].name for index in absent_raters(plan, ratings)]
        if absent:
            complete = False
            message = msg(
                "`{indicator}` of person {person} is not rated by {raters}", indicator=key, person=record.id, raters=listing(absent)
            )
            advice = msg("enter the rating, or declare `missing: exclude` (剔除) or `zero` (计零)")
            diagnostics.append(diagnose("GP430", record.span, message, help=advice))
    return complete


def _ungraded(plan: PlanFile, person: PersonResult, total: Decimal) -> Diagnostic:
    graded = bands(plan.plan)
    edge = graded[-1] if total < graded[-1].lower else graded[0]
    return diagnose(
        "GP422",
        plan.span("grades", edge.index),
        msg("the total {total} of person {person} is outside all grades", total=f"{total:f}", person=person.id),
        help=msg("widen the lowest or highest grade"),
        label=edge.grade.name,
        related=[Related(person.span, msg("this person"))],
    )


def _ranked(cards: Sequence[Scorecard], unranked: Collection[str]) -> tuple[Scorecard, ...]:
    """Assign ranks within each period, and keep the order of the people."""
    places = ranks([(card.person.period.id, card.final_total) for card in cards], unranked)
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
