"""Whether points forms add up, and whether scores fit into the points of their indicators."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from genplan.diagnostics import Diagnostic, Related, Span, diagnose
from genplan.messages import Message, msg
from genplan.methods.method import Totals
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Dimension
from genplan.plan.score_range import score_range
from genplan.plan.weights import has_points, is_points_form, points_in

_HUNDRED = Fraction(100)
_PLAIN_SUM = msg("declare `weights: points` (权重方式: 分值制) if the total is the plain sum of points")


def plain(number: Fraction) -> str:
    """Write a sum of points as messages do."""
    return f"{(Decimal(number.numerator) / Decimal(number.denominator)).normalize():f}"


def points_or_weights(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP372: the indicators of a plan, or of a weighted dimension, all have points, or none has; and those with points have no weight."""
    model = plan.plan
    if is_points_form(model):
        for index, group in enumerate(model.dimensions):
            if group.weight is not None:
                message = msg("dimension `{group}` has a weight in a points form", group=group.name)
                advice = msg("remove the weight: a dimension counts as many points as its indicators have")
                yield diagnose("GP372", plan.span("dimensions", index, "weight"), message, help=advice)
        yield from _points_alone(plan, plan.indicators)
        return
    if model.points is not None:
        yield diagnose("GP372", plan.span("points", key=True), msg("the plan has points and is not a points form"), help=_PLAIN_SUM)
    for index, group in enumerate(model.groups):
        if group.points is not None:
            place = plan.span("dimensions", index, "points", key=True)
            yield diagnose(
                "GP372", place, msg("dimension `{group}` has points, and the plan is not a points form", group=group.name), help=_PLAIN_SUM
            )
        members = _members(plan, group)
        if has_points(group) and group.weight is not None:
            yield from _points_alone(plan, members)
        elif has_points(group):
            first = next(placed for placed in members if placed.indicator.points is not None)
            advice = (
                msg("declare `weights: points` (权重方式: 分值制) if the total is the plain sum of points, or give the dimension a weight")
                if group.name
                else msg(
                    "declare `weights: points` (权重方式: 分值制) if the total is the plain sum of points, "
                    "or give each indicator a weight in place of its points"
                )
            )
            message = msg("`{indicator}` has points, and the plan is not a points form", indicator=first.indicator.name)
            yield diagnose(
                "GP372",
                plan.span(*first.path, "points", key=True),
                message,
                help=advice,
            )


def _members(plan: PlanFile, group: Dimension) -> list[PlacedIndicator]:
    return [placed for placed in plan.indicators if placed.dimension is group or not group.name]


def _points_alone(plan: PlanFile, members: Iterable[PlacedIndicator]) -> Iterator[Diagnostic]:
    """Find indicators that have no points, or a weight besides."""
    for placed in members:
        indicator, weight = placed.indicator, placed.indicator.weight
        if weight is not None:
            message = msg("`{indicator}` has a weight where indicators have points", indicator=indicator.name)
            instead = msg("write `points: {number}` (分值) in place of the weight", number=f"{weight.number:f}")
            advice = instead if indicator.points is None else msg("remove the weight")
            yield diagnose("GP372", plan.span(*placed.path, "weight"), message, help=advice)
        elif indicator.points is None:
            message, advice = msg("`{indicator}` has no points", indicator=indicator.name), msg("add `points:` (分值) with its full marks")
            yield diagnose("GP372", plan.span(*placed.path, "name"), message, help=advice)


def points_add_up(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP373: the points of indicators make those stated for their dimension and for the plan, and 100 in a dimension with a weight.

    GP374: they make another sum than 100, and the plan does not state it.
    """
    if any(points_or_weights(plan)):
        return
    model = plan.plan
    for index, group in enumerate(model.dimensions):
        stated = _HUNDRED if group.weight is not None else group.points
        if has_points(group) and stated is not None and points_in(group) != Fraction(stated):
            place = plan.span("dimensions", index, "points" if group.points is not None else "weight")
            wrong = msg("the points of the indicators in `{group}` add up to {made}, not {stated}", group=group.name)
            yield _sum(plan, wrong, [group], Fraction(stated), place)
    if is_points_form(model):
        made = sum((points_in(group) for group in model.groups), Fraction(0))
        if model.points is not None and made != Fraction(model.points):
            wrong = msg("the points of all indicators add up to {made}, not {stated}")
            yield _sum(plan, wrong, model.groups, Fraction(model.points), plan.span("points"))
        elif model.points is None and made != _HUNDRED:
            message = msg("the points of all indicators add up to {made}, not 100", made=plain(made))
            advice = msg("correct them, or state `points: {made}` (分值) for the plan if that is meant", made=plain(made))
            yield diagnose("GP374", plan.span("weights"), message, help=advice, related=_stated(plan, model.groups))


def _sum(plan: PlanFile, wrong: Message, groups: Sequence[Dimension], stated: Fraction, place: Span) -> Diagnostic:
    made = sum((points_in(group) for group in groups), Fraction(0))
    message = wrong.with_values(made=plain(made), stated=plain(stated))
    return diagnose("GP373", place, message, help=msg("correct the points, or the sum that is stated"), related=_stated(plan, groups))


def _stated(plan: PlanFile, groups: Sequence[Dimension]) -> list[Related]:
    return [
        Related(plan.span(*placed.path, "points"), f"{placed.indicator.name} {plain(Fraction(placed.indicator.points))}")
        for group in groups
        for placed in _members(plan, group)
        if placed.indicator.points is not None
    ]


def scores_within_points(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP375: a score is not above the points of its indicator, unless a cap or bounds say that it may be; and full marks are the points."""
    for placed in plan.indicators:
        points, rule = placed.indicator.points, placed.indicator.rule
        if points is None:
            continue
        full = getattr(rule, "full", points)
        if full != points:
            message = msg(
                "`{indicator}` has {points} points, and {full} full marks",
                indicator=placed.indicator.name,
                points=f"{points:f}",
                full=f"{full:f}",
            )
            place = plan.span(*placed.path, "scoring", "full")
            yield diagnose("GP375", place, message, help=msg("remove `full` (满分): the points are the full marks"))
        elif not _may_exceed(placed) and not _fits(placed, points):
            yield _beyond(plan, placed, points)


def _may_exceed(placed: PlacedIndicator) -> bool:
    """Return whether the plan says how far a score may go; of another plan's totals, that plan does."""
    rule = placed.indicator.rule
    if isinstance(placed.indicator.method.accepts, Totals):
        return True
    stated = getattr(rule, "cap", None) is not None or bool({"maximum", "highest"} & _written(placed))
    return stated or placed.indicator.bounds.maximum is not None


def _written(placed: PlacedIndicator) -> frozenset[str]:
    return frozenset(placed.indicator.scoring.model_fields_set) if placed.indicator.scoring else frozenset()


def _fits(placed: PlacedIndicator, points: Decimal) -> bool:
    highest = score_range(placed.indicator).highest
    return highest is not None and highest <= Fraction(points)


def _beyond(plan: PlanFile, placed: PlacedIndicator, points: Decimal) -> Diagnostic:
    highest = score_range(placed.indicator).highest
    message = msg("`{indicator}` has {points} points, and nothing limits its score")
    if highest is not None:
        message = msg("`{indicator}` has {points} points and can score {highest}", highest=plain(highest))
    advice = (
        msg("correct its scores; add `cap: 100%` (封顶) to its scoring, or a higher one if more than its points can be had")
        if "cap" in type(placed.indicator.rule).model_fields
        else msg(
            "correct its scores; add `bounds: {{maximum: {points}}}` (得分界限), or a higher one if more than its points can be had",
            points=f"{points:f}",
        )
    )
    place = plan.span(*placed.path, "scoring" if placed.indicator.scoring else "name")
    return diagnose("GP375", place, message.with_values(indicator=placed.indicator.name, points=f"{points:f}"), help=advice)
