"""Diagnostics as JSON, to be reported again where a document is fresh and so not made again."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from genplan.diagnostics import CODES, Diagnostic, Related, Severity, Span
from genplan.incremental.database import DamagedManifestError
from genplan.messages import from_data, msg, to_data

_TEXTS = ("message", "help", "label")


def to_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Write diagnostics."""
    return json.dumps([_row(diagnostic) for diagnostic in diagnostics])


def _row(diagnostic: Diagnostic) -> dict[str, object]:
    related = [{"span": asdict(each.span), "note": to_data(each.note)} for each in diagnostic.related]
    texts = {name: to_data(getattr(diagnostic, name)) for name in _TEXTS}
    return {"code": diagnostic.code, "severity": diagnostic.severity, "span": asdict(diagnostic.span), "related": related, **texts}


def from_json(text: str) -> list[Diagnostic]:
    """Read diagnostics that `to_json` wrote.

    Raises:
        DamagedManifestError: it did not write these.
    """
    try:
        return [_diagnostic(row) for row in json.loads(text)]
    except (TypeError, KeyError, ValueError, RecursionError) as error:
        raise DamagedManifestError(msg("what it says of a build is not what was written")) from error


def _diagnostic(row: dict[str, Any]) -> Diagnostic:
    related = tuple(Related(_span(each["span"]), from_data(each["note"])) for each in row["related"])
    texts = {name: from_data(row[name]) for name in _TEXTS}
    return Diagnostic(CODES[row["code"]].name, Severity(row["severity"]), _span(row["span"]), **texts, related=related)


def _span(row: dict[str, Any]) -> Span:
    span = Span(**row)
    if not isinstance(span.file, str) or not isinstance(span.cell, str | None):
        raise TypeError
    if not all(isinstance(each, int | None) for each in (span.line, span.column, span.end_column)):
        raise TypeError
    return span
