"""About how many pages a document has, and on which a heading is likely to stand.

Nothing but a layout knows pages, and Word's is Word's own. So heights are added up from the text's length and the usual distances: right
for most headings, a page off for some. By this every format comes to the same title page, and a table of contents in Word shows numbers
until its field is updated (F9).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from genplan.theme.grid import layout
from genplan.theme.svg import size

_WIDE = "\u2e80"
"""From here on, characters are about as wide as they are high; those before are about half as wide."""
_HALF = 0.55
_CELL_LINES, _CELL_ABOVE, _CELL_BESIDE = 1.47, 8.4, 12.0
"""Of the text in cells: the distance between lines in sizes, and points around it."""
_FILL, _FILL_FORM = 28.0, 54.0
# Heights of headings with what stands around them, and of paragraphs that differ from the body's, in points.
_HEADINGS = {"h1": 37.0, "h2": 44.0, "h3": 31.0, "h4": 25.0}
_PARAGRAPHS = {"caption": 28.0, "organization": 31.0, "subtitle": 27.0, "toc-heading": 33.0, "note": 23.0}
_PARAGRAPHS |= dict.fromkeys(("toc-1", "toc-2", "toc-3"), 19.0)
_AFTER_TABLE = 6.0
_MILLIMETRE = 72 / 25.4
_BETWEEN = 6.0
_FIRST_LINES = 34.0


@dataclass(frozen=True, slots=True)
class Paper:
    """The room for text on a page, and the body's type, in points."""

    width: float
    height: float
    size: float
    line: float
    cell: float = 9.5
    """Size of the text in tables."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """What stands on one page, unless it `breaks`; `tied` to the one that follows."""

    height: float
    tied: bool = False
    breaks: bool = False
    heading: str = ""
    last: bool = False
    """The next one starts a page."""


def pages(body: Element, paper: Paper) -> dict[str, int]:
    """Estimate the pages of the headings below `body` that have an id."""
    return _place(body, paper)[0]


def count_pages(body: Element, paper: Paper) -> int:
    """Estimate how many pages a document takes."""
    return _place(body, paper)[1]


def _place(body: Element, paper: Paper) -> tuple[dict[str, int], int]:
    """Return the pages of headings, and how many pages there are."""
    page_of: dict[str, int] = {}
    page, used = 1, 0.0
    units = list(_units(body, paper))
    for at, unit in enumerate(units):
        together = _together(units, at)
        starts = at == 0 or not units[at - 1].tied
        least = together if starts and together <= paper.height else min(unit.height, 2 * paper.line if unit.breaks else unit.height)
        if used + least > paper.height and used:
            page, used = page + 1, 0.0
        if unit.heading:
            page_of[unit.heading] = page
        used = paper.height if unit.last else used + unit.height
        while used > paper.height and unit.breaks:
            page, used = page + 1, used - paper.height
    return page_of, page


def _together(units: list[_Unit], at: int) -> float:
    """Return the height of a unit and those it is tied to; of text that breaks, of its first lines."""
    height = units[at].height
    while units[at].tied and at + 1 < len(units):
        at += 1
        height += min(units[at].height, _FIRST_LINES) if units[at].breaks else units[at].height
    return height


def _units(element: Element, paper: Paper) -> Iterator[_Unit]:
    for child in element:
        names = _classes(child)
        if "running" in names:
            continue
        if child.tag == "table":
            yield from _rows(child, paper)
        elif child.tag in _HEADINGS:
            yield _Unit(_HEADINGS[child.tag], tied=True, heading=child.get("id", ""))
        elif child.tag == "p":
            yield _Unit(_paragraph(child, names, paper), tied="caption" in names, breaks="caption" not in names)
        elif child.tag == "li":
            yield from _item(child, paper)
        elif "keep" in names or "signatures" in names:
            yield from (_Unit(unit.height, tied=True, heading=unit.heading) for unit in _units(child, paper))
            yield _Unit(0)
        elif child.tag == "figure":
            yield _Unit(_figure(child, paper))
        else:
            yield from _units(child, paper)
            if "title-page" in names:
                yield _Unit(0, last=True)


def _figure(figure: Element, paper: Paper) -> float:
    """Return the height of drawings, or else of a picture: a logo is about a third as high as it is wide."""
    drawn = [stated[1] * _MILLIMETRE for drawing in figure.iter("svg") if (stated := size(drawing))]
    widths = [float(width) * _MILLIMETRE / 3 for image in figure.iter("img") if (width := image.get("data-width", "")).isdigit()]
    return max((*drawn, *widths), default=paper.width * _HALF) + 2 * _BETWEEN


def _item(item: Element, paper: Paper) -> Iterator[_Unit]:
    own = (item.text or "") + "".join("".join(child.itertext()) + (child.tail or "") for child in item if child.tag not in {"ul", "ol"})
    yield _Unit(_lines(own, paper.width - 4 * paper.size, paper.size) * paper.line + 3)
    for inner in item:
        if inner.tag in {"ul", "ol"}:
            yield from _units(inner, paper)


def _paragraph(element: Element, names: list[str], paper: Paper) -> float:
    fixed = next((_PARAGRAPHS[name] for name in names if name in _PARAGRAPHS), None)
    if fixed is not None:
        return fixed
    indent = 2 * paper.size / paper.width
    return math.ceil(_lines("".join(element.itertext()), paper.width, paper.size, exact=True) + indent) * paper.line + _BETWEEN


def _lines(text: str, width: float, size: float, *, exact: bool = False) -> float:
    ems = sum(1 if character >= _WIDE else _HALF for character in " ".join(text.split()))
    lines = ems * size / max(width, size)
    return lines if exact else max(1, math.ceil(lines))


def _rows(table: Element, paper: Paper) -> Iterator[_Unit]:
    rows = layout(table)
    count = max((cell.column + cell.span for row in rows for cell in row.cells), default=1)
    shares = [float(col.get("style", "").removeprefix("width: ").removesuffix("%") or 0) for col in table.iterfind("colgroup/col")]
    if len(shares) != count or not sum(shares):
        shares = [1.0] * count
    total = sum(shares)
    form = {"form", "signature"} & set(_classes(table))
    line = paper.cell * _CELL_LINES
    for at, row in enumerate(rows):
        height = line
        for cell in row.cells:
            if cell.element is None:
                continue
            room = paper.width * sum(shares[cell.column : cell.column + cell.span]) / total - _CELL_BESIDE
            lines = [_lines(_text(part), room, paper.cell) for part in _parts(cell.element)]
            share = max(1, int(cell.element.get("rowspan", "1")))
            drawn = sum(stated[1] for drawing in cell.element.iter("svg") if (stated := size(drawing))) * _MILLIMETRE
            height = max(height, sum(lines) * line / share, drawn)
            if "fill" in _classes(cell.element):
                height = max(height, _FILL_FORM if form else _FILL)
        yield _Unit(height + _CELL_ABOVE, tied=row.head or (bool(form) and at < len(rows) - 1))
    yield _Unit(_AFTER_TABLE)


def _text(element: Element) -> str:
    """Return the text of an element, without the words of drawings."""
    inner = ((_text(child) if child.tag != "svg" else "") + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inner)


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _parts(cell: Element) -> list[Element]:
    parts = [part for part in cell.iter() if part.tag in {"p", "li"}]
    return parts or [cell]
