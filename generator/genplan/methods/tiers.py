"""Tiers (层差法): the points of the band that contains the actual."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, ClassVar, Literal

from genplan.messages import msg
from genplan.methods.bands import TIERS, Band, Inclusive, band_amounts, band_bounds, band_faults, band_of, position, prorated_bands
from genplan.methods.full_points import at_most_full, points_of
from genplan.methods.method import Amounts, Cells, Example, Fault, IndicatorInfo, Method, Place, Scored, ScoreRange, Target, range_of
from genplan.methods.parameters import Marks, Polarity, RuleModel
from genplan.methods.spreadsheet import chain, number
from genplan.methods.wording import Wording, joined
from genplan.source.model import Annotated, Field, WithJsonSchema, choice
from genplan.source.quantity import Quantity


class Tier(Band):
    """A band of actuals and its points. The first band has no lower bound, the last no upper bound."""

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
    return Scored(Fraction(rule.tiers[band_of(actual, rule.tiers, rule.inclusive)].points))


def _score_range(rule: Tiers) -> ScoreRange:
    return range_of(tier.points for tier in rule.tiers)


def _full(rule: Tiers, indicator: IndicatorInfo) -> Fraction:
    return at_most_full(indicator, *(tier.points for tier in rule.tiers))


def _likely_direction(rule: Tiers) -> Polarity | None:
    return Polarity.LOWER if rule.tiers[0].points > rule.tiers[-1].points else None


def _amounts(rule: Tiers) -> Iterator[tuple[Place, Quantity]]:
    yield from band_amounts("tiers", rule.tiers)


def _prorated(rule: Tiers, part_of: Callable[[Quantity], Any]) -> Tiers:
    return rule.model_copy(update={"tiers": prorated_bands(rule.tiers, part_of)})


def _proration_doubt(rule: Tiers, _indicator: IndicatorInfo) -> str | None:
    if any(tier.to.percent for tier in rule.tiers if tier.to):
        return None
    return msg("the bounds of its tiers are not reduced")


def _tiers_meet(rule: Tiers, indicator: IndicatorInfo) -> Iterator[Fault]:
    """GP335: tiers are in ascending order without gaps, and open at both ends."""
    for index, key, fault, cure in band_faults(rule.tiers, TIERS):
        yield Fault("GP335", ("scoring", "tiers", index, key), msg("`{indicator}`: {fault}", indicator=indicator.name, fault=fault), cure)


def _template_values(rule: Tiers, _indicator: IndicatorInfo, wording: Wording) -> dict[str, list[dict[str, Any]]]:
    """Return the tiers with both bounds: a tier's start may be omitted, and is then the previous tier's end."""
    bounds = band_bounds(rule.tiers, wording)
    return {"tiers": [each | {"points": tier.points} for each, tier in zip(bounds, rule.tiers, strict=True)]}


def _describe(rule: Tiers, indicator: IndicatorInfo, wording: Wording) -> str:
    tiers = (each | {"points": wording.number(each["points"])} for each in _template_values(rule, indicator, wording)["tiers"])
    texts = [wording.label(f"rule.tier_{position(tier)}_{rule.inclusive.value}", **tier) for tier in tiers]
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
    keys={"inclusive": ("边界归属", "区间含"), "tiers": ("分档", "档次")},
)
