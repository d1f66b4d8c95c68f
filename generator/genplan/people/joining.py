"""Rows of one person put together, where a table gives several for each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from genplan.diagnostics import Diagnostic, Related, diagnose
from genplan.people.draft import Draft
from genplan.people.model import Presence
from genplan.people.wording import quoted
from genplan.plan.periods import Period


def join_rows(drafts: Sequence[Draft], found: list[Diagnostic]) -> list[Draft]:
    """Join the rows of each person and period, in the order they first come. Finds GP421 (they differ in what a person has one of).

    Rows that state different days stay apart, as records of their own; if all that state days state the same, the others go with them.
    """
    stated: dict[tuple[str, Period], set[Presence]] = defaultdict(set)
    for draft in drafts:
        if draft.presence:
            stated[draft.id, draft.period].add(draft.presence)
    people: dict[tuple[str, Period, Presence | None], Draft] = {}
    for draft in drafts:
        apart = len(stated[draft.id, draft.period]) > 1
        first = people.setdefault((draft.id, draft.period, draft.presence if apart else None), draft)
        if first is not draft:
            _join(first, draft, found)
    return list(people.values())


def _join(first: Draft, later: Draft, found: list[Diagnostic]) -> None:
    found += _contradictions(first, later)
    first.fields = {**later.fields, **first.fields}
    for name, texts in later.remarks.items():
        first.remarks.setdefault(name, []).extend(texts)
    first.entries += later.entries
    first.unusable |= later.unusable
    first.presence = first.presence or later.presence
    first.nameless = first.nameless and later.nameless


def _contradictions(first: Draft, later: Draft) -> Iterator[Diagnostic]:
    for name, cell in later.fields.items():
        before = first.fields.get(name)
        if before is not None and before.text != cell.text:
            message = f"the {name} of {quoted(first.id)} differs from an earlier row"
            advice = "write the same in each row of the person, or in the first one only"
            yield diagnose("GP421", cell.span, message, help=advice, related=[Related(before.span, "first here")])
