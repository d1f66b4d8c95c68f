"""Reading the results a plan names."""

import os
import posixpath
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from genplan.diagnostics import Diagnostic, Outcome, Related, diagnose
from genplan.people.claims import claim_of
from genplan.people.company import Company
from genplan.people.ids import drop_nearly_same
from genplan.people.in_force import check_in_force
from genplan.people.locate import Source, results_files
from genplan.people.missing import check_missing
from genplan.people.model import PersonResult
from genplan.people.own_rows import needs_others, own_rows
from genplan.people.people import read_people
from genplan.people.presence import overlap
from genplan.people.readers import read_sheets
from genplan.people.roster_check import drop_unlisted
from genplan.people.sheets import Named, choose
from genplan.people.sought import sought_by
from genplan.people.stated import check_stated
from genplan.people.stated_above import check_unit, period_of
from genplan.people.wording import quoted
from genplan.plan.load import PlanFile
from genplan.source.files import MEBIBYTE, read_bytes

MAX_FILE_BYTES = 16 * MEBIBYTE
"""Results of a team are a few dozen kilobytes."""


def load_results(
    plan: PlanFile, root: Path, named: Sequence[Path] | None = None, company: Company | None = None
) -> Outcome[tuple[PersonResult, ...]]:
    """Read every results file of a plan in the workspace `root`, sorted by period, then file, then row; or the files `named` instead.

    `company` are the other plans of the workspace, which may have rows in the same files.

    The people are there as far as their rows could be read, whatever is wrong with others. Finds GP401, GP420, GP001, GP009, GP418, what
    the readers and `read_people` find, GP408 (a person twice in a period, of which the first is kept), GP486 (ids that are nearly the
    same), what `drop_unlisted` finds, GP405 (missing actuals), what
    `check_stated` finds, and GP449 (a period before the plan took effect).
    """
    files, found = results_files(plan, root) if named is None else Outcome(tuple(map(Source, named)), [])
    people: list[PersonResult] = []
    for source in files:
        read, more = _read_file(source, _name(source.path, plan), plan, company)
        people += read
        found += more
    people.sort(key=lambda person: person.period.id)  # stable: files and rows keep their order
    kept, repeated = drop_repeated(people)
    kept, alike = (kept, []) if plan.plan.assessed_unit else drop_nearly_same(kept)
    roster = company.roster if company and not plan.plan.assessed_unit else None
    kept, unlisted = drop_unlisted(plan, kept, roster) if roster else (kept, [])
    found += [*repeated, *alike, *unlisted, *check_missing(plan, kept), *check_stated(plan, kept), *check_in_force(plan, kept)]
    return Outcome(kept, found)


def _name(path: Path, plan: PlanFile) -> str:
    """Name a results file in messages as its plan is named, from the same folder."""
    beside = os.path.relpath(path, plan.path.parent.resolve()).replace(os.sep, "/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(plan.file), beside))


def _read_file(source: Source, file: str, plan: PlanFile, company: Company | None) -> Outcome[list[PersonResult]]:
    data, found = read_bytes(source.path, file, MAX_FILE_BYTES, too_large="GP418")
    if data is None:
        return Outcome([], found)
    sought, own = sought_by(plan, company.roster.names if company and company.roster else frozenset()), claim_of(plan)
    sheets = read_sheets(data, file, sought)
    asks = company is not None and needs_others([table for table, _ in sheets if table], sought, own)
    others = company.beside(plan, source.path) if company and asks else []
    departments = company.departments if company and asks else frozenset[str]()
    other_words = frozenset(word for claim in others for word in claim.words) - own.words
    tables, found = choose(file, sheets, Named(source.sheets, source.place, own.words, other_words))
    people: list[PersonResult] = []
    for table in tables:
        kept, strays = own_rows(table, sought, own, others, departments)
        period, undated, contradicted = period_of(table, plan, sought, alone=len(tables) == 1)
        contradicted = [*contradicted, *check_unit(table, plan)]
        found += [*strays, *contradicted]
        if not contradicted:
            read, more = read_people(kept, plan, period, undated)
            people += read
            found += more
    return Outcome(people, found)


def drop_repeated(people: Iterable[PersonResult]) -> Outcome[tuple[PersonResult, ...]]:
    """Keep the first of each person and period; GP408 for every further one, unless the two are about different days of the period.

    Such records of one person stand together, in the order of their days.
    """
    kept: dict[tuple[str, str], list[PersonResult]] = defaultdict(list)
    found: list[Diagnostic] = []
    for person in people:
        records = kept[person.id, person.period.id]
        earlier = next((record for record in records if overlap(record.presence, person.presence)), None)
        if earlier is None:
            records.append(person)
        else:
            found.append(_repeated(person, earlier))
    return Outcome(tuple(record for records in kept.values() for record in sorted(records, key=_start)), found)


def _start(person: PersonResult) -> date:
    return person.presence.start if person.presence else person.period.start


def _repeated(person: PersonResult, earlier: PersonResult) -> Diagnostic:
    related = [Related(earlier.span, "first here")]
    message = f"{quoted(person.id)} stands twice in {person.period.id}; the second is not used"
    advice = "keep the one that holds"
    if person.presence or earlier.presence:
        message = f"{quoted(person.id)} stands twice in {person.period.id}, for days that overlap; the second is not used"
        advice = "let one record end (在岗结束) before the other starts (在岗开始), or keep the one that holds"
    elif person.ratings and earlier.ratings:
        advice = "the rows of a person's raters belong in one file; put them there, or keep the one that holds"
    return diagnose("GP408", person.span, message, help=advice, related=related)
