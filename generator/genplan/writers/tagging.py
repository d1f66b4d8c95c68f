"""The tags of a PDF where WeasyPrint's fall short of what a screen reader needs; done to every PDF, since it costs nothing.

WeasyPrint 70 leaves cells without the scope and, beside spanned rows, without the right headers; gives list items no label; tags running
headers and footers as text that belongs nowhere; and measures pictures in pixels from the top of the page.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes

_POINTS = 0.75
"""Points in a CSS pixel."""
_SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}


def repair_tags(document: Any, pdf: Any) -> None:  # noqa: ANN401 - weasyprint and pydyf have no types
    """Correct the structure tree of a document that WeasyPrint has laid out and tagged, before it is written."""
    for page in document.pages:
        for table in _tables(page._page_box):  # noqa: SLF001 - the layout has no public name
            _tie_cells(table)
    elements = [each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/StructElem"]
    _label_items(document, pdf, elements)
    _place_pictures(pdf, elements)
    _set_aside_running_lines(pdf, elements)
    _index_cells(pdf, elements)


def _at(pdf: Any, reference: bytes) -> Any:  # noqa: ANN401
    return pdf.objects[int(reference.split()[0])]


def _tagged(elements: Sequence[Any], tag: str) -> list[Any]:
    """Return the structure elements of a tag, in the order of reading."""
    return [each for each in elements if each["S"] == tag]


# Tables


def _tables(box: Any) -> Iterator[Any]:  # noqa: ANN401
    if isinstance(box, boxes.TableBox):
        yield box
    for child in getattr(box, "children", ()):
        yield from _tables(child)


def _tie_cells(table: Any) -> None:  # noqa: ANN401
    """Set the scope of head cells, and for data cells the head cells above them and at their left."""
    above: dict[int, list[Any]] = defaultdict(list)
    for group in table.children:
        period_between: list[tuple[int, Any]] = []
        for at, row in enumerate(group.children):
            period_between = [(last, cell) for last, cell in period_between if last >= at]
            cells = [cell for cell in row.children if getattr(cell, "mark", None)]  # others are no cells but for a style sheet
            period_between += [(at + cell.rowspan - 1, cell) for cell in cells]
            beside = sorted((cell for _, cell in period_between), key=lambda cell: cell.grid_x)
            for cell in cells:
                _tie(cell, beside, above)


def _tie(cell: Any, beside: Sequence[Any], above: dict[int, list[Any]]) -> None:  # noqa: ANN401
    columns = range(cell.grid_x, cell.grid_x + cell.colspan)
    scope = _scope(cell)
    if scope:
        cell.mark["A"]["Scope"] = scope
        for column in columns if scope == "/Column" else ():
            above[column].append(cell)
        return
    left = [other for other in beside if other.grid_x < cell.grid_x]
    heads = [*_nearest_heads(left), *dict.fromkeys(head for column in columns for head in above[column])]
    if heads:
        cell.mark["A"]["Headers"] = pydyf.Array([head.mark["ID"] for head in heads])
    else:
        cell.mark["A"].pop("Headers", None)


def _scope(cell: Any) -> str:  # noqa: ANN401
    """Return the scope of a head cell; none for a data cell."""
    if cell.element_tag != "th":
        return ""
    return _SCOPES.get(cell.element.get("scope"), "/Column")


def _nearest_heads(left: Sequence[Any]) -> list[Any]:
    """Find the run of row heads that is nearest at the left of a cell: a form has several in a row."""
    heads: list[Any] = []
    for cell in reversed(left):
        if _scope(cell) == "/Row":
            heads.insert(0, cell)
        elif heads:
            break
    return heads


def _index_cells(pdf: Any, elements: Sequence[Any]) -> None:  # noqa: ANN401
    """List the cells that others name, as the structure tree's root has to."""
    named = sorted((each["ID"].data, each) for each in _tagged(elements, "/TH") if "ID" in each)
    if named:
        names = pydyf.Array([part for _, each in named for part in (each["ID"], each.reference)])
        _at(pdf, pdf.catalog["StructTreeRoot"])["IDTree"] = pydyf.Dictionary({"Names": names})


# Lists


def _label_items(document: Any, pdf: Any, elements: Sequence[Any]) -> None:  # noqa: ANN401
    """Make the number before a list item its label; WeasyPrint, which draws it as text of the item, leaves it in the item's body.

    WeasyPrint makes one element for each part of an item that stands on a page, in the order of the parts.
    """
    parts = [part for page in document.pages for part in _items(page._page_box)]  # noqa: SLF001
    items = _tagged(elements, "/LI")
    if len(parts) != len(items):  # lists of a template's own making; their numbers stay in the body, which is allowed
        return
    for part, item in zip(parts, items, strict=True):
        body = label = _at(pdf, item["K"][0])
        for _ in range(_depth_of_number(part) if body["S"] == "/LBody" else 0):
            body, label = label, _at(pdf, label["K"][0])
        if label is not body and label["K"]:
            label["S"], label["P"] = "/Lbl", item.reference
            item["K"].insert(0, body["K"].pop(0))


def _items(box: Any, inside: object = None) -> Iterator[Any]:  # noqa: ANN401
    box = getattr(box, "_box", box)
    if isinstance(box, boxes.MarginBox):
        return
    if box.element_tag == "li" and box.element is not inside:
        yield box
        inside = box.element
    for child in getattr(box, "children", ()):
        yield from _items(child, inside)


def _depth_of_number(item: Any) -> int:  # noqa: ANN401
    """Count the elements from an item's body down to its number; 0 where it has none, as a part that was carried over."""
    depth, box = 0, item
    while getattr(box, "children", ()):
        box = box.children[0]
        depth += not isinstance(box, boxes.LineBox)
        if box.element_tag == "li::before":
            return depth
        if box.element is not item.element:
            break
    return 0


# Pictures


def _place_pictures(pdf: Any, elements: Sequence[Any]) -> None:  # noqa: ANN401
    """Measure pictures in points from the bottom of the page."""
    for figure in _tagged(elements, "/Figure"):
        box, height = figure["A"]["BBox"], _at(pdf, figure["Pg"])["MediaBox"][3]
        left, top, right, bottom = (side * _POINTS for side in box)
        box[:] = [left, height - bottom, right, height - top]


# Running headers and footers


def _set_aside_running_lines(pdf: Any, elements: Sequence[Any]) -> None:  # noqa: ANN401
    """Make artifacts of what is tagged outside the tree, so that no reader meets it on every page."""
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    pages: dict[bytes, set[int]] = defaultdict(set)
    for element in _outside(pdf, root["K"][0], elements):
        pages[element["Pg"]].update(kid for kid in element["K"] if isinstance(kid, int))
    numbers = _at(pdf, root["ParentTree"])["Nums"]
    for reference, marks in pages.items():
        page = _at(pdf, reference)
        owners = numbers[numbers.index(page["StructParents"]) + 1]
        owners[:] = ["null" if mark in marks else owner for mark, owner in enumerate(owners)]
        stream = _at(pdf, page["Contents"]).stream
        for at, part in enumerate(stream):
            if isinstance(part, dict) and part.get("MCID") in marks:
                stream[at - 1] = "/Artifact"
                part.clear()
                part["Type"] = "/Pagination"


def _outside(pdf: Any, document: bytes, elements: Sequence[Any]) -> Iterator[Any]:  # noqa: ANN401
    """Return the elements whose parents do not name them as their own, and what is in them; parents come before what is in them."""
    named, outside = set(_at(pdf, document)["K"]), set()
    for element in elements:
        parent = element["P"]
        if parent in outside or (parent == document and element.reference not in named):
            outside.add(element.reference)
            yield element
