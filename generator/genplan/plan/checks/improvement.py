"""Whether an improvement plan can fall to anybody."""

from collections.abc import Iterator

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import msg
from genplan.plan.checks.names import advice
from genplan.plan.grades import ranked_grades
from genplan.plan.load import PlanFile


def grade_leaves_somebody(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP322, GP352: the grade that improvement plans are for people below is one of the plan's, and not the lowest."""
    if plan.plan.improvement is None:
        return
    name, place = plan.plan.improvement.below, plan.span("improvement", "below")
    grades = [grade.name for grade in plan.plan.grades]
    ranked = [placed.grade.name for placed in ranked_grades(plan.plan)]
    if not grades:
        help_ = msg("add `grades:` (等级)")
        yield diagnose(
            "GP322", plan.span("improvement", key=True), msg("`improvement` refers to grades, but the plan has none"), help=help_
        )
    elif name not in grades:
        yield diagnose(
            "GP322", place, msg("there is no grade named `{name}`", name=name), help=advice(name, grades, msg("the grades are: {known}"))
        )
    elif ranked and name == ranked[-1]:
        message = msg("`{name}` is the lowest grade, so nobody would get an improvement plan", name=name)
        above = (
            msg("name a higher grade, e.g. `{grade}`, or remove `improvement`", grade=ranked[-2])
            if len(ranked) > 1
            else msg("remove `improvement`")
        )
        yield diagnose("GP352", place, message, help=above)
