"""Reads the recorded parts of a result: the published total, grade and rank, and the grade that people decided."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from genplan.diagnostics import Diagnostic, Outcome, Related, Severity, Span, diagnose
from genplan.messages import a_few, listing, msg
from genplan.people.column_words import COLUMN_WORDS
from genplan.people.differing_rows import CALIBRATION, differs
from genplan.people.measures import Measure
from genplan.people.model import Actual, Calibration, Cell, Decision, PersonResult, Published
from genplan.people.person_draft import PersonDraft
from genplan.people.unit_conversion import read_amount
from genplan.people.vocabulary import Field
from genplan.people.wording import quoted, shown
from genplan.plan.grades import are_decided
from genplan.plan.load import PlanFile
from genplan.plan.model import QuotaScope
from genplan.plan.units import parse_plan_unit
from genplan.source.quantity import EXACT, Quantity
from genplan.source.text import fold

_TOTAL = Measure(msg("published total"), percent=False, unit=parse_plan_unit("分"))
_CALIBRATED = Measure(msg("calibrated total"), percent=False, unit=parse_plan_unit("分"))


def read_published(draft: PersonDraft) -> Outcome[Published]:
    """Read what was published. Finds GP406 (a total or rank that is not a number) and GP407 (a total that is a percentage)."""
    total, diagnostics = _total(draft)
    rank, more = _rank(draft)
    return Outcome(Published(total, _grade(draft), rank), diagnostics + more)


def _total(draft: PersonDraft) -> Outcome[Actual | None]:
    cell = draft.fields.get(Field.PUBLISHED_TOTAL)
    if cell is None:
        return Outcome(None, [])
    amount, diagnostics = read_amount(_TOTAL, cell)
    return Outcome(amount.actual if amount else None, diagnostics)


_RANK = re.compile(r"(?:并列|並列|tied)?(?:第|no\.?|#)?([0-9]{1,6})(?:名|位|st|nd|rd|th)?(?:(?:/|of)[0-9]{1,6})?")


def _rank(draft: PersonDraft) -> Outcome[Actual | None]:
    cell = draft.fields.get(Field.PUBLISHED_RANK)
    if cell is None:
        return Outcome(None, [])
    match = _RANK.fullmatch(fold(cell.text))
    if match is None:
        advice = msg("write it in digits: 3, 第3名 or 3/20; leave the cell empty if there is none")
        return Outcome(None, [diagnose("GP406", cell.span, msg("{value} is not a rank", value=shown(cell)), help=advice)])
    return Outcome(Actual(Quantity(Decimal(match[1])), cell.text, cell.span), [])


def _grade(draft: PersonDraft) -> Actual | None:
    cell = draft.fields.get(Field.PUBLISHED_GRADE)
    return Actual(cell.text, cell.text, cell.span) if cell else None


def read_decision(plan: PlanFile, draft: PersonDraft) -> Outcome[Decision | None]:
    """Read the grade that people decided. Finds GP446: a grade the plan does not have, or who decided, or why, and no grade."""
    cell = draft.fields.get(Field.GRADE)
    if cell is None:
        beside = next((draft.fields[field] for field in (Field.GRADED_BY, Field.GRADE_REASON) if field in draft.fields), None)
        # Where people decide all grades, that one is missing is reported separately; else it may be the grounds of a calibration.
        if beside is None or are_decided(plan.plan) or _is_calibrated(draft):
            return Outcome(None, [])
        message = msg("{value} belongs to a decided grade of {person}, but there is none", value=shown(beside), person=quoted(draft.id))
        advice = msg("write the grade in the column 等级, or leave the cell empty")
        return Outcome(None, [diagnose("GP446", beside.span, message, help=advice, severity=Severity.WARNING)])
    names = [grade.name for grade in plan.plan.grades]
    if cell.text not in names:
        return Outcome(None, [_no_grade("GP446", cell, names)])
    decision = Decision(cell.text, draft.text(Field.GRADED_BY), draft.text(Field.GRADE_REASON), cell.span)
    return Outcome(decision, [])


def _no_grade(code: str, cell: Cell, names: Sequence[str]) -> Diagnostic:
    """Say that a grade is none of the plan's, which are `names`."""
    if not names:
        message, advice = msg("{grade} is a grade, but the plan has none"), msg("add `grades:` (等级) to the plan, or remove the column")
    else:
        message, advice = msg("{grade} is not a grade of the plan"), msg("write one of: {names}", names=listing(names))
    return diagnose(code, cell.span, message.with_values(grade=shown(cell)), help=advice)


def _is_calibrated(draft: PersonDraft) -> bool:
    return Field.CALIBRATED_TOTAL in draft.fields or Field.FINAL_GRADE in draft.fields


def read_calibration(plan: PlanFile, draft: PersonDraft) -> Outcome[Calibration | None]:
    """Read what people made of the computed result; 评定人 and 评定理由 give its grounds where they belong to no decided grade.

    Finds GP406 and GP407 (a total that is no number) and GP453: a grade the plan does not have, or a reason without a total and a grade.
    """
    total_cell, grade_cell = draft.fields.get(Field.CALIBRATED_TOTAL), draft.fields.get(Field.FINAL_GRADE)
    cell = total_cell or grade_cell
    if cell is None:
        reason = draft.fields.get(Field.CALIBRATION_REASON)
        if reason is None:
            return Outcome(None, [])
        message = msg(
            "{reason} is the reason for a calibration of {person}, but there is none", reason=shown(reason), person=quoted(draft.id)
        )
        advice = msg("write the new total in the column 校准分 or the new grade in 最终等级, or leave the cell empty")
        return Outcome(None, [diagnose("GP453", reason.span, message, help=advice, severity=Severity.WARNING)])
    names = [grade.name for grade in plan.plan.grades]
    if grade_cell and grade_cell.text not in names:
        return Outcome(None, [_no_grade("GP453", grade_cell, names)])
    total, diagnostics = read_amount(_CALIBRATED, total_cell) if total_cell else Outcome(None, [])
    if diagnostics:
        return Outcome(None, diagnostics)
    number = total.actual.value.value if total and isinstance(total.actual.value, Quantity) else None
    undecided = Field.GRADE not in draft.fields
    by = draft.text(Field.CALIBRATED_BY) or (draft.text(Field.GRADED_BY) if undecided else "")
    why = draft.text(Field.CALIBRATION_REASON) or (draft.text(Field.GRADE_REASON) if undecided else "")
    return Outcome(Calibration(number, grade_cell.text if grade_cell else None, by, why, cell.span), [])


def check_recorded_results(plan: PlanFile, people: Sequence[PersonResult]) -> list[Diagnostic]:
    """Find GP421 (sides of a transfer that state different things), GP455 (no group), GP445 (no decided grade) and GP448 (nobody named)."""
    diagnostics = [*_contradictions(people), *_ungrouped(plan, people)]
    if are_decided(plan.plan):
        for group in _by_file(people):
            diagnostics += [*_undecided(group), *_unsigned(group)]
    return diagnostics


def _ungrouped(plan: PlanFile, people: Sequence[PersonResult]) -> Iterator[Diagnostic]:
    """GP455: people without a group, where limits and grades by rank hold in groups; reported once a file."""
    if plan.plan.distribution is None or plan.plan.distribution.by is not QuotaScope.GROUP:
        return
    grouped = {(person.period.id, person.id) for person in people if person.group}
    for group in _by_file([person for person in people if (person.period.id, person.id) not in grouped]):
        message = msg("the results do not say which group {person} belongs to", person=quoted(group[0].id))
        if len(group) > 1:
            names = a_few([quoted(person.id) for person in group], 1)
            message = msg("the results do not say which group {people} belong to", people=names)
        advice = msg(
            "fill in a column {column} (group), or declare `by: plan` or `by: department` (范围) of the distribution",
            column=COLUMN_WORDS[Field.GROUP],
        )
        related = [Related(plan.span("distribution", "by"), msg("by group"))]
        yield diagnose("GP455", group[0].span, message, help=advice, related=related)


def _undecided(people: Sequence[PersonResult]) -> Iterator[Diagnostic]:
    """GP445: somebody without a decided grade, where the plan's grades have no bounds; reported once where nobody in the file has one."""
    decided = {(person.period.id, person.id) for person in people if person.decision or Field.GRADE in person.unusable}
    without = [person for person in people if (person.period.id, person.id) not in decided]
    column = COLUMN_WORDS[Field.GRADE]
    advice = msg("write each person's grade in a column {column}, or give the plan's grades bounds: `from: 90` (起)", column=column)
    if len(without) == len(people) > 1:
        message = msg(
            "none of the {count} people in this file has a decided grade ({column}), and the plan's grades have no bounds",
            count=len(people),
            column=column,
        )
        yield diagnose("GP445", Span(people[0].span.file), message, help=advice)
        return
    for person in without:
        message = msg(
            "{person} has no decided grade ({column}), and the plan's grades have no bounds", person=quoted(person.id), column=column
        )
        yield diagnose("GP445", person.span, message, help=advice)


def _unsigned(people: Sequence[PersonResult]) -> Iterator[Diagnostic]:
    """GP448: grades of which nothing says who decided them, reported once a file."""
    unsigned = [(person.id, person.decision.span) for person in people if person.decision and not person.decision.by]
    if unsigned:
        names = a_few([quoted(id_) for id_, _ in unsigned], 1)
        message = msg("the results do not say who decided the grade of {people}, so documents cannot either", people=names)
        advice = msg("name the person or committee who decided, in a column {column} (graded by)", column=COLUMN_WORDS[Field.GRADED_BY])
        yield diagnose("GP448", unsigned[0][1], message, help=advice)


def _by_file(people: Sequence[PersonResult]) -> list[list[PersonResult]]:
    files: dict[str, list[PersonResult]] = defaultdict(list)
    for person in people:
        files[person.span.file].append(person)
    return list(files.values())


def _contradictions(people: Sequence[PersonResult]) -> Iterator[Diagnostic]:
    """GP421: records of one person and period that state different things of their one result."""
    first: dict[tuple[str, str, str], tuple[str, Span]] = {}
    for person in people:
        for name, text, span in _stated(person):
            text_before, earlier = first.setdefault((person.period.id, person.id, name), (text, span))
            if text_before != text:
                advice = msg("rows before and after a transfer make one result: write the same value in each row, or only in one")
                related = [Related(earlier, msg("first occurrence"))]
                yield diagnose("GP421", span, differs(name, person.id), help=advice, related=related)


def _stated(person: PersonResult) -> Iterator[tuple[str, str, Span]]:
    published = person.published
    fields = (
        (Field.PUBLISHED_TOTAL, published.total),
        (Field.PUBLISHED_GRADE, published.grade),
        (Field.PUBLISHED_RANK, published.rank),
    )
    for field, actual in fields:
        if actual:
            text = str(actual.value.value.normalize(EXACT)) if isinstance(actual.value, Quantity) else actual.text
            yield field, text, actual.span
    if person.decision:
        yield Field.GRADE, person.decision.grade, person.decision.span
    if person.calibration:
        given = person.calibration
        total = "" if given.total is None else str(given.total.normalize(EXACT))
        yield CALIBRATION, f"{total} {given.grade or ''}", given.span


def merge_records(records: Sequence[PersonResult]) -> PersonResult:
    """Merge the records of one person and period (after a transfer): the last one, with the recorded results of all."""
    last = records[-1]
    if len(records) == 1:
        return last
    total = next((record.published.total for record in records if record.published.total), None)
    grade = next((record.published.grade for record in records if record.published.grade), None)
    rank = next((record.published.rank for record in records if record.published.rank), None)
    return replace(
        last,
        published=Published(total, grade, rank),
        decision=next((record.decision for record in records if record.decision), None),
        calibration=next((record.calibration for record in records if record.calibration), None),
        group=next((record.group for record in reversed(records) if record.group), ""),
        comment="\n".join(dict.fromkeys(record.comment for record in records if record.comment)),
        comments=tuple(dict.fromkeys(comment for record in records for comment in record.comments)),
        conclusion="\n".join(dict.fromkeys(record.conclusion for record in records if record.conclusion)),
    )
