"""Columns of tables: cells and heads of one are aligned alike, and percentages have equally many places."""

import re
from collections import Counter
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from genplan.theme.grid import GridRow, layout

_PERCENTAGE = re.compile(r"([+-]?\d+)(?:\.(\d+))?%")
_ALIGNMENTS = frozenset({"number", "center"})
_NONE = frozenset({"", "—"})


def align_columns(tree: Element) -> None:
    """Align the columns of tables of data, and add zeros to percentages until those of a column align at the decimal point."""
    for table in tree.iter("table"):
        if "data" in table.get("class", "").split():
            rows = layout(table)
            body = [row for row in rows if not row.head]
            columns = [_cells(body, column) for column in sorted({cell.column for row in body for cell in row.cells})]
            for cells in columns:
                _unify(cells)
            for row in rows:
                if row.head:
                    _align(row, body)
            for cells in columns:
                _pad(cells)


def _cells(rows: Iterable[GridRow], column: int) -> list[Element]:
    """List the cells that are in a single column."""
    return [cell.element for row in rows for cell in row.cells if cell.element is not None and cell.column == column and cell.span == 1]


def _unify(cells: Iterable[Element]) -> None:
    """Align a column as most of its cells are: one with words at the left, though it has numbers, too; an empty cell as the others."""
    names = {cell: _alignment(cell) or "" for cell in cells if "fill" not in cell.get("class", "")}
    said = Counter(name for cell, name in names.items() if "".join(cell.itertext()).strip() not in _NONE)
    common = "" if "" in said else next((name for name, _ in said.most_common(1)), None)
    for cell, name in names.items():
        if common is not None and name != common:
            others = [each for each in cell.get("class", "").split() if each not in _ALIGNMENTS]
            cell.set("class", " ".join([*others, *filter(None, [common])]))
            if not cell.get("class"):
                del cell.attrib["class"]


def _align(head: GridRow, body: Iterable[GridRow]) -> None:
    """Give each head over one column the alignment that most of its cells have; heads over several are centred."""
    for cell in head.cells:
        if cell.element is None or cell.element.get("class"):
            continue
        if cell.span > 1:
            cell.element.set("class", "center")
            continue
        names = Counter(name for each in _cells(body, cell.column) if (name := _alignment(each)) is not None)
        if common := next((name for name, _ in names.most_common(1)), ""):
            cell.element.set("class", common)


def _alignment(cell: Element) -> str | None:
    """Return a cell's alignment, `""` for the default; None of an empty cell, which shows none."""
    if not len(cell) and not (cell.text or "").strip() and "fill" not in cell.get("class", ""):
        return None
    return next((name for name in cell.get("class", "").split() if name in _ALIGNMENTS), "")


def _pad(cells: Iterable[Element]) -> None:
    """Write percentages with as many places as the one that has most."""
    numbers = [cell for cell in cells if _alignment(cell) == "number"]
    written = [(cell, match) for cell in numbers if (match := _PERCENTAGE.fullmatch(_text(cell)))]
    most = max((len(match[2] or "") for _, match in written), default=0)
    for cell, match in written:
        if len(match[2] or "") < most:
            _write(cell, f"{match[1]}.{(match[2] or '').ljust(most, '0')}%")


def _text(cell: Element) -> str:
    """Return the text of a cell that contains nothing else, except perhaps a drawing after it."""
    holder = _holder(cell)
    return "" if any(child.tag != "svg" or (child.tail or "").strip() for child in holder) else (holder.text or "").strip()


def _write(cell: Element, text: str) -> None:
    holder = _holder(cell)
    holder.text = text + (" " if len(holder) else "")


def _holder(cell: Element) -> Element:
    """Return the element with a cell's text: the cell, or the span around all its content."""
    alone = len(cell) == 1 and not (cell.text or "").strip() and not (cell[0].tail or "").strip()
    return cell[0] if alone and cell[0].tag == "span" else cell
