"""Loads the results files of a plan."""

import os
import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from genplan.diagnostics import Diagnostic, Outcome, Related, diagnose
from genplan.messages import msg
from genplan.people.days_in_position import overlap
from genplan.people.effective_date import check_effective_date
from genplan.people.expected_content import expected_content
from genplan.people.ids import drop_ambiguous_ids
from genplan.people.missing import check_missing
from genplan.people.model import PersonResult, Published
from genplan.people.own_values import NOTHING_AGREED, Agreed, agreed_of, check_awaited, check_own, join_agreed
from genplan.people.plan_rows import needs_other_plans, select_plan_rows
from genplan.people.plan_scope import plan_scope
from genplan.people.read_people import read_people
from genplan.people.readers import read_sheets
from genplan.people.recorded_results import check_recorded_results
from genplan.people.results_files import Key, ResultsFile, results_files
from genplan.people.roll_up import Source, people_with_totals, roll_up
from genplan.people.roster_check import drop_unlisted
from genplan.people.sheet_selection import SheetNames, select_sheets
from genplan.people.table_titles import check_title_units, table_period
from genplan.people.vocabulary import Field
from genplan.people.wording import quoted
from genplan.people.workspace_plans import WorkspacePlans
from genplan.plan.load import PlanFile
from genplan.plan.roll_ups import takes_people_from_totals
from genplan.source.files import MEBIBYTE, read_bytes

MAX_FILE_BYTES = 16 * MEBIBYTE
"""Results of a team are a few dozen kilobytes."""


def load_results(
    plan: PlanFile,
    root: Path,
    named: Sequence[Path] | None = None,
    workspace_plans: WorkspacePlans | None = None,
    sources: Mapping[str, Source] | None = None,
) -> Outcome[tuple[PersonResult, ...]]:
    """Read every results file of a plan in the workspace `root`, sorted by period, then file, then row; or the files `named` instead.

    Those with whom something was agreed and who have no results yet come after them, `awaited`.

    `workspace_plans` are the other plans of the workspace, which may have rows in the same files; `sources` those that indicators sum up,
    by the indicators' keys; without, the means are those that results state.

    The people are there as far as their rows could be read, whatever is wrong with others. Finds GP401, GP420, GP001, GP009, GP418, what
    the readers and `read_people` find, GP408 (a person twice in a period, of which the first is kept), GP486 (ids that are nearly the
    same), what `drop_unlisted`, `load_goals`, `join_agreed` and `check_own` find, GP454 (files
    of calibrations), what `people_with_totals` and `roll_up` find, GP405 (missing actuals), what `check_recorded_results` finds, and
    GP449 (a period before the plan took effect).
    """
    goals, diagnostics = load_goals(plan, root, workspace_plans)
    files, more = results_files(plan, root) if named is None else Outcome(tuple(map(ResultsFile, named)), [])
    diagnostics += more
    people: list[PersonResult] = []
    for source in files:
        read, more = _read_file(source, _name(source.path, plan), plan, workspace_plans, agreed_of(goals))
        people += read
        diagnostics += more
    if named is None and sources is not None and takes_people_from_totals(plan):
        people, more = people_with_totals(plan, sources)
        diagnostics += more
    people.sort(key=lambda person: person.period.id)  # stable: files and rows keep their order
    remaining, repeated = drop_repeated(people)
    remaining, alike = (remaining, []) if plan.plan.assessed_unit else drop_ambiguous_ids(remaining)
    roster = workspace_plans.roster if workspace_plans and not plan.plan.assessed_unit else None
    remaining, unlisted = drop_unlisted(plan, remaining, roster) if roster else (remaining, [])
    remaining, disagreeing = _join(plan, remaining, goals)
    remaining, uncalibrated = _calibrated(remaining, *load_calibrations(plan, root, workspace_plans))
    results, rolling = [person for person in remaining if not person.awaited], list[Diagnostic]()
    if sources is not None:
        results, rolling = roll_up(plan, results, sources)
        remaining = (*results, *(person for person in remaining if person.awaited))
    diagnostics += [
        *repeated,
        *alike,
        *unlisted,
        *disagreeing,
        *uncalibrated,
        *rolling,
        *check_missing(plan, results),
        *check_recorded_results(plan, results),
        *check_effective_date(plan, results),
    ]
    return Outcome(remaining, diagnostics)


def load_calibrations(
    plan: PlanFile, root: Path, workspace_plans: WorkspacePlans | None = None
) -> Outcome[dict[tuple[str, str], PersonResult]]:
    """Read files of calibrations as results are read: by period and id, those with a calibration, usable or not.

    Finds GP454: anything else that such a file says of a person.
    """
    kept, diagnostics = _read_beside_results(plan, root, "calibration", workspace_plans)
    for person in kept:
        if _says_more(person):
            message = msg(
                "a file of `calibration` (校准文件) says more of {person} than a calibration; that is ignored", person=quoted(person.id)
            )
            diagnostics.append(
                diagnose("GP454", person.span, message, help=msg("move it to a file of `results` (考核结果), or remove the columns"))
            )
    return Outcome({(person.period.id, person.id): person for person in kept if person.calibration or person.unusable}, diagnostics)


def _says_more(person: PersonResult) -> bool:
    values = (
        person.actuals,
        person.ratings,
        person.inputs,
        person.items,
        person.vetoes,
        person.remarks,
    )
    said = (person.decision, person.comment, person.comments, person.conclusion)
    return any(values) or any(said) or person.published != Published() or person.presence is not None


def _calibrated(
    people: Sequence[PersonResult], calibrations: Mapping[tuple[str, str], PersonResult], diagnostics: list[Diagnostic]
) -> Outcome[tuple[PersonResult, ...]]:
    """Give people the calibrations of files. Finds GP454: one of nobody in the results, or one that the results contradict."""
    found = list(diagnostics)
    result: list[PersonResult] = []
    for person in people:
        given = calibrations.get((person.period.id, person.id))
        own = person.calibration
        if given is None or person.awaited:
            result.append(person)
            continue
        unusable = person.unusable | given.unusable
        if own is not None and given.calibration is not None and replace(own, span=given.calibration.span) != given.calibration:
            unusable |= {Field.FINAL_GRADE}
            message = msg("the calibration of {person} differs from the one in the results", person=quoted(person.id))
            related = [Related(own.span, msg("in the results"))]
            found.append(diagnose("GP454", given.calibration.span, message, help=msg("keep the correct one"), related=related))
        result.append(replace(person, calibration=own or given.calibration, unusable=unusable))
    known = {(person.period.id, person.id) for person in people if not person.awaited}
    for key, given in calibrations.items():
        if key not in known:
            message = msg(
                "the calibration of {person} in {period} is of nobody in the results", person=quoted(given.id), period=given.period.id
            )
            advice = msg("correct the id or the period, or add the person to the results")
            found.append(diagnose("GP454", given.span, message, help=advice))
    return Outcome(tuple(result), found)


def load_goals(plan: PlanFile, root: Path, workspace_plans: WorkspacePlans | None = None) -> Outcome[list[PersonResult]]:
    """Read what was agreed with people before there are results, as results are read; the people are awaited."""
    kept, diagnostics = _read_beside_results(plan, root, "goals", workspace_plans)
    return Outcome([replace(person, awaited=True) for person in kept], [*diagnostics, *_results_among_goals(kept)])


def _read_beside_results(plan: PlanFile, root: Path, key: Key, workspace_plans: WorkspacePlans | None) -> Outcome[tuple[PersonResult, ...]]:
    """Read the files under another key of the plan as results are read; each person once in a period."""
    files, diagnostics = results_files(plan, root, key)
    people: list[PersonResult] = []
    for source in files:
        read, more = _read_file(source, _name(source.path, plan), plan, workspace_plans, NOTHING_AGREED)
        diagnostics += more
        people += read
    kept, repeated = drop_repeated(people)
    return Outcome(kept, [*diagnostics, *repeated])


def _results_among_goals(people: Iterable[PersonResult]) -> Iterator[Diagnostic]:
    """GP440: a file of what was agreed has actuals."""
    for person in people:
        rated = [given[0].actual for given in person.ratings.values()]
        figures = [actual for given in person.inputs.values() for actual in given.values()]
        reached = next(iter([*person.actuals.values(), *rated, *person.items.values(), *figures]), None)
        if reached is not None:
            message = msg("an actual of {person} stands in a file of `goals` (目标约定); it is ignored", person=quoted(person.id))
            yield diagnose("GP440", reached.span, message, help=msg("move it to a file of `results` (考核结果)"))
        remark = next((given[0] for given in person.remarks.values()), None)
        if remark is not None:
            message = msg(
                "a remark ({word}) on a result of {person} stands in a file of `goals` (目标约定); it is ignored",
                word=remark.word,
                person=quoted(person.id),
            )
            yield diagnose("GP440", remark.span, message, help=msg("move it to a file of `results` (考核结果)"))


def _join(plan: PlanFile, people: Sequence[PersonResult], goals: Sequence[PersonResult]) -> Outcome[tuple[PersonResult, ...]]:
    """Give people what was agreed with them, and list after them those who have no results yet."""
    by_person = {(each.period.id, each.id): each for each in goals}
    joined = [join_agreed(person, by_person.get((person.period.id, person.id))) for person in people]
    scored = {(person.period.id, person.id) for person in people}
    awaited = [each for each in goals if (each.period.id, each.id) not in scored]
    checked, diagnostics = check_own(plan, [*(person for person, _ in joined), *awaited])
    more = [problem for _, problems in joined for problem in problems]
    return Outcome(checked, [*more, *diagnostics, *check_awaited(plan, awaited, people)])


def _name(path: Path, plan: PlanFile) -> str:
    """Name a results file in messages as its plan is named, from the same folder."""
    relative = os.path.relpath(path, plan.path.parent.resolve()).replace(os.sep, "/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(plan.file), relative))


def _read_file(
    source: ResultsFile, file: str, plan: PlanFile, workspace_plans: WorkspacePlans | None, agreed: Agreed
) -> Outcome[list[PersonResult]]:
    data, diagnostics = read_bytes(source.path, file, MAX_FILE_BYTES, too_large="GP418")
    if data is None:
        return Outcome([], diagnostics)
    known_names = workspace_plans.roster.names if workspace_plans and workspace_plans.roster else frozenset[str]()
    expected, own = expected_content(plan, known_names), plan_scope(plan)
    sheets = read_sheets(data, file, expected)
    asks = workspace_plans is not None and needs_other_plans([table for table, _ in sheets if table], expected, own)
    others = workspace_plans.scopes_sharing(plan, source.path) if workspace_plans and asks else []
    departments = workspace_plans.departments if workspace_plans and asks else frozenset[str]()
    other_words = frozenset(word for scope in others for word in scope.words) - own.words
    tables, diagnostics = select_sheets(file, sheets, SheetNames(source.sheets, source.place, own.words, other_words))
    people: list[PersonResult] = []
    for table in tables:
        rows, strays = select_plan_rows(table, expected, own, others, departments)
        period, undated_diagnostics, contradicted = table_period(table, plan, expected, alone=len(tables) == 1)
        contradicted = [*contradicted, *check_title_units(table, plan)]
        diagnostics += [*strays, *contradicted]
        if not contradicted:
            read, more = read_people(rows, plan, period, undated_diagnostics, agreed)
            people += read
            diagnostics += more
    return Outcome(people, diagnostics)


def drop_repeated(people: Iterable[PersonResult]) -> Outcome[tuple[PersonResult, ...]]:
    """Keep the first of each person and period; GP408 for every further one, unless the two are about different days of the period.

    Such records of one person stand together, in the order of their days.
    """
    by_person: dict[tuple[str, str], list[PersonResult]] = defaultdict(list)
    diagnostics: list[Diagnostic] = []
    for person in people:
        records = by_person[person.id, person.period.id]
        earlier = next((record for record in records if overlap(record.presence, person.presence)), None)
        if earlier is None:
            records.append(person)
        else:
            diagnostics.append(_repeated(person, earlier))
    return Outcome(tuple(record for records in by_person.values() for record in sorted(records, key=_start)), diagnostics)


def _start(person: PersonResult) -> date:
    return person.presence.start if person.presence else person.period.start


def _repeated(person: PersonResult, earlier: PersonResult) -> Diagnostic:
    related = [Related(earlier.span, msg("first occurrence"))]
    message = msg("{person} appears twice in {period}; the second is ignored", person=quoted(person.id), period=person.period.id)
    advice = msg("keep the correct one")
    if person.presence or earlier.presence:
        message = msg(
            "{person} appears twice in {period}, for days that overlap; the second is ignored",
            person=quoted(person.id),
            period=person.period.id,
        )
        advice = msg("make one record end (在岗结束) before the other starts (在岗开始), or keep the correct one")
    elif person.ratings and earlier.ratings:
        advice = msg("put the rows of a person's raters in one file, or keep the correct one")
    return diagnose("GP408", person.span, message, help=advice, related=related)
