"""Checks that the plan was in effect in the periods of its results."""

from collections.abc import Sequence

from genplan.diagnostics import Diagnostic, Related, diagnose
from genplan.messages import msg
from genplan.people.file_period import plan_period
from genplan.people.model import PersonResult
from genplan.plan.load import PlanFile


def check_effective_date(plan: PlanFile, people: Sequence[PersonResult]) -> list[Diagnostic]:
    """GP449: results of a period that was over before the plan took effect, reported once a file and period.

    Of the period that the plan itself names, its checks tell (GP360).
    """
    effective, own = plan.plan.effective, plan_period(plan)
    if effective is None:
        return []
    over = [person for person in people if person.period.end < effective and person.period != own]
    early = {(person.span.file, person.period.id): person for person in reversed(over)}
    related = [Related(plan.span("effective"), msg("the plan takes effect"))]
    return [
        diagnose(
            "GP449",
            person.span,
            msg(
                "{period} ended on {end}, before the plan took effect on {effective}",
                period=person.period.id,
                end=person.period.end,
                effective=effective,
            ),
            help=msg("correct `effective` (生效日期) or the period, or assess these people by the plan that was in force then"),
            related=related,
        )
        for person in reversed(early.values())
    ]
