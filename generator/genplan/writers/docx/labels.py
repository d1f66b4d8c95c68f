"""What a form calls the data that are filled in: the words beside a field, or those that head its row and its column."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from genplan.theme.grid import GridRow, layout
from genplan.writers.docx.context import classes

_MOST_WORDS = 40
"""Characters before a field that may be its label; more are a sentence that it stands in."""
_BLOCKS = frozenset({"p", "li", "td", "th", "h2", "h3", "h4"})


def labels(body: Element) -> dict[Element, str]:
    """Return the label of each element with a `data-name` that has one."""
    holding: set[Element] = set()
    _find_holding(body, holding)
    texts: dict[Element, str] = {}
    for table in body.iter("table"):
        if table in holding:
            texts |= dict(_of_table(table))
    for block in body.iter():
        if block.tag in _BLOCKS and block in holding:
            texts |= {field: text for field, text in _of_text(block) if text}
    return texts


def _find_holding(element: Element, holding: set[Element]) -> bool:
    """Gather the elements with fields inside them; tell whether an element is or has a field."""
    holds = False
    for child in element:
        holds = _find_holding(child, holding) or holds
    if holds:
        holding.add(element)
    return holds or bool(element.get("data-name"))


def _of_table(table: Element) -> Iterator[tuple[Element, str]]:
    """Yield cells, and the fields inside them, with the words that head their row and their column."""
    columns: dict[int, str] = {}
    for row in layout(table):
        if row.head:
            columns |= {at: _words(cell.element) for cell in row.cells if cell.element is not None for at in _taken(cell.column, cell.span)}
            continue
        for at, cell in enumerate(row.cells):
            if cell.element is not None and any(inner.get("data-name") for inner in cell.element.iter()):
                parts = dict.fromkeys((_row_label(row, at), columns.get(cell.column, "")))
                text = " ".join(part for part in parts if part)
                yield from ((inner, text) for inner in cell.element.iter() if inner.get("data-name") and text)


def _taken(column: int, span: int) -> range:
    return range(column, column + span)


def _row_label(row: GridRow, at: int) -> str:
    """Return what stands before the cell: the nearest label, else the first words of the row that are not filled in.

    What heads several rows, such as a dimension, is the label of none unless there is no other.
    """
    before = [cell.element for cell in row.cells[:at] if cell.element is not None]
    headers = [element for element in reversed(before) if element.tag == "th"]
    others = [element for element in before if element.tag == "td" and not element.get("data-name") and not _is_count(element)]
    ranked = sorted((*headers, *others), key=lambda element: element.get("rowspan", "1") != "1")
    return next((text for element in ranked if (text := _words(element))), "")


def _is_count(element: Element) -> bool:
    return _words(element).isdigit()


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _of_text(block: Element) -> Iterator[tuple[Element, str]]:
    """Yield the fields in a line with the words before them; a box to tick is named by those behind it."""
    before = ""
    for kind, value in _pieces(block):
        if kind == "text":
            before += str(value)
        elif isinstance(value, Element):
            words = _words_behind(value) if "tick" in classes(value) else " ".join(before.split()).strip(" ：:，,；;。　")
            yield value, words if len(words) <= _MOST_WORDS else ""
            before = ""


def _pieces(element: Element) -> Iterator[tuple[str, str | Element]]:
    """Yield what a block holds in its order: stretches of text, and fields as a whole."""
    if element.text:
        yield "text", element.text
    for child in element:
        if child.get("data-name"):
            yield "field", child
        elif child.tag not in _BLOCKS:
            yield from _pieces(child)
        if child.tail:
            yield "text", child.tail


def _words_behind(field: Element) -> str:
    return " ".join((field.tail or "").split())
