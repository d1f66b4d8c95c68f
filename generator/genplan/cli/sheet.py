"""`genplan sheet`."""

import sys
from pathlib import Path

import click

from genplan import api
from genplan.cli import EXIT_INPUT
from genplan.cli.console import Console, verbosity
from genplan.diagnostics import has_errors
from genplan.documents.file_names import safe_name
from genplan.messages import listing, msg
from genplan.people.file_period import file_period
from genplan.people.results_files import matching_files, new_results_file
from genplan.plan.period_parsing import read_period
from genplan.plan.periods import FORMS
from genplan.storage.temporary import guarded, set_up_temporary_folder
from genplan.workspace.assessment import Assessment
from genplan.workspace.session import Session, display_name

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_SUFFIX = ".xlsx"
_UNFILLED = frozenset({"GP401", "GP405", "GP423", "GP430", "GP457"})
"""Diagnostics to ignore, about results that are still to be filled in."""


@click.command("sheet")
@click.argument("plan", type=_FILE)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Output file; by default where the plan's `results:` finds it, or else PLAN-PERIOD.xlsx in the current folder.",
)
@click.option("--period", metavar="PERIOD", help="Period, e.g. 2026-Q3; default: the plan's.")
@click.option("--people", multiple=True, type=_FILE, help="Read the people from this file (CSV, XLSX, YAML); repeatable.")
@click.pass_obj
@verbosity
def command(console: Console, *, plan: Path, output: Path | None, period: str | None, people: tuple[Path, ...]) -> None:
    """Create a workbook for entering results, with formulas that score and rank them.

    People are taken from the plan's results unless --people names a file.
    """
    if period is not None and read_period(period) is None:
        raise click.BadParameter(msg("write {forms}", forms=FORMS), param_hint="--period")
    session = api.load((plan,), results=people or None)
    diagnostics = [each for each in session.diagnostics if each.code not in _UNFILLED]
    console.report(diagnostics, session.roots)
    assessment = session.assessments[0] if session.assessments else None
    if assessment is None or session.theme is None or not assessment.sound or (people and has_errors(diagnostics)):
        sys.exit(EXIT_INPUT)
    set_up_temporary_folder()
    named = _period(assessment, period)
    root = session.workspace.root if session.workspace else plan.parent
    found = None if output else _among_results(assessment, root, named)
    path = output or found or Path(f"{safe_name('-'.join(part for part in (assessment.plan.id, named) if part))}{_SUFFIX}")
    if path.exists():
        raise click.UsageError(msg("{path} already exists and may contain results; nothing was written", path=display_name(path)))
    console.write(path, _workbook(session, assessment))
    console.say(msg("wrote {path}", path=display_name(path)))
    console.say(
        msg("next: fill in the sheet 填报, save it{where}, and run `genplan build`", where="" if found else _where(assessment, named))
    )
    if assessment.plan.plan.all_raters:
        advice = msg("enter their combined score (综合), or keep the scores by rater in another file")
        console.say(msg("it has no columns for raters (评分人): {advice}", advice=advice))


def _period(assessment: Assessment, period: str | None) -> str:
    """Return the period at the end of the file name, as in names of results files."""
    own = assessment.plan.plan.period
    wanted = read_period(period) if period else None
    return wanted.id if wanted else own.period.id if own else ""


def _among_results(assessment: Assessment, root: Path, period: str) -> Path | None:
    """Return where the plan's `results:` finds a new workbook for a period; None if nowhere, or if a file holds results for the period."""
    plan = assessment.plan
    if not read_period(period):
        return None
    files = matching_files(plan.path.parent, plan.plan.results, root)
    periods = [file_period(file.as_posix(), plan).value for file in files]
    if any(known is not None and known.id == period for known in periods):
        return None
    return new_results_file(plan, f"{period}{_SUFFIX}")


def _where(assessment: Assessment, period: str) -> str:
    """Say where to save the completed workbook, and under what name."""
    named = listing([f"`{pattern}`" for pattern in assessment.plan.plan.results])
    name = msg(" under a name that ends with {period},", period=period) if read_period(period) else ""
    return name + (
        msg(" where `results:` in the plan finds it ({named})", named=named)
        if named
        else msg(" and add it to `results:` (考核结果) in the plan")
    )


def _workbook(session: Session, assessment: Assessment) -> bytes:
    from genplan.workbook.book import OwnValueError, workbook_bytes  # noqa: PLC0415 - openpyxl is slow to import
    from genplan.workbook.layout import HeaderError  # noqa: PLC0415

    assert session.theme is not None
    if not assessment.plan.indicators:
        raise click.UsageError(msg("the plan has no indicators, so there is nothing to fill in"))
    try:
        with guarded():  # openpyxl writes sheets to files first
            return workbook_bytes(assessment.plan, (*assessment.people, *assessment.awaited) or assessment.rolled, session.theme.locale)
    except HeaderError as error:
        raise click.UsageError(msg("`{error}` cannot be a column header: the plan has something else of that name", error=error)) from None
    except OwnValueError as error:
        raise click.UsageError(
            msg("people have {error}, for which workbooks have no place; write a results file instead", error=error)
        ) from None
