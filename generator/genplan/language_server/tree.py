"""The keys, values and lists of a YAML text with their places. The text may be incomplete."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from genplan.language_server.positions import Place
from genplan.plan.keys import KEYS

Step: TypeAlias = "str | int"
Path: TypeAlias = tuple[Step, ...]


@dataclass(slots=True)
class Leaf:
    """A value. `alone`: nothing but a dash precedes it on its line, so it may become a key."""

    text: str
    place: Place
    alone: bool = False


@dataclass(slots=True)
class KeyNode:
    """A key with its value, None while there is none; without a `colon` it is a word that may become a key."""

    key: str
    place: Place
    colon: bool = True
    value: "Tree | None" = None


@dataclass(slots=True)
class TableNode:
    """Keys with their values."""

    entries: list[KeyNode] = field(default_factory=list)

    def get(self, key: str) -> "Tree | None":
        """Return the value of a key, in whatever words it is written."""
        return next((each.value for each in self.entries if KEYS(each.key) == key), None)


@dataclass(slots=True)
class ListNode:
    """A list; None is a dash without anything behind it."""

    members: list["Tree | None"] = field(default_factory=list)


Tree: TypeAlias = Leaf | TableNode | ListNode


@dataclass(frozen=True, slots=True)
class Spot:
    """A key or a value of a tree: the keys and numbers that lead to it, and the tables on the way, the nearest last.

    For a key, `path` leads to its table; for a value, to itself.
    """

    what: KeyNode | Leaf
    path: Path
    tables: tuple[TableNode, ...]

    @property
    def text(self) -> str:
        """The key, or the value."""
        return self.what.key if isinstance(self.what, KeyNode) else self.what.text


def spots(tree: Tree | None, path: Path = (), tables: tuple[TableNode, ...] = ()) -> Iterator[Spot]:
    """List all keys and values in the order written."""
    if isinstance(tree, Leaf):
        yield Spot(tree, path, tables)
    elif isinstance(tree, ListNode):
        for number, member in enumerate(tree.members):
            yield from spots(member, (*path, number), tables)
    elif isinstance(tree, TableNode):
        for entry in tree.entries:
            yield Spot(entry, path, (*tables, tree))
            yield from spots(entry.value, (*path, entry.key), (*tables, tree))


def leaves(tree: Tree | None) -> Iterator[Leaf]:
    """List the value, or the values of a list."""
    for each in tree.members if isinstance(tree, ListNode) else [tree]:
        if isinstance(each, Leaf):
            yield each


def members(tree: Tree | None) -> list[Tree]:
    """List the members of a list, as far as there is something behind their dashes."""
    return [each for each in tree.members if each is not None] if isinstance(tree, ListNode) else []
