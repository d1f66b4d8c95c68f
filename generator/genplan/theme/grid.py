"""The grid of a table: which cell stands in which columns, as CSS places them."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

WIDEST_SPAN = 1000
"""As in HTML."""


@dataclass(slots=True)
class GridCell:
    """A place in the grid; `element` is None where a cell from above goes on."""

    element: Element | None
    column: int
    span: int
    merge: str = ""
    """`restart` where cells of several rows are one from here down, `continue` in the rows below."""


@dataclass(slots=True)
class GridRow:
    """A row of the grid; `head` where it belongs to the table's head."""

    element: Element
    head: bool
    cells: list[GridCell]


def positive(value: str | None, most: int) -> int:
    """Read a span; 1 where it is none, and at most `most`."""
    return min(int(value), most) if value and value.isascii() and value.isdigit() and int(value) > 0 else 1


def _groups(table: Element) -> Iterator[tuple[bool, list[Element]]]:
    """Yield the row groups: whether each is the head, and its rows."""
    for child in table:
        if child.tag in {"thead", "tbody", "tfoot"}:
            yield child.tag == "thead", [row for row in child if row.tag == "tr"]
        elif child.tag == "tr":
            yield False, [child]


def layout(table: Element) -> list[GridRow]:
    """Place the cells in the grid, as CSS does."""
    rows: list[GridRow] = []
    for head, elements in _groups(table):
        open_: dict[int, tuple[int, int]] = {}  # column → width of a cell from above, rows it still takes
        for at, element in enumerate(elements):
            cells: list[GridCell] = []
            column = 0
            waiting = [cell for cell in element if cell.tag in {"td", "th"}]
            carried, open_ = open_, {}
            if not carried and not any("rowspan" in cell.keys() or "colspan" in cell.keys() for cell in waiting):  # noqa: SIM118 - an element is no mapping
                rows.append(GridRow(element, head, [GridCell(cell, column, 1) for column, cell in enumerate(waiting)]))
                continue
            while waiting or any(start >= column for start in carried):
                if column in carried:
                    span, left = carried[column]
                    cells.append(GridCell(None, column, span, "continue"))
                    if left > 1:
                        open_[column] = (span, left - 1)
                    column += span
                    continue
                if not waiting:
                    following = min(start for start in carried if start > column)
                    cells.append(GridCell(None, column, following - column))
                    column = following
                    continue
                cell = waiting.pop(0)
                free = min((start for start in carried if start > column), default=column + WIDEST_SPAN) - column
                span = min(positive(cell.get("colspan"), WIDEST_SPAN), free)
                down = min(positive(cell.get("rowspan"), len(elements)), len(elements) - at)
                if down > 1:
                    open_[column] = (span, down - 1)
                cells.append(GridCell(cell, column, span, "restart" if down > 1 else ""))
                column += span
            rows.append(GridRow(element, head, cells))
    return rows
