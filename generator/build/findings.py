"""Diagnostics as JSON, to be told again where a document is fresh and so not made again."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from generator.diagnostics import Diagnostic, Related, Severity, Span


def to_json(found: Iterable[Diagnostic]) -> str:
    """Write diagnostics."""
    return json.dumps([asdict(diagnostic) for diagnostic in found], ensure_ascii=False)


def from_json(text: str) -> list[Diagnostic]:
    """Read diagnostics that `to_json` wrote."""
    return [_diagnostic(row) for row in json.loads(text)]


def _diagnostic(row: dict[str, Any]) -> Diagnostic:
    related = tuple(Related(Span(**each["span"]), each["note"]) for each in row["related"])
    return Diagnostic(**(row | {"severity": Severity(row["severity"]), "span": Span(**row["span"]), "related": related}))
