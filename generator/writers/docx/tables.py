"""Tables: a fixed grid, repeated head rows, merged cells, and the conditional formats of a table style."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from generator.writers.docx.blocks import empty, flow
from generator.writers.docx.context import TABLE_END, BlockHandler, Context, Place, classes
from generator.writers.docx.xml import escape

_WIDTH = re.compile(r"(?:^|;)\s*width:\s*([\d.]+)%")
_WIDEST_SPAN = 1000  # as in HTML
_MOST_COLUMNS = 63  # Word's limit
_CELL_MARGINS = 190
# Least height of a row that somebody writes in, in twips: of tables in general, and of some kinds.
_FILL = 397
_FILLS = {"genplan form": 907, "genplan signature": 794}
_ROOMS = {"line": 500, "room": 1400, "ample": 2300}
"""The least height that a cell asks for by its class, whatever table it stands in."""

# Conditional formats: the bit of w:cnfStyle that says a cell has one. The look of the whole table turns them on.
_FIRST_ROW, _LAST_ROW, _FIRST_COLUMN, _ODD_BAND = 0, 1, 2, 4


@dataclass(slots=True)
class _Cell:
    """A place in the grid; `element` is None where a cell from above goes on."""

    element: Element | None
    column: int
    span: int
    merge: str = ""


@dataclass(slots=True)
class _Row:
    element: Element
    head: bool
    cells: list[_Cell]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a table's cells have to know of it."""

    kind: str
    columns: list[int]
    place: Place
    breakable: bool
    total_last: bool
    """The last row is the total, and formatted by the table's style."""
    labels_first: bool
    """The first column are labels, and formatted by the table's style."""
    labels_banded: bool
    """Labels and values take turns, and are formatted as the style's column bands."""


def _positive(value: str | None, most: int) -> int:
    return min(int(value), most) if value and value.isascii() and value.isdigit() and int(value) > 0 else 1


def _groups(table: Element) -> Iterator[tuple[bool, list[Element]]]:
    """Yield the row groups: whether each is the head, and its rows."""
    for child in table:
        if child.tag in {"thead", "tbody", "tfoot"}:
            yield child.tag == "thead", [row for row in child if row.tag == "tr"]
        elif child.tag == "tr":
            yield False, [child]


def _layout(table: Element) -> list[_Row]:
    """Place the cells in the grid, as CSS does."""
    rows: list[_Row] = []
    for head, elements in _groups(table):
        open_: dict[int, tuple[int, int]] = {}  # column → width of a cell from above, rows it still takes
        for at, element in enumerate(elements):
            cells: list[_Cell] = []
            column = 0
            waiting = [cell for cell in element if cell.tag in {"td", "th"}]
            carried, open_ = open_, {}
            while waiting or any(start >= column for start in carried):
                if column in carried:
                    span, left = carried[column]
                    cells.append(_Cell(None, column, span, "<w:vMerge/>"))
                    if left > 1:
                        open_[column] = (span, left - 1)
                    column += span
                    continue
                if not waiting:
                    following = min(start for start in carried if start > column)
                    cells.append(_Cell(None, column, following - column))
                    column = following
                    continue
                cell = waiting.pop(0)
                free = min((start for start in carried if start > column), default=column + _WIDEST_SPAN) - column
                span = min(_positive(cell.get("colspan"), _WIDEST_SPAN), free)
                down = min(_positive(cell.get("rowspan"), len(elements)), len(elements) - at)
                if down > 1:
                    open_[column] = (span, down - 1)
                cells.append(_Cell(cell, column, span, '<w:vMerge w:val="restart"/>' if down > 1 else ""))
                column += span
            rows.append(_Row(element, head, cells))
    return rows


def _columns(table: Element, count: int, width: int) -> list[int]:
    """Return the columns' widths in twips, which make `width`: by their percentages, equal where these do not fit."""
    shares: list[float] = []
    for column in table.iterfind("./colgroup/col"):
        match = _WIDTH.search(column.get("style", ""))
        shares += [float(match[1]) if match else 0.0] * _positive(column.get("span"), _WIDEST_SPAN)
    if len(shares) != count or not all(share > 0 for share in shares):
        shares = [1.0] * count
    total = sum(shares)
    edges = [round(width * sum(shares[:at]) / total) for at in range(count + 1)]
    return [after - before for before, after in pairwise(edges)]


def _is_label(cell: _Cell) -> bool:
    return cell.element is not None and cell.element.tag == "th"


def _make_plan(context: Context, table: Element, rows: Sequence[_Row], columns: list[int], place: Place) -> _Plan:
    names = classes(table)
    kind = context.style_of("table", names, "genplan data", "genplan ")
    body = [row for row in rows if not row.head]
    cells = [(at, cell) for row in body for at, cell in enumerate(row.cells) if cell.element is not None]
    # Word may count bands by cell or by column of the grid: they are used only where both come to the same.
    banded = (kind, "band1Vert") in context.prepared.conditions and any(_is_label(cell) and at for at, cell in cells)
    banded = banded and all(at % 2 == cell.column % 2 == (not _is_label(cell)) for at, cell in cells)
    first = [cell for _, cell in cells if cell.column == 0]
    return _Plan(
        kind=kind,
        columns=columns,
        place=place,
        breakable="breakable" in names,
        total_last=bool(body) and "total" in classes(body[-1].element),
        labels_first=not banded and bool(first) and all(_is_label(cell) for cell in first),
        labels_banded=banded,
    )


def _flags(*bits: int) -> str:
    return "".join("1" if bit in bits else "0" for bit in range(12))


def _properties(context: Context, plan: _Plan, *, head: bool) -> str:
    style = context.style("table", plan.kind)
    look = {
        "firstRow": (0x20, head),
        "lastRow": (0x40, plan.total_last),
        "firstColumn": (0x80, plan.labels_first),
        "lastColumn": (0x100, False),
        "noHBand": (0x200, True),
        "noVBand": (0x400, not plan.labels_banded),
    }
    mask = sum(bit for bit, on in look.values() if on)
    flags = " ".join(f'w:{name}="{int(on)}"' for name, (_, on) in look.items())
    named = f'<w:tblStyle w:val="{style}"/>' if style else ""
    # People who hear a document are told what a table holds by its caption.
    caption = f'<w:tblCaption w:val="{escape(context.caption)}"/>' if context.caption else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in plan.columns)
    return (
        f'<w:tblPr>{named}<w:tblW w:w="{plan.place.width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{mask:04X}" {flags}/>{caption}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def table(context: Context, element: Element, place: Place) -> None:
    """Write a table, across the whole width."""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in {"colgroup", "thead", "tbody", "tfoot", "tr"}:
            context.unknown(child, " in a table")
            flow(context, child, place._replace(glue=True))
    rows = _layout(element)
    count = max((cell.column + cell.span for row in rows for cell in row.cells), default=0)
    if not count:
        return
    if count > _MOST_COLUMNS:
        context.report("GP601", f"a table has {count} columns; Word shows at most {_MOST_COLUMNS}")
    if context.out and context.out[-1] == TABLE_END:
        empty(context, "table gap")
    plan = _make_plan(context, element, rows, _columns(element, count, place.width), place)
    context.out.append("<w:tbl>" + _properties(context, plan, head=rows[0].head))
    context.caption = ""
    for at, row in enumerate(rows):
        last = at == len(rows) - 1
        # Rows that a merged cell spans stay on one page, or the cell would be empty on the next.
        spanned = not plan.breakable and not last and any(cell.merge and cell.element is None for cell in rows[at + 1].cells)
        bits = {_FIRST_ROW} if at == 0 and row.head else {_LAST_ROW} if last and plan.total_last else set()
        _row(context, plan, row, bits, glue=place.glue if last else place.keep or spanned)
    context.out.append(TABLE_END)


def _row(context: Context, plan: _Plan, row: _Row, bits: set[int], *, glue: bool) -> None:
    end = row.cells[-1].column + row.cells[-1].span if row.cells else 0
    properties = f'<w:cnfStyle w:val="{_flags(*bits)}"/>' if bits else ""
    if end < len(plan.columns):
        properties += f'<w:gridAfter w:val="{len(plan.columns) - end}"/>'
    if not plan.breakable:
        properties += "<w:cantSplit/>"
    height = _height(plan, row)
    if height:
        properties += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>'
    if row.head:
        properties += "<w:tblHeader/>"
    context.out.append(f"<w:tr><w:trPr>{properties}</w:trPr>" if properties else "<w:tr>")
    for ordinal, cell in enumerate(row.cells):
        _write_cell(context, plan, row, cell, _covered(plan, bits, cell, ordinal, head=row.head), glue=glue)
    if not row.cells:
        context.out.append('<w:tc><w:tcPr><w:tcW w:w="0" w:type="dxa"/></w:tcPr>')
        empty(context, "table text")
        context.out.append("</w:tc>")
    context.out.append("</w:tr>")


def _height(plan: _Plan, row: _Row) -> int:
    filled = [classes(cell.element) for cell in row.cells if cell.element is not None and "fill" in classes(cell.element)]
    usual = _FILLS.get(plan.kind, _FILL)
    return max((next((_ROOMS[name] for name in names if name in _ROOMS), usual) for names in filled), default=0)


def _covered(plan: _Plan, row_bits: set[int], cell: _Cell, ordinal: int, *, head: bool) -> set[int]:
    """Return the conditional formats that a cell gets from the table's style."""
    bits = set(row_bits)
    if not head and plan.labels_first and cell.column == 0:
        bits.add(_FIRST_COLUMN)
    if not head and plan.labels_banded and ordinal % 2 == 0:
        bits.add(_ODD_BAND)
    return bits


def _write_cell(context: Context, plan: _Plan, row: _Row, cell: _Cell, bits: set[int], *, glue: bool) -> None:
    width = sum(plan.columns[cell.column : cell.column + cell.span])
    shading, run = _borrowed(context, plan, row, cell) if not bits else ("", "")
    properties = f'<w:cnfStyle w:val="{_flags(*bits)}"/>' if bits else ""
    properties += f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.span > 1:
        properties += f'<w:gridSpan w:val="{cell.span}"/>'
    properties += cell.merge + shading
    context.out.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>")
    style = _cell_style(context, plan, row, cell)
    start = len(context.out)
    if cell.element is not None:
        room = max(width - _CELL_MARGINS, 1)
        bold = bool(bits) or "<w:b/>" in run
        flow(context, cell.element, Place(room, style, keep=glue, glue=glue, bold=bold, run=run, indent=0))
    if len(context.out) == start:
        empty(context, style)
    elif context.out[-1] == TABLE_END:
        empty(context, "table gap")
    context.out.append("</w:tc>")


def _borrowed(context: Context, plan: _Plan, row: _Row, cell: _Cell) -> tuple[str, str]:
    """Return shading and run properties for a cell that the style's formats do not reach, though it is of their kind.

    Such are the second row of a head, a label among the values, a total that is not in the last row.
    """
    if _is_label(cell):
        return context.prepared.conditions.get((plan.kind, "firstRow" if row.head else "firstCol"), ("", ""))
    if "total" in classes(row.element):
        return context.prepared.conditions.get((plan.kind, "lastRow"), ("", ""))
    return "", ""


def _cell_style(context: Context, plan: _Plan, row: _Row, cell: _Cell) -> str:
    if row.head:
        return "table head"
    if plan.kind == "genplan signature" and cell.element is not None and "fill" in classes(cell.element):
        return "table center"
    default = "table label" if _is_label(cell) else "table text"
    return default if cell.element is None else context.style_of("paragraph", classes(cell.element), default, "table ")


TABLES: dict[str, BlockHandler] = {"table": table}
