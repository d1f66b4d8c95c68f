"""Which cells of a row hold values, and of what: by their columns, or by the name beside them."""

from collections.abc import Callable
from typing import Protocol

from generator.diagnostics import Diagnostic, diagnose
from generator.plan.load import PlanFile
from generator.results.headers import Columns, ambiguous, computed_column
from generator.results.model import Cell, Row
from generator.results.secrecy import names_password
from generator.results.vocabulary import Field, Kind, Target, Vocabulary, plan_words, resolve
from generator.results.wording import shown

Found = tuple[list[tuple[Target, Cell]], set[Target]]
"""What values are of, with their cells, and what has a cell that cannot be used."""


class Values(Protocol):
    """A form of table."""

    def of(self, row: Row) -> Found:
        """Find the values of a row."""

    def names_password(self, row: Row) -> bool:
        """Tell whether a row names a password as what its value is of."""

    def report(self) -> None:
        """Tell what several rows have in common, after the last."""


class WideValues:
    """Values in a column for each thing."""

    def __init__(self, _plan: PlanFile, columns: Columns, _found: list[Diagnostic]) -> None:
        self.columns = columns

    def of(self, row: Row) -> Found:
        """Find the values of a row."""
        targets = self.columns.targets
        values = [(target, row.cells[header]) for target, header in targets.items() if header in row.cells]
        reported = {target for target, header in targets.items() if header in row.unusable}
        unclear = {target for header, several in self.columns.unclear.items() if header in row.cells for target in several}
        return values, reported | unclear | self.columns.unusable

    def names_password(self, row: Row) -> bool:  # noqa: ARG002 - what a form of table can say
        """Tell that none does: passwords have a column."""
        return False

    def report(self) -> None:
        """Tell nothing: headers have been reported."""


class LongValues:
    """One value a row, of what is named beside it. Finds GP404, GP414 and GP427."""

    def __init__(self, plan: PlanFile, columns: Columns, found: list[Diagnostic]) -> None:
        self.fields = columns.fields
        self.words = Vocabulary(plan_words(plan))
        self.found = found
        self.strangers: dict[str, list[Cell]] = {}
        self.computed: dict[Target, list[Cell]] = {}
        self.passwords: list[Cell] = []

    def of(self, row: Row) -> Found:
        """Find the value of a row."""
        name, value = (row.cells.get(self.fields[field]) for field in (Field.INDICATOR, Field.ACTUAL))
        reported = not row.unusable.isdisjoint((self.fields[Field.INDICATOR], self.fields[Field.ACTUAL]))
        if name is None:
            if value is not None and self.fields[Field.INDICATOR] not in row.unusable:
                advice = "name the indicator in the column 指标"
                self.found.append(diagnose("GP404", value.span, "a value of no indicator; it is not used", help=advice))
            return [], set()
        several = self.words.look_up(name.text)
        targets = resolve(several)
        if targets is None:
            self.found.append(ambiguous(name, several))
            return [], set(several)
        if not targets:
            of_passwords = self.names_password(row)
            (self.passwords if of_passwords else self.strangers.setdefault(name.text, [])).append(name)
        for target in targets:
            if target.kind is Kind.COMPUTED and value is not None:
                self.computed.setdefault(target, []).append(name)
        taken = [target for target in targets if target.kind is not Kind.COMPUTED]
        if reported:
            return [], set(taken)
        return [(target, value) for target in taken if value is not None], set()

    def names_password(self, row: Row) -> bool:
        """Tell whether the row gives a password among the values; reported for all of them at the end."""
        name = row.cells.get(self.fields[Field.INDICATOR])
        return name is not None and names_password(name.text) and not self.words.look_up(name.text)

    def report(self) -> None:
        """GP431, and GP404 and GP427 for each name that no value can be taken for."""
        if self.passwords:
            rows = f"{len(self.passwords)} rows give" if len(self.passwords) > 1 else "the row gives"
            message = f"{rows} a password as if it were an indicator; no results of whom it is about are used"
            advice = "give passwords a column of their own, 打开密码, filled in one row of each person"
            self.found.append(diagnose("GP431", self.passwords[0].span, message, help=advice))
        for text, cells in self.strangers.items():
            near = self.words.nearest(text)
            advice = f"did you mean `{near}`?" if near else "write the name or id of one of the plan's indicators"
            message = f"the plan has no indicator {shown(cells[0])}; {len(cells)} rows with it are not used"
            self.found.append(diagnose("GP404", cells[0].span, message, help=advice))
        self.found += [computed_column(target, cells[0], len(cells)) for target, cells in self.computed.items()]


_FORMS: dict[bool, Callable[[PlanFile, Columns, list[Diagnostic]], Values]] = {True: LongValues, False: WideValues}


def values_of(plan: PlanFile, columns: Columns, found: list[Diagnostic]) -> Values:
    """Give the reader of the values of the table's form."""
    return _FORMS[columns.long](plan, columns, found)
