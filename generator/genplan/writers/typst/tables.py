"""Tables: columns in shares of the width, heads that repeat, rows that stay together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from genplan.writers.typst.cascade import Computed, Style
from genplan.writers.typst.content import AVOID, SIDES, Node, Writer, box_of, line_at
from genplan.writers.typst.inline import Line

_MOST = 0.6
"""The share of a page's height up to which rows stay together: more may not fit, and Typst would let it run off the page."""
Inner: TypeAlias = Callable[[Any, Computed, Writer], tuple[list[Node], float] | None]
"""Gives the blocks that a cell holds, and their height."""


@dataclass(slots=True)
class _Row:
    """A row: its cells, its height by estimate, whether it may break, and whether it stays with the row above."""

    cells: list[list[Any]]
    height: float
    whole: bool
    with_previous: bool


def table(wrapper: Any, computed: Computed, writer: Writer, inner: Inner) -> tuple[Callable[[float, bool], Node], float]:  # noqa: ANN401
    """Return what makes a table's node, once its distance to what is above is known; and its height by estimate."""
    columns = _columns(wrapper.etree_element)
    head: list[_Row] = []
    body: list[_Row] = []
    for group, style in writer.cascade.children(wrapper, computed):
        if group.etree_element.tag != "colgroup":
            rows = _rows(group, style, columns, writer, inner)
            (head if group.etree_element.tag == "thead" else body).extend(rows)
    _draw_edge((head or body)[:1], "top", computed.style)
    _draw_edge(body[-1:], "bottom", computed.style)
    number, place = writer.text(computed.style), len(writer.runs)
    height = sum(row.height for row in (*head, *body))
    keep = computed.style.get("break-inside") in AVOID
    runs = [] if keep else list(_runs(body, writer.height * _MOST))
    writer.runs[place] = runs
    data = {
        "columns": columns,
        "head": [[_placed(cell, writer, whole=True) for cell in row.cells] for row in head],
        "rows": _bound(body, runs, writer),
        "tied": runs if place in writer.tied else [],
        "place": place if runs else None,
        "keep": ("if-fits" if height > writer.height / 2 else "keep") if keep else "",
        "fill": computed.style.get("background-color") or None,
    }
    return lambda gap, sticky: ["table", gap, sticky, data, number], height


def _columns(element: Any) -> list[float]:  # noqa: ANN401
    """Return the widths of columns as shares; equal ones where the table states none."""
    stated = [float(col.get("style", "width: 0%").removeprefix("width: ").removesuffix("%")) for col in element.iterfind("colgroup/col")]
    if stated and sum(stated):
        return [width / sum(stated) for width in stated]
    count = max((sum(int(cell.get("colspan", "1")) for cell in row) for row in element.iter("tr")), default=1)
    return [1 / count] * count


def _rows(group: Any, computed: Computed, columns: Sequence[float], writer: Writer, inner: Inner) -> Iterator[_Row]:  # noqa: ANN401
    together, begins = (computed.style.get(name) in AVOID for name in ("break-inside", "break-before"))
    taken: dict[int, int] = {}
    for at, (row, style) in enumerate(writer.cascade.children(group, computed)):
        cells, column = [], 0
        for cell, cell_style in writer.cascade.children(row, style):
            while taken.get(column, 0) > 0:
                column += 1
            cells.append(_cell(cell, cell_style, style.style, columns[column:], writer, inner))
            for each in range(column, column + cells[-1][0].get("colspan", 1)):
                taken[each] = cells[-1][0].get("rowspan", 1)
            column += cells[-1][0].get("colspan", 1)
        taken = {each: left - 1 for each, left in taken.items() if left > 1}
        _level([cell for cell in cells if cell[0]["vertical"] == "baseline"], writer)
        height = max((cell[0]["estimate"] for cell in cells if "rowspan" not in cell[0]), default=0.0)
        tied = style.style.get("break-before") in AVOID or (together and at > 0) or (begins and at == 0)
        yield _Row(cells, height, style.style.get("break-inside") in AVOID, tied)


def _runs(rows: Sequence[_Row], most: float) -> Iterator[list[int]]:
    """Give the rows that stay together: the first of each run, and how many; runs that are too high are parted."""
    start, height = 0, 0.0
    for at in range(len(rows) + 1):
        if at == len(rows) or (at and (not rows[at].with_previous or height + rows[at].height > most)):
            if at - start > 1:
                yield [start, at - start]
            start, height = at, 0.0
        if at < len(rows):
            height += rows[at].height


def _bound(rows: Sequence[_Row], runs: Sequence[Sequence[int]], writer: Writer) -> list[Any]:
    """Return each row's cells; what spans rows is whole where these stay together."""
    ends = {at: first + count for first, count in runs for at in range(first, first + count)}

    def is_whole(at: int, row: _Row, rowspan: int) -> bool:
        return row.whole and row.height <= writer.height * _MOST if rowspan == 1 else ends.get(at, at) >= at + rowspan

    return [
        [_placed(cell, writer, whole=is_whole(at, row, cell[0].get("rowspan", 1))) for cell in row.cells] for at, row in enumerate(rows)
    ]


def _placed(cell: Sequence[Any], writer: Writer, *, whole: bool) -> list[Any]:
    """Return a cell as `document.typ` takes it: its look, its columns and rows, its least height, whether it stays on a page, its text."""
    looks, number, nodes = cell
    own = {name: value for name, value in looks.items() if name not in {"colspan", "rowspan", "height", "estimate"}}
    return [writer.look(own), looks.get("colspan", 1), looks.get("rowspan", 1), looks.get("height"), whole, number, nodes]


def _draw_edge(rows: Sequence[_Row], side: str, style: Style) -> None:
    """Give the table's own line to the cells at its edge."""
    line = line_at(style, side)
    if line is None:
        return
    for looks, *_ in (cell for row in rows for cell in row.cells):
        strokes = looks.setdefault("stroke", {})
        if side not in strokes or strokes[side][0] <= line[0]:
            strokes[side] = line


def _level(cells: Sequence[list[Any]], writer: Writer) -> None:
    """Move cells down until their first lines stand on one baseline, which Typst's tables don't know."""
    rises = [_rise(number, nodes, writer) for _, number, nodes in cells]
    for (looks, _, _), rise in zip(cells, rises, strict=True):
        if rise < max(rises):
            inset = looks.setdefault("inset", [0.0] * len(SIDES))
            inset[0] += max(rises) - rise


def _rise(number: int, nodes: Sequence[Node], writer: Writer) -> float:
    """Return how far the first baseline is below the top of a cell's content."""
    first = nodes[0] if nodes else ""
    if isinstance(first, list) and first[0] == "p":
        number = first[4]
    return float(writer.texts[number][0] * writer.texts[number][6])


def _cell(wrapper: Any, computed: Computed, row: Style, columns: Sequence[float], writer: Writer, inner: Inner) -> list[Any]:  # noqa: ANN401
    element, style = wrapper.etree_element, computed.style
    looks = box_of(style, writer.width)
    if "fill" not in looks and row.get("background-color"):
        looks["fill"] = row["background-color"]
    for name in ("colspan", "rowspan"):
        if (count := int(element.get(name, "1"))) > 1:
            looks[name] = count
    looks["align"] = style["text-align"]
    looks["vertical"] = style.get("vertical-align") or "middle"
    if style.get("height"):
        looks["height"] = style["height"]
    number = writer.text(style)
    inset = looks.get("inset", (0.0,) * len(SIDES))
    width = sum(columns[: looks.get("colspan", 1)]) * writer.width - inset[1] - inset[3]
    found = inner(wrapper, computed, writer)
    if found is None:
        line = Line(writer, width=width)
        line.element(wrapper, computed)
        nodes = line.done(style["font-size"])
        found = nodes, writer.estimate(nodes, number, width)
    looks["estimate"] = max(found[1], style.get("height") or 0.0) + inset[0] + inset[2]
    return [looks, number, found[0]]
