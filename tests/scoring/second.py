"""A second implementation of scoring, written from the domain page and the plan's keys alone, for comparison with the first.

It shares nothing with `genplan/scoring` but the models it reads: no code, no shape. It is slow and plain on purpose. The steps are
numbered as they stand in the domain page: method, indicator cap, weighted sum, bonus and deduction, veto, total bounds, rounding, grade,
grade ceiling, coefficient.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from genplan.people.model import PersonResult, Rating
from genplan.plan.model import Bounds, Grade, Indicator, Plan, RaterInGroup, Weight
from genplan.source.quantity import Quantity

ONE = Fraction(1)
ZERO = Fraction(0)


@dataclass(frozen=True)
class Second:
    """What comes out for one person. `scores` holds None for an indicator left out, `parts` what each counts for."""

    exact: Fraction
    rounded: Fraction
    grade: str | None
    coefficient: Fraction | None
    scores: dict[str, Fraction | None]
    parts: dict[str, Fraction]
    final: tuple[Fraction, str | None, Fraction | None]
    """The total, grade and coefficient that count after a calibration."""


class Refused(Exception):  # noqa: N818 - a verdict, not a fault
    """There is no score, and there must not be one."""


Sum = tuple[Fraction, Fraction, Fraction, dict[str, Fraction | None], dict[str, Fraction]]
"""A total before rounding, after, and as calibrated; the scores, and what each counts for."""


def second_opinions(plan: Plan, people: Sequence[PersonResult]) -> list[Second | None]:
    """Score people of one period who have one record each; None where there is no total or grade, and there must not be one."""
    sums = [_refusing(_sum, plan, person) for person in people]
    if any(grade.top is not None for grade in plan.grades) and None in sums:
        return [None for _ in people]
    computed = [(person, each[1]) for person, each in zip(people, sums, strict=True) if each]
    final = [(person, each[2]) for person, each in zip(people, sums, strict=True) if each]
    return [
        None if each is None else _refusing(_graded, plan, person, each, computed, final) for person, each in zip(people, sums, strict=True)
    ]


def _refusing(function, *arguments):
    try:
        return function(*arguments)
    except Refused:
        return None


def _agreed(plan: Plan, person: PersonResult) -> Plan:
    """Write what a person has of their own into the plan. Weights come as shares, and are written as the plan writes weights."""
    per_cent = any(w.percent for w in _written_weights(plan))
    in_hundred = 1 if _in_fractions(plan) else 100

    def agreed(indicator: Indicator) -> Indicator:
        own = {name: given.value for name, given in person.own.get(_key(indicator), {}).items() if name != "own indicator"}
        if "weight" in own:
            own["weight"] = Weight(own["weight"].value * in_hundred, per_cent)
        if "points" in own:
            own["points"] = own["points"].value
        return indicator.model_copy(update=own)

    def kept(indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
        return tuple(agreed(i) for i in indicators if i.own == "no" or "own indicator" in person.own.get(_key(i), {}))

    dimensions = tuple(d.model_copy(update={"indicators": kept(d.indicators)}) for d in plan.dimensions)
    return plan.model_copy(update={"indicators": kept(plan.indicators), "dimensions": dimensions})


Totals = Sequence[tuple[PersonResult, Fraction]]


def _graded(plan: Plan, person: PersonResult, summed: Sum, computed: Totals, final: Totals) -> Second:
    exact, rounded, calibrated, scores, parts = summed
    # 8. and 9. the grade
    grade = _grade(plan, rounded, scores, person, computed)
    # 10. the coefficient
    coefficient = _coefficient(plan, person, grade)
    # 11. the calibration
    last = _grade(plan, calibrated, scores, person, final)
    given = person.calibration
    if given is not None and given.grade is not None:
        last = next(each for each in plan.grades if each.name == given.grade)
    changed = (calibrated, last and last.name) != (rounded, grade and grade.name)
    if changed and given is not None and not (given.by and given.reason):
        raise Refused("no grounds")
    counts = (calibrated, last.name if last else None, _coefficient(plan, person, last))
    return Second(exact, rounded, grade.name if grade else None, coefficient, scores, parts, counts)


def _calibrated(plan: Plan, person: PersonResult, rounded: Fraction) -> Fraction:
    if person.calibration is None or person.calibration.total is None:
        return rounded
    total = Fraction(person.calibration.total)
    too_fine = (total * 10**plan.rounding.places).denominator != 1
    if too_fine or _bounded(total, plan.total) != total:
        raise Refused("no such total")
    if plan.grades and all(grade.from_ is not None and grade.top is None for grade in plan.grades):
        tops = [grade.to for grade in plan.grades if grade.from_ == max(each.from_ for each in plan.grades) and grade.to is not None]
        if total < min(grade.from_ for grade in plan.grades) or any(total > top for top in tops):
            raise Refused("outside all grades")
    return total


def _sum(plan: Plan, person: PersonResult) -> Sum:
    if person.unusable:
        raise Refused(person.unusable)
    places = [_key(i) for i in _all(plan)]
    plan = _agreed(plan, person) if person.own else plan
    everything = _indicators(plan)
    if not any(member.weight or member.points for member in (*plan.dimensions, *(i for i, _ in everything))):
        raise Refused("nothing is weighed")
    scores = {_key(i): _indicator_score(plan, i, person) for i, _ in everything}
    # 2a. scores that others limit
    scores |= {_key(i): _limited(plan, i, person, scores) for i, _ in everything if i.cap_by and scores[_key(i)] is not None}
    counted = {_key(i): part for i, part in everything if scores[_key(i)] is not None}
    whole = sum(counted.values(), ZERO)
    if whole == 0:
        raise Refused("nothing to score")
    given = sum((part for _, part in everything), ZERO)
    # 3a. what a score is multiplied by: its part; in points, that of its dimension, or nothing
    parts = {_key(i): counted.get(_key(i), ZERO) * given / whole for i, _ in everything}
    for i, _ in everything:
        if i.points is not None:
            parts[_key(i)] *= _points_beside(plan, i) / Fraction(i.points)
    # 3. the weighted sum
    total = sum((score * parts[key] for key, score in scores.items() if score is not None), ZERO)
    # 4. and 5. bonus and deduction, and vetoes
    total = _vetoed(plan, person, scores, _with_items(plan, person, total))
    # 6. bounds of the total
    total = _bounded(total, plan.total)
    # 7. rounding
    rounded = _rounded(total, plan.rounding.places, plan.rounding.mode)
    if plan.distribution is not None and plan.distribution.by == "group" and not person.group:
        raise Refused("in no group")
    calibrated = _calibrated(plan, person, rounded)
    for ceiling in plan.ceilings:
        for each in (rounded, calibrated):
            _holds(ceiling.when.text, plan, person, scores, each)
    # what the person has not in a place for an indicator of their own
    left_out = [key for key in places if key not in scores]
    return total, rounded, calibrated, scores | dict.fromkeys(left_out), parts | dict.fromkeys(left_out, ZERO)


def _with_items(plan: Plan, person: PersonResult, total: Fraction) -> Fraction:
    for sign, items in ((1, plan.bonuses), (-1, plan.deductions)):
        for item in items:
            entered = person.items.get(item.name)
            points = Fraction(item.points) * _number(entered.value) if entered else ZERO
            if item.cap is not None and points > Fraction(item.cap):
                points = Fraction(item.cap)
            total += sign * points
    return total


def _vetoed(plan: Plan, person: PersonResult, scores: dict[str, Fraction | None], total: Fraction) -> Fraction:
    for veto in plan.vetoes:
        if _holds(veto.when.text, plan, person, scores) if veto.when else veto.name in person.vetoes:
            total = ZERO if veto.effect == "zero" else min(total, Fraction(veto.cap))
    return total


def _key(indicator: Indicator) -> str:
    return indicator.id or indicator.name


def _number(value: Quantity | str) -> Fraction:
    if not isinstance(value, Quantity):
        raise TypeError(value)
    return Fraction(value.value)


# Weights


def _points_beside(plan: Plan, indicator: Indicator) -> Fraction:
    """Give the points of the whole form; of the dimension where that has a weight."""
    groups = [d.indicators for d in plan.dimensions if d.weight and indicator in d.indicators] or [_all(plan)]
    return sum((Fraction(i.points) for i in groups[0]), ZERO)


def _all(plan: Plan) -> list[Indicator]:
    return [*plan.indicators, *(i for d in plan.dimensions for i in d.indicators)]


def _indicators(plan: Plan) -> list[tuple[Indicator, Fraction]]:
    if plan.weights == "points":
        whole = sum((Fraction(i.points) for i in _all(plan)), ZERO)
        return [(i, Fraction(i.points) / whole) for i in _all(plan)]
    if not plan.dimensions:
        return list(zip(plan.indicators, _shares(plan, [i.weight for i in plan.indicators]), strict=True))
    found = []
    for dimension, outer in zip(plan.dimensions, _shares(plan, [d.weight for d in plan.dimensions]), strict=True):
        pointed = [Fraction(i.points) / 100 for i in dimension.indicators if i.points is not None]
        for indicator, inner in zip(dimension.indicators, pointed or _shares(plan, [i.weight for i in dimension.indicators]), strict=True):
            found.append((indicator, outer * inner))
    return found


def _shares(plan: Plan, weights: Sequence[Weight | None]) -> list[Fraction]:
    written = [w for w in weights if w is not None]
    if not written:
        return [ONE / len(weights) for _ in weights]
    numbers = [Fraction(w.number) for w in written]
    if plan.weights == "normalize":
        return [n / sum(numbers) for n in numbers]
    return [n if _in_fractions(plan) else n / 100 for n in numbers]


def _in_fractions(plan: Plan) -> bool:
    """Tell whether the plan writes 0.3, and not 30 or 30 %."""
    return not any(w.percent or w.number > 1 for w in _written_weights(plan))


def _written_weights(plan: Plan) -> list[Weight]:
    groups = [
        plan.raters,
        *(entry.members for entry in plan.raters),
        plan.dimensions,
        plan.indicators,
        *(d.indicators for d in plan.dimensions),
    ]
    return [member.weight for group in groups for member in group if member.weight is not None]


# 1. and 2. an indicator's score


def _indicator_score(plan: Plan, indicator: Indicator, person: PersonResult) -> Fraction | None:
    key = _key(indicator)
    if _heard(plan, person.ratings.get(key, ())):
        return _bounded(_rated(plan, indicator, person.ratings[key]), indicator.bounds)
    if indicator.scoring is not None and indicator.scoring.TAG == "items" and _counts(indicator, person):
        return _bounded(_items(indicator, _counts(indicator, person)), indicator.bounds)
    if key in person.actuals:
        actual = person.actuals[key]
        value = actual.exact if actual.exact is not None else actual.value
        if indicator.scoring is not None and indicator.scoring.TAG == "two-way":
            return _bounded(_two_way(plan, indicator, person), indicator.bounds)
        return _bounded(_by_method(indicator, value), indicator.bounds)
    if plan.missing == "error":
        raise Refused(key)
    return None if plan.missing == "exclude" else ZERO


def _heard(plan: Plan, ratings: Sequence[Rating]) -> bool:
    """Tell whether somebody rated whose score counts."""
    counts = [m.counts != "no" and e.counts != "no" for e in plan.raters for m in (e.members or [e])]
    return any(counts[rating.rater] for rating in ratings)


def _bounded(number: Fraction, bounds: Bounds) -> Fraction:
    if bounds.maximum is not None:
        number = min(number, Fraction(bounds.maximum))
    if bounds.minimum is not None:
        number = max(number, Fraction(bounds.minimum))
    return number


def _rated(plan: Plan, indicator: Indicator, ratings: Sequence[Rating]) -> Fraction | None:
    """Give the mean of the groups of raters by their weights, each the mean of its members by theirs; None where nobody is there."""
    places = iter(range(len(ratings) + 1000))
    groups = []
    for entry in plan.raters:
        members = [(member, next(places)) for member in (entry.members or [entry])]
        if entry.counts != "no":
            groups.append(
                [(member, _of_rater(plan, indicator, member, place, ratings)) for member, place in members if member.counts != "no"]
            )
    weights = _shares(plan, [entry.weight for entry in plan.raters if entry.counts != "no"])
    return _mean([(weight, _mean_of_members(plan, members)) for weight, members in zip(weights, groups, strict=True)])


def _mean_of_members(plan: Plan, members) -> Fraction | None:
    weights = _shares(plan, [member.weight for member, _ in members]) if len(members) > 1 else [ONE]
    return _mean([(weight, score) for weight, (_, score) in zip(weights, members, strict=True)])


def _mean(scores: Sequence[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    there = [(weight, score) for weight, score in scores if score is not None]
    return sum((w * s for w, s in there), ZERO) / sum((w for w, _ in there), ZERO) if there else None


def _of_rater(plan: Plan, indicator: Indicator, rater: RaterInGroup, place: int, ratings: Sequence[Rating]) -> Fraction | None:
    given = [rating for rating in ratings if rating.rater == place]
    scores = sorted(score for rating in given for score in [_by_method(indicator, rating.actual.value)] * (rating.votes or 1))
    if rater.trim is not None and len(scores) >= rater.trim:
        scores = scores[1:-1]
    if scores:
        return sum(scores, ZERO) / len(scores)
    if plan.missing == "error":
        raise Refused("a rater gave nothing")
    return ZERO if plan.missing == "zero" else None


def _by_method(indicator: Indicator, actual: Quantity | str | Fraction) -> Fraction:
    rule = indicator.scoring
    if rule is not None and rule.TAG == "rubric" and isinstance(actual, str):
        return {level.name: _marks(level.score, indicator) for level in rule.levels}[actual]
    number = actual if isinstance(actual, Fraction) else _number(actual)
    if rule is None or rule.TAG == "rubric":
        return number
    return _METHODS[rule.TAG](rule, number, indicator)


def _full_marks(indicator: Indicator) -> Fraction:
    return Fraction(100) if indicator.points is None else Fraction(indicator.points)


def _said(rule, key: str, indicator: Indicator) -> Fraction:
    return Fraction(getattr(rule, key)) if key in rule.model_fields_set else _full_marks(indicator)


def _marks(marks: Quantity, indicator: Indicator) -> Fraction:
    return Fraction(marks.value) * (_full_marks(indicator) if marks.percent else 1)


def _counts(indicator: Indicator, person: PersonResult) -> dict[str, Fraction]:
    names = [each.name for each in (*indicator.scoring.deductions, *indicator.scoring.bonuses)]
    return {name: _number(person.items[name].value) for name in names if name in person.items}


def _items(indicator: Indicator, counts: dict[str, Fraction]) -> Fraction:
    rule = indicator.scoring
    points = _said(rule, "base", indicator)
    for sign, listed in ((-1, rule.deductions), (1, rule.bonuses)):
        for each in listed:
            worth = counts.get(each.name, ZERO) * Fraction(each.points)
            points += sign * (worth if each.cap is None or worth < each.cap else Fraction(each.cap))
    return max(Fraction(rule.minimum), min(_said(rule, "maximum", indicator), points))


def _direct(_rule, actual: Fraction, _indicator: Indicator) -> Fraction:
    return actual


def _rolled_up(rule, actual: Fraction, indicator: Indicator) -> Fraction:
    return actual / Fraction(rule.out_of) * _said(rule, "full", indicator)


def mean_of_totals(rule, totals: Sequence[Fraction | None]) -> Fraction:
    """Sum up the totals of the periods that a rule lists; None where there is none."""
    weights = [ONE if each.weight is None else Fraction(each.weight) for each in rule.periods]
    if rule.missing == "error" and any(total is None for total in totals):
        raise Refused("a total is missing")
    heard = [(total, weight) for total, weight in zip(totals, weights, strict=True) if total is not None]
    counted = sum(weights) if rule.missing == "zero" else sum(weight for _, weight in heard)
    if counted == 0:
        raise Refused("nothing counts")
    return sum((total * weight for total, weight in heard), ZERO) / counted


def _attained(rule, attainment: Fraction, indicator: Indicator) -> Fraction:
    if rule.floor is not None and attainment < Fraction(rule.floor):
        return ZERO
    if rule.cap is not None and attainment > Fraction(rule.cap):
        attainment = Fraction(rule.cap)
    return attainment * _said(rule, "full", indicator)


def _ratio(rule, actual: Fraction, indicator: Indicator) -> Fraction:
    return _attained(rule, actual / _number(indicator.target), indicator)


def _inverse_ratio(rule, actual: Fraction, indicator: Indicator) -> Fraction:
    target = _number(indicator.target)
    if rule.variant == "two-minus-ratio":
        # The page gives the formula no lower end; like a deduction it is "not below zero".
        return _attained(rule, max(2 - actual / target, ZERO), indicator)
    return Fraction(rule.when_zero) if actual == 0 else _attained(rule, target / actual, indicator)


def _tiers(rule, actual: Fraction, indicator: Indicator) -> Fraction:
    walls = [_number(tier.to) for tier in rule.tiers[:-1]]
    behind = [wall for wall in walls if wall < actual or (wall == actual and rule.inclusive == "lower")]
    return _marks(rule.tiers[len(behind)].points, indicator)


def _two_way(plan: Plan, indicator: Indicator, person: PersonResult) -> Fraction:
    """Look the score up in the row of the actual or attainment, and the column of the other number."""
    rule = indicator.scoring
    own = _fact(indicator, "完成率" if rule.rows_by == "attainment" else "", person, {})
    other = _subject(rule.by.name + (".完成率" if rule.by.attainment else ""), plan, person, {}, ZERO)
    if other is None:
        raise Refused("no column")

    def place(number: Fraction, bands) -> int:
        walls = [_number(band.to) for band in bands[:-1]]
        return sum(1 for wall in walls if number > wall or (number == wall and rule.inclusive == "lower"))

    return _marks(rule.scores[place(own, rule.rows)][place(other, rule.columns)], indicator)


def _interpolation(rule, actual: Fraction, indicator: Indicator) -> Fraction:
    if rule.points:
        known = {_number(p.at): _marks(p.score, indicator) for p in rule.points}
    else:
        marks = ((indicator.threshold, "0"), (indicator.target, "1"), (indicator.stretch, "1.2"))
        known = {_number(at): Fraction(part) * _full_marks(indicator) for at, part in marks if isinstance(at, Quantity)}
    if rule.floor is not None:
        rising = known[max(known)] > known[min(known)]
        floor = _number(rule.floor)
        if (actual < floor) if rising else (actual > floor):
            return ZERO
    if actual in known:
        return known[actual]
    left = [at for at in known if at < actual]
    right = [at for at in known if at > actual]
    if not left or not right:
        return known[min(right) if right else max(left)]
    a, b = max(left), min(right)
    return (known[a] * (b - actual) + known[b] * (actual - a)) / (b - a)


def _per_unit(rule, actual: Fraction, indicator: Indicator) -> Fraction:
    target = _number(indicator.target)
    step = _number(rule.per) * (target if rule.per.percent else 1)
    steps = abs(actual - target) / step
    if rule.steps == "whole":
        steps = Fraction(steps.numerator // steps.denominator)
    points = min(steps * Fraction(rule.points), Fraction(rule.limit))
    gained = (actual > target) == ((rule.polarity or indicator.polarity or "higher") == "higher")
    return _said(rule, "base", indicator) + (points if gained else -points)


def _deduction(rule, actual: Fraction, indicator: Indicator) -> Fraction:
    return max(_said(rule, "full", indicator) - actual * Fraction(rule.points), Fraction(rule.minimum))


def _pass_fail(rule, actual: Fraction, indicator: Indicator) -> Fraction:
    target = _number(indicator.target)
    met = actual >= target if (rule.polarity or indicator.polarity) == "higher" else actual <= target
    return _said(rule, "full", indicator) if met else ZERO


_METHODS = {
    "direct": _direct,
    "ratio": _ratio,
    "inverse-ratio": _inverse_ratio,
    "tiers": _tiers,
    "interpolation": _interpolation,
    "per-unit": _per_unit,
    "deduction": _deduction,
    "pass-fail": _pass_fail,
    "roll-up": _rolled_up,
}


# After the total


def _rounded(number: Fraction, places: int, mode: str) -> Fraction:
    """Round the magnitude: with halves, the sign makes no difference."""
    unit = Fraction(1, 10**places)
    units = abs(number) // unit
    rest = abs(number) - units * unit
    up = {"down": False, "half-up": 2 * rest >= unit, "half-even": 2 * rest > unit or (2 * rest == unit and units % 2 == 1)}[mode]
    size = (units + 1 if up else units) * unit
    return -size if number < 0 else size


def _in_the_top(plan: Plan, grade: Grade, person: PersonResult, total: Fraction, totals: Totals) -> bool:
    """Tell whether a person is among the best of the group: so many are let in that the share, rounded, holds them."""
    if grade.top is None:
        return True
    key = {"plan": lambda _: "", "department": lambda p: p.department or plan.department, "group": lambda p: p.group}[plan.distribution.by]
    mates = sorted((each for other, each in totals if key(other) == key(person)), reverse=True)
    exact = Fraction(grade.top) * len(mates)
    whole = exact.numerator // exact.denominator
    up = {"down": False, "half-up": 2 * (exact - whole) >= 1, "up": exact > whole}[plan.distribution.rounding]
    places = whole + 1 if up else whole
    if plan.distribution.ties == "in":
        return places > 0 and total >= mates[min(places, len(mates)) - 1]
    return places >= len(mates) or total > mates[places]


def _grade(plan: Plan, total: Fraction, scores: dict[str, Fraction | None], person: PersonResult, totals: Totals) -> Grade | None:
    as_written = any(grade.top is not None or grade.when is not None for grade in plan.grades)
    best_first = list(plan.grades) if as_written else sorted(plan.grades, key=lambda g: g.from_, reverse=True)
    if not best_first:
        return None
    top = best_first[0]
    reached = [
        place
        for place, grade in enumerate(best_first)
        if (grade.from_ is None or total >= Fraction(grade.from_))
        and _in_the_top(plan, grade, person, total, totals)
        and (grade.when is None or any(all(_says(plan, part, person) for part in way.split("且")) for way in grade.when.split("或")))
    ]
    if not reached or (top.to is not None and total > Fraction(top.to)):
        raise Refused("no grade for this total")
    place = reached[0]
    names = [grade.name for grade in best_first]
    for ceiling in plan.ceilings:
        if _holds(ceiling.when.text, plan, person, scores, total):
            place = max(place, names.index(ceiling.grade))
    return best_first[place]


# Conditions, read from their text


def _holds(text: str, plan: Plan, person: PersonResult, scores: dict[str, Fraction | None], total: Fraction = ZERO) -> bool:
    """Decide a condition without brackets; refuse where what is unknown could matter."""
    said = _said_of(text, plan, person, scores, total)
    if said == {True, False}:
        raise Refused(f"undecided: {text}")
    return said == {True}


def _said_of(text, plan, person, scores, total) -> set[bool]:
    """List what a condition may come to: one of the two, or both."""
    for word, combine in ((" or ", any), (" and ", all)):
        if word in text:
            parts = [_said_of(part, plan, person, scores, total) for part in text.split(word)]
            return {combine(each) for each in itertools.product(*parts)}
    if text.startswith("not "):
        return {not each for each in _said_of(text[4:], plan, person, scores, total)}
    name, sign, limit = text.rsplit(" ", 2)
    limit = Fraction(limit.rstrip("%")) / (100 if limit.endswith("%") else 1)
    if name.startswith("任一指标"):
        fact = name.removeprefix("任一指标")
        values = [_fact(i, fact, person, scores) for i in _of_any(plan, person, fact) if scores[_key(i)] is not None]
        found = [_compares(value, sign, limit) for value in values]
        return {any(each) for each in itertools.product(*found)} if found else {True, False}
    return _compares(_subject(name, plan, person, scores, total), sign, limit)


def _subject(name, plan, person, scores, total) -> Fraction | None:
    subject, _, fact = name.partition(".")
    if subject == "总分":
        return total
    indicator = next((i for i in _all(_agreed(plan, person)) if i.name == subject), None)
    if indicator is not None:
        return _fact(indicator, fact, person, scores)
    if any(item.name == subject for item in (*plan.bonuses, *plan.deductions)):
        return _number(person.items[subject].value) if subject in person.items else ZERO
    return _number(person.figures[subject].value) if subject in person.figures else None


def _limited(plan: Plan, indicator: Indicator, person: PersonResult, scores: dict[str, Fraction | None]) -> Fraction:
    other = next(i for i in _all(plan) if i.name == indicator.cap_by.name)
    known = _fact(other, {"score": "得分", "attainment": "完成率"}[indicator.cap_by.fact], person, scores)
    if known is None:
        raise Refused("unknown limit")
    share = known if indicator.cap_by.fact == "attainment" else known / _full_marks(other)
    return min(scores[_key(indicator)], max(share * _full_marks(indicator), Fraction(indicator.bounds.minimum or 0)))


def _compares(value: Fraction | None, sign: str, limit: Fraction) -> set[bool]:
    if value is None:
        return {True, False}
    return {{"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit, "=": value == limit}[sign]}


def _of_any(plan: Plan, person: PersonResult, fact: str) -> list[Indicator]:
    return [i for i in _all(_agreed(plan, person)) if fact == "得分" or _is_attainable(i)]


def _is_attainable(indicator: Indicator) -> bool:
    """Tell whether there is a target that is above 0 and that higher actuals reach; or that an inverse ratio divides by."""
    target, rule = indicator.target, indicator.scoring
    if not isinstance(target, Quantity) or target.value <= 0:
        return False
    rising = {
        "ratio": lambda: True,
        "inverse-ratio": lambda: True,
        "per-unit": lambda: (rule.polarity or indicator.polarity) != "lower",
        "pass-fail": lambda: (rule.polarity or indicator.polarity) != "lower",
        "two-way": lambda: indicator.polarity != "lower",
        "interpolation": lambda: indicator.threshold.value < target.value if not rule.points else _rises(indicator),
    }
    return rising.get(rule.TAG, lambda: False)()


def _rises(indicator: Indicator) -> bool:
    first, last = indicator.scoring.points[0], indicator.scoring.points[-1]
    low, high = _marks(first.score, indicator), _marks(last.score, indicator)
    return low == high or (first.at.value < last.at.value) == (low < high)


def _fact(indicator: Indicator, fact: str, person: PersonResult, scores: dict[str, Fraction | None]) -> Fraction | None:
    given = person.actuals.get(_key(indicator))
    if fact == "得分":
        return scores[_key(indicator)]
    if given is None:
        return None
    actual = given.exact if given.exact is not None else _number(given.value)
    return _attainment(indicator, actual) if fact == "完成率" else actual


def _attainment(indicator: Indicator, actual: Fraction) -> Fraction:
    target, rule = _number(indicator.target), indicator.scoring
    if rule.TAG != "inverse-ratio":
        return actual / target
    if rule.variant == "two-minus-ratio":
        return max(2 - actual / target, ZERO)
    if actual:
        return target / actual
    return Fraction(rule.cap) if rule.when_zero is None else Fraction(rule.when_zero) / _said(rule, "full", indicator)


def _says(plan: Plan, statement: str, person: PersonResult) -> bool:
    """Tell whether a statement such as 至少2项指标不低于合格 is true."""
    sign = next(sign for sign in ("不低于", "低于", "为") if sign in statement)
    subject, level = statement.split(sign)
    rubrics = [i for i in _all(plan) if i.scoring is not None and i.scoring.TAG == "rubric"]
    meant = [i for i in rubrics if i.name == subject] or rubrics
    verdicts = []
    for indicator in meant:
        if _key(indicator) in person.actuals:
            names = [each.name for each in indicator.scoring.levels]
            distance = names.index(person.actuals[_key(indicator)].value) - names.index(level)
            verdicts.append({"不低于": distance <= 0, "低于": distance > 0, "为": distance == 0}[sign])
    match subject.removesuffix("指标"):
        case "任一":
            return True in verdicts
        case "没有":
            return True not in verdicts
        case "半数以上":
            return verdicts.count(True) > verdicts.count(False)
        case "至少2项":
            return verdicts.count(True) >= 2
    return bool(verdicts) and False not in verdicts


def _coefficient(plan: Plan, person: PersonResult, grade: Grade | None) -> Fraction | None:
    if grade is None or grade.coefficient is None:
        return None
    if plan.proration != "coefficient" or person.presence is None:
        return Fraction(grade.coefficient)
    here = (person.presence.end - person.presence.start).days + 1
    all_days = (person.period.end - person.period.start).days + 1
    return Fraction(grade.coefficient) * here / all_days
