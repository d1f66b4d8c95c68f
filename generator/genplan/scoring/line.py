"""Scores one indicator of one record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from genplan.methods.method import Levels, Limit, Scored
from genplan.methods.two_way import TwoWay
from genplan.people.model import Actual, PersonResult, Rating
from genplan.people.raters import counting
from genplan.plan.condition import Fact
from genplan.plan.conditions import condition_figures, has_attainment, item_named
from genplan.plan.indicator_weights import WeightedIndicator
from genplan.plan.load import PlanFile
from genplan.plan.model import Bounds, Indicator, Missing, Prorated
from genplan.plan.pay import indicators_named
from genplan.plan.rater_shares import rater_shares
from genplan.plan.two_way import read_by
from genplan.source.quantity import Quantity
from genplan.source.text import fold

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class RaterScore:
    """What raters of one kind gave: the mean of their scores, how many they were, and the share it counts with.

    `trimmed` means that one highest and one lowest score were dropped before. The share is 0 for reference only.
    `votes` says how many chose each level, where votes were counted.
    """

    rater: int
    score: Fraction
    count: int
    share: Fraction
    trimmed: bool = False
    votes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of a scorecard.

    `scored` is what the scoring method gave, before the indicator's own bounds; None where the actual is missing and excluded, so that the
    line weighs nothing. `score` is after them; a missing actual that counts as zero is 0 whatever they are. `weight` is the indicator's
    share of this total, and `weighted` what it adds.
    """

    weighed: WeightedIndicator
    actual: Actual | None
    scored: Scored | None
    score: Fraction
    weight: Fraction
    weighted: Fraction
    raters: tuple[RaterScore, ...] = ()
    limited: bool = False
    """Whether another indicator's score or attainment limited the score."""
    beside: Fraction | None = None
    """What a two-way table was read by besides the actual."""


Scores: TypeAlias = dict[tuple[str, str | Decimal | Fraction], tuple[Scored, Fraction]]
"""Scores by the key of the indicator and what was reached, without and with the indicator's bounds."""

KnownScores: TypeAlias = dict[Fraction, Scores]
"""Scores of one plan that were computed, by the part of the period.

Of many people many reach the same: scoring 10,000 people of sixty different actuals takes 0.4 times the CPU so.
"""


def score_lines(
    plan: PlanFile, weighed: Sequence[WeightedIndicator], record: PersonResult, part: Fraction, known: KnownScores | None = None
) -> tuple[Line, ...]:
    """Score a record's indicators; `part` is the part of the period that targets are reduced to (1: not at all).

    Scores of this plan that are `known` are not computed again; those that are not are added.

    Under `missing: exclude`, the weight of what is missing goes to the others in proportion; there must be one, unless none has a weight.
    """
    given = {w.placed.key for w in weighed if is_given(plan, record, w.placed.key)}
    exclude = plan.plan.missing is Missing.EXCLUDE
    counted = sum((w.share for w in weighed if not exclude or w.placed.key in given), ZERO) or Fraction(1)
    whole = counted == 1  # mostly: then there is nothing to divide
    indicators = {w.placed.key: w.placed.indicator for w in weighed}
    scorer = _Scorer(plan, indicators, part, {} if known is None else known.setdefault(part, {}))
    return tuple(
        _line(scorer, w, record, ZERO if exclude and w.placed.key not in given else w.weight if whole else w.weight / counted)
        for w in weighed
    )


def kept_lines(lines: Sequence[Line]) -> list[Line]:
    """List lines without those of indicators that the person has not."""
    return [line for line in lines if not line.weighed.placed.indicator.is_left_out]


def is_given(plan: PlanFile, record: PersonResult, key: str) -> bool:
    """Return whether a record has what an indicator is scored from: an actual, or a rating that counts."""
    return key in record.actuals or counting(plan.plan, record.ratings.get(key, ()))


@dataclass(frozen=True, slots=True)
class _Scorer:
    """What scores the actuals of a plan for a part of the period."""

    plan: PlanFile
    indicators: Mapping[str, Indicator]
    part: Fraction
    known: Scores

    def by_table(self, indicator: Indicator, actual: Actual, other: Fraction | None) -> tuple[Scored | None, Fraction]:
        """Give a score by a two-way table, without and with the indicator's bounds; none where what its columns are is not known."""
        rule = indicator.scoring
        assert isinstance(rule, TwoWay)  # this is asked of two-way tables alone
        if other is None:
            return None, ZERO
        table = indicator.model_copy(update={"scoring": rule.column_of(other)})
        scored = _scored(table, actual, self.part)
        return scored, clamp(scored.score, indicator.bounds)

    def read_by(self, indicator: Indicator, record: PersonResult) -> Fraction | None:
        """Return what a table is read by besides its own indicator."""
        by = read_by(indicator)
        assert by is not None  # as above
        named = indicators_named(self.plan, by.name)
        if not named:
            item = item_named(self.plan, by.name)
            if item is not None:
                return record.items[item].number if item in record.items else ZERO
            figure = record.figures.get(condition_figures(self.plan)[fold(by.name)])
            return None if figure is None else figure.number
        other, given = self.indicators[named[0].key], record.actuals.get(named[0].key)
        if given is None:
            return None
        if by.fact is not Fact.ATTAINMENT:
            return given.number
        scored = None if read_by(other) else _scored(other, given, self.part)
        return attainment(other, given, scored, self.part)

    def score(self, weighed: WeightedIndicator, actual: Actual) -> tuple[Scored, Fraction]:
        """Give an actual's score, without and with the indicator's bounds."""
        value = actual.value
        key = weighed.placed.key, value if isinstance(value, str) else value.value if actual.exact is None else actual.exact
        found = self.known.get(key)
        if found is None:
            indicator = weighed.placed.indicator
            scored = _scored(indicator, actual, self.part)
            found = self.known[key] = scored, clamp(scored.score, indicator.bounds)
        return found


def _line(scorer: _Scorer, weighed: WeightedIndicator, record: PersonResult, weight: Fraction) -> Line:
    indicator, key = weighed.placed.indicator, weighed.placed.key
    ratings = record.ratings.get(key, ())
    actual = record.actuals.get(key)
    scored: Scored | None
    raters: tuple[RaterScore, ...] = ()
    beside = None
    if ratings:
        raters = _rated(scorer.plan, indicator, ratings)
    if counting(scorer.plan.plan, ratings):
        scored = Scored(sum((r.score * r.share for r in raters), ZERO))
        score = clamp(scored.score, indicator.bounds)
    elif actual and read_by(indicator):
        beside = scorer.read_by(indicator, record)
        scored, score = scorer.by_table(indicator, actual, beside)
    elif actual:
        scored, score = scorer.score(weighed, actual)
    else:
        scored, score = Scored(ZERO) if weight else None, ZERO
    return Line(weighed, actual, scored, score, weight, score * weight, raters, beside=beside)


def is_prorated(indicator: Indicator) -> bool:
    """Return whether the indicator takes part where targets are reduced to a part of the period."""
    if indicator.prorated is not None:
        return bool(indicator.prorated is Prorated.YES)
    return indicator.method.is_prorated


def effective_target(indicator: Indicator, part: Fraction) -> Fraction | None:
    """Return the target for a part of the period: an amount is reduced, a percentage is not. None where it is no number."""
    target = indicator.target
    if not isinstance(target, Quantity):
        return None
    return Fraction(target.value) * (part if is_prorated(indicator) and not target.percent else 1)


def attainment(indicator: Indicator, actual: Actual, scored: Scored | None, part: Fraction) -> Fraction | None:
    """Return an attainment: as the method gave it, or the actual as a share of the target, of which `part` is in force."""
    if not has_attainment(indicator):
        return None
    if scored is not None and scored.attainment is not None:
        return scored.attainment
    if scored is not None and scored.limit is Limit.ZERO:  # none at all of what should be few: the score says what that is worth
        return scored.score / Fraction(indicator.rule.full)
    target = effective_target(indicator, part)
    return actual.number / target if target else None


def _scored(indicator: Indicator, actual: Actual, part: Fraction) -> Scored:
    method, rule = indicator.method, indicator.rule
    reached = actual.value if isinstance(actual.value, str) else actual.number
    part = part if is_prorated(indicator) else Fraction(1)
    if part != 1:
        rule = method.prorated(rule, lambda amount: _part_of(amount, part))
    return method.score(reached, effective_target(indicator, part), rule)


def _part_of(amount: Quantity, part: Fraction) -> "Quantity | AmountPart":
    """Reduce an amount to a part of the period, as a target is; percentages stay."""
    return amount if amount.percent else AmountPart(amount, part)


@dataclass(frozen=True, slots=True)
class AmountPart:
    """A part of an amount, as exact as the part is."""

    whole: Quantity
    part: Fraction

    @property
    def value(self) -> Fraction:
        """The amount that is left."""
        return Fraction(self.whole.value) * self.part


def clamp(score: Fraction, bounds: Bounds) -> Fraction:
    """Keep a number between bounds."""
    if bounds.minimum is not None:
        score = max(score, Fraction(bounds.minimum))
    if bounds.maximum is not None:
        score = min(score, Fraction(bounds.maximum))
    return score


def absent_raters(plan: PlanFile, ratings: Sequence[Rating]) -> list[int]:
    """List the plan's raters that gave nothing, of those that count."""
    present = {rating.rater for rating in ratings}
    return [index for index, rater in enumerate(plan.plan.all_raters) if rater.counted and index not in present]


def _rated(plan: PlanFile, indicator: Indicator, ratings: Sequence[Rating]) -> tuple[RaterScore, ...]:
    """Weigh raters: each kind's mean by its weight; those absent count 0 under `missing: zero`, else the others share their weight."""
    by_rater: dict[int, list[tuple[Fraction, Rating]]] = {}
    for rating in ratings:
        by_rater.setdefault(rating.rater, []).append((_rating_score(indicator, rating.actual), rating))
    if plan.plan.missing is Missing.ZERO:
        by_rater |= {index: [] for index in absent_raters(plan, ratings)}
    weights = rater_shares(plan.plan, by_rater)
    return tuple(_rater_score(plan, index, scores, weights.get(index, ZERO)) for index, scores in sorted(by_rater.items()))


def _rating_score(indicator: Indicator, actual: Actual) -> Fraction:
    """Score what a rater gave: a score in place of a level counts as it is."""
    if isinstance(indicator.method.accepts, Levels) and isinstance(actual.value, Quantity):
        return Fraction(actual.value.value)
    return _scored(indicator, actual, Fraction(1)).score


def _rater_score(plan: PlanFile, index: int, scored: Sequence[tuple[Fraction, Rating]], share: Fraction) -> RaterScore:
    """Give the mean of a kind of rater's scores, without the highest and the lowest where the plan drops them."""
    fewest = plan.plan.all_raters[index].trim
    given = count = sum(rating.count for _, rating in scored)
    total = sum((score * rating.count for score, rating in scored), ZERO)
    trimmed = fewest is not None and count >= fewest
    if trimmed:
        total -= max(score for score, _ in scored) + min(score for score, _ in scored)
        count -= 2
    votes = tuple((rating.actual.text, rating.votes) for _, rating in scored if rating.votes is not None)
    return RaterScore(index, total / max(1, count), given, share, trimmed, votes)


def merge_lines(lines: Sequence[tuple[Line, Fraction]]) -> Line:
    """Join the lines of one indicator over the parts of a period, each with its share of the days."""
    (first, _), *others = lines
    if not others:
        return first
    scored = [(line, share) for line, share in lines if line.scored is not None]
    days = sum((share for _, share in scored), ZERO)
    score = sum((line.score * share for line, share in scored), ZERO) / days if days else ZERO
    return replace(
        first,
        scored=Scored(score) if scored else None,
        score=score,
        weight=sum((line.weight * share for line, share in lines), ZERO),
        weighted=sum((line.weighted * share for line, share in lines), ZERO),
        raters=(),
        beside=None,
    )
