"""The columns of the sheet that scores, as they come to be."""

from collections.abc import Callable
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

RowFormula = Callable[[int], str]
"""Gives the formula of a row of the sheet."""


@dataclass
class Columns:
    """The columns of the sheet as they come to be, by their place."""

    headers: list[str] = field(default_factory=list)
    formulas: list[RowFormula] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)

    def add(self, header: str, formula: RowFormula, number_format: str = "General") -> str:
        """Add a column, and give its letter."""
        self.headers.append(header)
        self.formulas.append(formula)
        self.formats.append(number_format)
        return get_column_letter(len(self.headers))
