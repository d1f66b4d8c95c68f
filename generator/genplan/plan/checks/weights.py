"""Whether weights make 100 %."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from genplan.diagnostics import Diagnostic, Related, Span, diagnose
from genplan.messages import listing, msg
from genplan.plan.level_rules import is_unnumbered
from genplan.plan.load import PlanFile
from genplan.plan.model import Weight, WeightMode
from genplan.plan.weights import WeightGroup, divisor, weight_groups

_HUNDRED = 100


def percent(share: Fraction) -> str:
    """Write a share as messages do: 33.3333 %."""
    number = (Decimal(share.numerator * _HUNDRED) / Decimal(share.denominator)).quantize(Decimal("0.0001")).normalize()
    return f"{number:f} %"


def _span(plan: PlanFile, path: tuple[str | int, ...], weight: Weight | None) -> Span:
    return plan.span(*path, "weight") if weight is not None else plan.span(*path, "name")


def one_convention(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP302: all weights of a plan are written the same way."""
    conventions = _conventions(plan)
    if len(conventions) > 1:
        usual = max(conventions, key=lambda c: len(conventions[c]))
        odd = [place for convention, places in conventions.items() if convention != usual for place in places]
        yield diagnose(
            "GP302",
            odd[0][1],
            msg("weights are written in {count} ways: {conventions}", count=len(conventions), conventions=listing(sorted(conventions))),
            help=msg("write all of them the same way, preferably as percentages: 30%"),
            label=odd[0][0],
            related=[Related(span, name) for name, span in odd[1:]],
        )


def _conventions(plan: PlanFile) -> dict[str, list[tuple[str, Span]]]:
    """Sort the weights of a plan by how they are written."""
    written = [(name, path, w) for g in weight_groups(plan) for name, path, w in g.members if w is not None]
    points = any(not w.percent and w.number > 1 for _, _, w in written)
    conventions: dict[str, list[tuple[str, Span]]] = {}
    for name, path, weight in written:
        conventions.setdefault(_convention(weight, points=points), []).append((name, plan.span(*path, "weight")))
    return conventions


def _convention(weight: Weight, *, points: bool) -> str:
    if weight.percent:
        return msg("percentages (30%)")
    if points and weight.number >= 1:
        return msg("points (30)")
    return msg("fractions (0.3)")


_KINDS = {"dimension": msg("dimension"), "indicator": msg("indicator"), "rater": msg("rater")}
_NO_WEIGHT = msg("{kind} `{name}` has no weight"), msg("add `weight:` (权重)")
_ZERO_WEIGHT = msg("{kind} `{name}` has a weight of 0"), msg("give it a weight above 0, or remove it")


def all_or_none(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP303: in a group, each member has a weight above zero, or none has one where that is allowed."""
    groups = [g for g in weight_groups(plan) if not g.unweighted]
    for group in groups:
        for name, path, weight in group.members:
            if weight is None or not weight.number:
                template, advice = _NO_WEIGHT if weight is None else _ZERO_WEIGHT
                message = template.with_values(kind=_KINDS[group.kind], name=name)
                yield diagnose("GP303", _span(plan, path, weight), message, help=advice)
    if any(g.kind == "indicator" for g in groups):
        yield from (_unweighted_dimensions(plan, g) for g in weight_groups(plan) if g.kind == "dimension" and g.unweighted)


def _unweighted_dimensions(plan: PlanFile, group: WeightGroup) -> Diagnostic:
    name, path, _ = group.members[0]
    message = msg("indicators have weights, but their dimensions have none")
    return diagnose("GP303", plan.span(*path, "name"), message, help=msg("add `weight:` to each dimension"), label=name)


def sum_to_one(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP301: weights of a group make 100 %; GP305 where they do not and are to be normalised."""
    if len(_conventions(plan)) > 1:
        return  # what they make cannot be determined
    unit = divisor(plan.plan)
    for group in weight_groups(plan):
        weights = [w for w in group.weights if w is not None and w.number]
        if len(weights) < len(group.members):
            continue
        total = sum((Fraction(w.number) / unit for w in weights), Fraction(0))
        if total != 1:
            yield _sum(plan, group, total)


def _sum(plan: PlanFile, group: WeightGroup, total: Fraction) -> Diagnostic:
    unit = divisor(plan.plan)
    normalize = plan.plan.weights is WeightMode.NORMALIZE
    places = [
        (f"{name} {percent(Fraction(weight.number) / unit)}", _span(plan, path, weight))
        for name, path, weight in group.members
        if weight is not None
    ]
    weights = _weights_of(group)
    if normalize:
        message = msg("{weights} add up to {total}; each is divided by that sum, as declared", weights=weights, total=percent(total))
        return diagnose("GP305", plan.span("weights"), message)
    return diagnose(
        "GP301",
        places[0][1],
        msg("{weights} add up to {total}, not 100 %", weights=weights, total=percent(total)),
        help=msg("correct the weights, or declare `weights: normalize` to divide each by {total}", total=percent(total)),
        label=places[0][0],
        related=[Related(span, text) for text, span in places[1:]],
    )


def _weights_of(group: WeightGroup) -> str:
    """Name the weights of a group."""
    if not group.name:
        return msg("{kind} weights", kind=_KINDS[group.kind])
    if group.kind == "rater":
        return msg("rater weights in group `{group}`", group=group.name)
    return msg("indicator weights in dimension `{group}`", group=group.name)


def results_have_weights(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP304: a plan with results can compute a total; a report on units needs none."""
    model = plan.plan
    if model.assessed_unit and not (model.grades or model.bonuses or model.deductions or model.vetoes):
        return
    groups = [g for g in weight_groups(plan) if g.kind != "rater" and not is_unnumbered(model)]
    if plan.plan.results and groups and all(group.unweighted for group in groups):
        message = msg("the plan names results, but its indicators have no weights")
        yield diagnose("GP304", plan.span("results", key=True), message, help=msg("add `weight:` (权重) to each; together they make 100 %"))
