"""The whole workbook."""

from collections.abc import Sequence
from datetime import date, datetime, time

from openpyxl import Workbook

from genplan.methods.wording import Wording
from genplan.people.model import PersonResult
from genplan.plan.indicator_weights import weigh_indicators
from genplan.plan.load import PlanFile
from genplan.workbook.archive import packed
from genplan.workbook.choices_sheet import add_choices
from genplan.workbook.entry_sheet import add_entry
from genplan.workbook.layout import lay_out
from genplan.workbook.scoring_sheet import add_scores
from genplan.workbook.summary_sheet import add_summary

EPOCH = date(2000, 1, 1)
"""Date of the workbook of a plan that bears none."""


def workbook_bytes(plan: PlanFile, people: Sequence[PersonResult], wording: Wording) -> bytes:
    """Make the workbook of a plan that passed its checks, with the people to be assessed.

    `wording` is the language of scoring rules. A plan without weights has no total: its workbook has the sheet to fill in alone.

    Raises:
        HeaderError: something in the plan has no name that would be understood as a header.
    """
    issued = plan.plan.document_date or EPOCH
    people = list({person.id: person for person in people}.values())
    layout = lay_out(plan, len(people))
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
