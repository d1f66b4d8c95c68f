"""Linear interpolation (线性插值): a straight line between given points."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar, Literal

from genplan.messages import listing, msg
from genplan.methods.checks import shown
from genplan.methods.full_points import at_most_full, full_marks, points_of
from genplan.methods.method import (
    OWN_TARGET,
    Amounts,
    Cells,
    Example,
    Fault,
    IndicatorInfo,
    Limit,
    Method,
    Place,
    Scored,
    ScoreRange,
    Target,
    range_of,
)
from genplan.methods.parameters import Amount, Marks, Polarity, RuleModel
from genplan.methods.spreadsheet import chain, decisive, number
from genplan.methods.wording import Wording, amount, joined
from genplan.source.model import Annotated, Model, WithJsonSchema
from genplan.source.quantity import Quantity


class Point(Model):
    """The score for one actual."""

    at: Amount
    """The actual."""
    score: Marks
    """Its score, in points or as a percentage of the full marks: `12`, `80%`."""


class Interpolation(RuleModel):
    """The score follows a straight line between given points, and is constant beyond the outermost ones."""

    TAG: ClassVar[str] = "interpolation"
    LABEL: ClassVar[str] = "线性插值"
    method: Annotated[Literal["interpolation"], WithJsonSchema({"enum": ["interpolation", "线性插值"]})] = "interpolation"
    points: tuple[Point, ...] = ()
    """Two or more points; by default, the indicator's threshold scores 0, its target the full marks, and its stretch, if any, 120 %
    of them."""
    floor: Amount | None = None
    """An actual worse than this scores 0, whatever the line gives: below 60 % nothing, from there on a line."""


_STANDARD_SCORES = tuple(Quantity(Decimal(share), percent=True) for share in ("0", "1", "1.2"))
"""Scores for threshold, target and stretch if a rule gives no points."""


def _with_defaults(rule: Interpolation, indicator: IndicatorInfo) -> Interpolation:
    """Return the rule with all scores in points, adding points for the indicator's threshold, target and stretch if it has none."""
    pairs = [(point.at, point.score) for point in rule.points]
    if not pairs:
        pairs = list(zip((indicator.threshold, indicator.target, indicator.stretch), _STANDARD_SCORES, strict=True))
    points = (Point.model_construct(at=at, score=points_of(marks, indicator)) for at, marks in pairs if isinstance(at, Quantity))
    return rule.model_copy(update={"points": tuple(points)})


def score(actual: Fraction, _target: Fraction | None, rule: Interpolation) -> Scored:
    """Interpolate between two points: 80 → 0, 100 → 100, 120 → 120 gives 95 → 75 and 110 → 110; beyond the outermost points, their score.

    With falling actuals the lower is the better: 8 → 0, 5 → 100, 3 → 120 gives 6.5 → 50 and 4 → 110.
    """
    points = sorted(rule.points, key=lambda point: Fraction(point.at.value))
    first, last = points[0], points[-1]
    if rule.floor is not None and (actual - Fraction(rule.floor.value)) * (1 if _rises(rule) else -1) < 0:
        return Scored(Fraction(0), limit=Limit.FLOOR)
    if actual <= Fraction(first.at.value):
        return Scored(Fraction(first.score), limit=_edge(first, points, actual))
    if actual >= Fraction(last.at.value):
        return Scored(Fraction(last.score), limit=_edge(last, points, actual))
    low, high = next((a, b) for a, b in pairwise(points) if actual <= Fraction(b.at.value))
    start, end = Fraction(low.at.value), Fraction(high.at.value)
    part = (actual - start) / (end - start)
    return Scored(Fraction(low.score) + part * (Fraction(high.score) - Fraction(low.score)))


def _edge(point: Point, points: list[Point], actual: Fraction) -> Limit | None:
    if actual == Fraction(point.at.value):
        return None
    return Limit.CAP if point.score == max(p.score for p in points) else Limit.FLOOR


def _score_range(rule: Interpolation) -> ScoreRange:
    scores = [point.score for point in rule.points]
    return range_of(scores if rule.floor is None else [*scores, Decimal(0)])


def _full(rule: Interpolation, indicator: IndicatorInfo) -> Fraction:
    """Return the score for exactly meeting the target; the highest one if there is no numeric target."""
    if isinstance(indicator.target, Quantity):
        return score(Fraction(indicator.target.value), None, rule).score
    if not rule.points:
        return Fraction(full_marks(indicator))  # each person's own target scores them
    return at_most_full(indicator, *(point.score for point in rule.points))


def _rewards(rule: Interpolation) -> Polarity | None:
    match rule.points:
        case (first, *_, last) if first.at.value != last.at.value:
            rising = (first.at.value < last.at.value) == (first.score < last.score)
            return Polarity.HIGHER if rising else Polarity.LOWER
    return None


def _amounts(rule: Interpolation) -> Iterator[tuple[Place, Quantity]]:
    for index, point in enumerate(rule.points):
        yield ("points", index, "at"), point.at
    if rule.floor is not None:
        yield ("floor",), rule.floor


def _prorated(rule: Interpolation, part_of: Callable[[Quantity], Any]) -> Interpolation:
    points = tuple(point.model_copy(update={"at": part_of(point.at)}) for point in rule.points)
    return rule.model_copy(update={"points": points, "floor": rule.floor and part_of(rule.floor)})


def _floor_within_points(rule: Interpolation, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP336: the floor is between the outermost points, both included, so that it decides something and can be passed."""
    if rule.floor is None or not rule.points:
        return
    values = [point.at.value for point in rule.points]
    if not min(values) <= rule.floor.value <= max(values):
        message = msg("`floor` of `{indicator}` is {floor}, outside its points", indicator=indicator.name, floor=shown(rule.floor))
        fix = msg("write a value from {first} to {last}", first=shown(rule.points[0].at), last=shown(rule.points[-1].at))
        yield Fault("GP336", ("scoring", "floor"), message, fix)


def _points_in_order(rule: Interpolation, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP336: there are two or more points, whose actuals only rise or only fall."""
    written = isinstance(indicator.scoring, Interpolation) and bool(indicator.scoring.points)
    place: Place = ("scoring", "points") if written else ("scoring",)
    values = [point.at.value for point in rule.points]
    name = indicator.name
    if not written and indicator.target == OWN_TARGET:
        return  # each person's own points are checked when they are known
    if len(values) < 2:  # noqa: PLR2004 - a line needs two points
        cure = msg("give `points:`, or numbers for `threshold` (底线值) and `target` (目标值)")
        yield Fault("GP336", place, msg("`{name}` needs at least two points to interpolate between", name=name), cure, key=written)
    elif not (all(a < b for a, b in pairwise(values)) or all(a > b for a, b in pairwise(values))):
        template = (
            msg("the points of `{name}` are neither ascending nor descending: {points}")
            if written
            else msg("the threshold, target and stretch of `{name}` are neither ascending nor descending: {points}")
        )
        message = template.with_values(name=name, points=listing(shown(p.at) for p in rule.points))
        yield Fault("GP336", place, message, msg("write them in ascending or descending order; no two may be equal"), key=written)


def _describe(rule: Interpolation, _indicator: IndicatorInfo, wording: Wording) -> str:
    if len(rule.points) < 2:  # noqa: PLR2004 - each person has points of their own
        return wording.label("rule.interpolation_own")
    points = [wording.label("rule.point", at=amount(point.at, wording), score=wording.number(point.score)) for point in rule.points]
    line = wording.label("format.list").join(points) + wording.label("rule.interpolation")
    if rule.floor is None:
        return line
    side = "below" if _rises(rule) else "above"
    return joined(wording, line, wording.label(f"rule.floor_{side}", floor=amount(rule.floor, wording)))


def _rises(rule: Interpolation) -> bool:
    """Return whether a higher actual scores more."""
    first, *_, last = sorted(rule.points, key=lambda point: Fraction(point.at.value))
    return bool(first.score < last.score)


def _formula(cells: Cells, rule: Interpolation) -> str:
    """Interpolate between two points; beyond the outermost, use their score."""
    actual = cells.actual
    points = sorted(((Fraction(point.at.value), Fraction(point.score)) for point in rule.points), key=lambda point: point[0])
    (first_at, first), (last_at, last) = points[0], points[-1]
    cases = [(f"{actual}<={_plain(first_at)}", _plain(first)), (f"{actual}>={_plain(last_at)}", _plain(last))]
    for (start, low), (end, high) in pairwise(points):
        line = f"{_plain(low)}+({actual}-{_plain(start)})/{number(end - start)}*{number(high - low)}"
        cases.append((f"{actual}<={_plain(end)}", line))
    line = chain(cases[:-1], cases[-1][1])
    if rule.floor is None:
        return line
    return f"IF({decisive(actual)}{'<' if _rises(rule) else '>'}{_plain(Fraction(rule.floor.value))},0,{line})"


def _plain(value: Fraction) -> str:
    """Write a decimal as digits, since a division may not give the nearest binary number."""
    return number(Decimal(value.numerator) / Decimal(value.denominator))


METHOD = Method(
    parameters=Interpolation,
    accepts=Amounts(),
    target=Target.OPTIONAL,
    score=score,
    score_range=_score_range,
    full_points=_full,
    rewards=_rewards,
    opposite_advice=msg("swap the scores, or threshold and stretch"),
    checks=(_points_in_order, _floor_within_points),
    describe=_describe,
    formula=_formula,
    example=Example("threshold: 80, target: 100, stretch: 120, scoring: interpolation", actual="95", score="75", full="100"),
    amounts=_amounts,
    with_defaults=_with_defaults,
    prorated=_prorated,
    keys={"at": ("取值",)},
)
