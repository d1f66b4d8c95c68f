"""The sheet that scores: a row a person, a column a step, all of them formulas over the sheet to fill in.

The steps are those of `genplan/scoring`: method → indicator's bounds → weighted sum → items → vetoes → bounds of the total → rounding →
grade → ceilings. A person's state is blank, 缺失 (an actual is missing against the policy) or 无效 (a cell holds what cannot be used); then
nothing is computed behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from openpyxl.comments import Comment
from openpyxl.utils import column_index_from_string
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from genplan.methods.items import Tally
from genplan.methods.spreadsheet import chain, number
from genplan.people.computed_columns import computations
from genplan.people.vocabulary import ColumnKind, Field, Target
from genplan.plan.condition import Condition, Subject
from genplan.plan.conditions import conditions
from genplan.plan.grades import PlacedGrade, are_by_rank, bands, ranked_grades
from genplan.plan.indicator_weights import WeightedIndicator
from genplan.plan.level_rules import are_by_level, is_unnumbered
from genplan.plan.load import PlanFile
from genplan.plan.model import Distribution, Item, Missing, QuotaScope, Ties, Veto, VetoEffect
from genplan.plan.two_way import read_by
from genplan.plan.weights import is_points_form
from genplan.workbook import expressions as ex
from genplan.workbook.cells import fit_print, protect, width_of, write_formula, write_headers, write_text
from genplan.workbook.choices_sheet import Choices
from genplan.workbook.columns import Columns, RowFormula
from genplan.workbook.computed import translate
from genplan.workbook.conditions import UNKNOWN, ConditionCells
from genplan.workbook.grade_formula import placed_by_level, places
from genplan.workbook.indicator_formula import score_formula
from genplan.workbook.layout import ENTRY_ROW, SCORES, SCORES_ROW, Layout
from genplan.workbook.pay_columns import add_pay, note

_FROZEN = "C3"
_WEIGHT_ROW = 2


@dataclass(frozen=True, slots=True)
class Finished:
    """The letters of the columns that the summary shows."""

    scores: tuple[str, ...]
    total: str
    grade: str


def add_scores(book: Workbook, plan: PlanFile, layout: Layout, weighed: Sequence[WeightedIndicator], choices: Choices) -> Finished:
    """Write the sheet."""
    columns = Columns()
    writer = _Writer(plan, layout, weighed, choices, columns)
    finished = writer.write()
    sheet = book.create_sheet(SCORES)
    write_headers(sheet, columns.headers, [width_of(header) for header in columns.headers])
    if said := note(plan):
        sheet.cell(1, 1).comment = Comment(said, "genplan", height=120, width=320)
    _write_weights(sheet, plan, weighed, finished.scores)
    for row in range(SCORES_ROW, SCORES_ROW + layout.rows):
        for column, (formula, number_format) in enumerate(zip(columns.formulas, columns.formats, strict=True), 1):
            write_formula(sheet, row, column, formula(row), number_format)
    sheet.freeze_panes = _FROZEN
    fit_print(sheet)
    protect(sheet)
    if is_unnumbered(plan.plan):
        sheet.sheet_state = "hidden"  # its numbers are steps towards the grade, and no result
    return finished


def _write_weights(sheet: Worksheet, plan: PlanFile, weighed: Sequence[WeightedIndicator], letters: Sequence[str]) -> None:
    """Write each indicator's share of the total, or its points in a points form."""
    points = is_points_form(plan.plan)
    write_text(sheet, _WEIGHT_ROW, 1, "分值" if points else "权重")
    for letter, each in zip(letters, weighed, strict=True):
        parts = [part.effective for part in (each.group, each.in_group) if part.effective != 1]
        share = "*".join(number(part) for part in parts) or "1"
        counts, shown = (number(Fraction(each.placed.indicator.points or 0)), "General") if points else (share, "0.00%")
        write_formula(sheet, _WEIGHT_ROW, column_index_from_string(letter), counts, shown)


class _Writer:
    """Puts the columns together; a step refers to those before it."""

    def __init__(self, plan: PlanFile, layout: Layout, weighed: Sequence[WeightedIndicator], choices: Choices, columns: Columns) -> None:
        self.plan = plan
        self.layout = layout
        self.weighed = weighed
        self.choices = choices
        self.columns = columns
        self.vetoes: dict[object, str] = {}
        """The columns of vetoes' conditions, by their place in the plan."""
        self.ceilings: list[tuple[str, str]] = []
        """The columns of ceilings' conditions, each with its grade."""
        self.place = ""
        """The column of the grade's place from the best down, once it is there."""
        self.computed = {each.placed.key: each for each in computations(plan)}

    def entry(self, kind: ColumnKind, name: str) -> RowFormula:
        """Refer to what was filled in."""
        column = self.layout.of(kind, name)
        return lambda row: column.cell(row - SCORES_ROW + ENTRY_ROW)

    def write(self) -> Finished:
        """Add every column."""
        model = self.plan.plan
        person = self.entry(ColumnKind.FIELD, Field.ID)
        unit = model.assessed_unit
        self.columns.add(unit or "工号", lambda row: f'IF({ex.blank(person(row))},"",{person(row)})', "@")
        if self.layout.field(Field.NAME) and not unit:
            name = self.entry(ColumnKind.FIELD, Field.NAME)
            self.columns.add("姓名", lambda row: f'IF({ex.blank(name(row))},"",{name(row)})', "@")
        actuals = [self.actual(each) for each in self.weighed]
        by_key = {each.placed.key: actual for each, actual in zip(self.weighed, actuals, strict=True)}
        columns: dict[str, str] = {}
        cells = ConditionCells(self.plan, self.entry, columns, by_key, self.own_targets())
        formulas = [self.score(each, actual, cells) for each, actual in zip(self.weighed, actuals, strict=True)]
        for each, formula in zip(self.weighed, formulas, strict=True):  # side by side, since sums are over all of them
            columns[each.placed.key] = self.columns.add(each.placed.indicator.name, formula)
        scores = tuple(columns.values())
        items = [(self.item(item), "+") for item in model.bonuses] + [(self.item(item), "-") for item in model.deductions]
        self.conditions(of_total=False, cells=cells)
        state = self.state(scores, actuals, [letter for letter, _ in items])
        total = self.sum(scores, state)
        total = self.with_items(total, items) if items else total
        total = self.vetoed(total)
        total = self.bounded(total)
        exact, places, mode = total, model.rounding.places, model.rounding.mode
        total = self.columns.add(
            "总分",
            lambda row: f'IF($A{row}="","",IF(ISNUMBER({exact}{row}),{ex.rounded(f"{exact}{row}", places, mode)},{state}{row}))',
            "0." + "0" * places if places else "0",
        )
        self.conditions(of_total=True, cells=replace(cells, total=total))
        grade = self.graded(total)
        add_pay(self.plan, self.columns.add, self.entry, by_key, total, self.place)
        return Finished(scores, total, grade)

    def actual(self, weighed: WeightedIndicator) -> RowFormula:
        """Refer to an indicator's actual: as filled in, or computed in a column of its own."""
        placed = weighed.placed
        each = self.computed.get(placed.key)
        if each is None:
            return self.entry(ColumnKind.INDICATOR, placed.key)
        inputs = {name: self.entry(target.kind, target.name) for name, target in each.columns.items()}
        counted = isinstance(each.computation, Tally)

        def computed(row: int) -> str:
            cells = {name: cell(row) for name, cell in inputs.items()}
            value = f'IFERROR(ROUND({translate(each.computation, cells)},12),"{ex.INVALID}")'
            if not cells:
                return value
            wrong = ",".join(f"NOT({ex.is_count(cell) if counted else ex.is_number(cell)})" for cell in cells.values())
            lacking = f"{'AND' if counted else 'OR'}({','.join(ex.blank(cell) for cell in cells.values())})"
            return f'IF($A{row}="","",IF(OR({wrong}),"{ex.INVALID}",IF({lacking},"",{value})))'

        letter = self.columns.add(f"{placed.indicator.name}（实际值）", computed)
        return lambda row: f"${letter}{row}"

    def score(self, weighed: WeightedIndicator, actual: RowFormula, cells: ConditionCells) -> RowFormula:
        """Write an indicator's score; where another indicator limits it, the score without that has a column of its own."""
        indicator = weighed.placed.indicator
        levels = self.choices.levels.get(weighed.placed.key, ("", ""))
        target = self.layout.by_target.get(Target(ColumnKind.OWN_TARGET, weighed.placed.key))
        missing = self.plan.plan.missing if weighed.weight or self.plan.plan.missing is Missing.ERROR else Missing.EXCLUDE

        def own(row: int) -> str:
            return target.cell(row - SCORES_ROW + ENTRY_ROW) if target else ""

        by = read_by(indicator)

        def score(row: int) -> str:
            beside = (cells.reference(by, None, row), cells.known(by, row)) if by else ("", "")
            return f'IF($A{row}="","",{score_formula(indicator, actual(row), levels, missing, own(row), beside)})'

        if indicator.cap_by is None:
            return score
        letter = self.columns.add(f"{indicator.name}（限制前）", score)
        return lambda row: cells.limited(indicator, f"{letter}{row}", row)

    def item(self, item: Item) -> str:
        """Add the column of a bonus or deduction item's points."""
        count = self.entry(ColumnKind.ITEM, item.name)

        def points(row: int) -> str:
            cell = count(row)
            worth = f"{cell}*{number(item.points)}"
            worth = worth if item.cap is None else f"MIN({worth},{number(item.cap)})"
            usable = f'IF(ISNUMBER({cell}),IF({cell}<0,"{ex.INVALID}",{worth}),"{ex.INVALID}")'
            return f'IF($A{row}="","",IF({ex.blank(cell)},0,{usable}))'

        return self.columns.add(item.name, points)

    def state(self, scores: Sequence[str], actuals: Sequence[RowFormula], items: Sequence[str]) -> str:
        """Add the column that tells whether a person can be scored."""
        vetoes = [self.entry(ColumnKind.VETO, veto.name) for veto in self.plan.plan.entered_vetoes]
        decided = [*self.vetoes.values(), *(letter for letter, _ in self.ceilings)]

        def state(row: int) -> str:
            counted = [f'COUNTIF({letter}{row},"{ex.INVALID}")' for letter in items]
            span = f"{scores[0]}{row}:{scores[-1]}{row}"
            wrong = [f'COUNTIF({span},"{ex.INVALID}")', *counted, *(f"IF({ex.usable(veto(row))},0,1)" for veto in vetoes)]
            nothing = ",".join(ex.blank(actual(row)) for actual in actuals)
            lacking = f'COUNTIF({span},"{ex.MISSING}")>0'
            if self.plan.plan.missing is not Missing.ZERO:  # there, nothing at all counts as 0, too
                lacking = f"OR({lacking},AND({nothing}))"
            if decided:
                lacking = f"OR({lacking},{','.join(f'{letter}{row}={UNKNOWN}' for letter in decided)})"
            return f'IF($A{row}="","",IF({"+".join(wrong)}>0,"{ex.INVALID}",IF({lacking},"{ex.MISSING}","")))'

        return self.columns.add("状态", state)

    def sum(self, scores: Sequence[str], state: str) -> str:
        """Add the column of the weighted sum; the weights of what is excluded go to the others."""
        weights = f"${scores[0]}${_WEIGHT_ROW}:${scores[-1]}${_WEIGHT_ROW}"

        points = is_points_form(self.plan.plan)
        full = sum((Fraction(each.placed.indicator.points or 0) for each in self.weighed), Fraction(0))

        def weighted(row: int) -> str:
            span = f"{scores[0]}{row}:{scores[-1]}{row}"
            whole = sum((each.share for each in self.weighed), Fraction(0)) == 1
            counted = f"SUMPRODUCT({weights}*ISNUMBER({span}))"
            share = f"/({counted}/{number(full)})" if points else f"/{counted}"
            divisor = "" if whole and self.plan.plan.missing is not Missing.EXCLUDE else share
            return f'IF(OR($A{row}="",{state}{row}<>""),"",{self.summed(scores, weights, row)}{divisor})'

        return self.columns.add("得分合计" if points else "加权得分", weighted)

    def summed(self, scores: Sequence[str], weights: str, row: int) -> str:
        """Add up scores times what they are multiplied by, which in a points form is nothing."""
        span = f"{scores[0]}{row}:{scores[-1]}{row}"
        if is_points_form(self.plan.plan):
            return f"SUM({span})"
        if all(each.weight == each.share for each in self.weighed):
            return f"SUMPRODUCT({weights},{span})"
        terms = (f"N({letter}{row})*{number(each.weight)}" for letter, each in zip(scores, self.weighed, strict=True))
        return f"({'+'.join(terms)})"

    def step(self, header: str, before: str, result: RowFormula) -> str:
        """Add a column that is blank where the one before is."""
        return self.columns.add(header, lambda row: f'IF(ISNUMBER({before}{row}),{result(row)},"")')

    def with_items(self, before: str, items: Sequence[tuple[str, str]]) -> str:
        """Add the column of the sum with bonus and deduction items."""
        return self.step("加减分后", before, lambda row: f"{before}{row}" + "".join(f"{sign}{letter}{row}" for letter, sign in items))

    def vetoed(self, total: str) -> str:
        """Add a column for each veto: what it leaves of the total."""
        for index, veto in enumerate(self.plan.plan.vetoes):
            before = total
            capped = veto.effect is VetoEffect.CAP and veto.cap is not None
            cap = number(veto.cap) if capped and veto.cap is not None else ""

            occurred = self.occurred(index, veto)

            def left(row: int, occurred: RowFormula = occurred, before: str = before, cap: str = cap) -> str:
                limited = f"MIN({before}{row},{cap})" if cap else "0"
                return f"IF({occurred(row)},{limited},{before}{row})"

            total = self.step(veto.name, before, left)
        return total

    def occurred(self, index: int, veto: Veto) -> RowFormula:
        """Tell whether a veto applies: by its condition, or because results say so."""
        if veto.when is not None:
            letter = self.vetoes[index]
            return lambda row: f"{letter}{row}=1"
        cell = self.entry(ColumnKind.VETO, veto.name)
        return lambda row: ex.occurred(cell(row))

    def own_targets(self) -> dict[str, RowFormula]:
        """Refer to people's own targets, by the keys of the indicators that have such."""
        keys = [each.placed.key for each in self.weighed if Target(ColumnKind.OWN_TARGET, each.placed.key) in self.layout.by_target]
        return {key: self.entry(ColumnKind.OWN_TARGET, key) for key in keys}

    def bounded(self, total: str) -> str:
        """Add the column of the total within its bounds, where there are any."""
        bounds = self.plan.plan.total
        if bounds.minimum is None and bounds.maximum is None:
            return total
        return self.step("限幅后", total, lambda row: ex.within(f"{total}{row}", bounds))

    def graded(self, total: str) -> str:
        """Add the columns of the grade's place from the best down, and of its name."""
        graded = ranked_grades(self.plan.plan)
        if not graded:
            return ""
        place = self.step("等级序", total, self.placed(total))
        ceilings = self.ceilings_of(graded)
        if ceilings:
            before = place

            def limited(row: int) -> str:
                open_ = ",".join(f"{letter}{row}={UNKNOWN}" for letter, _ in ceilings)
                down = ",".join(f"IF({letter}{row}=1,{best},0)" for letter, best in ceilings)
                return f'IF(OR({open_}),"{ex.MISSING}",IF({before}{row}=0,0,MAX({before}{row},{down})))'

            place = self.step("等级序（限制后）", before, limited)
        last = self.place = place

        def named(row: int) -> str:
            name = f'IF({last}{row}=0,"{ex.UNGRADED}",INDEX({self.choices.grades},{last}{row}))'
            undecided = f'IF({last}{row}="{ex.MISSING}",{last}{row},{total}{row})' if ceilings else f"{total}{row}"
            return f'IF($A{row}="","",IF(ISNUMBER({last}{row}),{name},{undecided}))'

        return self.columns.add("等级", named)

    def placed(self, total: str) -> RowFormula:
        """Find the place of the grade: by the total, or by the grade that was decided where the plan's have no bounds."""
        distribution = self.plan.plan.distribution
        if are_by_rank(self.plan.plan) and distribution is not None:
            return self.placed_by_rank(total, distribution)
        if are_by_level(self.plan.plan):
            cells = {each.placed.key: self.entry(ColumnKind.INDICATOR, each.placed.key) for each in self.weighed}
            return placed_by_level(self.plan, cells)
        graded = bands(self.plan.plan)
        if graded:
            return lambda row: chain(places(graded, f"{total}{row}"), "0")
        decided = self.entry(ColumnKind.FIELD, Field.GRADE)
        return lambda row: f"IFERROR(MATCH({decided(row)},{self.choices.grades},0),0)"

    def placed_by_rank(self, total: str, distribution: Distribution) -> RowFormula:
        """Find the place of the grade where ranks decide: by how many of the own group have a higher total, and how many there are."""
        group = self.group(distribution.by)
        last = SCORES_ROW + self.layout.rows - 1
        totals = f"${total}${SCORES_ROW}:${total}${last}"
        inside = f"ISNUMBER({totals})" + (f"*(${group}${SCORES_ROW}:${group}${last}=${group}{{row}})" if group else "")
        sign = ">=" if distribution.ties is Ties.OUT else ">"
        ahead = self.columns.add("同分及以上人数" if distribution.ties is Ties.OUT else "分数更高人数", self.counted(total, inside, sign))
        people = self.columns.add("参评人数", self.counted(total, inside, ""))

        def place(row: int) -> str:
            cases = []
            for at, graded in enumerate(ranked_grades(self.plan.plan), 1):
                grade = graded.grade
                conditions = [] if grade.from_ is None else [f"{total}{row}>={number(grade.from_)}"]
                if grade.top is not None:
                    places = ex.headcount(number(grade.top), f"{people}{row}", distribution.rounding)
                    conditions.append(f"{ahead}{row}{'<=' if distribution.ties is Ties.OUT else '<'}{places}")
                cases.append((f"AND({','.join(conditions or ['TRUE'])})", str(at)))
            return chain(cases, "0")

        return place

    def group(self, by: QuotaScope) -> str:
        """Add the column of the group in which a person is graded, where that is not everybody."""
        if by is QuotaScope.PLAN:
            return ""
        named = self.entry(ColumnKind.FIELD, Field.GROUP if by is QuotaScope.GROUP else Field.DEPARTMENT)
        own = ex.text(self.plan.plan.department if by is QuotaScope.DEPARTMENT else "")
        return self.columns.add("分组", lambda row: f"IF({ex.blank(named(row))},{own},TRIM({named(row)}))", "@")

    def counted(self, total: str, inside: str, sign: str) -> RowFormula:
        """Count the people of the row's group: those whose total compares so with the row's, or all."""
        totals = f"${total}${SCORES_ROW}:${total}${SCORES_ROW + self.layout.rows - 1}"

        def count(row: int) -> str:
            compared = f"*({totals}{sign}{total}{row})" if sign else "*1"
            return f'IF(ISNUMBER({total}{row}),SUMPRODUCT({inside.format(row=row)}{compared}),"")'

        return count

    def ceilings_of(self, graded: Sequence[PlacedGrade]) -> list[tuple[str, int]]:
        """Return the column of each ceiling's condition, and the place below which it holds a grade down."""
        places = {each.grade.name: place for place, each in enumerate(graded, 1)}
        return [(letter, places[grade]) for letter, grade in self.ceilings if grade in places]

    def conditions(self, *, of_total: bool, cells: ConditionCells) -> None:
        """Add the columns of the conditions of vetoes and ceilings: before the total, or of those that are about it."""
        for placed in conditions(self.plan):
            condition = placed.condition
            if any(each.subject is Subject.TOTAL for each in condition.references) is not of_total:
                continue

            def holds(row: int, condition: Condition = condition) -> str:
                return f'IF($A{row}="","",{cells.formula(condition, row)})'

            letter = self.columns.add(condition.text, holds)
            if placed.vetoes:
                self.vetoes[placed.path[1]] = letter
            else:
                self.ceilings.append((letter, placed.decides))
