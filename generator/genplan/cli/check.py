"""`genplan check`."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from genplan import api
from genplan.cli import EXIT_INPUT
from genplan.cli.console import Console, verbosity
from genplan.cli.report import DATA_REPORTS
from genplan.diagnostics import Diagnostic, Severity, has_errors
from genplan.messages import msg, plural


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", *DATA_REPORTS]), default="text", show_default=True, help="Output format.")
@click.option("--theme", default="", metavar="NAME", help="Check the brand and templates of this theme; default: the workspace's.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.pass_obj
@verbosity
def command(console: Console, paths: tuple[Path, ...], form: str, theme: str, *, strict: bool) -> None:
    """Check plans and their results, and report all problems at once.

    PATHS are plans or folders of plans; default: all plans of the workspace.
    """
    session = api.load(paths, theme=theme)
    diagnostics = sorted((_strict(d) if strict else d for d in (*session.diagnostics, *api.check_styles(session))), key=lambda d: d.order)
    if form in DATA_REPORTS:
        console.data(DATA_REPORTS[form](diagnostics))
    else:
        console.report(diagnostics, session.roots)
        if not diagnostics or not has_errors(diagnostics):
            people = sum(len(a.people) for a in session.assessments)
            plans = len(session.assessments)
            console.say(
                msg(
                    "{plans} and {results} checked: no errors",
                    plans=plural("{count} plan", "{count} plans", plans),
                    results=plural("{count} result", "{count} results", people),
                )
            )
    sys.exit(EXIT_INPUT if has_errors(diagnostics) else 0)


def _strict(diagnostic: Diagnostic) -> Diagnostic:
    return replace(diagnostic, severity=Severity.ERROR) if diagnostic.severity is Severity.WARNING else diagnostic
