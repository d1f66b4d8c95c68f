"""What the columns of two-way tables are read by."""

from genplan.methods.two_way import ColumnsBy, TwoWay, percents
from genplan.plan.condition import Fact, Reference, Subject
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Indicator
from genplan.plan.pay import indicators_named
from genplan.source.text import fold


def read_by(indicator: Indicator) -> Reference | None:
    """Return what the columns of an indicator's two-way table are bands of; None where it has none."""
    rule = indicator.scoring
    return _reference(rule.by) if isinstance(rule, TwoWay) else None


def _reference(by: ColumnsBy) -> Reference:
    return Reference(Subject.NAMED, by.name, Fact.ATTAINMENT if by.attainment else None)


def two_way_tables(plan: PlanFile) -> list[tuple[PlacedIndicator, TwoWay]]:
    """List the indicators that are scored by two-way tables, with their rules as written."""
    return [(placed, placed.indicator.scoring) for placed in plan.indicators if isinstance(placed.indicator.scoring, TwoWay)]


def figures_in_percent(plan: PlanFile) -> set[str]:
    """Return the folded names of what tables are read by that is no indicator, where the bounds of columns are percentages."""
    return {
        fold(rule.by.name)
        for _, rule in two_way_tables(plan)
        if True in percents(rule.columns) and not indicators_named(plan, rule.by.name)
    }
