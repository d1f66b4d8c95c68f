"""The documents that a build is about: all there are, and those asked for."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from genplan.diagnostics import Diagnostic
from genplan.documents.choices import choose_editions, choose_watermark
from genplan.documents.collections import FORMATS, CollectionSpec, choose_collected, list_collections, refuse_locked
from genplan.documents.filters import select
from genplan.documents.password_policy import refuse_unlocked
from genplan.documents.specs import DocumentSpec, in_editions, list_documents
from genplan.execution.build_documents import BuildSettings, refuse_collisions
from genplan.execution.request import Request
from genplan.incremental.freshness import Freshness
from genplan.incremental.manifest import Manifest
from genplan.incremental.outdated import outdated
from genplan.theme.theme import Theme
from genplan.workspace.session import Session, open_session
from genplan.workspace.workspace import BY_DEPARTMENT, BY_PLAN, Workspace
from genplan.writers import PDF
from genplan.writers.options import AUTO, PLAIN, WEASYPRINT, Options
from genplan.writers.possible import usable_engine


@dataclass(frozen=True)
class Selection:
    """All documents of the plans, those of them that are wanted, how many are left out, and what is wrong with the choice or with them."""

    every: Sequence[DocumentSpec]
    wanted: Sequence[DocumentSpec]
    skipped: int
    unusable: Sequence[Diagnostic]
    """What keeps anything from being built."""
    diagnostics: Sequence[Diagnostic] = ()
    plain: Sequence[DocumentSpec] = ()
    """Every document, in no edition."""

    def in_all_editions(self, theme: Theme) -> Iterator[DocumentSpec]:
        """Return every document by itself and in each of the theme's editions, whether or not these are asked for."""
        return chain(self.plain, (document for each in theme.editions.values() for document in in_editions(self.plain, [each])))

    def outdated(self, freshness: Freshness, manifest: Manifest, settings: BuildSettings) -> list[str]:
        """List the files of the output that this build leaves out though what they were made from has changed."""
        written = {f"{document.stem(settings.theme)}.{form}" for document in self.wanted for form in settings.formats}
        return outdated(freshness, manifest, self.plain, self.in_all_editions(settings.theme), written, settings.theme)


def read_plans(request: Request, leave_out: Container[Path] = ()) -> Session:
    """Read what a request names, but for the plans whose absolute paths are in `leave_out`."""
    return open_session(request.plans, language=request.language, theme=request.theme, leave_out=leave_out)


def select_documents(session: Session, request: Request, theme: Theme) -> Selection:
    """List the documents that there are, and choose those that are asked for."""
    chosen, unusable = choose_collected(request.collect, session.workspace, theme)
    chosen = chosen if any(name in FORMATS for name in request.formats) else frozenset()
    by = request.collect_by or (session.workspace.collect_by if session.workspace else BY_PLAN)
    every: list[DocumentSpec] = []
    for assessment in session.assessments:
        documents = list(list_documents(assessment))
        every += documents
        every += (each for way in (BY_PLAN, BY_DEPARTMENT) for each in list_collections(documents, way))
        assessment.release()
    wanted, unmatched = select([each for each in every if _is_asked(each, chosen, by)], request.filters, theme)
    unusable += unmatched
    editions, problems = choose_editions(request.editions, session.workspace, theme)
    unusable += [*problems, *choose_watermark(request.watermark, session.workspace, theme).diagnostics]
    unusable += [diagnostic for diagnostic in session.diagnostics if diagnostic.code == "GP535"]
    skipped = _count(every) - _count(wanted)
    wanted, clashes = refuse_collisions(in_editions(wanted, editions), theme)
    wanted, unlocked = refuse_unlocked(wanted, request.formats, _options(session, request, theme))
    wanted, readable = refuse_locked(wanted)
    return Selection(in_editions(every, editions), wanted, skipped, unusable, [*clashes, *unlocked, *readable], every)


def _is_asked(document: DocumentSpec, kinds: Container[str], by: str) -> bool:
    """Return whether a document is to be built as far as it is a collection."""
    if not isinstance(document, CollectionSpec):
        return True
    return document.kind.name in kinds and bool(document.department) == (by == BY_DEPARTMENT)


def _count(documents: Sequence[DocumentSpec]) -> int:
    return sum(not isinstance(each, CollectionSpec) for each in documents)


def _options(session: Session, request: Request, theme: Theme) -> Options:
    variant = request.pdf_variant or (session.workspace.pdf_variant if session.workspace else PLAIN)
    duplex = request.duplex or (session.workspace.duplex if session.workspace else False)
    engine = usable_engine(asked_engine(request, session.workspace)).value if PDF in request.formats else ""
    return Options(variant, choose_watermark(request.watermark, session.workspace, theme).value, duplex, engine or WEASYPRINT)


def asked_engine(request: Request, workspace: Workspace | None) -> str:
    """Return which engine is to make PDFs; it may be AUTO."""
    return request.pdf_engine or (workspace.pdf_engine if workspace else AUTO)


def settings_of(session: Session, request: Request, stamp: str) -> BuildSettings:
    """Gather how documents are built."""
    assert session.theme is not None  # looked at before
    workspace = session.workspace
    options = _options(session, request, session.theme)
    spec = replace(session.spec, stamp=stamp)
    return BuildSettings(request.formats, session.theme, request.folder(workspace), request.default_date, options, spec, request.url)
