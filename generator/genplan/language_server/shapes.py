"""What a plan may say where, by the JSON Schema that `genplan schema` prints: keys with their meanings, and values."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from genplan.language_server.tree import Leaf, Path, TableNode
from genplan.messages import current_language, use_language
from genplan.plan.keys import KEYS
from genplan.plan.model import Plan
from genplan.source.model import json_schema

Shape: TypeAlias = dict[str, Any]
"""A part of the schema, without references and alternatives."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that a table may have: its English name, its meaning, and whether it is required."""

    name: str
    meaning: str
    needed: bool


def shapes_at(path: Path, tables: tuple[TableNode, ...]) -> list[Shape]:
    """List the forms that what a path leads to may have; `tables` are the tables on the way, which decide between alternatives."""
    remaining = list(tables)
    here = _flat(_schema(current_language()))
    for step in path:
        if isinstance(step, int):
            here = [each for shape in here for each in _flat(shape.get("items", {}))]
        else:
            here = narrowed(here, remaining.pop(0) if remaining else TableNode())
            here = [each for shape in here for each in _flat(_described_part(shape, step))]
    return here


def keys_at(shapes: list[Shape], table: TableNode) -> list[Key]:
    """List the keys that a table may have. Where it is not clear yet which of several forms it has, those that all of them have."""
    first, *others = narrowed(shapes, table) or [{}]
    return [
        Key(name, _meaning(first, name, alone=not others), name in _needed(first))
        for name in first.get("properties", {})
        if all(name in each["properties"] for each in others)
    ]


def narrowed(shapes: list[Shape], table: TableNode) -> list[Shape]:
    """Leave out the forms that what a table already says rules out: scoring with `method: tiers` has the keys of tiers."""
    tabular = [shape for shape in shapes if "properties" in shape]
    telling = [entry for entry in table.entries if all(_is_fixed(shape, entry.key) for shape in tabular)]
    fitting = [shape for shape in tabular if all(_fits(shape, entry.key, entry.value) for entry in telling)]
    return fitting or tabular


def meanings(shapes: list[Shape]) -> dict[str, str]:
    """Say what fixed values mean, where the schema does: those that choose one of several forms."""
    telling = [shape for shape in shapes if "enum" in shape and "description" in shape]
    telling += [_described_part(shape, key) for shape in shapes for key in shape.get("properties", {}) if _chooses(shape, key)]
    return {word: str(shape["description"]) for shape in telling for word in shape["enum"]}


def _part(shape: Shape, key: str) -> Shape:
    part: Shape = shape.get("properties", {}).get(KEYS(key), {})
    return part


def _is_fixed(shape: Shape, key: str) -> bool:
    return "enum" in _part(shape, key)


def _fits(shape: Shape, key: str, value: object) -> bool:
    part = _part(shape, key)
    return "enum" not in part or not isinstance(value, Leaf) or value.text in part["enum"]


def _chooses(shape: Shape, key: str) -> bool:
    """Return whether a key has only one value in a form, which identifies the form."""
    part = _part(shape, key)
    return "enum" in part and "default" in part and "description" not in part


def _described_part(shape: Shape, key: str) -> Shape:
    """Return the schema's description of a key; of one that identifies the form of its table, the description of that form."""
    part = _part(shape, key)
    return {"description": shape.get("description", ""), **part} if _chooses(shape, key) else part


def _meaning(shape: Shape, key: str, *, alone: bool) -> str:
    """Return what a key means; `alone`: there is only one form."""
    return str((_described_part(shape, key) if alone else _part(shape, key)).get("description", ""))


def _needed(shape: Shape) -> set[str]:
    return {word for part in shape.get("allOf", []) for each in part.get("anyOf", []) for word in each.get("required", [])}


def _flat(part: Shape) -> list[Shape]:
    return list(_alternatives(part))


def _alternatives(part: Shape) -> Iterator[Shape]:
    if "$ref" in part:
        yield from _alternatives(_schema(current_language())["$defs"][part["$ref"].rpartition("/")[2]])
        return
    nested = [*part.get("anyOf", []), *part.get("oneOf", [])]
    if not nested or "properties" in part:
        yield part
    for each in nested if "properties" not in part else []:
        yield from _alternatives(each)


@cache
def _schema(language: str) -> Shape:
    """Make the schema, described in a language; that takes a second."""
    use_language(language)
    return json_schema(Plan, KEYS, lambda key: [key])
