"""Results in CSV: UTF-8 or GB18030, separated by commas, tabs or semicolons."""

import csv
import re
from collections.abc import Iterator, Sequence

from generator.diagnostics import Diagnostic, Outcome, Severity, Span, diagnose
from generator.results.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Record, no_header_row, tabulate, too_large
from generator.results.model import Cell, Table
from generator.results.secrecy import column_label
from generator.results.vocabulary import is_id_word
from generator.source.bounded_xml import TooLargeError
from generator.source.spreadsheet_text import original

_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",\t;"
_QUOTED = re.compile(r'"[^"]*"')
_MAX_WIDTH = 16_384
"""As wide as a workbook gets; one with formatted columns is exported with that many commas."""
_MAX_LINES = 1_000_000
"""As many as a workbook has; one with formatted rows is exported with that many lines of commas."""
_MAX_LENGTH = 1024 * 1024
"""Characters of one record."""
_SAVE = "save the file as “CSV UTF-8”"

_Line = tuple[int, list[str]]


def read_csv(data: bytes, file: str) -> Outcome[Table | None]:
    """Read a CSV file whose first row that is not empty holds the headers.

    Finds GP402 (neither encoding, or quotes that do not close), GP403 (empty), GP412 as an error (a row longer than the headers, whose
    values may have moved), GP418 (too many rows, columns or cells), and what `tabulate` finds.
    """
    text, found = _decode(data, file)
    if text is None:
        return Outcome(None, found)
    lines = _Lines(text)
    try:
        return _read(lines, file)
    except csv.Error as error:
        return Outcome(None, [_malformed(file, lines.start, error)])
    except TooLargeError as error:
        return Outcome(None, [too_large(Span(file, lines.start), str(error))])


def _decode(data: bytes, file: str) -> Outcome[str | None]:
    if data.startswith(_UTF_16):
        return Outcome(None, [diagnose("GP402", Span(file), "the file is UTF-16", help=_SAVE)])
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            line = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        else:
            return Outcome(text.replace("\r\n", "\n").replace("\r", "\n"), [])
    return Outcome(None, [diagnose("GP402", Span(file, line), "the file is neither UTF-8 nor GB18030", help=_SAVE)])


def _read(lines: "_Lines", file: str) -> Outcome[Table | None]:
    records = _records(lines)
    line, names = next(records, (0, []))
    if not names:
        return Outcome(None, [no_header_row(Span(file))])
    if len(names) > _MAX_WIDTH or len(names) - names.count("") > MAX_COLUMNS:
        return Outcome(None, [too_large(Span(file, line), f"{len(names)} columns")])
    labels = _labels(names)
    headers = {column: Cell(name, Span(file, line, cell=labels[column])) for column, name in enumerate(names) if name}
    rows: list[Record] = []
    moved: list[Diagnostic] = []
    cells = 0
    for line, values in records:
        rows.append(_record(file, line, values, labels, frozenset(headers)))
        cells += len(rows[-1].cells)
        if len(rows) > MAX_ROWS or cells > MAX_CELLS:
            raise TooLargeError(f"more than {MAX_ROWS} rows" if len(rows) > MAX_ROWS else f"more than {MAX_CELLS} cells")
        if any(values[len(names) :]):
            moved.append(_surplus(file, line, values, len(names)))
    table, found = tabulate(file, headers, rows)
    return Outcome(table, moved + found)


class _Lines:
    """The lines of a text one at a time, for as long as they make records that are not too large."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = self._read = self._begun = 0
        self.start = 1
        """The line on which the record starts that is being read."""

    def __iter__(self) -> Iterator[str]:
        while self._at < len(self._text):
            end = self._text.find("\n", self._at) + 1 or len(self._text)
            self._read += 1
            if self._read > _MAX_LINES:
                raise TooLargeError(f"more than {_MAX_LINES} lines")
            if end - self._begun > _MAX_LENGTH:
                raise TooLargeError(f"a record of more than {_MAX_LENGTH} characters")
            yield self._text[self._at : end]
            self._at = end

    def next_record(self) -> None:
        """Note that a record has ended."""
        self._begun = self._at
        self.start = self._read + 1

    def delimiter(self) -> str:
        """Choose by the header line: what separates there separates below. A comma where nothing does."""
        header = next((line for line in self if line.strip()), "")
        self._at = self._read = 0
        plain = _QUOTED.sub("", header)
        return max(_DELIMITERS, key=plain.count)


def _records(lines: _Lines) -> Iterator[_Line]:
    """Split into records that hold something, each with the line it starts on, and cells stripped.

    An apostrophe that keeps a text from becoming a formula is no part of it.
    """
    for record in csv.reader(iter(lines), delimiter=lines.delimiter(), strict=True):
        values = [original(value.strip()).strip() for value in record]
        start = lines.start
        lines.next_record()
        if any(values):
            yield start, values


def _malformed(file: str, line: int, error: csv.Error) -> Diagnostic:
    advice = 'close each quote; a quote inside a quoted value is written twice: "他说""好"""'
    return diagnose("GP402", Span(file, line), f"the record that starts here is not valid CSV: {error}", help=advice)


def _record(file: str, line: int, values: list[str], labels: list[str], headed: frozenset[int]) -> Record:
    """A row longer than the header row keeps its cells, to tell whose it is, and nothing in it is relied on."""
    cells = {n: Cell(value, Span(file, line, cell=labels[n])) for n, value in enumerate(values[: len(labels)]) if value}
    return Record(cells, Span(file, line), headed if any(values[len(labels) :]) else frozenset())


def _labels(names: Sequence[str]) -> list[str]:
    """Name the columns in places: by their headers, or by numbers where the first row holds no header of ids, and so may be a person's."""
    known = any(is_id_word(name) for name in names)
    return [column_label(name) if known and name else f"column {number}" for number, name in enumerate(names, 1)]


def _surplus(file: str, line: int, values: list[str], width: int) -> Diagnostic:
    advice = 'put a value that holds the separator in quotes ("1,200"), or give the further columns headers'
    message = f"the row has {len(values)} cells under {width} headers, so its values may stand in the wrong columns; none is used"
    return diagnose("GP412", Span(file, line), message, help=advice, severity=Severity.ERROR)
