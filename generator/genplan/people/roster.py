"""The roster of a workspace (花名册): who there is, by id, with position, department, manager and the days of joining and leaving."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from genplan.diagnostics import Diagnostic, Outcome, Related, Span, diagnose
from genplan.messages import listing, msg
from genplan.people.column_words import COLUMN_WORDS
from genplan.people.ids import clean_id, ids_as_numbers, numbers_are_whole, visible, without_leading_zeros
from genplan.people.model import Cell, Row, Table
from genplan.people.readers import read_table
from genplan.people.tabulate import duplicate_header
from genplan.people.vocabulary import WORDS, Field, Vocabulary
from genplan.people.wording import quoted
from genplan.source.days import parse_day
from genplan.source.files import MEBIBYTE, read_bytes
from genplan.source.traditional import in_both_scripts

MAX_FILE_BYTES = 16 * MEBIBYTE
COLUMNS: dict[str, tuple[str, ...]] = {
    "id": WORDS[Field.ID],
    "name": WORDS[Field.NAME],
    "department": WORDS[Field.DEPARTMENT],
    "position": WORDS[Field.POSITION],
    "manager": ("直接上级", "上级", "直属上级", "主管", "汇报对象", "manager", "supervisor", "reports to"),
    "joined": ("入职日期", "入职时间", "入职", "到岗日期", "joined", "hire date", "start date"),
    "left": ("离职日期", "离职时间", "离职", "离岗日期", "left", "leave date", "termination date"),
}
"""What a roster may say of a person, and the headers of that; further columns are not looked at."""
_WORDS = Vocabulary((word, column) for column, words in COLUMNS.items() for word in in_both_scripts(words))


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a roster."""

    id: str
    name: str
    department: str
    position: str
    manager: str
    joined: date | None
    left: date | None
    span: Span


@dataclass(frozen=True)
class Roster:
    """Everybody, by id."""

    file: str = ""
    members: Mapping[str, Member] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Everybody's name."""
        return frozenset(member.name for member in self.members.values())

    def like(self, identifier: str) -> str | None:
        """Return the id that differs from another in leading zeros alone."""
        return next((known for known in self.members if without_leading_zeros(known) == without_leading_zeros(identifier)), None)


def read_roster(path: Path, file: str) -> Outcome[Roster | None]:
    """Read a roster.

    Finds what reading a file finds, and GP492: no header of ids or names, a row without a name, an id twice, an id stored as a number of
    another length than others, a date that is none.
    """
    data, diagnostics = read_bytes(path, file, MAX_FILE_BYTES, too_large="GP418")
    if data is None:
        return Outcome(None, diagnostics)
    table, diagnostics = read_table(data, file)
    if table is None:
        return Outcome(None, diagnostics)
    columns: dict[str, Cell] = {}
    for header in table.headers:
        for column in _WORDS.look_up(header.text):
            earlier = columns.setdefault(column, header)
            diagnostics += [duplicate_header(header, earlier)] if earlier is not header else []
    if lacking := [column for column in ("id", "name") if column not in columns]:
        columns_lacking = listing((COLUMN_WORDS[Field(column)] for column in lacking), " and ")
        message = msg("the roster has no column {columns}", columns=columns_lacking)
        advice = msg("name a column {columns}", columns=columns_lacking)
        return Outcome(None, [*diagnostics, diagnose("GP492", Span(file), message, help=advice)])
    members, more = _members(table, {column: header.text for column, header in columns.items()})
    return Outcome(Roster(file, members), diagnostics + more)


def _members(table: Table, columns: Mapping[str, str]) -> Outcome[dict[str, Member]]:
    ids = [row.cells[columns["id"]] for row in table.rows if columns["id"] in row.cells]
    native = ids_as_numbers(ids)
    diagnostics = [native] if native and not numbers_are_whole(ids) else []
    members: dict[str, Member] = {}
    for row in table.rows:
        member, problems = _member(row, columns)
        diagnostics += problems
        if member is None:
            continue
        earlier = members.setdefault(member.id, member)
        if earlier is not member:
            related = [Related(earlier.span, msg("first occurrence"))]
            message = msg("{person} appears twice", person=quoted(member.id))
            diagnostics.append(diagnose("GP492", member.span, message, help=msg("keep one of the rows"), related=related))
    return Outcome(members, diagnostics)


def _member(row: Row, columns: Mapping[str, str]) -> Outcome[Member | None]:
    texts = {column: visible(row.cells[header].text) for column, header in columns.items() if header in row.cells}
    identifier = clean_id(texts.get("id", ""))
    if not identifier or "name" not in texts:
        message = msg("a row of the roster has no name") if identifier else msg("a row of the roster has no id")
        return Outcome(None, [diagnose("GP492", row.span, message, help=msg("fill it in, or remove the row"))])
    diagnostics: list[Diagnostic] = []
    days: dict[str, date | None] = {}
    for column in ("joined", "left"):
        days[column] = parse_day(texts[column]) if column in texts else None
        if column in texts and days[column] is None:
            advice = msg("write the date as 2026-07-15, or leave the cell empty")
            message = msg("the value in the column {column} is not a date", column=columns[column])
            diagnostics.append(diagnose("GP492", row.cells[columns[column]].span, message, help=advice))
    department, position, manager = (texts.get(column, "") for column in ("department", "position", "manager"))
    return Outcome(Member(identifier, texts["name"], department, position, manager, days["joined"], days["left"], row.span), diagnostics)
