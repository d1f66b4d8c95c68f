"""What a person fell short of: which indicators are unmet, how many points that took, and which ones are to improve.

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
from genplan.scoring.line import Line, within

_MOST_NAMED = 3


def full_points(indicator: Indicator) -> Fraction:
    """Give the points for what is wanted and no more, within the indicator's own bounds.

    Those of meeting the target where the method rewards more than that; 100, or the highest score if that is lower, of a method that names
    none.
    """
    return within(indicator.method.full(indicator.rule, indicator), indicator.bounds)


def is_unmet(line: Line) -> bool:
    """Tell whether the indicator was not reached."""
    if line.scored is None:
        return False
    attainment = line.scored.attainment
    indicator = _indicator(line)
    if attainment is None or indicator.method.attainment_falls(indicator.rule):
        return line.score < full_points(indicator)
    return attainment < 1


def points_lost(line: Line) -> Fraction:
    """Give what the total lacks for it: full points less the score, times the weight; 0 where the score is above."""
    return max(Fraction(0), full_points(_indicator(line)) - line.score) * line.weight


@dataclass(frozen=True, slots=True)
class Cost:
    """What an indicator, by its place, cost a total, and how far its score reached: its share of full points."""

    at: int
    lost: Fraction
    standing: Fraction


def costs(lines: Sequence[Line]) -> list[Cost]:
    """List what each line cost, those that cost most first; of equal ones, the one whose score reached less far, then the first."""
    return by_cost([Cost(at, points_lost(line), standing(line)) for at, line in enumerate(lines) if line.scored is not None])


def by_cost(held: Sequence[Cost]) -> list[Cost]:
    """Put costs in order, the greatest first; of equal ones, the one whose score reached less far, then the first."""
    return sorted(held, key=lambda cost: (-cost.lost, cost.standing, cost.at))


def most_costly(held: Sequence[Cost]) -> list[int]:
    """List the places of the points to improve: what cost more than the mean, until that makes half of all points lost; at most three."""
    lost = sum((cost.lost for cost in held), Fraction(0))
    named: list[int] = []
    made = Fraction(0)
    for cost in by_cost(held)[:_MOST_NAMED]:
        if made * 2 >= lost or not _is_costly(cost, held):
            break
        named.append(cost.at)
        made += cost.lost
    return named


def unmet(lines: Sequence[Line]) -> list[int]:
    """List the places of the unmet lines, those that cost most first."""
    return [cost.at for cost in costs(lines) if is_unmet(lines[cost.at])]


def outstanding(lines: Sequence[Line]) -> tuple[list[int], list[int]]:
    """List the places of the strongest lines, best first by score over full points, and of the points to improve (`most_costly`).

    The strongest are at most three; each stands above the mean of the lines, and none cost more than the mean.
    """
    held = costs(lines)
    mean = sum((cost.standing for cost in held), Fraction(0)) / max(1, len(held))
    best = [cost for cost in held if cost.standing > mean and not _is_costly(cost, held)]
    best.sort(key=lambda cost: (-cost.standing, cost.at))
    return [cost.at for cost in best[:_MOST_NAMED]], most_costly(held)


def _is_costly(cost: Cost, held: Sequence[Cost]) -> bool:
    """Tell whether it cost more than the mean."""
    return cost.lost * len(held) > sum((each.lost for each in held), Fraction(0))


def standing(line: Line) -> Fraction:
    """Give how far a score reached: its share of full points."""
    full = full_points(_indicator(line))
    return line.score / full if full > 0 else line.score - full


def _indicator(line: Line) -> Indicator:
    return line.weighed.placed.indicator
