"""Figures beside the actuals: inputs of formulas, counts of items, and whether a veto occurred."""

from collections.abc import Callable
from decimal import Decimal

from generator.diagnostics import Outcome, diagnose
from generator.plan.quantity import Quantity, parse_quantity
from generator.results.model import Actual, Cell
from generator.results.vocabulary import Kind
from generator.results.wording import cure, shown
from generator.source.text import fold

OCCURRED = Quantity(Decimal(1))
_ABSENT = Quantity(Decimal(0))
_YES_OR_NO = {**dict.fromkeys(("是", "有", "yes", "true"), OCCURRED), **dict.fromkeys(("否", "无", "no", "false"), _ABSENT)}


def read_figure(name: str, cell: Cell) -> Outcome[Actual | None]:
    """Read an input of a formula: any number. Finds GP406."""
    quantity = parse_quantity(cell.text)
    if quantity is None:
        message = f"{shown(cell)} is not a number, as `{name}` takes"
        return Outcome(None, [diagnose("GP406", cell.span, message, help=cure(cell))])
    return Outcome(Actual(quantity, cell.text, cell.span), [])


def read_count(name: str, cell: Cell) -> Outcome[Actual | None]:
    """Read how often a bonus or deduction item occurred, or its points. Finds GP406 and GP407 (negative, or a percentage)."""
    actual, found = read_figure(name, cell)
    if actual is None:
        return Outcome(None, found)
    assert isinstance(actual.value, Quantity)  # figures are numbers
    if actual.value.percent or actual.value.value < 0:
        advice = "write how often it occurred (or its points), 0 or more; whether they are added or taken says the plan"
        return Outcome(None, [diagnose("GP407", cell.span, f"`{name}`: {shown(cell)} occurrences", help=advice)])
    return Outcome(actual, [])


def read_occurrence(name: str, cell: Cell) -> Outcome[Actual | None]:
    """Read whether a veto occurred: yes or no, or how often; the value is 1 or 0. Finds GP406."""
    value = _YES_OR_NO.get(fold(cell.text)) or _counted(cell.text)
    if value is None:
        message = f"{shown(cell)} does not say whether `{name}` occurred"
        advice = "write 是 (yes) where it occurred and 否 (no), or nothing, where it did not"
        return Outcome(None, [diagnose("GP406", cell.span, message, help=advice)])
    return Outcome(Actual(value, cell.text, cell.span), [])


def _counted(text: str) -> Quantity | None:
    count = parse_quantity(text)
    return None if count is None or count.percent or count.value < 0 else OCCURRED if count.value else _ABSENT


FIGURES: dict[Kind, Callable[[str, Cell], Outcome[Actual | None]]] = {
    Kind.INPUT: read_figure,
    Kind.ITEM: read_count,
    Kind.VETO: read_occurrence,
}
"""How each kind's values are read, by name and cell."""
