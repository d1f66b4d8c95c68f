"""Whether every total gets exactly one grade."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from genplan.diagnostics import Diagnostic, Related, Severity, diagnose
from genplan.messages import msg
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
    if decided:
        template = msg("{bare} of {all} grades have no bounds, so the results must state each person's grade")
        advice = msg("give each a lower bound: `from: 90` (起); or state each person's grade in the results, in a column 等级")
    else:
        template = msg("{bare} of {all} grades have no bounds, so no total can lead to them")
        advice = msg("give each a lower bound: `from: 90` (起), or remove the bounds of all grades")
    yield diagnose(
        "GP312",
        plan.span("grades", first, "name"),
        template.with_values(bare=len(bare), all=len(grades)),
        help=advice,
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
            message = msg(
                "grade `{below}` is listed below `{above}`, but its coefficient {less} is higher than {more}",
                below=below.name,
                above=above.name,
                less=f"{less:f}",
                more=f"{more:f}",
            )
            help_ = msg("list the best grade first: grades without bounds rank in the order listed")
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
            message = msg("`to` of grade `{grade}` has no meaning, because ranks decide on grades of the plan", grade=grade.name)
            yield diagnose(
                "GP380", plan.span("grades", index, "to"), message, help=msg("remove it: a grade ends where a better one starts")
            )
        if grade.top is not None and last:
            message = msg(
                "the lowest grade, `{grade}`, is for the top {top}, so the others would have none",
                grade=grade.name,
                top=percent(Fraction(grade.top)),
            )
            yield diagnose(
                "GP380", plan.span("grades", index, "top"), message, help=msg("leave out its `top`, or add a grade for the rest")
            )
        if grade.top is None and grade.from_ is None and not last:
            message = msg(
                "grade `{grade}` has neither `top` nor `from`, so it takes everybody, and nobody gets the grades below it", grade=grade.name
            )
            yield diagnose("GP380", plan.span("grades", index, "name"), message, help=msg("add `top:` (前) or `from:` (起)"))
        if above is not None:
            yield from _rising(plan, index, above, grade)


def _rising(plan: PlanFile, index: int, above: Grade, grade: Grade) -> Iterator[Diagnostic]:
    """GP380: of two grades, the better one is written first."""
    related = [Related(plan.span("grades", index - 1, "name"), above.name)]
    if grade.top is not None and above.top is None:
        message = msg("grade `{grade}` is by rank, but stands below `{above}`, which is not", grade=grade.name, above=above.name)
        yield diagnose("GP380", plan.span("grades", index, "top"), message, help=msg("write grades by rank first"), related=related)
    elif grade.top is not None and above.top is not None and grade.top <= above.top:
        message = msg(
            "grade `{grade}` ends at the top {top}, where `{above}` ends or has not ended yet",
            grade=grade.name,
            top=percent(Fraction(grade.top)),
            above=above.name,
        )
        advice = msg("shares count from the top: write the best grade first, each with a greater share than the one above")
        yield diagnose("GP380", plan.span("grades", index, "top"), message, help=advice, related=related)
    elif grade.from_ is not None and above.from_ is not None and grade.from_ > above.from_:
        message = msg(
            "grade `{grade}` starts at {bound}, above `{above}`, which is written as the better one",
            grade=grade.name,
            bound=f"{grade.from_:f}",
            above=above.name,
        )
        advice = msg("where ranks decide on grades, write the best one first")
        yield diagnose("GP380", plan.span("grades", index, "from"), message, help=advice, related=related)


def by_rank_declared(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP381, GP382: grades by rank need a rule for ties and headcounts, and what is declared of a distribution has an effect."""
    distribution = plan.plan.distribution
    first = next((index for index, grade in enumerate(plan.plan.grades) if grade.top is not None), None)
    if first is not None and distribution is None:
        message = msg("grade `{grade}` is by rank, and nothing says how its share becomes a headcount", grade=plan.plan.grades[first].name)
        advice = msg("add `distribution: {rounding: down, ties: in}` (强制分布: 取整, 并列)")
        yield diagnose("GP381", plan.span("grades", first, "top"), message, help=advice)
    elif first is not None and distribution is not None and distribution.ties is None:
        message = msg("grade `{grade}` is by rank, and nothing says who gets it among equal totals", grade=plan.plan.grades[first].name)
        advice = msg("add `ties: in` (并列: 计入) if all of them get the better grade, or `ties: out` (不计入) if none does")
        related = [Related(plan.span("grades", first, "top"), msg("by rank"))]
        yield diagnose("GP381", plan.span("distribution", key=True), message, help=advice, related=related)
    if distribution is not None and first is None and distribution.ties is not None:
        message = msg("`ties` has no effect: no grade of the plan is by rank")
        yield diagnose(
            "GP382", plan.span("distribution", "ties"), message, help=msg("remove it, or give a grade `top:` (前), e.g. `top: 15%`")
        )
    if distribution is not None and first is None and not distribution.quotas:
        message = msg("`distribution` limits nothing: it has no quotas, and no grade of the plan is by rank")
        advice = msg("add `quotas:` (名额), or remove it")
        yield diagnose("GP382", plan.span("distribution", key=True), message, help=advice)


def bounds_in_order(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP313: a band's upper bound is above its lower one."""
    for index, grade in enumerate(plan.plan.grades):
        if grade.from_ is not None and grade.to is not None and grade.to <= grade.from_:
            message = msg(
                "grade `{grade}` ends at {end}, which is not above its start, {start}",
                grade=grade.name,
                end=f"{grade.to:f}",
                start=f"{grade.from_:f}",
            )
            yield diagnose("GP313", plan.span("grades", index, "to"), message, help=msg("swap the two, or remove `to`"))


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
        return (
            "GP311",
            "from",
            msg("grades `{upper}` and `{lower}` both start at {start}", upper=upper, lower=lower, start=f"{low.lower:f}"),
            msg("change the start of one of them"),
        )
    advice = msg("end `{lower}` where `{upper}` starts, preferably by removing `to`", lower=lower, upper=upper)
    if top < high.lower:
        return "GP310", "to", msg("totals from {end} up to {start} get no grade", end=f"{top:f}", start=f"{high.lower:f}"), advice
    if top > high.lower:
        return (
            "GP311",
            "to",
            msg(
                "totals from {start} up to {end} fall into `{lower}` and `{upper}`",
                start=f"{high.lower:f}",
                end=f"{top:f}",
                lower=lower,
                upper=upper,
            ),
            advice,
        )
    return None
