"""`genplan new`."""

import re
import sys
from pathlib import Path

import click

from genplan.cli import EXIT_INPUT
from genplan.cli.console import Console, verbosity
from genplan.workspace.samples import new_plan, sample_names, sample_title
from genplan.workspace.session import display_name
from genplan.workspace.workspace import find_workspace

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@click.command("new")
@click.argument("name", required=False)
@click.option("--from", "sample", type=click.Choice(sample_names()), metavar="SAMPLE", help="Sample to start from.")
@click.option("--list", "show", is_flag=True, help="List the samples.")
@click.pass_obj
@verbosity
def command(console: Console, name: str | None, sample: str | None, *, show: bool) -> None:
    """Create a plan NAME from one of the samples."""
    if show:
        console.data("\n".join(f"{each:45} {sample_title(each)}" for each in sample_names()))
        return
    if name is None or sample is None:
        raise click.UsageError("give a NAME for the plan and a sample with --from; `genplan new --list` lists the samples")
    if not _NAME.fullmatch(name):
        raise click.BadParameter("use lower-case Latin letters, digits and hyphens, e.g. sales-manager", param_hint="NAME")
    workspace, diagnostics = find_workspace(Path.cwd())
    if diagnostics:
        console.report(diagnostics)
        sys.exit(EXIT_INPUT)
    folder = workspace.plans if workspace else Path.cwd()
    path = folder / f"{name}.md"
    if path.exists():
        raise click.UsageError(f"{display_name(path)} already exists; nothing was written")
    console.write(path, new_plan(name, sample).encode())
    console.say(f"wrote {display_name(path)}: fill it in, then run `genplan check` and `genplan build`")
