"""Reads values that are not actuals: inputs of formulas, counts of bonus and deduction items, and vetoes."""

from collections.abc import Callable
from decimal import Decimal

from genplan.diagnostics import Outcome, diagnose
from genplan.messages import msg
from genplan.people.measures import Measure
from genplan.people.model import Actual, Cell
from genplan.people.unit_conversion import Amount, read_amount
from genplan.people.vocabulary import ColumnKind
from genplan.people.wording import shown
from genplan.plan.units import Unit
from genplan.source.quantity import Quantity
from genplan.source.text import fold

MOST_VOTES = 100_000
OCCURRED = Quantity(Decimal(1))
_ABSENT = Quantity(Decimal(0))
_YES_OR_NO = {**dict.fromkeys(("是", "有", "yes", "true"), OCCURRED), **dict.fromkeys(("否", "无", "no", "false"), _ABSENT)}


def read_input(measure: Measure, cell: Cell, unit: Unit | None = None) -> Outcome[Amount | None]:
    """Read an input of a formula, as the plan measures it. Finds GP406, GP407 and GP462."""
    return read_amount(measure, cell, unit)


def read_count(measure: Measure, cell: Cell, unit: Unit | None = None) -> Outcome[Amount | None]:
    """Read how often a bonus or deduction item occurred, or its points. Finds GP406, GP407 (negative, or a percentage) and GP462."""
    amount, diagnostics = read_amount(measure, cell, unit)
    if amount is None:
        return Outcome(None, diagnostics)
    assert isinstance(amount.actual.value, Quantity)  # figures are numbers
    if amount.actual.value.value < 0:
        advice = msg("write the number of occurrences (or the points), 0 or more; the plan decides whether they are added or deducted")
        message = msg("`{name}`: {number} occurrences", name=measure.name, number=shown(cell))
        return Outcome(None, [diagnose("GP407", cell.span, message, help=advice)])
    return Outcome(amount, [])


def read_votes(measure: Measure, cell: Cell, unit: Unit | None = None) -> Outcome[Amount | None]:
    """Read how many chose a level. Finds GP406, GP407, GP462 and GP479 (no whole number, or too large a one)."""
    amount, diagnostics = read_count(measure, cell, unit)
    votes = amount.actual.value if amount else None
    if amount is None or not isinstance(votes, Quantity):
        return Outcome(None, diagnostics)
    if votes.value % 1 or votes.value > MOST_VOTES:
        message = msg("`{level}`: {value} is no number of votes", level=measure.name, value=shown(cell))
        advice = msg("write how many chose this level: 0 to {most}", most=f"{MOST_VOTES:,}")
        return Outcome(None, [diagnose("GP479", cell.span, message, help=advice)])
    return Outcome(amount, diagnostics)


def read_occurrence(measure: Measure, cell: Cell, unit: Unit | None = None) -> Outcome[Amount | None]:
    """Read whether a veto occurred: yes or no, or how often; the value is 1 or 0. Finds GP406."""
    value = _YES_OR_NO.get(fold(cell.text)) or _counted(measure, cell, unit)
    if value is None:
        message = msg("{value} does not say whether `{veto}` occurred", value=shown(cell), veto=measure.name)
        advice = msg("write 是 (yes) if it occurred; write 否 (no) or leave the cell empty if it did not")
        return Outcome(None, [diagnose("GP406", cell.span, message, help=advice)])
    return Outcome(Amount(Actual(value, cell.text, cell.span)), [])


def _counted(measure: Measure, cell: Cell, unit: Unit | None) -> Quantity | None:
    amount, _ = read_amount(measure, cell, unit)
    count = amount.actual.value if amount else None
    if not isinstance(count, Quantity) or count.percent or "%" in fold(cell.text) or count.value < 0:
        return None
    return OCCURRED if count.value else _ABSENT


VALUE_READERS: dict[ColumnKind, Callable[[Measure, Cell, Unit | None], Outcome[Amount | None]]] = {
    ColumnKind.INPUT: read_input,
    ColumnKind.ITEM: read_count,
    ColumnKind.VETO: read_occurrence,
    ColumnKind.VOTES: read_votes,
}
"""How each kind's values are read, by measure, cell and the unit stated for it."""
