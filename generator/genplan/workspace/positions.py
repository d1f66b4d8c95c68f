"""The plans of single positions that a scheme has an annex for, each."""

import os
from pathlib import Path

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose, has_errors
from genplan.messages import msg
from genplan.plan.checks import check_plan
from genplan.plan.inheritance import is_beside, similar_plan
from genplan.plan.load import PlanFile, load_plan


def load_positions(plan: PlanFile) -> Outcome[tuple[PlanFile, ...]]:
    """Read the plans that `positions` lists, in the plan's folder.

    Finds GP216: one that is not there, has errors or no indicators, is listed twice, or is the plan itself.
    """
    found: dict[Path, PlanFile] = {}
    diagnostics: list[Diagnostic] = []
    for at, name in enumerate(plan.plan.positions):
        place = plan.span("positions", at)
        path = plan.path.parent / name
        problem = _problem(name, path, plan, place)
        if path in found:
            problem = _refused(place, msg("`{name}` is listed twice", name=name), msg("remove one of them"))
        if problem is None:
            file = str(Path(plan.file).parent / name).replace(os.sep, "/")
            other, _ = load_plan(path, file)
            if other is None or has_errors(check_plan(other)):
                problem = _refused(
                    place, msg("`{file}` has errors", file=file), msg("`genplan check {file}` lists them; correct them", file=file)
                )
            elif not other.indicators:
                problem = _refused(place, msg("`{file}` has no indicators", file=file), msg("list plans with indicators (考核指标)"))
            else:
                found[path] = other
        diagnostics += [problem] if problem else []
    return Outcome(tuple(found.values()), diagnostics)


def _problem(name: str, path: Path, plan: PlanFile, place: Span) -> Diagnostic | None:
    if not is_beside(name, plan.path):
        return _refused(place, msg("`{name}` is not in the plan's folder", name=name), msg("write the name of a plan in the same folder"))
    if os.path.realpath(path) == os.path.realpath(plan.path):
        return _refused(place, msg("the plan lists itself"), msg("list the plans of its positions"))
    if not path.is_file():
        near = similar_plan(path)
        return _refused(
            place,
            msg("there is no plan `{name}`", name=name),
            msg("did you mean `{near}`?", near=near) if near else msg("correct the name"),
        )
    return None


def _refused(place: Span, what: str, advice: str) -> Diagnostic:
    return diagnose("GP216", place, msg("a position has no annex: {reason}", reason=what), help=advice)
