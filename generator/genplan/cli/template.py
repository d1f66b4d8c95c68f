"""`genplan template`: copies of the built-in theme's files."""

import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from genplan.cli import EXIT_INPUT
from genplan.cli.console import Console, verbosity
from genplan.cli.table import table
from genplan.messages import listing, msg
from genplan.theme.built_in_files import BuiltInFile, built_in_files
from genplan.theme.kinds import FOLDER, SUFFIX
from genplan.theme.themes import ThemeChoice, roots_of
from genplan.workspace.session import display_name
from genplan.workspace.workspace import find_workspace

_THEME = click.option("--theme", default="", metavar="NAME", help="Theme the files are of; default: the workspace's.")


@click.group("template")
def command() -> None:
    """List the built-in templates, styles, locales and Word styles, and copy them into the workspace to change them."""


@command.command("list")
@_THEME
@click.pass_obj
@verbosity
def list_(console: Console, theme: str) -> None:
    """List the files that can be copied, and which of them the workspace has its own of."""
    templates, files = _files(console, theme)
    rows = [[each.name, display_name(templates / each.copy) if (templates / each.copy).exists() else "-"] for each in files]
    console.data(table([msg("file"), msg("in the workspace")], rows))


@command.command("copy")
@click.argument("names", nargs=-1, required=True)
@_THEME
@click.option("--force", is_flag=True, help="Overwrite existing files.")
@click.pass_obj
@verbosity
def copy(console: Console, names: tuple[str, ...], theme: str, *, force: bool) -> None:
    """Copy built-in files into the workspace's templates.

    NAMES are those of `genplan template list`, or short ones: result, document.css, zh-CN, reference. A copy stays as it is when genplan
    is upgraded; to change one block, use `genplan new-template NAME`.
    """
    templates, files = _files(console, theme)
    chosen = [_find(name, files) for name in names]
    there = [display_name(templates / each.copy) for each in chosen if (templates / each.copy).exists()]
    if there and not force:
        raise click.UsageError(msg("{there} already exists; --force overwrites it", there=listing(there)))
    for each in chosen:
        console.write(templates / each.copy, each.path.read_bytes())
        console.say(msg("wrote {path}", path=display_name(templates / each.copy)))


def _files(console: Console, theme: str) -> tuple[Path, Sequence[BuiltInFile]]:
    """Return the workspace's folder of templates, and the files of the theme."""
    workspace, diagnostics = find_workspace(Path.cwd())
    templates = workspace.templates if workspace else Path.cwd() / "templates"
    choice = ThemeChoice(theme or (workspace.theme if workspace else ThemeChoice().name))
    roots, problems = roots_of(templates, choice)
    if diagnostics or problems:
        console.report([*diagnostics, *problems])
        sys.exit(EXIT_INPUT)
    return templates, built_in_files(roots, choice.name)


def _find(name: str, files: Sequence[BuiltInFile]) -> BuiltInFile:
    """Find a file by its name, or by a short one that only one file has."""
    meant = [each for each in files if each.name in {name, f"{FOLDER}/{name}{SUFFIX}"}]
    meant = meant or [each for each in files if name in each.short_names]
    if len(meant) == 1:
        return meant[0]
    if meant:
        message = msg("`{name}` may be {files}", name=name, files=listing(each.name for each in meant))
    else:
        near = difflib.get_close_matches(
            name, [*(each.name for each in files), *(word for each in files for word in each.short_names)], n=1
        )
        message = (
            msg("no built-in file `{name}`; did you mean `{meant}`?", name=name, meant=near[0])
            if near
            else msg("no built-in file `{name}`; `genplan template list` lists them", name=name)
        )
    raise click.BadParameter(message, param_hint="NAMES")
