"""What openpyxl's read-only mode does not tell of a sheet, from one pass over its XML.

Read-only mode is what keeps a far-off cell from filling the memory. It says nothing of merged cells, and reads a formula without a stored
value, and rows or cells that are out of order, as if nothing stood there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import coordinate_to_tuple

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEET, _ROW, _CELL, _MERGE = (f"{_MAIN}{name}" for name in ("worksheet", "row", "c", "mergeCell"))
_FORMULA, _VALUE, _INLINE = (f"{_MAIN}{name}" for name in ("f", "v", "is"))

Place = tuple[int, int]
"""Row and column, from 1."""


MAX_ELEMENTS = 2_000_000
"""About a million cells: some ten seconds of reading, where a team's results take a few hundredths."""


class DamagedError(ValueError):
    """The sheet is not what Excel writes."""


class TooLargeError(ValueError):
    """The sheet has more cells, filled or not, than can be gone over."""


@dataclass(slots=True)
class Survey:
    """Where a sheet is filled, which formulas have no value, and which ranges are merged (`A1:C1`)."""

    last_row: int = 0
    last_column: int = 0
    farthest: tuple[Place, Place] = ((0, 0), (0, 0))
    """The filled cells lowest down and furthest right."""
    uncomputed: set[Place] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)

    def add(self, place: Place, cell: Element) -> None:
        """Take note of a cell."""
        value = cell.find(_VALUE)
        formula = cell.find(_FORMULA) is not None
        if formula and not _computed(cell, value):
            self.uncomputed.add(place)
        if formula or cell.find(_INLINE) is not None or (value is not None and value.text):
            row, column = place
            lowest, rightmost = self.farthest
            self.farthest = (place if row > self.last_row else lowest, place if column > self.last_column else rightmost)
            self.last_row = max(self.last_row, row)
            self.last_column = max(self.last_column, column)


def survey(source: IO[bytes]) -> Survey:
    """Go over the XML of a sheet.

    Raises:
        DamagedError: rows or cells are out of order, or this is not a sheet.
        TooLargeError: it has more than `MAX_ELEMENTS`.
        ValueError, ElementTree.ParseError: the XML is broken or holds what is dangerous (a DTD, entities).
    """
    result = Survey()
    row = 0
    tag = ""
    for count, (_, element) in enumerate(iterparse(source, forbid_dtd=True)):
        if count > MAX_ELEMENTS:
            raise TooLargeError
        tag = element.tag
        if tag == _ROW:
            row = _number(element, row)
            for column, cell in _cells(element, row):
                result.add((row, column), cell)
            element.clear()
        elif tag == _MERGE:
            result.merged.append(element.get("ref", ""))
    if tag != _SHEET:
        raise DamagedError(tag)
    return result


def _number(row: Element, before: int) -> int:
    number = int(row.get("r", before + 1))
    if number <= before:
        raise DamagedError(f"row {number} after row {before}")
    return number


def _cells(row: Element, number: int) -> Iterator[tuple[int, Element]]:
    before = 0
    for cell in row.iterfind(_CELL):
        place = cell.get("r")
        at_row, column = coordinate_to_tuple(place) if place else (number, before + 1)
        if column <= before or at_row != number:
            raise DamagedError(place)
        before = column
        yield column, cell


def _computed(cell: Element, value: Element | None) -> bool:
    """Tell whether a formula's value was stored: one that gives empty text stores an empty value of type text."""
    return value is not None and (bool(value.text) or cell.get("t") == "str")
