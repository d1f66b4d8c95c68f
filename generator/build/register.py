"""The register of an output folder: every document that stands there, whoever built it and when."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path, PurePosixPath

from generator.build.files import write_atomically

NAME = ".genplan/register.json"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
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


_KNOWN = {field.name for field in fields(Entry)}
_REQUIRED = _KNOWN - {"edition", "edition_title"}
"""Registers of earlier versions know no editions."""


def read_register(output: Path) -> list[Entry]:
    """List the documents of earlier builds that still stand; rows that no build wrote are passed over."""
    try:
        rows = json.loads((output / NAME).read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    entries = [Entry(**row) for row in rows if _is_entry(row)] if isinstance(rows, list) else []
    return [entry for entry in entries if (output / entry.path).is_file()]


def _is_entry(row: object) -> bool:
    """Tell whether a row has the fields of an entry, and its path stays inside the output folder."""
    if not isinstance(row, dict) or not _REQUIRED <= row.keys() <= _KNOWN:
        return False
    if not all(isinstance(row[field.name], field.type) for field in fields(Entry) if field.name in row and isinstance(field.type, type)):
        return False
    path = PurePosixPath(row["path"])
    return not path.is_absolute() and ".." not in path.parts


def update_register(output: Path, built: Iterable[Entry]) -> list[Entry]:
    """Put what was built into the register, in place of what stood under the same path; give the whole, in order.

    Raises:
        OSError: the register cannot be written.
    """
    entries = {entry.path: entry for entry in read_register(output)}
    entries |= {entry.path: entry for entry in built}
    whole = [entries[path] for path in sorted(entries)]
    rows = [asdict(entry) for entry in whole]
    write_atomically(output / NAME, json.dumps(rows, ensure_ascii=False, indent=0).encode())
    return whole
