"""One edition, and a context without what it hides."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from genplan.theme.editions.paths import GROUPS, with_all_that_tells, with_people
from genplan.theme.locale import Locale

_STEP = re.compile(r"(\w+)(\[(?:([\w.]+)=([\w-]+))?\])?")


class _Step(NamedTuple):
    """One name of a path; `key` and `value` say which entries are meant, all of them where empty."""

    name: str
    entries: bool
    key: str
    value: str

    def means(self, value_here: object) -> bool:
        for name in self.key.split(".") if self.key else ():
            value_here = value_here.get(name) if isinstance(value_here, Mapping) else None
        return not self.key or value_here == self.value


@dataclass(frozen=True)
class Edition:
    """An edition by its name, and the keys that it hides as editions.yml writes them."""

    name: str
    hidden: frozenset[str] = frozenset()
    alone: bool = False
    """Whether only what is hidden goes, and not what else tells the same."""

    def title(self, locale: Locale) -> str:
        """Return what the edition is called: the label `edition.NAME`, or else its name."""
        return locale.labels.get(f"edition.{self.name}", self.name)

    @cached_property
    def _paths(self) -> tuple[tuple[_Step, ...], ...]:
        return tuple(_steps(path) for path in (with_people(self.hidden) if self.alone else with_all_that_tells(self.hidden)))

    def reduce(self, context: Mapping[str, object]) -> dict[str, object]:
        """Copy a context without what the edition hides: lists are empty, all else is none. What is not there is skipped."""
        reduced = dict(context)
        for path in self._paths:
            reduced = _without(reduced, path)
        return reduced


def _steps(path: str) -> tuple[_Step, ...]:
    return tuple(_Step(name, bool(entries), key, value) for name, entries, key, value in _STEP.findall(path))


def _without(holder: dict[str, object], path: tuple[_Step, ...], above: str = "") -> dict[str, object]:
    step, rest = path[0], path[1:]
    if step.name not in holder:
        return holder
    return {**holder, step.name: _reduced(holder[step.name], step, rest, f"{above}{step.name}")}


def _reduced(value: object, step: _Step, rest: tuple[_Step, ...], name: str) -> object:
    if isinstance(value, list | tuple):
        if not rest:
            return [entry for entry in value if not step.means(entry)] if step.entries else []
        return [_inside(entry, rest, name) if step.means(entry) else entry for entry in value]
    if not step.means(value):
        return value
    if rest:
        return _inside(value, rest, name)
    return dict.fromkeys(value) if isinstance(value, Mapping) and name in GROUPS else None


def _inside(value: object, rest: tuple[_Step, ...], name: str) -> object:
    return _without(value, rest, f"{name}.") if isinstance(value, dict) else value
