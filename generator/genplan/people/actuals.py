"""An actual as written, read as the plan's indicator takes it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import listing, msg
from genplan.methods.method import Counts, Levels, Scores
from genplan.people.measures import Measure
from genplan.people.model import Actual, Cell
from genplan.people.unit_conversion import Amount, read_amount
from genplan.people.wording import shown
from genplan.plan.load import PlacedIndicator
from genplan.plan.model import Indicator
from genplan.plan.units import Unit
from genplan.source.quantity import EXACT, Quantity


def read_actual(placed: PlacedIndicator, measure: Measure, cell: Cell, unit: Unit | None = None) -> Outcome[Amount | None]:
    """Read a cell as an indicator's actual; the value is there only when nothing is wrong. `unit` is what its column or row states.

    Finds GP406 (not a number), GP407 (outside what the scoring method takes, or a percentage against a plain number) and GP462 (a unit).
    """
    takes = placed.indicator.method.accepts
    if isinstance(takes, Levels):
        return _level(placed, [name for name, _ in takes.levels(placed.indicator.rule)], cell)
    amount, diagnostics = read_amount(measure, cell, unit)
    if amount is None:
        return Outcome(None, diagnostics)
    assert isinstance(amount.actual.value, Quantity)  # words are levels
    diagnostics = out_of_bounds(placed, amount.actual.value, cell.span)
    if diagnostics and cell.hidden:
        advice = msg("check whether the row's values are in the right columns")
        diagnostics = [diagnose("GP407", cell.span, msg("`{key}`: {cell} is out of range", key=placed.key, cell=shown(cell)), help=advice)]
    return Outcome(None if diagnostics else amount, diagnostics)


def out_of_bounds(placed: PlacedIndicator, quantity: Quantity, span: Span) -> list[Diagnostic]:
    """GP407: a number that the indicator's scoring method does not take."""
    wrong = _refused(placed.indicator, quantity)
    return [diagnose("GP407", span, msg("`{key}`: {problem}", key=placed.key, problem=problem), help=advice) for problem, advice in wrong]


def _level(placed: PlacedIndicator, names: Sequence[str], cell: Cell) -> Outcome[Amount | None]:
    if cell.text in names:
        return Outcome(Amount(Actual(cell.text, cell.text, cell.span)), [])
    message = msg("{cell} is not a level of `{key}`", cell=shown(cell), key=placed.key)
    return Outcome(None, [diagnose("GP406", cell.span, message, help=msg("write one of: {names}", names=listing(names)))])


def _refused(indicator: Indicator, actual: Quantity) -> Iterator[tuple[str, str]]:
    """Tell what is wrong with a number, and the cure; amounts may be any."""
    match indicator.method.accepts:
        case Scores(bounds=bounds):
            lowest, highest = bounds(indicator.rule)
            if not lowest <= actual.value <= highest:
                advice = msg("correct it, or widen `minimum` (下限) and `maximum` (上限) of the indicator's `scoring`")
                yield (
                    msg(
                        "the score {score} is outside {lowest} to {highest}",
                        score=_plain(actual.value),
                        lowest=_plain(lowest),
                        highest=_plain(highest),
                    ),
                    advice,
                )
        case Counts() if actual.value < 0:
            yield msg("{number} occurrences", number=_plain(actual.value)), msg("write how often it occurred, 0 or more")


def _plain(number: Decimal) -> str:
    return format(number.normalize(EXACT), "f")
