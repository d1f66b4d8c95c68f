"""A sheet as read from a file, before its header rows are known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from genplan.diagnostics import Diagnostic, Span
from genplan.people.model import Cell


@dataclass(frozen=True, slots=True)
class Record:
    """One record as a reader finds it: column number to cell, empty cells left out.

    `span` is the place of the whole and `number` its row in the file. `problems` are what is wrong with cells, by column: these cannot be
    used, and that is to be reported if the record is; `unusable` are further columns of which nothing can be relied on.
    """

    cells: Mapping[int, Cell]
    span: Span
    unusable: frozenset[int] = frozenset()
    number: int = 0
    problems: tuple[tuple[int, Diagnostic], ...] = ()

    @property
    def broken(self) -> frozenset[int]:
        """The columns whose cell cannot be used."""
        return self.unusable | {column for column, _ in self.problems}

    @property
    def first(self) -> Cell | None:
        """The first cell that is filled."""
        return self.cells[min(self.cells)] if self.cells else None


class Range(NamedTuple):
    """Merged cells: the columns and rows they reach over, and how the file writes that."""

    left: int
    top: int
    right: int
    bottom: int
    ref: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The filled rows of a sheet in their order, and what a workbook says of its cells."""

    file: str
    records: Sequence[Record]
    title: str = ""
    merged: Sequence[Range] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def span_of(self, ref: str) -> Span:
        """Return the place of a range."""
        return Span(self.file, cell=f"{self.title}!{ref}")
