"""The results of units period by period, for reports that compare a period with those before it.

Only periods of one kind are set beside each other: weeks beside weeks, months beside months.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from genplan.methods.method import Target
from genplan.people.model import Actual, PersonResult
from genplan.people.own_values import has_indicator, own_plan
from genplan.plan.indicator_weights import unweighted, weigh_indicators
from genplan.plan.load import PlanFile
from genplan.plan.model import Missing, Polarity
from genplan.plan.periods import Period
from genplan.plan.polarity import polarity_of
from genplan.scoring.limits import apply_limits
from genplan.scoring.line import Line, score_lines
from genplan.scoring.scorecard import Scorecard
from genplan.scoring.shortfall import is_unmet
from genplan.source.quantity import Quantity


class Direction(StrEnum):
    """Which way an actual went."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """The result of a unit in one period; `card` holds its total and grade, None where the plan has no weights."""

    unit: PersonResult
    lines: tuple[Line, ...]
    card: Scorecard | None

    @property
    def period(self) -> Period:
        """The period it is about."""
        return self.unit.period

    @property
    def counted(self) -> list[Line]:
        """The lines that there is a value of."""
        return [line for line in self.lines if line.actual is not None or line.raters]

    @property
    def targeted(self) -> list[Line]:
        """Those of them that are held against a target in numbers: of the others nothing says whether they were reached."""
        return [line for line in self.counted if _has_target(line)]

    @property
    def unmet(self) -> list[Line]:
        """Those held against a target that fell short of it."""
        return [line for line in self.targeted if is_unmet(line)]

    @property
    def attainment(self) -> Fraction | None:
        """The plain mean of the attainments, over the indicators that have one; None where none has."""
        attained = [line.scored.attainment for line in self.lines if line.scored and line.scored.attainment is not None]
        return sum(attained, Fraction(0)) / len(attained) if attained else None


def _has_target(line: Line) -> bool:
    indicator = line.weighed.placed.indicator
    return isinstance(indicator.target, Quantity) and indicator.method.target is not Target.UNUSED


@dataclass(frozen=True, slots=True)
class IndicatorMovement:
    """How an indicator's actual moved up to a period.

    `change` is the actual less the one of the period before, of a percentage as a share; `percent` means that it is one. `direction` is
    that of the last step, `steps` how many at the end went the same way, and `better` whether that is the wanted one (None: no change).
    """

    change: Fraction
    percent: bool
    direction: Direction
    steps: int
    better: bool | None


def unit_periods(plan: PlanFile, people: Sequence[PersonResult], cards: Sequence[Scorecard], period: Period) -> list[list[UnitPeriod]]:
    """Return for each unit of a period, in the order of the results, what it reached up to then, in the periods of that kind, in order.

    `people` and `cards` are the plan's; a unit that could not be scored is left out.
    """
    wanted = [p for p in {each.period for each in people} if p == period or (p.shape == period.shape and p.end < period.start)]
    by_unit = _scored(cards, wanted) if weigh_indicators(plan) else _unscored(plan, people, wanted)
    units = list(dict.fromkeys(person.id for person in people if person.period == period))
    ordered = sorted(wanted, key=lambda each: (each.start, each.end))
    return [[by_unit[unit, each.id] for each in ordered if (unit, each.id) in by_unit] for unit in units if (unit, period.id) in by_unit]


def _scored(cards: Sequence[Scorecard], wanted: Sequence[Period]) -> dict[tuple[str, str], UnitPeriod]:
    selected = (card for card in cards if card.person.period in wanted)
    return {(card.person.id, card.person.period.id): UnitPeriod(card.person, card.lines, card) for card in selected}


def _unscored(plan: PlanFile, people: Sequence[PersonResult], wanted: Sequence[Period]) -> dict[tuple[str, str], UnitPeriod]:
    selected = (person for person in people if person.period in wanted and can_be_reported(plan, person))
    return {
        (person.id, person.period.id): UnitPeriod(person, apply_limits(plan, lines, Fraction(1)), None)
        for person in selected
        for lines in [score_lines(plan, unweighted(own_plan(plan, person)), person, Fraction(1))]
    }


def can_be_reported(plan: PlanFile, person: PersonResult) -> bool:
    """Return whether a unit has what the plan's policy asks for; what it lacks was reported when results were read."""
    expected = [placed.key for placed in plan.indicators if has_indicator(placed, person)]
    complete = all(key in person.actuals or key in person.ratings for key in expected)
    return not person.unusable and (complete or plan.plan.missing is not Missing.ERROR)


def movement(lines: Sequence[Line | None]) -> IndicatorMovement | None:
    """Follow one indicator through its periods, the last one at the end; None where the last two have no numbers of one kind."""
    if any(line and line.weighed.placed.indicator.is_own for line in lines):
        return None  # it is another one in each period
    values = [_number(line.actual) if line else None for line in lines]
    steps = [_step(old, new) for old, new in pairwise(values)]
    if not steps or steps[-1] is None or values[-1] is None or values[-2] is None or lines[-1] is None:
        return None
    run = 0
    for step in reversed(steps):
        if step is not steps[-1]:
            break
        run += 1
    wanted = Direction.UP if polarity_of(lines[-1].weighed.placed.indicator) is Polarity.HIGHER else Direction.DOWN
    better = None if steps[-1] is Direction.SAME else steps[-1] is wanted
    return IndicatorMovement(values[-1][0] - values[-2][0], values[-1][1], steps[-1], run, better)


def _number(actual: Actual | None) -> tuple[Fraction, bool] | None:
    """Return an actual's number, and whether it is a percentage."""
    if actual is None or not isinstance(actual.value, Quantity):
        return None
    return actual.number, actual.value.percent


def _step(old: tuple[Fraction, bool] | None, new: tuple[Fraction, bool] | None) -> Direction | None:
    if old is None or new is None or old[1] != new[1]:
        return None
    return Direction.UP if new[0] > old[0] else Direction.DOWN if new[0] < old[0] else Direction.SAME
