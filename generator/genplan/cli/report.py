"""Diagnostics as text for people and as data for editors and CI."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from genplan import __version__
from genplan.cli.table import width
from genplan.cli.terminal import json_text, one_line
from genplan.diagnostics import CODES, Diagnostic, Severity, Span
from genplan.messages import Message, listing, localized, msg, placeholders, plural
from genplan.source.files import contents
from genplan.source.text import MAX_TEXT_BYTES

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


@dataclass(frozen=True, slots=True)
class Painter:
    """Colours text, or leaves it unchanged."""

    on: bool

    def __call__(self, text: str, **style: Any) -> str:  # noqa: ANN401 - click's styles
        """Colour the text."""
        return click.style(text, **style) if self.on else text


def text_report(diagnostics: Sequence[Diagnostic], paint: Painter, roots: Sequence[Path] = ()) -> str:
    """Write diagnostics with the lines they refer to, and a count; files are looked up in each of `roots`."""
    parts = [_text(diagnostic, paint, tuple(roots)) for diagnostic in diagnostics]
    return "\n\n".join([*parts, summary_line(diagnostics, paint)])


def summary_line(diagnostics: Sequence[Diagnostic], paint: Painter) -> str:
    """Count diagnostics by severity."""
    counts = Counter(d.severity for d in diagnostics)
    named = listing([_counted(s, counts[s]) for s in Severity if counts[s]])
    return paint(localized(named or msg("no problems")), bold=True)


def _counted(severity: Severity, count: int) -> Message:
    if severity is Severity.ERROR:
        return plural("{count} error", "{count} errors", count)
    if severity is Severity.WARNING:
        return plural("{count} warning", "{count} warnings", count)
    return plural("{count} note", "{count} notes", count)


SEVERITIES = {Severity.ERROR: msg("error"), Severity.WARNING: msg("warning"), Severity.NOTE: msg("note")}
"""What severities are called."""


def _text(diagnostic: Diagnostic, paint: Painter, roots: tuple[Path, ...]) -> str:
    color = _COLORS[diagnostic.severity]
    head = paint(f"{localized(SEVERITIES[diagnostic.severity])}[{diagnostic.code}]", fg=color, bold=True)
    lines = [f"{paint(one_line(_place(diagnostic.span)), bold=True)}: {head}: {one_line(localized(diagnostic.message))}"]
    lines += _snippet(diagnostic.span, localized(diagnostic.label), paint, color, roots)
    for related in diagnostic.related:
        place = _place(related.span).removeprefix(f"{diagnostic.span.file}:") if related.span.line else _place(related.span)
        where = msg("line {place}", place=place) if place[:1].isdigit() else place
        said = localized(msg("{place}: {note}", place=where, note=related.note))
        lines.append(f"{'':7}{paint('=', fg='blue')} {one_line(said)}")
    if diagnostic.help:
        head = paint(localized(msg("help")), fg="green", bold=True)
        lines.append(f"{head}{localized(msg(': '))}{_indented(localized(diagnostic.help))}")
    return "\n".join(lines)


def _place(span: Span) -> str:
    """Write a location; the name of a cell may be a message: column 1."""
    return str(replace(span, cell=localized(span.cell)) if span.cell else span)


def _indented(text: str) -> str:
    """Clean a multi-line text; all lines but the first are indented, so that none looks like the start of a diagnostic."""
    first, *more = map(one_line, text.split("\n"))
    return "\n".join([first, *(f"    {line.strip()}" for line in more)])


def _snippet(span: Span, label: str, paint: Painter, color: str, roots: tuple[Path, ...]) -> list[str]:
    """Show the line with the location underlined in its width on screen; for a private file, show nothing."""
    source = None if span.private else _source_line(span, roots)
    if source is None or span.column is None:
        return []
    source, column = _window(source, span.column)
    before = source[: column - 1]
    length = (span.end_column or span.column + 1) - span.column
    marked = source[column - 1 : column - 1 + length]
    gutter = paint("|", fg="blue")
    underline = paint("^" * max(1, width(marked)), fg=color, bold=True)
    return [
        f"{paint(f'{span.line:>5}', fg='blue')} {gutter} {source}",
        f"{'':5} {gutter} {' ' * width(before)}{underline}{' ' if label else ''}{one_line(label)}",
    ]


_WINDOW = 100
"""Number of characters of a line that are shown, most of them after the location."""
_LEAD = 20


def _window(source: str, column: int) -> tuple[str, int]:
    """Shorten a long line to the text around a column; return it with the column's new position."""
    start = max(0, min(column - 1 - _LEAD, len(source) - _WINDOW))
    if start == 0 and len(source) <= _WINDOW:
        return source, column
    head = "…" if start else ""
    tail = "…" if start + _WINDOW < len(source) else ""
    return head + source[start : start + _WINDOW] + tail, column - start + len(head)


def _source_line(span: Span, roots: tuple[Path, ...]) -> str | None:
    lines = _lines(span.file, roots)
    if span.line is None or not 1 <= span.line <= len(lines):
        return None
    return one_line(lines[span.line - 1])


@cache
def _lines(file: str, roots: tuple[Path, ...]) -> list[str]:
    for root in roots:
        try:
            text = contents(root / file, MAX_TEXT_BYTES).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except (OSError, ValueError):
            continue
        return text.removesuffix("\n").split("\n") if text else []
    return []


def _span_data(span: Span) -> dict[str, object]:
    fields = {"file": span.file, "line": span.line, "column": span.column, "end_column": span.end_column, "cell": span.cell}
    return {name: value for name, value in fields.items() if value is not None}


def json_report(diagnostics: Sequence[Diagnostic]) -> str:
    """Write diagnostics as JSON."""
    rows = [
        {
            "code": d.code,
            "severity": d.severity,
            **_span_data(d.span),
            "message": localized(d.message),
            "data": dict(placeholders(d.message)),
            "label": localized(d.label),
            "help": localized(d.help),
            "related": [{**_span_data(r.span), "note": localized(r.note)} for r in d.related],
        }
        for d in diagnostics
    ]
    return json_text({"diagnostics": rows})


_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def sarif_report(diagnostics: Sequence[Diagnostic]) -> str:
    """Write diagnostics as SARIF 2.1.0, the format that code hosts show next to changes."""
    used = sorted({d.code for d in diagnostics})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": localized(CODES[code].title)},
            "fullDescription": {"text": localized(CODES[code].cause)},
            "help": {"text": localized(CODES[code].cure)},
        }
        for code in used
    ]
    driver = {"name": "genplan", "version": __version__, "rules": rules}
    results = [
        {
            "ruleId": d.code,
            "ruleIndex": used.index(d.code),
            "level": _SARIF_LEVELS[d.severity],
            "message": {"text": localized(d.message) + (f"\n{localized(d.help)}" if d.help else "")},
            "properties": {"data": dict(placeholders(d.message))},
            "locations": [_sarif_location(d.span)],
            "relatedLocations": [{**_sarif_location(r.span), "message": {"text": localized(r.note)}} for r in d.related],
        }
        for d in diagnostics
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json_text(log)


def _sarif_location(span: Span) -> dict[str, object]:
    region = {"startLine": span.line, "startColumn": span.column, "endColumn": span.end_column}
    place: dict[str, object] = {"artifactLocation": {"uri": quote(span.file.replace("\\", "/"), errors="replace")}}
    if span.line is not None:
        place["region"] = {name: value for name, value in region.items() if value is not None}
    location: dict[str, object] = {"physicalLocation": place}
    if span.cell is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": span.cell}]
    return location


DATA_REPORTS: dict[str, Callable[[Sequence[Diagnostic]], str]] = {"json": json_report, "sarif": sarif_report}
"""Formats written completely to standard output, even without diagnostics."""
