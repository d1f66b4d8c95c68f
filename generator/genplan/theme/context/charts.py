"""What charts show, for templates: names, values and the values in words. None where there is nothing to compare.

Where things stand in a picture is the business of `theme.charts`; there is no geometry here, and no number that is not exact.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from genplan.plan.grades import bands
from genplan.plan.load import PlanFile
from genplan.plan.rounding import round_to
from genplan.scoring.history import PersonHistory, TeamHistory
from genplan.scoring.line import Line
from genplan.scoring.scorecard import Scorecard
from genplan.scoring.shortfall import full_points
from genplan.scoring.unit_progress import UnitPeriod
from genplan.theme.context.equations import SCORE_PLACES, score_places
from genplan.theme.context.plan import Context
from genplan.theme.context.values import share
from genplan.theme.locale import Locale, plain_number

_FEWEST_COMPARED = 2
_FEWEST_AXES, _MOST_AXES = 5, 10
"""A radar with fewer axes has hardly a shape, and one with more cannot be read."""
_FEWEST_PERIODS = 3
"""Two totals are compared in words."""
_MOST_PERIODS = 12
"""A trend shows the last so many."""
_LEVELS = 5
"""Shades of a heat table."""


def person_charts(plan: PlanFile, card: Scorecard, history: PersonHistory | None, locale: Locale) -> Context:
    """Return the charts of one person's result: the profile of scores, and the totals of the periods."""
    places = score_places(plan.plan.rounding.places)
    scored = [line for line in card.lines if line.scored is not None]
    return {
        "radar": _radar(scored, places),
        "trend": _trend(plan, [(locale.period(card.person.period), card.final_total) for card in history.cards]) if history else None,
    }


def team_charts(plan: PlanFile, cards: Sequence[Scorecard], history: TeamHistory | None, locale: Locale) -> Context:
    """Return the charts of everybody's results in one period: departments by indicator, and the averages of the periods."""
    places = plan.plan.rounding.places
    means = [(locale.period(period.period), round_to(period.everybody.mean, places)) for period in history.periods] if history else []
    return {
        "heat": _heat(plan, cards),
        "trend": _trend(plan, means) if means else None,
    }


def report_chart(plan: PlanFile, history: Sequence[UnitPeriod], locale: Locale) -> Context | None:
    """Return a unit's totals over its periods, as results have them; without totals the mean of its attainments, in percent."""
    totals = [(locale.period(each.period), each.card.final_total) for each in history if each.card]
    if totals:
        trend = _trend(plan, totals)
        return {"measure": "total", **trend} if trend else None
    means = [(locale.period(each.period), part) for each in history if (part := share(each.attainment)) is not None][-_MOST_PERIODS:]
    if len(means) < _FEWEST_PERIODS:
        return None
    points = [_point(name, part * 100, locale.percent(part)) for name, part in means]
    whole = {"name": locale.percent(Decimal(1)), "lower": Decimal(100), "upper": None}
    return {"measure": "attainment", "points": points, "bands": [whole]}


def _point(name: str, value: Decimal, text: str) -> Context:
    return {"name": name, "value": value, "text": text}


def _name(line: Line) -> str:
    return line.weighed.placed.indicator.name


def _full_of_all(lines: Sequence[Line]) -> Decimal | None:
    """Return the full points that all indicators have; None where they differ."""
    full = {full_points(line.weighed.placed.indicator) for line in lines}
    return round_to(full.pop(), SCORE_PLACES) if len(full) == 1 else None


def _score(line: Line, places: int, full: Decimal | None) -> Context:
    """Return a score; where full points differ, on the scale of the indicator's own, of which the value is then a percentage."""
    shown = round_to(line.score, places)
    if full is not None:
        return _point(_name(line), shown, plain_number(shown))
    own = full_points(line.weighed.placed.indicator)
    value = round_to(line.score / own * 100, SCORE_PLACES) if own > 0 else Decimal(0)
    return _point(_name(line), value, f"{plain_number(shown)}/{plain_number(round_to(own, places))}")


def _radar(scored: Sequence[Line], places: int) -> Context | None:
    """Take the indicators for axes, or the dimensions where there are too many of those."""
    if _FEWEST_AXES <= len(scored) <= _MOST_AXES:
        full = _full_of_all(scored)
        return {"by": "indicator", "axes": [_score(line, places, full) for line in scored], "full": Decimal(100) if full is None else full}
    dimensions: dict[str, list[Line]] = {}
    for line in scored:
        dimensions.setdefault(line.weighed.placed.dimension.name or "", []).append(line)
    if not _FEWEST_AXES <= len(dimensions) <= _MOST_AXES:
        return None
    means = {name: round_to(_of_dimension(lines), places) for name, lines in dimensions.items()}
    axes = [_point(name, mean, plain_number(mean)) for name, mean in means.items()]
    return {"by": "dimension", "axes": axes, "full": _full_of_all(scored) or Decimal(100)}


def _of_dimension(lines: Sequence[Line]) -> Fraction:
    """Give the mean score of a dimension's indicators by their weights; of points, the percentage of the full marks."""
    if all(line.weighed.placed.indicator.points is not None for line in lines):
        full = sum((full_points(line.weighed.placed.indicator) for line in lines), Fraction(0))
        return sum((line.score for line in lines), Fraction(0)) / full * 100 if full else Fraction(0)
    weights = sum((line.weight for line in lines), Fraction(0))
    if not weights:
        return sum((line.score for line in lines), Fraction(0)) / len(lines)
    return sum((line.weighted for line in lines), Fraction(0)) / weights


def _trend(plan: PlanFile, totals: Sequence[tuple[str, Decimal]]) -> Context | None:
    places = plan.plan.rounding.places
    shown = totals[-_MOST_PERIODS:]
    if len(shown) < _FEWEST_PERIODS:
        return None
    return {
        "points": [_point(name, total, plain_number(total, places)) for name, total in shown],
        "bands": [{"name": band.grade.name, "lower": band.lower, "upper": band.upper} for band in bands(plan.plan)],
    }


def _mean(numbers: Iterable[Fraction]) -> Fraction:
    values = list(numbers)
    return sum(values, Fraction(0)) / len(values)


def _heat(plan: PlanFile, cards: Sequence[Scorecard]) -> Context | None:
    """Average each indicator's scores in each department; levels run from 1, the lowest average of all, to 5, the highest."""
    members: dict[str, list[Scorecard]] = {}
    for card in cards:
        members.setdefault(card.person.department or plan.plan.department, []).append(card)
    lines = cards[0].lines if cards else ()
    if len(members) < _FEWEST_COMPARED or not lines:
        return None
    places = score_places(plan.plan.rounding.places)
    means = [[_department_mean(group, at, places) for group in members.values()] for at in range(len(lines))]
    known = [mean for row in means for mean in row if mean is not None]
    if not known:
        return None
    lowest, highest = min(known), max(known)
    return {
        "departments": [{"name": name, "count": len(group)} for name, group in members.items()],
        "rows": [
            {"name": _name(line), "dimension": line.weighed.placed.dimension.name, "cells": [_cell(mean, lowest, highest) for mean in row]}
            for line, row in zip(lines, means, strict=True)
        ],
    }


def _department_mean(cards: Sequence[Scorecard], at: int, places: int) -> Decimal | None:
    scores = [card.lines[at].score for card in cards if card.lines[at].scored is not None]
    return round_to(_mean(scores), places) if scores else None


def _cell(mean: Decimal | None, lowest: Decimal, highest: Decimal) -> Context:
    if mean is None:
        return {"text": None, "level": 0}
    spread = highest - lowest
    level = 0 if not spread else min(_LEVELS, 1 + int((mean - lowest) * _LEVELS / spread))
    return {"text": plain_number(mean), "level": level}
