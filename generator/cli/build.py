"""`genplan build`."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import click

from generator.build.documents import Order, in_editions, orders
from generator.build.files import unwritable, write_atomically
from generator.build.locking import lockable, refuse_unlocked
from generator.build.register import update_register
from generator.build.run import Done, InProcess, Settings, carry_out, refuse_collisions
from generator.cli import EXIT_INPUT
from generator.cli.choices import choose_editions, choose_watermark
from generator.cli.console import Console, verbosity
from generator.cli.session import Session, display_name, open_session
from generator.cli.table import table
from generator.diagnostics import Diagnostic, Span, diagnose, has_errors
from generator.portal.page import render_index
from generator.theme.theme import Theme
from generator.writers import FORMATS
from generator.writers.options import PDF_VARIANTS, PLAIN, Options

_EPOCH = date(2000, 1, 1)
"""Date of documents whose plan gives none, where SOURCE_DATE_EPOCH is not set."""


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise click.BadParameter(f"{', '.join(unknown) or 'nothing'} is not among {', '.join(FORMATS)}")
    return names


@click.command("build")
@click.argument("plans", nargs=-1, type=click.Path(path_type=Path))
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Build only this kind of document; may be repeated.")
@click.option("--person", "people", multiple=True, metavar="ID", help="Build only this person's (工号 or 姓名); may be repeated.")
@click.option("--period", "periods", multiple=True, metavar="PERIOD", help="Build only this period's, e.g. 2026-Q3; may be repeated.")
@click.option("--format", "formats", default="pdf,docx", show_default=True, callback=_formats, help="Some of pdf,docx,html.")
@click.option("--pdf-variant", type=click.Choice(PDF_VARIANTS), help="Standard of the PDFs, instead of the workspace's (plain).")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to, instead of the workspace's.")
@click.option("--theme", default="", metavar="NAME", help="Look of the documents, instead of the workspace's: modern, official, ….")
@click.option("--language", metavar="CODE", help="Write in this language, e.g. en, whatever the plans say.")
@click.option(
    "--edition", "editions", multiple=True, metavar="NAME", help="Make this edition: employee, manager, hr, all; may be repeated."
)
@click.option("--watermark", metavar="TEXT", help="Put a text behind every page: draft, confidential or your own.")
@click.option("--dry-run", is_flag=True, help="List what would be built, and build nothing.")
@click.pass_obj
@verbosity
def command(  # noqa: PLR0913 - one parameter an option
    console: Console,
    *,
    plans: tuple[Path, ...],
    kinds: tuple[str, ...],
    people: tuple[str, ...],
    periods: tuple[str, ...],
    formats: tuple[str, ...],
    pdf_variant: str | None,
    output: Path | None,
    theme: str,
    language: str | None,
    editions: tuple[str, ...],
    watermark: str | None,
    dry_run: bool,
) -> None:
    """Build the documents of plans as DOCX and PDF.

    PLANS are plans or folders of plans; without any, all plans of the workspace. Documents that have errors are left out and reported; the
    others are built.
    """
    session = open_session(plans, language=language, theme=theme)
    every = [order for assessment in session.assessments for order in orders(assessment)]
    chosen = {"kind": kinds, "person": people, "period": periods}
    wanted, unmatched = _select(every, chosen, session.theme) if session.theme else ([], [])
    found = [*session.diagnostics, *unmatched]
    if session.theme is None or unmatched or any(d.code == "GP535" for d in found):
        console.report(found, session.roots)
        sys.exit(EXIT_INPUT)
    chosen_editions, problems = choose_editions(editions, session.workspace, session.theme)
    mark, unusable = choose_watermark(watermark, session.workspace, session.theme)
    if problems or unusable:
        console.report([*found, *problems, *unusable], session.roots)
        sys.exit(EXIT_INPUT)
    skipped = len(every) - len(wanted)
    options = Options(pdf_variant or (session.workspace.pdf_variant if session.workspace else PLAIN), mark)
    wanted, clashes = refuse_collisions(in_editions(wanted, chosen_editions), session.theme)
    wanted, unlocked = refuse_unlocked(wanted, formats, options)
    found += [*clashes, *unlocked]
    if dry_run:
        console.report(found, session.roots)
        for order in wanted:
            if not order.lacking:
                console.data("\n".join(f"{order.stem(session.theme)}.{name}" for name in lockable(order, formats)))
        sys.exit(EXIT_INPUT if has_errors(found) else 0)
    folder = output or (session.workspace.output if session.workspace else Path("output"))
    done = _carry_out(console, wanted, Settings(formats, session.theme, folder, _default_date(), options))
    found += dict.fromkeys(diagnostic for each in done for diagnostic in each.diagnostics)  # what all documents of a kind found, once
    found += _finish(done, folder, session.theme)
    console.report(found, session.roots)
    _conclude(console, session, done, skipped, folder)
    sys.exit(EXIT_INPUT if has_errors(found) or any(each.reason for each in done) else 0)


_FIELDS: dict[str, Callable[[Order, Theme], tuple[str, ...]]] = {
    "kind": lambda order, theme: (order.kind.name, order.kind.title(order.theme(theme).locale)),
    "person": lambda order, _: (order.person.id, order.person.name) if order.person else (),
    "period": lambda order, _: (order.period.id,) if order.period else (),
}


def _select(every: Sequence[Order], filters: dict[str, tuple[str, ...]], theme: Theme) -> tuple[list[Order], list[Diagnostic]]:
    """Keep what matches every filter; GP704 for a word that matches nothing at all."""
    unmatched = []
    for name, words in filters.items():
        known = {word for order in every for word in _FIELDS[name](order, theme)}
        for word in words:
            if word not in known:
                offered = sorted({_FIELDS[name](order, theme)[0] for order in every if _FIELDS[name](order, theme)})
                advice = f"there is: {', '.join(offered[:20]) or 'none'}{', …' if len(offered) > 20 else ''}"  # noqa: PLR2004 - a screenful
                unmatched.append(diagnose("GP704", Span(f"--{name}"), f"`{word}` matches nothing", help=advice))
    wanted = [
        order for order in every if all(not words or set(words) & set(_FIELDS[name](order, theme)) for name, words in filters.items())
    ]
    if every and not wanted and not unmatched:
        given = [f"--{name}" for name, words in filters.items() if words]
        unmatched.append(diagnose("GP704", Span(" ".join(given)), "no document matches all of these at once", help="leave one of them out"))
    return wanted, unmatched


def _default_date() -> date:
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date() if seconds else _EPOCH
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is `{seconds}`, not a number of seconds since 1970") from None


def _carry_out(console: Console, wanted: Sequence[Order], settings: Settings) -> list[Done]:
    run = carry_out(wanted, settings, InProcess())
    if sys.stderr.isatty() and not console.quiet and not console.verbose:
        with click.progressbar(run, length=len(wanted), label="building", file=sys.stderr) as bar:
            return list(bar)
    return [_told(console, each) for each in run]


def _told(console: Console, done: Done) -> Done:
    for entry in done.entries:
        console.say(f"built {entry.path}")
    return done


def _finish(done: Iterable[Done], folder: Path, theme: Theme) -> list[Diagnostic]:
    """Bring the register and the page that lists it up to date."""
    try:
        entries = update_register(folder, (entry for each in done for entry in each.entries))
        page = render_index(entries, theme)
        if isinstance(page, Diagnostic):
            return [page]
        write_atomically(folder / "index.html", page.encode())
    except OSError as error:
        return [unwritable(display_name(folder), error)]
    return []


def _conclude(console: Console, session: Session, done: Sequence[Done], skipped: int, folder: Path) -> None:
    """Print the closing table, the failures with their reasons, and where the files are."""
    rows = []
    for assessment in session.assessments:
        own = [each for each in done if each.order.assessment is assessment]
        files = sum(len(each.entries) for each in own)
        failed = sum(bool(each.reason) for each in own)
        rows.append([assessment.plan.id, str(len(own) - failed), str(files), str(failed)])
    console.say("\n" + table(["plan", "documents", "files", "failed"], rows, numbers={1, 2, 3}))
    for each in done:
        if each.reason:
            click.echo(f"failed {each.stem}: {each.reason}", err=True)
    if skipped:
        console.say(f"skipped {skipped} documents that the options leave out")
    console.say(f"files: {display_name(folder.resolve())}/   page: {display_name((folder / 'index.html').resolve())}")
