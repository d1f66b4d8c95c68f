"""Whether every total gets exactly one grade."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from genplan.diagnostics import Diagnostic, Related, Severity, diagnose
from genplan.plan.checks.weights import percent
from genplan.plan.grades import Band, are_by_rank, are_decided, bands
from genplan.plan.level_rules import are_by_level
from genplan.plan.load import PlanFile
from genplan.plan.model import Grade


def have_bounds(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP312: all grades have a lower bound, or none has and results say who got which (which reading results looks after).

    Grades by rank have a check of their own.
    """
    grades = plan.plan.grades
    bare = [(i, grade) for i, grade in enumerate(grades) if grade.from_ is None]
    if are_by_rank(plan.plan) or are_by_level(plan.plan):
        return
    decided = are_decided(plan.plan)
    if not bare or (decided and plan.plan.results):
        return
    (first, grade), *others = bare
    count = f"{len(bare)} of {len(grades)} grades have no bounds"
    yield diagnose(
        "GP312",
        plan.span("grades", first, "name"),
        f"{count}, so the results must state each person's grade" if decided else f"{count}, so no total can lead to them",
        help="give each a lower bound: `from: 90` (起)"
        + ("; or state each person's grade in the results, in a column 等级" if decided else ", or remove the bounds of all grades"),
        label=grade.name,
        related=[Related(plan.span("grades", i, "name"), g.name) for i, g in others],
        severity=Severity.ERROR if plan.plan.results else Severity.WARNING,
    )


def decided_in_order(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP362: grades without bounds rank as written, the best first; coefficients that rise downwards say otherwise."""
    if not are_decided(plan.plan):
        return
    known = [(i, grade, grade.coefficient) for i, grade in enumerate(plan.plan.grades) if grade.coefficient is not None]
    for (_, above, more), (index, below, less) in pairwise(known):
        if less > more:
            message = f"grade `{below.name}` is listed below `{above.name}`, but its coefficient {less:f} is higher than {more:f}"
            help_ = "list the best grade first: grades without bounds rank in the order listed"
            yield diagnose("GP362", plan.span("grades", index, "coefficient"), message, help=help_)


def by_rank_in_order(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP380: grades by rank come first, with rising shares; the others follow by their bounds, and the lowest takes the rest."""
    if not are_by_rank(plan.plan):
        return
    grades = plan.plan.grades
    for index, grade in enumerate(grades):
        last = index == len(grades) - 1
        above = grades[index - 1] if index else None
        if grade.to is not None:
            message = f"`to` of grade `{grade.name}` has no meaning, because ranks decide on grades of the plan"
            yield diagnose("GP380", plan.span("grades", index, "to"), message, help="remove it: a grade ends where a better one starts")
        if grade.top is not None and last:
            message = f"the lowest grade, `{grade.name}`, is for the top {percent(Fraction(grade.top))}, so the others would have none"
            yield diagnose("GP380", plan.span("grades", index, "top"), message, help="leave out its `top`, or add a grade for the rest")
        if grade.top is None and grade.from_ is None and not last:
            message = f"grade `{grade.name}` has neither `top` nor `from`, so it takes everybody, and nobody gets the grades below it"
            yield diagnose("GP380", plan.span("grades", index, "name"), message, help="add `top:` (前) or `from:` (起)")
        if above is not None:
            yield from _rising(plan, index, above, grade)


def _rising(plan: PlanFile, index: int, above: Grade, grade: Grade) -> Iterator[Diagnostic]:
    """GP380: of two grades, the better one is written first."""
    related = [Related(plan.span("grades", index - 1, "name"), above.name)]
    if grade.top is not None and above.top is None:
        message = f"grade `{grade.name}` is by rank, but stands below `{above.name}`, which is not"
        yield diagnose("GP380", plan.span("grades", index, "top"), message, help="write grades by rank first", related=related)
    elif grade.top is not None and above.top is not None and grade.top <= above.top:
        message = f"grade `{grade.name}` ends at the top {percent(Fraction(grade.top))}, where `{above.name}` ends or has not ended yet"
        advice = "shares count from the top: write the best grade first, each with a greater share than the one above"
        yield diagnose("GP380", plan.span("grades", index, "top"), message, help=advice, related=related)
    elif grade.from_ is not None and above.from_ is not None and grade.from_ > above.from_:
        message = f"grade `{grade.name}` starts at {grade.from_:f}, above `{above.name}`, which is written as the better one"
        advice = "where ranks decide on grades, write the best one first"
        yield diagnose("GP380", plan.span("grades", index, "from"), message, help=advice, related=related)


def by_rank_declared(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP381, GP382: grades by rank need a rule for ties and headcounts, and what is declared of a distribution has an effect."""
    distribution = plan.plan.distribution
    first = next((index for index, grade in enumerate(plan.plan.grades) if grade.top is not None), None)
    if first is not None and distribution is None:
        message = f"grade `{plan.plan.grades[first].name}` is by rank, and nothing says how its share becomes a headcount"
        advice = "add `distribution: {rounding: down, ties: in}` (强制分布: 取整, 并列)"
        yield diagnose("GP381", plan.span("grades", first, "top"), message, help=advice)
    elif first is not None and distribution is not None and distribution.ties is None:
        message = f"grade `{plan.plan.grades[first].name}` is by rank, and nothing says who gets it among equal totals"
        advice = "add `ties: in` (并列: 计入) if all of them get the better grade, or `ties: out` (不计入) if none does"
        related = [Related(plan.span("grades", first, "top"), "by rank")]
        yield diagnose("GP381", plan.span("distribution", key=True), message, help=advice, related=related)
    if distribution is not None and first is None and distribution.ties is not None:
        message = "`ties` has no effect: no grade of the plan is by rank"
        yield diagnose("GP382", plan.span("distribution", "ties"), message, help="remove it, or give a grade `top:` (前), e.g. `top: 15%`")
    if distribution is not None and first is None and not distribution.quotas:
        message = "`distribution` limits nothing: it has no quotas, and no grade of the plan is by rank"
        advice = "add `quotas:` (名额), or remove it"
        yield diagnose("GP382", plan.span("distribution", key=True), message, help=advice)


def bounds_in_order(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP313: a band's upper bound is above its lower one."""
    for index, grade in enumerate(plan.plan.grades):
        if grade.from_ is not None and grade.to is not None and grade.to <= grade.from_:
            message = f"grade `{grade.name}` ends at {grade.to:f}, which is not above its start, {grade.from_:f}"
            yield diagnose("GP313", plan.span("grades", index, "to"), message, help="swap the two, or remove `to`")


def partition(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP310, GP311: each band ends where the next one up starts; with grades by rank, bands have no ends of their own."""
    if any(g.from_ is not None and g.to is not None and g.to <= g.from_ for g in plan.plan.grades):
        return
    for high, low in pairwise(bands(plan.plan)):
        misfit = _misfit(high, low)
        if misfit is not None:
            code, key, fault, advice = misfit
            related = [Related(plan.span("grades", high.index, "from"), high.grade.name)]
            yield diagnose(code, plan.span("grades", low.index, key), fault, help=advice, related=related)


def _misfit(high: Band, low: Band) -> tuple[str, str, str, str] | None:
    """Return the code, the key that is at fault, what is wrong, and the cure; None where two bands meet."""
    upper, lower = high.grade.name, low.grade.name
    top = low.grade.to if low.grade.to is not None else high.lower
    if low.lower == high.lower:
        return "GP311", "from", f"grades `{upper}` and `{lower}` both start at {low.lower:f}", "change the start of one of them"
    advice = f"end `{lower}` where `{upper}` starts, preferably by removing `to`"
    if top < high.lower:
        return "GP310", "to", f"totals from {top:f} up to {high.lower:f} get no grade", advice
    if top > high.lower:
        return "GP311", "to", f"totals from {high.lower:f} up to {top:f} fall into `{lower}` and `{upper}`", advice
    return None
