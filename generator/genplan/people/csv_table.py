"""Results in CSV, separated by commas, tabs or semicolons."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from genplan.diagnostics import Diagnostic, Outcome, Severity, Span, diagnose
from genplan.messages import msg
from genplan.people.encodings import decode
from genplan.people.expected_content import ANY_CONTENT, ExpectedContent
from genplan.people.header_rows import SEARCHED, find_header_rows
from genplan.people.id_headers import is_id_word
from genplan.people.model import Cell, Table
from genplan.people.password_detection import column_label
from genplan.people.raw_sheet import Record, Sheet
from genplan.people.tabulate import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, empty_file, tabulate, too_large
from genplan.source.bounded_xml import TooLargeError
from genplan.source.spreadsheet_text import original

_DELIMITERS = ",\t;"
_QUOTED = re.compile(r'"[^"]*"')
_MAX_WIDTH = 16_384
"""As wide as a workbook gets; one with formatted columns is exported with that many commas."""
_MAX_LINES = 1_000_000
"""As many as a workbook has; one with formatted rows is exported with that many lines of commas."""
_MAX_LENGTH = 1024 * 1024
"""Characters of one record."""

_ERRORS = (
    (re.compile(r"unexpected end of data"), msg("unexpected end of data")),
    (re.compile(r"'(?P<separator>.)' expected after '\"'"), msg("'{separator}' expected after '\"'")),
    (re.compile(r"field larger than field limit \((?P<limit>[0-9]+)\)"), msg("field larger than field limit ({limit})")),
)
"""What Python says of CSV that is not valid."""

_Line = tuple[int, list[str]]


def read_csv(data: bytes, file: str, expected: ExpectedContent = ANY_CONTENT) -> Outcome[Table | None]:
    """Read a CSV file whose headers stand in its first row, or below titles.

    Finds GP402 (quotes that do not close), what `decode` finds, GP403 (empty), GP412 as an error (a row longer than the headers, whose
    values may have moved), GP418 (too many rows, columns or cells), and what `tabulate` finds.
    """
    text, diagnostics = decode(data, file, expected)
    if text is None:
        return Outcome(None, diagnostics)
    lines = _Lines(text.replace("\r\n", "\n").replace("\r", "\n"))
    try:
        table, more = _read(lines, file, expected)
        return Outcome(table, diagnostics + more)
    except csv.Error as error:
        return Outcome(None, [_malformed(file, lines.start, error)])
    except TooLargeError as error:
        return Outcome(None, [too_large(Span(file, lines.start), str(error))])


def _read(lines: "_Lines", file: str, expected: ExpectedContent) -> Outcome[Table | None]:
    rows = list(_limited(_records(lines, expected)))
    if not rows:
        return Outcome(None, [empty_file(Span(file))])
    start = [_record(file, line, values, _numbered(values)) for line, values in rows[:SEARCHED]]
    header_rows = find_header_rows(start, (), expected)
    width = max(len(values) for _, values in rows[header_rows.first : header_rows.last + 1])
    labels = _labels(header_rows.headers, width)
    headers = {column: replace(cell, span=replace(cell.span, cell=labels[column])) for column, cell in header_rows.headers.items()}
    header_rows = replace(header_rows, headers=headers)
    body = [
        _fitted(_record(file, line, values, labels), values, width, frozenset(headers)) for line, values in rows[header_rows.last + 1 :]
    ]
    return tabulate(Sheet(file, [*start[: header_rows.last + 1], *body]), header_rows, expected)


def _limited(records: Iterator[_Line]) -> Iterator[_Line]:
    """Yield records until the table would be too large.

    Raises:
        TooLargeError: they do not.
    """
    cells = 0
    for number, (line, values) in enumerate(records):
        filled = len(values) - values.count("")
        cells += filled
        if len(values) > _MAX_WIDTH or filled > MAX_COLUMNS:
            raise TooLargeError(msg("{count} columns", count=len(values)))
        if number > MAX_ROWS + SEARCHED or cells > MAX_CELLS:
            raise TooLargeError(
                msg("more than {most} rows", most=MAX_ROWS) if number > MAX_ROWS else msg("more than {most} cells", most=MAX_CELLS)
            )
        yield line, values


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
                raise TooLargeError(msg("more than {most} lines", most=_MAX_LINES))
            if end - self._begun > _MAX_LENGTH:
                raise TooLargeError(msg("a record of more than {most} characters", most=_MAX_LENGTH))
            yield self._text[self._at : end]
            self._at = end

    def next_record(self) -> None:
        """Note that a record has ended."""
        self._begun = self._at
        self.start = self._read + 1

    def delimiter(self, expected: ExpectedContent) -> str:
        """Choose by the header line: what separates there separates below. A comma where nothing does.

        It is the first line in which a header of ids stands alone between two of a delimiter, or else the first that has any.
        """
        starts = list(islice((line for line in self if line.strip()), SEARCHED))
        self._at = self._read = 0
        for line in starts:
            for delimiter in _DELIMITERS:
                if delimiter in line and any(expected.is_key(expected.plain(cell.strip(' "\r\n\t'))) for cell in line.split(delimiter)):
                    return delimiter
        plain = next((bare for line in starts if any(map((bare := _QUOTED.sub("", line)).count, _DELIMITERS))), "")
        return max(_DELIMITERS, key=plain.count)


def _records(lines: _Lines, expected: ExpectedContent) -> Iterator[_Line]:
    """Split into records that hold something, each with the line it starts on, and cells stripped.

    An apostrophe that keeps a text from becoming a formula is no part of it.
    """
    for record in csv.reader(iter(lines), delimiter=lines.delimiter(expected), strict=True):
        values = [original(value.strip()).strip() for value in record]
        start = lines.start
        lines.next_record()
        if any(values):
            yield start, values


def _malformed(file: str, line: int, error: csv.Error) -> Diagnostic:
    text = str(error)
    problem = next((message.with_values(**match.groupdict()) for form, message in _ERRORS if (match := form.fullmatch(text))), text)
    advice = msg('close each quote, and double the quotes inside a quoted value: "他说""好"""')
    message = msg("the record that starts here is not valid CSV: {problem}", problem=problem)
    return diagnose("GP402", Span(file, line), message, help=advice)


def _record(file: str, line: int, values: list[str], labels: Sequence[str]) -> Record:
    cells = {n: Cell(value, Span(file, line, cell=labels[n])) for n, value in enumerate(values[: len(labels)]) if value}
    return Record(cells, Span(file, line), number=line)


def _fitted(record: Record, values: list[str], width: int, headed: frozenset[int]) -> Record:
    """Return a row that is longer than the header row with its cells, to tell whose it is, and nothing in it to be relied on."""
    if not any(values[width:]):
        return record
    advice = msg('put values that contain the separator in quotes ("1,200"), or add headers for the extra columns')
    message = msg(
        "the row has {cells} cells but there are only {headers} headers, so its values may be in the wrong columns; the row is ignored",
        cells=len(values),
        headers=width,
    )
    problem = diagnose("GP412", record.span, message, help=advice, severity=Severity.ERROR)
    return replace(record, unusable=headed, problems=((width, problem),))


def _numbered(values: Sequence[str]) -> list[str]:
    return [msg("column {number}", number=number) for number in range(1, len(values) + 1)]


def _labels(headers: Mapping[int, Cell], width: int) -> list[str]:
    """Label the columns for spans: by their headers, or by numbers where there is no id header, since the row may be a person's."""
    known = any(is_id_word(cell.text) for cell in headers.values())
    return [column_label(headers[at].text) if known and at in headers else msg("column {number}", number=at + 1) for at in range(width)]
