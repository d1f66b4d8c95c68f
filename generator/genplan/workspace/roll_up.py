"""The plans that a plan sums up: read, checked and scored as they are for themselves."""

import glob
import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from genplan.diagnostics import Diagnostic, Outcome, diagnose, has_errors
from genplan.messages import msg
from genplan.methods.roll_up import RollUp
from genplan.people.load import load_results
from genplan.people.results_files import named_files
from genplan.people.roll_up import Source
from genplan.people.workspace_plans import WorkspacePlans
from genplan.plan.checks import check_plan
from genplan.plan.inheritance import similar_plan
from genplan.plan.load import PlacedIndicator, PlanFile, load_plan
from genplan.plan.roll_ups import has_results, roll_ups
from genplan.plan.weights import is_points_form, points_in
from genplan.scoring.scorecard import score_people


@dataclass(frozen=True)
class Summed:
    """What a plan sums up, by the keys of its indicators; and all plans that are read for it, with the patterns of all files.

    Patterns are relative to the plan's folder.
    """

    by_indicator: Mapping[str, Source]
    paths: tuple[Path, ...] = ()
    patterns: tuple[str, ...] = ()
    loop: tuple[Path, ...] = ()
    """Plans that sum up each other, the first of them again at the end."""


def load_sources(
    plan: PlanFile, root: Path, workspace_plans: WorkspacePlans | None = None, above: tuple[Path, ...] = ()
) -> Outcome[Summed]:
    """Read and score the plans that a plan sums up; `above` are those that sum up this one.

    One that cannot be used is missing from the value. Finds GP378 (that), GP379 (another scale) and GP383 (no period). What is wrong with
    results of the other plans is found where these are checked.
    """
    sources: dict[str, Source] = {}
    read: dict[Path, tuple[Source | None, Summed]] = {}
    diagnostics: list[Diagnostic] = list(_without_period(plan))
    chain = (*above, real_path(plan.path))
    loop: tuple[Path, ...] = ()
    for placed, rule in roll_ups(plan):
        path = Path(os.path.normpath(plan.path.parent / rule.plan))
        refused = _unreachable(plan, placed, path, root)
        if refused is None and real_path(path) in chain:
            loop = (*chain[chain.index(real_path(path)) :], real_path(path))
            refused = _in_a_loop(plan, placed, loop)
        if refused is None and path not in read:
            read[path] = _load(path, _name(plan, path), root, workspace_plans, chain)
        source = read[path][0] if refused is None else None
        if refused is None and source is None:
            loop = read[path][1].loop
            refused = _in_a_loop(plan, placed, loop) if loop else _faulty(plan, placed, path)
        diagnostics += [refused] if refused else _other_scale(plan, placed, rule, source)
        if source is not None:
            sources[placed.key] = source
    folder = plan.path.absolute().parent
    named = [Path(os.path.normpath(plan.path.parent / rule.plan)) for _, rule in roll_ups(plan)]
    paths = dict.fromkeys([*named, *(path for _, summed in read.values() for path in summed.paths)])
    files = [pattern for path in paths for pattern in _patterns(path, folder)]
    return Outcome(Summed(sources, tuple(paths), tuple(dict.fromkeys(files)), loop), diagnostics)


def _load(
    path: Path, file: str, root: Path, workspace_plans: WorkspacePlans | None, chain: tuple[Path, ...]
) -> tuple[Source | None, Summed]:
    """Score a plan; there is no source where the plan, or one that it sums up, has errors."""
    plan, _ = load_plan(path, file)
    if plan is None:
        return None, Summed({})
    summed, problems = load_sources(plan, root, workspace_plans, chain)
    if has_errors([*problems, *check_plan(plan)]):
        return None, summed
    everybody, _ = load_results(plan, root, None, workspace_plans, summed.by_indicator)
    people = [person for person in everybody if not person.awaited]
    cards, _ = score_people(plan, people)
    return Source(plan, people, {(card.person.period.id, card.person.id): card.final_total for card in cards}), summed


def _patterns(path: Path, folder: Path) -> list[str]:
    """List a plan and what it reads, relative to the folder of the plan that sums it up; all plans there while it cannot be read."""
    home = os.path.relpath(path.absolute().parent, folder)
    plan, _ = load_plan(path, str(path))
    names = (path.name, *plan.others) if plan else ()
    entries = [*map(glob.escape, names), *named_files(plan.plan)] if plan else ["[!.]*.md"]
    return [os.path.join(home, each).replace(os.sep, "/").removeprefix("./") for each in entries]  # noqa: PTH118


def _name(plan: PlanFile, path: Path) -> str:
    """Name another plan in messages as this one is named, from the same folder."""
    relative = os.path.relpath(real_path(path), real_path(plan.path.parent)).replace(os.sep, "/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(plan.file), relative))


def real_path(path: Path) -> Path:
    """Follow links as far as they lead; Path.resolve raises where they run in a circle."""
    return Path(os.path.realpath(path))


def _in_a_loop(plan: PlanFile, placed: PlacedIndicator, loop: Sequence[Path]) -> Diagnostic:
    """GP378: plans sum up each other."""
    names = " → ".join(_name(plan, each) for each in loop)
    what = msg("it is this plan itself") if set(loop) == {real_path(plan.path)} else msg("plans sum up each other: {names}", names=names)
    return _refused(plan, placed, what, msg("name the plan whose totals are to be summed up"))


def _faulty(plan: PlanFile, placed: PlacedIndicator, path: Path) -> Diagnostic:
    """GP378: the other plan has errors."""
    name = _name(plan, path)
    return _refused(plan, placed, msg("`{name}` has errors", name=name), msg("`genplan check {name}` lists them; correct them", name=name))


def _unreachable(plan: PlanFile, placed: PlacedIndicator, path: Path, root: Path) -> Diagnostic | None:
    """GP378: the other plan cannot be read."""
    name = _name(plan, path)
    if not real_path(path).is_relative_to(real_path(root)):
        return _refused(plan, placed, msg("`{name}` is outside the workspace", name=name), msg("move the plan into the workspace"))
    if not path.is_file():
        near = similar_plan(path)
        advice = msg("did you mean `{near}`?", near=near) if near else msg("the path is relative to this plan's folder")
        return _refused(plan, placed, msg("there is no plan `{name}`", name=name), advice)
    return None


def _refused(plan: PlanFile, placed: PlacedIndicator, what: str, advice: str) -> Diagnostic:
    message = msg("`{indicator}` cannot sum up the other plan: {reason}", indicator=placed.indicator.name, reason=what)
    return diagnose("GP378", plan.span(*placed.path, "scoring", "plan"), message, help=advice)


def _other_scale(plan: PlanFile, placed: PlacedIndicator, rule: RollUp, source: Source | None) -> list[Diagnostic]:
    """GP379: the other plan's totals have other full marks than the rule says."""
    if source is None:
        return []
    model = source.plan.plan
    full = sum(map(points_in, model.groups), Fraction(0)) if is_points_form(model) else Fraction(100)
    if full == Fraction(rule.out_of):
        return []
    marks = f"{Decimal(full.numerator) / full.denominator:f}"
    message = msg("totals of `{file}` are out of {full}, not {stated}", file=source.plan.file, full=marks, stated=f"{rule.out_of:f}")
    advice = msg("write `out_of: {full}` (总分满分) in `scoring`", full=marks)
    return [diagnose("GP379", plan.span(*placed.path, "scoring"), message, help=advice)]


def _without_period(plan: PlanFile) -> Iterator[Diagnostic]:
    """GP383: it is not said for which period totals are summed up."""
    if roll_ups(plan) and not has_results(plan):
        placed, _ = roll_ups(plan)[0]
        advice = msg("add `period:` (考核期) for which everybody's totals are summed up, or `results:` (考核结果) of its own")
        yield diagnose("GP383", plan.span(*placed.path, "scoring"), msg("no period is stated, so nothing is summed up"), help=advice)
