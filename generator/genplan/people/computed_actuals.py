"""Actuals that a formula works out from collected figures."""

from collections.abc import Mapping
from fractions import Fraction

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import msg
from genplan.methods.method import Computation
from genplan.people.actuals import out_of_bounds
from genplan.people.model import Actual
from genplan.people.unit_conversion import LARGEST, TEXT_PLACES, VALUE_PLACES
from genplan.plan.comparison_amounts import in_percent
from genplan.plan.formula import FormulaError
from genplan.plan.load import PlacedIndicator
from genplan.plan.rounding import round_to
from genplan.source.quantity import Quantity


def compute_actual(placed: PlacedIndicator, computation: Computation, inputs: Mapping[str, Actual], row: Span) -> Outcome[Actual | None]:
    """Work out an indicator's actual, exactly; its place is that of the first figure.

    Finds GP425 (no result, or one too large) and GP407 (outside what the scoring method takes).
    """
    span = next((actual.span for actual in inputs.values()), row)
    try:
        exact = computation.compute({name: actual.number for name, actual in inputs.items()})
    except FormulaError as error:
        return Outcome(None, [_refused(placed, _blamed(inputs, error.divisor) or row, str(error))])
    if abs(exact) >= LARGEST:
        return Outcome(None, [_refused(placed, span, msg("the result is too large"))])
    percent = bool(in_percent(placed.indicator))
    value = round_to(exact, VALUE_PLACES)
    diagnostics = out_of_bounds(placed, Quantity(value), span)
    return Outcome(None if diagnostics else Actual(Quantity(value, percent), _text(exact, percent=percent), span, exact), diagnostics)


def _blamed(inputs: Mapping[str, Actual], divisor: str) -> Span | None:
    """Find the input that is a zero divisor; a divisor of several inputs is not any one's fault."""
    return inputs[divisor].span if divisor in inputs else None


def _refused(placed: PlacedIndicator, span: Span, why: str) -> Diagnostic:
    advice = msg(
        "correct the figure; if there is none, leave its cell empty: `missing` in the plan then decides how the indicator is treated"
    )
    return diagnose("GP425", span, msg("`{key}` cannot be computed: {reason}", key=placed.key, reason=why), help=advice)


def _text(exact: Fraction, *, percent: bool) -> str:
    number = round_to(exact * 100 if percent else exact, TEXT_PLACES)
    plain = format(number, "f").rstrip("0").rstrip(".")
    return f"{plain}%" if percent else plain
