"""What the parts of a workbook hold, from one pass over their XML before openpyxl sees them.

Of a sheet, it gives the cells as they are stored. openpyxl's read-only mode tells nothing of merged cells, reads a formula without a stored
value, and rows or cells that are out of order, as if nothing stood there, and takes twice as long.

Of every part, it tells whether openpyxl can read it at all in the time and memory there are: openpyxl makes objects of styles, names and
relations by the million, where a few kilobytes, unpacked, hold so many.
"""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from openpyxl.utils import column_index_from_string

from genplan.messages import msg
from genplan.people.tabulate import MAX_CELLS
from genplan.source.bounded_xml import BoundedXml, DamagedXmlError, TooLargeError

MAX_DATA = 2 * MAX_CELLS
"""Elements of rows, cells, values and text in all parts."""
MAX_OTHER = 100_000
"""Elements of everything else: styles, names, merged ranges, rules. Each becomes an object of a dozen attributes."""
MAX_SHEETS = 250
MAX_LOOKED_THROUGH = 2_000_000
"""Elements that openpyxl goes over to find out how large sheets are that do not say so: once for every sheet."""
MAX_NAMES = 256 * 1024
"""Characters of what the workbook's defined names stand for, in which ranges are looked for."""
MAX_FORMAT = 300
"""Characters of a number format, which is searched once for every style that has it; Excel takes 255."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEET, _DIMENSION, _MERGE, _ENTRY, _FORMAT = (f"{_MAIN}{name}" for name in ("worksheet", "dimension", "mergeCell", "sheet", "numFmt"))
_ROW, _CELL, _FORMULA, _VALUE, _INLINE, _TEXT, _PHONETIC = (f"{_MAIN}{name}" for name in ("row", "c", "f", "v", "is", "t", "rPh"))
_STRING = f"{_MAIN}si"
_NAME = f"{_MAIN}definedName"
_CALCULATION, _COLUMN, _DEFAULT = (f"{_MAIN}{name}" for name in ("calcPr", "col", "sheetFormatPr"))
_TRUE, _FALSE = frozenset({"1", "true"}), frozenset({"0", "false"})
_NUMBER, _INLINE_TEXT, _FORMULA_TEXT = "n", "inlineStr", "str"


StoredCell: TypeAlias = tuple[int, str, int, str | None, bool]
"""A filled cell as the XML has it: its column, how its text is to be taken, the number of its style, its text, and whether it is a formula.

The text is None of a formula whose value was never computed. A plain tuple: there may be hundreds of thousands.
"""


class StoredRow(NamedTuple):
    """A row's filled cells from left to right, at least one."""

    number: int
    cells: list[StoredCell]


@dataclass(slots=True)
class Survey:
    """What a part holds: of a sheet its filled rows in their order, the ranges that are merged (`A1:C1`), and what is hidden.

    `recalculates` tells of the workbook's own part that the values of formulas were not computed, and will be when it is opened.
    """

    rows: list[StoredRow] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    recalculates: bool = False
    is_sheet: bool = False
    sized: bool = False
    """Whether it says how large it is."""
    data: int = 0
    """Elements of rows, cells, values and text."""

    def drained(self) -> Iterator[StoredRow]:
        """Yield the rows and release each: what is made of them takes as much memory."""
        self.rows.reverse()
        while self.rows:
            yield self.rows.pop()


def survey(archive: zipfile.ZipFile) -> Mapping[str, Survey]:
    """Go over all parts of a workbook that are XML; give what each holds, by name.

    Raises:
        DamagedXmlError: a part is broken, holds what is dangerous (a DTD, entities), or has rows or cells out of order.
        TooLargeError: openpyxl should not read it.
    """
    counts = _Counts()
    surveys = {}
    for member in archive.infolist():
        part, before = _Part(counts), counts.data
        with archive.open(member) as source:
            if part.read(source, strict=member.filename.endswith((".xml", ".rels"))):
                part.survey.data = counts.data - before
                surveys[member.filename] = part.survey
    unsized = max((each.data for each in surveys.values() if not each.sized), default=0)
    if counts.sheets * unsized > MAX_LOOKED_THROUGH:
        raise TooLargeError(msg("{sheets} sheets that do not declare their size", sheets=counts.sheets))
    return surveys


@dataclass(slots=True)
class _Counts:
    """What all parts of a workbook hold together."""

    data: int = 0
    other: int = 0
    sheets: int = 0
    names: int = 0


class _Part(BoundedXml):
    """One pass over a part."""

    def __init__(self, counts: _Counts) -> None:
        super().__init__()
        self.survey = Survey()
        self._counts = counts
        self._phonetic = self._row = self._column = self._style = 0
        self._columns: dict[str, int] = {}
        self._kind = _NUMBER
        self._formula = self._value = self._inline = self._named = self._rows_hidden = False
        self._text: list[str] | None = None
        """Takes the text of the element that is being read, if that counts."""
        self._stored: list[str] = []
        self._cells: list[StoredCell] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Record a cell, or of what belongs to one, or count it among the rest."""
        start_data = _DATA.get(tag)
        if start_data is None:
            self._start_other(tag, attributes)
            return
        self._counts.data += 1
        if self._counts.data > MAX_DATA:
            raise TooLargeError(msg("more than {most} cells, filled or formatted", most=MAX_CELLS))
        start_data(self, attributes)

    def _start_value(self, _attributes: dict[str, str]) -> None:
        self._value = True
        self._text = None if self._kind == _INLINE_TEXT else self._stored

    def _start_formula(self, _attributes: dict[str, str]) -> None:
        self._formula = True

    def _start_inline(self, _attributes: dict[str, str]) -> None:
        self._inline = self._kind == _INLINE_TEXT

    def _start_text(self, _attributes: dict[str, str]) -> None:
        if self._inline and not self._phonetic:
            self._value = True
            self._text = self._stored

    def _start_shared(self, _attributes: dict[str, str]) -> None:
        """Leave texts that cells share to openpyxl."""

    def _start_other(self, tag: str, attributes: dict[str, str]) -> None:
        self._counts.other += 1
        if self._counts.other > MAX_OTHER:
            raise TooLargeError(msg("more than {most} styles, names, rules and merged ranges", most=MAX_OTHER))
        if self.depth == 1:
            self.survey.is_sheet = tag == _SHEET
        if tag == _DIMENSION:
            self.survey.sized = True
        elif tag == _MERGE:
            self.survey.merged.append(attributes.get("ref", ""))
        elif tag == _ENTRY:
            self._count_sheet()
        elif tag == _FORMAT and len(attributes.get("formatCode", "")) > MAX_FORMAT:
            raise TooLargeError(msg("a number format of more than {most} characters", most=MAX_FORMAT))
        elif tag == _PHONETIC:
            self._phonetic += 1
        elif tag == _NAME:
            self._named = True
        else:
            self._start_setting(tag, attributes)

    def _start_setting(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _CALCULATION:
            stale = attributes.get("fullCalcOnLoad") in _TRUE or attributes.get("calcCompleted") in _FALSE
            self.survey.recalculates = self.survey.recalculates or stale
        elif tag == _COLUMN and _is_hidden(attributes, "width"):
            self.survey.hidden_columns.append((int(attributes.get("min", 0)), int(attributes.get("max", 0))))
        elif tag == _DEFAULT:
            self._rows_hidden = attributes.get("zeroHeight") in _TRUE

    def _count_sheet(self) -> None:
        self._counts.sheets += 1
        if self._counts.sheets > MAX_SHEETS:
            raise TooLargeError(msg("more than {most} sheets", most=MAX_SHEETS))

    def _start_row(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r")
        number = int(written) if written is not None else self._row + 1
        if number <= self._row:
            raise DamagedXmlError(f"row {number} after row {self._row}")
        self._row, self._column = number, 0
        self._cells = []
        if _is_hidden(attributes, "ht", by_default=self._rows_hidden):
            self.survey.hidden_rows.add(number)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        column = self._column + 1 if place is None else self._column_of(place)
        if column <= self._column:
            raise DamagedXmlError(place)
        self._column = column
        self._kind = attributes.get("t", _NUMBER)
        self._style = int(attributes.get("s", 0))
        self._formula = self._value = self._inline = False
        self._stored = []

    def _column_of(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        if place[len(letters) :] != str(self._row):
            raise DamagedXmlError(place)
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = column_index_from_string(letters)
        return column

    def end(self, tag: str) -> None:
        """Conclude a cell."""
        self._text = None
        self._named = False
        if tag == _CELL:
            self._end_cell()
        elif tag == _PHONETIC:
            self._phonetic -= 1

    def _end_cell(self) -> None:
        text = "".join(self._stored)
        # A formula that gives empty text stores an empty value of type text.
        computed = bool(text) or (self._value and self._kind == _FORMULA_TEXT)
        if computed or self._formula:
            if not self._cells:
                self.survey.rows.append(StoredRow(self._row, self._cells))
            self._cells.append((self._column, self._kind, self._style, text if computed else None, self._formula))

    def text(self, text: str) -> None:
        """Keep the text of values, and count that of names."""
        if self._text is not None:
            self._text.append(text)
        elif self._named:
            self._counts.names += len(text)
            if self._counts.names > MAX_NAMES:
                raise TooLargeError(msg("names of more than {most} characters in total", most=MAX_NAMES))


_DATA: dict[str, Callable[[_Part, dict[str, str]], None]] = {
    _CELL: _Part._start_cell,  # noqa: SLF001 - its own, as are the following
    _VALUE: _Part._start_value,  # noqa: SLF001
    _ROW: _Part._start_row,  # noqa: SLF001
    _FORMULA: _Part._start_formula,  # noqa: SLF001
    _INLINE: _Part._start_inline,  # noqa: SLF001
    _TEXT: _Part._start_text,  # noqa: SLF001
    _STRING: _Part._start_shared,  # noqa: SLF001
}
"""What is recorded of each element of rows, cells, values and text."""


def _is_hidden(attributes: dict[str, str], size: str, *, by_default: bool = False) -> bool:
    """Return whether a row or column is hidden, or so small that nothing is seen of it."""
    if attributes.get("hidden") in _TRUE:
        return True
    written = attributes.get(size)
    return by_default if written is None else not written.strip("0.")
