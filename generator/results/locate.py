"""Which files a plan's `results` means."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.diagnostics import Diagnostic, Outcome, Span, diagnose
from generator.plan.load import PlanFile
from generator.results.readers import READERS


def results_files(plan: PlanFile, root: Path) -> Outcome[tuple[Path, ...]]:
    """Expand the plan's patterns, relative to its folder, to files inside the workspace `root`; sorted, each once.

    Finds GP401 (a pattern that matches no file) and GP420 (one that leads out of the workspace, by itself or through a link).
    """
    home = root.resolve()
    files: set[Path] = set()
    found: list[Diagnostic] = []
    for number, pattern in enumerate(plan.plan.results):
        span = plan.span("results", number)
        inside, outside = _matches(plan.path.parent, pattern, home)
        files |= inside
        if outside:
            found.append(_escapes(span, pattern))
        elif not inside:
            advice = f"the pattern is taken from the plan's folder; correct it, or put the results there as `{_example(pattern)}`"
            found.append(diagnose("GP401", span, f"`{pattern}` matches no file", help=advice))
    return Outcome(tuple(sorted(files, key=Path.as_posix)), found)


def matching(folder: Path, patterns: Iterable[str], root: Path) -> list[Path]:
    """List the files that patterns mean, as `results_files` does, of a plan in a folder that may have changed since it was read."""
    home = root.resolve()
    return sorted({path for pattern in patterns for path in _matches(folder, pattern, home)[0]}, key=Path.as_posix)


def _matches(folder: Path, pattern: str, home: Path) -> tuple[set[Path], bool]:
    """Give the files in the workspace, resolved, and whether the pattern leads out of it."""
    # Before looking at the disk: what lies outside is not for a plan to list.
    if not Path(os.path.normpath(folder.resolve() / pattern)).is_relative_to(home):
        return set(), True
    matches = {_real(path) for path in _glob(folder, pattern) if not _is_passing(path.name) and not _is_plain_folder(path)}
    inside = {path for path in matches if path.is_relative_to(home)}
    return inside, inside != matches


def _real(path: Path) -> Path:
    """Follow links; one that leads nowhere is told of under its own name."""
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
    return diagnose("GP420", span, f"`{pattern}` leads out of the workspace", help="move the results into the workspace, beside the plan")
