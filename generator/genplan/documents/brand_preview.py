"""What a change of the brand or theme did: a contact sheet of each kind of document before and after, and what is wrong with its pages."""

import errno
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from genplan import resources
from genplan.diagnostics import Diagnostic
from genplan.documents.specs import DocumentSpec, list_documents
from genplan.messages import localized, msg
from genplan.source.files import contents
from genplan.storage.atomic_files import write_atomically
from genplan.theme.render import render
from genplan.theme.theme import Theme
from genplan.workspace.assessment import Assessment, assess
from genplan.workspace.writer_inputs import make_look

FOLDER = ".genplan/preview"
BEFORE, AFTER = "before", "after"
_MANIFEST = "sheets.json"
_MOST_TOLD = 8
"""Findings of a document that are reported; its sheet has them all."""
_WIDTH = 420
"""Pixels of a page: twice what index.html shows, for sharp screens."""


@dataclass(frozen=True, slots=True)
class ContactSheet:
    """One kind of document as drawn: its pages, and what was found on them (code and words)."""

    kind: str
    title: str
    pages: int
    findings: tuple[str, ...]
    picture: str
    """File name of the contact sheet."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A kind before and after; None where it is only on one side. `same` means that the pictures are the same to the last pixel."""

    kind: str
    title: str
    before: ContactSheet | None
    after: ContactSheet | None
    same: bool

    @property
    def new_findings(self) -> tuple[str, ...]:
        """What was found after and not before."""
        known = self.before.findings if self.before else ()
        return tuple(finding for finding in self.after.findings if finding not in known) if self.after else ()

    @property
    def repaginated(self) -> bool:
        """Return whether the number of pages changed."""
        return bool(self.before and self.after and self.before.pages != self.after.pages)


def one_of_each_kind(assessments: Sequence[Assessment], theme: Theme) -> Iterator[DocumentSpec]:
    """Choose a document of each kind: the plans' first, else one of the samples'. None that asks for a password is shown."""
    chosen: dict[str, DocumentSpec] = {}
    for document in (document for assessment in assessments for document in list_documents(assessment)):
        if not document.lacking and not document.password:
            chosen.setdefault(document.kind.name, document)
    for root, plan in _samples():
        if chosen.keys() >= theme.kinds.keys():
            break
        assessment, _ = assess(plan, plan.name, root, theme)
        for document in list_documents(assessment) if assessment else ():
            if not document.lacking:
                chosen.setdefault(document.kind.name, document)
    return (chosen[name] for name in sorted(chosen))


def _samples() -> Iterator[tuple[Path, Path]]:
    """Yield the sample plans, each with the root of its workspace."""
    for root, folder in ((resources.samples(), resources.samples()), (resources.company(), resources.company() / "plans")):
        for plan in sorted(folder.glob("*.md")):
            yield root, plan


def draw(chosen: Iterable[DocumentSpec], theme: Theme, folder: Path) -> tuple[list[ContactSheet], list[Diagnostic]]:
    """Draw a contact sheet of each document into a folder, which is emptied first, with a list of the sheets.

    Raises:
        OSError: the folder cannot be written.
        ImportError: the libraries that draw are not installed.
    """
    clear(folder)
    sheets: list[ContactSheet] = []
    diagnostics: list[Diagnostic] = []
    for document in chosen:
        sheet, problems = _draw(document, theme, folder)
        diagnostics += problems
        sheets += [sheet] if sheet else []
    data = json.dumps([asdict(sheet) for sheet in sheets], ensure_ascii=False, indent=1)
    write_atomically(folder / _MANIFEST, data.encode())
    return sheets, diagnostics


def clear(folder: Path) -> None:
    """Remove a folder of sheets.

    Raises:
        OSError: it holds something else, which is left alone, or cannot be removed.
    """
    if folder.exists():
        if any(folder.iterdir()) and not (folder / _MANIFEST).is_file():
            raise FileExistsError(
                errno.EEXIST, msg("the folder {folder} in it contains files that are not part of a preview", folder=folder.name)
            )
        shutil.rmtree(folder)


def _draw(spec: DocumentSpec, theme: Theme, folder: Path) -> tuple[ContactSheet | None, list[Diagnostic]]:
    from genplan.writers import contact_sheet, inspection, pdf  # noqa: PLC0415 - heavy, and needed here alone

    kind = theme.kinds.get(spec.kind.name)
    if kind is None:
        return None, []
    theme = spec.theme(theme)
    document, diagnostics = render(theme, kind, replace(spec, kind=kind).context(theme), spec.issued(date(2000, 1, 1)))
    if document is None:
        return None, diagnostics
    look = make_look(theme, spec.assessment.pictures)
    laid_out: list[Any] = []
    data, problems = pdf.write(document, look, laid_out=laid_out)
    if data is None:
        return None, diagnostics + problems
    seen = inspection.inspect(laid_out[-1])
    faulty = [finding.page for finding in seen.findings]
    picture = f"{kind.name}.png"
    write_atomically(folder / picture, contact_sheet.arrange(contact_sheet.pages(data, _WIDTH), faulty=faulty))
    messages = seen.diagnostics(f"{kind.name}: {document.metadata.title}")
    findings = tuple(f"{each.code} {localized(each.message)}" for each in messages)
    return ContactSheet(kind.name, document.metadata.title, seen.pages, findings, picture), [
        *diagnostics,
        *problems,
        *messages[:_MOST_TOLD],
    ]


def drawn_sheets(folder: Path) -> list[ContactSheet] | None:
    """Read the sheets that stand in a folder; None where there are none, or not ones that `draw` wrote."""
    try:
        rows = json.loads(contents(folder / _MANIFEST))
    except (OSError, ValueError, RecursionError):
        return None
    names = {field.name for field in fields(ContactSheet)}
    if not isinstance(rows, list) or not all(isinstance(row, dict) and row.keys() == names for row in rows):
        return None
    sheets = [ContactSheet(**(row | {"findings": tuple(map(str, row["findings"]))})) for row in rows]
    return [sheet for sheet in sheets if Path(sheet.picture).name == sheet.picture and (folder / sheet.picture).is_file()]


def same(one: Path, other: Path) -> bool:
    """Return whether two folders of sheets hold the same pictures of the same documents."""
    first, second = drawn_sheets(one), drawn_sheets(other)
    return first is not None and first == second and all(_equal(one / sheet.picture, other / sheet.picture) for sheet in first)


def _equal(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()


def compare(folder: Path) -> list[Comparison]:
    """Pair the sheets before and after, kind by kind."""
    before = {sheet.kind: sheet for sheet in drawn_sheets(folder / BEFORE) or ()}
    after = {sheet.kind: sheet for sheet in drawn_sheets(folder / AFTER) or ()}
    pairs = ((kind, before.get(kind), after.get(kind)) for kind in sorted(before | after))
    return [
        Comparison(
            kind,
            (new or old or ContactSheet(kind, kind, 0, (), "")).title,
            old,
            new,
            bool(old and new) and _equal(folder / BEFORE / f"{kind}.png", folder / AFTER / f"{kind}.png"),
        )
        for kind, old, new in pairs
    ]
