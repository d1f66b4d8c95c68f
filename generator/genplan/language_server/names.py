"""Names and files that a plan refers to: which fit a key, and where each is defined."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from genplan.language_server.plan_text import PlanText
from genplan.language_server.positions import Place
from genplan.language_server.tree import Leaf, Step, TableNode, Tree, members
from genplan.language_server.tree import Path as KeyPath
from genplan.messages import msg
from genplan.people.readers import READERS
from genplan.plan.keys import KEYS

_FIRST = Place(0, 0, 0)
_MOST_FILES = 200
"""Files that are offered, or found by a pattern."""
_LONGEST_NAME = 255
"""Characters of a path that is looked up; systems refuse longer ones."""
_PATTERN = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name: what it is, and the file and place where it is defined."""

    name: str
    kind: str
    path: Path
    place: Place


def named_at(path: KeyPath, plan: PlanText) -> list[Named]:
    """List what a value may name; `path` leads to the value."""
    key = key_of(path)
    of = _SOURCES.get(key)
    if key == "grade" and "ceilings" not in map(_folded, path) and "quotas" not in map(_folded, path):
        return []
    return list(dict.fromkeys(of(plan))) if of else []


def key_of(path: KeyPath) -> str:
    """Return the key that a value belongs to, whether it is in a list or not."""
    return next((KEYS(step) for step in reversed(path) if isinstance(step, str)), "")


def _folded(step: Step) -> str:
    return KEYS(step) if isinstance(step, str) else ""


def _defined(plan: PlanText, kind: str, find: Callable[[TableNode], Iterable[Leaf]]) -> Iterator[Named]:
    """List what a plan and those that it extends define."""
    for each in plan.with_bases():
        yield from (Named(leaf.text, kind, each.path, leaf.place) for leaf in find(each.table) if leaf.text)


def _names(tree: Tree | None, key: str = "name") -> Iterator[Leaf]:
    """Give the names of a list's members; a member may be just its name."""
    for member in members(tree):
        name = member.get(key) if isinstance(member, TableNode) else member
        if isinstance(name, Leaf):
            yield name


def areas(table: TableNode) -> Iterator[Leaf]:
    """Give the names of the areas of duties."""
    return _names(table.get("duties"), "area")


def indicators(table: TableNode) -> Iterator[Leaf]:
    """Give the names of the indicators."""
    for dimension in members(table.get("dimensions")):
        if isinstance(dimension, TableNode):
            yield from _names(dimension.get("indicators"))
    yield from _names(table.get("indicators"))


def grades(table: TableNode) -> Iterator[Leaf]:
    """Give the names of the grades."""
    return _names(table.get("grades"))


def _scales(table: TableNode) -> Iterator[Leaf]:
    return _names(table.get("scales"))


def _of_areas(plan: PlanText) -> Iterator[Named]:
    return _defined(plan, msg("duty area"), areas)


def _of_indicators(plan: PlanText) -> Iterator[Named]:
    return _defined(plan, msg("indicator"), indicators)


def _of_grades(plan: PlanText) -> Iterator[Named]:
    return _defined(plan, msg("grade"), grades)


def _of_scales(plan: PlanText) -> Iterator[Named]:
    return _defined(plan, msg("scale"), _scales)


def _plans(plan: PlanText) -> Iterator[Named]:
    found = (path for path in plan.path.parent.glob("*.md") if path.stem != plan.path.stem)
    return (Named(path.name, msg("plan"), path, _FIRST) for path in _first_files(found))


def _tables(plan: PlanText) -> Iterator[Named]:
    folder = plan.path.parent / "results"
    found = (path for path in folder.rglob("*") if path.suffix.lower() in READERS)
    return (Named(path.relative_to(plan.path.parent).as_posix(), msg("file"), path, _FIRST) for path in _first_files(found))


def _removable(plan: PlanText) -> Iterator[Named]:
    base = plan.base()
    return iter(()) if base is None else (each for of in (_of_indicators, _of_areas, _of_grades) for each in of(base))


def _first_files(found: Iterator[Path]) -> list[Path]:
    """List files in order; none where the folder cannot be read."""
    try:
        return sorted(path for path, _ in zip(found, range(_MOST_FILES), strict=False))
    except OSError:
        return []


_SOURCES: dict[str, Callable[[PlanText], Iterator[Named]]] = {
    "assesses": _of_areas,
    "cap_by": _of_indicators,
    "when": _of_indicators,
    "grade": _of_grades,
    "scale": _of_scales,
    "scoring": _of_scales,
    "extends": _plans,
    "positions": _plans,
    "plan": _plans,
    "results": _tables,
    "goals": _tables,
    "calibration": _tables,
    "remove": _removable,
}
"""The keys whose values name something, and what they name."""


def files_named(word: str, plan: PlanText) -> list[Path]:
    """List the files that a value names, relative to the plan: a path, a pattern, or a workbook with a sheet behind `#`."""
    name = word.partition("#")[0].strip()
    if not name or Path(name).is_absolute() or len(name) > _LONGEST_NAME:
        return []
    if _PATTERN.search(name):
        return [path for path in _matching(plan.path.parent, name) if path.is_file()]
    path = plan.path.parent / name
    return [path] if path.is_file() else []


def _matching(folder: Path, pattern: str) -> list[Path]:
    try:
        return _first_files(folder.glob(pattern))
    except (ValueError, NotImplementedError):
        return []
