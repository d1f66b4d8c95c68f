"""The data of a plan as it is in an editor: its lines, and its content."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from genplan.language_server.outline import outline
from genplan.language_server.positions import Position, line_at, lines_of
from genplan.language_server.tree import Leaf, Spot, TableNode, Tree, spots
from genplan.plan.inheritance import DATA_SUFFIX, is_beside
from genplan.plan.keys import KEYS
from genplan.source.text import read_text

_FENCE = "---"
_VERSIONED = re.compile(r"^[\"']?(\w+)[\"']?\s*:")
_MOST_BASES = 8
"""How many plans that extend each other are looked at."""
HERE = "\0"
"""Marks the place of a cursor: no text has it."""


@dataclass(frozen=True)
class PlanText:
    """A plan file's text. `path` is the file's own, which may have its data, its prose or both."""

    path: Path
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """Its lines, without their ends."""
        return lines_of(self.text)

    @cached_property
    def data_lines(self) -> range:
        """The lines of the data: in Markdown the front matter, which may not be closed yet."""
        if self.path.suffix.lower() == DATA_SUFFIX:
            return range(len(self.lines))
        if line_at(self.lines, 0).rstrip() != _FENCE:
            return range(0)
        end = next((number for number, line in enumerate(self.lines[1:], 1) if line.rstrip() == _FENCE), len(self.lines))
        return range(1, end)

    @cached_property
    def tree(self) -> Tree | None:
        """What the data says."""
        return outline(self.lines, self.data_lines.start, self.data_lines.stop)

    @property
    def table(self) -> TableNode:
        """The keys of the plan; empty if there are none yet."""
        return self.tree if isinstance(self.tree, TableNode) else TableNode()

    @property
    def states_its_version(self) -> bool:
        """Return whether the data has a key `schema` or `extends`, which other files do not have."""
        starts = (_VERSIONED.match(self.lines[number]) for number in self.data_lines)
        return any(KEYS(start[1]) in {"schema", "extends"} for start in starts if start)

    def at(self, position: Position) -> Spot | None:
        """Find the key or value at a position."""
        return next((spot for spot in spots(self.tree) if spot.what.place.holds(position)), None)

    def typed_at(self, position: Position, before: str = "") -> Spot | None:
        """Find the key or value that is being typed at a position, as if `before` preceded it; its text has the mark `HERE`."""
        if position.line not in self.data_lines:
            return None
        line = self.lines[position.line]
        marked = line[: position.column] + before + HERE + line[position.column :]
        lines = [*self.lines[: position.line], marked, *self.lines[position.line + 1 : self.data_lines.stop]]
        tree = outline(lines, self.data_lines.start, len(lines))
        return next((spot for spot in spots(tree) if HERE in spot.text), None)

    def with_bases(self) -> Iterator["PlanText"]:
        """List the plan and those that it extends, the nearest first."""
        yield self
        seen, current = {self.path.name}, self
        for _ in range(_MOST_BASES):
            base = current.base()
            if base is None or base.path.name in seen:
                return
            seen.add(base.path.name)
            yield base
            current = base

    def base(self) -> "PlanText | None":
        """Read the plan that this one extends, or the file with its data; None if it cannot be read."""
        named = self.table.get("extends")
        return read_plan(self.path.parent / named.text) if isinstance(named, Leaf) and is_beside(named.text, self.path) else None


def read_plan(path: Path) -> PlanText | None:
    """Read the file that has a plan's data: the plan's own, or that beside it."""
    text = read_text(path, path.name).value
    if text is None:
        return None
    plan = PlanText(path, text)
    if plan.data_lines or path.suffix == DATA_SUFFIX:
        return plan
    beside = path.with_suffix(DATA_SUFFIX)
    text = read_text(beside, beside.name).value
    return plan if text is None else PlanText(beside, text)
