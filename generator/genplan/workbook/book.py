"""The whole workbook."""

from collections.abc import Sequence
from datetime import date, datetime, time

from openpyxl import Workbook

from genplan.messages import msg
from genplan.methods.interpolation import Interpolation
from genplan.methods.method import OWN_TARGET, Target
from genplan.methods.wording import Wording
from genplan.people.model import PersonResult
from genplan.people.vocabulary import Field
from genplan.plan.indicator_weights import weigh_indicators
from genplan.plan.load import PlanFile
from genplan.plan.model import Indicator
from genplan.workbook.archive import packed
from genplan.workbook.choices_sheet import add_choices
from genplan.workbook.entry_sheet import add_entry
from genplan.workbook.layout import lay_out
from genplan.workbook.scoring_sheet import add_scores
from genplan.workbook.summary_sheet import add_summary

EPOCH = date(2000, 1, 1)
"""Date of the workbook of a plan that bears none."""


class OwnValueError(ValueError):
    """People have something of their own that a workbook has no place for; the text says what."""


_OWN = {
    Field.OWN_POINTS.value: msg("points of their own"),
    Field.OWN_STRETCH.value: msg("a stretch of their own"),
    Field.OWN_THRESHOLD.value: msg("a threshold of their own"),
    Field.OWN_WEIGHT.value: msg("a weight of their own"),
}


def indicators_with_own_targets(plan: PlanFile, people: Sequence[PersonResult]) -> frozenset[str]:
    """List the indicators, by key, of which people have targets of their own.

    Raises:
        OwnValueError: they have other values of their own, or points of a line that follow from their targets.
    """
    if any(placed.indicator.is_own for placed in plan.indicators):
        raise OwnValueError(msg("indicators of their own"))
    named = {(key, name) for person in people for key, values in person.own.items() for name in values}
    others = sorted({name for _, name in named if name != Field.OWN_TARGET.value})
    if others:
        raise OwnValueError(_OWN.get(others[0]) or msg("indicators of their own"))
    keys = {key for key, _ in named} | {placed.key for placed in plan.indicators if placed.indicator.target == OWN_TARGET}
    compared = [placed for placed in plan.indicators if placed.key in keys and placed.indicator.method.target is not Target.UNUSED]
    line = next((placed for placed in compared if _follows_target(placed.indicator)), None)
    if line is not None:
        raise OwnValueError(msg("points of `{indicator}` that follow from a target of their own", indicator=line.key))
    return frozenset(placed.key for placed in compared)


def _follows_target(indicator: Indicator) -> bool:
    """Return whether the points of a line are those of threshold, target and stretch value."""
    return isinstance(indicator.scoring, Interpolation) and not indicator.scoring.points


def workbook_bytes(plan: PlanFile, people: Sequence[PersonResult], wording: Wording) -> bytes:
    """Make the workbook of a plan that passed its checks, with the people to be assessed.

    `wording` is the language of scoring rules. A plan without weights has no total: its workbook has the sheet to fill in alone.

    Raises:
        OwnValueError: people have values of their own besides targets.
        HeaderError: something in the plan has no name that would be understood as a header.
    """
    issued = plan.plan.document_date or EPOCH
    people = list({person.id: person for person in people}.values())
    layout = lay_out(plan, len(people), indicators_with_own_targets(plan, people))
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "genplan"
    book.properties.title = plan.plan.title
    book.properties.created = datetime.combine(issued, time())
    choices = add_choices(book, plan)
    add_entry(book, plan, layout, people, choices, wording)
    weighed = weigh_indicators(plan)
    if weighed:
        finished = add_scores(book, plan, layout, weighed, choices)
        add_summary(book, plan, layout, finished, choices)
    book.move_sheet(book.worksheets[1], len(book.worksheets))
    book.active = 0
    book.calculation.fullCalcOnLoad = True
    return packed(book, issued)
