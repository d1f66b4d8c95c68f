"""The register that earlier versions wrote is read once, whatever happened to it."""

import json
import os
from pathlib import Path
from typing import get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genplan.incremental.entries import NAME, Entry, entry_of, read_register, source_of

ENTRY = Entry(
    "p/2026-Q3/result/甲.pdf", "pdf", "p", "方案", "部门", "2026-Q3", "2026年第三季度", "result", "结果", "甲的结果", "0007", "甲", 3
)


def put(output: Path, entry: Entry) -> Entry:
    path = output / entry.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%" * entry.size)
    return entry


def write(output: Path, text: str | bytes) -> None:
    (output / NAME).parent.mkdir(parents=True, exist_ok=True)
    (output / NAME).write_bytes(text.encode() if isinstance(text, str) else text)


def test_a_file_that_was_deleted_leaves_the_register(tmp_path: Path) -> None:
    write(tmp_path, json.dumps([put(tmp_path, ENTRY)._asdict()]))
    assert read_register(tmp_path) == [ENTRY]
    (tmp_path / ENTRY.path).unlink()
    assert read_register(tmp_path) == []


def test_without_a_register_there_is_nothing(tmp_path: Path) -> None:
    assert read_register(tmp_path / "missing") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "5",
        "{}",
        '{"a": 1}',
        "[null]",
        "[5]",
        '["a"]',
        "[[]]",
        "[{}]",
        '[{"path": 5}]',
        "[" * 100_000,
        b"\xff\xfe",
        b"\x00",
        "[",
    ],
)
def test_a_damaged_register_is_passed_over(tmp_path: Path, text: str | bytes) -> None:
    write(tmp_path, text)
    assert read_register(tmp_path) == []


@pytest.mark.parametrize("name", Entry._fields)
@pytest.mark.parametrize("value", [None, [], {}, 1.5, "x", -1])
def test_a_row_of_other_types_is_passed_over(tmp_path: Path, name: str, value: object) -> None:
    good = put(tmp_path, ENTRY)._asdict()
    write(tmp_path, json.dumps([{**good, name: value}, good]))
    kept = read_register(tmp_path)
    assert ENTRY in kept
    assert all(isinstance(value, kind) for entry in kept for value, kind in zip(entry, get_type_hints(Entry).values(), strict=True))


@pytest.mark.parametrize("path", ["../outside.pdf", "/etc/passwd", "a/../../outside.pdf", "", ".genplan/own.pdf", ".GENPLAN/own.pdf"])
def test_a_row_that_leads_out_of_the_folder_is_passed_over(tmp_path: Path, path: str) -> None:
    output = tmp_path / "output"
    for name in ("outside.pdf", "output/.genplan/own.pdf", "output/.GENPLAN/own.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"%%%")
    write(output, json.dumps([{**ENTRY._asdict(), "path": path}]))
    assert read_register(output) == []


@pytest.mark.parametrize(("size", "kept"), [(0, True), (2**62 - 1, True), (2**62, False), (-1, False)])
def test_a_size_is_one_that_a_file_may_have(size: int, kept: bool) -> None:  # noqa: FBT001 - of the table
    assert (entry_of({**ENTRY._asdict(), "size": size}) is not None) == kept


def test_a_row_has_all_fields_but_those_of_editions_and_no_others() -> None:
    row = ENTRY._asdict()
    assert entry_of(row) == ENTRY
    assert entry_of({**row, "more": ""}) is entry_of([row]) is entry_of(None) is None
    assert entry_of({key: value for key, value in row.items() if not key.startswith("edition")}) == ENTRY
    for name in Entry._fields:
        without = entry_of({key: value for key, value in row.items() if key != name})
        assert (without == ENTRY) == (name in {"edition", "edition_title"}), name


@pytest.mark.parametrize("name", ["title", "plan_title"])
def test_a_row_with_half_a_character_is_passed_over(name: str) -> None:
    assert entry_of({**ENTRY._asdict(), name: "\ud800"}) is None


def test_a_plan_is_named_from_the_output_folder(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "plans")
    assert source_of(tmp_path / "plans/plan.md", tmp_path / "output") == "../plans/plan.md"
    assert source_of(tmp_path / "link/plan.md", tmp_path / "output") == "../plans/plan.md"
    assert source_of(tmp_path / os.fsdecode(b"a\xff.md"), tmp_path) == "a\\udcff.md"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(Entry._fields), inner),
    max_leaves=15,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | json_values.map(lambda value: json.dumps(value).encode()))
def test_no_register_makes_reading_fail(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, data)
    assert read_register(tmp_path) == []


def test_a_folder_in_the_registers_place_is_no_register(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir(parents=True)
    assert read_register(tmp_path) == []
