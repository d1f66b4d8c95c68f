"""The diagnostics of `genplan check` for a plan as it is in the editor, by file."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from genplan.diagnostics import Diagnostic, Severity, Span
from genplan.execution.machine_errors import trouble
from genplan.language_server.plan_files import PLAN_SUFFIX, is_plan, plans_of
from genplan.language_server.plan_text import PlanText
from genplan.language_server.positions import Place, in_units, line_at, lines_of
from genplan.messages import localized, msg
from genplan.plan.inheritance import read_written
from genplan.source.files import is_file
from genplan.source.text import read_text
from genplan.workspace.session import Session, display_name, open_session

_START = Place(0, 0, 0)
_WHOLE_LINE = 2**16
"""The end of a line whose length is not known; editors show what there is of it."""


@dataclass(frozen=True, slots=True)
class PlacedDiagnostic:
    """A diagnostic with its place in a file, in the editor's units; `related` are further files and places, each with a note."""

    code: str
    severity: Severity
    place: Place
    message: str
    related: tuple[tuple[Path, Place, str], ...] = ()


Findings = Mapping[Path, list[PlacedDiagnostic]]
"""The diagnostics of each file, by its real path."""


def check_document(plan: PlanText, encoding: str) -> Findings:
    """Check the plans that a document belongs to, in all phases of `genplan check`, results included.

    A document that is not a plan has no diagnostics.
    """
    if not is_plan(plan):
        return {}
    try:
        plans = plans_of(plan.path)
        session = open_session(plans) if plans else _unused_base(plan.path)
    except Exception as error:
        diagnostic = trouble(error)
        if diagnostic is None:
            raise
        session = Session(None, None, (), [diagnostic])
    return _by_file(session, plan.path, encoding)


def _unused_base(path: Path) -> Session:
    """Read a base that no plan extends; whether it is complete is not known."""
    plan = path.with_suffix(PLAN_SUFFIX)
    return Session(None, None, (), read_written(plan, display_name(plan)).diagnostics)


def _by_file(session: Session, path: Path, encoding: str) -> dict[Path, list[PlacedDiagnostic]]:
    """Sort diagnostics into the files they are about; those about no file are shown at the start of the document."""
    files = _Files(session, path, encoding)
    found: dict[Path, list[PlacedDiagnostic]] = {path: []}
    for diagnostic in sorted(session.diagnostics, key=lambda each: each.order):
        file = files.find(diagnostic.span)
        place = files.place(file, diagnostic.span) if file else _START
        found.setdefault(file or path, []).append(_finding(diagnostic, place, files))
    return found


def _finding(diagnostic: Diagnostic, place: Place, files: "_Files") -> PlacedDiagnostic:
    related = ((files.find(each.span), each) for each in diagnostic.related)
    placed = tuple((file, files.place(file, each.span), localized(each.note)) for file, each in related if file)
    return PlacedDiagnostic(diagnostic.code, diagnostic.severity, place, _text(diagnostic, files.marked(diagnostic.span)), placed)


def _text(diagnostic: Diagnostic, marked: str) -> str:
    """Return the text of a diagnostic: the message, the label unless it repeats the marked text, and the help."""
    label = localized(diagnostic.label)
    lines = [localized(diagnostic.message), "" if label == marked else label]
    if diagnostic.help:
        lines.append(f"{localized(msg('help'))}{localized(msg(': '))}{localized(diagnostic.help)}")
    return "\n".join(line for line in dict.fromkeys(lines) if line)


class _Files:
    """Finds the files that diagnostics name, and the places in them."""

    def __init__(self, session: Session, document: Path, encoding: str) -> None:
        self.roots = (Path.cwd(), *session.roots, *document.parents)
        self.encoding = encoding
        self.lines: dict[Path, list[str]] = {}
        self.found: dict[str, Path | None] = {}

    def find(self, span: Span) -> Path | None:
        if span.file not in self.found:
            self.found[span.file] = next(self._existing(span.file), None)
        return self.found[span.file]

    def _existing(self, name: str) -> Iterator[Path]:
        return (Path(os.path.realpath(root / name)) for root in self.roots if is_file(root / name))

    def place(self, file: Path, span: Span) -> Place:
        """Return a place in a file: the whole line unless a column is known, and the rest of the line unless an end is."""
        line = (span.line or 1) - 1
        if span.column is None:
            return Place(line, 0, _WHOLE_LINE)
        text = line_at(self._lines_of(file), line)
        return in_units(_characters(span, line, text), text, self.encoding)

    def marked(self, span: Span) -> str:
        """Return the text at a place."""
        file = self.find(span) if span.line and span.column else None
        text = line_at(self._lines_of(file), (span.line or 1) - 1) if file else ""
        place = _characters(span, 0, text)
        return text[place.start : place.end]

    def _lines_of(self, file: Path) -> list[str]:
        if file not in self.lines:
            self.lines[file] = lines_of(read_text(file, file.name).value or "")
        return self.lines[file]


def _characters(span: Span, line: int, text: str) -> Place:
    """Return the columns of a place in a line; without an end, the rest of the line."""
    start = (span.column or 1) - 1
    return Place(line, start, span.end_column - 1 if span.end_column else max(len(text.rstrip()), start + 1))


def merged(parts: Iterable[Findings]) -> dict[Path, list[PlacedDiagnostic]]:
    """Merge the diagnostics of several documents, without duplicates."""
    found: dict[Path, dict[PlacedDiagnostic, None]] = {}
    for part in parts:
        for file, findings in part.items():
            found.setdefault(file, {}).update(dict.fromkeys(findings))
    return {file: list(findings) for file, findings in found.items()}
