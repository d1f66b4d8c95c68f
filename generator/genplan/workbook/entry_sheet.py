"""The sheet to fill in: a row a person, a column for everything the results reader takes."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from openpyxl.comments import Comment
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from genplan.methods.method import OWN_TARGET, Scores
from genplan.methods.wording import Wording, joined
from genplan.people.model import Actual, PersonResult
from genplan.people.vocabulary import ColumnKind, Field, Target, pay_figures
from genplan.plan.conditions import conditions, limit_words
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.pay import part_formulas
from genplan.plan.two_way import two_way_tables
from genplan.source.quantity import Quantity
from genplan.source.text import fold
from genplan.workbook.cells import fit_print, open_cell, protect, width_of, write_headers, write_text
from genplan.workbook.choices_sheet import Choices
from genplan.workbook.layout import ENTRY, ENTRY_ROW, REPORTED, Column, Layout, Take

_FORMATS = {Take.TEXT: "@", Take.LEVEL: "@", Take.GRADE: "@", Take.YES_NO: "@", Take.PERCENT: "0.00%"}
_FARTHEST = "999999999999999"
_WIDE = 40
_FROZEN = "C2"
_PERSONAL: tuple[tuple[Field, Callable[[PersonResult], str]], ...] = (
    (Field.ID, lambda person: person.id),
    (Field.NAME, lambda person: person.name),
    (Field.DEPARTMENT, lambda person: person.department),
    (Field.POSITION, lambda person: person.position),
)


def add_entry(book: Workbook, plan: PlanFile, layout: Layout, people: Sequence[PersonResult], choices: Choices, wording: Wording) -> None:
    """Write the sheet with the people known, and rows to spare."""
    sheet = book.create_sheet(ENTRY, 0)
    written = [layout.field(name) for name in (*REPORTED, Field.COMMENT)]
    written += [column for column in layout.columns if column.target.kind is ColumnKind.REMARK]
    widths = [_WIDE if column in written else width_of(column.header) for column in layout.columns]
    write_headers(sheet, [column.header for column in layout.columns], widths)
    for column in layout.columns:
        number_format = _FORMATS.get(column.take, "General")
        for row in range(ENTRY_ROW, layout.last_row + 1):
            open_cell(sheet, row, column.number, number_format)
        _validate(sheet, column, layout, choices)
        note = _note(plan, column, wording)
        if note:
            sheet.cell(1, column.number).comment = Comment(note, "genplan", height=180, width=320)
    for row, person in enumerate(people, ENTRY_ROW):
        for field, value in _PERSONAL:
            place = layout.field(field)
            if place is not None and value(person):
                write_text(sheet, row, place.number, value(person))
        for key in person.rolled:
            _write_mean(sheet, row, layout.by_target[Target(ColumnKind.INDICATOR, key)], person.actuals[key])
        for key, values in person.own.items():
            cells = layout.by_target.get(Target(ColumnKind.OWN_TARGET, key))
            target = values.get(Field.OWN_TARGET.value)
            if cells and target and isinstance(target.value, Quantity):
                sheet.cell(row, cells.number).value = target.value.value
    sheet.freeze_panes = _FROZEN
    fit_print(sheet)
    protect(sheet)


def _write_mean(sheet: Worksheet, row: int, column: Column, mean: Actual) -> None:
    """Write the mean of another plan's totals, which is computed when results are read."""
    assert isinstance(mean.value, Quantity)  # totals are numbers
    sheet.cell(row, column.number).value = mean.value.value


def plain(value: Decimal | Quantity) -> str:
    """Write a number without superfluous zeros, a percentage with its sign."""
    written = value.written if isinstance(value, Quantity) else value
    text = f"{written:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if isinstance(value, Quantity) and value.percent else text


def _validate(sheet: Worksheet, column: Column, layout: Layout, choices: Choices) -> None:
    rule = _validation(column, choices)
    if rule is not None:
        rule.errorTitle = column.header[:32]
        rule.showErrorMessage = True
        rule.add(f"{column.letter}{ENTRY_ROW}:{column.letter}{layout.last_row}")
        sheet.add_data_validation(rule)


def _validation(column: Column, choices: Choices) -> DataValidation | None:
    placed = column.placed
    if column.take is Take.TEXT:
        return None
    if column.take is Take.YES_NO:
        return _listed(choices.yes_no)
    if column.take is Take.GRADE:
        return _listed(choices.grades)
    if column.take is Take.LEVEL and placed is not None:
        return _listed(choices.levels[placed.key][0])
    if column.take is Take.COUNT:
        return DataValidation("decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True, error="请填写不小于0的数")
    lowest, highest = f"-{_FARTHEST}", _FARTHEST
    error = "请填写数字"
    if column.take is Take.SCORE and placed is not None and isinstance(placed.indicator.method.accepts, Scores):
        least, most = placed.indicator.method.accepts.bounds(placed.indicator.rule)
        lowest, highest = f"{least:f}", f"{most:f}"
        error = f"请填写{plain(least)}至{plain(most)}之间的数"
    return DataValidation("decimal", operator="between", formula1=lowest, formula2=highest, allow_blank=True, error=error)


def _listed(choices: str) -> DataValidation:
    return DataValidation("list", formula1=choices, allow_blank=True, error="请从下拉列表中选择")


def _note(plan: PlanFile, column: Column, wording: Wording) -> str:
    """Describe what is to be filled in."""
    placed = column.placed
    if placed is None and column.target.kind is ColumnKind.INPUT:
        return _pay_words(plan, column)
    if placed is None:
        return "；".join(_item_words(plan, column)) if column.target.kind in (ColumnKind.ITEM, ColumnKind.VETO) else ""
    if column.target.kind is ColumnKind.REMARK:
        return f"对{placed.indicator.name}的说明：扣分原因、数据依据等，没有的留空"
    return _indicator_words(placed, column, wording)


def _indicator_words(placed: PlacedIndicator, column: Column, wording: Wording) -> str:
    """Describe what is to be filled in of an indicator."""
    indicator = placed.indicator
    lines = []
    if column.target.kind is ColumnKind.INPUT:
        given = next((each for each in indicator.inputs if each.name == column.header), None)
        lines.append(f"用于计算：{indicator.name} = {indicator.compute.text if indicator.compute else ''}")
        if given and given.unit:
            lines.append(f"单位：{given.unit}")
        if given and given.definition:
            lines.append(given.definition)
    elif column.target.kind is ColumnKind.OWN_TARGET:
        lines.append("每人各自约定的目标值")
    elif column.target.kind is ColumnKind.ITEM:
        lines.append(f"填写次数，用于：{indicator.name}")
    target = indicator.target
    if target is not None and target != OWN_TARGET:
        lines.append(f"目标值：{plain(target) if isinstance(target, Quantity) else target}")
    if indicator.unit and column.target.kind in (ColumnKind.INDICATOR, ColumnKind.OWN_TARGET):
        lines.append(f"单位：{indicator.unit}")
    rule = joined(wording, indicator.method.describe(indicator.rule, indicator, wording), *limit_words(indicator, wording))
    lines.append(f"计分：{rule}")
    return "\n".join(lines)


def _item_words(plan: PlanFile, column: Column) -> list[str]:
    if column.target.kind is ColumnKind.VETO:
        veto = next(veto for veto in plan.plan.vetoes if veto.name == column.target.name)
        return [*([veto.definition] if veto.definition else []), "发生填“是”，未发生填“否”或留空"]
    signs = [("加", item) for item in plan.plan.bonuses] + [("扣", item) for item in plan.plan.deductions]
    sign, item = next((sign, item) for sign, item in signs if item.name == column.target.name)
    cap = [f"最多{sign}{plain(item.cap)}分"] if item.cap is not None else []
    return [*([item.definition] if item.definition else []), f"填写次数，每次{sign}{plain(item.points)}分", *cap]


def _pay_words(plan: PlanFile, column: Column) -> str:
    """Say what part of pay, or which conditions, a figure is for, and in what it is."""
    pay, name = plan.plan.pay, fold(column.target.name)
    if pay is None or name not in {fold(word) for word in pay_figures(plan)}:
        used = [each.condition.text for each in conditions(plan) if name in {fold(named.name) for named in each.condition.references}]
        said = next((each for each in plan.plan.inputs if fold(each.name) == name), None)
        used += [f"{placed.indicator.name}计分" for placed, rule in two_way_tables(plan) if fold(rule.by.name) == name]
        about = [f"单位：{said.unit}"] if said and said.unit else []
        return "\n".join([f"用于判断：{'；'.join(used)}", *about, *([said.definition] if said and said.definition else []), "没有的填0"])
    parts = [part.name for part in pay.parts if any(name == fold(word) for _, formula in part_formulas(part) for word in formula.names)]
    given = next((each for each in pay.inputs if fold(each.name) == name), None)
    unit = given.unit if given and given.unit else f"金额为{pay.unit}"
    return "\n".join([f"用于计算：{'、'.join(parts)}", f"单位：{unit}", *([given.definition] if given and given.definition else [])])
