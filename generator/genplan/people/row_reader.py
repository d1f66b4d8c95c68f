"""Reads the rows of a table into drafts: the person, the period, the rater, and the cells that hold values."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg, plural
from genplan.people.columns import Columns
from genplan.people.days_in_position import read_presence
from genplan.people.file_period import row_period
from genplan.people.header_remarks import is_combined
from genplan.people.ids import ids_as_numbers, numbers_are_whole
from genplan.people.model import Cell, Presence, RaterComment, Row, Table
from genplan.people.password_detection import holds_password, id_pattern, may_be_password, names_and_gives_password
from genplan.people.person_draft import PERSONAL, REMARKS, DraftValue, Giver, PersonDraft
from genplan.people.raters import Raters, unnamed
from genplan.people.row_values import Values, values_of
from genplan.people.text_lengths import too_long
from genplan.people.vocabulary import Field, Target
from genplan.people.wording import shown
from genplan.plan.load import PlanFile
from genplan.plan.periods import FORMS, Period

_WORDS_ONLY = (Field.NAME, Field.DEPARTMENT, Field.POSITION)
"""Fields that hold no numbers, let alone letters and digits in a row."""
_SEPARATORS = {
    ",": msg("a comma"),
    "，": msg("a full-width comma"),
    ";": msg("a semicolon"),
    "；": msg("a semicolon"),
    "\t": msg("a tab"),
    "|": msg("a bar"),
    "\n": msg("a line break"),
}
_SHORTEST_PASSWORD = 6
_WEAK: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda text: len(text) < _SHORTEST_PASSWORD, msg("fewer than {least} characters", least=_SHORTEST_PASSWORD)),
    (lambda text: not text.isascii(), msg("characters that not every keyboard can type")),
)


class RowReader:
    """Reads the rows of one table into drafts; problems are appended to `diagnostics`.

    `default` is the period of rows that state none, with the diagnostics to report where a row needs one and there is none.
    """

    def __init__(
        self,
        table: Table,
        plan: PlanFile,
        columns: Columns,
        default: tuple[Period | None, Sequence[Diagnostic]],
        rated: frozenset[Target],
    ) -> None:
        self.table = table
        self.plan = plan
        self.columns = columns
        self.default, self.undated_diagnostics = default
        self.rated = rated
        self.diagnostics: list[Diagnostic] = []
        self.values: Values = values_of(plan, columns, self.diagnostics, self.default)
        self.raters = Raters(plan.plan.all_raters)
        self.periodless = 0
        self.unknown: dict[str, list[Cell]] = {}
        self.unnamed: list[Cell] = []
        self.open: set[tuple[str, Period]] = set()
        """People whose files should be locked but whose password cannot be used; their rows are dropped."""

    def drafts(self) -> list[PersonDraft]:
        """Read every row, skipping rows without a usable person, period or days, and people whose password cannot be used."""
        self.report_native_ids()
        self.report_passwords()
        drafts = [draft for row in self.table.rows if (draft := self.draft(row))]
        drafts = [draft for draft in drafts if (draft.id, draft.period) not in self.open]
        self.report_periodless()
        self.values.report()
        self.diagnostics += [self.raters.unknown(text, cells) for text, cells in self.unknown.items()]
        self.diagnostics += [unnamed(self.unnamed)] if self.unnamed else []
        return drafts

    def draft(self, row: Row) -> PersonDraft | None:
        """Read one row."""
        person, period = self.id(row), self.period(row)
        values, unusable = self.values.of(row)
        entries = self.entries(row, values, unusable)
        days = self.presence(row, period)
        texts_fit = self.texts_fit(row)
        if person and period and not (self.can_be_locked(row) and (texts_fit or not self.cell(row, Field.PASSWORD))):
            self.open.add((person, period))
        if person is None or period is None or days is None or not texts_fit:
            return None
        fields = {name: cell for name in PERSONAL if (cell := self.cell(row, name))}
        remarks = {name: [cell.text] for name in REMARKS if (cell := self.cell(row, name))}
        comments = self.anonymous_comments(row, remarks)
        nameless = not self.reported(row, Field.NAME)
        return PersonDraft(person, period, row.span, fields, remarks, entries, unusable, days[0], comments, nameless)

    def anonymous_comments(self, row: Row, remarks: dict[Field, list[str]]) -> list[RaterComment]:
        """Take the comment out of what a row says, if it is of a rater who is to stay anonymous."""
        giver = self.giver(row) if self.columns.rated and Field.COMMENT in remarks else None
        if giver is None or giver.rater is None or not self.raters.anonymous(giver.rater):
            return []
        return [RaterComment(giver.rater, text) for text in remarks.pop(Field.COMMENT)]

    def cell(self, row: Row, name: Field) -> Cell | None:
        """Return the cell of a field, if it is filled."""
        return row.cells.get(self.columns.fields.get(name, ""))

    def texts_fit(self, row: Row) -> bool:
        """Return whether no text of the row is too long. Finds GP650."""
        diagnostics = too_long((name, cell) for name in self.columns.fields if (cell := self.cell(row, name)))
        diagnostics += too_long((Field.LINE_REMARK, cell) for cell in self.remarks(row))
        self.diagnostics += diagnostics
        return not diagnostics

    def remarks(self, row: Row) -> list[Cell]:
        """Return the filled cells of columns of remarks on indicators."""
        own = self.cell(row, Field.LINE_REMARK)
        return [row.cells[column.header] for column in self.columns.remarks if column.header in row.cells] + ([own] if own else [])

    def reported(self, row: Row, name: Field) -> bool:
        """Return whether the reader has said that this cell cannot be used."""
        return self.columns.fields.get(name, "") in row.unusable

    def report_native_ids(self) -> None:
        """Tell of ids that are stored as numbers."""
        problem = ids_as_numbers(self.ids)
        self.diagnostics += [problem] if problem else []

    @cached_property
    def ids(self) -> list[Cell]:
        """The filled cells of the column of ids."""
        return [cell for row in self.table.rows if (cell := self.cell(row, Field.ID))]

    @cached_property
    def keeps_numbers(self) -> bool:
        """Return whether ids that are stored as numbers are used."""
        return numbers_are_whole(self.ids)

    def id(self, row: Row) -> str | None:
        """Read whose row it is. Finds GP417."""
        unit = self.plan.plan.assessed_unit
        cell = self.cell(row, Field.ID) or (self.cell(row, Field.NAME) if unit else None)
        if cell is not None:
            unfit = (cell.native and self.cell(row, Field.ID) and not self.keeps_numbers) or self.is_no_id(cell)
            return None if unfit else cell.text
        if not self.reported(row, Field.ID) and not (unit and self.reported(row, Field.NAME)):
            message = msg("the row has no employee id; it is ignored")
            advice = msg("fill in the person's id, or remove the row (a row of totals does not belong here)")
            if unit:
                message = msg("the row has no name of a unit ({unit}); it is ignored", unit=unit)
                advice = msg("fill in the name, or remove the row (a row of totals does not belong here)")
            self.diagnostics.append(diagnose("GP417", row.span, message, help=advice))
        return None

    def is_no_id(self, cell: Cell) -> bool:
        """GP434: what stands in the column of ids is several values."""
        separators = [name for sign, name in _SEPARATORS.items() if sign in cell.text]
        if separators:
            message = msg("an id with {separator} is probably several values in one cell; the row is ignored", separator=separators[0])
            advice = msg("separate the cells of the row like those of the header row")
            self.diagnostics.append(diagnose("GP434", cell.span, message, help=advice))
        return bool(separators)

    def report_passwords(self) -> None:
        """GP409 and GP712: say it once for the column, and never with a password's text."""
        cells = [cell for row in self.table.rows if (cell := self.cell(row, Field.PASSWORD))]
        native = [cell for cell in cells if cell.native]
        if native:
            message = plural(
                "{count} password is stored as a number or date, not as text, so leading zeros may be lost; its row is ignored",
                "{count} passwords are stored as numbers or dates, not as text, so leading zeros may be lost; their rows are ignored",
                len(native),
            )
            advice = msg("select the column, choose 设置单元格格式 → 文本, and enter the passwords again")
            self.diagnostics.append(diagnose("GP409", native[0].span, message, help=advice))
        for weak, problem in _WEAK:
            if weak_cells := [cell for cell in cells if weak(cell.text)]:
                message = msg("{problem} (passwords in the column: {weak} of {all})", problem=problem, weak=len(weak_cells), all=len(cells))
                self.diagnostics.append(diagnose("GP712", weak_cells[0].span, message))

    def can_be_locked(self, row: Row) -> bool:
        """Return whether the row's password can be used, if it has one: without it, the person's files would stand open.

        Finds GP432.
        """
        cell = self.cell(row, Field.PASSWORD)
        if self.misplaced(row, cell):
            return False
        if cell is not None:
            return not cell.native
        return not (self.reported(row, Field.PASSWORD) or self.suspicious(row) or self.values.names_password(row))

    def suspicious(self, row: Row) -> bool:
        """Return whether a password stands under a header that is not known; that has been reported."""
        return any(header in row.cells or header in row.unusable for header in self.columns.suspects)

    def misplaced(self, row: Row, password: Cell | None) -> bool:
        """Return whether a password stands in another column. Finds GP432."""
        others = [(name, cell) for name in (*_WORDS_ONLY, Field.ID, Field.COMMENT) if (cell := self.cell(row, name))]
        others += [(Field.COMMENT, cell) for cell in self.remarks(row)]
        sound = password is not None and may_be_password(password.text)
        for name, cell in others:
            if sound and password is not None and password.text in cell.text:
                problem = msg("the row's password also appears in this column")
            elif names_and_gives_password(cell.text):
                problem = msg("this cell may contain a password")
            elif self.holds_passwords and not sound and self.like_password(name, cell):
                problem = msg("this value looks like a password, and the row has no other")
            else:
                continue
            advice = msg("check whether the row's values are in the right columns: a comma, a quote or an empty cell may be missing")
            self.diagnostics.append(diagnose("GP432", cell.span, msg("{problem}; the row is ignored", problem=problem), help=advice))
            return True
        return False

    @property
    def holds_passwords(self) -> bool:
        """Return whether the table has a column of passwords."""
        return Field.PASSWORD in self.columns.fields

    def like_password(self, name: Field, cell: Cell) -> bool:
        """Return whether a cell looks like a password: a name with digits does, and so does an id that is built like no other."""
        if name is Field.COMMENT or not holds_password(cell.text):
            return False
        return name is not Field.ID or (bool(self.id_patterns) and id_pattern(cell.text) not in self.id_patterns)

    @cached_property
    def id_patterns(self) -> frozenset[str]:
        """How the ids of those are built who have a password where it should be."""
        rows = [row for row in self.table.rows if (cell := self.cell(row, Field.PASSWORD)) and may_be_password(cell.text)]
        return frozenset(id_pattern(cell.text) for row in rows if (cell := self.cell(row, Field.ID)))

    def period(self, row: Row) -> Period | None:
        """Read which period the row is about. Finds GP416."""
        cell = self.cell(row, Field.PERIOD)
        if cell is None:
            stated = Field.PERIOD in self.columns.fields and self.reported(row, Field.PERIOD)
            self.periodless += self.default is None and not stated
            return None if stated else self.default
        period = row_period(cell.text, self.plan)
        if period is None:
            advice = msg("write {forms}, in a workbook as text (文本)", forms=FORMS)
            message = msg("{value} is not a period; the row is ignored", value=shown(cell))
            self.diagnostics.append(diagnose("GP416", cell.span, message, help=advice))
        return period

    def report_periodless(self) -> None:
        """GP416, for all rows that state no period where nothing else does."""
        if self.periodless and self.undated_diagnostics:
            self.diagnostics += self.undated_diagnostics
        elif self.periodless:
            advice = msg("end the file's name with it (team-2026-Q3.csv), add a column 考核期, or state `period:` (考核期) in the plan")
            message = plural("the period of {count} row is unknown", "the period of {count} rows is unknown", self.periodless)
            self.diagnostics.append(diagnose("GP416", Span(self.table.file), message, help=advice))

    def presence(self, row: Row, period: Period | None) -> tuple[Presence | None] | None:
        """Read the days the row states, in a tuple; None where they cannot be determined."""
        if period is None or self.reported(row, Field.START) or self.reported(row, Field.END):
            return None
        days, diagnostics = read_presence(self.cell(row, Field.START), self.cell(row, Field.END), period)
        self.diagnostics += diagnostics
        return None if diagnostics else (days,)

    def entries(self, row: Row, values: Iterable[DraftValue], unusable: set[Target]) -> list[DraftValue]:
        """Say who gave each value; scores of which that cannot be determined go to `unusable`."""
        giver = self.giver(row)
        given = [replace(entry, giver=entry.giver or giver) for entry in values]
        if not self.columns.rated or giver is not None:
            return given
        scores = [entry for entry in given if entry.target in self.rated]
        unusable.update(entry.target for entry in scores)
        if scores and self.cell(row, Field.RATER) is None and not self.reported(row, Field.RATER):
            self.unnamed.append(scores[0].cell)
        return [entry for entry in given if entry.target not in self.rated]

    def giver(self, row: Row) -> Giver | None:
        """Read who rated."""
        cell = self.cell(row, Field.RATER)
        if cell is None or self.reported(row, Field.RATER):
            return None
        if is_combined(cell.text):
            return Giver(None, cell.span)
        places = self.raters.look_up(cell.text)
        if len(places) != 1:
            self.unknown.setdefault(cell.text, []).append(cell)
            return None
        return Giver(places[0], cell.span)
