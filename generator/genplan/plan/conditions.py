"""What the conditions of a plan are about: indicators, counted items, the total, and columns of results."""

from collections.abc import Iterator
from dataclasses import dataclass

from genplan.methods.method import OWN_TARGET, Amounts, Judged
from genplan.methods.wording import Wording
from genplan.plan.condition import Condition, Fact, Reference, Subject
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Indicator, Polarity
from genplan.plan.pay import indicators_named
from genplan.plan.polarity import polarity_of
from genplan.plan.two_way import read_by
from genplan.source.quantity import Quantity
from genplan.source.text import fold
from genplan.source.yaml import Path


@dataclass(frozen=True, slots=True)
class PlacedCondition:
    """A condition with the keys that lead to it, and what it decides: the name of a veto, or the best possible grade."""

    condition: Condition
    path: Path
    decides: str
    vetoes: bool


def conditions(plan: PlanFile) -> Iterator[PlacedCondition]:
    """List all conditions of a plan: those of vetoes, then those of ceilings."""
    for index, veto in enumerate(plan.plan.vetoes):
        if veto.when is not None:
            yield PlacedCondition(veto.when, ("vetoes", index, "when"), veto.name, vetoes=True)
    for index, ceiling in enumerate(plan.plan.ceilings):
        yield PlacedCondition(ceiling.when, ("ceilings", index, "when"), ceiling.grade, vetoes=False)


def item_named(plan: PlanFile, name: str) -> str | None:
    """Return the bonus, deduction or other counted item that a name stands for."""
    return plan.items_by_name.get(fold(name))


def condition_figures(plan: PlanFile) -> dict[str, str]:
    """Map the folded name of every column of results that conditions use, or two-way tables, to how it is first written."""
    names: dict[str, str] = {}
    of_conditions = [each for placed in conditions(plan) for each in placed.condition.references]
    of_tables = [each for placed in plan.indicators if (each := read_by(placed.indicator)) is not None]
    for each in (*of_conditions, *of_tables):
        known = indicators_named(plan, each.name) or item_named(plan, each.name)
        if each.subject is Subject.NAMED and each.fact is None and not known:
            names.setdefault(fold(each.name), each.name)
    return names


def has_attainment(indicator: Indicator) -> bool:
    """Return whether an indicator's attainment is defined: by its method, or as actual ÷ target where higher is better.

    Documents print the attainment of methods that score by it; conditions know it of any indicator with a target above 0.
    """
    target = indicator.target
    divides = target == OWN_TARGET or (isinstance(target, Quantity) and target.value > 0)
    if not isinstance(indicator.method.accepts, Amounts) or not divides:
        return False
    return indicator.method.tag == "inverse-ratio" or polarity_of(indicator) is Polarity.HIGHER


def meant_by(plan: PlanFile, reference: Reference, member: PlacedIndicator | None = None) -> PlacedIndicator | None:
    """Return the indicator that a reference is to: the one it names, or for `any` the `member` that is looked at; None if it is to none."""
    if reference.subject is Subject.ANY:
        return member
    named = indicators_named(plan, reference.name) if reference.subject is Subject.NAMED else []
    return named[0] if named else None


def concerned(plan: PlanFile, reference: Reference) -> list[PlacedIndicator]:
    """List the indicators that a reference is to: one by its name, or for `any` all that have such a thing."""
    if reference.subject is Subject.ANY:
        return [placed for placed in plan.indicators if reference.fact is Fact.SCORE or has_attainment(placed.indicator)]
    return indicators_named(plan, reference.name) if reference.subject is Subject.NAMED else []


def has_actual(plan: PlanFile, indicator: Indicator) -> bool:
    """Return whether results hold one number for an indicator: no level, and no scores of several raters."""
    return not isinstance(indicator.method.accepts, Judged) or (indicator.method.tag == "direct" and not plan.plan.raters)


def limit_words(indicator: Indicator, wording: Wording) -> list[str]:
    """Say what limits a score; nothing where nothing does."""
    limit = indicator.cap_by
    return [] if limit is None else [wording.label(f"rule.cap_by_{limit.fact.value}", name=limit.name)]
