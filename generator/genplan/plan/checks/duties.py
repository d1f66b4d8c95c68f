"""Whether what people do is what is measured."""

from collections.abc import Iterator

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import msg
from genplan.plan.checks.names import advice, near
from genplan.plan.load import PlanFile


def references_exist(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP322: `assesses` names areas that exist."""
    areas = [area.area for area in plan.plan.duties]
    for placed in plan.indicators:
        for position, name in enumerate(placed.indicator.assesses):
            if name not in areas:
                place = plan.span(*placed.path, "assesses", position)
                yield diagnose(
                    "GP322",
                    place,
                    msg("there is no duty area named `{name}`", name=name),
                    help=advice(name, areas, msg("the areas are: {known}")),
                )


def indicators_assess(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP320: where there are duties, each indicator assesses one."""
    if not plan.plan.duties:
        return
    for placed in plan.indicators:
        if not placed.indicator.assesses:
            message = msg("indicator `{indicator}` assesses no duty", indicator=placed.indicator.name)
            yield diagnose("GP320", plan.span(*placed.path, "name"), message, help=msg("add `assesses:` (对应职责) naming the areas"))


def duties_assessed(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP321: where there are indicators, each duty area is assessed; a misspelt name counts for the area it is near to."""
    if not plan.indicators:
        return
    areas = [area.area for area in plan.plan.duties]
    assessed = {meant for placed in plan.indicators for name in placed.indicator.assesses for meant in (name, *near(name, areas))}
    for index, area in enumerate(plan.plan.duties):
        if area.area not in assessed:
            message = msg("no indicator assesses duty area `{area}`", area=area.area)
            yield diagnose("GP321", plan.span("duties", index, "area"), message, help=msg("add its name to `assesses:` of an indicator"))
