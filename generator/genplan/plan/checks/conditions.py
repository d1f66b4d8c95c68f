"""Whether conditions can be decided: what they name exists, and what they compare is measured alike."""

from collections.abc import Iterator

from genplan.diagnostics import Diagnostic, Related, diagnose
from genplan.messages import listing, msg
from genplan.methods.method import Counts, Judged, Totals
from genplan.methods.two_way import percents
from genplan.plan.checks.names import near
from genplan.plan.comparison_amounts import in_percent
from genplan.plan.condition import Amount, Comparison, Fact, Literal, Operation, Reference, Subject, references
from genplan.plan.condition_reader import reference
from genplan.plan.conditions import (
    concerned,
    condition_figures,
    conditions,
    has_actual,
    has_attainment,
    item_named,
)
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.pay import indicators_named, pay_names
from genplan.plan.two_way import read_by, two_way_tables
from genplan.plan.units import SHARE, Unit, parse_plan_unit
from genplan.source.text import fold


def names_known(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP394: what a condition names is one thing of the plan, or a column of results that resembles nothing of it."""
    declared = {fold(given.name) for given in plan.plan.inputs}
    for placed in conditions(plan):
        for each in placed.condition.references:
            fault = _unknown(plan, each, declared, vetoes=placed.vetoes)
            if fault is not None:
                yield diagnose("GP394", plan.span(*placed.path), fault[0], help=fault[1])


def _unknown(plan: PlanFile, each: Reference, declared: set[str], *, vetoes: bool) -> tuple[str, str] | None:
    """Say what is wrong with a name, and the cure."""
    if each.subject is Subject.TOTAL:
        said = msg("a veto decides the total, so that its condition cannot be about it")
        return (said, msg("limit the grade instead: move the condition to `ceilings` (等级上限)")) if vetoes else None
    if each.subject is Subject.ANY:
        said = msg("no indicator has an attainment: none has a target above 0 that actuals are to reach")
        return None if concerned(plan, each) else (said, msg("write 任一指标得分 (any score), or name what is meant"))
    return _unknown_name(plan, each, declared)


def _unknown_name(plan: PlanFile, each: Reference, declared: set[str]) -> tuple[str, str] | None:
    named = indicators_named(plan, each.name)
    if len(named) > 1:
        keys = listing(f"`{placed.key}`" for placed in named)
        said = msg("`{name}` may be one of several indicators: {keys}", name=each.name, keys=keys)
        return said, msg("give the one that is meant an `id` (标识), and write that")
    if named or (each.fact is None and (item_named(plan, each.name) or fold(each.name) in declared)):
        return None
    if any(fold(veto.name) == fold(each.name) for veto in plan.plan.entered_vetoes):
        return msg("`{name}` is a veto item, which is no number", name=each.name), msg("write what it happens by, or use its own effect")
    known = [name for placed in plan.indicators for name in (placed.indicator.name, placed.indicator.id) if name]
    facts = [f"{name}.{fact}" for name in known for fact in ("完成率", "得分")]
    if each.fact is not None:
        close = near(each.name, known)
        advice = msg("did you mean `{near}`?", near=close[0]) if close else msg("the indicators are: {known}", known=listing(known))
        return msg("there is no indicator named `{name}`", name=each.name), advice
    close = near(each.name, [*known, *facts, *plan.item_names, "任一指标完成率", "任一指标得分", "总分"])
    advice = msg(
        "did you mean `{near}`? if it is a column of results, list it under `inputs` (原始数据) of the plan: {{name: {name}}}",
        near=close[0] if close else "",
        name=each.name,
    )
    return (msg("`{name}` is nothing of the plan", name=each.name), advice) if close else None


def limits_exist(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP346: what limits a score is the score or attainment of one other indicator, which nothing limits in turn."""
    for placed in plan.indicators:
        limit = placed.indicator.cap_by
        if limit is None:
            continue
        place = plan.span(*placed.path, "cap_by")
        named = indicators_named(plan, limit.name)
        fault = _unknown_name(plan, limit, set())
        if fault is not None:
            yield diagnose("GP346", place, fault[0], help=fault[1])
        elif named[0].key == placed.key:
            yield diagnose(
                "GP346",
                place,
                msg("`{indicator}` is limited by itself", indicator=placed.indicator.name),
                help=msg("name another indicator"),
            )
        elif named[0].indicator.cap_by is not None:
            message = msg(
                "`{indicator}` is limited by `{limit}`, which is limited itself", indicator=placed.indicator.name, limit=limit.name
            )
            yield diagnose("GP346", place, message, help=msg("name what limits `{limit}`, or limit only one of them", limit=limit.name))
        elif (without := _without(plan, limit)) is not None:
            yield diagnose("GP346", place, without[0], help=msg("write {name}.得分", name=limit.name))


def table_columns_exist(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP347: what a two-way table is read by is one other indicator with such a number, or a column of results."""
    declared = {fold(given.name) for given in plan.plan.inputs}
    for placed, _ in two_way_tables(plan):
        by = read_by(placed.indicator)
        assert by is not None  # as every two-way table is
        fault = _unreadable(plan, placed, by, declared)
        if fault is not None:
            yield diagnose("GP347", plan.span(*placed.path, "scoring", "by"), fault[0], help=fault[1])


def _unreadable(plan: PlanFile, placed: PlacedIndicator, by: Reference, declared: set[str]) -> tuple[str, str] | None:
    """Say why a table cannot be read by something, and the cure."""
    own = placed.indicator.name
    if reference(by.name).subject is not Subject.NAMED:
        said = msg("the table of `{indicator}` is read by `{name}`, which is nothing of one indicator", indicator=own, name=by.name)
        return said, msg("name an indicator, or a column of results")
    fault = _unknown_name(plan, by, declared)
    named = indicators_named(plan, by.name)
    if fault is not None or not named:
        return fault
    if named[0].key == placed.key:
        said = msg("the table of `{indicator}` is read by its own indicator", indicator=own)
        return said, msg("name another indicator, or a column of results")
    fault = _without(plan, by)
    return (
        None
        if fault is None
        else (fault[0], msg("write {name}, for its actual", name=by.name) if by.fact else msg("name an indicator with an actual"))
    )


def columns_comparable(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP356: the columns of a two-way table are percentages if what it is read by is, and plain numbers if not."""
    declared = {fold(given.name) for given in plan.plan.inputs}
    for placed, rule in two_way_tables(plan):
        by = read_by(placed.indicator)
        if by is None or _unreadable(plan, placed, by, declared):
            continue  # that is reported
        bounds, name = percents(rule.columns), placed.indicator.name
        percent = _columns_in_percent(plan, by)
        if len(bounds) > 1:
            fault: tuple[str, str] = (
                msg("some columns of `{indicator}` are percentages, and some are not", indicator=name),
                msg("write all bounds alike"),
            )
        elif percent is True and False in bounds:
            fault = (
                msg("`{name}` is a percentage, but the columns of `{indicator}` are not", name=_shown(by), indicator=name),
                msg("write the percent sign: 90%"),
            )
        elif percent is False and True in bounds:
            fault = (
                msg("the columns of `{indicator}` are percentages, but `{name}` is not", indicator=name, name=_shown(by)),
                _without_percent(plan, by),
            )
        else:
            continue
        yield diagnose("GP356", plan.span(*placed.path, "scoring", "columns"), fault[0], help=fault[1])


def _shown(by: Reference) -> str:
    return by.name if by.fact is None else f"{by.name}.完成率"


def _columns_in_percent(plan: PlanFile, by: Reference) -> bool | None:
    """Tell whether what a table is read by is a percentage; None where the columns themselves decide that."""
    if by.fact is Fact.ATTAINMENT:
        return True
    named = indicators_named(plan, by.name)
    if named:
        return in_percent(named[0].indicator)
    if item_named(plan, by.name):
        return False
    given = [*plan.plan.inputs, *(each for placed in plan.indicators for each in placed.indicator.inputs)]
    given += plan.plan.pay.inputs if plan.plan.pay else ()
    stated = [each.unit for each in given if fold(each.name) == fold(by.name)]
    if any(stated):
        return any(unit is not None and parse_plan_unit(unit).base == SHARE for unit in stated)
    of_formulas = {fold(name) for placed in plan.indicators if placed.indicator.compute for name in placed.indicator.compute.names}
    return False if stated or fold(by.name) in of_formulas | pay_names(plan).keys() else None


def _without_percent(plan: PlanFile, by: Reference) -> str:
    named = indicators_named(plan, by.name)
    if named and has_attainment(named[0].indicator):
        return msg("write `by: {name}.完成率` for its attainment, or bounds in its unit", name=by.name)
    if named or item_named(plan, by.name):
        return msg("write bounds in its unit")
    return msg("write bounds in its unit; or give it one: `inputs: [{{name: {name}, unit: '%'}}]`", name=by.name)


def inputs_used(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP323, GP343: each column that is described is described once, and some condition uses it."""
    used, first = condition_figures(plan), dict[str, int]()
    for index, given in enumerate(plan.plan.inputs):
        place, name = plan.span("inputs", index, "name"), fold(given.name)
        earlier = first.setdefault(name, index)
        if earlier != index:
            related = [Related(plan.span("inputs", earlier, "name"), msg("first occurrence"))]
            yield diagnose(
                "GP323", place, msg("input `{name}` appears twice", name=given.name), help=msg("remove one of them"), related=related
            )
        elif name not in used:
            close = near(given.name, list(used.values()))
            advice = msg("did you mean `{near}`?", near=close[0]) if close else msg("remove the input, or use it in a condition (`when`)")
            yield diagnose("GP343", place, msg("`{name}` is not used by any condition", name=given.name), help=advice)


def amounts_comparable(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP395: what a condition compares, adds or subtracts are amounts in the same unit, and a percentage is compared with a percentage."""
    declared = {fold(given.name) for given in plan.plan.inputs}
    for placed in conditions(plan):
        if any(_unknown(plan, each, declared, vetoes=placed.vetoes) for each in placed.condition.references):
            continue  # that is reported
        for comparison in placed.condition.comparisons:
            fault = _mismatch(plan, comparison)
            if fault is not None:
                yield diagnose("GP395", plan.span(*placed.path), fault[0], help=fault[1])
                break


class _UnfitError(Exception):
    """What makes two amounts no match, and the cure."""


def _mismatch(plan: PlanFile, comparison: Comparison) -> tuple[str, str] | None:
    for side in (comparison.left, comparison.right):
        for each in references(side):
            fault = _without(plan, each)
            if fault is not None:
                return fault
    if not any(True for side in (comparison.left, comparison.right) for _ in references(side)):
        return msg("two numbers are compared, which says nothing of anybody"), msg(
            "name what is compared: an indicator, or a column of results"
        )
    try:
        _alike(_kind(plan, comparison.left), _kind(plan, comparison.right))
    except _UnfitError as error:
        return error.args[0], error.args[1]
    return None


def _without(plan: PlanFile, each: Reference) -> tuple[str, str] | None:
    """Say that an indicator has not what is asked of it."""
    named = indicators_named(plan, each.name) if each.subject is Subject.NAMED else []
    if len(named) != 1:
        return None
    indicator = named[0].indicator
    if each.fact is Fact.ATTAINMENT and not has_attainment(indicator):
        said = msg("`{indicator}` has no attainment: it has no target above 0 that its actual is to reach", indicator=indicator.name)
        return said, msg("write {name}.得分, or compare its actual: {name} < …", name=each.name)
    if each.fact in (None, Fact.ACTUAL) and not has_actual(plan, indicator):
        return (
            msg("the actual of `{indicator}` is a level, or given by raters", indicator=indicator.name),
            msg("write {name}.得分", name=each.name),
        )
    return None


_Kind = Unit | str
"""How an amount is measured: in a unit, as a plain number (`number`), or as a quotient, which is both that and a share (`quotient`)."""
_NUMBER, _QUOTIENT = "number", "quotient"
_PERCENT = Unit(parse_plan_unit("%").factor, SHARE, "%")
_POINTS = parse_plan_unit("分")


def _kind(plan: PlanFile, amount: Amount) -> _Kind:
    """Return how an amount is measured."""
    if isinstance(amount, Literal):
        return _PERCENT if amount.percent else _NUMBER
    if isinstance(amount, Reference):
        return _measured(plan, amount)
    return _computed(amount, [_kind(plan, part) for part in amount.parts])


def _computed(amount: Operation, kinds: list[_Kind]) -> _Kind:
    first, *others = kinds
    if amount.sign not in ("*", "/"):
        for other in others:
            first = _alike(first, other)
        return first
    second = others[0]
    plain = (_NUMBER, _QUOTIENT, _PERCENT)
    if amount.sign == "*":
        return second if first in plain else first if second in plain else _NUMBER
    if second in (_NUMBER, _QUOTIENT):
        return first
    return _QUOTIENT if first == second else _NUMBER


def _alike(one: _Kind, other: _Kind) -> _Kind:
    """Return how two amounts are measured that are compared or added."""
    if one == other:
        return one
    for kind, against in ((one, other), (other, one)):
        if kind == _QUOTIENT and (against in (_NUMBER, _PERCENT)):
            return against
        if kind in (_NUMBER, _QUOTIENT) and isinstance(against, Unit) and against.base != SHARE:
            return against
    if isinstance(one, Unit) and isinstance(other, Unit) and one.same(other):
        return one
    raise _UnfitError(msg("{one} and {other} are compared or added", one=_called(one), other=_called(other)), _cure(one, other))


def _called(kind: _Kind) -> str:
    if isinstance(kind, Unit):
        return msg("a percentage") if kind.base == SHARE else msg("an amount in {unit}", unit=kind.text)
    return msg("a number without a percent sign") if kind == _NUMBER else msg("a quotient")


def _cure(one: _Kind, other: _Kind) -> str:
    kinds = [kind for kind in (one, other) if isinstance(kind, Unit)]
    if any(kind.base == "百分点" for kind in kinds):
        return msg("percentage points are written as plain numbers: 2, not 2%")
    if any(kind.base == SHARE for kind in kinds) and _NUMBER in (one, other):
        return msg(
            "write a percentage (80%); "
            "list a column that holds percentages under `inputs` (原始数据) of the plan: {name: 出勤率, unit: '%'}"
        )
    if any(kind.base == SHARE for kind in kinds):
        return msg("compare the amount with a plain number in its unit; or the attainment (.完成率) with a percentage")
    return msg("compare amounts in the same unit")


def _measured(plan: PlanFile, each: Reference) -> _Kind:
    """Return how something that results say is measured."""
    if each.fact is Fact.ATTAINMENT:
        return _PERCENT
    if each.fact is Fact.SCORE or each.subject is Subject.TOTAL:
        return _POINTS
    named = indicators_named(plan, each.name)
    if len(named) == 1:
        return _of_indicator(named[0])
    stated = {fold(given.name): given.unit for given in plan.plan.inputs}
    for placed in plan.indicators:
        stated |= {fold(given.name): given.unit for given in placed.indicator.inputs}
    unit = stated.get(fold(each.name))
    return _of_unit(unit)


def _of_indicator(placed: PlacedIndicator) -> _Kind:
    indicator = placed.indicator
    if isinstance(indicator.method.accepts, Judged | Totals):
        return _POINTS
    if in_percent(indicator):
        return _PERCENT
    if indicator.unit is None and in_percent(indicator) is None and not isinstance(indicator.method.accepts, Counts):
        message = msg("an amount without a unit, `{indicator}`, and another amount are compared or added", indicator=indicator.name)
        raise _UnfitError(message, msg("add `unit:` (单位) to the indicator `{indicator}`", indicator=indicator.name))
    return _of_unit(indicator.unit)


def _of_unit(stated: str | None) -> _Kind:
    if stated is None:
        return _NUMBER
    unit = parse_plan_unit(stated)
    return _PERCENT if unit.base == SHARE else unit
