"""Reading a plan file."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from genplan.diagnostics import Outcome, Span
from genplan.methods.items import Tally
from genplan.plan.inheritance import TextFile, read_written
from genplan.plan.keys import KEYS
from genplan.plan.model import Dimension, Indicator, Plan
from genplan.plan.regulation import ChapterText, chapters_of, is_chapter, is_prose_regulation
from genplan.plan.scales import with_scales
from genplan.plan.sections import Section
from genplan.source.model import read
from genplan.source.text import fold
from genplan.source.yaml import Mapping, locate
from genplan.source.yaml import Path as KeyPath


@dataclass(frozen=True, slots=True)
class PlacedIndicator:
    """An indicator with its dimension, and the path of keys that leads to it.

    `key` names it within the plan: its id, or its name, preceded by the dimension's (`内容质量/满意度`) where two share the name.
    """

    key: str
    indicator: Indicator
    dimension: Dimension
    path: KeyPath
    shared: bool
    """Whether another indicator of the plan has the same name."""


@dataclass(frozen=True)
class PlanFile:
    """A plan that was read, with the text it came from. `file` is its name in messages."""

    plan: Plan
    root: Mapping
    sections: tuple[Section, ...]
    path: Path
    file: str
    text: str
    other_files: tuple[TextFile, ...] = ()
    """Further files that are in it: one with its data, and those that it extends."""

    @property
    def others(self) -> tuple[str, ...]:
        """The names of further files that are in it, all of its folder."""
        return tuple(each.path.name for each in self.other_files)

    @property
    def texts(self) -> dict[str, str]:
        """The text of all files that are in it, by their names in messages."""
        return {self.file: self.text, **{each.file: each.text for each in self.other_files}}

    @property
    def id(self) -> str:
        """The plan's short name: its own, or its file's."""
        return self.plan.id or self.path.stem

    def span(self, *path: str | int, key: bool = False) -> Span:
        """Find where a value, or its key, stands."""
        return locate(self.root, path, KEYS, key=key)

    @cached_property
    def prose(self) -> tuple[Section, ...]:
        """The sections that documents place by their headings: all but the chapters of a regulation."""
        return tuple(s for s in self.sections if not is_chapter(s)) if is_prose_regulation(self.plan) else self.sections

    @cached_property
    def chapters(self) -> tuple[ChapterText, ...]:
        """The regulation that the plan is, if it is one."""
        return chapters_of(self.plan, self.sections, self.span)

    @cached_property
    def indicators(self) -> tuple[PlacedIndicator, ...]:
        """Every indicator in the order written, under a key that no other has."""
        nested = bool(self.plan.dimensions)
        placed = [
            (indicator, group, ("dimensions", g, "indicators", i) if nested else ("indicators", i))
            for g, group in enumerate(self.plan.groups)
            for i, indicator in enumerate(group.indicators)
        ]
        names = Counter(indicator.name for indicator, _, _ in placed)
        return tuple(
            PlacedIndicator(_key(indicator, group, shared=names[indicator.name] > 1), indicator, group, path, names[indicator.name] > 1)
            for indicator, group, path in placed
        )

    @cached_property
    def indicators_by_name(self) -> dict[str, list[PlacedIndicator]]:
        """The indicators that a folded name may stand for: their names, and their keys."""
        found: dict[str, list[PlacedIndicator]] = {}
        for placed in self.indicators:
            for word in dict.fromkeys((fold(placed.indicator.name), fold(placed.key))):
                found.setdefault(word, []).append(placed)
        return found

    @cached_property
    def item_names(self) -> tuple[str, ...]:
        """Everything that results count: the items of indicators, then the bonus and deduction items of the plan."""
        computations = (placed.indicator.computation for placed in self.indicators)
        of_indicators = [name for tally in computations if isinstance(tally, Tally) for name in tally.names]
        return (*of_indicators, *(item.name for item in (*self.plan.bonuses, *self.plan.deductions)))

    @cached_property
    def items_by_name(self) -> dict[str, str]:
        """The same by folded name, the first of each."""
        return {fold(name): name for name in reversed(self.item_names)}


def _key(indicator: Indicator, group: Dimension, *, shared: bool) -> str:
    if indicator.id:
        return indicator.id
    return f"{group.name}/{indicator.name}" if shared and group.name else indicator.name


def load_plan(path: Path, file: str) -> Outcome[PlanFile | None]:
    """Read a plan file; `file` is its name in messages.

    The value is there when the front matter is shaped like a plan; whether it makes sense is for the checks.
    """
    written, inherited = read_written(path, file)
    if written is None or inherited:
        return Outcome(None, inherited)
    data, unknown = with_scales(written.data)
    plan, diagnostics = read(Plan, data, KEYS)
    diagnostics = [*unknown, *dict.fromkeys(diagnostics)]  # a fault of a scale is found wherever the scale is used
    if plan is None or unknown:
        return Outcome(None, diagnostics)
    return Outcome(PlanFile(plan, data, written.sections, path, file, written.text, written.others), diagnostics)
