"""Unmet indicators, the points they cost, and the points to improve.

Points to improve are found in one way everywhere, in a person's documents and in everybody's summary (`most_costly`): the indicators that
cost the total more points than indicators did on average, most first, until these make half of all points lost.

An indicator is unmet where its attainment is below 100 %. Where the method gives no attainment (direct, tiers, interpolation, deduction,
pass/fail, rubric, several raters, both sides of a transfer), or one that falls as the actual gets better (per unit, lower is better), it is
unmet where its score is below full points. One that is left out of the total, for want of an actual, is neither met nor unmet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from genplan.plan.model import Indicator
from genplan.scoring.line import Line, clamp

_MOST_NAMED = 3


def full_points(indicator: Indicator) -> Fraction:
    """Return the points for what is wanted and no more, within the indicator's own bounds.

    Those of meeting the target where the method rewards more than that; 100, or the highest score if that is lower, of a method that names
    none.
    """
    return clamp(indicator.method.full_points(indicator.rule, indicator), indicator.bounds)


def is_unmet(line: Line) -> bool:
    """Return whether the indicator was not reached."""
    if line.scored is None:
        return False
    attainment = line.scored.attainment
    indicator = _indicator(line)
    if attainment is None or line.limited or indicator.method.unmet_by_score(indicator.rule):
        return line.score < full_points(indicator)
    return attainment < 1


def points_lost(line: Line) -> Fraction:
    """Return what the total lacks for it: full points less the score, times the weight; 0 where the score is above."""
    return max(Fraction(0), full_points(_indicator(line)) - line.score) * line.weight


@dataclass(frozen=True, slots=True)
class Cost:
    """What an indicator, by its place, cost a total, and how far its score reached: its share of full points."""

    at: int
    lost: Fraction
    share_of_full: Fraction


def costs(lines: Sequence[Line]) -> list[Cost]:
    """List what each line cost, those that cost most first; of equal ones, the one whose score reached less far, then the first."""
    return by_cost([Cost(at, points_lost(line), share_of_full(line)) for at, line in enumerate(lines) if line.scored is not None])


def by_cost(all_costs: Sequence[Cost]) -> list[Cost]:
    """Put costs in order, the greatest first; of equal ones, the one whose score reached less far, then the first."""
    return sorted(all_costs, key=lambda cost: (-cost.lost, cost.share_of_full, cost.at))


def most_costly(all_costs: Sequence[Cost]) -> list[int]:
    """List the places of the points to improve: what cost more than the mean, until that makes half of all points lost; at most three."""
    lost = sum((cost.lost for cost in all_costs), Fraction(0))
    named: list[int] = []
    covered = Fraction(0)
    for cost in by_cost(all_costs)[:_MOST_NAMED]:
        if covered * 2 >= lost or not _is_costly(cost, all_costs):
            break
        named.append(cost.at)
        covered += cost.lost
    return named


def unmet(lines: Sequence[Line]) -> list[int]:
    """List the places of the unmet lines, those that cost most first."""
    return [cost.at for cost in costs(lines) if is_unmet(lines[cost.at])]


def strengths_and_weaknesses(lines: Sequence[Line]) -> tuple[list[int], list[int]]:
    """List the places of the strongest lines, best first by score over full points, and of the points to improve (`most_costly`).

    The strongest are at most three; each stands above the mean of the lines, and none cost more than the mean.
    """
    all_costs = costs(lines)
    mean = sum((cost.share_of_full for cost in all_costs), Fraction(0)) / max(1, len(all_costs))
    best = [cost for cost in all_costs if cost.share_of_full > mean and not _is_costly(cost, all_costs)]
    best.sort(key=lambda cost: (-cost.share_of_full, cost.at))
    return [cost.at for cost in best[:_MOST_NAMED]], most_costly(all_costs)


def _is_costly(cost: Cost, all_costs: Sequence[Cost]) -> bool:
    """Return whether it cost more than the mean."""
    return cost.lost * len(all_costs) > sum((each.lost for each in all_costs), Fraction(0))


def share_of_full(line: Line) -> Fraction:
    """Return how far a score reached: its share of full points."""
    full = full_points(_indicator(line))
    return line.score / full if full > 0 else line.score - full


def _indicator(line: Line) -> Indicator:
    return line.weighed.placed.indicator
