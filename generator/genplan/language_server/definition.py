"""Where what a plan refers to is defined, and what of a plan is worth going to."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from genplan.language_server.names import areas, files_named, grades, indicators, key_of, named_at
from genplan.language_server.plan_text import PlanText
from genplan.language_server.positions import Place, Position
from genplan.language_server.tree import KeyNode, Leaf, Spot
from genplan.plan.keys import KEYS
from genplan.source.text import fold

_FILES = frozenset({"extends", "positions", "plan", "results", "goals", "calibration"})
"""The keys whose values are files."""
_START = Place(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Target:
    """A place in a file."""

    path: Path
    place: Place


def define(plan: PlanText, position: Position) -> list[Target]:
    """List the definitions of what is at a position: a duty area, an indicator, a grade, a scale or a file."""
    spot = plan.at(position)
    if spot is None or isinstance(spot.what, KeyNode):
        return []
    if key_of(spot.path) in _FILES:
        return [Target(path, _START) for path in files_named(spot.text, plan)]
    return [Target(each.path, each.place) for each in named_at(spot.path, plan) if _is_meant(each.name, spot, position)]


def _is_meant(name: str, spot: Spot, position: Position) -> bool:
    """Return whether a value is a name, or names it at the position: a condition may name several."""
    if fold(name) == fold(spot.text):
        return True
    column = position.column - spot.what.place.start
    offset = 1 if spot.what.place.end - spot.what.place.start > len(spot.text) else 0  # quotes
    return any(found.start() + offset <= column <= found.end() + offset for found in re.finditer(re.escape(name), spot.text))


@dataclass(frozen=True, slots=True)
class Symbol:
    """A key of the plan with the names of its members, or one of these."""

    name: str
    place: Place
    is_key: bool = False
    members: list["Symbol"] = field(default_factory=list)


_LISTED = {"duties": areas, "dimensions": indicators, "indicators": indicators, "grades": grades}


def symbols(plan: PlanText) -> list[Symbol]:
    """List the parts of a plan: its keys, with its duty areas, indicators and grades below them."""
    found = []
    for entry in plan.table.entries:
        named = _LISTED.get(KEYS(entry.key))
        inside = [leaf for leaf in named(plan.table) if _stands_in(leaf, entry, plan)] if named else []
        if entry.colon and entry.key:
            found.append(
                Symbol(entry.key, entry.place, is_key=True, members=[Symbol(leaf.text, leaf.place) for leaf in inside if leaf.text])
            )
    return found


def _stands_in(leaf: Leaf, entry: KeyNode, plan: PlanText) -> bool:
    """Return whether a value is between a key and the next one."""
    later = [each.place.line for each in plan.table.entries if each.place.line > entry.place.line]
    return entry.place.line <= leaf.place.line < min(later, default=len(plan.lines))
