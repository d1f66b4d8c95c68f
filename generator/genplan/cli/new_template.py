"""`genplan new-template`."""

import re
import sys
from pathlib import Path

import click

from genplan.cli import EXIT_INPUT
from genplan.cli.console import Console, verbosity
from genplan.diagnostics import has_errors
from genplan.documents.starters import BASE, base_starter, page_starter, word_starter
from genplan.messages import listing, msg
from genplan.theme.theme import Theme, load_theme
from genplan.workspace.session import display_name
from genplan.workspace.workspace import find_workspace

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_USUAL = "result"
"""The kind that a new Word template is modelled on by default."""


@click.command("new-template")
@click.argument("name")
@click.option("--word", is_flag=True, help="Create a Word template (.docx) instead of HTML.")
@click.option("--from", "like", metavar="KIND", help="Existing kind to base it on.")
@click.option("--force", is_flag=True, help="Overwrite an existing template.")
@click.pass_obj
@verbosity
def command(console: Console, name: str, like: str | None, *, word: bool, force: bool) -> None:
    """Create a template of the kind NAME in the workspace, to edit.

    NAME is an existing kind or a new one, or base: the frame of all documents. Word templates contain your text, with {{ tags }} for the
    data: see docs/designer/word-templates.md.
    """
    if not _NAME.fullmatch(name):
        raise click.BadParameter(msg("use lower-case Latin letters, digits and hyphens, e.g. result-notice"), param_hint="NAME")
    workspace, diagnostics = find_workspace(Path.cwd())
    templates = workspace.templates if workspace else Path.cwd() / "templates"
    theme, problems = load_theme(templates, "zh-CN")
    diagnostics += problems
    if theme is None or has_errors(diagnostics):
        console.report(diagnostics)
        sys.exit(EXIT_INPUT)
    files = _files(console, theme, name, like, word=word)
    there = [file for file in files if (templates / file).exists()]
    if there and not force:
        raise click.UsageError(
            msg("{there} already exists; --force overwrites it", there=listing(display_name(templates / file) for file in there))
        )
    for file, data in files.items():
        console.write(templates / file, data)
        console.say(msg("wrote {path}", path=display_name(templates / file)))
    if name == BASE:
        console.say(msg("next: edit it, then genplan build"))
    else:
        console.say(msg("next: edit it, then genplan build --kind {name}", name=name))


def _files(console: Console, theme: Theme, name: str, like: str | None, *, word: bool) -> dict[str, bytes]:
    """Return the template's files by their path within the theme."""
    if like is not None and like not in theme.kinds:
        raise click.BadParameter(msg("`{like}` is not among {kinds}", like=like, kinds=listing(theme.kinds)), param_hint="--from")
    if name == BASE and not word and like is None:
        return base_starter(theme)
    model = theme.kinds.get(like or name)
    if not word:
        return page_starter(theme, name, model)
    files, diagnostics = word_starter(theme, name, model or theme.kinds[_USUAL])
    if not files:
        console.report(diagnostics)
        sys.exit(EXIT_INPUT)
    return files
