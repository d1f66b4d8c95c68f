"""The formats results come in. A reader turns a file's bytes into a table; its row here gives it the suffixes it reads."""

from collections.abc import Callable
from pathlib import PurePath

from genplan.diagnostics import Outcome, Span, diagnose
from genplan.messages import listing, msg
from genplan.people.csv_table import read_csv
from genplan.people.expected_content import ANY_CONTENT, ExpectedContent
from genplan.people.model import Table
from genplan.people.yaml_table import read_yaml

Reader = Callable[[bytes, str, ExpectedContent], list[Outcome[Table | None]]]
"""Takes the bytes, the name for messages and what is looked for; gives each sheet. Whatever the bytes, it raises no exception."""


def _read_xlsx(data: bytes, file: str, expected: ExpectedContent) -> list[Outcome[Table | None]]:
    from genplan.people.xlsx_table import read_xlsx  # noqa: PLC0415 - openpyxl takes longer to load than most CSV files to read

    return read_xlsx(data, file, expected)


def _read_csv(data: bytes, file: str, expected: ExpectedContent) -> list[Outcome[Table | None]]:
    return [read_csv(data, file, expected)]


def _read_yaml(data: bytes, file: str, expected: ExpectedContent) -> list[Outcome[Table | None]]:
    return [read_yaml(data, file, expected)]


READERS: dict[str, Reader] = {
    ".csv": _read_csv,
    ".tsv": _read_csv,
    ".xlsx": _read_xlsx,
    ".xlsm": _read_xlsx,
    ".yaml": _read_yaml,
    ".yml": _read_yaml,
}
WORKBOOKS = frozenset({".xlsx", ".xlsm"})
"""The suffixes of what has sheets."""


def read_sheets(data: bytes, file: str, expected: ExpectedContent = ANY_CONTENT) -> list[Outcome[Table | None]]:
    """Read the sheets of a results file by its suffix; GP402 where no reader takes it."""
    suffix = PurePath(file).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        advice = msg("save the results as one of: {suffixes}", suffixes=listing(READERS))
        message = msg("results cannot be read from a file whose name has no suffix")
        if suffix:
            message = msg("results cannot be read from a `{suffix}` file", suffix=suffix)
        return [Outcome(None, [diagnose("GP402", Span(file), message, help=advice)])]
    return reader(data, file, expected)


def read_table(data: bytes, file: str, expected: ExpectedContent = ANY_CONTENT) -> Outcome[Table | None]:
    """Read the first sheet of a results file that says whose its rows are, or else its first."""
    sheets = read_sheets(data, file, expected)
    tables = [table for table, _ in sheets if table]
    first = next((table for table in tables if table.identifies_people), tables[0] if tables else None)
    return Outcome(first, [problem for table, diagnostics in sheets if table is first or table is None for problem in diagnostics])
