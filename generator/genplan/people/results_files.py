"""Expands the `results` patterns of a plan to files."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import Message, msg
from genplan.people.readers import READERS, WORKBOOKS
from genplan.plan.load import PlanFile
from genplan.plan.model import Plan

_WITH_SHEET = re.compile(r"(.+\.[A-Za-z]+\s*)#(.+)")
"""A file and a sheet of it. `#` may stand in the name of a file, too: that it ends with its suffix tells the two apart."""


@dataclass(frozen=True, slots=True)
class ResultsFile:
    """A results file, with the sheets of it that the plan names, and where; without names, the plan leaves it open."""

    path: Path
    sheets: frozenset[str] = frozenset()
    place: Span | None = None


Key: TypeAlias = Literal["results", "goals", "calibration"]
"""The keys of a plan that name files of people."""
_UNMATCHED: dict[Key, Message] = {
    "results": msg("the pattern is relative to the plan's folder; correct it, or save the results as `{pattern}`"),
    "goals": msg("the pattern is relative to the plan's folder; correct it, or save the goals as `{pattern}`"),
    "calibration": msg("the pattern is relative to the plan's folder; correct it, or save the calibration as `{pattern}`"),
}
"""What to do if a pattern matches no file."""


def results_files(plan: PlanFile, root: Path, key: Key = "results") -> Outcome[tuple[ResultsFile, ...]]:
    """Expand the plan's patterns under a key, relative to its folder, to files inside the workspace `root`; sorted, each once.

    Finds GP401 (a pattern that matches no file) and GP420 (one that leads out of the workspace, by itself or through a link).
    """
    home = root.resolve()
    sources: dict[Path, ResultsFile] = {}
    diagnostics: list[Diagnostic] = []
    common = frozenset(plan.plan.sheet) if key == "results" else frozenset[str]()
    for number, entry in enumerate(getattr(plan.plan, key)):
        span = plan.span(key, number)
        pattern, sheet = split_sheet(entry)
        inside, outside = _matches(plan.path.parent, pattern, home)
        for path in inside:
            for_all = common if path.suffix.lower() in WORKBOOKS else frozenset[str]()
            sheets, place = (frozenset({sheet}), span) if sheet else (for_all, plan.span("sheet") if for_all else None)
            sources[path] = _together(sources.get(path), ResultsFile(path, sheets, place))
        if outside:
            diagnostics.append(_escapes(span, pattern))
        elif not inside:
            advice = _UNMATCHED[key].with_values(pattern=_example(pattern))
            diagnostics.append(diagnose("GP401", span, msg("`{pattern}` matches no file", pattern=pattern), help=advice))
    return Outcome(tuple(sources[path] for path in sorted(sources, key=Path.as_posix)), diagnostics)


def _together(earlier: ResultsFile | None, source: ResultsFile) -> ResultsFile:
    """Return a file that two entries mean: all sheets that they name, or whatever fits where one of them names none."""
    if earlier is None:
        return source
    both = earlier.sheets | source.sheets if earlier.sheets and source.sheets else frozenset[str]()
    return ResultsFile(source.path, both, earlier.place or source.place)


def split_sheet(entry: str) -> tuple[str, str]:
    """Split `workspace_plans.xlsx#销售部` into the file and its sheet, which is empty where none is named."""
    named = _WITH_SHEET.fullmatch(entry)
    return (named[1].strip(), named[2].strip()) if named else (entry, "")


def named_files(plan: Plan) -> tuple[str, ...]:
    """List the entries of a plan that name files of people, under whatever key."""
    return (*plan.results, *plan.goals, *plan.calibration)


def matching_files(folder: Path, entries: Iterable[str], root: Path) -> list[Path]:
    """List the files that entries mean, as `results_files` does, of a plan in a folder that may have changed since it was read."""
    home = root.resolve()
    return sorted({path for entry in entries for path in _matches(folder, split_sheet(entry)[0], home)[0]}, key=Path.as_posix)


def new_results_file(plan: PlanFile, name: str) -> Path | None:
    """Return the first path that an entry of the plan's `results` matches and that ends with a name, such as `2026-Q3.xlsx`.

    None if no entry matches one: they name other formats, single files, or folders by pattern.
    """
    stem, suffix = name.split(".", 1)
    for entry in plan.plan.results:
        folder, _, pattern = split_sheet(entry)[0].rpartition("/")
        before, star, after = pattern.partition("*")
        fits = star and after in {"", ".*", f".{suffix}"} and not _WILD.search(folder + before)
        if fits:
            return plan.path.parent / folder / f"{before}{stem}.{suffix}"
    return None


_WILD = re.compile(r"[*?\[]")


def _matches(folder: Path, pattern: str, home: Path) -> tuple[set[Path], bool]:
    """Return the files in the workspace, resolved, and whether the pattern leads out of it."""
    # Before looking at the disk: what lies outside is not for a plan to list.
    if not Path(os.path.normpath(folder.resolve() / pattern)).is_relative_to(home):
        return set(), True
    matches = {_real(path) for path in _glob(folder, pattern) if not _is_passing(path.name) and not _is_plain_folder(path)}
    inside = {path for path in matches if path.is_relative_to(home)}
    return inside, inside != matches


def _real(path: Path) -> Path:
    """Follow links; one that leads nowhere is reported under its own name."""
    real = path.resolve()
    return real if real.exists() else path.parent.resolve() / path.name


def _glob(folder: Path, pattern: str) -> Iterator[Path]:
    try:
        yield from folder.resolve().glob(pattern)
    except (ValueError, NotImplementedError, OSError):
        return  # not a pattern, or a folder that cannot be listed: nothing matches


def _is_passing(name: str) -> bool:
    """Tell the files that office programs keep beside an open one; they go when it is closed."""
    return name.startswith(("~$", ".~"))


def _is_plain_folder(path: Path) -> bool:
    """Tell folders that a pattern meets on its way from what should be a file of results: reading says what is wrong with that."""
    return path.is_dir() and path.suffix.lower() not in READERS


def _example(pattern: str) -> str:
    return pattern.replace("**/", "").replace("*", "team-2026-Q3")


def _escapes(span: Span, pattern: str) -> Diagnostic:
    return diagnose(
        "GP420",
        span,
        msg("`{pattern}` leads out of the workspace", pattern=pattern),
        help=msg("move the results into the workspace, next to the plan"),
    )
