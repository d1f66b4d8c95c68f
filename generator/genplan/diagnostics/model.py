"""Places in the user's files and what is to be said about them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from genplan.diagnostics.codes import CODES, Severity

T = TypeVar("T")
_CELL = re.compile(r"(?P<sheet>.*)!(?P<column>[A-Z]+)(?P<row>[0-9]+)")


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file the user wrote.

    Text files have `line` and `column`, both counted from 1; a row-and-column file has `cell` instead of a column:
    `Sheet!C17` in a workbook, the column's header in a CSV file. `private` means that the file holds people's data, and perhaps passwords,
    so that its lines are not shown.
    """

    file: str
    line: int | None = None
    column: int | None = None
    end_column: int | None = None
    cell: str | None = None
    private: bool = field(default=False, compare=False, repr=False)

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f":{self.line}"
        if self.column is not None:
            place += f":{self.column}"
        return f"{place}[{self.cell}]" if self.cell is not None else place

    @property
    def order(self) -> tuple[str, int, int, tuple[str, int, int, str]]:
        """Key that sorts places as a reader meets them: cells of a sheet row by row, A to Z before AA."""
        cell = _CELL.match(self.cell or "")
        in_sheet = (cell["sheet"], int(cell["row"]), len(cell["column"]), cell["column"]) if cell else (self.cell or "", 0, 0, "")
        return (self.file, self.line or 0, self.column or 0, in_sheet)


@dataclass(frozen=True, slots=True)
class Related:
    """A further place that belongs to a diagnostic, and why."""

    span: Span
    note: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing to tell the user: a permanent code, a place, what is wrong, and the cure.

    `label` is written under the marked text; `related` names further places.
    """

    code: str
    severity: Severity
    span: Span
    message: str
    help: str = ""
    label: str = ""
    related: tuple[Related, ...] = field(default=())

    @property
    def order(self) -> tuple[object, str, str]:
        """Key that sorts diagnostics by place, then code."""
        return (self.span.order, self.code, self.message)


class Outcome(NamedTuple, Generic[T]):
    """The value a phase produced (as much of it as could be made) and what it found wrong."""

    value: T
    diagnostics: list[Diagnostic]


def diagnose(  # noqa: PLR0913 - one keyword for each part of a diagnostic
    code: str,
    span: Span,
    message: str,
    *,
    help: str = "",  # noqa: A002 - the word users see
    label: str = "",
    related: Iterable[Related] = (),
    severity: Severity | None = None,
) -> Diagnostic:
    """Make a diagnostic; its severity is the one the table of codes gives unless stated.

    Raises:
        KeyError: `code` is not in the table of codes.
    """
    return Diagnostic(code, severity or CODES[code].severity, span, message, help, label, tuple(related))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any of these makes the input unusable."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
