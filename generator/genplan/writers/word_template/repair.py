"""What repeating and leaving out makes of a document, mended so that Word reads it."""

from lxml import etree

from genplan.writers.docx.xml import WP, W

_P, _TBL, _TR, _TC, _GRID, _COLUMN = (f"{{{W}}}{name}" for name in ("p", "tbl", "tr", "tc", "tblGrid", "gridCol"))
_HOLDERS = tuple(f"{{{W}}}{name}" for name in ("tc", "hdr", "ftr", "footnote", "endnote", "txbxContent"))
_BLOCKS = frozenset(f"{{{W}}}{name}" for name in ("p", "tbl", "sdt", "customXml", "altChunk"))
_SECTION = f"{{{W}}}sectPr"
_ID = f"{{{W}}}id"
_START, _END = f"{{{W}}}bookmarkStart", f"{{{W}}}bookmarkEnd"
_FIRST_PICTURE = 1001
_CELL_ORDER = {
    f"{{{W}}}{name}": place
    for place, name in enumerate(
        (
            "cnfStyle",
            "tcW",
            "gridSpan",
            "hMerge",
            "vMerge",
            "tcBorders",
            "shd",
            "noWrap",
            "tcMar",
            "textDirection",
            "tcFitText",
            "vAlign",
            "hideMark",
        )
    )
}
"""The properties of a cell in the order of the schema; docxtpl puts the merging of cells where it finds room."""


def unify(root: etree._Element) -> None:
    """Add a grid to every table, which docxtpl counts columns by, before tags are filled in."""
    for table in root.iter(_TBL):
        if table.find(_GRID) is None:
            grid = etree.Element(_GRID)
            widest = max((len(row.findall(_TC)) for row in table.iter(_TR)), default=1)
            for _ in range(widest):
                etree.SubElement(grid, _COLUMN)
            properties = table.find(f"{{{W}}}tblPr")
            table.insert(0 if properties is None else table.index(properties) + 1, grid)


def mend(root: etree._Element) -> None:
    """Take out rows without cells and tables without rows, end cells with a paragraph, and let no two things share an id."""
    for row in [row for row in root.iter(_TR) if next(row.iter(_TC), None) is None]:
        _remove(row)
    for table in [table for table in root.iter(_TBL) if next(table.iter(_TR), None) is None]:
        _remove(table)
    for holder in root.iter(*_HOLDERS):
        blocks = [child for child in holder if child.tag in _BLOCKS]
        if not blocks or (holder.tag == _TC and blocks[-1].tag == _TBL):
            holder.append(etree.Element(_P))
    for properties in root.iter(f"{{{W}}}tcPr"):
        properties[:] = sorted(properties, key=lambda child: _CELL_ORDER.get(str(child.tag), len(_CELL_ORDER)))
    _separate_tables(root)
    _number_pictures(root)
    _forget_repeated_marks(root)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _separate_tables(root: etree._Element) -> None:
    """Keep a paragraph at the end of the body: a document that ends with a table has nowhere to put the cursor."""
    body = root.find(f"{{{W}}}body")
    if body is None:
        return
    blocks = [child for child in body if child.tag != _SECTION]
    if not blocks or blocks[-1].tag == _TBL:
        body.insert(len(blocks), etree.Element(_P))


def _number_pictures(root: etree._Element) -> None:
    for number, picture in enumerate(root.iter(f"{{{WP}}}docPr"), _FIRST_PICTURE):
        picture.set("id", str(number))


def _forget_repeated_marks(root: etree._Element) -> None:
    """Keep the first of each bookmark, and the id of the first of each content control."""
    seen: set[tuple[str, str]] = set()
    for element in list(root.iter(_START, _END)):
        key = (element.tag, element.get(_ID, ""))
        if key in seen:
            _remove(element)
        seen.add(key)
    for mark in list(root.iter(f"{{{W}}}sdtPr")):
        own = mark.find(_ID)
        if own is not None and (key := ("sdt", own.get(f"{{{W}}}val", ""))) in seen:
            mark.remove(own)
        elif own is not None:
            seen.add(key)
