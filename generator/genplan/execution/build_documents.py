"""Carrying out orders: what is not fresh becomes a job, and what became of the jobs is told order by order."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose, has_errors
from genplan.documents.content import possible_formats
from genplan.documents.file_names import folded, safe_name
from genplan.documents.jobs import Executor, Job, JobResult
from genplan.documents.password_policy import lockable
from genplan.documents.specs import DocumentSpec
from genplan.execution.run_job import make, reason, run_job
from genplan.incremental.document_result import DocumentResult
from genplan.incremental.entries import Entry, source_of
from genplan.incremental.freshness import Freshness, State
from genplan.theme.spec import NOWHERE, ThemeSpec
from genplan.theme.theme import Theme
from genplan.writers.options import DEFAULTS, Options


def refuse_collisions(wanted: Sequence[DocumentSpec], theme: Theme) -> Outcome[list[DocumentSpec]]:
    """Mark the orders whose names some file system takes for one, so that neither is built: GP701."""
    stems = [folded(order.stem(theme)) for order in wanted]
    count = Counter(stems)
    clash = "GP701 another document has this file name"
    advice = "give the plans, or the people, ids that differ in more than case and signs"
    marked = [replace(order, lacking=clash) if count[stem] > 1 else order for order, stem in zip(wanted, stems, strict=True)]
    first = {stem: order.stem(theme) for order, stem in zip(reversed(wanted), reversed(stems), strict=True)}
    found = [
        diagnose("GP701", Span(first[stem]), f"{times} documents would be written to this file; none of them is", help=advice)
        for stem, times in count.items()
        if times > 1
    ]
    return Outcome(marked, found)


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


@dataclass(slots=True)
class _Work:
    """An order on its way: to be made (`job`), or done."""

    order: DocumentSpec
    stem: str
    found: list[Diagnostic]
    job: Job | None = None
    state: State | None = None
    done: DocumentResult | None = None


def build_documents(
    wanted: Sequence[DocumentSpec], settings: BuildSettings, executor: Executor, freshness: Freshness | None = None
) -> Iterator[DocumentResult]:
    """Build documents, in the order given; one that fails stops no other. What is fresh by what `freshness` knows is left as it is."""
    waiting: deque[_Work] = deque()

    def jobs() -> Iterator[Job]:
        for assessment, ordered in groupby(wanted, key=lambda order: order.assessment):
            for order in ordered:
                work = _prepare(order, settings, freshness)
                waiting.append(work)
                if work.job:
                    yield work.job
            assessment.release()

    for made in executor.run(jobs()):
        while waiting[0].done:
            yield _told(waiting.popleft())
        work = waiting.popleft()
        yield _conclude(work, made, settings, freshness)
    yield from (_told(work) for work in waiting)


def _told(work: _Work) -> DocumentResult:
    assert work.done is not None
    return work.done


def build_document(order: DocumentSpec, settings: BuildSettings) -> DocumentResult:
    """Render a document in this process and write it in every format; where one format fails, none is written."""
    work = _prepare(order, settings, None)
    return work.done or _conclude(work, run_job(_job(work), settings.theme), settings, None)


def render_document(document: DocumentSpec, settings: BuildSettings) -> Outcome[bytes | None]:
    """Make a document in the one format of the settings, without writing it; None where it cannot be made."""
    formats, found = possible_formats(document.kind, lockable(document, settings.formats))
    if document.lacking or not formats:
        return Outcome(None, found)
    job = _make_job(document, document.stem(settings.theme), formats, settings)
    made = make(replace(job, context=document.context(settings.theme)), settings.theme)
    found += made.found
    return Outcome(None if has_errors(found) else made.files[0][1], found)


def _job(work: _Work) -> Job:
    assert work.job is not None
    return work.job


def _prepare(order: DocumentSpec, settings: BuildSettings, freshness: Freshness | None) -> _Work:
    """See what there is to do for an order."""
    stem = order.stem(settings.theme)
    if order.lacking:
        return _Work(order, stem, [], done=DocumentResult(order, stem, reason=order.lacking))
    formats, found = possible_formats(order.kind, lockable(order, settings.formats))
    if not formats:
        return _Work(order, stem, found, done=DocumentResult(order, stem, reason=reason(found), diagnostics=tuple(found)))
    job = _make_job(order, stem, formats, settings)
    state = freshness.untouched(order, job) if freshness else None
    if state is None:
        job = replace(job, context=order.context(settings.theme))
        state = freshness.state(order, job) if freshness else None
    if freshness is None or state is None:
        return _Work(order, stem, found, job)
    if state.stale:
        return _Work(order, stem, found, replace(job, formats=tuple(state.stale)), state)
    entries = _fresh(order, state, settings.theme)
    found += freshness.fresh(state, entries, source_of(order.assessment.plan.path, settings.output))
    return _Work(order, stem, found, state=state, done=DocumentResult(order, stem, tuple(entries), diagnostics=tuple(found)))


def state_of(order: DocumentSpec, settings: BuildSettings, freshness: Freshness, formats: Sequence[str]) -> State | None:
    """Compare one document with what was built; None where it can take none of the formats."""
    possible, _ = possible_formats(order.kind, lockable(order, formats))
    job = replace(_make_job(order, order.stem(settings.theme), possible, settings), context=order.context(settings.theme))
    return freshness.state(order, job) if possible else None


def _make_job(order: DocumentSpec, stem: str, formats: tuple[str, ...], settings: BuildSettings) -> Job:
    """Make a job that still lacks the document's data."""
    return Job(
        stem=stem,
        kind=order.kind.name,
        theme=settings.spec,
        language=order.assessment.language,
        context={},
        issued=order.issued(settings.default_date),
        formats=formats,
        options=settings.options,
        pictures=str(order.assessment.pictures.absolute()),
        output=settings.url or str(settings.output.absolute()),
        password=order.password,
    )


def _conclude(work: _Work, made: JobResult, settings: BuildSettings, freshness: Freshness | None) -> DocumentResult:
    """Keep what was made, and say what there is now."""
    order, theme = work.order, settings.theme
    found = [*work.found, *made.diagnostics]
    built = [_entry(order, file.format, made.title, file.size, theme) for file in made.files]
    fresh: list[Entry] = []
    if freshness and work.state:
        freshness.keep(work.state, made, built, source_of(order.assessment.plan.path, settings.output))
        fresh = _fresh(order, work.state, theme)
        found += freshness.fresh(work.state, fresh, source_of(order.assessment.plan.path, settings.output))
    entries = sorted((*built, *fresh), key=lambda entry: settings.formats.index(entry.format))
    return DocumentResult(order, work.stem, tuple(entries), made.reason, tuple(found), tuple(entry.path for entry in built))


def _fresh(order: DocumentSpec, state: State, theme: Theme) -> list[Entry]:
    return [_entry(order, name, held.entry.title, held.entry.size, theme) for name, held in state.held.items()]


def _entry(order: DocumentSpec, name: str, title: str, size: int, theme: Theme) -> Entry:
    plan, person = order.assessment.plan, order.person
    return Entry(
        path=f"{order.stem(theme)}.{name}",
        format=name,
        plan=safe_name(plan.id),
        plan_title=plan.plan.title,
        department=(person.department if person else "") or plan.plan.department,
        period=order.period.id if order.period else "",
        period_label=order.theme(theme).locale.period(order.period) if order.period else "",
        kind=order.kind.name,
        kind_title=order.kind.title(order.theme(theme).locale),
        title=title,
        person_id=person.id if person else "",
        person_name=person.name if person else "",
        size=size,
        edition=order.edition.name if order.edition else "",
        edition_title=order.edition.title(order.theme(theme).locale) if order.edition else "",
    )
