"""Finds the cells of a row that hold values, by column (wide form) or by the indicator named beside them (long form)."""

import re
from collections.abc import Callable
from typing import Protocol

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import msg, plural
from genplan.people.ambiguous_words import ambiguous
from genplan.people.columns import Columns, computed_column, report_missing_rater
from genplan.people.header_parts import HeaderParts
from genplan.people.header_remarks import Remarks
from genplan.people.line_remarks import as_remark
from genplan.people.model import Cell, Row
from genplan.people.own_words import OWN_KINDS, as_own
from genplan.people.password_detection import names_password
from genplan.people.person_draft import DraftValue, Giver
from genplan.people.remark import Remark, RemarkProblem
from genplan.people.vocabulary import (
    OWN_AMOUNTS,
    SCORES,
    ColumnKind,
    Field,
    Target,
    Vocabulary,
    plan_words,
    resolve,
)
from genplan.people.wording import shown
from genplan.plan.load import PlanFile
from genplan.plan.periods import Period
from genplan.plan.units import Unit
from genplan.source.text import fold

_AFTER_NAME = re.compile(r"\s*[(（\[【].*", re.DOTALL)

RowValues = tuple[list[DraftValue], set[Target]]
"""Values, each with the rater and the unit that its header or name states, and what has a cell that cannot be used."""


class Values(Protocol):
    """A form of table."""

    def of(self, row: Row) -> RowValues:
        """Find the values of a row."""

    def names_password(self, row: Row) -> bool:
        """Return whether a row names a password as what its value is of."""

    def report(self) -> None:
        """Tell what several rows have in common, after the last."""


class WideValues:
    """Values in a column for each thing, or for each thing and rater."""

    def __init__(self, _plan: PlanFile, columns: Columns, _found: list[Diagnostic], _default: Period | None) -> None:
        self.columns = columns
        self.headed: list[tuple[Target, str, int | None]] = [(target, header, None) for target, header in columns.targets.items()]
        self.headed += [(target, header, rater) for (target, rater), header in columns.given.items()]

    def of(self, row: Row) -> RowValues:
        """Find the values of a row."""
        values = [self.entry(row, *headed) for headed in self.headed if headed[1] in row.cells]
        reported = {target for target, header, _ in self.headed if header in row.unusable}
        unclear = {target for header, several in self.columns.unclear.items() if header in row.cells for target in several}
        if self.columns.doubtful:
            return [], {target for target, _, _ in self.headed}
        return values + self.remarks(row), reported | unclear | self.columns.unusable

    def remarks(self, row: Row) -> list[DraftValue]:
        """Find the remarks on single indicators."""
        filled = [(column, row.cells[column.header]) for column in self.columns.remarks if column.header in row.cells]
        return [
            DraftValue(column.target, cell, Giver(column.rater, cell.span) if column.rater is not None else None, word=column.word)
            for column, cell in filled
        ]

    def entry(self, row: Row, target: Target, header: str, rater: int | None) -> DraftValue:
        """Make an entry of a cell."""
        cell = row.cells[header]
        named = rater is not None or header in self.columns.combined
        return DraftValue(target, cell, Giver(rater, cell.span) if named else None, self.columns.units.get(header))

    def names_password(self, row: Row) -> bool:  # noqa: ARG002 - what a form of table can say
        """Tell that none does: passwords have a column."""
        return False

    def report(self) -> None:
        """Tell nothing: headers have been reported."""


class LongValues:
    """One value a row, of what is named beside it. Finds GP404, GP414, GP427, GP460, GP462 and GP466."""

    def __init__(self, plan: PlanFile, columns: Columns, diagnostics: list[Diagnostic], default: Period | None) -> None:
        self.fields = columns.fields
        self.words = Vocabulary(plan_words(plan))
        self.remarks = Remarks(plan, default)
        self.diagnostics = diagnostics
        self.doubtful = columns.doubtful
        self.unit = columns.units.get(columns.fields.get(Field.ACTUAL, ""))
        self.own = {kind: header for kind, field in OWN_KINDS.items() if (header := columns.fields.get(field))}
        """The columns of what a person has of their own."""
        self.own_units = {kind: columns.units.get(header) for kind, header in self.own.items()}
        self.unknown: dict[str, list[Cell]] = {}
        self.computed: dict[Target, list[Cell]] = {}
        self.passwords: list[Cell] = []
        self.without_rater: list[tuple[Target, Cell]] = []
        self.reported: set[tuple[str, str]] = set()
        self.units: dict[tuple[Target, str], tuple[Cell, Unit]] = {}
        self.read: dict[str, tuple[tuple[Target, ...], HeaderParts, str]] = {}
        self.unplaced: list[Cell] = []
        """Remarks on what is no indicator."""

    def of(self, row: Row) -> RowValues:
        """Find the value of a row."""
        name, value, remark = (row.cells.get(self.fields.get(field, "")) for field in (Field.INDICATOR, Field.ACTUAL, Field.LINE_REMARK))
        if name is None:
            if remark is not None:
                self.unplaced.append(remark)
            if value is not None and self.fields[Field.INDICATOR] not in row.unusable:
                advice = msg("name the indicator in the column 指标")
                self.diagnostics.append(diagnose("GP404", value.span, msg("a value without an indicator; it is ignored"), help=advice))
            return [], set()
        several, parts, word = self.named(name.text)
        targets = resolve(several)
        if targets is None:
            self.diagnostics.append(ambiguous(name, several))
            return [], set(several)
        if not targets:
            of_passwords = self.names_password(row)
            (self.passwords if of_passwords else self.unknown.setdefault(name.text, [])).append(name)
        if word:
            return ([DraftValue(target, value, word=word) for target in targets] if value is not None and not self.doubtful else []), set()
        for target in targets:
            if target.kind is ColumnKind.COMPUTED and value is not None:
                self.computed.setdefault(target, []).append(name)
        taken = [target for target in targets if target.kind is not ColumnKind.COMPUTED]
        own, unread = self.own_values(row, targets)
        if self.doubtful or not row.unusable.isdisjoint((self.fields[Field.INDICATOR], self.fields.get(Field.ACTUAL, ""))):
            return [], {*taken, *unread, *(entry.target for entry in own)}
        values, unusable = self.given(row, taken, value, parts) if value is not None and taken else ([], set())
        giver = next((entry.giver for entry in values if entry.giver), None)
        return values + own + self.remarked(targets, remark, giver), unusable | unread

    def remarked(self, targets: tuple[Target, ...], remark: Cell | None, giver: Giver | None) -> list[DraftValue]:
        """Find what the row remarks on its indicator, by the rater that the indicator's name states, if it does."""
        if remark is None:
            return []
        keys = [target.name for target in targets if target.kind in (ColumnKind.INDICATOR, ColumnKind.COMPUTED)]
        if targets and not keys:
            self.unplaced.append(remark)
        word = _AFTER_NAME.sub("", self.fields[Field.LINE_REMARK])
        return [DraftValue(Target(ColumnKind.REMARK, key), remark, giver, word=word) for key in keys]

    def own_values(self, row: Row, targets: tuple[Target, ...]) -> RowValues:
        """Find what the row says of a person's own of an indicator: a target, a weight."""
        keys = [target.name for target in targets if target.kind in (ColumnKind.INDICATOR, ColumnKind.COMPUTED)]
        stated = row.cells.get(self.fields.get(Field.UNIT, ""))
        values: list[DraftValue] = []
        unusable: set[Target] = set()
        for key in keys:
            for kind, header in self.own.items():
                target = Target(kind, key)
                if header in row.unusable:
                    unusable.add(target)
                elif cell := row.cells.get(header):
                    in_unit = stated if stated and OWN_KINDS[kind] in OWN_AMOUNTS else None
                    measured = self.remarks.unit(target, in_unit.text) if in_unit else Remark(unit=self.own_units[kind])
                    if measured.problem and in_unit:
                        self.report_once(measured.problem, in_unit)
                        unusable.add(target)
                    else:
                        values.append(DraftValue(target, cell, None, measured.unit))
        return values, unusable

    def named(self, text: str) -> tuple[tuple[Target, ...], HeaderParts, str]:
        """Read a name with its remarks, each text once."""
        if text not in self.read:
            self.read[text] = as_remark(*as_own(*self.words.read(text, self.remarks.glued)))
        return self.read[text]

    def given(self, row: Row, taken: list[Target], value: Cell, parts: HeaderParts) -> RowValues:
        """Read what a row says of its value beside it: remarks behind the name, a unit."""
        name = row.cells[self.fields[Field.INDICATOR]]
        remark = self.remarks.read(taken, parts.remarks)
        stated = row.cells.get(self.fields.get(Field.UNIT, ""))
        measured = self.remarks.unit(taken[0], stated.text) if stated else Remark(unit=self.unit)
        header = self.fields.get(Field.ACTUAL, "")
        score = None if self.suits_column(taken, header) else self.remarks.no_score(taken[0], header)
        for problem, cell in ((remark.problem, name), (measured.problem, stated or name), (score, name)):
            if problem:
                self.report_once(problem, cell)
                return [], set(taken)
        if remark.note:
            return [], set()
        if remark.unit and measured.unit and not remark.unit.same(measured.unit):
            self.report_once(RemarkProblem("GP460", msg("the row contains two units"), msg("keep the correct one")), stated or name)
            return [], set(taken)
        named = remark.rater is not None or remark.combined
        if not named and Field.RATER not in self.fields and self.remarks.judged(taken[0]):
            self.without_rater.append((taken[0], value))
            return [], set(taken)
        if unit := remark.unit or measured.unit:
            self.units.setdefault((taken[0], unit.text), (stated if stated and not remark.unit else name, unit))
        giver = Giver(remark.rater, name.span) if named else None
        return [DraftValue(target, value, giver, remark.unit or measured.unit) for target in taken], set()

    def suits_column(self, taken: list[Target], header: str) -> bool:
        """Return whether what the column of values is called suits what the value is of: a score is no actual."""
        return fold(header) not in SCORES or all(self.remarks.is_scored_directly(target) for target in taken)

    def report_once(self, problem: RemarkProblem, cell: Cell) -> None:
        """Report a problem that several rows may have in common, once."""
        if (problem.message, cell.text) not in self.reported:
            self.reported.add((problem.message, cell.text))
            self.diagnostics.append(diagnose(problem.code, cell.span, problem.message, help=problem.advice))

    def names_password(self, row: Row) -> bool:
        """Return whether the row gives a password among the values; reported for all of them at the end."""
        name = row.cells.get(self.fields[Field.INDICATOR])
        return name is not None and names_password(name.text) and not self.words.look_up(name.text)

    def report(self) -> None:
        """GP431, and GP404 and GP427 for each name that no value can be taken for."""
        if self.passwords:
            message = plural(
                "the row gives a password as if it were an indicator; the results of these people are ignored",
                "{count} rows give a password as if it were an indicator; the results of these people are ignored",
                len(self.passwords),
            )
            advice = msg("put passwords in their own column, 打开密码, in one row of each person")
            self.diagnostics.append(diagnose("GP431", self.passwords[0].span, message, help=advice))
        for text, cells in self.unknown.items():
            near = self.words.nearest(text)
            advice = msg("did you mean `{near}`?", near=near) if near else msg("write the name or id of one of the plan's indicators")
            message = plural(
                "the plan has no indicator {indicator}; the row with it is ignored",
                "the plan has no indicator {indicator}; {count} rows with it are ignored",
                len(cells),
                indicator=shown(cells[0]),
            )
            self.diagnostics.append(diagnose("GP404", cells[0].span, message, help=advice))
        if self.unplaced:
            message = plural(
                "only remarks on indicators are printed; the remark is on something else, and ignored",
                "only remarks on indicators are printed; {count} remarks are on something else, and ignored",
                len(self.unplaced),
            )
            advice = msg("put text about the person in the column 评语 (comment)")
            self.diagnostics.append(diagnose("GP404", self.unplaced[0].span, message, help=advice))
        self.diagnostics += [computed_column(target, cells[0], len(cells)) for target, cells in self.computed.items()]
        for (target, _), (cell, unit) in self.units.items():
            self.diagnostics += self.remarks.converted(cell, target, unit)
        self.diagnostics += [report_missing_rater(self.remarks.raters, self.without_rater)] if self.without_rater else []


_FORMS: dict[bool, Callable[[PlanFile, Columns, list[Diagnostic], Period | None], Values]] = {True: LongValues, False: WideValues}


def values_of(plan: PlanFile, columns: Columns, diagnostics: list[Diagnostic], default: Period | None) -> Values:
    """Return the reader of the values of the table's form; `default` is the period of rows that state none."""
    return _FORMS[columns.long](plan, columns, diagnostics, default)
