"""The period a results file, or a row of it, is about."""

from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import listing, msg
from genplan.people.wording import quoted
from genplan.plan.load import PlanFile
from genplan.plan.model import PERIOD_SHAPES, Cycle
from genplan.plan.period_parsing import Mention, PartOfYear, find_mentions, period_in_year, read_period
from genplan.plan.periods import Period
from genplan.source.text import fold

_SHAPES = {
    "week": msg("the week"),
    "month": msg("the month"),
    "quarter": msg("the quarter"),
    "half": msg("the half"),
    "year": msg("the year"),
}
_EXAMPLES = {"week": "2026-W28", "month": "2026-07", "quarter": "2026-Q3", "half": "2026-H1", "year": "2026"}


def plan_period(plan: PlanFile) -> Period | None:
    """The period the plan names as the one now assessed."""
    return plan.plan.period.period if plan.plan.period else None


def file_period(file: str, plan: PlanFile) -> Outcome[Period | None]:
    """Return the period that the file's name or folder says; None where nothing in them is about time.

    Where the name is about time and no period can be read off it, there is none. Finds GP464 (a date, or a period that is not clear) and
    GP465 (one that is not of the plan's cycle); both matter only where rows state no period.
    """
    path = PurePosixPath(file)
    named, mentioned = _named(path.stem, file, plan)
    if mentioned:
        return Outcome(None, mentioned)
    folder, unclear = next((read for read in _folders(path, plan) if read.value or read.diagnostics), Outcome(None, []))
    if named is None and unclear:
        return Outcome(None, unclear)
    if named and folder and not (folder.start <= named.start and named.end <= folder.end):
        problem = msg("the name says {period} but the folder says {other}", period=named.id, other=folder.id)
        return Outcome(None, [_unclear(file, plan, problem)])
    own = plan_period(plan)
    holds_own = own is not None and folder is not None and folder.start <= own.start and own.end <= folder.end
    period = named or (own if holds_own else folder)
    if period is None:
        return Outcome(None, [])
    strange = _not_of_cycle(file, plan, period)
    return Outcome(None if strange else period, strange)


def row_period(text: str, plan: PlanFile) -> Period | None:
    """Read the period a row states: in any of its forms, or by the name the plan gives its own."""
    own = plan_period(plan)
    return own if own and text in (own.name, own.id) else read_period(text)


def _folders(path: PurePosixPath, plan: PlanFile) -> Iterable[Outcome[Period | None]]:
    """Read the folders between the plan and the file, the nearest first."""
    home = PurePosixPath(plan.file).parent
    if not path.is_relative_to(home):
        return ()
    return (_named(name, str(path), plan) for name in reversed(path.relative_to(home).parts[:-1]))


def _named(name: str, file: str, plan: PlanFile) -> Outcome[Period | None]:
    """Read the period off a name, whatever else it says; None where nothing in it is about time."""
    own = plan_period(plan)
    if own and own.name and fold(own.name) in fold(name):
        return Outcome(own, [])
    mentioned = find_mentions(name)
    if not mentioned:
        return Outcome(None, [])
    period, problem = _agreed(mentioned)
    if own and period and (own.start, own.end) == (period.start, period.end):
        period = own
    return Outcome(period, []) if not problem else Outcome(None, [_unclear(file, plan, problem)])


def _agreed(mentioned: list[Mention]) -> tuple[Period | None, str]:
    """Return the one period that all mentions agree on, or else what is wrong."""
    texts = listing(dict.fromkeys(quoted(mention.text) for mention in mentioned), " and ")
    if any(mention.value is None for mention in mentioned):
        return None, msg("{texts} in the name cannot be read as a period", texts=texts)
    periods = {mention.value for mention in mentioned if isinstance(mention.value, Period)}
    parts = {mention.value for mention in mentioned if isinstance(mention.value, PartOfYear)}
    days = [mention.value for mention in mentioned if isinstance(mention.value, date)]
    if not periods and parts:
        return None, msg("{texts} in the name does not include the year", texts=texts)
    if not periods:
        return None, msg("{texts} in the name is a day, not a period", texts=texts)
    period, *others = periods
    if period.shape == "year" and not others and len(parts) == 1:
        (part,) = parts
        whole = period_in_year(period.year, part)
        period, parts = (whole, set()) if whole else (period, parts)
    agree = all((part.shape, part.ordinal) == (period.shape, period.ordinal) for part in parts)
    if others or not agree or not all(period.start <= day <= period.end for day in days):
        return None, msg("the name says {texts}, which is more than one period", texts=texts)
    return period, ""


def _unclear(file: str, plan: PlanFile, problem: str) -> Diagnostic:
    example = _EXAMPLES.get(next(iter(_shapes(plan)), ""), "2026-Q3")
    name = f"team-{example}{PurePosixPath(file).suffix}"
    advice = msg("name the file after its period, e.g. {name}, or state the period of each row in a column 考核期", name=name)
    return diagnose("GP464", Span(file), msg("{problem}, so the file's period is unclear", problem=problem), help=advice)


def _shapes(plan: PlanFile) -> list[str]:
    """List the shapes that periods of the plan have; none where any may be."""
    if plan.plan.cycle:
        return [PERIOD_SHAPES[cycle] for cycle in plan.plan.cycle] if not {Cycle.AD_HOC, Cycle.PROBATION} & {*plan.plan.cycle} else []
    own = plan_period(plan)
    return [own.shape] if own and own.shape in _EXAMPLES else []


def _not_of_cycle(file: str, plan: PlanFile, period: Period) -> list[Diagnostic]:
    shapes = _shapes(plan)
    if not shapes or period.shape in shapes or period == plan_period(plan):
        return []
    message = msg(
        "the file's name says {period}, but the plan assesses by {shapes}; its rows are ignored",
        period=period.id if period.shape in _EXAMPLES else msg("{start} to {end}", start=period.start, end=period.end),
        shapes=listing((_SHAPES[shape] for shape in shapes), " and "),
    )
    advice = msg(
        "name the file after its period ({example}), add a column 考核期, or add the cycle to `cycle:` (考核周期) in the plan",
        example=_EXAMPLES[shapes[0]],
    )
    return [diagnose("GP465", Span(file), message, help=advice)]
