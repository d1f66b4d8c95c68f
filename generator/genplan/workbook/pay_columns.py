"""The columns of pay on the sheet that scores: two for each part that is a formula or a commission, and their sum.

What a pool gives a person depends on everybody, to the last cent, which cells cannot compute: its column is left out, and so is the sum; a
note at the header says so.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from genplan.methods.spreadsheet import chain, decisive, number
from genplan.people.measures import measure_of, measures, pay_factor
from genplan.people.vocabulary import ColumnKind, pay_figures
from genplan.plan.grades import ranked_grades
from genplan.plan.load import PlanFile
from genplan.plan.model import Commission, CommissionMode, PayPart
from genplan.plan.pay import Reserved, figures, indicators_named, part_formulas, reserved, tiers
from genplan.source.text import fold
from genplan.workbook import expressions as ex
from genplan.workbook.columns import RowFormula
from genplan.workbook.computed import translate

AddColumn = Callable[[str, RowFormula, str], str]
"""Adds a column by its header, formula and number format, and gives its letter."""

_FURTHER_DIGITS = 6
"""How many places behind those that are kept decide: a sum of millions has no more as a binary fraction."""


def add_pay(
    plan: PlanFile,
    add: AddColumn,
    entry: Callable[[ColumnKind, str], RowFormula],
    actuals: Mapping[str, RowFormula],
    total: str,
    place: str,
) -> None:
    """Add the columns. `actuals` are the indicators' by key; `total` and `place` the columns of the total and of the grade's place."""
    pay = plan.plan.pay
    if pay is None:
        return
    cells = _Cells(plan, entry, actuals, total, place)
    shown = "0." + "0" * pay.rounding.places if pay.rounding.places else "0"
    amounts: list[str] = []
    for part in pay.parts:
        if part.pool is not None:
            continue
        exact = add(f"{part.name}（舍入前）", _exact(part, cells, total), "General")
        amounts.append(add(part.name, _rounded(exact, plan), shown))
    if len(amounts) == len(pay.parts):
        add("应发合计", _sum(amounts), shown)


def note(plan: PlanFile) -> str:
    """Return what the sheet says of the pools that it does not compute; nothing where there are none."""
    pools = [part.name for part in plan.plan.pay.parts if part.pool is not None] if plan.plan.pay else []
    if not pools:
        return ""
    return f"{'、'.join(pools)}须全员一并分配至分，本表不计算，也不列应发合计；见绩效工资表，或运行 genplan score。"


class _Cells:
    """The cells of a row that hold what pay is computed with, in the unit of pay."""

    def __init__(
        self,
        plan: PlanFile,
        entry: Callable[[ColumnKind, str], RowFormula],
        actuals: Mapping[str, RowFormula],
        total: str,
        place: str,
    ) -> None:
        self.plan = plan
        self.entry = entry
        self.actuals = actuals
        self.total = total
        self.place = place
        self.figures = pay_figures(plan)
        self.measures = measures(plan)
        self.first = figures(plan)

    def source(self, name: str, row: int) -> tuple[str, Fraction]:
        """Return the cell that holds a name's value, and what it is multiplied by; the coefficient has no cell."""
        named = indicators_named(self.plan, name)
        if named:
            return self.actuals[named[0].key](row), pay_factor(self.plan, measure_of(named[0]))
        target = self.figures[name]
        return self.entry(target.kind, target.name)(row), pay_factor(self.plan, self.measures[target])

    def entered(self, names: Sequence[str], row: int) -> list[str]:
        """List the cells that must hold a number."""
        return [self.source(self.known(name), row)[0] for name in names if reserved(name) is None]

    def known(self, name: str) -> str:
        """Return a column's name as it is first written."""
        return name if indicators_named(self.plan, name) or name in self.figures else self.first[fold(name)]

    def value(self, name: str, row: int) -> str:
        """Write a name's value."""
        meant = reserved(name)
        if meant is Reserved.TOTAL:
            return f"{self.total}{row}"
        if meant is Reserved.COEFFICIENT:
            coefficients = ",".join(number(each.grade.coefficient or Fraction(0)) for each in ranked_grades(self.plan.plan))
            return f"CHOOSE({self.place}{row},{coefficients})"
        cell, factor = self.source(self.known(name), row)
        return cell if factor == 1 else f"({cell}*{number(factor)})"


def _exact(part: PayPart, cells: _Cells, total: str) -> RowFormula:
    (_, formula), *_ = part_formulas(part)

    def written(row: int) -> str:
        value = translate(formula, {name: cells.value(name, row) for name in formula.names})
        entered = cells.entered(formula.names, row)
        if part.commission is not None:
            value = _commission(part.commission, f"({value})")
        value = f'IFERROR({value},"{ex.INVALID}")'
        if entered:
            lacking, wrong = (",".join(test(cell) for cell in entered) for test in (ex.blank, lambda cell: f"NOT(ISNUMBER({cell}))"))
            value = f'IF(OR({lacking}),"{ex.MISSING}",IF(OR({wrong}),"{ex.INVALID}",{value}))'
        return f'IF(ISNUMBER({total}{row}),{value},"")'

    return written


def _commission(commission: Commission, amount: str) -> str:
    """Write a commission on an amount; below zero there is none."""
    found = tiers(commission)
    if commission.mode is CommissionMode.WHOLE:
        cases = [(f"{decisive(amount)}>={number(tier.lower)}", f"{amount}*{number(tier.rate)}") for tier in reversed(found)]
        return chain(cases, f'"{ex.INVALID}"')
    slices = [
        f"MAX(0,{amount if tier.upper is None else f'MIN({amount},{number(tier.upper)})'}-{number(tier.lower)})*{number(tier.rate)}"
        for tier in found
    ]
    return f'IF({decisive(amount)}<0,"{ex.INVALID}",{"+".join(slices)})'


def _rounded(exact: str, plan: PlanFile) -> RowFormula:
    assert plan.plan.pay is not None
    rounding = plan.plan.pay.rounding
    digits = rounding.places + _FURTHER_DIGITS
    return lambda row: f"IF(ISNUMBER({exact}{row}),{ex.rounded(f'{exact}{row}', rounding.places, rounding.mode, digits)},{exact}{row})"


def _sum(amounts: Sequence[str]) -> RowFormula:
    def written(row: int) -> str:
        cells = [f"{letter}{row}" for letter in amounts]
        return f'IF(AND({",".join(f"ISNUMBER({cell})" for cell in cells)}),{"+".join(cells)},"")'

    return written
