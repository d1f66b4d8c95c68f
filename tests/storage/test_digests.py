"""Digests of data, folders and files: the same for what is the same, and for nothing else."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from genplan.storage.digests import canonical, data_digest, file_digest, part_of, tree_digest


def test_the_order_of_keys_counts() -> None:
    assert canonical({"b": 1, "a": 2}) == '{"b":1,"a":2}'
    assert data_digest({"b": 1, "a": 2}) != data_digest({"a": 2, "b": 1})
    assert data_digest([{"b": 1, "a": [{"d": 1, "c": 2}]}]) != data_digest([{"b": 1, "a": [{"c": 2, "d": 1}]}])


def test_the_order_of_keys_is_told_apart_from_their_values() -> None:
    one, other = part_of({"scores": {"甲": 1, "乙": 2}}), part_of({"scores": {"乙": 2, "甲": 1}})
    assert [name for name, _ in one] == ["scores", "scores.甲", "scores.乙"]
    assert [name for name, _ in other] == ["scores", "scores.乙", "scores.甲"]
    assert {name for name, value in one if dict(other)[name] != value} == {"scores"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Decimal("1.0"), Decimal("1.00")),
        (Decimal(1), "1"),
        (Decimal(1), 1),
        (date(2026, 1, 2), "2026-01-02"),
        (frozenset("ab"), ["a", "b"]),
        (True, 1),
        (None, ""),
        ("a", ["a"]),
    ],
)
def test_values_of_other_kinds_are_others(one: object, other: object) -> None:
    assert data_digest(one) != data_digest(other)


def test_sets_have_no_order_and_paths_no_place() -> None:
    assert data_digest({"b", "a"}) == data_digest(frozenset({"a", "b"})) != data_digest({"a", "c"})
    assert data_digest(Path("/here/logo.png")) == data_digest(Path("/there/logo.png"))


def test_what_is_no_plain_data_is_refused() -> None:
    with pytest.raises(TypeError, match="holds a object"):
        data_digest(object())


def test_a_folder_is_its_names_and_content(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("1")
    before = tree_digest([tmp_path])
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x").write_text("1")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").write_text("1")
    assert tree_digest([tmp_path]) == before
    (tmp_path / "in" / "a.txt").rename(tmp_path / "in" / "b.txt")
    renamed = tree_digest([tmp_path])
    assert renamed != before
    (tmp_path / "in" / "b.txt").write_text("2")
    assert tree_digest([tmp_path]) not in (before, renamed)


def test_a_file_that_cannot_be_read_has_no_digest(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    assert file_digest(None) == file_digest(tmp_path) == file_digest(tmp_path / "none") == ""
    assert file_digest(tmp_path / "a") != ""
