"""Assigns rows to plans by position and department, where several plans read one file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from genplan.people.expected_content import ExpectedContent
from genplan.people.ids import clean_id, visible
from genplan.people.model import Cell, Row, Table
from genplan.people.vocabulary import Field
from genplan.plan.load import PlanFile
from genplan.source.text import fold

_EVERYBODY = re.compile(
    "(?:全|本|总|總)?(?:公司|集团|集團)|全体|全體|全员|全員|(?:全部|所有|各)(?:部门|部門)?|"
    "all(?:departments|staff)?|everybody|(?:the|whole|entire)?company(?:-?wide)?"
)
"""Departments that are no part of the company."""


@dataclass(frozen=True, slots=True)
class PlanScope:
    """Whom a plan is for, case-folded: its position and aliases, and its department (empty: any department)."""

    file: str
    positions: frozenset[str]
    department: str

    @property
    def words(self) -> frozenset[str]:
        """What a sheet for the plan may be called."""
        return self.positions | {self.department} if self.department else self.positions


def plan_scope(plan: PlanFile) -> PlanScope:
    """Return the scope of a plan."""
    names = [plan.plan.position, *plan.plan.position_aliases]
    positions = frozenset(fold(visible(name)) for name in names if name)
    department = fold(visible(plan.plan.department))
    everybody = _EVERYBODY.fullmatch(department) is not None or department == fold(plan.plan.organization or "")
    return PlanScope(plan.file, positions, "" if everybody else department)


@dataclass(frozen=True, slots=True)
class Affiliation:
    """The position and department stated by a row, case-folded; None without such a column, empty where the cell is empty."""

    position: str | None
    department: str | None


def read_affiliations(table: Table, expected: ExpectedContent) -> list[Affiliation]:
    """Read the affiliation of each row; an empty cell takes the value that the person's other rows agree on."""
    columns = {field: header.text for header in table.headers if (field := expected.field(header.text))}
    texts = {field: [_text(row.cells.get(columns[field])) for row in table.rows] for field in _STATED if field in columns}
    ids = [_id(row, columns) for row in table.rows]
    for column in texts.values():
        known: dict[str, set[str]] = {}
        for identifier, text in zip(ids, column, strict=True):
            if text:
                known.setdefault(identifier, set()).add(text)
        for at, identifier in enumerate(ids):
            others = known.get(identifier, set())
            if not column[at] and len(others) == 1 and identifier:
                (column[at],) = others
    nothing: list[str | None] = [None] * len(table.rows)
    pairs = zip(*(texts.get(field, nothing) for field in _STATED), strict=True)
    return [Affiliation(position, department) for position, department in pairs]


_STATED = (Field.POSITION, Field.DEPARTMENT)


def _text(cell: Cell | None) -> str:
    return fold(visible(cell.text)) if cell else ""


def _id(row: Row, columns: Mapping[Field, str]) -> str:
    cell = row.cells.get(columns.get(Field.ID, ""))
    return clean_id(cell.text) if cell else ""


_BY_POSITION, _WITHIN, _EXACTLY = 4, 1, 2


def assign_rows(affiliations: Sequence[Affiliation], scopes: Sequence[PlanScope], departments: frozenset[str]) -> list[list[PlanScope]]:
    """Return the plans that match each row best; more than one means that the row is ambiguous, none that no plan matches.

    A plan that names a position has the rows that state it. Where departments are stated as well, a row of another plan's department (one
    of `departments`) is not the plan's, nor is one of any other department if some rows state the plan's own. Where no position decides,
    the department does.
    """
    near = [[_suits(affiliation, scope) for scope in scopes] for affiliation in affiliations]
    at_home = {scope.file for row in near for scope, suits in zip(scopes, row, strict=True) if suits % _BY_POSITION}
    matches: list[list[PlanScope]] = []
    for affiliation, row in zip(affiliations, near, strict=True):
        ranks = [
            0 if suits == _BY_POSITION and _elsewhere(affiliation, scope, at_home, departments) else suits
            for scope, suits in zip(scopes, row, strict=True)
        ]
        best = max(ranks, default=0)
        matches.append([scope for scope, rank in zip(scopes, ranks, strict=True) if rank == best > 0])
    return matches


def _suits(affiliation: Affiliation, scope: PlanScope) -> int:
    by_position = bool(affiliation.position) and bool(scope.positions)
    if by_position and affiliation.position not in scope.positions:
        return 0
    department = 0
    if affiliation.department and scope.department:
        exact = affiliation.department == scope.department
        department = _EXACTLY if exact else _WITHIN if scope.department in affiliation.department else 0
    return _BY_POSITION + department if by_position else department


def _elsewhere(affiliation: Affiliation, scope: PlanScope, at_home: set[str], departments: frozenset[str]) -> bool:
    """Return whether a row of the plan's position is of another department."""
    if not affiliation.department or not scope.department:
        return False
    return scope.file in at_home or affiliation.department in departments


def can_separate(affiliations: Sequence[Affiliation], scope: PlanScope) -> bool:
    """Return whether the columns of a table can tell rows of a plan from others."""
    by_position = bool(scope.positions) and any(affiliation.position for affiliation in affiliations)
    return by_position or (bool(scope.department) and any(affiliation.department for affiliation in affiliations))
