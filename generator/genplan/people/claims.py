"""Whose rows are which plan's: the columns of position and department decide between the plans that read a file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from genplan.people.ids import clean_id, visible
from genplan.people.model import Cell, Row, Table
from genplan.people.sought import Sought
from genplan.people.vocabulary import Field
from genplan.plan.load import PlanFile
from genplan.source.text import fold

_EVERYBODY = re.compile(
    "(?:全|本|总|總)?(?:公司|集团|集團)|全体|全體|全员|全員|(?:全部|所有|各)(?:部门|部門)?|"
    "all(?:departments|staff)?|everybody|(?:the|whole|entire)?company(?:-?wide)?"
)
"""Departments that are no part of the company."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Whom a plan is for, folded: its position with other names for it, and its department, empty where it does not restrict."""

    file: str
    positions: frozenset[str]
    department: str

    @property
    def words(self) -> frozenset[str]:
        """What a sheet for the plan may be called."""
        return self.positions | {self.department} if self.department else self.positions


def claim_of(plan: PlanFile) -> Claim:
    """Give whom a plan is for."""
    names = [plan.plan.position, *plan.plan.position_aliases]
    positions = frozenset(fold(visible(name)) for name in names if name)
    department = fold(visible(plan.plan.department))
    everybody = _EVERYBODY.fullmatch(department) is not None or department == fold(plan.plan.organization or "")
    return Claim(plan.file, positions, "" if everybody else department)


@dataclass(frozen=True, slots=True)
class StatedPlace:
    """The position and department that a row states, folded; None where the table has no such column, empty where the cell is."""

    position: str | None
    department: str | None


def places(table: Table, sought: Sought) -> list[StatedPlace]:
    """Read what each row states; a row that states nothing has what the others of its person state."""
    columns = {field: header.text for header in table.headers if (field := sought.field(header.text))}
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
    return [StatedPlace(position, department) for position, department in pairs]


_STATED = (Field.POSITION, Field.DEPARTMENT)


def _text(cell: Cell | None) -> str:
    return fold(visible(cell.text)) if cell else ""


def _id(row: Row, columns: Mapping[Field, str]) -> str:
    cell = row.cells.get(columns.get(Field.ID, ""))
    return clean_id(cell.text) if cell else ""


_BY_POSITION, _WITHIN, _EXACTLY = 4, 1, 2


def assign(stated: Sequence[StatedPlace], claims: Sequence[Claim], departments: frozenset[str]) -> list[list[Claim]]:
    """Give the plans that each row falls under: those that it suits best, of which there should be one.

    A plan that names a position has the rows that state it. Where departments are stated as well, a row of another plan's department (one
    of `departments`) is not the plan's, nor is one of any other department if some rows state the plan's own. Where no position decides,
    the department does.
    """
    near = [[_suits(place, claim) for claim in claims] for place in stated]
    at_home = {claim.file for row in near for claim, suits in zip(claims, row, strict=True) if suits % _BY_POSITION}
    under: list[list[Claim]] = []
    for place, row in zip(stated, near, strict=True):
        ranks = [
            0 if suits == _BY_POSITION and _elsewhere(place, claim, at_home, departments) else suits
            for claim, suits in zip(claims, row, strict=True)
        ]
        best = max(ranks, default=0)
        under.append([claim for claim, rank in zip(claims, ranks, strict=True) if rank == best > 0])
    return under


def _suits(place: StatedPlace, claim: Claim) -> int:
    by_position = bool(place.position) and bool(claim.positions)
    if by_position and place.position not in claim.positions:
        return 0
    department = 0
    if place.department and claim.department:
        exact = place.department == claim.department
        department = _EXACTLY if exact else _WITHIN if claim.department in place.department else 0
    return _BY_POSITION + department if by_position else department


def _elsewhere(place: StatedPlace, claim: Claim, at_home: set[str], departments: frozenset[str]) -> bool:
    """Tell whether a row of the plan's position is of another department."""
    if not place.department or not claim.department:
        return False
    return claim.file in at_home or place.department in departments


def decides(stated: Sequence[StatedPlace], claim: Claim) -> bool:
    """Tell whether the columns of a table can tell rows of a plan from others."""
    by_position = bool(claim.positions) and any(place.position for place in stated)
    return by_position or (bool(claim.department) and any(place.department for place in stated))
