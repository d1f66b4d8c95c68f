"""What the page lists: an entry for every file that was built. Earlier versions kept them in register.json."""

import json
import os
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_type_hints

from genplan.storage import contained_files

NAME = ".genplan/register.json"
OWN = ".genplan/"
"""What genplan keeps for itself stands below this, and is no document."""
_MOST = 1 << 62
"""Bytes that no file has."""


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
    """List the documents that an earlier version built and that still exist; rows that no build wrote are skipped."""
    try:
        rows = json.loads(contained_files.read(output, NAME) or b"[]")
    except (OSError, ValueError, RecursionError):
        return []
    entries = [entry for row in rows if (entry := entry_of(row))] if isinstance(rows, list) else []
    return [entry for entry in entries if contained_files.stat_file(output, entry.path)]


def entry_of(row: object) -> Entry | None:
    """Read an entry that was written as JSON; None where it is none."""
    return Entry(**row) if isinstance(row, dict) and _is_entry(row) else None


def _is_entry(row: object) -> bool:
    """Return whether a row has the fields of an entry, and its path stays inside the output folder."""
    if not isinstance(row, dict) or not _REQUIRED <= row.keys() <= _KNOWN:
        return False
    if not all(map(isinstance, row.values(), map(_TYPES.__getitem__, row))):
        return False
    path: str = row["path"]
    return contained_files.is_inside(path) and not path.casefold().startswith(OWN) and 0 <= row["size"] < _MOST and _can_be_written(row)


def _can_be_written(row: dict[str, object]) -> bool:
    """Return whether the texts hold no half of a character."""
    try:
        "".join(value for value in row.values() if isinstance(value, str)).encode()
    except UnicodeEncodeError:
        return False
    return True


@cache
def source_of(plan: Path, output: Path) -> str:
    """Name a plan's file for the manifest: from the output folder, so that both may move together; bytes that are no text by number."""
    try:
        name = os.path.relpath(os.path.realpath(plan), os.path.realpath(output)).replace(os.sep, "/")
    except ValueError:  # another drive of Windows
        name = os.path.realpath(plan)
    return name.encode("utf-8", "backslashreplace").decode()
