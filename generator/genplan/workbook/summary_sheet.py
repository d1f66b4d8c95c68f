"""The sheet that sums up: ranks, how many people have each grade, averages, and a chart."""

from openpyxl.chart import BarChart, Reference
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from genplan.plan.grades import ranked_grades
from genplan.plan.level_rules import is_unnumbered
from genplan.plan.load import PlanFile
from genplan.workbook.cells import fit_print, protect, width_of, write_formula, write_headers, write_text
from genplan.workbook.choices_sheet import Choices
from genplan.workbook.expressions import UNGRADED
from genplan.workbook.layout import SCORES, SCORES_ROW, SUMMARY, SUMMARY_ROW, Layout
from genplan.workbook.scoring_sheet import Finished

_HEADERS = ("工号", "姓名", "总分", "等级", "名次")
_NUMBERS = ("C", "E")
"""The columns of totals and ranks, which are hidden where a plan has none."""
_FIGURES = 7
"""The column right of the people where figures begin."""
_AVERAGES = (("人数", "COUNT"), ("平均分", "AVERAGE"), ("最高分", "MAX"), ("最低分", "MIN"))


def add_summary(book: Workbook, plan: PlanFile, layout: Layout, finished: Finished, choices: Choices) -> None:
    """Write the sheet."""
    sheet = book.create_sheet(SUMMARY)
    headers = (plan.plan.assessed_unit or _HEADERS[0], *_HEADERS[1:])
    write_headers(sheet, headers, [width_of(header) for header in headers])
    last = SUMMARY_ROW + layout.rows - 1
    totals, grades = f"$C${SUMMARY_ROW}:$C${last}", f"$D${SUMMARY_ROW}:$D${last}"
    places = plan.plan.rounding.places
    shown = "0." + "0" * places if places else "0"
    named = finished.scores[0] != "B"
    if not named:
        sheet.column_dimensions["B"].hidden = True
    for row in range(SUMMARY_ROW, last + 1):
        _write_person(sheet, row, finished, totals, shown, named=named)
    numbered = not is_unnumbered(plan.plan)
    row = _write_averages(sheet, totals, shown, numbered=numbered)
    for letter in () if numbered else _NUMBERS:
        sheet.column_dimensions[letter].hidden = True
    if finished.grade:
        _write_grades(sheet, plan, row + 2, grades, choices)
    sheet.freeze_panes = "A2"
    fit_print(sheet)
    protect(sheet)


def _write_person(sheet: Worksheet, row: int, finished: Finished, totals: str, shown: str, *, named: bool) -> None:
    there = row - SUMMARY_ROW + SCORES_ROW
    score, grade = f"'{SCORES}'!{finished.total}{there}", f"'{SCORES}'!{finished.grade}{there}"
    write_formula(sheet, row, 1, f"'{SCORES}'!A{there}", "@")
    write_formula(sheet, row, 2, f"'{SCORES}'!B{there}" if named else '""', "@")
    ungraded = f'{grade}="{UNGRADED}"' if finished.grade else "FALSE"
    write_formula(sheet, row, 3, f"IF({ungraded},{grade if finished.grade else score},{score})", shown)
    write_formula(sheet, row, 4, grade if finished.grade else '""')
    ids = totals.replace("C", "A")
    complete = f'COUNT({totals})=SUMPRODUCT(--({ids}<>""))'  # nobody is ranked while somebody has no total
    write_formula(sheet, row, 5, f'IF(AND(ISNUMBER(C{row}),{complete}),RANK(C{row},{totals}),"")', "0")


def _write_averages(sheet: Worksheet, totals: str, shown: str, *, numbered: bool) -> int:
    """Write figures over all who have a total, and give the last row of them."""
    write_headers(sheet, ("汇总", "数值"), (14, 12), first=_FIGURES)
    row = 1
    for row, (name, function) in enumerate(_AVERAGES if numbered else _AVERAGES[:1], 2):
        write_text(sheet, row, _FIGURES, name)
        counted = function == "COUNT"
        figure = f"{function}({totals})"
        write_formula(sheet, row, _FIGURES + 1, figure if counted else f'IF(COUNT({totals})=0,"",{figure})', "0" if counted else shown)
    return row


def _write_grades(sheet: Worksheet, plan: PlanFile, top: int, grades: str, choices: Choices) -> None:
    """Write how many people have each grade, and a chart of it."""
    count = len(ranked_grades(plan.plan))
    write_headers(sheet, ("等级", "人数", "占比"), (14, 12, 12), row=top, first=_FIGURES)
    people = "$H$2"
    for place in range(1, count + 1):
        row = top + place
        write_formula(sheet, row, _FIGURES, f"INDEX({choices.grades},{place})")
        write_formula(sheet, row, _FIGURES + 1, f"SUMPRODUCT(--EXACT({grades},G{row}))", "0")
        write_formula(sheet, row, _FIGURES + 2, f"IF({people}=0,0,H{row}/{people})", "0.0%")
    chart = BarChart()
    chart.title = "等级分布"
    chart.legend = None
    chart.y_axis.title, chart.x_axis.title = "人数", "等级"
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.y_axis.majorUnit = None
    chart.add_data(Reference(sheet, min_col=_FIGURES + 1, min_row=top, max_row=top + count), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=_FIGURES, min_row=top + 1, max_row=top + count))
    sheet.add_chart(chart, f"G{top + count + 2}")
