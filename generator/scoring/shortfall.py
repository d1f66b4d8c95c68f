"""What a person fell short of: which indicators are unmet, how many points that took, and which stand out.

An indicator is unmet where its attainment is below 100 %. Where the method gives no attainment (direct, tiers, interpolation, deduction,
pass/fail, rubric, several raters, both sides of a transfer), or one that falls as the actual gets better (per unit, lower is better), it is
unmet where its score is below full points. One that is left out of the total, for want of an actual, is neither met nor unmet.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from generator.plan.model import Indicator
from generator.plan.quantity import Quantity
from generator.plan.scoring import Better, Interpolation
from generator.scoring.line import Line, within
from generator.scoring.methods import METHODS

_USUAL = Fraction(100)
"""Full points of a method that does not name them: points above are for more than what was wanted."""
_MOST_NAMED = 3


def _named(indicator: Indicator) -> Fraction:
    return Fraction(indicator.method.full)


def _highest(scores: Callable[[Any], Sequence[Any]]) -> Callable[[Indicator], Fraction]:
    return lambda indicator: min(_USUAL, max(Fraction(score) for score in scores(indicator.method)))


def _at_target(indicator: Indicator) -> Fraction:
    """Give the score of meeting the target exactly; the highest one where there is no target in numbers."""
    rule: Interpolation = indicator.method
    if isinstance(indicator.target, Quantity):
        return METHODS[rule.TAG](Fraction(indicator.target.value), None, rule).score
    return _highest(lambda rule: [point.score for point in rule.points])(indicator)


_FULL: Mapping[str, Callable[[Indicator], Fraction]] = {
    "direct": _highest(lambda rule: [rule.maximum]),
    "ratio": _named,
    "inverse-ratio": _named,
    "tiers": _highest(lambda rule: [tier.points for tier in rule.tiers]),
    "interpolation": _at_target,
    "per-unit": lambda indicator: Fraction(indicator.method.base),
    "deduction": _named,
    "pass-fail": _named,
    "rubric": _highest(lambda rule: [level.score for level in rule.levels]),
}


def full_points(indicator: Indicator) -> Fraction:
    """Give the points for what is wanted and no more, within the indicator's own bounds.

    Those of meeting the target where the method rewards more than that; 100, or the highest score if that is lower, of a method that names
    none.
    """
    return within(_FULL[indicator.method.TAG](indicator), indicator.bounds)


def is_unmet(line: Line) -> bool:
    """Tell whether the indicator was not reached."""
    if line.scored is None:
        return False
    attainment = line.scored.attainment
    rule = _indicator(line).method
    if attainment is None or getattr(rule, "better", Better.HIGHER) is Better.LOWER:
        return line.score < full_points(_indicator(line))
    return attainment < 1


def points_lost(line: Line) -> Fraction:
    """Give what the total lacks for it: full points less the score, times the weight; 0 where the score is above."""
    return max(Fraction(0), full_points(_indicator(line)) - line.score) * line.weight


def unmet(lines: Sequence[Line]) -> list[int]:
    """List the places of the unmet lines, those that cost most first."""
    return sorted((at for at, line in enumerate(lines) if is_unmet(line)), key=lambda at: (-points_lost(lines[at]), at))


def outstanding(lines: Sequence[Line]) -> tuple[list[int], list[int]]:
    """List the places of the strongest lines, best first, and of the weakest, worst first, by score over full points.

    At most three each, and no more than half of the lines; none is among both, and none where all stand alike.
    """
    standing = {at: _standing(line) for at, line in enumerate(lines) if line.scored is not None}
    best = sorted(standing, key=lambda at: (-standing[at], at))
    count = min(_MOST_NAMED, len(best) // 2)
    if not count or standing[best[0]] == standing[best[-1]]:
        return [], []
    worst = sorted(standing, key=lambda at: (standing[at], at))
    strongest = [at for at in best[:count] if standing[at] > standing[worst[0]]]
    return strongest, [at for at in worst[:count] if standing[at] < standing[strongest[-1]]]


def _standing(line: Line) -> Fraction:
    full = full_points(_indicator(line))
    return line.score / full if full > 0 else line.score - full


def _indicator(line: Line) -> Indicator:
    return line.weighed.placed.indicator
