"""One build from beginning to end, as `genplan build` and its --watch do it."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import click

from genplan.cli import EXIT_INPUT
from genplan.cli.console import Console
from genplan.cli.gathering import gather, settings_of
from genplan.cli.table import table
from genplan.cli.terminal import painted
from genplan.diagnostics import Diagnostic, Span, diagnose, has_errors
from genplan.documents.specs import DocumentSpec
from genplan.execution.build_documents import Settings, build_documents
from genplan.execution.open_output import noting, opened
from genplan.execution.pool import CannotStartError
from genplan.execution.request import Request
from genplan.execution.worker_manager import WorkerManager
from genplan.incremental.build_inputs import Inputs
from genplan.incremental.document_result import DocumentResult
from genplan.incremental.entries import OWN, source_of
from genplan.incremental.freshness import Freshness
from genplan.incremental.manifest import NAME as MANIFEST
from genplan.incremental.manifest import DamagedError, Manifest
from genplan.incremental.orphans import orphaned, orphans, prune, vanished
from genplan.incremental.outdated import outdated_found
from genplan.incremental.plan_cache import Memory, Outcome, Record, Tally, entangled
from genplan.incremental.stored_diagnostics import from_json, to_json
from genplan.portal.page import render_index
from genplan.source.files import noting_reads
from genplan.storage.atomic_files import unwritable
from genplan.storage.contained_files import clear
from genplan.storage.output_lock import OutputInUseError
from genplan.storage.remote import shown
from genplan.theme.theme import Theme
from genplan.theme.themes import Choice, roots_of
from genplan.workspace.session import Session, display_name, open_session
from genplan.workspace.workspace import Workspace, find_workspace, plan_paths
from genplan.writers.possible import possible
from genplan.writers.speedups import why_off

PAGE = "index.html"
_FEWER = "end other programs, raise the limit of processes or open files, or build with fewer --jobs; --jobs 0 needs none"


def build(console: Console, request: Request, crew: WorkerManager) -> int:
    """Build what is asked for and not fresh; gives the exit code."""
    workspace, found = find_workspace(_start(request.plans))
    if found or not plan_paths(workspace, request.plans).value:
        return _refuse(console, open_session(request.plans, language=request.language, theme=request.theme))
    folder = request.folder(workspace)
    new = not request.url and not os.path.lexists(folder)
    name = shown(request.url) if request.url else display_name(folder)
    formats, lacking = possible(request.formats, "--format")
    if not formats:
        console.report(lacking)
        return EXIT_INPUT
    request = replace(request, formats=formats)
    if request.url.startswith("memory:") and (request.jobs or crew.elsewhere):
        message = "what is in the memory of one process is not seen by others"
        console.report([diagnose("GP740", Span(name), message, help="use --jobs 0, or write to a folder or a store")])
        return EXIT_INPUT
    attempt = _Attempt(console, request, crew, workspace, name, lacking)
    try:
        return attempt.run(folder, new=new)
    except DamagedError as error:
        console.say(f"the manifest of {name}/ is damaged ({error}): it is started anew, and everything is built again")
    try:
        return attempt.run(folder, new=new, anew=True)
    except DamagedError as error:
        console.report([unwritable(f"{name}/{MANIFEST}", error)])
    return EXIT_INPUT


@dataclass(frozen=True)
class _Attempt:
    """One try at a build."""

    console: Console
    request: Request
    crew: WorkerManager
    workspace: Workspace | None
    name: str
    """The output, as the user would name it."""
    lacking: Sequence[Diagnostic]
    """Why formats that were asked for cannot be written here."""

    def run(self, folder: Path, *, new: bool, anew: bool = False) -> int:
        """Build into a folder, which a refused build leaves out where it was not there before (`new`); gives the exit code.

        Raises:
            DamagedError: the manifest has to be started anew (`anew`).
        """
        request, report = self.request, self.console.report
        waiting = (lambda: _tell_waiting(self.console, self.name)) if request.wait else None
        try:
            with opened(folder, request.url, waiting, anew=anew) as manifest:
                steps = _Build(self.console, request, self.crew, manifest, self.lacking)
                code = steps.run(self.workspace)
            if new and steps.refused:
                _remove_again(folder)
        except OutputInUseError as error:
            message = "another build is writing to this folder" + (f" ({error})" if str(error) else "")
            report([diagnose("GP720", Span(self.name), message, help="wait until it is done, or leave out --no-wait")])
        except CannotStartError as error:
            report([diagnose("GP724", Span("--jobs"), f"no process could be started to make documents in: {error}", help=_FEWER)])
        except DamagedError:
            raise
        except OSError as error:
            report([unwritable(self.name, error)])
        else:
            return code
        return EXIT_INPUT


def _remove_again(folder: Path) -> None:
    """Remove an output in which nothing stands but what genplan keeps for itself."""
    with suppress(OSError):
        clear(folder, OWN.rstrip("/"))
        folder.rmdir()


def _start(plans: Sequence[Path]) -> Path:
    return Path(plans[0]).resolve() if plans else Path.cwd()


def _refuse(console: Console, session: Session) -> int:
    console.report(session.diagnostics, session.roots)
    return EXIT_INPUT


def _tell_waiting(console: Console, name: str) -> None:
    console.say(f"another build is writing to {name}/; waiting until it is done")


class _Build:
    """The steps of a build, with what they share."""

    def __init__(self, console: Console, request: Request, crew: WorkerManager, manifest: Manifest, lacking: Sequence[Diagnostic]) -> None:
        self.console = console
        self.request = request
        self.crew = crew
        self.manifest = manifest
        self.lacking = lacking
        """Why formats that were asked for cannot be written here."""
        self.memory = Memory(manifest, request.key())
        self.refused = False
        """Whether it was not even begun."""

    def run(self, workspace: Workspace | None) -> int:
        """Build, unless all is as it was."""
        request = self.request
        plans = tuple(path.absolute() for path in plan_paths(workspace, request.plans).value)
        choice = Choice(request.theme or (workspace.theme if workspace else Choice().name))
        inputs = Inputs(workspace, plans, roots_of(workspace.templates if workspace else None, choice).value.folders, request.formats)
        stamp = inputs.stamp()
        kept = self.memory.unchanged(inputs, stamp)
        record = self.memory.whole()
        if record and not self.lacking and list(kept) == list(plans) and self._unchanged(record, plans):
            return self._replay(record)
        kept = {path: each for path, each in kept.items() if self._passes_over(each)}
        with noting_reads() as reads:
            session = self._open(kept)
            if kept and entangled(session.assessments, kept):
                kept = {}
                session = self._open(kept)
        return self._build(session, kept, inputs, stamp, reads)

    def _open(self, kept: Mapping[Path, Record]) -> Session:
        request = self.request
        return open_session(request.plans, language=request.language, theme=request.theme, leave_out=kept)

    def _unchanged(self, record: Record, plans: Sequence[Path]) -> bool:
        if self.request.prune and record["orphans"]:
            return False
        page = list(self.manifest.store.token(PAGE))
        return bool(record["plans"] == [str(path) for path in plans] and page == record["page"])

    def _passes_over(self, record: Record) -> bool:
        """Tell whether a plan that is as it was need not be read; where a choice is made among documents, it is among all."""
        return bool(record["alone"]) and not any(self.request.filters.values()) and not (self.request.prune and record["orphans"])

    def _replay(self, record: Record) -> int:
        self.console.report(from_json(record["findings"]))
        self._conclude(record["rows"], record["skipped"])
        return 0

    def _build(self, session: Session, kept: Mapping[Path, Record], inputs: Inputs, stamp: str, reads: Mapping[str, str]) -> int:
        console, request, manifest = self.console, self.request, self.manifest
        if session.theme is None:
            self.refused = True
            return _refuse(console, session)
        gathered = gather(session, request, session.theme)
        told = [diagnostic for each in kept.values() for diagnostic in from_json(each["read"])]
        found = list(dict.fromkeys((*session.diagnostics, *told, *gathered.unusable)))
        if gathered.unusable:
            self.refused = True
            console.report(found, session.roots)
            return EXIT_INPUT
        self.memory.begin(kept)
        found += [*gathered.found, *self.lacking]
        settings = settings_of(session, request, stamp)
        past = Freshness(manifest, session.theme, request.variant)
        tally = Tally(session.assessments)
        stopped = self._carry_out(gathered.wanted, settings, past, tally)
        self.crew.done()
        told = [diagnostic for each in kept.values() for diagnostic in from_json(each["made"])]
        found += dict.fromkeys([*tally.found, *told, *stopped])
        gone: list[str] = []
        outdated = sorted([*gathered.outdated(past, manifest, settings), *(path for each in kept.values() for path in each["outdated"])])
        found += outdated_found(outdated, self._place())
        if not has_errors(found):
            gone = orphans(manifest, gathered.every, session.theme, request.variant, whole=not request.plans)
            gone = sorted([*gone, *(path for each in kept.values() for path in each["orphans"])])
        left = [] if request.prune else gone
        found += orphaned(left, self._place())
        found += self._finish(gone if request.prune else [], outdated, session.theme)
        steady = inputs.stamp() == stamp
        found = _once(found)
        rows = _in_order(inputs.plans, {each.assessment.plan.path.absolute(): each.row() for each in tally.plans}, kept)
        failed = has_errors(found) or bool(tally.failed)
        unwritten: list[Diagnostic] = []
        with self._telling(unwritten):
            if not steady:
                manifest.doubt()
            elif not failed:
                self._remember(session, kept, inputs, stamp, reads, (tally, found, left, outdated, gathered.skipped))
            manifest.commit()
        if unwritten:
            manifest.give_up()
            found += unwritten
        console.report(dict.fromkeys(found), session.roots)
        self._conclude(rows, gathered.skipped, tally.failed)
        return EXIT_INPUT if failed or has_errors(found) else 0

    @contextmanager
    def _telling(self, found: list[Diagnostic], name: str = MANIFEST) -> Iterator[None]:
        """Add it to what was found if the manifest, or another file, cannot be written; damage is another matter."""
        try:
            yield
        except DamagedError:
            raise
        except OSError as error:
            found.append(unwritable(self._place(name), error))

    def _carry_out(self, wanted: Sequence[DocumentSpec], settings: Settings, past: Freshness, tally: Tally) -> list[Diagnostic]:
        """Build documents; gives what ended that early, if something did."""
        console = self.console
        if wanted and "pdf" in settings.formats and (slow := why_off()):
            console.say(slow)
        workers = self.crew.ready(settings.theme, settings.spec, settings.formats)
        run = _while_it_stands(build_documents(wanted, settings, noting(workers, self.manifest), past))
        found: list[Diagnostic] = []
        with self._telling(found):
            if sys.stderr.isatty() and not console.quiet and not console.verbose:
                with click.progressbar(run, length=len(wanted), label="building", file=painted()) as bar:
                    for each in bar:
                        tally.add(each)
                return found
            for each in run:
                tally.add(each)
                for path in each.built:
                    console.say(f"built {path}")
        return found

    def _finish(self, gone: Sequence[str], outdated: Sequence[str], theme: Theme) -> list[Diagnostic]:
        """Remove what is asked to be removed, and bring the page up to date."""
        found: list[Diagnostic] = []
        with self._telling(found):
            self.manifest.see_that_it_stands()
            removed, found[:] = prune(self.manifest, gone)
            for path in removed:
                self.console.say(f"removed {path}")
            found += vanished(self.manifest.lost(), self._place())
            page = render_index(self.manifest.entries(), theme, frozenset(outdated))
            if isinstance(page, Diagnostic):
                return [*found, page]
            with self._telling(found, PAGE):
                self._put_page(page.encode())
        return found

    def _put_page(self, data: bytes) -> None:
        store = self.manifest.store
        if store.read(PAGE) != data:
            store.put(PAGE, data)

    def _remember(
        self,
        session: Session,
        kept: Mapping[Path, Record],
        inputs: Inputs,
        stamp: str,
        reads: Mapping[str, str],
        outcome: tuple[Tally, Sequence[Diagnostic], Sequence[str], Sequence[str], int],
    ) -> None:
        """Keep what the next build can compare itself with, if what was read is what stands there still."""
        tally, found, left, outdated, skipped = outcome
        sources = self.manifest.sources([*left, *outdated])
        plans = [
            Outcome(
                each,
                session.read[each.assessment.plan.path.absolute()],
                *([path for path in paths if sources[path] == source] for paths in (left, outdated)),
            )
            for each in tally.plans
            for source in [source_of(each.assessment.plan.path, self.manifest.output)]
        ]
        if self.memory.keep(inputs, stamp, reads, plans):
            later = {each.assessment.plan.path.absolute(): each.row(later=True) for each in tally.plans}
            self.memory.keep_whole(
                {
                    "plans": [str(path) for path in inputs.plans],
                    "page": list(self.manifest.store.token(PAGE)),
                    "findings": to_json(found),
                    "rows": _in_order(inputs.plans, later, kept),
                    "skipped": skipped,
                    "orphans": list(left),
                }
            )

    def _conclude(self, rows: Sequence[Sequence[str]], skipped: int, failed: Iterable[tuple[str, str]] = ()) -> None:
        """Print the closing table, the failures with their reasons, and where the files are."""
        say = self.console.say
        say("\n" + table(["plan", "documents", "built", "fresh", "failed"], rows, numbers={1, 2, 3, 4}))
        for stem, reason in failed:
            self.console.complain(f"failed {stem}: {reason}")
        if skipped:
            say(f"skipped {skipped} documents that the options leave out")
        say(f"files: {self._place()}/   page: {self._place(PAGE)}")

    def _place(self, name: str = "") -> str:
        """Name the output, or a file in it, as the user would."""
        if self.request.url:
            return f"{shown(self.request.url)}/{name}".rstrip("/")
        return display_name((self.manifest.output / name).resolve())


def _while_it_stands(run: Iterable[DocumentResult]) -> Iterator[DocumentResult]:
    """Give what becomes of documents until the folder that they go to is gone: so would be all others."""
    for each in run:
        yield each
        if any(diagnostic.code == "GP756" for diagnostic in each.diagnostics):
            return


def _once(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Leave out what is said of a kind of document where the data say it with its place: a character that no font can show."""
    placed = {each.message for each in found if each.code == "GP530" and each.span.line}
    return [each for each in found if each.code != "GP530" or each.span.line or each.message not in placed]


def _in_order(plans: Sequence[Path], rows: Mapping[Path, list[str]], kept: Mapping[Path, Record]) -> list[list[str]]:
    """Give the rows of plans that were read and of those that were passed over, in the order of the plans."""
    return [rows[path] if path in rows else kept[path]["row"] for path in plans if path in rows or path in kept]
