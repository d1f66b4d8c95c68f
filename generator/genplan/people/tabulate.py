"""Builds a table from the records of a sheet; shared by all readers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from genplan.diagnostics import Diagnostic, Outcome, Related, Severity, Span, diagnose
from genplan.messages import msg, plural
from genplan.people.expected_content import ANY_CONTENT, ExpectedContent
from genplan.people.header_rows import HeaderRows
from genplan.people.hidden_cells import check_hidden
from genplan.people.merged_cells import fill_merged_cells
from genplan.people.model import Cell, Row, Table
from genplan.people.non_person_rows import drop_non_person_rows, identity_columns
from genplan.people.password_detection import quoted_header
from genplan.people.raw_sheet import Record, Sheet
from genplan.source.text import is_unprintable

MAX_ROWS = 20_000
MAX_COLUMNS = 500
MAX_CELLS = 360_000
"""Results of one team for one period stay far below these; a file beyond them is another kind of file.

So many cells take about 100 MiB, and some three seconds to read from a workbook.
"""


def tabulate(sheet: Sheet, header_rows: HeaderRows, expected: ExpectedContent = ANY_CONTENT) -> Outcome[Table | None]:
    """Put the records of a sheet under its headers.

    Finds GP006 (a character that cannot be printed), GP401 (no records), GP411 (a header twice), GP412 (cells without a header), GP413
    (merged cells), GP418 (too large, the one case without a value), GP480 and GP481 (rows that are skipped), GP484 (hidden ones), and
    what was found of the headers and of cells.
    """
    headers = dict(header_rows.headers)
    body = sheet.records[header_rows.last + 1 :]
    if len(body) > MAX_ROWS or len(headers) > MAX_COLUMNS:
        size = msg("{rows} rows and {columns} columns", rows=len(body), columns=len(headers))
        return Outcome(None, [too_large(Span(sheet.file), size)])
    columns = identity_columns(headers, sheet.records[header_rows.first : header_rows.last + 1], expected)
    records, diagnostics = drop_non_person_rows(body, columns) if header_rows.identifies_people else (list(body), [])
    above = sheet.records[: header_rows.first]
    diagnostics += [*header_rows.diagnostics, *_passed_over(above)]
    records = [replace(record, unusable=record.unusable | header_rows.unclear) for record in records] if header_rows.unclear else records
    records, more = fill_merged_cells(sheet, header_rows, records, expected)
    diagnostics += [*more, *check_hidden(sheet, records, columns, expected)]
    diagnostics += [problem for record in records for _, problem in record.problems]
    first = _first_columns({column: cell for column, cell in headers.items() if not _is_garbled(cell)})
    twice = frozenset(cell.text for column, cell in headers.items() if first.get(cell.text, column) != column)
    diagnostics += [*_repeated(headers, first), *_headless(headers, records), *_unprintable(headers.values())]
    for record in records:
        diagnostics += _unprintable(record.cells.values())
    if not records:
        advice = msg("add one row per person, or remove the file")
        diagnostics.append(
            diagnose("GP401", Span(sheet.file), msg("the file has headers but no records"), help=advice, severity=Severity.WARNING)
        )
    rows = tuple(_row(headers, first, twice, record) for record in records)
    titles = tuple(cell for record in above for cell in record.cells.values())
    return Outcome(
        Table(
            sheet.file,
            tuple(headers[column] for column in sorted(first.values())),
            rows,
            sheet.title,
            titles,
            header_rows.identifies_people,
        ),
        diagnostics,
    )


def _passed_over(above: Sequence[Record]) -> Iterator[Diagnostic]:
    """GP480, without the text of the rows."""
    if above:
        message = plural(
            "{count} row above the header row is skipped as titles",
            "{count} rows above the header row are skipped as titles",
            len(above),
        )
        yield diagnose("GP480", above[0].span, message)


def too_large(span: Span, size: str) -> Diagnostic:
    """GP418: a results file with more rows, columns or bytes than results have; `size` says how many."""
    advice = msg("check that this is the results file; delete everything outside the table")
    return diagnose(
        "GP418",
        span,
        msg(
            "{size}: more than the limit ({rows} rows, {columns} columns, {cells} cells)",
            size=size,
            rows=MAX_ROWS,
            columns=MAX_COLUMNS,
            cells=MAX_CELLS,
        ),
        help=advice,
    )


def empty_file(span: Span) -> Diagnostic:
    """GP403: a file in which nothing stands."""
    return diagnose(
        "GP403", span, msg("the file is empty"), help=msg("put the headers in the first row: 工号, 姓名, then the indicators' names")
    )


def _first_columns(headers: Mapping[int, Cell]) -> dict[str, int]:
    first: dict[str, int] = {}
    for column, cell in headers.items():
        first.setdefault(cell.text, column)
    return first


def _repeated(headers: Mapping[int, Cell], first: Mapping[str, int]) -> Iterator[Diagnostic]:
    for column, cell in headers.items():
        if first.get(cell.text, column) != column:
            yield duplicate_header(cell, headers[first[cell.text]])


def duplicate_header(cell: Cell, earlier: Cell) -> Diagnostic:
    """GP411: two columns that mean the same."""
    advice = msg("keep only the correct column")
    message = msg("the header {header} appears twice", header=quoted_header(cell.text))
    if cell.text != earlier.text:
        message = msg(
            "the header {header} appears twice ({other} means the same)",
            header=quoted_header(cell.text),
            other=quoted_header(earlier.text),
        )
    return diagnose("GP411", cell.span, message, help=advice, related=[Related(earlier.span, msg("first occurrence"))])


def _headless(headers: Mapping[int, Cell], records: Iterable[Record]) -> Iterator[Diagnostic]:
    """One diagnostic a column, however many cells it has."""
    lost: dict[int, list[Cell]] = defaultdict(list)
    for record in records:
        for column, cell in record.cells.items():
            if column not in headers:
                lost[column].append(cell)
    for column in sorted(lost):
        cells = lost[column]
        message = msg("a value in a column without a header; it is ignored")
        if len(cells) > 1:
            message = plural(
                "a value in a column without a header, and {count} more cell below; it is ignored",
                "a value in a column without a header, and {count} more cells below; it is ignored",
                len(cells) - 1,
            )
        yield diagnose("GP412", cells[0].span, message, help=msg("add a header, or empty the column"))


def _unprintable(cells: Iterable[Cell]) -> Iterator[Diagnostic]:
    for cell in cells:
        if _is_garbled(cell):
            bad = next(filter(is_unprintable, cell.text))
            advice = msg("delete it; retype the text if you cannot see it")
            yield diagnose("GP006", cell.span, msg("control character U+{code}", code=f"{ord(bad):04X}"), help=advice)


def _is_garbled(cell: Cell) -> bool:
    # Python's own test is fast, and wider: what passes it is fine.
    return not cell.text.isprintable() and any(map(is_unprintable, cell.text))


def _row(headers: Mapping[int, Cell], first: Mapping[str, int], twice: frozenset[str], record: Record) -> Row:
    """Take the first of repeated columns, so that a row has its id; nothing under their header is relied on."""
    given = {text: record.cells[column] for text, column in first.items() if column in record.cells}
    garbled = {text for text, cell in given.items() if _is_garbled(cell)}
    cells = {text: cell for text, cell in given.items() if text not in garbled}
    reported = {headers[column].text for column in record.broken if column in headers}
    return Row(cells, record.span, twice | reported | garbled)
