"""One build from beginning to end, as `genplan build` and its --watch do it."""

import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import click

from generator.build.cluster import Cluster
from generator.build.digests import data_digest
from generator.build.documents import Order, in_editions, orders
from generator.build.files import unwritable
from generator.build.findings import from_json, to_json
from generator.build.incremental import Past
from generator.build.inputs import Inputs
from generator.build.jobs import Executor, InProcess, ThemeSpec
from generator.build.limits import DEFAULT_LIMITS, Limits
from generator.build.lock import OutputInUseError
from generator.build.locking import refuse_unlocked
from generator.build.manifest import Manifest
from generator.build.orphans import orphaned, orphans, prune
from generator.build.pool import CannotStartError, Workers
from generator.build.remembered import Memory, Outcome, Record, Tally, entangled
from generator.build.run import Settings, carry_out, refuse_collisions, source_of
from generator.build.stores.opening import noting, opened
from generator.build.stores.remote import shown
from generator.build.workspace import Workspace, find_workspace, plan_paths
from generator.cli import EXIT_INPUT
from generator.cli.choices import choose_editions, choose_watermark
from generator.cli.choosing import select
from generator.cli.console import Console
from generator.cli.session import Session, display_name, open_session
from generator.cli.table import table
from generator.diagnostics import Diagnostic, Span, diagnose, has_errors
from generator.portal.page import render_index
from generator.source.text import noting_reads
from generator.theme.theme import Theme
from generator.theme.themes import Choice, roots_of
from generator.writers.options import PLAIN, Options
from generator.writers.speedups import why_off

PAGE = "index.html"
_FEWER = "end other programs, raise the limit of processes or open files, or build with fewer --jobs; --jobs 0 needs none"


@dataclass(frozen=True)
class Request:
    """What a build was asked for."""

    plans: tuple[Path, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    formats: tuple[str, ...] = ("pdf", "docx")
    pdf_variant: str | None = None
    output: Path | None = None
    url: str = ""
    """Where to write to instead of a folder."""
    theme: str = ""
    language: str | None = None
    editions: tuple[str, ...] = ()
    watermark: str | None = None
    default_date: date = date(2000, 1, 1)
    jobs: int = 1
    limits: Limits = DEFAULT_LIMITS
    prune: bool = False
    wait: bool = True

    def folder(self, workspace: Workspace | None) -> Path:
        """Give the folder to write to; where a URL is written to, the one from which plans are named."""
        if self.url:
            return workspace.root if workspace else Path.cwd()
        return self.output or (workspace.output if workspace else Path("output"))

    @property
    def variant(self) -> str:
        """What tells its documents apart from those of the same plans under other names."""
        return data_digest([self.language, self.editions])

    def key(self) -> str:
        """Name builds that ask for the same."""
        asked = (
            [[str(path.absolute()) for path in self.plans], dict(self.filters), self.formats, self.pdf_variant],
            [self.theme, self.language, self.default_date, self.editions, self.watermark],
        )
        return data_digest(asked)


class Crew:
    """The workers of one build, or of several one after the other (`stays`)."""

    def __init__(self, jobs: int, limits: Limits, scheduler: str = "", *, stays: bool = False) -> None:
        self._jobs = jobs
        self._stays = stays
        self._limits = limits
        self._cluster = Cluster(scheduler, limits) if scheduler else None
        self._workers: Workers | None = None
        self._for: ThemeSpec | None = None

    @property
    def elsewhere(self) -> bool:
        """Whether they are a cluster's."""
        return self._cluster is not None

    def ready(self, theme: Theme, spec: ThemeSpec, formats: Sequence[str]) -> Executor:
        """Give workers that know nothing of a theme but this one, as it is now; none of them are started before they are needed.

        They have imported what the formats need.
        """
        if self._cluster:
            return self._cluster
        if self._jobs == 0:
            return InProcess(theme)
        if self._workers is None or self._for != spec:
            self.stop()
            self._workers, self._for = Workers(self._jobs, self._limits, formats=formats), spec
        return self._workers

    def done(self) -> None:
        """Let them go, unless there will be another build: what they hold is room for what is still to be done."""
        if not self._stays:
            self.stop()

    def stop(self) -> None:
        """End them."""
        if self._workers:
            self._workers.stop()
        self._workers = None
        if self._cluster:
            self._cluster.close()


def build(console: Console, request: Request, crew: Crew) -> int:
    """Build what is asked for and not fresh; gives the exit code."""
    workspace, found = find_workspace(_start(request.plans))
    if found or not plan_paths(workspace, request.plans).value:
        return _refuse(console, open_session(request.plans, language=request.language, theme=request.theme))
    folder = request.folder(workspace)
    new = not request.url and not os.path.lexists(folder)
    name = shown(request.url) if request.url else display_name(folder)
    if request.url.startswith("memory:") and (request.jobs or crew.elsewhere):
        message = "what is in the memory of one process is not seen by others"
        console.report([diagnose("GP740", Span(name), message, help="use --jobs 0, or write to a folder or a store")])
        return EXIT_INPUT
    try:
        with opened(folder, request.url, (lambda: _tell_waiting(console, name)) if request.wait else None) as manifest:
            steps = _Build(console, request, crew, manifest)
            code = steps.run(workspace)
        if new and steps.refused:
            shutil.rmtree(folder, ignore_errors=True)  # nothing but the manifest stands in there
    except OutputInUseError as error:
        message = "another build is writing to this folder" + (f" ({error})" if str(error) else "")
        console.report([diagnose("GP720", Span(name), message, help="wait until it is done, or leave out --no-wait")])
    except CannotStartError as error:
        console.report([diagnose("GP724", Span("--jobs"), f"no process could be started to make documents in: {error}", help=_FEWER)])
    except OSError as error:
        console.report([unwritable(name, error)])
    else:
        return code
    return EXIT_INPUT


def _start(plans: Sequence[Path]) -> Path:
    return Path(plans[0]).resolve() if plans else Path.cwd()


def _refuse(console: Console, session: Session) -> int:
    console.report(session.diagnostics, session.roots)
    return EXIT_INPUT


def _tell_waiting(console: Console, name: str) -> None:
    console.say(f"another build is writing to {name}/; waiting until it is done")


@dataclass(frozen=True)
class Gathered:
    """All documents of the plans, those of them that are wanted, how many are left out, and what is wrong with the choice or with them."""

    every: Sequence[Order]
    wanted: Sequence[Order]
    skipped: int
    unusable: Sequence[Diagnostic]
    """What keeps anything from being built."""
    found: Sequence[Diagnostic] = ()


def gather(session: Session, request: Request, theme: Theme) -> Gathered:
    """List the documents that there are, and choose those that are asked for."""
    every: list[Order] = []
    for assessment in session.assessments:
        every += orders(assessment)
        assessment.let_go()
    wanted, unusable = select(every, request.filters, theme)
    editions, problems = choose_editions(request.editions, session.workspace, theme)
    unusable += [*problems, *choose_watermark(request.watermark, session.workspace, theme).diagnostics]
    unusable += [diagnostic for diagnostic in session.diagnostics if diagnostic.code == "GP535"]
    skipped = len(every) - len(wanted)
    wanted, clashes = refuse_collisions(in_editions(wanted, editions), theme)
    wanted, unlocked = refuse_unlocked(wanted, request.formats, _options(session, request, theme))
    return Gathered(in_editions(every, editions), wanted, skipped, unusable, [*clashes, *unlocked])


def _options(session: Session, request: Request, theme: Theme) -> Options:
    variant = request.pdf_variant or (session.workspace.pdf_variant if session.workspace else PLAIN)
    return Options(variant, choose_watermark(request.watermark, session.workspace, theme).value)


def settings_of(session: Session, request: Request, stamp: str) -> Settings:
    """Gather how documents are built."""
    assert session.theme is not None  # looked at before
    workspace = session.workspace
    options = _options(session, request, session.theme)
    spec = replace(session.spec, stamp=stamp)
    return Settings(request.formats, session.theme, request.folder(workspace), request.default_date, options, spec, request.url)


class _Build:
    """The steps of a build, with what they share."""

    def __init__(self, console: Console, request: Request, crew: Crew, manifest: Manifest) -> None:
        self.console = console
        self.request = request
        self.crew = crew
        self.manifest = manifest
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
        if record and list(kept) == list(plans) and self._unchanged(record, plans):
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
        return open_session(request.plans, language=request.language, theme=request.theme, kept=True, leave_out=kept)

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
        found += gathered.found
        settings = settings_of(session, request, stamp)
        past = Past(manifest, session.theme, request.variant)
        tally = Tally(session.assessments)
        self._carry_out(gathered.wanted, settings, past, tally)
        self.crew.done()
        told = [diagnostic for each in kept.values() for diagnostic in from_json(each["made"])]
        found += dict.fromkeys([*tally.found, *told])
        gone: list[str] = []
        if not has_errors(found):
            gone = orphans(manifest, gathered.every, session.theme, request.variant, whole=not request.plans)
            gone = sorted([*gone, *(path for each in kept.values() for path in each["orphans"])])
        left = [] if request.prune else gone
        found += orphaned(left, self._place())
        found += self._finish(gone if request.prune else [], session.theme)
        steady = inputs.stamp() == stamp
        if not steady:
            manifest.doubt()
        rows = _in_order(inputs.plans, {each.assessment.plan.path.absolute(): each.row() for each in tally.plans}, kept)
        failed = has_errors(found) or bool(tally.failed)
        if steady and not failed:
            self._remember(session, kept, inputs, stamp, reads, (tally, found, left, gathered.skipped))
        console.report(found, session.roots)
        self._conclude(rows, gathered.skipped, tally.failed)
        return EXIT_INPUT if failed else 0

    def _carry_out(self, wanted: Sequence[Order], settings: Settings, past: Past, tally: Tally) -> None:
        console = self.console
        if wanted and "pdf" in settings.formats and (slow := why_off()):
            console.say(slow)
        workers = self.crew.ready(settings.theme, settings.spec, settings.formats)
        run = carry_out(wanted, settings, noting(workers, self.manifest), past)
        if sys.stderr.isatty() and not console.quiet and not console.verbose:
            with click.progressbar(run, length=len(wanted), label="building", file=sys.stderr) as bar:
                for each in bar:
                    tally.add(each)
            return
        for each in run:
            tally.add(each)
            for path in each.built:
                console.say(f"built {path}")

    def _finish(self, gone: Sequence[str], theme: Theme) -> list[Diagnostic]:
        """Remove what is asked to be removed, and bring the page up to date."""
        store = self.manifest.store
        try:
            prune(self.manifest, gone)
            for path in gone:
                self.console.say(f"removed {path}")
            page = render_index(self.manifest.entries(), theme)
            if isinstance(page, Diagnostic):
                return [page]
            data = page.encode()
            if store.read(PAGE) != data:
                store.put(PAGE, data)
        except OSError as error:
            return [unwritable(self._place(), error)]
        return []

    def _remember(
        self,
        session: Session,
        kept: Mapping[Path, Record],
        inputs: Inputs,
        stamp: str,
        reads: Mapping[str, str],
        outcome: tuple[Tally, Sequence[Diagnostic], Sequence[str], int],
    ) -> None:
        """Keep what the next build can compare itself with, if what was read is what stands there still."""
        tally, found, left, skipped = outcome
        sources = self.manifest.sources(left)
        plans = [
            Outcome(
                each,
                session.read[each.assessment.plan.path.absolute()],
                [path for path in left if sources[path] == source_of(each.assessment.plan.path, self.manifest.output)],
            )
            for each in tally.plans
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
            click.echo(f"failed {stem}: {reason}", err=True)
        if skipped:
            say(f"skipped {skipped} documents that the options leave out")
        say(f"files: {self._place()}/   page: {self._place(PAGE)}")

    def _place(self, name: str = "") -> str:
        """Name the output, or a file in it, as the user would."""
        if self.request.url:
            return f"{shown(self.request.url)}/{name}".rstrip("/")
        return display_name((self.manifest.output / name).resolve())


def _in_order(plans: Sequence[Path], rows: Mapping[Path, list[str]], kept: Mapping[Path, Record]) -> list[list[str]]:
    """Give the rows of plans that were read and of those that were passed over, in the order of the plans."""
    return [rows[path] if path in rows else kept[path]["row"] for path in plans if path in rows or path in kept]
