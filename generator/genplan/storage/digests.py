"""Digests: of files, of folders, and of data, short enough to keep by the ten thousand."""

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from genplan.source.files import contents, digest

__all__ = ["Part", "canonical", "data_digest", "digest", "file_digest", "part_of", "tree_digest"]

Part: TypeAlias = tuple[tuple[str, str], ...]
"""Part of what a file was made from: names, and the digest of what each stood for."""


def file_digest(path: Path | None) -> str:
    """Digest a file's content; empty where it cannot be read, and so is none that genplan reads."""
    try:
        return digest(contents(path)) if path else ""
    except (OSError, ValueError):
        return ""


def canonical(value: object) -> str:
    """Write plain data so that two are equal if and only if their texts are; the order of keys counts, since templates see it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_tagged)


def _tagged(value: object) -> object:
    match value:
        case Decimal():
            return {"\0decimal": str(value)}
        case date():
            return {"\0date": value.isoformat()}
        case Path():
            return {"\0path": ""}  # where a file stands is no part of what it is
        case frozenset() | set():
            return {"\0set": sorted(map(str, value))}
    raise TypeError(f"a template's context holds a {type(value).__name__}")


def data_digest(value: object) -> str:
    """Digest plain data."""
    return digest(canonical(value).encode("utf-8", "surrogatepass"))


def part_of(context: Mapping[str, object]) -> Part:
    """Digest data key by key, those of mappings in it one by one, so that it can be determined which of them changed."""
    rows: list[tuple[str, str]] = []
    for key, value in context.items():
        if isinstance(value, dict):
            rows.append((key, data_digest(list(value))))
            rows += ((f"{key}.{inner}", data_digest(each)) for inner, each in value.items())
        else:
            rows.append((key, data_digest(value)))
    return tuple(rows)


def tree_digest(roots: Iterable[Path]) -> str:
    """Digest all files below some folders, by their names and content."""
    return data_digest([[str(number), name, file_digest(path)] for number, root in enumerate(roots) for name, path in _files(root)])


def _files(root: Path) -> list[tuple[str, Path]]:
    files = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        files += [(os.path.relpath(os.path.join(folder, name), root), Path(folder, name)) for name in names]  # noqa: PTH118 - the faster way
    return sorted(files)
