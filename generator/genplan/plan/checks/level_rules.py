"""Whether rules over levels decide every grade."""

from collections.abc import Iterator

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import msg
from genplan.methods.method import Levels
from genplan.methods.rubric import Rubric
from genplan.plan.level_rules import RuleError, are_by_level, read_rule
from genplan.plan.load import PlanFile

_EXAMPLE = msg(
    "write e.g. `no indicator below LEVEL` (没有指标低于…), `at least 2 indicators LEVEL or better` or `INDICATOR LEVEL or better`"
)


def rules_understood(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP396: a rule is not understood; GP397: it is about a level that an indicator does not have."""
    for index, grade in enumerate(plan.plan.grades):
        if grade.when is None:
            continue
        try:
            read_rule(plan, grade.when)
        except RuleError as error:
            code, advice = (
                ("GP397", msg("name a level that all of these indicators have, or one dimension or indicator"))
                if error.level
                else ("GP396", _EXAMPLE)
            )
            yield diagnose(
                code, plan.span("grades", index, "when"), msg("grade `{grade}`: {error}", grade=grade.name, error=error), help=advice
            )


def rules_alone(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP398: rules decide all grades but the last, which takes the rest, and nothing else does; no indicator has several levels."""
    model = plan.plan
    if not are_by_level(model):
        return
    for index, grade in enumerate(model.grades):
        for key, value in (("from", grade.from_), ("to", grade.to), ("top", grade.top)):
            if value is not None:
                message = msg("grade `{grade}` has `{key}`, although rules decide the grades", grade=grade.name, key=key)
                yield diagnose("GP398", plan.span("grades", index, key), message, help=msg("remove it, or all `when:` (情形) of grades"))
        last = index == len(model.grades) - 1
        if grade.when is None and not last:
            message = msg("grade `{grade}` has no rule, so it takes everybody, and nobody gets the grades below it", grade=grade.name)
            yield diagnose(
                "GP398", plan.span("grades", index, "name"), message, help=msg("add `when:` (情形); only the last grade takes the rest")
            )
        if grade.when is not None and last:
            message = msg("the last grade, `{grade}`, has a rule, so people of whom none holds would have no grade", grade=grade.name)
            yield diagnose("GP398", plan.span("grades", index, "when"), message, help=msg("remove it: the last grade takes the rest"))
    if model.raters and any(isinstance(placed.indicator.method.accepts, Levels) for placed in plan.indicators):
        message = msg("rules over levels need one level for each indicator, but the plan has raters, who may choose different ones")
        yield diagnose(
            "GP398", plan.span("raters", key=True), message, help=msg("remove `raters:` (评分人), or give grades bounds: `from: 90`")
        )


def levels_scored(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP363: levels without scores give no total, so rules must decide the grades, and all indicators must have such levels."""
    bare = [placed for placed in plan.indicators if isinstance(placed.indicator.scoring, Rubric) and placed.indicator.scoring.unscored]
    if not bare or (are_by_level(plan.plan) and len(bare) == len(plan.indicators)):
        return
    first = bare[0]
    message = msg("the levels of `{key}` have no scores, so nothing can be computed from them", key=first.key)
    advice = msg("give each level a `score:` (分数); or let rules decide all grades (`when:`), with levels alone for all indicators")
    yield diagnose("GP363", plan.span(*first.path, "scoring"), message, help=advice)
