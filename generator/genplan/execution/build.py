"""One build from beginning to end: what is read, what is made again, what is removed, and the report of it."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from genplan.diagnostics import Diagnostic, Span, diagnose, has_errors
from genplan.documents.specs import DocumentSpec
from genplan.execution.build_documents import BuildSettings, build_documents
from genplan.execution.open_output import open_output, record_results
from genplan.execution.pool import CannotStartError
from genplan.execution.request import Request
from genplan.execution.selection import Selection, asked_engine, read_plans, select_documents, settings_of
from genplan.execution.worker_manager import WorkerManager
from genplan.incremental.build_inputs import Inputs
from genplan.incremental.document_result import DocumentResult
from genplan.incremental.entries import OWN, source_of
from genplan.incremental.freshness import Freshness
from genplan.incremental.manifest import NAME as MANIFEST
from genplan.incremental.manifest import DamagedManifestError, Manifest
from genplan.incremental.orphans import orphaned, orphans, prune, vanished
from genplan.incremental.outdated import report_outdated
from genplan.incremental.plan_cache import PlanCache, PlanOutcome, Record, Tally, entangled
from genplan.incremental.stored_diagnostics import from_json, to_json
from genplan.messages import msg
from genplan.portal.page import render_index
from genplan.source.files import recording_reads
from genplan.storage.atomic_files import unwritable
from genplan.storage.contained_files import clear
from genplan.storage.output_lock import OutputInUseError
from genplan.storage.remote import shown
from genplan.theme.theme import Theme
from genplan.theme.themes import ThemeChoice, roots_of
from genplan.workspace.session import Session, display_name
from genplan.workspace.workspace import Workspace, find_workspace, plan_paths
from genplan.writers.options import WEASYPRINT
from genplan.writers.possible import possible
from genplan.writers.speedups import why_off

PAGE = "index.html"
_FEWER_JOBS = msg("end other programs, raise the limits of processes and open files, or build with fewer --jobs; --jobs 0 starts none")


class Progress(Protocol):
    """Whoever watches a build."""

    def say(self, text: str) -> None:
        """Take a message about the build as a whole, or about a file that was removed."""

    def follow(self, results: Iterable[DocumentResult], total: int) -> Iterable[DocumentResult]:
        """Return the results on as they come, of `total` documents."""


class Unwatched:
    """Nobody watches."""

    def say(self, text: str) -> None:
        """Ignore it."""

    def follow(self, results: Iterable[DocumentResult], total: int) -> Iterable[DocumentResult]:  # noqa: ARG002 - as the protocol has it
        """Pass them on."""
        return results


@dataclass(frozen=True)
class BuildReport:
    """What came of a build.

    Besides the working directory, files named in diagnostics may be in the folders `roots`. `rows` has for each plan its id and the numbers
    of its documents, of files built, of files that were fresh, and of failed documents. `failed` has each with its reason,
    `skipped` the number of documents that the request leaves out. A build that was refused, or could not finish, has only diagnostics, and
    `finished` is false.
    """

    diagnostics: Sequence[Diagnostic]
    roots: Sequence[Path] = ()
    rows: Sequence[Sequence[str]] = ()
    failed: Sequence[tuple[str, str]] = ()
    skipped: int = 0
    output: str = ""
    """The output folder or URL, as the user would name it."""
    page: str = ""
    """The page that lists the documents."""
    finished: bool = False

    @property
    def ok(self) -> bool:
        """Return whether everything was built, or was up to date."""
        return self.finished and not self.failed and not has_errors(self.diagnostics)


def build(request: Request, workers: WorkerManager, progress: Progress) -> BuildReport:
    """Build what is asked for and not up to date."""
    workspace, diagnostics = find_workspace(_start(request.plans))
    if diagnostics or not plan_paths(workspace, request.plans).value:
        return _refused(read_plans(request))
    folder = request.folder(workspace)
    new = not request.url and not os.path.lexists(folder)
    name = shown(request.url) if request.url else display_name(folder)
    formats, lacking = possible(request.formats, "--format", asked_engine(request, workspace))
    if not formats:
        return BuildReport(lacking)
    request = replace(request, formats=formats)
    if request.url.startswith("memory:") and (request.jobs or workers.remote):
        message = msg("other processes cannot see a folder in memory")
        return BuildReport([diagnose("GP740", Span(name), message, help=msg("use --jobs 0, or write to a folder or a store"))])
    attempt = _Attempt(request, workers, progress, workspace, name, lacking)
    try:
        return attempt.run(folder, new=new)
    except DamagedManifestError as error:
        progress.say(
            msg("the manifest of {name}/ is damaged ({error}): it is recreated, and everything is rebuilt", name=name, error=error)
        )
    try:
        return attempt.run(folder, new=new, anew=True)
    except DamagedManifestError as error:
        return BuildReport([unwritable(f"{name}/{MANIFEST}", error)])


@dataclass(frozen=True)
class _Attempt:
    """One try at a build."""

    request: Request
    workers: WorkerManager
    progress: Progress
    workspace: Workspace | None
    name: str
    """The output, as the user would name it."""
    lacking: Sequence[Diagnostic]
    """Why formats that were asked for cannot be written here."""

    def run(self, folder: Path, *, new: bool, anew: bool = False) -> BuildReport:
        """Build into a folder, which is removed again where it is `new` and the build is refused.

        Raises:
            DamagedManifestError: the manifest has to be recreated (`anew`).
        """
        request = self.request
        waiting = self._say_waiting if request.wait else None
        try:
            with open_output(folder, request.url, waiting, anew=anew) as manifest:
                report = _Build(request, self.workers, self.progress, manifest, self.lacking).run(self.workspace)
            if new and not report.finished:
                _remove_again(folder)
        except OutputInUseError as error:
            message = (
                msg("another build is writing to this folder ({owner})", owner=error)
                if str(error)
                else msg("another build is writing to this folder")
            )
            diagnostics = diagnose("GP720", Span(self.name), message, help=msg("wait until it has finished, or omit --no-wait"))
        except CannotStartError as error:
            diagnostics = diagnose("GP724", Span("--jobs"), msg("no process could be started: {error}", error=error), help=_FEWER_JOBS)
        except DamagedManifestError:
            raise
        except OSError as error:
            diagnostics = unwritable(self.name, error)
        else:
            return report
        return BuildReport([diagnostics])

    def _say_waiting(self) -> None:
        self.progress.say(msg("another build is writing to {name}/; waiting until it has finished", name=self.name))


def _remove_again(folder: Path) -> None:
    """Remove an output that holds nothing but genplan's own files."""
    with suppress(OSError):
        clear(folder, OWN.rstrip("/"))
        folder.rmdir()


def _start(plans: Sequence[Path]) -> Path:
    return Path(plans[0]).resolve() if plans else Path.cwd()


def _refused(session: Session, diagnostics: Sequence[Diagnostic] = ()) -> BuildReport:
    return BuildReport(list(dict.fromkeys((*session.diagnostics, *diagnostics))), session.roots)


@dataclass
class _Build:
    """The steps of a build, with what they share."""

    request: Request
    workers: WorkerManager
    progress: Progress
    manifest: Manifest
    lacking: Sequence[Diagnostic]
    """Why formats that were asked for cannot be written here."""
    cache: PlanCache = field(init=False)

    def __post_init__(self) -> None:
        self.cache = PlanCache(self.manifest, self.request.key())

    def run(self, workspace: Workspace | None) -> BuildReport:
        """Build, unless nothing has changed."""
        request = self.request
        plans = tuple(path.absolute() for path in plan_paths(workspace, request.plans).value)
        choice = ThemeChoice(request.theme or (workspace.theme if workspace else ThemeChoice().name))
        inputs = Inputs(workspace, plans, roots_of(workspace.templates if workspace else None, choice).value.folders, request.formats)
        stamp = inputs.stamp()
        cached = self.cache.unchanged(inputs, stamp)
        record = self.cache.whole()
        if record and not self.lacking and list(cached) == list(plans) and self._unchanged(record, plans):
            return self._report(from_json(record["findings"]), record["rows"], record["skipped"])
        cached = {path: each for path, each in cached.items() if self._can_be_skipped(each)}
        with recording_reads() as reads:
            session = read_plans(request, cached)
            if cached and entangled(session.assessments, cached):
                cached = {}
                session = read_plans(request, cached)
        return self._build(session, cached, inputs, stamp, reads)

    def _unchanged(self, record: Record, plans: Sequence[Path]) -> bool:
        if self.request.prune and record["orphans"]:
            return False
        page = list(self.manifest.store.token(PAGE))
        return bool(record["plans"] == [str(path) for path in plans] and page == record["page"])

    def _can_be_skipped(self, record: Record) -> bool:
        """Return whether an unchanged plan need not be read; where a choice is made among documents, it is among all."""
        return bool(record["alone"]) and not any(self.request.filters.values()) and not (self.request.prune and record["orphans"])

    def _build(self, session: Session, cached: Mapping[Path, Record], inputs: Inputs, stamp: str, reads: Mapping[str, str]) -> BuildReport:
        request, manifest = self.request, self.manifest
        if session.theme is None:
            return _refused(session)
        selection = select_documents(session, request, session.theme)
        read = [diagnostic for each in cached.values() for diagnostic in from_json(each["read"])]
        if selection.unusable:
            return _refused(session, [*read, *selection.unusable])
        diagnostics = list(dict.fromkeys((*session.diagnostics, *read)))
        self.cache.begin(cached)
        diagnostics += [*selection.diagnostics, *self.lacking]
        settings = settings_of(session, request, stamp)
        freshness = Freshness(manifest, session.theme, request.variant)
        tally = Tally(session.assessments)
        stopped = self._make(selection.wanted, settings, freshness, tally)
        self.workers.finish_build()
        build_diagnostics = [diagnostic for each in cached.values() for diagnostic in from_json(each["made"])]
        diagnostics += dict.fromkeys([*tally.diagnostics, *build_diagnostics, *stopped])
        outdated = sorted([*selection.outdated(freshness, manifest, settings), *_paths(cached, "outdated")])
        diagnostics += report_outdated(outdated, self._place())
        gone = [] if has_errors(diagnostics) else self._orphans(selection, session.theme, cached)
        left = [] if request.prune else gone
        diagnostics += orphaned(left, self._place())
        diagnostics += self._finish(gone if request.prune else [], outdated, session.theme)
        steady = inputs.stamp() == stamp
        diagnostics = _without_duplicates(diagnostics)
        rows = _in_order(inputs.plans, {each.assessment.plan.path.absolute(): each.row() for each in tally.plans}, cached)
        failed = has_errors(diagnostics) or bool(tally.failed)
        unwritten: list[Diagnostic] = []
        with self._collect_write_errors(unwritten):
            if not steady:
                manifest.mark_inputs_unknown()
            elif not failed:
                self._store(session, cached, inputs, stamp, reads, (tally, diagnostics, left, outdated, selection.skipped))
            manifest.commit()
        if unwritten:
            manifest.roll_back()
            diagnostics += unwritten
        return self._report(list(dict.fromkeys(diagnostics)), rows, selection.skipped, tally.failed, session.roots)

    def _orphans(self, selection: Selection, theme: Theme, cached: Mapping[Path, Record]) -> list[str]:
        gone = orphans(self.manifest, selection.every, theme, self.request.variant, whole=not self.request.plans)
        return sorted([*gone, *_paths(cached, "orphans")])

    @contextmanager
    def _collect_write_errors(self, diagnostics: list[Diagnostic], name: str = MANIFEST) -> Iterator[None]:
        """Add it to what was found if the manifest, or another file, cannot be written; damage is another matter."""
        try:
            yield
        except DamagedManifestError:
            raise
        except OSError as error:
            diagnostics.append(unwritable(self._place(name), error))

    def _make(self, wanted: Sequence[DocumentSpec], settings: BuildSettings, freshness: Freshness, tally: Tally) -> list[Diagnostic]:
        """Build documents; gives what ended that early, if something did."""
        if wanted and "pdf" in settings.formats and settings.options.pdf_engine == WEASYPRINT and (slow := why_off()):
            self.progress.say(slow)
        executor = record_results(self.workers.executor(settings.theme, settings.spec, settings.makers), self.manifest)
        diagnostics: list[Diagnostic] = []
        with self._collect_write_errors(diagnostics):
            results = _while_output_exists(build_documents(wanted, settings, executor, freshness))
            for each in self.progress.follow(results, len(wanted)):
                tally.add(each)
        return diagnostics

    def _finish(self, gone: Sequence[str], outdated: Sequence[str], theme: Theme) -> list[Diagnostic]:
        """Remove what is asked to be removed, and bring the page up to date."""
        diagnostics: list[Diagnostic] = []
        with self._collect_write_errors(diagnostics):
            self.manifest.check_folder_exists()
            removed, diagnostics[:] = prune(self.manifest, gone)
            for path in removed:
                self.progress.say(msg("removed {path}", path=path))
            diagnostics += vanished(self.manifest.lost(), self._place())
            page = render_index(self.manifest.entries(), theme, frozenset(outdated))
            if isinstance(page, Diagnostic):
                return [*diagnostics, page]
            with self._collect_write_errors(diagnostics, PAGE):
                self._put_page(page.encode())
        return diagnostics

    def _put_page(self, data: bytes) -> None:
        store = self.manifest.store
        if store.read(PAGE) != data:
            store.put(PAGE, data)

    def _store(
        self,
        session: Session,
        cached: Mapping[Path, Record],
        inputs: Inputs,
        stamp: str,
        reads: Mapping[str, str],
        outcome: tuple[Tally, Sequence[Diagnostic], Sequence[str], Sequence[str], int],
    ) -> None:
        """Store what the next build can compare itself with, if the files that were read are still the same."""
        tally, diagnostics, left, outdated, skipped = outcome
        sources = self.manifest.sources([*left, *outdated])
        plans = [
            PlanOutcome(
                each,
                session.read[each.assessment.plan.path.absolute()],
                *([path for path in paths if sources[path] == source] for paths in (left, outdated)),
            )
            for each in tally.plans
            for source in [source_of(each.assessment.plan.path, self.manifest.output)]
        ]
        if self.cache.store(inputs, stamp, reads, plans):
            later = {each.assessment.plan.path.absolute(): each.row(later=True) for each in tally.plans}
            self.cache.store_whole(
                {
                    "plans": [str(path) for path in inputs.plans],
                    "page": list(self.manifest.store.token(PAGE)),
                    "findings": to_json(diagnostics),
                    "rows": _in_order(inputs.plans, later, cached),
                    "skipped": skipped,
                    "orphans": list(left),
                }
            )

    def _report(
        self,
        diagnostics: Sequence[Diagnostic],
        rows: Sequence[Sequence[str]],
        skipped: int,
        failed: Sequence[tuple[str, str]] = (),
        roots: Sequence[Path] = (),
    ) -> BuildReport:
        return BuildReport(diagnostics, roots, rows, failed, skipped, self._place(), self._place(PAGE), finished=True)

    def _place(self, name: str = "") -> str:
        """Return the name of the output, or of a file in it, as the user would write it."""
        if self.request.url:
            return f"{shown(self.request.url)}/{name}".rstrip("/")
        return display_name((self.manifest.output / name).resolve())


def _while_output_exists(results: Iterable[DocumentResult]) -> Iterator[DocumentResult]:
    """Yield results until the folder that documents go to is gone: all others would fail as well."""
    for each in results:
        yield each
        if any(diagnostic.code == "GP756" for diagnostic in each.diagnostics):
            return


def _without_duplicates(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Leave out what is said of a kind of document where the data say it with its place: a character that no font can show."""
    placed = {each.message for each in diagnostics if each.code == "GP530" and each.span.line}
    return [each for each in diagnostics if each.code != "GP530" or each.span.line or each.message not in placed]


def _paths(cached: Mapping[Path, Record], name: str) -> list[str]:
    return [path for each in cached.values() for path in each[name]]


def _in_order(plans: Sequence[Path], rows: Mapping[Path, list[str]], cached: Mapping[Path, Record]) -> list[list[str]]:
    """Return the rows of plans that were read and of those that were skipped, in the order of the plans."""
    return [rows[path] if path in rows else cached[path]["row"] for path in plans if path in rows or path in cached]
