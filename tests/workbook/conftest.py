"""What the tests of the workbook share: the words, and filling a workbook in as a person would."""

import io
from collections.abc import Callable, Mapping, Sequence

import pytest
from openpyxl import load_workbook

from genplan.theme.locale import Locale
from genplan.theme.theme import load_theme
from genplan.workbook.layout import ENTRY


@pytest.fixture(scope="session")
def locale() -> Locale:
    theme, found = load_theme(None, "zh-CN")
    assert theme is not None
    assert not found
    return theme.locale


@pytest.fixture(scope="session")
def fill_in() -> Callable[[bytes, Sequence[Mapping[str, object]]], bytes]:
    """Fill a workbook in: a mapping of header to value for each row."""

    def fill(data: bytes, rows: Sequence[Mapping[str, object]]) -> bytes:
        book = load_workbook(io.BytesIO(data))
        sheet = book[ENTRY]
        headers = {cell.value: cell.column for cell in sheet[1]}
        for at, row in enumerate(rows, 2):
            for header, value in row.items():
                cell = sheet.cell(at, headers[header])
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
        saved = io.BytesIO()
        book.save(saved)
        return saved.getvalue()

    return fill
