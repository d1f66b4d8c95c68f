"""Whether every total gets exactly one grade."""

from collections.abc import Iterator
from itertools import pairwise

from genplan.diagnostics import Diagnostic, Related, Severity, diagnose
from genplan.plan.grades import Band, are_decided, bands
from genplan.plan.load import PlanFile


def have_bounds(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP312: all grades have a lower bound, or none has and results say who got which (which reading results looks after)."""
    grades = plan.plan.grades
    bare = [(i, grade) for i, grade in enumerate(grades) if grade.from_ is None]
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


def bounds_in_order(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP313: a band's upper bound is above its lower one."""
    for index, grade in enumerate(plan.plan.grades):
        if grade.from_ is not None and grade.to is not None and grade.to <= grade.from_:
            message = f"grade `{grade.name}` ends at {grade.to:f}, which is not above its start, {grade.from_:f}"
            yield diagnose("GP313", plan.span("grades", index, "to"), message, help="swap the two, or remove `to`")


def partition(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP310, GP311: each band ends where the next one up starts."""
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
