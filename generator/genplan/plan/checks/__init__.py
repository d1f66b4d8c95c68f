"""What must hold for a plan to make sense. A check is a function from a plan to diagnostics, and a row in the table."""

from collections.abc import Callable, Iterable

from genplan.diagnostics import Diagnostic
from genplan.plan.checks import (
    composition,
    conditions,
    duties,
    formulas,
    grades,
    improvement,
    pay,
    points,
    proration,
    raters,
    reachable_grades,
    regulation,
    scoring,
    structure,
    weights,
)
from genplan.plan.load import PlanFile

Check = Callable[[PlanFile], Iterable[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    structure.describes_something,
    structure.dimensions_or_indicators,
    structure.names_once,
    structure.headings_once,
    structure.period_in_order,
    structure.period_in_force,
    structure.results_restricted,
    weights.one_convention,
    weights.all_or_none,
    weights.sum_to_one,
    weights.results_have_weights,
    raters.kinds_stated,
    raters.some_count,
    raters.trimmed_are_many,
    raters.scores_beside_levels,
    points.points_or_weights,
    points.points_add_up,
    points.scores_within_points,
    grades.have_bounds,
    grades.decided_in_order,
    grades.by_rank_in_order,
    grades.by_rank_declared,
    grades.bounds_in_order,
    grades.partition,
    duties.references_exist,
    duties.indicators_assess,
    duties.duties_assessed,
    scoring.target_given,
    scoring.own_is_the_target,
    scoring.rules_hold,
    scoring.polarity_agrees,
    scoring.percentages_agree,
    formulas.inputs_used,
    formulas.formulas_give_numbers,
    formulas.inputs_collected,
    formulas.formulas_give_shares,
    composition.items_named_once,
    composition.vetoes_have_effect,
    composition.bounds_in_order,
    composition.ceilings_refer,
    conditions.names_known,
    conditions.amounts_comparable,
    conditions.inputs_used,
    composition.quotas_refer,
    composition.quotas_can_be_kept,
    proration.proration_is_clear,
    pay.one_way_each,
    pay.parts_named_once,
    pay.names_mean_one_thing,
    pay.result_says,
    pay.indicators_give_numbers,
    pay.tiers_in_order,
    pay.pools_hold_something,
    pay.inputs_used,
    pay.unit_is_money,
    reachable_grades.grades_reachable,
    improvement.grade_leaves_somebody,
    regulation.headings_hold_text,
    regulation.headings_have_a_level,
    regulation.numbers_left_out,
)


def check_plan(plan: PlanFile) -> list[Diagnostic]:
    """Run every check, in the order of the table."""
    return [diagnostic for check in CHECKS for diagnostic in check(plan)]
