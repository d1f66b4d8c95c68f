"""Tables: a fixed grid, repeated head rows, merged cells, and the conditional formats of a table style."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from genplan.messages import msg
from genplan.theme.grid import WIDEST_SPAN, GridCell, GridRow, layout, positive
from genplan.theme.tints import tints
from genplan.writers.docx.blocks import empty, flow
from genplan.writers.docx.context import TABLE_END, BlockHandler, Context, Inherited, classes
from genplan.writers.docx.controls import BLANK, ControlProperties, control, fillable, listed, wrap
from genplan.writers.docx.controls import properties as control_properties
from genplan.writers.docx.inline_styles import Style, merged, style_of
from genplan.writers.docx.xml import escape

_WIDTH = re.compile(r"(?:^|;)\s*width:\s*([\d.]+)%")
_MOST_COLUMNS = 63  # Word's limit
_CELL_MARGINS = 190
# Least height of a row that somebody writes in, in twips, with the margins of its cells: of tables in general, and of some kinds.
_FILL = 431
_FILLS = {"genplan form": 748, "genplan signature": 748}
_ROOMS = {"line": 465, "room": 1145, "ample": 1939}
"""The least height that a cell asks for by its class, whatever table it stands in."""

# Tables that stay on one page, as they do in the PDF, and the least height of a row in twips.
_WHOLE = frozenset({"genplan form", "genplan figures", "genplan signature"})
_LOWEST = 440

_MERGES = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}

_AT_FOOT = '<w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpYSpec="bottom"/>'
_FOOT_LINES = "<w:tblBorders>{}</w:tblBorders>".format(
    "".join(
        f'<w:{side} w:val="{value}" w:sz="{width}" w:space="0" w:color="auto"/>'
        for side, value, width in (
            ("top", "single", 8),
            ("left", "nil", 0),
            ("bottom", "single", 8),
            ("right", "nil", 0),
            ("insideH", "single", 4),
            ("insideV", "nil", 0),
        )
    )
)
"""An imprint has lines above, below and between its rows alone."""
_BAR = "span[@class='nowrap']/svg"
_CLOSE = '<w:tcMar><w:left w:w="0" w:type="dxa"/></w:tcMar>'
"""Margin of a cell with a bar behind a number: the PDF lets the number run into it, where Word would break the line."""
_TIED = frozenset({"total", "remark"})
"""Classes of rows that stay with the row before."""

# Conditional formats: the bit of w:cnfStyle that says a cell has one. The look of the whole table turns them on.
_FIRST_ROW, _LAST_ROW, _FIRST_COLUMN, _ODD_BAND = 0, 1, 2, 4


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a table's cells have to know of it."""

    kind: str
    columns: list[int]
    place: Inherited
    breakable: bool
    total_last: bool
    """The last row is the total, and formatted by the table's style."""
    labels_first: bool
    """The first column are labels, and formatted by the table's style."""
    heads: str
    """The heads of its columns, or its labels."""
    labels_banded: bool
    """Labels and values take turns, and are formatted as the style's column bands."""


def _columns(table: Element, count: int, width: int) -> list[int]:
    """Return the columns' widths in twips, which make `width`: by their percentages, equal where these do not fit."""
    shares: list[float] = []
    for column in table.iterfind("./colgroup/col"):
        match = _WIDTH.search(column.get("style", ""))
        shares += [float(match[1]) if match else 0.0] * positive(column.get("span"), WIDEST_SPAN)
    if len(shares) != count or not all(share > 0 for share in shares):
        shares = [1.0] * count
    total = sum(shares)
    edges = [round(width * sum(shares[:at]) / total) for at in range(count + 1)]
    return [after - before for before, after in pairwise(edges)]


def _is_label(cell: GridCell) -> bool:
    return cell.element is not None and cell.element.tag == "th"


def _make_plan(context: Context, table: Element, rows: Sequence[GridRow], columns: list[int], place: Inherited) -> _Plan:
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
        heads=table.get("data-description", _heads(rows)),
        labels_banded=banded,
    )


def _heads(rows: Sequence[GridRow]) -> str:
    """List what the columns are called, or else the rows."""
    head = [cell.element for row in rows for cell in row.cells if row.head and cell.element is not None]
    labels = [cell.element for row in rows for cell in row.cells if not row.head and _is_label(cell) and cell.element is not None]
    return "; ".join(text for element in head or labels if (text := " ".join("".join(element.itertext()).split())))


def _is_whole(context: Context, plan: _Plan, rows: Sequence[GridRow]) -> bool:
    """Return whether the table stays on one page: a form does, unless it would hardly fit."""
    high = sum(max(_height(plan, row), _LOWEST) for row in rows)
    return plan.kind in _WHOLE and not plan.breakable and high < context.prepared.page.height * 2 // 3


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
    named += _AT_FOOT if plan.place.foot else ""
    lines = _FOOT_LINES if plan.place.foot else ""
    # People who hear a document are told what a table holds by its caption, and by the heads of its columns.
    named_by = context.caption or context.heading
    caption = f'<w:tblCaption w:val="{escape(named_by)}"/>' if named_by else ""
    caption += f'<w:tblDescription w:val="{escape(plan.heads)}"/>' if plan.heads else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in plan.columns)
    return (
        f'<w:tblPr>{named}<w:tblW w:w="{plan.place.width}" w:type="dxa"/>{lines}<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{mask:04X}" {flags}/>{caption}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def table(context: Context, element: Element, place: Inherited) -> None:
    """Write a table, across the whole width."""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in {"colgroup", "thead", "tbody", "tfoot", "tr"}:
            context.unknown(child, in_table=True)
            flow(context, child, place._replace(glue=True))
    rows = layout(element)
    count = max((cell.column + cell.span for row in rows for cell in row.cells), default=0)
    if not count:
        return
    if count > _MOST_COLUMNS:
        context.report("GP601", msg("a table has {columns} columns; Word shows at most {limit}", columns=count, limit=_MOST_COLUMNS))
    if context.out and context.out[-1] == TABLE_END:
        empty(context, "table gap")
    plan = _make_plan(context, element, rows, _columns(element, count, place.width), place)
    context.out.append("<w:tbl>" + _properties(context, plan, head=rows[0].head))
    whole = place.keep or ("long" not in classes(element) and _is_whole(context, plan, rows))
    context.caption = ""
    for at, row in enumerate(rows):
        last = at == len(rows) - 1
        # Rows that a merged cell spans stay on one page, or the cell would be empty on the next.
        spanned = not plan.breakable and not last and (_goes_on(rows[at + 1]) or _is_tied(rows, at + 1))
        bits = {_FIRST_ROW} if at == 0 and row.head else {_LAST_ROW} if last and plan.total_last else set()
        _row(context, plan, row, bits, glue=place.glue if last else whole or spanned)
    context.out.append(TABLE_END)


def _goes_on(row: GridRow) -> bool:
    """Return whether a cell of the row before goes on in a row."""
    return any(cell.merge and cell.element is None for cell in row.cells)


def _is_tied(rows: Sequence[GridRow], at: int) -> bool:
    """Return whether a row stays with the one before: a total, a remark, and the second and the last row, as none is alone on a page."""
    heads = sum(row.head for row in rows)
    return at in {heads + 1, len(rows) - 1} or not _TIED.isdisjoint(classes(rows[at].element))


def _row(context: Context, plan: _Plan, row: GridRow, bits: set[int], *, glue: bool) -> None:
    end = row.cells[-1].column + row.cells[-1].span if row.cells else 0
    properties = f'<w:cnfStyle w:val="{_flags(*bits)}"/>' if bits else ""
    if end < len(plan.columns):
        properties += f'<w:gridAfter w:val="{len(plan.columns) - end}"/>'
    if not plan.breakable:
        properties += "<w:cantSplit/>"
    height = _height(plan, row)
    if height:
        # Word adds the margins of cells to the height that a row states.
        height = max(height - context.prepared.margins.get(plan.kind, 0), 1)
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


def _height(plan: _Plan, row: GridRow) -> int:
    filled = [classes(cell.element) for cell in row.cells if cell.element is not None and "fill" in classes(cell.element)]
    usual = _FILLS.get(plan.kind, _FILL)
    return max((next((_ROOMS[name] for name in names if name in _ROOMS), usual) for names in filled), default=0)


def _covered(plan: _Plan, row_bits: set[int], cell: GridCell, ordinal: int, *, head: bool) -> set[int]:
    """Return the conditional formats that a cell gets from the table's style."""
    bits = set(row_bits)
    if not head and plan.labels_first and cell.column == 0:
        bits.add(_FIRST_COLUMN)
    if not head and plan.labels_banded and ordinal % 2 == 0:
        bits.add(_ODD_BAND)
    return bits


def _write_cell(context: Context, plan: _Plan, row: GridRow, cell: GridCell, bits: set[int], *, glue: bool) -> None:
    width = sum(plan.columns[cell.column : cell.column + cell.span])
    shading, run = _borrowed(context, plan, row, cell) if not bits else ("", "")
    properties = f'<w:cnfStyle w:val="{_flags(*bits)}"/>' if bits else ""
    properties += f'<w:tcW w:w="{width}" w:type="dxa"/>'
    direct = style_of(context, cell.element) if cell.element is not None and cell.element.get("style") else Style()
    if cell.span > 1:
        properties += f'<w:gridSpan w:val="{cell.span}"/>'
    properties += _MERGES[cell.merge] + (direct.shade or shading or _line_before(context, plan, cell))
    if cell.element is not None and cell.element.find(_BAR) is not None:
        properties += _CLOSE
    opening = len(context.out)
    context.out.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>")
    style = _cell_style(context, plan, row, cell)
    own = _control(context, cell.element)
    start = len(context.out)
    if cell.element is not None:
        room = max(width - _CELL_MARGINS, 1)
        bold = bool(bits) or "<w:b/>" in run
        place = Inherited(room, style, keep=glue, glue=glue, bold=bold, run=merged(run, direct.run), align=direct.align, indent=0)
        flow(context, cell.element if own or not fillable(cell.element) else _in_line(context, cell.element), place)
    if len(context.out) == start:
        empty(context, style, _room(context) if own else "", glue=glue)
    elif context.out[-1] == TABLE_END:
        empty(context, "table gap")
    context.out.append("</w:tc>")
    if own:
        _into_control(context, own, opening)


# In place of a cell, LibreOffice shows a list's first item behind the next text; a box is what one clicks on, not its cell.
_IN_LINE = frozenset({"choice", "tick"})


def _control(context: Context, element: Element | None) -> ControlProperties | None:
    """Describe the control that a cell is as a whole."""
    if element is None or not fillable(element) or element.get("data-type") in _IN_LINE:
        return None
    return control(element, context.labels.get(element, ""), context.document.metadata.language)


def _in_line(context: Context, cell: Element) -> Element:
    """Return a cell that holds its field in a line of text."""
    field = Element("span", {name: value for name, value in cell.items() if name.startswith("data-")})
    if cell.get("data-type") == "tick":
        field.set("class", "tick")
    field.text = " ".join("".join(cell.itertext()).split())
    context.labels[field] = context.labels.get(cell, "")
    outer = Element("td")
    outer.append(field)
    return outer


def _room(context: Context) -> str:
    """Write what an empty control holds."""
    id_ = context.style("character", "placeholder text")
    named = f'<w:rPr><w:rStyle w:val="{id_}"/></w:rPr>' if id_ else ""
    return f'<w:r>{named}<w:t xml:space="preserve">{BLANK}</w:t></w:r>'


def _into_control(context: Context, own: ControlProperties, opening: int) -> None:
    """Put a content control around the cell that was written since `opening`."""
    cell = "".join(context.out[opening:])
    context.forms.append(listed(own))
    context.out[opening:] = [wrap(control_properties(own, next(context.ids), "", cell), cell)]


def _line_before(context: Context, plan: _Plan, cell: GridCell) -> str:
    """Return the line that parts a cell to be filled in from the one before, in a table of data."""
    if plan.kind != "genplan data" or not cell.column or cell.element is None or "fill" not in classes(cell.element):
        return ""
    color = context.look.brand.colors.get("tertiary", "").removeprefix("#").upper() or "auto"
    return f'<w:tcBorders><w:left w:val="single" w:sz="4" w:space="0" w:color="{color}"/></w:tcBorders>'


def _borrowed(context: Context, plan: _Plan, row: GridRow, cell: GridCell) -> tuple[str, str]:
    """Return borders with shading, and run properties, for a cell that the style's formats do not reach, though it is of their kind.

    Such are the second row of a head, a label among the values, a total that is not in the last row.
    """
    if _is_label(cell):
        return context.prepared.conditions.get((plan.kind, "firstRow" if row.head else "firstCol"), ("", ""))
    tinted = tints(context.look.brand)
    if cell.element is not None and (tint := next((tinted[name] for name in classes(cell.element) if name in tinted), "")):
        return f'<w:shd w:val="clear" w:color="auto" w:fill="{tint[1:].upper()}"/>', ""
    if "total" in classes(row.element):
        return context.prepared.conditions.get((plan.kind, "lastRow"), ("", ""))
    return "", ""


def _cell_style(context: Context, plan: _Plan, row: GridRow, cell: GridCell) -> str:
    if row.head:
        return context.style_of("paragraph", classes(cell.element) if cell.element is not None else [], "table head", "table head ")
    if plan.kind == "genplan signature" and cell.element is not None and "fill" in classes(cell.element):
        return "table center"
    default = "table label" if _is_label(cell) else "table text"
    return default if cell.element is None else context.style_of("paragraph", classes(cell.element), default, "table ")


TABLES: dict[str, BlockHandler] = {"table": table}
