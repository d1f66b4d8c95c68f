"""Scores that another indicator's score or attainment limits: 销售额's by 回款率.完成率."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from genplan.diagnostics import Diagnostic, diagnose
from genplan.methods.full_points import full_marks
from genplan.methods.method import Limit
from genplan.people.model import PersonResult
from genplan.people.wording import quoted
from genplan.plan.condition import Fact, Reference
from genplan.plan.conditions import has_attainment
from genplan.plan.load import PlanFile
from genplan.plan.pay import indicators_named
from genplan.scoring.line import Line, effective_target
from genplan.source.quantity import Quantity


def hold(plan: PlanFile, lines: Sequence[Line], part: Fraction) -> tuple[Line, ...]:
    """Hold scores down to the share of their full marks that their limits are of their own; one that is not known leaves a score alone.

    A limit is not below the lower bound of its indicator, which is 0 where there is none.
    """
    by_key = {line.weighed.placed.key: line for line in lines}
    return tuple(_held(plan, line, by_key, part) for line in lines)


def _held(plan: PlanFile, line: Line, by_key: Mapping[str, Line], part: Fraction) -> Line:
    reference = line.weighed.placed.indicator.cap_by
    share = None if reference is None or line.scored is None else _share(plan, reference, by_key, part)
    if share is None:
        return line
    indicator = line.weighed.placed.indicator
    limit = max(share * Fraction(full_marks(indicator)), Fraction(indicator.bounds.minimum or 0))
    return line if line.score <= limit else replace(line, score=limit, weighted=limit * line.weight, held=True)


def unknown_limits(plan: PlanFile, record: PersonResult, lines: Sequence[Line], part: Fraction) -> Iterator[Diagnostic]:
    """GP441: a score whose limit is not known."""
    by_key = {line.weighed.placed.key: line for line in lines}
    for line in lines:
        indicator = line.weighed.placed.indicator
        if indicator.cap_by is not None and line.scored is not None and _share(plan, indicator.cap_by, by_key, part) is None:
            name = indicator.cap_by.name
            message = f"the limit of `{indicator.name}` by `{name}` is not known for {quoted(record.id)}: `{name}` is missing"
            yield diagnose("GP441", record.span, message, help=f"fill in `{name}`")


def _share(plan: PlanFile, reference: Reference, by_key: Mapping[str, Line], part: Fraction) -> Fraction | None:
    """Return the attainment of the indicator that a limit is by, or its score as a share of its full marks."""
    line = by_key[indicators_named(plan, reference.name)[0].key]
    if reference.fact is Fact.ATTAINMENT:
        return attainment_of(line, part)
    return None if line.scored is None else line.score / Fraction(full_marks(line.weighed.placed.indicator))


def attainment_of(line: Line, part: Fraction) -> Fraction | None:
    """Return an attainment: as the method gives it, or the actual as a share of the target, of which `part` is in force."""
    indicator = line.weighed.placed.indicator
    if line.scored is None or line.actual is None or not has_attainment(indicator):
        return None
    if line.scored.attainment is not None:
        return line.scored.attainment
    if line.scored.limit is Limit.ZERO:  # none at all of what should be few: the score says what that is worth
        return line.scored.score / Fraction(indicator.rule.full)
    target = effective_target(indicator, part)
    assert isinstance(line.actual.value, Quantity)  # what has an attainment is a number
    actual = line.actual.exact if line.actual.exact is not None else Fraction(line.actual.value.value)
    return actual / target if target else None
