"""What the headers of a results file stand for: fields of a person, or what the plan has."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from genplan.diagnostics import Diagnostic, Outcome, Severity, Span, diagnose
from genplan.messages import a_few, listing, msg, plural
from genplan.people.ambiguous_words import ambiguous
from genplan.people.header_parts import HeaderParts
from genplan.people.header_remarks import Remarks, is_harmless
from genplan.people.id_headers import is_like_id_word
from genplan.people.line_remarks import as_remark
from genplan.people.model import Cell, Table
from genplan.people.own_words import as_own
from genplan.people.password_detection import names_password, quoted_header
from genplan.people.raters import Raters
from genplan.people.tabulate import duplicate_header
from genplan.people.vocabulary import (
    LONG,
    OWN,
    ColumnKind,
    Field,
    Target,
    Vocabulary,
    field_words,
    long_words,
    resolve,
    wide_words,
)
from genplan.plan.load import PlanFile
from genplan.plan.periods import Period
from genplan.plan.units import Unit
from genplan.source.text import fold


@dataclass(frozen=True, slots=True)
class RemarkColumn:
    """A column of remarks on an indicator: its header, the word for them, and the place in the plan of the rater that it names."""

    target: Target
    header: str
    word: str
    rater: int | None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table.

    `fields` and `targets` go from what is meant to the header, `given` from what is meant and the rater that the header names. `units` are
    what headers say that their numbers are measured in, and `combined` the headers of scores that are made of several raters' already.
    `remarks` are the columns of remarks on single indicators, of which one may have several.
    `long` means that each row holds one value of a person, of what is named under `Field.INDICATOR`. `unclear` are headers that may mean
    several things, with these; `unusable` is what has two columns, or one whose header cannot be understood. `suspects` are unknown headers
    under which passwords may stand. `doubtful` means that a column about the rows themselves is not understood, so that nothing is used.
    """

    fields: Mapping[Field, str]
    targets: Mapping[Target, str]
    given: Mapping[tuple[Target, int], str]
    units: Mapping[str, Unit]
    combined: frozenset[str]
    unclear: Mapping[str, tuple[Target, ...]]
    unusable: frozenset[Target]
    suspects: frozenset[str]
    long: bool
    remarks: tuple[RemarkColumn, ...]
    doubtful: bool

    @property
    def rated(self) -> bool:
        """Whether the rows say who rated."""
        return Field.RATER in self.fields

    @property
    def secret(self) -> frozenset[str]:
        """The headers under which passwords stand, or may stand."""
        own = self.fields.get(Field.PASSWORD)
        return self.suspects | {own} if own else self.suspects


_ID = Target(ColumnKind.FIELD, Field.ID)
_KEPT = frozenset(Target(ColumnKind.FIELD, field) for field in (Field.PASSWORD, *LONG))
"""Columns that are known although something beside their names is not: passwords stay hidden, and the form of the table is what it is."""


class _HeaderReader:
    """Collects what the headers of a table mean, header by header."""

    def __init__(self, vocabulary: Vocabulary[Target], remarks: Remarks) -> None:
        self.vocabulary = vocabulary
        self.remarks = remarks
        self.meant: dict[tuple[Target, int | None], Cell] = {}
        self.unclear: dict[str, tuple[Target, ...]] = {}
        self.units: dict[str, Unit] = {}
        self.combined: set[str] = set()
        self.faulty: set[Target] = set()
        self.twice: set[Target] = set()
        self.notes: list[Cell] = []
        self.line_remarks: list[RemarkColumn] = []
        self.unknown: list[Cell] = []
        self.diagnostics: list[Diagnostic] = []

    def read(self, header: Cell) -> None:
        """Read one header."""
        several, parts, word = as_remark(*as_own(*self.vocabulary.read(header.text, self.remarks.glued)))
        targets = resolve(several)
        if targets is None:
            self.unclear[header.text] = several
            self.diagnostics.append(ambiguous(header, several))
        elif not targets or self.is_other_column(header, parts, targets):
            self.unknown.append(header)
        elif word:
            self.read_line_remark(header, targets, parts, word)
        elif parts.remarks:
            self.read_remarks(header, targets, parts)
        else:
            self.record(header, targets, None)

    def is_other_column(self, header: Cell, parts: HeaderParts, targets: tuple[Target, ...]) -> bool:
        """Return whether a header only begins or ends like the name of a field: 岗位 职级 is a column of its own."""
        if parts.bracketed or is_harmless(parts.remarks):
            return False
        if names_password(header.text):
            return True
        return targets[0].kind is ColumnKind.FIELD and not all(self.remarks.is_name(targets[0], remark) for remark in parts.remarks)

    def read_remarks(self, header: Cell, targets: tuple[Target, ...], parts: HeaderParts) -> None:
        """Read a header with remarks. Finds GP460, GP461 and GP462."""
        remark = self.remarks.read(targets, parts.remarks)
        if remark.problem:
            self.diagnostics.append(diagnose(remark.problem.code, header.span, remark.problem.message, help=remark.problem.advice))
            self.faulty |= set(targets)
            if targets[0] not in _KEPT:
                return
        if remark.note:
            self.notes.append(header)
            return
        if remark.unit:
            self.units[header.text] = remark.unit
            self.diagnostics += self.remarks.converted(header, targets[0], remark.unit)
        if remark.combined:
            self.combined.add(header.text)
        self.record(header, targets, remark.rater)

    def read_line_remark(self, header: Cell, targets: tuple[Target, ...], parts: HeaderParts, word: str) -> None:
        """Read the header of remarks on an indicator. Finds GP460: anything else beside the name that cannot be understood."""
        remark = self.remarks.read([Target(ColumnKind.INDICATOR, target.name) for target in targets], parts.remarks)
        if remark.problem:
            self.diagnostics.append(diagnose(remark.problem.code, header.span, remark.problem.message, help=remark.problem.advice))
        else:
            self.line_remarks += [RemarkColumn(target, header.text, word, remark.rater) for target in targets]

    def record(self, header: Cell, targets: tuple[Target, ...], rater: int | None) -> None:
        """Note what a header means. Finds GP411."""
        earlier = {target: cell for target in targets if (cell := self.meant.setdefault((target, rater), header)) is not header}
        self.twice |= set(earlier)
        self.faulty |= set(earlier)
        self.diagnostics += [duplicate_header(header, cell) for cell in list(earlier.values())[:1]]

    @property
    def fields(self) -> dict[Field, str]:
        """The columns about a person."""
        return {Field(target.name): cell.text for (target, _), cell in self.meant.items() if target.kind is ColumnKind.FIELD}

    def plan_columns(self) -> dict[tuple[Target, int | None], str]:
        """Return the columns of what the plan has, and who gave the values."""
        return {each: cell.text for each, cell in self.meant.items() if each[0].kind not in (ColumnKind.FIELD, ColumnKind.COMPUTED)}

    def unusable(self) -> set[Target]:
        """Return what has two columns, or one whose header cannot be understood."""
        return {target for target in self.faulty if target.kind not in (ColumnKind.FIELD, ColumnKind.COMPUTED)}


def read_columns(table: Table, plan: PlanFile, default: Period | None) -> Outcome[Columns | None]:
    """Find what each header stands for; `default` is the period of rows that state none.

    Finds GP403 (no ids, the one case without a value), GP404 (unknown), GP411 (two headers that mean the same), GP414 (ambiguous),
    GP427 (an indicator that is computed), GP460 and GP462 (remarks), GP461 (a unit that is converted) and GP466 (nothing says who rated).
    """
    long = _is_long(table)
    vocabulary = Vocabulary(long_words(plan) if long else wide_words(plan))
    reading = _HeaderReader(vocabulary, Remarks(plan, default))
    for header in table.headers:
        reading.read(header)
    fields, diagnostics, unknown = reading.fields, reading.diagnostics, reading.unknown
    if _ID in reading.faulty and Field.ID not in fields:
        return Outcome(None, diagnostics)
    if Field.ID not in fields and not (plan.plan.assessed_unit and Field.NAME in fields):
        return Outcome(None, [*diagnostics, _no_ids(table, plan, vocabulary)] if reading.meant else [_no_ids(table, plan, vocabulary)])
    filled = Counter(header for row in table.rows for header in row.cells)
    suspects = [header for header in unknown if names_password(header.text)]
    unprotected = {header.text: _rows_without_password(table, header, fields.get(Field.PASSWORD, "")) for header in suspects}
    diagnostics += [_password_column(header, unprotected[header.text]) for header in suspects if unprotected[header.text]]
    strangers = [header for header in unknown if not unprotected.get(header.text)]
    meant = {target for target, _ in reading.meant}
    diagnostics += [_unknown(header, vocabulary, meant, filled[header.text], long=long) for header in strangers]
    diagnostics += [_note_column(header, filled[header.text]) for header in reading.notes]
    diagnostics += [computed_column(t, cell, filled[cell.text]) for (t, _), cell in reading.meant.items() if t.kind is ColumnKind.COMPUTED]
    unrated, nameless = _without_rater(reading, filled) if not long else (set(), [])
    columns = reading.plan_columns()
    return Outcome(
        Columns(
            fields=fields,
            targets={target: header for (target, rater), header in columns.items() if rater is None and target not in unrated},
            given={(target, rater): header for (target, rater), header in columns.items() if rater is not None},
            units=reading.units,
            combined=frozenset(reading.combined),
            unclear=reading.unclear,
            unusable=frozenset(reading.unusable() | unrated),
            suspects=_texts(suspects),
            long=long,
            remarks=tuple(reading.line_remarks),
            doubtful=any(target.kind is ColumnKind.FIELD for target in reading.faulty - reading.twice),
        ),
        diagnostics + nameless,
    )


def _without_rater(reading: _HeaderReader, filled: Counter[str]) -> tuple[set[Target], list[Diagnostic]]:
    """GP466: indicators that raters score, in a table that does not say who did."""
    if Field.RATER in reading.fields:
        named = [cell for (_, rater), cell in reading.meant.items() if rater is not None or cell.text in reading.combined]
        advice = msg("keep either the column 评分人 or the raters in the headers")
        message = msg("both the header and the column 评分人 name a rater")
        diagnostics = [diagnose("GP460", cell.span, message, help=advice) for cell in named[:1]]
        return set(), diagnostics
    bare = [
        (target, cell)
        for (target, rater), cell in reading.meant.items()
        if rater is None and cell.text not in reading.combined and reading.remarks.judged(target) and filled[cell.text]
    ]
    return {target for target, _ in bare}, [report_missing_rater(reading.remarks.raters, bare)] if bare else []


def report_missing_rater(raters: Raters, values: Sequence[tuple[Target, Cell]]) -> Diagnostic:
    """GP466: values that raters give, with the first cell of each indicator's, and nothing that says which rater gave them."""
    target, cell = values[0]
    message = msg(
        "{indicators}: the plan has raters ({raters}), but the results do not say which of them gave these scores, so they are ignored",
        indicators=a_few(dict.fromkeys(f"`{target.name}`" for target, _ in values), most=5),
        raters=listing(rater.name for rater in raters.raters),
    )
    advice = msg(
        "add a column 评分人 (rater) with a row for each rater, or a column for each rater: `{indicator}（{rater}）`; "
        "for scores that already combine all raters: `{indicator}（综合）`",
        indicator=target.name,
        rater=raters.raters[0].name,
    )
    return diagnose("GP466", cell.span, message, help=advice)


def _note_column(header: Cell, filled: int) -> Diagnostic:
    """GP404: a column about values."""
    advice = msg("no action needed if that is intended; put text to be printed in the column 评语")
    message = plural(
        "the column {header} contains remarks about values, not values; its {count} filled cell is ignored",
        "the column {header} contains remarks about values, not values; its {count} filled cells are ignored",
        filled,
        header=quoted_header(header.text),
    )
    return diagnose("GP404", header.span, message, help=advice, severity=None if filled else Severity.NOTE)


_COUNTING = frozenset({"序号", "序號", "行号", "行號", "no", "no.", "#", "s/n", "serialno."})
"""Headers of columns that number the rows."""


def _texts(headers: Iterable[Cell]) -> frozenset[str]:
    return frozenset(header.text for header in headers)


def _is_long(table: Table) -> bool:
    fields = Vocabulary(field_words(Field))
    named = {target.name for header in table.headers for target in fields.look_up(header.text)}
    return named >= LONG or (Field.INDICATOR in named and not named.isdisjoint(OWN))


def _no_ids(table: Table, plan: PlanFile, vocabulary: Vocabulary[Target]) -> Diagnostic:
    """GP403; a first row in which no header is known mostly holds a person, of whom nothing is to be shown."""
    count = len(table.headers)
    known = any(vocabulary.look_up(header.text) for header in table.headers)
    unit = plan.plan.assessed_unit
    headers = listing(quoted_header(header.text) for header in table.headers[:8])
    if not known and count > 1:
        message = msg("the first non-empty row is not a header row: none of its {count} cells is a known header", count=count)
    elif unit:
        message = msg("no column names the units ({unit}); the headers are: {headers}", unit=unit, headers=headers)
    else:
        message = msg("no column contains employee ids; the headers are: {headers}", headers=headers)
    strange = [header for header in table.headers if known and not vocabulary.look_up(header.text)]
    likely = next((header for header in strange if is_like_id_word(header.text)), None)
    if unit:
        advice = msg("name a column {unit} (or 考核对象, assessed unit); separate cells with commas, tabs or semicolons", unit=unit)
    elif likely:
        advice = msg("if {header} contains the ids, name it 工号 (or 编号, employee id)", header=quoted_header(likely.text))
    else:
        advice = msg("name a column 工号 (or 编号, employee id); separate cells with commas, tabs or semicolons")
    return diagnose("GP403", table.headers[0].span if table.headers else Span(table.file), message, help=advice)


def _rows_without_password(table: Table, header: Cell, own: str) -> int:
    """Count the rows that have a password, it seems, under a header that is not the one for passwords, and none under that."""
    return sum((header.text in row.cells or header.text in row.unusable) and own not in row.cells for row in table.rows)


def _password_column(header: Cell, rows: int) -> Diagnostic:
    """GP431."""
    message = plural(
        "the unknown column {header} may contain passwords; the row with one is ignored",
        "the unknown column {header} may contain passwords; the {count} rows with one are ignored",
        rows,
        header=quoted_header(header.text),
    )
    advice = msg("name the column 打开密码 if its values lock files; if not, use a name without “password”, or remove it")
    return diagnose("GP431", header.span, message, help=advice)


def _unknown(header: Cell, vocabulary: Vocabulary[Target], meant: set[Target], filled: int, *, long: bool) -> Diagnostic:
    """GP404: an error where the header is mostly the misspelt name of something without a column, for it would count as missing."""
    near = vocabulary.nearest(header.text)
    targets = vocabulary.look_up(near) if near is not None else ()
    if any(target.kind is ColumnKind.COMPUTED for target in targets):
        near = None  # a column that would not be used either
    misspelt = near is not None and all(target not in meant and target.kind is not ColumnKind.FIELD for target in targets)
    usual = (
        msg("in this layout, indicators are listed in their own column")
        if long
        else msg("use an indicator's name or id as its header, or remove it")
    )
    return diagnose(
        "GP404",
        header.span,
        plural(
            "unknown column {header}; its {count} filled cell is ignored",
            "unknown column {header}; its {count} filled cells are ignored",
            filled,
            header=quoted_header(header.text),
        ),
        help=msg("did you mean `{near}`?", near=near) if near else usual,
        severity=Severity.NOTE if not filled or fold(header.text) in _COUNTING else Severity.ERROR if misspelt else None,
    )


def computed_column(target: Target, cell: Cell, filled: int) -> Diagnostic:
    """GP427: values of an indicator that is computed; `cell` names it, and so many cells are filled."""
    message = plural(
        "`{indicator}` is computed from other columns; the value entered for it is ignored",
        "`{indicator}` is computed from other columns; the {count} values entered for it are ignored",
        filled,
        indicator=target.name,
    )
    advice = msg("enter the figures that it is computed from; if it is to be entered itself, remove `compute` (计算式) from the plan")
    return diagnose("GP427", cell.span, message, help=advice, severity=None if filled else Severity.NOTE)
