"""Whether each scoring method has what it computes with, and whether its parameters agree."""

from collections.abc import Iterator

from genplan.diagnostics import Diagnostic, Related, Span, diagnose
from genplan.messages import msg
from genplan.methods.checks import shown
from genplan.methods.method import OWN_TARGET, Amounts, Target
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Polarity, is_own
from genplan.plan.polarity import rewarded_polarity
from genplan.plan.scoring_rule import method_name
from genplan.source.quantity import Quantity


def target_given(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP330: a method that compares with the target has one."""
    for placed in plan.indicators:
        target, method = placed.indicator.target, placed.indicator.method
        if method.target is Target.REQUIRED and not isinstance(target, Quantity) and target != OWN_TARGET:
            if target is None:
                key, template = "scoring", msg("`{indicator}` is scored by {method}, but has no target")
                advice = msg("add `target:` (目标值) with a number, or score it `direct` (直接评分)")
            else:
                key, template = "target", msg("`{indicator}` is scored by {method}, but its target is not a number")
                advice = msg("write only the number; words belong in `definition` (定义), or score it `direct` (直接评分)")
            message = template.with_values(indicator=placed.indicator.name, method=method_name(method))
            yield diagnose("GP330", plan.span(*placed.path, key), message, help=advice)


def own_is_the_target(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP377: of what a person may have of their own, the plan names the target alone."""
    for placed in plan.indicators:
        for key in ("threshold", "stretch"):
            written = getattr(placed.indicator, key)
            if isinstance(written, str) and is_own(written):
                message = msg(
                    "`{key}` of `{indicator}` is not a value that the plan leaves to each person", key=key, indicator=placed.indicator.name
                )
                advice = msg("leave it out, and write `target: own` (个人目标); a person's own values come from `goals` or from results")
                yield diagnose("GP377", plan.span(*placed.path, key), message, help=advice)


def rules_hold(plan: PlanFile) -> Iterator[Diagnostic]:
    """What each method asks of its rule: GP323, GP331, GP332, GP334, GP335, GP336, GP337, GP370."""
    for placed in plan.indicators:
        rule = placed.indicator.rule
        for check in placed.indicator.method.checks:
            for fault in check(rule, placed.indicator):
                related = [Related(plan.span(*placed.path, *place), text) for place, text in fault.related]
                span = plan.span(*placed.path, *fault.place, key=fault.key)
                yield diagnose(fault.code, span, fault.message, help=fault.cure, related=related)


def polarity_agrees(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP333: the declared polarity is that of the method."""
    for placed in plan.indicators:
        declared, method = placed.indicator.polarity, placed.indicator.method
        rewarded = rewarded_polarity(placed.indicator)
        if declared is not None and rewarded is not None and declared is not rewarded:
            template = (
                msg("higher is better for `{indicator}`, but its {method} rewards lower actuals")
                if declared is Polarity.HIGHER
                else msg("lower is better for `{indicator}`, but its {method} rewards higher actuals")
            )
            message = template.with_values(indicator=placed.indicator.name, method=method_name(method))
            yield diagnose(
                "GP333",
                plan.span(*placed.path, "polarity"),
                message,
                help=msg("{advice}, or correct the polarity", advice=method.opposite_advice),
            )


def percentages_agree(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP370: what a method compares an actual with is a percentage everywhere, or nowhere; 0 is both."""
    for placed in plan.indicators:
        comparison_amounts = [(place, amount) for place, amount in _comparison_amounts(plan, placed) if amount.value]
        shares = [place for place, amount in comparison_amounts if amount.percent]
        plain = [(place, amount) for place, amount in comparison_amounts if not amount.percent]
        if shares and plain:
            (place, amount), *others = plain
            message = msg("`{indicator}` is a percentage, but {amount} is not", indicator=placed.indicator.name, amount=shown(amount))
            related = [Related(span, shown(other)) for span, other in others] + [Related(span, msg("a percentage")) for span in shares]
            yield diagnose(
                "GP370",
                place,
                message,
                help=msg("write `{amount}%` if that is meant, or omit the sign in all of them", amount=shown(amount)),
                related=related,
            )


def _comparison_amounts(plan: PlanFile, placed: PlacedIndicator) -> Iterator[tuple[Span, Quantity]]:
    """List the amounts as written that an indicator's method compares an actual with, and where they stand."""
    method, written = placed.indicator.method, placed.indicator.scoring
    if not isinstance(method.accepts, Amounts):
        return
    for key in ("threshold", "target", "stretch"):
        amount = getattr(placed.indicator, key)
        if isinstance(amount, Quantity):
            yield plan.span(*placed.path, key), amount
    for place, amount in method.amounts(written) if written is not None else ():
        yield plan.span(*placed.path, "scoring", *place), amount
