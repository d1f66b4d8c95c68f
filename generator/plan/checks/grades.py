"""Whether every total gets exactly one grade."""

from collections.abc import Iterator
from itertools import pairwise

from generator.diagnostics import Diagnostic, Related, Severity, diagnose
from generator.plan.grades import Band, bands
from generator.plan.load import PlanFile


def have_bounds(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP312: each grade has a lower bound; an error where there are results to grade."""
    severity = Severity.ERROR if plan.plan.results else Severity.WARNING
    bare = [(i, grade) for i, grade in enumerate(plan.plan.grades) if grade.from_ is None]
    if bare:
        (first, grade), *others = bare
        yield diagnose(
            "GP312",
            plan.span("grades", first, "name"),
            f"{len(bare)} of {len(plan.plan.grades)} grades have no bounds, so no total can be graded",
            help="give each its lower bound: `from: 90` (起)",
            label=grade.name,
            related=[Related(plan.span("grades", i, "name"), g.name) for i, g in others],
            severity=severity,
        )


def bounds_in_order(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP313: a band's upper bound is above its lower one."""
    for index, grade in enumerate(plan.plan.grades):
        if grade.from_ is not None and grade.to is not None and grade.to <= grade.from_:
            message = f"grade `{grade.name}` ends at {grade.to:f}, not above its start {grade.from_:f}"
            yield diagnose("GP313", plan.span("grades", index, "to"), message, help="exchange the two, or leave `to` out")


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
    """Give the code, the key that is at fault, what is wrong, and the cure; None where two bands meet."""
    upper, lower = high.grade.name, low.grade.name
    top = low.grade.to if low.grade.to is not None else high.lower
    if low.lower == high.lower:
        return "GP311", "from", f"grades `{upper}` and `{lower}` both start at {low.lower:f}", "let one of them start elsewhere"
    advice = f"let `{lower}` end where `{upper}` starts, best by leaving `to` out"
    if top < high.lower:
        return "GP310", "to", f"totals from {top:f} up to {high.lower:f} get no grade", advice
    if top > high.lower:
        return "GP311", "to", f"totals from {high.lower:f} up to {top:f} fall into `{lower}` and `{upper}`", advice
    return None
