"""Merges the drafts of one person and period, where a table has several rows for each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from genplan.diagnostics import Diagnostic, Related, diagnose
from genplan.messages import msg
from genplan.people.differing_rows import differs
from genplan.people.model import Presence
from genplan.people.person_draft import PersonDraft
from genplan.plan.periods import Period


def merge_rows(drafts: Sequence[PersonDraft], diagnostics: list[Diagnostic]) -> list[PersonDraft]:
    """Merge the drafts of each person and period, in order of first appearance. Reports GP421 where single-valued fields differ.

    Rows that state different days stay separate records. If all stated days agree, rows without days are merged with them.
    """
    stated: dict[tuple[str, Period], set[Presence]] = defaultdict(set)
    for draft in drafts:
        if draft.presence:
            stated[draft.id, draft.period].add(draft.presence)
    people: dict[tuple[str, Period, Presence | None], PersonDraft] = {}
    for draft in drafts:
        apart = len(stated[draft.id, draft.period]) > 1
        first = people.setdefault((draft.id, draft.period, draft.presence if apart else None), draft)
        if first is not draft:
            _merge(first, draft, diagnostics)
    return list(people.values())


def _merge(first: PersonDraft, later: PersonDraft, diagnostics: list[Diagnostic]) -> None:
    diagnostics += _contradictions(first, later)
    first.fields = {**later.fields, **first.fields}
    for name, texts in later.remarks.items():
        first.remarks.setdefault(name, []).extend(texts)
    first.comments += later.comments
    first.entries += later.entries
    first.unusable |= later.unusable
    first.presence = first.presence or later.presence
    first.nameless = first.nameless and later.nameless


def _contradictions(first: PersonDraft, later: PersonDraft) -> Iterator[Diagnostic]:
    for name, cell in later.fields.items():
        before = first.fields.get(name)
        if before is not None and before.text != cell.text:
            advice = msg("write the same value in each row of the person, or only in the first")
            yield diagnose(
                "GP421", cell.span, differs(name, first.id), help=advice, related=[Related(before.span, msg("first occurrence"))]
            )
