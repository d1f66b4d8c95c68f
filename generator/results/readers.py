"""The formats results come in. A reader turns a file's bytes into a table; its row here gives it the suffixes it reads."""

from collections.abc import Callable
from pathlib import PurePath

from generator.diagnostics import Outcome, Span, diagnose
from generator.results.csv_table import read_csv
from generator.results.model import Table
from generator.results.yaml_table import read_yaml

Reader = Callable[[bytes, str], Outcome[Table | None]]
"""Takes the bytes and the name for messages. Whatever the bytes, it gives diagnostics and no exception."""


def _read_xlsx(data: bytes, file: str) -> Outcome[Table | None]:
    from generator.results.xlsx_table import read_xlsx  # noqa: PLC0415 - openpyxl takes longer to load than most CSV files to read

    return read_xlsx(data, file)


READERS: dict[str, Reader] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": _read_xlsx,
    ".xlsm": _read_xlsx,
    ".yaml": read_yaml,
    ".yml": read_yaml,
}


def read_table(data: bytes, file: str) -> Outcome[Table | None]:
    """Read a results file by its suffix; GP402 where no reader takes it."""
    suffix = PurePath(file).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        advice = f"save the results as one of: {', '.join(READERS)}"
        return Outcome(None, [diagnose("GP402", Span(file), f"no results can be read from a `{suffix or 'nameless'}` file", help=advice)])
    return reader(data, file)
