"""`genplan show`."""

import difflib
import sys
from pathlib import Path

import click

from genplan.cli import EXIT_INPUT
from genplan.cli.console import Console, verbosity
from genplan.messages import msg
from genplan.plan.inheritance import WrittenPlan, read_written
from genplan.plan.plan_text import plan_text
from genplan.workspace.session import display_name


@click.command("show")
@click.argument("plan", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--diff", is_flag=True, help="Show only what differs from the plan that it extends.")
@click.pass_obj
@verbosity
def command(console: Console, *, plan: Path, diff: bool) -> None:
    """Print a plan together with what it extends, as one plan; comments say what comes from which file."""
    file = display_name(plan)
    written, diagnostics = read_written(plan, file)
    console.report(diagnostics, ())
    if written is None:
        sys.exit(EXIT_INPUT)
    if not diff:
        console.data(plan_text(written, file, remarks=True).rstrip("\n"))
    elif not written.bases:
        raise click.UsageError(msg("{file} extends no other plan", file=file))
    else:
        console.data(_difference(written, file))
    sys.exit(EXIT_INPUT if diagnostics else 0)


def _difference(written: WrittenPlan, file: str) -> str:
    """Compare a plan with the one that it extends, line by line."""
    base = written.bases[0]
    before = plan_text(WrittenPlan(base.data, base.sections, base.text), base.file, remarks=False)
    after = plan_text(written, file, remarks=False)
    return "\n".join(difflib.unified_diff(before.splitlines(), after.splitlines(), base.file, file, lineterm="", n=1))
