"""What numbers in results are measured in: as percentages or not, and in which unit, as the plan says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from genplan.messages import msg
from genplan.methods.method import Counts, Judged, Totals
from genplan.people.collected_figures import formulas, input_names, tallies
from genplan.people.own_words import OWN_KINDS
from genplan.people.vocabulary import WORDS, ColumnKind, Field, Target, further_figures, pay_figures
from genplan.people.votes import vote_columns
from genplan.plan.comparison_amounts import in_percent
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.two_way import figures_in_percent
from genplan.plan.units import SCORE, SHARE, Unit, parse_plan_unit, parse_unit
from genplan.source.text import fold

_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]\s*$")
_TIMES = Unit(Fraction(1), "次", "次")
_VOTES = Unit(Fraction(1), "票", "票")
SCORE_UNIT = Unit(Fraction(1), SCORE, SCORE)
_PERCENT = Unit(Fraction(1, 100), SHARE, "%")


@dataclass(frozen=True, slots=True)
class Measure:
    """How a number is written in results.

    `percent` means that it is a percentage; None that it may be one or not. `unit` is what the plan measures in, None where it does not
    say. `also` are units that mean the same here. `name` is how messages call what is measured.
    """

    name: str
    percent: bool | None
    unit: Unit | None
    also: tuple[Unit, ...] = ()

    @property
    def in_words(self) -> str:
        """Describe what to write."""
        if self.percent:
            return msg("a percentage with its sign (95%)")
        if self.unit is None or self.unit.base == SCORE:
            return msg("only the number")
        return msg("the number in {unit}, as the plan measures it", unit=self.unit.text)


def measure_of(placed: PlacedIndicator) -> Measure:
    """Return the measure of an indicator."""
    indicator, takes = placed.indicator, placed.indicator.method.accepts
    percent = in_percent(indicator)
    if isinstance(takes, Judged | Totals):
        return Measure(placed.key, percent=False, unit=SCORE_UNIT)
    if percent:
        return Measure(placed.key, percent=True, unit=_PERCENT)
    stated = indicator.unit or _unit_in(indicator.name)
    unit = parse_plan_unit(stated) if stated else _TIMES if isinstance(takes, Counts) else None
    if unit is not None and unit.base == SHARE and percent is None:
        return Measure(placed.key, percent=True, unit=_PERCENT)
    return Measure(placed.key, percent, unit)


def measures(plan: PlanFile) -> dict[Target, Measure]:
    """Return the measure of everything that results may hold a number of."""
    measured = {
        Target(kind, placed.key): measure_of(placed) for placed in plan.indicators for kind in (ColumnKind.INDICATOR, ColumnKind.COMPUTED)
    }
    measured |= dict(_own(plan))
    measured |= dict(_inputs(plan))
    measured |= dict(_condition_figures(plan))
    measured |= dict(_pay_figures(plan))
    for item in (*plan.plan.bonuses, *plan.plan.deductions):
        measured[Target(ColumnKind.ITEM, item.name)] = Measure(
            item.name, percent=False, unit=_TIMES, also=(SCORE_UNIT,) if item.points == 1 else ()
        )
    for _, tally in tallies(plan):
        for counted, _ in tally.rule.signed:
            unit = parse_plan_unit(counted.unit) if counted.unit else None
            measured[Target(ColumnKind.ITEM, counted.name)] = Measure(counted.name, percent=False, unit=unit or _TIMES)
    measured |= {Target(ColumnKind.VOTES, name): Measure(name, percent=False, unit=_VOTES) for name in vote_columns(plan)}
    for veto in plan.plan.entered_vetoes:
        measured[Target(ColumnKind.VETO, veto.name)] = Measure(veto.name, percent=False, unit=_TIMES)
    return measured


def _own(plan: PlanFile) -> Iterator[tuple[Target, Measure]]:
    """Return the measures of what a person may have of their own: amounts as the indicator's, a weight as any, points."""
    for placed in plan.indicators:
        for kind, field in OWN_KINDS.items():
            measure = replace(measure_of(placed), name=f"{placed.key}（{WORDS[field][0]}）")
            if field is Field.OWN_WEIGHT:
                measure = Measure(measure.name, percent=None, unit=None)
            elif field is Field.OWN_POINTS:
                measure = Measure(measure.name, percent=False, unit=SCORE_UNIT)
            yield Target(kind, placed.key), measure


def _inputs(plan: PlanFile) -> Iterator[tuple[Target, Measure]]:
    """Return the measures of the inputs of formulas, each under the name that it goes by in results."""
    names = input_names(plan)
    for placed, formula in formulas(plan):
        units = {fold(figure.name): figure.unit for figure in placed.indicator.inputs}
        for name in formula.names:
            stated = units.get(fold(name)) or _unit_in(name)
            unit = parse_plan_unit(stated) if stated else None
            percent = unit is not None and unit.base == SHARE
            own = names[fold(name)]
            yield Target(ColumnKind.INPUT, own), Measure(own, percent, _PERCENT if percent else unit)


def _pay_figures(plan: PlanFile) -> Iterator[tuple[Target, Measure]]:
    """Return the measures of the columns that only pay uses: sums in its unit, or coefficients, unless the plan says otherwise."""
    pay, names = plan.plan.pay, input_names(plan)
    if pay is None:
        return
    units = {fold(figure.name): figure.unit for figure in pay.inputs}
    for name, target in pay_figures(plan).items():
        if fold(name) in names:
            continue
        stated = units.get(fold(name)) or _unit_in(name)
        unit = parse_plan_unit(stated or pay.unit)
        percent = (unit.base == SHARE) if stated else None
        yield target, Measure(name, percent, _PERCENT if percent else unit)


def _condition_figures(plan: PlanFile) -> Iterator[tuple[Target, Measure]]:
    """Return the measures of the columns that only conditions and two-way tables use: plain numbers, unless the plan says otherwise.

    The columns of a table say it by being percentages.
    """
    names, shares = input_names(plan), figures_in_percent(plan)
    units = {fold(figure.name): figure.unit for figure in plan.plan.inputs}
    for name, target in further_figures(plan).items():
        if fold(name) not in names:
            stated = units.get(fold(name))
            unit = parse_plan_unit(stated) if stated else None
            percent = unit.base == SHARE if unit is not None else fold(name) in shares
            yield target, Measure(name, percent, _PERCENT if percent else unit)


def pay_factor(plan: PlanFile, measure: Measure) -> Fraction:
    """Return what a number so measured is multiplied by to be in the unit of pay; 1 where it is no sum of money."""
    money = parse_plan_unit(plan.plan.pay.unit) if plan.plan.pay else None
    return measure.unit.factor / money.factor if money and measure.unit and measure.unit.base == money.base else Fraction(1)


def _unit_in(name: str) -> str | None:
    """Return the unit in brackets behind a name, if it is a known one."""
    match = _BRACKET.search(name)
    return match[1] if match and parse_unit(match[1]) else None
