"""An actual as written, read as the plan's indicator takes it."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from generator.diagnostics import Diagnostic, Outcome, Span, diagnose
from generator.plan.load import PlacedIndicator
from generator.plan.model import Indicator
from generator.plan.quantity import EXACT, Quantity, parse_quantity
from generator.plan.scoring import Deduction, Direct, Interpolation, InverseRatio, PassFail, PerUnit, Ratio, Rubric, Tiers
from generator.results.model import Actual, Cell
from generator.results.wording import cure, shown

_FAR = Decimal(5)
"""An actual so many times its target, one of them written as a percentage and the other not, is a slip of the pen by a factor of 100."""


def read_actual(placed: PlacedIndicator, cell: Cell) -> Outcome[Actual | None]:
    """Read a cell as an indicator's actual; the value is there only when nothing is wrong.

    Finds GP406 (not a number) and GP407 (outside what the scoring method takes, or a percentage against a plain number).
    """
    indicator = placed.indicator
    if isinstance(indicator.method, Rubric):
        return _level(placed, indicator.method, cell)
    quantity = parse_quantity(cell.text)
    if quantity is None:
        message = f"{shown(cell)} is not a number, as `{placed.key}` takes"
        return Outcome(None, [diagnose("GP406", cell.span, message, help=cure(cell))])
    found = out_of_bounds(placed, quantity, cell.span)
    if found and cell.hidden:
        advice = "check whether the row's values stand in the right columns"
        found = [diagnose("GP407", cell.span, f"`{placed.key}`: {shown(cell)} is out of bounds", help=advice)]
    return Outcome(None if found else Actual(quantity, cell.text, cell.span), found)


def out_of_bounds(placed: PlacedIndicator, quantity: Quantity, span: Span) -> list[Diagnostic]:
    """GP407: a number that the indicator's scoring method does not take."""
    check = _CHECKS.get(type(placed.indicator.method), _nothing)
    wrong = check(placed.indicator, quantity)
    return [diagnose("GP407", span, f"`{placed.key}`: {message}", help=advice) for message, advice in wrong]


def _level(placed: PlacedIndicator, rule: Rubric, cell: Cell) -> Outcome[Actual | None]:
    names = [level.name for level in rule.levels]
    if cell.text in names:
        return Outcome(Actual(cell.text, cell.text, cell.span), [])
    message = f"{shown(cell)} is not a level of `{placed.key}`"
    return Outcome(None, [diagnose("GP406", cell.span, message, help=f"write one of: {', '.join(names)}")])


_Found = Iterator[tuple[str, str]]
"""What is wrong, and the cure."""


def _nothing(_indicator: Indicator, _actual: Quantity) -> _Found:
    return iter(())


def _within_bounds(indicator: Indicator, actual: Quantity) -> _Found:
    method: Direct = indicator.method
    if actual.percent:
        yield f"the score is written as a percentage, {_percent(actual)}", f"write `{_plain(actual.written)}` without the sign"
    elif not method.minimum <= actual.value <= method.maximum:
        bounds = f"{_plain(method.minimum)} to {_plain(method.maximum)}"
        advice = "correct it, or widen `minimum` (下限) and `maximum` (上限) of the indicator's `scoring`"
        yield f"the score {_plain(actual.value)} is outside {bounds}", advice


def _like_target(indicator: Indicator, actual: Quantity) -> _Found:
    target = indicator.target
    if not isinstance(target, Quantity) or actual.percent == target.percent:
        return
    if target.percent and actual.value > _FAR * target.value:
        as_meant = f"{_plain(actual.value)}%"
        yield f"{_plain(actual.value)} against the target {_percent(target)}", f"write `{as_meant}` if a percentage is meant"
    elif actual.percent and actual.value and target.value > _FAR * abs(actual.value):
        advice = f"write `{_plain(actual.written)}` if that is meant, or the plan's target as a percentage"
        yield f"the percentage {_percent(actual)} against the target {_plain(target.value)}, which is none", advice


def _not_negative(_indicator: Indicator, actual: Quantity) -> _Found:
    if actual.value < 0:
        yield f"{_plain(actual.value)} occurrences", "write how often it occurred, 0 or more"


_CHECKS: dict[type, Callable[[Indicator, Quantity], _Found]] = {
    Direct: _within_bounds,
    Ratio: _like_target,
    InverseRatio: _like_target,
    Tiers: _nothing,
    Interpolation: _like_target,
    PerUnit: _like_target,
    Deduction: _not_negative,
    PassFail: _like_target,
    Rubric: _nothing,
}


def _plain(number: Decimal) -> str:
    return format(number.normalize(EXACT), "f")


def _percent(quantity: Quantity) -> str:
    return f"{_plain(quantity.written)}%"
