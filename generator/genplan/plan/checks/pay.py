"""Whether pay can be computed as it is declared."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from genplan.diagnostics import Diagnostic, Related, diagnose
from genplan.messages import listing, msg, plural
from genplan.methods.method import Counts, Judged, Levels
from genplan.plan.checks.names import near
from genplan.plan.comparison_amounts import in_percent
from genplan.plan.formula import Formula, FormulaError
from genplan.plan.indicator_weights import is_weighted
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Pay, PayPart
from genplan.plan.pay import Reserved, figures, indicators_named, part_formulas, pay_names, reserved, tiers
from genplan.plan.units import SHARE, parse_plan_unit
from genplan.source.text import fold
from genplan.source.yaml import Path


def _parts(plan: PlanFile) -> Iterator[tuple[PayPart, Path]]:
    for index, part in enumerate(plan.plan.pay.parts if plan.plan.pay else ()):
        yield part, ("pay", "parts", index)


def one_way_each(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP384: each part is computed in exactly one way."""
    for part, path in _parts(plan):
        ways = [name for name in ("compute", "commission", "pool") if getattr(part, name) is not None]
        if len(ways) != 1:
            message = msg("the part `{part}` does not say how it is computed", part=part.name)
            if ways:
                message = msg("the part `{part}` has {ways}", part=part.name, ways=listing((f"`{way}`" for way in ways), " and "))
            advice = msg("write one of `compute` (计算式), `commission` (提成) and `pool` (奖金池)")
            yield diagnose("GP384", plan.span(*path, "name"), message, help=advice)


def parts_named_once(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP385: no two parts have one name."""
    first: dict[str, int] = {}
    for index, (part, path) in enumerate(_parts(plan)):
        earlier = first.setdefault(fold(part.name), index)
        if earlier != index:
            related = [Related(plan.span("pay", "parts", earlier, "name"), msg("first occurrence"))]
            message = msg("two parts of pay are named `{part}`", part=part.name)
            yield diagnose("GP385", plan.span(*path, "name"), message, help=msg("rename one of them"), related=related)


def names_mean_one_thing(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP385: what a part computes with is one thing, and no other part."""
    taken = _taken(plan)
    for part, path in _parts(plan):
        for keys, formula in part_formulas(part):
            for name in formula.names:
                fault = _other_meaning(plan, name, taken)
                if fault is not None:
                    what, advice = fault
                    message = msg("`{name}`, which `{part}` computes with, is the name of {other}", name=name, part=part.name, other=what)
                    yield diagnose("GP385", plan.span(*path, *keys), message, help=advice)


def _taken(plan: PlanFile) -> dict[str, str]:
    """Return the folded names that results use for something else than a figure, and what for."""
    model = plan.plan
    return {
        **{fold(name): msg("an item that is counted") for placed in plan.indicators for name in _counted(placed)},
        **{fold(item.name): msg("a bonus or deduction item") for item in (*model.bonuses, *model.deductions)},
        **{fold(veto.name): msg("a veto item") for veto in model.entered_vetoes},
    }


def _other_meaning(plan: PlanFile, name: str, taken: Mapping[str, str]) -> tuple[str, str] | None:
    """Return what else a name of a formula may mean, and the cure."""
    named = indicators_named(plan, name)
    if any(fold(name) == fold(part.name) for part, _ in _parts(plan)):
        return msg("a part of pay"), msg("parts do not use each other: compute with the columns that the other part uses")
    if reserved(name):
        known = named or fold(name) in _inputs(plan)
        return (msg("a figure of the plan, and stands for a part of the result"), msg("rename the figure of the plan")) if known else None
    if len(named) > 1:
        return msg("more than one indicator"), msg("write the id of the one that is meant")
    return (taken[fold(name)], msg("give the column of results a name of its own")) if fold(name) in taken and not named else None


def _counted(placed: PlacedIndicator) -> tuple[str, ...]:
    """Name what an indicator's method counts."""
    computation = placed.indicator.method.computation(placed.indicator.rule)
    return tuple(computation.names) if computation else ()


def _inputs(plan: PlanFile) -> dict[str, PlacedIndicator]:
    """Return the indicators whose formulas use a figure, by its folded name."""
    return {
        fold(name): placed for placed in plan.indicators for name in (placed.indicator.compute.names if placed.indicator.compute else ())
    }


def result_says(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP386: there is a total; and every grade has a coefficient, where pay is computed with it."""
    if plan.plan.pay is None:
        return
    if not is_weighted(plan):
        advice = msg("give the indicators weights (权重) or points (分值)")
        yield diagnose("GP386", plan.span("pay", key=True), msg("the plan has pay, and no totals that it could follow from"), help=advice)
    without = [grade.name for grade in plan.plan.grades if grade.coefficient is None]
    if plan.plan.grades and not without:
        return
    for part, path in _parts(plan):
        for keys, formula in part_formulas(part):
            used = next((name for name in formula.names if reserved(name) is Reserved.COEFFICIENT), None)
            if used is not None:
                none = plural("the grade {without} has none", "the grades {without} have none", len(without), without=listing(without))
                what = none if without else msg("the plan has no grades")
                message = msg("`{part}` uses the coefficient of the grade (`{name}`), but {lack}", part=part.name, name=used, lack=what)
                advice = msg("give every grade a `coefficient` (系数)")
                yield diagnose("GP386", plan.span(*path, *keys), message, help=advice)


def indicators_give_numbers(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP387: an indicator that pay computes with has an actual in numbers, of one person, in a unit that is stated."""
    for part, path in _parts(plan):
        for keys, formula in part_formulas(part):
            for name in formula.names:
                found = indicators_named(plan, name)
                fault = _unusable(plan, found[0]) if len(found) == 1 and not reserved(name) else _unmeasured(plan, name)
                if fault is not None:
                    what, advice = fault
                    message = msg("`{part}` computes with `{name}`, {what}", part=part.name, name=name, what=what)
                    yield diagnose("GP387", plan.span(*path, *keys), message, help=advice)


def _unusable(plan: PlanFile, placed: PlacedIndicator) -> tuple[str, str] | None:
    """Say why an indicator's actual is no number to compute with, and the cure."""
    accepts, indicator = placed.indicator.method.accepts, placed.indicator
    if isinstance(accepts, Levels):
        return msg("an indicator with levels in place of numbers"), msg(
            "compute with a column of results of another name, or with 总分 (total)"
        )
    if plan.plan.all_raters and isinstance(accepts, Judged):
        return msg("an indicator that is rated by several people"), msg(
            "compute with a column of results of another name, or with 总分 (total)"
        )
    if indicator.unit is None and not in_percent(indicator) and not (isinstance(accepts, Judged | Counts) or _counted(placed)):
        return msg("an indicator whose unit is not stated"), msg(
            "add `unit:` (单位) to the indicator `{indicator}`", indicator=indicator.name
        )
    return None


def _unmeasured(plan: PlanFile, name: str) -> tuple[str, str] | None:
    """Say that a figure of an indicator's formula has no unit, so that it cannot be told whether it is in the unit of pay."""
    placed = None if reserved(name) else _inputs(plan).get(fold(name))
    if placed is None or any(fold(given.name) == fold(name) and given.unit for given in placed.indicator.inputs):
        return None
    advice = msg("state it under `inputs` (原始数据) of the indicator: {{name: {name}, unit: 元}}", name=name)
    return msg("a figure of the indicator `{indicator}` whose unit is not stated", indicator=placed.indicator.name), advice


def tiers_in_order(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP388: the tiers of a commission start at 0, rise, and leave no amount out."""
    for part, path in _parts(plan):
        if part.commission is None:
            continue
        found = tiers(part.commission)
        place = (*path, "commission", "tiers")
        if found[0].lower != 0:
            message = msg("amounts below {lower} are in no tier of `{part}`", lower=f"{found[0].lower:f}", part=part.name)
            advice = msg("add a first tier, if only `{{to: {lower}, rate: 0%}}`", lower=f"{found[0].lower:f}")
            yield diagnose("GP388", plan.span(*place, 0, "from"), message, help=advice)
        for index, tier in enumerate(found):
            if tier.upper is not None and tier.upper <= tier.lower:
                message = msg(
                    "a tier of `{part}` ends at {upper}, which is not above its start, {lower}",
                    part=part.name,
                    upper=f"{tier.upper:f}",
                    lower=f"{tier.lower:f}",
                )
                yield diagnose(
                    "GP388", plan.span(*place, index), message, help=msg("list the tiers from the lowest up, each with its bounds")
                )
        for index, (low, high) in enumerate(pairwise(found), 1):
            if low.upper is None:
                message = msg("two tiers of `{part}` have no bound between them", part=part.name)
                yield diagnose("GP388", plan.span(*place, index), message, help=msg("write where this tier starts: `from: 100000` (起)"))
            elif low.upper != high.lower:
                template = (
                    msg("amounts from {lower} up to {upper} are in no tier of `{part}`")
                    if low.upper < high.lower
                    else msg("amounts from {lower} up to {upper} are in two tiers of `{part}`")
                )
                lower, upper = sorted((low.upper, high.lower))
                message = template.with_values(lower=f"{lower:f}", upper=f"{upper:f}", part=part.name)
                yield diagnose("GP388", plan.span(*place, index), message, help=msg("let each tier start where the one before ends"))
        if found[-1].upper is not None:
            message = msg("amounts of {upper} and more are in no tier of `{part}`", upper=f"{found[-1].upper:f}", part=part.name)
            advice = msg("remove `to` (止) from the last tier, or add a tier")
            yield diagnose("GP388", plan.span(*place, len(found) - 1, "to"), message, help=advice)


def pools_hold_something(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP389: a pool's amount is above 0, and nobody's own result."""
    for part, path in _parts(plan):
        if part.pool is None:
            continue
        place = plan.span(*path, "pool", "amount")
        amount = part.pool.amount
        own = [name for name in amount.names if reserved(name) or indicators_named(plan, name)]
        if own:
            message = msg("the amount of the pool `{part}` depends on `{name}`, which is each person's own", part=part.name, name=own[0])
            advice = msg(
                "write a number, or a column that holds the same amount for everybody; each person's own goes to `share` (分配依据)"
            )
            yield diagnose("GP389", place, message, help=advice)
        elif not amount.names and not _is_positive(amount):
            message = msg("the pool `{part}` holds {amount}, which is not above 0", part=part.name, amount=amount.text)
            yield diagnose("GP389", place, message, help=msg("write the amount to be shared"))


def _is_positive(amount: Formula) -> bool:
    """Return whether a formula of numbers alone is above 0."""
    try:
        return amount.compute({}) > 0
    except FormulaError:  # it divides by zero
        return False


def inputs_used(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP323, GP343: each column that is described is described once, and some part computes with it."""
    pay: Pay | None = plan.plan.pay
    if pay is None:
        return
    used, first = figures(plan), dict[str, int]()
    of_indicators = _inputs(plan)
    for index, given in enumerate(pay.inputs):
        place, name = plan.span("pay", "inputs", index, "name"), fold(given.name)
        earlier = first.setdefault(name, index)
        if earlier != index:
            related = [Related(plan.span("pay", "inputs", earlier, "name"), msg("first occurrence"))]
            yield diagnose(
                "GP323", place, msg("input `{name}` appears twice", name=given.name), help=msg("remove one of them"), related=related
            )
        elif name not in used:
            close = near(given.name, list(used.values()))
            message = (
                msg("`{name}` is an indicator, which says all of itself", name=given.name)
                if indicators_named(plan, given.name)
                else msg("`{name}` is not used by any part of pay", name=given.name)
            )
            advice = (
                msg("did you mean `{near}`?", near=close[0])
                if close and name not in pay_names(plan)
                else msg("remove the input, or use it in a part")
            )
            yield diagnose("GP343", place, message, help=advice)
        elif name in of_indicators:
            message = msg(
                "input `{name}` is a figure of the indicator `{indicator}`, too",
                name=given.name,
                indicator=of_indicators[name].indicator.name,
            )
            advice = msg("describe it there, under `inputs` (原始数据), and not here")
            yield diagnose("GP323", place, message, help=advice)


def unit_is_money(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP390: pay is in a unit of money, or of something else that is counted, and no percentage."""
    pay = plan.plan.pay
    if pay is not None and parse_plan_unit(pay.unit).base == SHARE:
        yield diagnose(
            "GP390",
            plan.span("pay", "unit"),
            msg("pay cannot be in `{unit}`", unit=pay.unit),
            help=msg("write the unit of the sums: 元, 万元"),
        )
