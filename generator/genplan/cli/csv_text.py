"""CSV for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence

from genplan.source.spreadsheet_text import inert


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Write rows so that a spreadsheet mistakes no cell for a formula, and no line within a cell for a row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue().rstrip("\n")


def _cell(text: str) -> str:
    return inert(text.replace("\r\n", "\n").replace("\r", "\n"))
