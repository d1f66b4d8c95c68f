"""The table of diagnostic codes: `codes.toml`, read once. A code keeps its meaning for good."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from genplan.messages import Message


class Severity(StrEnum):
    """How much a diagnostic weighs: an error stops what depends on it, a warning asks, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means: the text behind `genplan explain`."""

    name: str
    severity: Severity
    title: str
    cause: str
    example: str
    cure: str


@cache
def _table() -> dict[str, Code]:
    with (Path(__file__).parent / "codes.toml").open("rb") as file:
        rows = tomllib.load(file)
    return {
        name: Code(
            name,
            Severity(row["severity"]),
            Message(row["title"]),
            Message(row["cause"].strip()),
            row["example"].strip("\n"),
            Message(row["cure"].strip()),
        )
        for name, row in rows.items()
    }


class _Codes(Mapping[str, Code]):
    """The table, read from its file when first looked into: most runs need no diagnostic."""

    def __getitem__(self, name: str) -> Code:
        return _table()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_table())

    def __len__(self) -> int:
        return len(_table())


CODES: Mapping[str, Code] = _Codes()
