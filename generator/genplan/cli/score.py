"""`genplan score`."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from genplan import api
from genplan.cli import EXIT_INPUT
from genplan.cli.comparison import comparison_text
from genplan.cli.console import Console, verbosity
from genplan.cli.score_formats import FORMATS, ordered
from genplan.cli.trace import trace_text
from genplan.diagnostics import Diagnostic, Span, diagnose, has_errors
from genplan.messages import a_few, current_language, msg
from genplan.theme.locale import Locale
from genplan.theme.theme import Theme
from genplan.workspace.assessment import Assessment, who
from genplan.workspace.session import Session

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_MOST_NAMED = 20


@click.command("score")
@click.argument("plan", type=_FILE)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="Output format.")
@click.option("--person", "people", multiple=True, metavar="ID", help="Show only this person (工号 or 姓名); repeatable.")
@click.option("--trace", is_flag=True, help="Show how each total is calculated, from the input cell to the grade.")
@click.option("--results", multiple=True, type=_FILE, help="Read this file instead of the plan's results; repeatable.")
@click.option("--against", multiple=True, type=_FILE, help="Compare with the results in this file; repeatable.")
@click.pass_obj
@verbosity
def command(  # noqa: PLR0913 - one parameter per option
    console: Console,
    *,
    plan: Path,
    form: str,
    people: tuple[str, ...],
    trace: bool,
    results: tuple[Path, ...],
    against: tuple[Path, ...],
) -> None:
    """Show scores, totals, grades and ranks of a plan's people, period by period.

    With --against, show whose grade changes between two sets of results, and why.
    """
    if (trace or against) and form != "text":
        raise click.UsageError(msg("--trace and --against need --format text; JSON already contains the whole calculation"))
    session = api.load((plan,), results=results or None)
    other = api.load((plan,), results=against) if against else None
    diagnostics = [*session.diagnostics, *(d for d in (other.diagnostics if other else []) if d not in session.diagnostics)]
    shown, unmatched = _only(session, people)
    diagnostics += unmatched
    console.report(diagnostics, session.roots)
    for assessment in shown:
        if not assessment.cards and form == "text":
            console.say(msg("no scores: the plan has no results that can be scored"))
            continue
        console.data(_shown(assessment, form, session, other, trace=trace))
    sys.exit(EXIT_INPUT if has_errors(diagnostics) else 0)


def _shown(assessment: Assessment, form: str, session: Session, other: Session | None, *, trace: bool) -> str:
    if other is not None:
        compared = other.assessments[0].cards if other.assessments else ()
        return comparison_text(assessment, assessment.cards, compared)
    if trace and session.theme is not None:
        locale = _labels_in_use(session.theme)
        return "\n\n\n".join(
            trace_text(assessment.plan, card, locale, assessment.pay.get(who(card.person))) for card in ordered(assessment)
        )
    return FORMATS[form](assessment)


def _labels_in_use(theme: Theme) -> Locale:
    """Return the labels of the language in use; the plan's language where the theme does not have it."""
    translated = theme.speaking(current_language()).value
    return translated.locale if translated.locale.labels else theme.locale


def _only(session: Session, people: Sequence[str]) -> tuple[list[Assessment], list[Diagnostic]]:
    """Keep the requested people; GP704 for a word that is nobody's id or name."""
    if not people:
        return list(session.assessments), []
    known = {word for a in session.assessments for person in a.people for word in (person.id, person.name)}
    ids = sorted({person.id for a in session.assessments for person in a.people})
    advice = msg("available: {ids}", ids=a_few(ids, _MOST_NAMED) if ids else msg("none"))
    diagnostics = [
        diagnose("GP704", Span("--person"), msg("`{word}` matches nobody", word=word), help=advice) for word in people if word not in known
    ]
    selected = [replace(a, cards=tuple(c for c in a.cards if {c.person.id, c.person.name} & set(people))) for a in session.assessments]
    return selected, diagnostics
