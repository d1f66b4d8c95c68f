"""Whether the totals that a plan can come to reach its grades."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from genplan.diagnostics import Diagnostic, Related, Severity, diagnose
from genplan.messages import msg
from genplan.methods.full_points import full_marks
from genplan.plan.checks import composition, grades, points, scoring, weights
from genplan.plan.grades import bands, ranked_grades
from genplan.plan.indicator_weights import is_weighted, weigh_indicators
from genplan.plan.load import PlanFile
from genplan.plan.rounding import round_to
from genplan.plan.score_range import score_range, total_range

_SOUND = (
    weights.one_convention,
    weights.all_or_none,
    weights.sum_to_one,
    points.points_or_weights,
    points.points_add_up,
    points.scores_within_points,
    grades.bounds_in_order,
    grades.partition,
    composition.bounds_in_order,
)
"""Checks that must find no error first: a mistake in a weight, a score or a bound would be reported a second time, as its consequence."""

_OF_SCORES = ("GP332", "GP335", "GP336", "GP337", "GP376")
"""The same of scoring rules: faults of the scores that they can give."""


def _is_sound(plan: PlanFile) -> bool:
    if not is_weighted(plan) or any(problem.code in _OF_SCORES for problem in scoring.rules_hold(plan)):
        return False
    return not any(problem.severity is Severity.ERROR for check in _SOUND for problem in check(plan))


def grades_reachable(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP365, GP366: the best and the worst possible total reach the highest and the lowest grade, and the best reaches full marks."""
    if not _is_sound(plan):
        return
    reachable, rounding = total_range(plan), plan.plan.rounding
    if reachable.highest is not None:
        yield from _too_high(plan, round_to(reachable.highest, rounding.places, rounding.mode))
    if reachable.lowest is not None:
        yield from _too_low(plan, round_to(reachable.lowest, rounding.places, rounding.mode))


def _too_high(plan: PlanFile, best: Decimal) -> Iterator[Diagnostic]:
    said = msg("the best possible total is {best}", best=f"{best:f}")
    beyond = [graded for graded in ranked_grades(plan.plan) if graded.grade.from_ is not None and graded.grade.from_ > best]
    for graded in beyond:
        code = "GP365" if graded.place == 0 else "GP366"
        message = msg(
            "nobody can reach `{grade}`, which starts at {bound}: {said}",
            grade=graded.grade.name,
            bound=f"{graded.grade.from_:f}",
            said=said,
        )
        yield diagnose(code, plan.span("grades", graded.index, "from"), message, help=_advice(plan))
    full = sum((each.weight * Fraction(full_marks(each.placed.indicator)) for each in weigh_indicators(plan)), Fraction(0))
    if Fraction(best) < full and not beyond:
        yield from _no_full_marks(plan, full, said)


def _advice(plan: PlanFile) -> str:
    """Advise a points form where the full points of every indicator are the number of its weight."""
    members = [placed.indicator for placed in plan.indicators]
    if all(each.weight is not None and each.method.full_points(each.rule, each) == Fraction(each.weight.number) for each in members):
        return msg(
            "if the total is the plain sum of points, declare `weights: points` (权重方式: 分值制) and write `points:` for each weight"
        )
    return _HIGHER


def _no_full_marks(plan: PlanFile, full: Fraction, said: str) -> Iterator[Diagnostic]:
    """Name the indicators that cannot reach full marks where others can; where none can, the plan has another scale (1 to 5)."""
    short = []
    for placed in plan.indicators:
        highest = score_range(placed.indicator).highest
        if highest is not None and highest < full_marks(placed.indicator):
            short.append((placed.indicator.name, plan.span(*placed.path, "name")))
    if short and len(short) < len(plan.indicators):
        (name, place), *others = short
        related = [Related(span, other) for other, span in others]
        message = msg("nobody can reach {full} points: {said}", full=points.plain(full), said=said)
        yield diagnose("GP366", place, message, help=_HIGHER, label=name, related=related)


def _too_low(plan: PlanFile, worst: Decimal) -> Iterator[Diagnostic]:
    for band in bands(plan.plan):
        if band.upper is not None and worst >= band.upper and not band.holds(worst):
            message = msg(
                "nobody can get `{grade}`, which is for totals below {upper}: the worst possible total is {worst}",
                grade=band.grade.name,
                upper=f"{band.upper:f}",
                worst=f"{worst:f}",
            )
            yield diagnose("GP366", plan.span("grades", band.index, "from"), message, help=_LOWER)


_HIGHER = msg("write scores out of 100, whatever the weight, or lower the grade's bound")
_LOWER = msg("correct the scores or the grade's bound, or remove the grade")
