"""What results hold of an indicator beside its actual: the figures that formulas compute with, and what is counted item by item."""

from genplan.methods.items import Tally
from genplan.plan.formula import Formula
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.source.text import fold


def formulas(plan: PlanFile) -> list[tuple[PlacedIndicator, Formula]]:
    """List the indicators that a formula computes, with it."""
    return [(placed, placed.indicator.compute) for placed in plan.indicators if placed.indicator.compute is not None]


def tallies(plan: PlanFile) -> list[tuple[PlacedIndicator, Tally]]:
    """List the indicators whose actual is counted item by item."""
    counted = ((placed, placed.indicator.computation) for placed in plan.indicators)
    return [(placed, tally) for placed, tally in counted if isinstance(tally, Tally)]


def input_names(plan: PlanFile) -> dict[str, str]:
    """Map the folded name of every input to the name it goes by; formulas that differ in case or width mean the same figure."""
    names: dict[str, str] = {}
    for _, formula in formulas(plan):
        for name in formula.names:
            names.setdefault(fold(name), name)
    return names
