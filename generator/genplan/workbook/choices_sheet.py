"""The hidden sheet of what can be chosen: the levels of each rubric with their scores, 是 and 否, and the grades."""

from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from genplan.methods.method import Levels
from genplan.methods.spreadsheet import number
from genplan.plan.grades import ranked_grades
from genplan.plan.load import PlanFile
from genplan.workbook.cells import protect, write_formula, write_text
from genplan.workbook.layout import CHOICES, NO, YES


@dataclass(frozen=True, slots=True)
class Choices:
    """Ranges on the sheet: levels and their scores by the indicator's key, yes and no, and the grades from the best down."""

    levels: dict[str, tuple[str, str]]
    yes_no: str
    grades: str


def add_choices(book: Workbook, plan: PlanFile) -> Choices:
    """Write the sheet, and tell where everything stands on it."""
    sheet = book.create_sheet(CHOICES)
    sheet.sheet_state = "hidden"
    column = 0

    def listed(texts: list[str]) -> str:
        nonlocal column
        column += 1
        for row, text in enumerate(texts, 1):
            write_text(sheet, row, column, text)
        return _range(column, len(texts))

    yes_no = listed([YES, NO])
    grades = listed([placed.grade.name for placed in ranked_grades(plan.plan)] or [""])
    levels: dict[str, tuple[str, str]] = {}
    for placed in plan.indicators:
        takes = placed.indicator.method.accepts
        if isinstance(takes, Levels):
            level_scores = takes.levels(placed.indicator.rule)
            names = listed([name for name, _ in level_scores])
            column += 1
            for row, (_, score) in enumerate(level_scores, 1):
                write_formula(sheet, row, column, number(score))
            levels[placed.key] = names, _range(column, len(level_scores))
    protect(sheet)
    return Choices(levels, yes_no, grades)


def _range(column: int, rows: int) -> str:
    letter = get_column_letter(column)
    return f"'{CHOICES}'!${letter}$1:${letter}${rows}"
