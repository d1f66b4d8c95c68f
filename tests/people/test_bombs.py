"""Files that are small and cost much to read are refused, or read within bounds, each in a process of its own that has these limits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bombs import FORMS, LISTS, TABLES, WORKBOOKS
from bounded_reader import BoundedReader

BOMBS = [
    (kind, name, make)
    for kind, bombs in (("xlsx", WORKBOOKS), ("csv", TABLES), ("yml", LISTS), ("docx", FORMS))
    for name, make in bombs.items()
]


@pytest.fixture(scope="module")
def reader() -> Iterator[BoundedReader]:
    reader = BoundedReader()
    yield reader
    reader.close()


@pytest.mark.parametrize(("kind", "name", "make"), BOMBS, ids=[f"{kind}-{name}" for kind, name, _ in BOMBS])
def test_reading_is_bounded(kind: str, name: str, make, tmp_path: Path, reader: BoundedReader) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(make())
    read = reader.read(kind, path)
    path.unlink()
    assert read.code == 0, (name, read)
    assert read.said.startswith(("refused GP", "read"))
