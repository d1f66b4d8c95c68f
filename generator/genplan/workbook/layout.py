"""Where everything stands: the columns of the sheet to fill in, under headers that the results reader takes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from openpyxl.utils import get_column_letter

from genplan.methods.method import Counts, Judged, Levels, Scores
from genplan.people.collected_figures import formulas, input_names, tallies
from genplan.people.computed_columns import computations
from genplan.people.header_remark_words import COMBINED
from genplan.people.line_remarks import as_remark
from genplan.people.measures import measures
from genplan.people.own_words import OWN_KINDS, as_own
from genplan.people.vocabulary import WORDS, ColumnKind, Field, Target, Vocabulary, further_figures, resolve, wide_words, words_of
from genplan.plan.comparison_amounts import comparison_amounts, in_percent
from genplan.plan.grades import are_decided
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import LineRemarks, QuotaScope
from genplan.source.text import fold

ENTRY, SCORES, SUMMARY, CHOICES = "填报", "#计分", "#汇总", "#选项"
"""Names of the sheets; the results reader passes over those with `#`."""

REPORTED = (Field.PROBLEMS, Field.SUGGESTIONS, Field.MEASURES)
"""What is written on a unit, for its report."""
SPARE_ROWS = 50
ENTRY_ROW, SCORES_ROW, SUMMARY_ROW = 2, 3, 2
"""Where the first person stands on each sheet."""

YES, NO = "是", "否"


class Take(StrEnum):
    """What the cells of a column take."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    SCORE = "score"
    COUNT = "count"
    LEVEL = "level"
    GRADE = "grade"
    YES_NO = "yes-no"


@dataclass(frozen=True, slots=True)
class Column:
    """A column to fill in; `placed` is the indicator it is for, `target` what the results reader takes it for."""

    number: int
    header: str
    take: Take
    target: Target
    placed: PlacedIndicator | None = None

    @property
    def letter(self) -> str:
        """The column's letter."""
        return get_column_letter(self.number)

    def cell(self, row: int) -> str:
        """Refer to the cell in a row from another sheet."""
        return f"'{ENTRY}'!${self.letter}{row}"


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns to fill in, and by what is meant; a figure that is an input and an indicator besides has one column."""

    columns: tuple[Column, ...]
    by_target: Mapping[Target, Column]
    rows: int

    @property
    def last_row(self) -> int:
        """The last row that is made ready to be filled in."""
        return ENTRY_ROW + self.rows - 1

    def of(self, kind: ColumnKind, name: str) -> Column:
        """Find the column of what the plan has."""
        return self.by_target[Target(kind, name)]

    def field(self, name: Field) -> Column | None:
        """Find the column of a field."""
        return self.by_target.get(Target(ColumnKind.FIELD, name))


class HeaderError(ValueError):
    """Nothing that the plan calls a thing would be understood as the header of its column."""


def lay_out(plan: PlanFile, people: int, own: frozenset[str] = frozenset()) -> Layout:
    """Assign a column to every field, indicator or input, item and veto, and to targets of people's own, of the indicators `own`.

    Raises:
        HeaderError: one of them has no name of its own.
    """
    vocabulary = Vocabulary(wide_words(plan))
    identity = Field.NAME if plan.plan.assessed_unit else Field.ID  # units go by their names
    columns: list[Column] = []
    by_target: dict[Target, Column] = {}
    by_header: dict[str, Column] = {}
    for target, words, take, placed in _wanted(plan, own):
        header = _header(vocabulary, target, words)
        if header is None:
            if target.kind is ColumnKind.FIELD and target.name != identity:
                continue
            raise HeaderError(target.name)
        column = by_header.get(fold(header))
        if column is None:
            column = Column(len(columns) + 1, header, take, target, placed)
            columns.append(column)
            by_header[fold(header)] = column
        by_target[target] = column
    by_target[Target(ColumnKind.FIELD, Field.ID)] = by_target[Target(ColumnKind.FIELD, identity)]
    return Layout(tuple(columns), by_target, people + SPARE_ROWS)


_Wanted = tuple[Target, Iterable[str], Take, PlacedIndicator | None]


def _wanted(plan: PlanFile, own: frozenset[str]) -> Iterator[_Wanted]:
    units = plan.plan.assessed_unit is not None
    for field in (Field.NAME, Field.DEPARTMENT) if units else (Field.ID, Field.NAME, Field.DEPARTMENT, Field.POSITION):
        yield _field(plan, field)
    if plan.plan.distribution and plan.plan.distribution.by is QuotaScope.GROUP:
        yield _field(plan, Field.GROUP)
    yield from _measured(plan)
    yield from (_own_target(placed) for placed in plan.indicators if placed.key in own)
    if plan.plan.remarks is LineRemarks.YES:
        yield from (_remark(placed) for placed in plan.indicators)
    for item in (*plan.plan.bonuses, *plan.plan.deductions):
        yield Target(ColumnKind.ITEM, item.name), (item.name,), Take.COUNT, None
    for veto in plan.plan.entered_vetoes:
        yield Target(ColumnKind.VETO, veto.name), (veto.name,), Take.YES_NO, None
    yield from _paid_with(plan)
    if are_decided(plan.plan):
        yield _field(plan, Field.GRADE, Take.GRADE)
        yield _field(plan, Field.GRADED_BY)
        yield _field(plan, Field.GRADE_REASON)
    for field in (*REPORTED, Field.COMMENT) if units else (Field.COMMENT,):
        yield _field(plan, field)
    if own or any(comparison_amounts(placed.indicator) for placed in plan.indicators):
        yield _field(plan, Field.CONFIRMED)


def _measured(plan: PlanFile) -> Iterator[_Wanted]:
    """List the indicators that are entered, and the figures of formulas."""
    computed = {each.placed.key for each in computations(plan)}
    inputs, measured = input_names(plan), measures(plan)
    for placed in plan.indicators:
        if placed.key not in computed:
            words = [placed.indicator.name, placed.key, f"{placed.dimension.name}/{placed.indicator.name}"]
            if plan.plan.all_raters and isinstance(placed.indicator.method.accepts, Judged):
                words = [f"{word}（{COMBINED[0]}）" for word in words]
            yield Target(ColumnKind.INDICATOR, placed.key), words, _take(placed), placed
    for placed, tally in tallies(plan):
        yield from ((Target(ColumnKind.ITEM, name), (name,), Take.COUNT, placed) for name in tally.names)
    for placed, formula in formulas(plan):
        for name in dict.fromkeys(inputs[fold(name)] for name in formula.names):
            target = Target(ColumnKind.INPUT, name)
            yield target, (name,), Take.PERCENT if measured[target].percent else Take.NUMBER, placed


def _paid_with(plan: PlanFile) -> Iterator[_Wanted]:
    """List the figures of pay and of conditions; one that an indicator uses, too, has its column already."""
    measured = measures(plan)
    for name, target in further_figures(plan).items():
        yield target, (name,), Take.PERCENT if measured[target].percent else Take.NUMBER, None


def _own_target(placed: PlacedIndicator) -> _Wanted:
    """Return the column of people's own targets of an indicator."""
    word = WORDS[Field.OWN_TARGET][0]
    names = (placed.indicator.name, placed.key, f"{placed.dimension.name}/{placed.indicator.name}")
    take = Take.PERCENT if in_percent(placed.indicator) else Take.NUMBER
    return (
        Target(ColumnKind.OWN_TARGET, placed.key),
        [form for name in names for form in (f"{name}{word}", f"{name}（{word}）")],
        take,
        placed,
    )


def _remark(placed: PlacedIndicator) -> _Wanted:
    """Return the column of remarks on an indicator."""
    names = (placed.indicator.name, placed.key, f"{placed.dimension.name}/{placed.indicator.name}")
    words = [form for name in names for form in (f"{name}说明", f"{name}（说明）")]
    return Target(ColumnKind.REMARK, placed.key), words, Take.TEXT, placed


def _field(plan: PlanFile, name: Field, take: Take = Take.TEXT) -> _Wanted:
    return Target(ColumnKind.FIELD, name), words_of(plan, name), take, None


def _header(vocabulary: Vocabulary[Target], target: Target, words: Iterable[str]) -> str | None:
    if target.kind in OWN_KINDS:
        return next((word for word in words if target in as_own(*vocabulary.read(word))[0]), None)
    if target.kind is ColumnKind.REMARK:
        return next((word for word in words if target in as_remark(*as_own(*vocabulary.read(word)))[0]), None)
    return next((word for word in words if target in (resolve(vocabulary.look_up(word)) or ())), None)


def _take(placed: PlacedIndicator) -> Take:
    match placed.indicator.method.accepts:
        case Levels():
            return Take.LEVEL
        case Scores():
            return Take.SCORE
        case Counts():
            return Take.COUNT
    return Take.PERCENT if in_percent(placed.indicator) else Take.NUMBER
