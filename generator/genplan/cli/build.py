"""`genplan build`."""

import os
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from genplan import api
from genplan.cli.building import ConsoleProgress, build, show_forecast
from genplan.cli.console import Console, verbosity
from genplan.cli.places import OutputPlace
from genplan.execution.limits import MEBIBYTE
from genplan.execution.request import EPOCH
from genplan.messages import listing, msg
from genplan.workspace.workspace import BY_DEPARTMENT, BY_PLAN
from genplan.writers import FORMATS
from genplan.writers.options import PDF_ENGINES, PDF_VARIANTS

_SECONDS = re.compile(r"-?[0-9]+")
COLLECTED_BY = (BY_PLAN, BY_DEPARTMENT)
_SHOWN = 40
"""Number of its characters repeated in the message."""
_STOPPED = 130
"""Exit code of an interrupted command."""


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise click.BadParameter(msg("{unknown} is not among {formats}", unknown=listing(unknown) or "nothing", formats=listing(FORMATS)))
    return names


def _cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@click.command("build")
@click.argument("plans", nargs=-1, type=click.Path(path_type=Path))
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Build only this kind of document; repeatable.")
@click.option("--person", "people", multiple=True, metavar="ID", help="Build only this person's documents (工号 or 姓名); repeatable.")
@click.option("--period", "periods", multiple=True, metavar="PERIOD", help="Build only this period's documents, e.g. 2026-Q3; repeatable.")
@click.option(
    "--format", "formats", default="pdf,docx", show_default=True, callback=_formats, help="Formats to build, out of pdf,docx,html."
)
@click.option("--pdf-variant", type=click.Choice(PDF_VARIANTS), help="PDF standard; default: the workspace's (plain).")
@click.option("--pdf-engine", type=click.Choice(PDF_ENGINES), help="What makes PDFs; default: the workspace's (auto).")
@click.option("--output", type=OutputPlace(), help="Output folder or URL (s3://bucket/folder); default: the workspace's.")
@click.option("--theme", default="", metavar="NAME", help="Theme: modern, quiet, vivid, official, …; default: the workspace's.")
@click.option("--language", metavar="CODE", help="Write documents in this language, e.g. en, instead of the plans'.")
@click.option("--edition", "editions", multiple=True, metavar="NAME", help="Build this edition: employee, manager, hr, all; repeatable.")
@click.option("--watermark", metavar="TEXT", help="Watermark on every page: draft, confidential or your own text.")
@click.option("--collect", multiple=True, metavar="KIND", help="Also write all documents of this kind to one file, to print; repeatable.")
@click.option("--collect-by", type=click.Choice(COLLECTED_BY), help="Whose documents such a file holds; default: the workspace's (plan).")
@click.option("--duplex", is_flag=True, help="Start each document in such a file on a new sheet, for printing on both sides.")
@click.option(
    "--jobs",
    type=click.IntRange(0, 256),
    metavar="N",
    help="Number of processes; default: one per core; 0: build in the main process, without limits.",
)
@click.option("--scheduler", default="", metavar="ADDRESS", help="Build on the Dask cluster with this scheduler, e.g. tcp://host:8786.")
@click.option("--time-limit", type=click.FloatRange(0.1), default=60, show_default=True, metavar="SECONDS", help="Time limit per document.")
@click.option("--memory-limit", type=click.IntRange(128), default=1024, show_default=True, metavar="MIB", help="Memory limit per document.")
@click.option("--watch", is_flag=True, help="Rebuild whenever a plan, result, template or brand file changes.")
@click.option("--prune", is_flag=True, help="Remove files whose plan, person or kind no longer exists.")
@click.option(
    "--why", type=click.Path(path_type=Path), metavar="FILE", help="Explain why this file would or would not be built; build nothing."
)
@click.option("--no-wait", is_flag=True, help="Fail instead of waiting if another build is writing to the folder.")
@click.option("--dry-run", is_flag=True, help="List what would be built; build nothing.")
@click.pass_obj
@verbosity
def command(  # noqa: PLR0913 - one parameter per option
    console: Console,
    *,
    plans: tuple[Path, ...],
    kinds: tuple[str, ...],
    people: tuple[str, ...],
    periods: tuple[str, ...],
    formats: tuple[str, ...],
    pdf_variant: str | None,
    pdf_engine: str | None,
    output: Path | str | None,
    theme: str,
    language: str | None,
    editions: tuple[str, ...],
    watermark: str | None,
    collect: tuple[str, ...],
    collect_by: str | None,
    duplex: bool,
    jobs: int | None,
    scheduler: str,
    time_limit: float,
    memory_limit: int,
    watch: bool,
    prune: bool,
    why: Path | None,
    no_wait: bool,
    dry_run: bool,
) -> None:
    """Build the documents of plans as DOCX and PDF.

    PLANS are plans or folders of plans; default: all plans of the workspace. Files that are up to date are not rebuilt. Documents with
    errors are skipped and reported; the others are built.
    """
    request = api.Request(
        plans=plans,
        filters={"kind": kinds, "person": people, "period": periods},
        formats=formats,
        pdf_variant=pdf_variant,
        pdf_engine=pdf_engine or "",
        output=output if isinstance(output, Path) else None,
        url=output if isinstance(output, str) else "",
        theme=theme,
        language=language,
        editions=editions,
        watermark=watermark,
        collect=collect,
        collect_by=collect_by or "",
        duplex=duplex,
        default_date=_default_date(),
        jobs=_cores() if jobs is None else jobs,
        limits=api.Limits(seconds=time_limit, memory=memory_limit * MEBIBYTE),
        prune=prune,
        wait=not no_wait,
    )
    if dry_run:
        sys.exit(show_forecast(console, api.list_files(request)))
    if why is not None:
        sys.exit(show_forecast(console, api.explain_file(request, why, ConsoleProgress(console))))
    workers = api.WorkerManager(request.jobs, request.limits, scheduler, stays=watch)
    try:
        if watch:
            from genplan.cli.watch import keep_building  # noqa: PLC0415 - import its library only if used

            keep_building(console, request, workers)
        else:
            sys.exit(build(console, request, workers))
    except KeyboardInterrupt:
        if not watch:
            console.complain(msg("stopped; built files are kept, and the next build continues from there"))
        sys.exit(0 if watch else _STOPPED)
    finally:
        workers.stop()


def _default_date() -> date:
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds:
        return EPOCH
    try:
        if _SECONDS.fullmatch(seconds):
            return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):
        pass  # there is no such date
    raise click.UsageError(msg("SOURCE_DATE_EPOCH is `{seconds}`, not a number of seconds since 1970", seconds=seconds[:_SHOWN]))
