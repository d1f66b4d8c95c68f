"""Builds documents: each that is not up to date becomes a job, and results are returned in order."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose, has_errors
from genplan.documents.collections import CollectionSpec, collected_formats
from genplan.documents.content import possible_formats
from genplan.documents.file_names import folded, safe_name
from genplan.documents.jobs import Executor, Job, JobResult, headline
from genplan.documents.password_policy import lockable
from genplan.documents.specs import DocumentSpec
from genplan.execution.run_job import reason, render_files, run_job
from genplan.incremental.document_result import DocumentResult
from genplan.incremental.entries import Entry, source_of
from genplan.incremental.freshness import Freshness, State
from genplan.messages import msg
from genplan.theme.spec import NOWHERE, ThemeSpec
from genplan.theme.theme import Theme
from genplan.writers import maker
from genplan.writers.options import DEFAULTS, Options


def refuse_collisions(wanted: Sequence[DocumentSpec], theme: Theme) -> Outcome[list[DocumentSpec]]:
    """Mark documents whose file names collide on some file system, so that none of them is built: GP701."""
    stems = [folded(document.stem(theme)) for document in wanted]
    count = Counter(stems)
    clash = msg("GP701 another document has this file name")
    advice = msg("give the plans, or the people, ids that differ in more than case and punctuation")
    marked = [replace(document, lacking=clash) if count[stem] > 1 else document for document, stem in zip(wanted, stems, strict=True)]
    first = {stem: document.stem(theme) for document, stem in zip(reversed(wanted), reversed(stems), strict=True)}
    diagnostics = [
        diagnose(
            "GP701", Span(first[stem]), msg("{number} documents have this file name; none of them is written", number=times), help=advice
        )
        for stem, times in count.items()
        if times > 1
    ]
    return Outcome(marked, diagnostics)


@dataclass(frozen=True)
class BuildSettings:
    """How documents are built: in which formats, from which theme, where to, dated what where the plan gives no date, and how written.

    `spec` tells other processes how to load the theme. Where documents go to a `url`, `output` is the folder from which plans are named.
    """

    formats: tuple[str, ...]
    theme: Theme
    output: Path
    default_date: date
    options: Options = DEFAULTS
    spec: ThemeSpec = NOWHERE
    url: str = ""

    @property
    def makers(self) -> tuple[str, ...]:
        """What other processes have to import: the formats, for PDFs their engine."""
        return tuple(maker(form, self.options) for form in self.formats)


@dataclass(slots=True)
class _Work:
    """A document being built: waiting for its `job`, or finished (`result`)."""

    document: DocumentSpec
    stem: str
    diagnostics: list[Diagnostic]
    job: Job | None = None
    state: State | None = None
    result: DocumentResult | None = None


def build_documents(
    wanted: Sequence[DocumentSpec], settings: BuildSettings, executor: Executor, freshness: Freshness | None = None
) -> Iterator[DocumentResult]:
    """Build documents, in the order given; one that fails stops no other. What is fresh by what `freshness` knows is left as it is."""
    waiting: deque[_Work] = deque()

    def jobs() -> Iterator[Job]:
        for assessment, documents in groupby(wanted, key=lambda document: document.assessment):
            for document in documents:
                work = _prepare(document, settings, freshness)
                waiting.append(work)
                if work.job:
                    yield work.job
            assessment.release()

    for job_result in executor.run(jobs()):
        while waiting[0].result:
            yield _finished(waiting.popleft())
        work = waiting.popleft()
        yield _record_result(work, job_result, settings, freshness)
    yield from (_finished(work) for work in waiting)


def _finished(work: _Work) -> DocumentResult:
    assert work.result is not None
    return work.result


def build_document(document: DocumentSpec, settings: BuildSettings) -> DocumentResult:
    """Render a document in this process and write it in every format; where one format fails, none is written."""
    work = _prepare(document, settings, None)
    return work.result or _record_result(work, run_job(_job(work), settings.theme), settings, None)


def render_document(document: DocumentSpec, settings: BuildSettings) -> Outcome[bytes | None]:
    """Make a document in the one format of the settings, without writing it; None where it cannot be made."""
    formats, diagnostics = writable_formats(document, settings.formats)
    if document.lacking or not formats:
        return Outcome(None, diagnostics)
    job = _make_job(document, document.stem(settings.theme), formats, settings)
    job_result = render_files(replace(job, context=document.context(settings.theme)), settings.theme)
    diagnostics += job_result.diagnostics
    return Outcome(None if has_errors(diagnostics) else job_result.files[0][1], diagnostics)


def _job(work: _Work) -> Job:
    assert work.job is not None
    return work.job


def _prepare(document: DocumentSpec, settings: BuildSettings, freshness: Freshness | None) -> _Work:
    """Decide whether a document has to be built, and prepare its job."""
    stem = document.stem(settings.theme)
    if document.lacking:
        return _Work(document, stem, [], result=DocumentResult(document, stem, reason=document.lacking))
    formats, diagnostics = writable_formats(document, settings.formats)
    if not formats:
        why = reason(diagnostics) or headline(diagnostics[0])
        return _Work(document, stem, diagnostics, result=DocumentResult(document, stem, reason=why, diagnostics=tuple(diagnostics)))
    job = _make_job(document, stem, formats, settings)
    state = freshness.state_by_sources(document, job) if freshness else None
    if state is None:
        job = replace(job, context=document.context(settings.theme))
        state = freshness.state(document, job) if freshness else None
    if freshness is None or state is None:
        return _Work(document, stem, diagnostics, job)
    if state.stale:
        return _Work(document, stem, diagnostics, replace(job, formats=tuple(state.stale)), state)
    entries = _fresh(document, state, settings.theme)
    diagnostics += freshness.record_fresh(state, entries, source_of(document.assessment.plan.path, settings.output))
    return _Work(
        document, stem, diagnostics, state=state, result=DocumentResult(document, stem, tuple(entries), diagnostics=tuple(diagnostics))
    )


def state_of(document: DocumentSpec, settings: BuildSettings, freshness: Freshness, formats: Sequence[str]) -> State | None:
    """Compare one document with what was built; None where it can take none of the formats."""
    possible, _ = writable_formats(document, formats)
    job = replace(_make_job(document, document.stem(settings.theme), possible, settings), context=document.context(settings.theme))
    return freshness.state(document, job) if possible else None


def writable_formats(document: DocumentSpec, asked: Sequence[str]) -> Outcome[tuple[str, ...]]:
    """Choose the formats that a document can take; see `possible_formats` and `collected_formats`."""
    if isinstance(document, CollectionSpec):
        return collected_formats(document, asked)
    return possible_formats(document.kind, lockable(document, asked))


def _make_job(document: DocumentSpec, stem: str, formats: tuple[str, ...], settings: BuildSettings) -> Job:
    """Make a job that still lacks the document's data."""
    labels = document.labels() if isinstance(document, CollectionSpec) else {}
    return Job(
        stem=stem,
        kind=document.kind.name,
        theme=settings.spec,
        language=document.assessment.language,
        context={},
        issued=document.issued(settings.default_date),
        formats=formats,
        options=replace(settings.options, duplex=settings.options.duplex and bool(labels)),
        pictures=str(document.assessment.pictures.absolute()),
        output=settings.url or str(settings.output.absolute()),
        password=document.password,
        labels=labels,
    )


def _record_result(work: _Work, job_result: JobResult, settings: BuildSettings, freshness: Freshness | None) -> DocumentResult:
    """Record the files of a finished job in the manifest, and return the document's result."""
    document, theme = work.document, settings.theme
    diagnostics = [*work.diagnostics, *job_result.diagnostics]
    built = [_entry(document, file.format, job_result.title, file.size, theme) for file in job_result.files]
    fresh: list[Entry] = []
    if freshness and work.state:
        freshness.record_built(work.state, job_result, built, source_of(document.assessment.plan.path, settings.output))
        fresh = _fresh(document, work.state, theme)
        diagnostics += freshness.record_fresh(work.state, fresh, source_of(document.assessment.plan.path, settings.output))
    entries = sorted((*built, *fresh), key=lambda entry: settings.formats.index(entry.format))
    return DocumentResult(document, work.stem, tuple(entries), job_result.reason, tuple(diagnostics), tuple(entry.path for entry in built))


def _fresh(document: DocumentSpec, state: State, theme: Theme) -> list[Entry]:
    return [_entry(document, name, output.entry.title, output.entry.size, theme) for name, output in state.up_to_date.items()]


def _entry(document: DocumentSpec, name: str, title: str, size: int, theme: Theme) -> Entry:
    plan, person = document.assessment.plan, document.person
    return Entry(
        path=f"{document.stem(theme)}.{name}",
        format=name,
        plan=safe_name(plan.id),
        plan_title=plan.plan.title,
        department=document.department or plan.plan.department,
        period=document.period.id if document.period else "",
        period_label=document.theme(theme).locale.period(document.period) if document.period else "",
        kind=document.kind.name,
        kind_title=document.kind.title(document.theme(theme).locale),
        title=title,
        person_id=person.id if person else "",
        person_name=person.name if person else "",
        size=size,
        edition=document.edition.name if document.edition else "",
        edition_title=document.edition.title(document.theme(theme).locale) if document.edition else "",
    )
