"""What the page lists: an entry for every file that was built. Earlier versions kept them in register.json."""

import json
from pathlib import Path
from typing import NamedTuple, get_type_hints

NAME = ".genplan/register.json"


class Entry(NamedTuple):
    """One file that was built. `path` is relative to the output folder, with forward slashes.

    People's fields are empty where the file is about nobody, the edition's where it is none.
    """

    path: str
    format: str
    plan: str
    plan_title: str
    department: str
    period: str
    period_label: str
    kind: str
    kind_title: str
    title: str
    person_id: str
    person_name: str
    size: int
    edition: str = ""
    edition_title: str = ""


_TYPES: dict[str, type] = get_type_hints(Entry)
_KNOWN = _TYPES.keys()
_REQUIRED = _KNOWN - {"edition", "edition_title"}
"""Registers of earlier versions know no editions."""


def read_register(output: Path) -> list[Entry]:
    """List the documents that an earlier version built and that still stand; rows that no build wrote are passed over."""
    try:
        rows = json.loads((output / NAME).read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    entries = [entry for row in rows if (entry := entry_of(row))] if isinstance(rows, list) else []
    return [entry for entry in entries if (output / entry.path).is_file()]


def entry_of(row: object) -> Entry | None:
    """Read an entry that was written as JSON; None where it is none."""
    return Entry(**row) if isinstance(row, dict) and _is_entry(row) else None


def _is_entry(row: object) -> bool:
    """Tell whether a row has the fields of an entry, and its path stays inside the output folder."""
    if not isinstance(row, dict) or not _REQUIRED <= row.keys() <= _KNOWN:
        return False
    if not all(map(isinstance, row.values(), map(_TYPES.__getitem__, row))):
        return False
    path: str = row["path"]
    return not path.startswith("/") and ".." not in path.split("/")
