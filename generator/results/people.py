"""A table read as people's results, in its wide form (one row a person) or its long one (one row a person and indicator)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic, Outcome, Related, Span, diagnose
from generator.plan.load import PlacedIndicator, PlanFile
from generator.plan.periods import Period
from generator.results.actuals import read_actual
from generator.results.file_period import row_period
from generator.results.headers import Columns, Field, Vocabulary, ambiguous, indicator_words, read_headers
from generator.results.model import Actual, Cell, PersonResult, Row, Table
from generator.results.wording import quoted

_PERSONAL = (Field.NAME, Field.DEPARTMENT, Field.POSITION, Field.COMMENT)


def read_people(table: Table, plan: PlanFile, default: Period | None) -> Outcome[list[PersonResult]]:
    """Read who reached what; `default` is the period of rows that state none.

    A row whose person or period cannot be told is left out. A value that cannot be used is left out of the person's actuals and stands in
    `unusable`. In the wide form a person may come twice, which `drop_repeated` finds across files as well.
    Finds GP403, GP404, GP411 and GP414 (headers), GP406 and GP407 (actuals), GP408 and GP421 (long form), GP409 (an id that is a number),
    GP415 (no name), GP416 (no period) and GP417 (no id).
    """
    columns, found = read_headers(table, plan)
    if columns is None:
        return Outcome([], found)
    reading = _Reading(table, plan, columns, default, found)
    reading.native_ids()
    drafts = reading.drafts()
    people = [draft.person(found) for draft in (_joined(drafts, found) if columns.long else drafts)]
    return Outcome(people, found)


@dataclass(slots=True)
class _Draft:
    """A person in the making."""

    id: str
    period: Period
    span: Span
    fields: dict[Field, Cell]
    values: list[tuple[PlacedIndicator, Cell]]
    unusable: set[str]
    nameless: bool
    """The name is missing, and that has not been reported."""
    actuals: dict[str, Actual] = field(default_factory=dict)

    def text(self, name: Field) -> str:
        return self.fields[name].text if name in self.fields else ""

    def person(self, found: list[Diagnostic]) -> PersonResult:
        if self.nameless and Field.NAME not in self.fields:
            found.append(diagnose("GP415", self.span, f"the name of {quoted(self.id)} is missing", help="fill in the column 姓名"))
        for placed, cell in self.values:
            if placed.key not in self.unusable:
                self.take(placed, cell, found)
        return PersonResult(
            id=self.id,
            name=self.text(Field.NAME),
            department=self.text(Field.DEPARTMENT),
            position=self.text(Field.POSITION),
            period=self.period,
            actuals=self.actuals,
            comment=self.text(Field.COMMENT),
            span=self.span,
            unusable=frozenset(self.unusable),
        )

    def take(self, placed: PlacedIndicator, cell: Cell, found: list[Diagnostic]) -> None:
        actual, wrong = read_actual(placed, cell)
        found += wrong
        if actual is None:
            self.unusable.add(placed.key)
        else:
            self.actuals[placed.key] = actual


class _Reading:
    """The rows of one table on their way to people."""

    def __init__(self, table: Table, plan: PlanFile, columns: Columns, default: Period | None, found: list[Diagnostic]) -> None:
        self.table = table
        self.plan = plan
        self.columns = columns
        self.default = default
        self.found = found
        self.placed: Mapping[str, PlacedIndicator] = {placed.key: placed for placed in plan.indicators}
        self.indicators = Vocabulary(indicator_words(plan.indicators))
        self.periodless = 0
        self.strangers: dict[str, list[Cell]] = {}

    def cell(self, row: Row, name: Field) -> Cell | None:
        return row.cells.get(self.columns.fields.get(name, ""))

    def reported(self, row: Row, name: Field) -> bool:
        """Tell whether the reader has said that this cell cannot be used."""
        return self.columns.fields.get(name, "") in row.unusable

    def native_ids(self) -> None:
        """GP409: say it once for the column, which mostly is numbers throughout."""
        cells = [cell for row in self.table.rows if (cell := self.cell(row, Field.ID)) and cell.native]
        if cells:
            more = f", and so are {len(cells) - 1} more of the column" if len(cells) > 1 else ""
            message = f"the id {quoted(cells[0].text)} is stored as a number or date, not as text{more}; leading zeros are lost"
            advice = "select the column, choose 设置单元格格式 → 文本, and enter the ids again; or put an apostrophe before each: '0007"
            self.found.append(diagnose("GP409", cells[0].span, message, help=advice))

    def drafts(self) -> list[_Draft]:
        drafts = [draft for row in self.table.rows if (draft := self.draft(row))]
        self.report_periodless()
        self.report_strangers()
        return drafts

    def draft(self, row: Row) -> _Draft | None:
        person, period = self.id(row), self.period(row)
        values, unusable = self.values(row)
        if person is None or period is None:
            return None
        fields = {name: cell for name in _PERSONAL if (cell := self.cell(row, name))}
        return _Draft(person, period, row.span, fields, values, unusable, nameless=not self.reported(row, Field.NAME))

    def id(self, row: Row) -> str | None:
        cell = self.cell(row, Field.ID)
        if cell is not None:
            return None if cell.native else cell.text
        if not self.reported(row, Field.ID):
            advice = "fill in the person's id, or remove the row (a row of totals does not belong here)"
            self.found.append(diagnose("GP417", row.span, "the row has no employee id, so it is not used", help=advice))
        return None

    def period(self, row: Row) -> Period | None:
        cell = self.cell(row, Field.PERIOD)
        if cell is None:
            stated = Field.PERIOD in self.columns.fields and self.reported(row, Field.PERIOD)
            self.periodless += self.default is None and not stated
            return None if stated else self.default
        period = row_period(cell.text, self.plan)
        if period is None:
            advice = "write 2026, 2026-H1, 2026-Q3 or 2026-07, in a workbook as text (文本)"
            self.found.append(diagnose("GP416", cell.span, f"{quoted(cell.text)} is not a period, so the row is not used", help=advice))
        return period

    def report_periodless(self) -> None:
        if self.periodless:
            advice = "end the file's name with it (team-2026-Q3.csv), add a column 考核期, or state `period:` (考核期) in the plan"
            message = f"nothing says which period {self.periodless} rows are about"
            self.found.append(diagnose("GP416", Span(self.table.file), message, help=advice))

    def values(self, row: Row) -> tuple[list[tuple[PlacedIndicator, Cell]], set[str]]:
        """Give the cells that hold actuals, and the keys of indicators whose cells cannot be used."""
        return self.long_values(row) if self.columns.long else self.wide_values(row)

    def wide_values(self, row: Row) -> tuple[list[tuple[PlacedIndicator, Cell]], set[str]]:
        headers = self.columns.indicators
        values = [(self.placed[key], row.cells[header]) for key, header in headers.items() if header in row.cells]
        reported = {key for key, header in headers.items() if header in row.unusable}
        unclear = {key for header, keys in self.columns.unclear.items() if header in row.cells for key in keys if key in self.placed}
        return values, reported | unclear | self.columns.unusable

    def long_values(self, row: Row) -> tuple[list[tuple[PlacedIndicator, Cell]], set[str]]:
        name, actual = self.cell(row, Field.INDICATOR), self.cell(row, Field.ACTUAL)
        if name is None:
            if actual is not None and not self.reported(row, Field.INDICATOR):
                advice = "name the indicator in the column 指标"
                self.found.append(diagnose("GP404", actual.span, "a value of no indicator; it is not used", help=advice))
            return [], set()
        match self.indicators.look_up(name.text):
            case ():
                self.strangers.setdefault(name.text, []).append(name)
                return [], set()
            case (key,) if self.reported(row, Field.ACTUAL) or self.reported(row, Field.INDICATOR):
                return [], {key}
            case (key,):
                return ([(self.placed[key], actual)] if actual else []), set()
            case several:
                self.found.append(ambiguous(name, several))
                return [], set(several)

    def report_strangers(self) -> None:
        """GP404, for each indicator that the plan does not have."""
        for text, cells in self.strangers.items():
            near = self.indicators.nearest(text)
            advice = f"did you mean `{near}`?" if near else "write the name or id of one of the plan's indicators"
            message = f"the plan has no indicator {quoted(text)}; {len(cells)} rows with it are not used"
            self.found.append(diagnose("GP404", cells[0].span, message, help=advice))


def _joined(drafts: Iterable[_Draft], found: list[Diagnostic]) -> Iterable[_Draft]:
    """Join the rows of each person and period, in the order they first come."""
    people: dict[tuple[str, Period], _Draft] = {}
    for draft in drafts:
        first = people.setdefault((draft.id, draft.period), draft)
        if first is not draft:
            _join(first, draft, found)
    return people.values()


def _join(first: _Draft, later: _Draft, found: list[Diagnostic]) -> None:
    found += _contradictions(first, later)
    first.fields = {**later.fields, **first.fields}
    first.unusable |= later.unusable
    first.nameless = first.nameless and later.nameless
    given = {placed.key: cell for placed, cell in first.values}
    for placed, cell in later.values:
        if placed.key in given:
            message = f"`{placed.key}` of {quoted(first.id)} stands twice in {first.period.id}"
            related = [Related(given[placed.key].span, "first here")]
            found.append(diagnose("GP408", cell.span, message, help="keep the row that holds", related=related))
            first.unusable.add(placed.key)
        else:
            first.values.append((placed, cell))


def _contradictions(first: _Draft, later: _Draft) -> Iterator[Diagnostic]:
    for name, cell in later.fields.items():
        before = first.fields.get(name)
        if before is not None and before.text != cell.text:
            message = f"the {name} of {quoted(first.id)} differs from an earlier row"
            advice = "write the same in each row of the person, or in the first one only"
            yield diagnose("GP421", cell.span, message, help=advice, related=[Related(before.span, "first here")])
