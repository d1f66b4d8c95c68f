"""Tiers (层差法): the points of the band that contains the actual."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar, Literal

from genplan.methods.checks import shown
from genplan.methods.full_points import at_most_full, points_of
from genplan.methods.method import Amounts, Cells, Example, Fault, IndicatorInfo, Method, Place, Scored, ScoreRange, Target, range_of
from genplan.methods.parameters import Amount, Marks, Polarity, RuleModel
from genplan.methods.spreadsheet import chain, number
from genplan.methods.wording import Wording, amount, joined
from genplan.source.model import Annotated, Choice, Field, Model, WithJsonSchema, choice
from genplan.source.quantity import Quantity


class Inclusive(Choice):
    """Which of its bounds a tier includes."""

    UPPER = "upper", "含上限"
    LOWER = "lower", "含下限"


class Tier(Model):
    """A band of actuals and its points. The first band has no lower bound, the last no upper bound."""

    from_: Amount | None = Field(None, alias="from")
    """Lower bound; omitted in the lowest tier."""
    to: Amount | None = None
    """Upper bound; omitted in the highest tier."""
    points: Marks
    """Score for an actual in this band, in points or as a percentage of the full marks: `12`, `80%`."""


class Tiers(RuleModel):
    """The points of the band that contains the actual."""

    TAG: ClassVar[str] = "tiers"
    LABEL: ClassVar[str] = "层差法"
    method: Annotated[Literal["tiers"], WithJsonSchema({"enum": ["tiers", "层差法"]})] = "tiers"
    inclusive: choice(Inclusive)  # type: ignore[valid-type]
    """Whether an actual exactly on a bound belongs to the tier below it (`upper`) or above it (`lower`)."""
    tiers: Annotated[tuple[Tier, ...], Field(min_length=2)]
    """The bands, lowest actuals first; each starts where the previous one ends."""


def _with_defaults(rule: Tiers, indicator: IndicatorInfo) -> Tiers:
    """Return the scores of the tiers in points."""
    tiers = (tier.model_copy(update={"points": points_of(tier.points, indicator)}) for tier in rule.tiers)
    return rule.model_copy(update={"tiers": tuple(tiers)})


def score(actual: Fraction, _target: Fraction | None, rule: Tiers) -> Scored:
    """The points of the band that contains the actual: up to 25 days → 15, up to 30 → 10, more → 0; 27 → 10."""
    return Scored(Fraction(next(tier for tier in rule.tiers if _reaches(tier, actual, rule.inclusive)).points))


def _reaches(tier: Tier, actual: Fraction, inclusive: Inclusive) -> bool:
    """Return whether an actual is within a tier's upper bound; the first such tier applies."""
    if tier.to is None:
        return True
    upper = Fraction(tier.to.value)
    return actual < upper or (actual == upper and inclusive is Inclusive.UPPER)


def _score_range(rule: Tiers) -> ScoreRange:
    return range_of(tier.points for tier in rule.tiers)


def _full(rule: Tiers, indicator: IndicatorInfo) -> Fraction:
    return at_most_full(indicator, *(tier.points for tier in rule.tiers))


def _likely_direction(rule: Tiers) -> Polarity | None:
    return Polarity.LOWER if rule.tiers[0].points > rule.tiers[-1].points else None


def _amounts(rule: Tiers) -> Iterator[tuple[Place, Quantity]]:
    for index, tier in enumerate(rule.tiers):
        for key, bound in (("from", tier.from_), ("to", tier.to)):
            if bound is not None:
                yield ("tiers", index, key), bound


def _prorated(rule: Tiers, part_of: Callable[[Quantity], Any]) -> Tiers:
    tiers = tuple(tier.model_copy(update={"to": tier.to and part_of(tier.to)}) for tier in rule.tiers)
    return rule.model_copy(update={"tiers": tiers})


def _proration_doubt(rule: Tiers, _indicator: IndicatorInfo) -> str | None:
    if any(tier.to.percent for tier in rule.tiers if tier.to):
        return None
    return "the bounds of its tiers are not reduced"


def _tiers_meet(rule: Tiers, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP335: tiers are in ascending order without gaps, and open at both ends."""
    faults = list(_tier_faults(rule.tiers))
    if faults and not any(_tier_faults(rule.tiers[::-1])):
        faults = [(0, "from", "the tiers are listed from the highest down", "reverse their order, lowest actuals first")]
    for index, key, fault, cure in faults:
        yield Fault("GP335", ("scoring", "tiers", index, key), f"`{indicator.name}`: {fault}", cure)


_MEET = "start each tier where the previous one ends"


def _tier_faults(tiers: Sequence[Tier]) -> Iterator[tuple[int, str, str, str]]:
    """Return the faulty tier and key, what is wrong, and how to fix it."""
    first, last = tiers[0], tiers[-1]
    if first.from_ is not None:
        yield 0, "from", f"actuals below {shown(first.from_)} get no points", "leave out `from` in the first (lowest) tier"
    for index, (low, high) in enumerate(pairwise(tiers), 1):
        end, start = low.to, high.from_ if high.from_ is not None else low.to
        key = "from" if high.from_ is not None else "to"
        if end is None:
            yield index - 1, "from", "only the last (highest) tier may leave out `to`", _MEET
        elif start is not None and start.value > end.value:
            yield index, key, f"actuals from {shown(end)} to {shown(start)} get no points", _MEET
        elif start is not None and start.value < end.value:
            yield index, key, f"actuals from {shown(start)} to {shown(end)} fall into two tiers", _MEET
        elif high.to is not None and high.to.value <= end.value:
            fault = f"the tier ends at {shown(high.to)}, not above its start {shown(end)}"
            yield index, "to", fault, "put the tiers in order, lowest first"
    if last.to is not None:
        yield len(tiers) - 1, "to", f"actuals above {shown(last.to)} get no points", "leave out `to` in the last (highest) tier"


def _template_values(rule: Tiers, _indicator: IndicatorInfo, wording: Wording) -> dict[str, list[dict[str, Any]]]:
    """Return the tiers with both bounds: a tier's start may be omitted, and is then the previous tier's end."""
    ends = [tier.to for tier in rule.tiers]
    starts = [tier.from_ or end for tier, end in zip(rule.tiers, [None, *ends], strict=False)]
    written = [[amount(bound, wording) if bound else None for bound in bounds] for bounds in (starts, ends)]
    return {"tiers": [{"from": start, "to": end, "points": tier.points} for start, end, tier in zip(*written, rule.tiers, strict=True)]}


def _describe(rule: Tiers, indicator: IndicatorInfo, wording: Wording) -> str:
    texts = []
    for tier in _template_values(rule, indicator, wording)["tiers"]:
        place = "below" if tier["from"] is None else "above" if tier["to"] is None else "between"
        texts.append(wording.label(f"rule.tier_{place}_{rule.inclusive.value}", **tier | {"points": wording.number(tier["points"])}))
    return joined(wording, *texts)


def _formula(cells: Cells, rule: Tiers) -> str:
    """Return the points of the first tier whose upper bound is not exceeded."""
    reaches = "<=" if rule.inclusive is Inclusive.UPPER else "<"
    *below, last = rule.tiers
    cases = ((f"{cells.actual}{reaches}{number(tier.to.value)}", number(tier.points)) for tier in below if tier.to)
    return chain(cases, number(last.points))


METHOD = Method(
    parameters=Tiers,
    accepts=Amounts(),
    target=Target.UNUSED,
    score=score,
    score_range=_score_range,
    full_points=_full,
    with_defaults=_with_defaults,
    rewards=lambda _rule: None,
    likely_direction=_likely_direction,
    checks=(_tiers_meet,),
    describe=_describe,
    formula=_formula,
    example=Example(
        "scoring: {method: tiers, inclusive: upper, tiers: [{to: 25, points: 15}, {from: 25, to: 30, points: 10}, {points: 0}]}",
        actual="27",
        score="10",
        full="15",
    ),
    amounts=_amounts,
    prorated=_prorated,
    template_values=_template_values,
    is_prorated=False,
    proration_doubt=_proration_doubt,
    keys={"inclusive": ("区间含",), "tiers": ("分档", "档次")},
)
