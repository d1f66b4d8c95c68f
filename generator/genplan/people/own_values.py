"""What was agreed with a person alone: their own targets, weights and points, and the plan as it stands with them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from genplan.diagnostics import Diagnostic, Outcome, Related, Severity, Span, diagnose
from genplan.messages import a_few, listing, msg
from genplan.methods.method import OWN_TARGET, Target
from genplan.people.column_words import COLUMN_WORDS
from genplan.people.measures import Measure
from genplan.people.model import Actual, Cell, PersonResult
from genplan.people.unit_conversion import Amount, read_amount
from genplan.people.vocabulary import OWN_AMOUNTS, WORDS, Field
from genplan.people.wording import quoted, shown
from genplan.plan.checks import points, scoring, weights
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Dimension, OwnName, Weight
from genplan.plan.units import Unit
from genplan.plan.weights import divisor, is_points_form, points_in, written_weights
from genplan.source.model import LONGEST_NAME
from genplan.source.quantity import EXACT, Quantity

Agreed: TypeAlias = Mapping[tuple[str, str], Mapping[tuple[str, str], Actual]]
"""By period and person: what they have of their own, by the key of the indicator and the name of the value."""
NOTHING_AGREED: Agreed = MappingProxyType({})

_WEIGHT, _POINTS, _NAME = Field.OWN_WEIGHT.value, Field.OWN_POINTS.value, Field.OWN_NAME.value
_HUNDRED = 100


def agreed_of(people: Iterable[PersonResult]) -> Agreed:
    """Give what people have of their own."""
    return {
        (person.period.id, person.id): {(key, name): value for key, values in person.own.items() for name, value in values.items()}
        for person in people
    }


def read_own(placed: PlacedIndicator, field: Field, measure: Measure, cell: Cell, unit: Unit | None) -> Outcome[Amount | None]:
    """Read a value that a person has of their own; `unit` is what its column or row states.

    Where nothing is computed from the target, it may be words. Finds GP406, GP407 and GP462 (what is wrong with any number), and GP436 (one
    that no decimal writes exactly, or a weight or points below 0). The name of an indicator of their own is text; finds GP650 (too long).
    """
    if field is Field.OWN_NAME:
        return _read_name(measure, cell)
    worded = placed.indicator.method.target is Target.UNUSED and field in OWN_AMOUNTS
    amount, diagnostics = read_amount(measure, cell, unit)
    if amount is None:
        return Outcome(Amount(Actual(cell.text, cell.text, cell.span)), []) if worded else Outcome(None, diagnostics)
    value = amount.actual.value
    assert isinstance(value, Quantity)  # words were no amount
    if amount.actual.exact is not None:
        message = msg("{value} of `{name}` cannot be written exactly as the plan measures it", value=shown(cell), name=measure.name)
        return Outcome(None, [diagnose("GP436", cell.span, message, help=msg("write {amount}", amount=measure.in_words))])
    if value.value < 0 and field not in OWN_AMOUNTS:
        message = msg("`{name}`: {value} is below 0", name=measure.name, value=shown(cell))
        return Outcome(None, [diagnose("GP436", cell.span, message, help=msg("write 0 or more"))])
    return Outcome(amount, diagnostics)


def _read_name(measure: Measure, cell: Cell) -> Outcome[Amount | None]:
    if len(cell.text) > LONGEST_NAME:
        message = msg(
            "`{name}` has {characters} characters, more than the {most} allowed",
            name=measure.name,
            characters=f"{len(cell.text):,}",
            most=f"{LONGEST_NAME:,}",
        )
        return Outcome(None, [diagnose("GP650", cell.span, message, help=msg("shorten it"))])
    return Outcome(Amount(Actual(cell.text, cell.text, cell.span)), [])


def with_own(placed: PlacedIndicator, own: Mapping[str, Actual]) -> PlacedIndicator:
    """Return an indicator with the name, amounts and points that a person has of their own; weights are for all of a group together."""
    values: dict[str, object] = {name: value.value for name, value in own.items() if name not in (_WEIGHT, _NAME)}
    if placed.indicator.is_own:
        values["own"] = OwnName(own[_NAME].text if _NAME in own else "")
    if isinstance(points_ := values.get(_POINTS), Quantity):
        values[_POINTS] = points_.value
    return replace(placed, indicator=placed.indicator.model_copy(update=values))


def own_plan(plan: PlanFile, person: PersonResult) -> PlanFile:
    """Return the plan as it stands for a person: with their own indicators, targets, weights and points.

    It is the plan itself where they have none.
    """
    if not person.own:
        return plan
    groups = [_own_group(plan, person, group) for group in plan.plan.groups]
    changed: dict[str, object] = {"dimensions": tuple(groups)} if plan.plan.dimensions else {"indicators": groups[0].indicators}
    return replace(plan, plan=plan.plan.model_copy(update=changed))


def _own_group(plan: PlanFile, person: PersonResult, group: Dimension) -> Dimension:
    placed = _members(plan, group)
    own = [person.own.get(each.key, {}) for each in placed]
    indicators = [with_own(each, values).indicator for each, values in zip(placed, own, strict=True)]
    kept = [values for each, values in zip(indicators, own, strict=True) if not each.is_left_out]
    if kept and all(_WEIGHT in values for values in kept):
        written = iter(_weights([values[_WEIGHT] for values in kept], plan))
        indicators = [each if each.is_left_out else each.model_copy(update={"weight": next(written)}) for each in indicators]
    return group.model_copy(update={"indicators": tuple(indicators)})


def _members(plan: PlanFile, group: Dimension) -> list[PlacedIndicator]:
    return [placed for placed in plan.indicators if placed.dimension is group or not group.name]


def _weights(own: Sequence[Actual], plan: PlanFile) -> list[Weight]:
    """Write a group's own weights as the plan writes weights, so that one divisor holds for all: 30 where it says 40, 30% where 40%."""
    numbers = [value.value for value in own if isinstance(value.value, Quantity)]
    hundredths = any(not number.percent and number.value > 1 for number in numbers)
    parts = [EXACT.divide(n.value, Decimal(_HUNDRED)) if hundredths and not n.percent else n.value for n in numbers]
    if divisor(plan.plan) == 1 and written_weights(plan.plan):
        return [Weight(part, percent=False) for part in parts]
    percent = any(weight.percent for weight in written_weights(plan.plan)) or not written_weights(plan.plan)
    return [Weight(EXACT.multiply(part, Decimal(_HUNDRED)), percent) for part in parts]


def join_agreed(person: PersonResult, goals: PersonResult | None) -> Outcome[PersonResult]:
    """Give a person with results what was agreed before. Finds GP437: results state another value."""
    if goals is None:
        return Outcome(person, [])
    diagnostics: list[Diagnostic] = []
    own: dict[str, Mapping[str, Actual]] = dict(goals.own)
    unusable = {*person.unusable, *goals.unusable}
    for key, values in person.own.items():
        agreed = goals.own.get(key, {})
        for name, value in values.items():
            before = agreed.get(name)
            if before is not None and before.value != value.value:
                column = COLUMN_WORDS[Field(name)]
                message = msg(
                    "`{key}（{column}）` of {person} is {value}, but {agreed} was agreed",
                    key=key,
                    column=column,
                    person=quoted(person.id),
                    value=quoted(value.text),
                    agreed=quoted(before.text),
                )
                related = [Related(before.span, msg("as agreed"))]
                advice = msg("correct the wrong one, or leave it out of the results")
                diagnostics.append(diagnose("GP437", value.span, message, help=advice, related=related))
                unusable.add(key)
        own[key] = {**values, **agreed}
    return Outcome(replace(person, own=own, unusable=frozenset(unusable)), diagnostics)


def check_own(plan: PlanFile, people: Iterable[PersonResult]) -> Outcome[tuple[PersonResult, ...]]:
    """Find what people lack or cannot have of their own; the indicators concerned become unusable.

    Finds GP357 and GP358 (indicators of their own that are not named, or in no place for them), GP435 (no target of their own where the
    plan has none for all), GP436 (a value that cannot be scored with) and GP438 (weights or points of some indicators of a group alone, or
    that make another sum).
    """
    left_to_people = any(placed.indicator.target == OWN_TARGET or placed.indicator.is_own for placed in plan.indicators)
    if not left_to_people and not any(person.own for person in people):
        return Outcome(tuple(people), [])
    usual = {(each.code, each.span) for each in _problems(plan)}
    checked: list[PersonResult] = []
    diagnostics: list[Diagnostic] = []
    for person in people:
        found = [*_unnamed(plan, person), *_named_for_all(plan, person)]
        found = found or [*_lacking(plan, person), *_unfit(plan, person, usual), *_incomplete(plan, person)]
        diagnostics += [problem for _, problem in found]
        keys = frozenset(key for key, _ in found)
        checked.append(replace(person, unusable=person.unusable | keys) if keys else person)
    return Outcome(tuple(checked), diagnostics)


Found: TypeAlias = tuple[str, Diagnostic]
"""The key of an indicator, and what is wrong."""


def has_indicator(placed: PlacedIndicator, person: PersonResult) -> bool:
    """Return whether a person has an indicator: all have those of the plan, and each those of their own that were agreed with them."""
    return not placed.indicator.is_own or _NAME in person.own.get(placed.key, {})


def _unnamed(plan: PlanFile, person: PersonResult) -> Iterator[Found]:
    """GP357: values in a place for an indicator of one's own that is not named, or no such indicator in a whole group."""
    column = WORDS[Field.OWN_NAME][0]
    advice = msg(
        "name it in a file of `goals:` (目标约定), in a column {column} beside 指标, or in the results in a column `{header}`",
        column=COLUMN_WORDS[Field.OWN_NAME],
    )
    lacking = [placed for placed in plan.indicators if not has_indicator(placed, person) and placed.key not in person.unusable]
    given = (person.own, person.actuals, person.ratings, person.inputs)
    filled = [placed for placed in lacking if any(placed.key in values for values in given)]
    for placed in filled:
        message = msg(
            "{person} has a value for `{key}`, but what was agreed with them there is not named", person=quoted(person.id), key=placed.key
        )
        yield placed.key, diagnose("GP357", person.span, message, help=advice.with_values(header=f"{placed.indicator.name}{column}"))
    for group in () if filled else plan.plan.groups:
        places = [placed for placed in _members(plan, group) if placed.indicator.is_own]
        if places and all(placed in lacking for placed in places):
            message = msg("{person} has no indicator of their own in {period}")
            if group.name:
                message = msg("{person} has no indicator of their own in dimension `{dimension}` in {period}").with_values(
                    dimension=group.name
                )
            message = message.with_values(person=quoted(person.id), period=person.period.id)
            header = f"{places[0].indicator.name}{column}"
            yield places[0].key, diagnose("GP357", person.span, message, help=advice.with_values(header=header))


def _named_for_all(plan: PlanFile, person: PersonResult) -> Iterator[Found]:
    """GP358: an own name for an indicator that the plan has for all."""
    for placed in plan.indicators:
        name = person.own.get(placed.key, {}).get(_NAME)
        if name is not None and not placed.indicator.is_own:
            message = msg(
                "`{key}` is the same indicator for everybody, but {person} has {name} there",
                key=placed.key,
                person=quoted(person.id),
                name=quoted(name.text),
            )
            advice = msg("remove it, or write `own: yes` (逐人约定: 是) for the indicator")
            yield placed.key, diagnose("GP358", name.span, message, help=advice)


def _lacking(plan: PlanFile, person: PersonResult) -> Iterator[Found]:
    """GP435."""
    for placed in plan.indicators:
        if not has_indicator(placed, person):
            continue
        if placed.indicator.target == OWN_TARGET and "target" not in person.own.get(placed.key, {}) and placed.key not in person.unusable:
            message = msg(
                "{person} has no target of their own for `{key}` in {period}, and the plan has none",
                person=quoted(person.id),
                key=placed.key,
                period=person.period.id,
            )
            advice = msg(
                "add it to a file of `goals:` (目标约定), or to the results in a column `{column}`; or state `target:` in the plan",
                column=f"{placed.indicator.name}目标值",
            )
            yield placed.key, diagnose("GP435", person.span, message, help=advice)


def _unfit(plan: PlanFile, person: PersonResult, usual: set[tuple[str, Span]]) -> Iterator[Found]:
    """GP436 and GP438: what the checks of plans say of the plan as it stands for a person, and not of the plan itself."""
    keys = {placed.path: placed.key for placed in plan.indicators}
    for problem in _problems(own_plan(plan, person)) if person.own else ():
        if (problem.code, problem.span) in usual or problem.severity is not Severity.ERROR:
            continue
        key = next((key for path, key in keys.items() if _stands_in(plan, path, problem)), None)
        code = "GP438" if problem.code in _SUMS else "GP436"
        place = _place(person, key, (_WEIGHT, _POINTS) if code == "GP438" else ())
        message = msg("with what {person} has of their own, {problem}", person=quoted(person.id), problem=problem.message)
        advice = msg("correct their own values") if code == "GP436" else msg("correct their own weights or points")
        if code == "GP438" and not all(has_indicator(placed, person) for placed in plan.indicators):
            advice = msg("give the indicators that they have weights of their own (权重), or points (分值), that add up")
        yield key or next(iter(person.own)), diagnose(code, place, message, help=advice)


_SUMS = frozenset({"GP301", "GP303", "GP372", "GP373"})


def _stands_in(plan: PlanFile, path: tuple[str | int, ...], problem: Diagnostic) -> bool:
    """Return whether a problem names the indicator, or stands in it."""
    inside = [plan.span(*path, key) for key in ("name", "scoring", "target", "weight", "points")]
    return problem.span in inside


def _problems(plan: PlanFile) -> list[Diagnostic]:
    checks = (
        *(weights.all_or_none, weights.sum_to_one),
        *(points.points_or_weights, points.points_add_up, points.scores_within_points),
        *(scoring.target_given, scoring.rules_hold),
    )
    return [problem for check in checks for problem in check(plan)]


def _place(person: PersonResult, key: str | None, names: Sequence[str]) -> Span:
    """Return where a value of the person's own for an indicator stands, one of `names` if there is any."""
    own = person.own.get(key, {}) if key else {}
    values = [own[name] for name in names if name in own] or list(own.values())
    return values[0].span if values else person.span


def _incomplete(plan: PlanFile, person: PersonResult) -> Iterator[Found]:
    """GP438: weights or points of some indicators of a group alone, or points that make another sum than the plan's."""
    for group in plan.plan.groups:
        members = [placed for placed in _members(plan, group) if has_indicator(placed, person)]
        for name in (_WEIGHT, _POINTS):
            having = [placed for placed in members if name in person.own.get(placed.key, {})]
            lacking = [placed for placed in members if placed not in having]
            if having and lacking:
                message = _IN_PART[name, bool(group.name)].with_values(
                    person=quoted(person.id),
                    column=COLUMN_WORDS[Field(name)],
                    dimension=group.name,
                    indicators=listing(f"`{placed.key}`" for placed in lacking),
                )
                advice = msg("give all indicators of the group one, or none")
                yield having[0].key, diagnose("GP438", person.own[having[0].key][name].span, message, help=advice)
    left_out = not all(has_indicator(placed, person) for placed in plan.indicators)
    if is_points_form(plan.plan) and (left_out or any(_POINTS in values for values in person.own.values())):
        before, after = (sum((points_in(group) for group in each.plan.groups), Fraction(0)) for each in (plan, own_plan(plan, person)))
        if before != after:
            key = next((key for key, values in person.own.items() if _POINTS in values), next(iter(person.own)))
            message = msg("the points that {person} has of their own make another sum than the plan's", person=quoted(person.id))
            if left_out:
                message = msg("the points of the indicators that {person} has make another sum than the plan's", person=quoted(person.id))
            yield key, diagnose("GP438", _place(person, key, (_POINTS,)), message, help=msg("make them the same sum"))


_IN_PART = {
    (_WEIGHT, False): msg("{person} has a weight of their own ({column}) for some indicators, but not for {indicators}"),
    (_WEIGHT, True): msg(
        "{person} has a weight of their own ({column}) for some indicators in dimension `{dimension}`, but not for {indicators}"
    ),
    (_POINTS, False): msg("{person} has points of their own ({column}) for some indicators, but not for {indicators}"),
    (_POINTS, True): msg(
        "{person} has points of their own ({column}) for some indicators in dimension `{dimension}`, but not for {indicators}"
    ),
}
"""By the kind of value, and whether it is about one of several dimensions."""


def check_awaited(plan: PlanFile, awaited: Iterable[PersonResult], people: Sequence[PersonResult]) -> list[Diagnostic]:
    """GP439: somebody with whom targets were agreed is missing in the results of the period."""
    periods = {person.period.id for person in people}
    absent = [person for person in awaited if person.period.id in periods]
    if not absent or not plan.plan.results:
        return []
    message = msg(
        "{people}: targets were agreed for {period}, but the results have no row",
        people=a_few([quoted(person.id) for person in absent], 5),
        period=absent[0].period.id,
    )
    return [diagnose("GP439", absent[0].span, message, help=msg("add a row, or remove the person from `goals` (目标约定)"))]
