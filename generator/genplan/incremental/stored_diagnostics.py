"""Diagnostics as JSON, to be told again where a document is fresh and so not made again."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from genplan.diagnostics import CODES, Diagnostic, Related, Severity, Span
from genplan.incremental.database import DamagedManifestError


def to_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Write diagnostics."""
    return json.dumps([asdict(diagnostic) for diagnostic in diagnostics])


def from_json(text: str) -> list[Diagnostic]:
    """Read diagnostics that `to_json` wrote.

    Raises:
        DamagedManifestError: it did not write these.
    """
    try:
        return [_diagnostic(row) for row in json.loads(text)]
    except (TypeError, KeyError, ValueError, RecursionError) as error:
        raise DamagedManifestError("what it says of a build is not what was written") from error


def _diagnostic(row: dict[str, Any]) -> Diagnostic:
    related = tuple(Related(_span(each["span"]), _text(each["note"])) for each in row["related"])
    texts = {name: _text(row[name]) for name in ("message", "help", "label")}
    return Diagnostic(CODES[row["code"]].name, Severity(row["severity"]), _span(row["span"]), **texts, related=related)


def _span(row: dict[str, Any]) -> Span:
    span = Span(**row)
    if not isinstance(span.file, str) or not isinstance(span.cell, str | None):
        raise TypeError
    if not all(isinstance(each, int | None) for each in (span.line, span.column, span.end_column)):
        raise TypeError
    return span


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
