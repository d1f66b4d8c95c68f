"""What a line of a result fell short of, for templates."""

from fractions import Fraction

from genplan.methods.method import Scores
from genplan.people.model import Actual, PersonResult
from genplan.plan.load import PlanFile
from genplan.plan.model import Indicator, Proration
from genplan.plan.rounding import round_to
from genplan.scoring.line import Line, effective_target
from genplan.scoring.shortfall import full_points, is_unmet, points_lost
from genplan.source.quantity import Quantity
from genplan.theme.context.equations import EXACT_PLACES, score_places
from genplan.theme.context.plan import Context
from genplan.theme.locale import plain_number


def shortfall_context(plan: PlanFile, record: PersonResult | None, line: Line) -> Context:
    """Return whether the indicator is unmet, its full points, the points of the total it cost, and how far it is from what was wanted.

    `gap` is measured as the target is (`unit`, or `percent`: percentage points) where target and actual are numbers, else in `points` of
    its score; None where nothing is missing. A target that was reduced for a part of the period is not the one printed, so that is in
    points, too.
    """
    indicator = line.weighed.placed.indicator
    full = full_points(indicator)
    places = score_places(plan.plan.rounding.places)
    gap, measure = _distance(indicator, line.actual) if record and not _reduced(plan, record, indicator) else (None, "points")
    if gap is None:
        gap, measure = max(Fraction(0), full - line.score), "points"
    unmet = is_unmet(line)
    return {
        "unmet": unmet,
        "full": plain_number(round_to(full, places)),
        "lost": plain_number(round_to(points_lost(line), places), places) if line.scored else None,
        "gap": plain_number(round_to(gap, EXACT_PLACES if measure == "unit" else places)) if unmet else None,
        "measure": measure if unmet else None,
    }


def _distance(indicator: Indicator, actual: Actual | None) -> tuple[Fraction | None, str]:
    """Measure from the actual to the target, where both are numbers of one thing; an actual that is a score is not."""
    target = indicator.target
    if actual is None or isinstance(indicator.method.accepts, Scores):
        return None, "points"
    if not isinstance(target, Quantity) or not isinstance(actual.value, Quantity):
        return None, "points"
    reached = actual.number
    distance = abs(Fraction(target.value) - reached)
    return (distance * 100, "percent") if target.percent else (distance, "unit")


def _reduced(plan: PlanFile, record: PersonResult, indicator: Indicator) -> bool:
    """Return whether the target was reduced for this record."""
    return (
        plan.plan.proration is Proration.TARGET
        and record.part != 1
        and effective_target(indicator, record.part) != effective_target(indicator, Fraction(1))
    )
