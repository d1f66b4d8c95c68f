"""A comparison of two sets of results, for the terminal."""

from collections.abc import Sequence

from genplan.cli.score_formats import rank_text
from genplan.cli.table import table
from genplan.messages import listing, localized, msg
from genplan.plan.rounding import round_to
from genplan.scoring.comparison import Change, compare
from genplan.scoring.scorecard import Scorecard
from genplan.theme.locale import plain_number
from genplan.workspace.assessment import Assessment

_CAUSES = 3
"""Number of indicators named for each person."""


def comparison_text(assessment: Assessment, before: Sequence[Scorecard], after: Sequence[Scorecard]) -> str:
    """Write whose total changes, by how much, and because of which indicators; then count grade changes."""
    places = assessment.plan.plan.rounding.places
    changes = compare(before, after)
    head = [
        *(msg("period"), msg("id"), msg("name"), msg("total before"), msg("total after"), msg("change")),
        *(msg("grade before"), msg("grade after"), msg("rank before"), msg("rank after"), msg("main causes")),
    ]
    rows = [_row(change, places) for change in changes]
    regraded = [change for change in changes if change.before and change.after and change.regraded]
    names = listing([f"{c.card.person.id} {c.card.person.name}" for c in regraded]) or msg("nobody")
    changed = msg("changes of grade: {count} ({names})", count=len(regraded), names=names)
    return f"{table(head, rows, {3, 4, 5, 8, 9})}\n\n{localized(changed)}"


def _row(change: Change, places: int) -> list[str]:
    before, after = change.before, change.after
    causes = listing([f"{cause.key} {_signed(plain_number(round_to(cause.change, places)))}" for cause in change.causes[:_CAUSES]], "; ")
    return [
        change.card.person.period.id,
        change.card.person.id,
        change.card.person.name,
        *(plain_number(card.final_total, places) if card else "—" for card in (before, after)),
        _signed(plain_number(change.difference, places)) if change.difference is not None else "—",
        *(card.final_band.grade.name if card and card.final_band else "—" for card in (before, after)),
        *(rank_text(card) if card else "—" for card in (before, after)),
        causes,
    ]


def _signed(number: str) -> str:
    return number if number.startswith("-") or not number.strip("0.") else f"+{number}"
