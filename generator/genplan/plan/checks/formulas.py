"""Whether formulas and the figures they compute with fit together."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from genplan.diagnostics import Diagnostic, Related, diagnose
from genplan.messages import msg
from genplan.methods.method import Levels
from genplan.plan.checks.names import near
from genplan.plan.comparison_amounts import comparison_amounts, in_percent
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.scoring_rule import method_name
from genplan.plan.units import SHARE, parse_plan_unit
from genplan.source.text import fold


def inputs_used(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP323, GP343: each figure that is described is described once, and the formula computes with it."""
    for placed in plan.indicators:
        formula, first = placed.indicator.compute, dict[str, int]()
        used = {} if formula is None else {fold(name): name for name in formula.names}
        for index, given in enumerate(placed.indicator.inputs):
            place = plan.span(*placed.path, "inputs", index, "name")
            earlier = first.setdefault(fold(given.name), index)
            if earlier != index:
                related = [Related(plan.span(*placed.path, "inputs", earlier, "name"), msg("first occurrence"))]
                yield diagnose(
                    "GP323", place, msg("input `{name}` appears twice", name=given.name), help=msg("remove one of them"), related=related
                )
            elif fold(given.name) not in used:
                message = msg("the formula of `{indicator}` does not use `{name}`", indicator=placed.indicator.name, name=given.name)
                if formula is None:
                    message = msg("`{indicator}` has no formula that uses `{name}`", indicator=placed.indicator.name, name=given.name)
                yield diagnose("GP343", place, message, help=_meant(given.name, placed, used))


def _meant(name: str, placed: PlacedIndicator, used: Mapping[str, str]) -> str:
    if not used:
        return msg("add `compute:` (计算式), or remove the input")
    described = {fold(given.name) for given in placed.indicator.inputs}
    close = near(name, [written for folded, written in used.items() if folded not in described])
    return msg("did you mean `{near}`?", near=close[0]) if close else msg("remove the input, or use it in `compute` (计算式)")


def formulas_give_numbers(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP344: a method that takes a level cannot be given it by a formula."""
    for placed in plan.indicators:
        if placed.indicator.compute is not None and isinstance(placed.indicator.method.accepts, Levels):
            message = msg(
                "`{indicator}` is computed, but its {method} needs a level, not a number",
                indicator=placed.indicator.name,
                method=method_name(placed.indicator.method),
            )
            advice = msg("score it by tiers (层差法), or remove `compute` and have the level entered")
            yield diagnose("GP344", plan.span(*placed.path, "compute"), message, help=advice)
        elif placed.indicator.compute is not None and placed.indicator.method.computation(placed.indicator.rule) is not None:
            message = msg("`{indicator}` is computed by a formula, and its method counts items", indicator=placed.indicator.name)
            advice = msg("remove `compute` (计算式); or keep it, and score by deduction (扣分法)")
            yield diagnose("GP344", plan.span(*placed.path, "compute"), message, help=advice)


def inputs_collected(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP323, GP345: formulas compute with figures that are collected: neither computed themselves, nor a veto's yes or no."""
    computed = {
        fold(name): placed
        for placed in plan.indicators
        if placed.indicator.compute is not None
        for name in (placed.indicator.name, placed.indicator.id)
        if name
    }
    vetoes = {fold(veto.name): index for index, veto in enumerate(plan.plan.vetoes) if veto.when is None}
    for placed in plan.indicators:
        place = plan.span(*placed.path, "compute")
        for name in placed.indicator.compute.names if placed.indicator.compute is not None else ():
            if fold(name) in computed:
                other = computed[fold(name)]
                template = (
                    msg("the formula of `{indicator}` uses its own indicator, `{name}`")
                    if other is placed
                    else msg("the formula of `{indicator}` uses `{name}`, which is itself computed")
                )
                message = template.with_values(indicator=placed.indicator.name, name=name)
                related = [Related(plan.span(*other.path, "compute"), msg("`{name}` is computed here", name=name))]
                advice = msg("use collected figures, each with its own name")
                yield diagnose("GP345", place, message, help=advice, related=[] if other is placed else related)
            elif fold(name) in vetoes:
                message = msg("`{name}` is the name of both a veto item and a figure of a formula", name=name)
                related = [Related(plan.span("vetoes", vetoes[fold(name)], "name"), msg("the veto item"))]
                yield diagnose("GP323", place, message, help=msg("rename one of them: a veto is yes or no"), related=related)


_HUNDREDS = (Fraction(100), Fraction(1000))


def formulas_give_shares(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP467: a formula gives a share where percentages are compared, and does not multiply it by 100; the percent sign does that.

    A plain number with the unit % is the other way round.
    """
    for placed in plan.indicators:
        formula, indicator = placed.indicator.compute, placed.indicator
        if formula is None:
            continue
        multiplied = any(factor in _HUNDREDS for factor in formula.factors)
        place = plan.span(*placed.path, "compute")
        if in_percent(indicator) and multiplied:
            message = msg(
                "`{indicator}` is a percentage, but its formula multiplies by 100, so 0.87 would become 8700 %", indicator=indicator.name
            )
            yield diagnose("GP467", place, message, help=msg("remove the factor 100: the result 0.87 is 87 %"))
        unit = parse_plan_unit(indicator.unit) if indicator.unit else None
        plain = in_percent(indicator) is False and bool(comparison_amounts(indicator))
        if unit is not None and unit.base == SHARE and plain and not multiplied:
            message = msg(
                "`{indicator}` is compared with plain numbers in %, but its formula gives a fraction, so 87 % would be 0.87",
                indicator=indicator.name,
            )
            yield diagnose("GP467", place, message, help=msg("write the values it is compared with as percentages, e.g. `target: 90%`"))
