"""The indicators that are computed, and the columns that their figures come from."""

from collections.abc import Mapping
from dataclasses import dataclass

from genplan.methods.method import Computation
from genplan.people.collected_figures import formulas, input_names, tallies
from genplan.people.vocabulary import ColumnKind, Target
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.source.text import fold


@dataclass(frozen=True, slots=True)
class Computed:
    """An indicator that is computed, with the columns that its figures come from.

    A formula needs all of them; what is counted needs one, and what has no count did not occur.
    """

    placed: PlacedIndicator
    computation: Computation
    columns: Mapping[str, Target]
    fewest: int


def computations(plan: PlanFile) -> list[Computed]:
    """List the indicators that are computed."""
    names = input_names(plan)
    by_formula = [
        Computed(placed, formula, {name: Target(ColumnKind.INPUT, names[fold(name)]) for name in formula.names}, len(formula.names))
        for placed, formula in formulas(plan)
    ]
    counted = [Computed(placed, tally, {name: Target(ColumnKind.ITEM, name) for name in tally.names}, 1) for placed, tally in tallies(plan)]
    return by_formula + counted
