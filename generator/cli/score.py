"""`genplan score`."""

import csv
import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from generator.build.assessment import Assessment
from generator.cli import EXIT_INPUT
from generator.cli.console import Console, verbosity
from generator.cli.session import open_session
from generator.cli.table import table
from generator.diagnostics import has_errors
from generator.scoring.exact import round_to
from generator.scoring.scorecard import Scorecard
from generator.theme.locale import plain_number

_SHARE_PLACES = 6
_LIVE = ("=", "+", "-", "@", "\t", "\r")
"""Starts that make a formula of a text when a spreadsheet opens it."""


@click.command("score")
@click.argument("plan", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True, help="How to show them.")
@click.pass_obj
@verbosity
def command(console: Console, plan: Path, form: str) -> None:
    """Show scores, totals, grades and ranks of a plan's people, period by period."""
    session = open_session((plan,))
    console.report(session.diagnostics, session.roots)
    for assessment in session.assessments:
        if assessment.cards or form != "text":
            console.data(_FORMATS[form](assessment))
        else:
            console.say("no scores: the plan has no results that can be scored")
    sys.exit(EXIT_INPUT if has_errors(session.diagnostics) else 0)


def _ordered(assessment: Assessment) -> list[Scorecard]:
    return sorted(assessment.cards, key=lambda card: (card.person.period.start, card.rank, card.person.id))


def _grade(card: Scorecard) -> str:
    return card.band.grade.name if card.band else ""


def _scores(card: Scorecard, places: int) -> list[str]:
    return [plain_number(round_to(line.scored.score, places)) if line.scored else "" for line in card.lines]


def _names(assessment: Assessment) -> list[str]:
    return [placed.key for placed in assessment.plan.indicators]


def _text(assessment: Assessment) -> str:
    places = assessment.plan.plan.rounding.places
    parts = []
    for period in assessment.periods():
        cards = [card for card in _ordered(assessment) if card.person.period == period]
        head = ["名次", "工号", "姓名", *_names(assessment), "总分", "等级"]
        rows = [[str(c.rank), c.person.id, c.person.name, *_scores(c, places), plain_number(c.total, places), _grade(c)] for c in cards]
        numbers = {0, *range(3, len(head) - 1)}
        parts.append(f"{assessment.plan.plan.title}  {period.id}\n{table(head, rows, numbers)}")
    return "\n\n".join(parts)


def _json(assessment: Assessment) -> str:
    """Write every number as text, so that no reader makes a binary fraction of it."""
    rows = [
        {
            "period": card.person.period.id,
            "id": card.person.id,
            "name": card.person.name,
            "department": card.person.department,
            "total": f"{card.total:f}",
            "exact": str(card.exact),
            "grade": _grade(card) or None,
            "coefficient": f"{c:f}" if card.band and (c := card.band.grade.coefficient) is not None else None,
            "rank": card.rank,
            "ranked": card.ranked,
            "lines": [_json_line(card, index) for index in range(len(card.lines))],
        }
        for card in _ordered(assessment)
    ]
    return json.dumps({"plan": assessment.plan.id, "title": assessment.plan.plan.title, "scorecards": rows}, ensure_ascii=False, indent=2)


def _json_line(card: Scorecard, index: int) -> dict[str, object]:
    line = card.lines[index]
    scored = line.scored
    return {
        "indicator": line.weighed.placed.key,
        "actual": line.actual.text if line.actual else None,
        "attainment": str(scored.attainment) if scored and scored.attainment is not None else None,
        "limit": scored.limit if scored else None,
        "score": str(scored.score) if scored else None,
        "weight": plain_number(round_to(line.weight, _SHARE_PLACES)),
        "exact_weight": str(line.weight),
        "weighted": str(line.weighted),
    }


def _csv(assessment: Assessment) -> str:
    places = assessment.plan.plan.rounding.places
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_as_text(["考核期", "名次", "工号", "姓名", "部门", *_names(assessment), "总分", "等级"]))
    for card in _ordered(assessment):
        person = card.person
        who = _as_text([person.period.id, str(card.rank), person.id, person.name, person.department])
        writer.writerow([*who, *_scores(card, places), plain_number(card.total, places), *_as_text([_grade(card)])])
    return stream.getvalue().rstrip("\n")


def _as_text(cells: Sequence[str]) -> list[str]:
    """Keep text from being read as a formula."""
    return [f"'{cell}" if cell.startswith(_LIVE) else cell for cell in cells]


_FORMATS: dict[str, Callable[[Assessment], str]] = {"text": _text, "json": _json, "csv": _csv}
