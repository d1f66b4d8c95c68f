"""Collected documents: those of one kind about everybody of a plan and period in one file, in order, to be printed and signed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from genplan.diagnostics import Outcome, Span, diagnose
from genplan.documents.content import WORD
from genplan.documents.specs import DocumentSpec
from genplan.messages import listing, msg, plural
from genplan.theme.kinds import Scope
from genplan.theme.theme import Theme
from genplan.workspace import SETTINGS
from genplan.workspace.workspace import BY_DEPARTMENT, Workspace

FORMATS = ("pdf", "docx")
"""What is printed; pages are for the screen."""
_LABEL = "collection"


@dataclass(frozen=True, slots=True)
class CollectionSpec(DocumentSpec):
    """The documents of a kind, plan and period as one, each about a person: all of them, or those of a `department`."""

    parts: tuple[DocumentSpec, ...] = ()
    department: str = ""

    def _name(self, theme: Theme) -> str:
        label = theme.locale.labels.get(f"{_LABEL}.name", _LABEL)
        return "-".join(filter(None, (self._subject, self.kind.title(theme.locale), self.department, label)))

    def context(self, theme: Theme) -> dict[str, object]:
        """Return what the templates of its parts see: what all share, and below `documents` what each has of its own."""
        shared = self.shared(theme)
        contexts = {key: replace(part, edition=self.edition).context(theme) for key, part in self._keyed()}
        documents = {key: {name: value for name, value in each.items() if shared.get(name) is not value} for key, each in contexts.items()}
        return {**shared, "documents": documents}

    def labels(self) -> dict[str, str]:
        """Return the key of each part in `documents`, and whom it is about."""
        return {key: _whom(part) for key, part in self._keyed()}

    def _keyed(self) -> Iterator[tuple[str, DocumentSpec]]:
        return ((part.person.id, part) for part in self.parts if part.person)


def _whom(part: DocumentSpec) -> str:
    assert part.person is not None  # as all parts of a collection have
    return " ".join(dict.fromkeys((part.person.id, part.person.name)))


def list_collections(documents: Sequence[DocumentSpec], by: str) -> Iterator[CollectionSpec]:
    """List what can be collected of an assessment's documents: for each kind and period one file, or one `by` department."""
    groups: dict[tuple[str, str, str], list[DocumentSpec]] = {}
    for document in documents:
        if document.person and document.kind.template:
            department = document.department if by == BY_DEPARTMENT else ""
            groups.setdefault((document.kind.name, document.period_id, department), []).append(document)
    for (_, _, department), parts in groups.items():
        parts.sort(key=lambda part: (part.department, part.person.id if part.person else ""))
        first = parts[0]
        yield CollectionSpec(first.assessment, first.kind, first.period, lacking=_lacking(parts), parts=tuple(parts), department=department)


def _lacking(parts: Sequence[DocumentSpec]) -> str:
    """Say whose documents are missing: a file that seems whole and is not would go unnoticed."""
    reasons = {part.lacking for part in parts if part.lacking}
    if not reasons:
        return ""
    people = listing(part.person.id for part in parts if part.lacking and part.person)
    return msg("the documents of {people} cannot be built: {reason}", people=people, reason=min(reasons))


def choose_collected(asked: Sequence[str], workspace: Workspace | None, theme: Theme) -> Outcome[frozenset[str]]:
    """Return the kinds to collect, named by id or title; `none` is none.

    Finds GP704 (no kind about people has this name).
    """
    span = Span("--collect") if asked else Span(SETTINGS)
    words = [word for each in asked or (workspace.collect if workspace else ()) for word in each.split(",") if word]
    if "none" in words:
        return Outcome(frozenset(), [])
    kinds = {name: kind for name, kind in theme.kinds.items() if kind.header.scope is Scope.PERSON and kind.template}
    titles = {kind.title(theme.locale): name for name, kind in kinds.items()}
    advice = msg("available: {offered}", offered=listing(kinds))
    diagnostics = [
        diagnose("GP704", span, msg("`{word}` is not a kind of document about people", word=word[:40]), help=advice)
        for word in words
        if word not in kinds and word not in titles
    ]
    return Outcome(frozenset(titles.get(word, word) for word in words), diagnostics)


def collected_formats(document: CollectionSpec, asked: Sequence[str]) -> Outcome[tuple[str, ...]]:
    """Choose the formats that a collection can take: GP715 for a Word file whose parts come from a Word template."""
    possible = tuple(name for name in asked if name in FORMATS and not (name == WORD and document.kind.word_template))
    if WORD in possible or WORD not in asked:
        return Outcome(possible, [])
    message = msg("documents that are made from a Word template cannot be collected in one Word file")
    advice = msg("collect the PDF, or print the Word files of the folder together")
    return Outcome(possible, [diagnose("GP715", Span(f"templates/{document.kind.word_template}"), message, help=advice)])


def refuse_locked(wanted: Sequence[DocumentSpec]) -> Outcome[list[DocumentSpec]]:
    """Mark the collections of people who have passwords, so that none is written: GP714."""
    people = {
        (part.assessment.plan.id, part.person.id)
        for each in wanted
        for part in (each.parts if _is_locked(each) else ())
        if part.password and part.person
    }
    if not people:
        return Outcome(list(wanted), [])
    message = plural(
        "documents of {count} person with a password would be readable in a collected file; it is not written",
        "documents of {count} people with a password would be readable in a collected file; it is not written",
        len(people),
    )
    advice = msg("print their own files, or build the collection from results without the column 打开密码")
    reason = msg("GP714 people whose documents it collects have passwords")
    marked = [replace(each, lacking=each.lacking or reason) if _is_locked(each) else each for each in wanted]
    return Outcome(marked, [diagnose("GP714", Span("--collect"), message, help=advice)])


def _is_locked(document: DocumentSpec) -> TypeGuard[CollectionSpec]:
    return isinstance(document, CollectionSpec) and any(part.password for part in document.parts)
