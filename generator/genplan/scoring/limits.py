"""Scores that another indicator limits, 销售额's by 回款率.完成率, or decides in a two-way table, and what of that is not known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import msg
from genplan.methods.full_points import full_marks
from genplan.people.model import PersonResult
from genplan.people.wording import quoted
from genplan.plan.condition import Fact, Reference
from genplan.plan.load import PlanFile
from genplan.plan.pay import indicators_named
from genplan.plan.two_way import read_by
from genplan.scoring.line import Line, attainment


def apply_limits(plan: PlanFile, lines: Sequence[Line], part: Fraction) -> tuple[Line, ...]:
    """Limit scores to the share of their full marks that the other indicator reaches; an unknown share limits nothing.

    A limit is not below the lower bound of its indicator, which is 0 where there is none.
    """
    by_key = {line.weighed.placed.key: line for line in lines}
    return tuple(_limited(plan, line, by_key, part) for line in lines)


def _limited(plan: PlanFile, line: Line, by_key: Mapping[str, Line], part: Fraction) -> Line:
    reference = line.weighed.placed.indicator.cap_by
    share = None if reference is None or line.scored is None else _share(plan, reference, by_key, part)
    if share is None:
        return line
    indicator = line.weighed.placed.indicator
    limit = max(share * Fraction(full_marks(indicator)), Fraction(indicator.bounds.minimum or 0))
    return line if line.score <= limit else replace(line, score=limit, weighted=limit * line.weight, limited=True)


def unknown_limits(plan: PlanFile, record: PersonResult, lines: Sequence[Line], part: Fraction) -> Iterator[Diagnostic]:
    """GP441: a score whose limit is not known."""
    by_key = {line.weighed.placed.key: line for line in lines}
    for line in lines:
        indicator = line.weighed.placed.indicator
        if indicator.cap_by is not None and line.scored is not None and _share(plan, indicator.cap_by, by_key, part) is None:
            name = indicator.cap_by.name
            message = msg(
                "the limit of `{indicator}` by `{limit}` is not known for {person}: `{limit}` is missing",
                indicator=indicator.name,
                limit=name,
                person=quoted(record.id),
            )
            yield diagnose("GP441", record.span, message, help=msg("fill in `{name}`", name=name))


def unreadable_tables(record: PersonResult, lines: Sequence[Line]) -> Iterator[Diagnostic]:
    """GP441: a score by a two-way table of which the column is not known."""
    for line in lines:
        indicator = line.weighed.placed.indicator
        by = read_by(indicator)
        if by is not None and line.actual is not None and line.scored is None:
            message = msg(
                "the column in the table of `{indicator}` is not known for {person}: `{name}` is missing",
                indicator=indicator.name,
                person=quoted(record.id),
                name=by.name,
            )
            yield diagnose("GP441", record.span, message, help=msg("fill in `{name}`", name=by.name))


def _share(plan: PlanFile, reference: Reference, by_key: Mapping[str, Line], part: Fraction) -> Fraction | None:
    """Return the attainment of the indicator that a limit is by, or its score as a share of its full marks."""
    line = by_key[indicators_named(plan, reference.name)[0].key]
    if reference.fact is Fact.ATTAINMENT:
        return attainment_of(line, part)
    return None if line.scored is None else line.score / Fraction(full_marks(line.weighed.placed.indicator))


def attainment_of(line: Line, part: Fraction) -> Fraction | None:
    """Return the attainment of a line, where `part` of the target is in force; None where it has none."""
    if line.scored is None or line.actual is None:
        return None
    return attainment(line.weighed.placed.indicator, line.actual, line.scored, part)
