"""`genplan brand`: the company's look."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from genplan import api
from genplan.cli import EXIT_INPUT
from genplan.cli.console import Console, verbosity
from genplan.cli.table import table
from genplan.diagnostics import Diagnostic, Span, diagnose, has_errors
from genplan.documents.brand_preview import (
    AFTER,
    BEFORE,
    FOLDER,
    Comparison,
    ContactSheet,
    clear,
    compare,
    draw,
    drawn_sheets,
    one_of_each_kind,
    same,
)
from genplan.messages import listing, msg, plural
from genplan.portal.preview import render_preview, render_themes
from genplan.storage.atomic_files import unwritable
from genplan.storage.temporary import set_up_temporary_folder
from genplan.theme.brand import load_brand
from genplan.theme.theme import Theme, load_theme
from genplan.theme.themes import ThemeChoice, theme_names
from genplan.workspace.assessment import Assessment
from genplan.workspace.session import display_name
from genplan.writers import contact_sheet
from genplan.writers.options import WEASYPRINT
from genplan.writers.possible import possible

ALL = "all"
_THEMES = "themes"
_BRAND_CODES = {"GP511", "GP512", "GP513", "GP521", "GP536", "GP537", "GP538", "GP603"}


@click.group("brand")
def command() -> None:
    """Show how brand.yml and the workspace's templates change the documents."""


@command.command("preview")
@click.argument("plans", nargs=-1, type=click.Path(path_type=Path))
@click.option("--before", type=click.Path(path_type=Path), metavar="FILE", help="Compare with the workspace using this other brand.yml.")
@click.option(
    "--against",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Compare with the `after` pages of an earlier preview.",
)
@click.option("--theme", default="", metavar="NAME", help="Use this theme, or compare all themes side by side (all).")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help=f"Folder to write to, instead of OUTPUT/{FOLDER}.")
@click.pass_obj
@verbosity
def preview(console: Console, plans: tuple[Path, ...], before: Path | None, against: Path | None, theme: str, output: Path | None) -> None:
    """Draw one document of every kind before and after a change, side by side on a page.

    "Before" is the last preview, or the built-in design if there is none. The samples provide kinds that PLANS (default: all plans of the
    workspace) do not. With --theme all, the page shows every theme instead.
    """
    _check_options(before, against, theme)
    if against and drawn_sheets(_sheets_of(against)) is None:
        message = msg("no preview found in this folder")
        _stop(
            console, [diagnose("GP001", Span(display_name(against)), message, help=msg("use a folder that `genplan brand preview` wrote"))]
        )
    if lacking := contact_sheet.missing():
        message = plural("{lacking} is not installed", "{lacking} are not installed", len(lacking), lacking=listing(lacking, " and "))
        _stop(console, [diagnose("GP524", Span("genplan brand preview"), message, help='pip install "genplan[preview]"')])
    if impossible := possible(("pdf",), "genplan brand preview", WEASYPRINT).diagnostics:
        _stop(console, impossible)
    set_up_temporary_folder()
    session = api.load(plans, theme="" if theme == ALL else theme)
    diagnostics = [diagnostic for diagnostic in (*session.diagnostics, *api.check_styles(session)) if diagnostic.code != "GP007"]
    if session.theme is None or any(diagnostic.code == "GP535" for diagnostic in diagnostics):
        _stop(console, diagnostics)
    folder = output or (session.workspace.output if session.workspace else Path("output")) / FOLDER
    if theme == ALL:
        _compare_themes(console, session, folder / _THEMES, diagnostics)
    try:
        other, problems = _before(session.theme, before, drawn_before=drawn_sheets(folder / AFTER) is not None)
        diagnostics += problems
        if other is None and before:
            _stop(console, diagnostics)
        diagnostics += _draw_both(folder, session.assessments, session.theme, other, against)
        comparisons = compare(folder)
        page = render_preview(comparisons, [d for d in diagnostics if d.code in _BRAND_CODES], session.theme)
    except OSError as error:
        _stop(console, [unwritable(display_name(folder), error)])
    if isinstance(page, Diagnostic):
        _stop(console, [*diagnostics, page])
    console.write(folder / "index.html", page.encode())
    console.report(diagnostics, session.roots)
    _tell(console, comparisons, folder)
    sys.exit(EXIT_INPUT if has_errors(diagnostics) else 0)


def _check_options(before: Path | None, against: Path | None, theme: str) -> None:
    """Refuse options that exclude each other."""
    if before and against:
        raise click.UsageError("--before and --against cannot be used together")
    if theme == ALL and (before or against):
        raise click.UsageError("--theme all cannot be used with --before or --against")


def _stop(console: Console, diagnostics: Sequence[Diagnostic]) -> NoReturn:
    console.report(diagnostics)
    sys.exit(EXIT_INPUT)


def _compare_themes(console: Console, session: api.Session, folder: Path, diagnostics: list[Diagnostic]) -> NoReturn:
    """Draw every kind in every theme, and write the page that shows them side by side."""
    assert session.theme is not None
    chosen = list(one_of_each_kind(session.assessments, session.theme))
    templates = session.workspace.templates if session.workspace else None
    sheets: dict[str, list[ContactSheet]] = {}
    try:
        for name in theme_names(templates):
            theme, problems = load_theme(templates, session.theme.locale.language, ThemeChoice(name))
            diagnostics += problems
            if theme is not None:
                sheets[name], problems = draw(chosen, theme, folder / name)
                diagnostics += problems
        page = render_themes(sheets, session.theme)
    except OSError as error:
        _stop(console, [unwritable(display_name(folder), error)])
    if isinstance(page, Diagnostic):
        _stop(console, [*diagnostics, page])
    console.write(folder / "index.html", page.encode())
    console.report(list(dict.fromkeys(diagnostics)), session.roots)
    kinds = dict.fromkeys(sheet.kind for each in sheets.values() for sheet in each)
    counts = {name: {sheet.kind: str(sheet.pages) for sheet in each} for name, each in sheets.items()}
    console.say("\n" + table(["kind", *sheets], [[kind, *(each.get(kind, "-") for each in counts.values())] for kind in kinds]))
    console.say(msg("page: {file}", file=display_name((folder / "index.html").resolve())))
    sys.exit(EXIT_INPUT if has_errors(diagnostics) else 0)


def _before(theme: Theme, brand_file: Path | None, *, drawn_before: bool) -> tuple[Theme | None, list[Diagnostic]]:
    """Load the theme to compare with: the same with another brand, or the built-in one; None if an earlier preview is used."""
    if brand_file is None:
        return (None if drawn_before else load_theme(None, theme.locale.language).value), []
    brand, diagnostics = load_brand(brand_file, display_name(brand_file), theme.files.find)
    return (theme.branded(brand) if brand else None), diagnostics


def _draw_both(
    folder: Path, assessments: Sequence[Assessment], theme: Theme, other: Theme | None, against: Path | None
) -> list[Diagnostic]:
    """Draw the current look and put the comparison next to it; return the current look's diagnostics."""
    chosen = list(one_of_each_kind(assessments, theme))
    fresh = folder / "drawing"
    _, diagnostics = draw(chosen, theme, fresh)
    if against is not None:
        _replace(_sheets_of(against), folder / BEFORE, copy=True)
    elif other is not None:
        draw(chosen, other, folder / BEFORE)
    elif not same(fresh, folder / AFTER):
        _replace(folder / AFTER, folder / BEFORE)
    _replace(fresh, folder / AFTER)
    return diagnostics


def _sheets_of(folder: Path) -> Path:
    """Return a preview's folder of sheets, given either that or the preview's folder."""
    return folder / AFTER if drawn_sheets(folder / AFTER) is not None else folder


def _replace(source: Path, target: Path, *, copy: bool = False) -> None:
    if source.resolve() == target.resolve():
        return
    clear(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    if copy:
        shutil.copytree(source, target)
    else:
        source.rename(target)


def _tell(console: Console, comparisons: Sequence[Comparison], folder: Path) -> None:
    rows = [
        [
            each.kind,
            f"{each.before.pages if each.before else '-'} → {each.after.pages if each.after else '-'}",
            msg("same") if each.same else msg("changed"),
            msg("{count} ({new} new)", count=len(each.after.findings), new=len(each.new_findings))
            if each.after and each.after.findings
            else "-",
        ]
        for each in comparisons
    ]
    console.say("\n" + table(["kind", "pages", "look", msg("layout findings")], rows))
    console.say(msg("page: {file}", file=display_name((folder / "index.html").resolve())))
