"""Whether indicators that are agreed with each person can stand where they do."""

from collections.abc import Iterator

from genplan.diagnostics import Diagnostic, Related, diagnose
from genplan.messages import msg
from genplan.methods.roll_up import RollUp
from genplan.plan.conditions import conditions
from genplan.plan.load import PlanFile
from genplan.plan.pay import figures, indicators_named
from genplan.plan.two_way import two_way_tables
from genplan.source.yaml import Path


def nothing_depends_on_them(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP359: an indicator of each person's own is named by no condition, limit, table or pay, and sums up no plan."""
    own = {placed.key: placed for placed in plan.indicators if placed.indicator.is_own}
    for placed in own.values():
        if isinstance(placed.indicator.rule, RollUp):
            message = msg(
                "`{indicator}` is agreed with each person, but takes its actuals from another plan", indicator=placed.indicator.name
            )
            yield diagnose("GP359", plan.span(*placed.path, "scoring"), message, help=msg("score it by another method, or remove `own`"))
    for name, path in _named(plan) if own else ():
        for placed in indicators_named(plan, name):
            if placed.key in own:
                message = msg("`{name}` is another indicator for each person, so that nothing can depend on it", name=name)
                related = [Related(plan.span(*placed.path, "own"), msg("agreed with each person"))]
                yield diagnose("GP359", plan.span(*path), message, help=msg("name an indicator that everybody has"), related=related)


def _named(plan: PlanFile) -> Iterator[tuple[str, Path]]:
    """List the names that conditions, limits of scores and pay refer to, and where they do."""
    for condition in conditions(plan):
        yield from ((each.name, condition.path) for each in condition.condition.references)
    for placed in plan.indicators:
        if placed.indicator.cap_by is not None:
            yield placed.indicator.cap_by.name, (*placed.path, "cap_by")
    for placed, rule in two_way_tables(plan):
        yield rule.by.name, (*placed.path, "scoring", "by")
    yield from ((name, ("pay",)) for name in figures(plan).values())
