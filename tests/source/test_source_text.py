"""Bytes to text: encodings, line ends, and characters that no document can hold."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.source.files import read_bytes
from genplan.source.text import control_characters, decode, fold, is_unprintable, read_text

MOST = 4 * 1024 * 1024
"""Bytes of a text file that are read."""


@pytest.mark.parametrize("data", ["考核\n方案\n", "\ufeff考核\n方案\n", "考核\r\n方案\r\n", "考核\r方案\r"])
def test_line_ends_and_byte_order_mark_make_no_difference(data: str) -> None:
    assert decode(data.encode(), "a.md") == ("考核\n方案\n", [])


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_place_of_a_wrong_byte_counts_characters(start: bytes) -> None:
    data = start + "---\ntitle: 考核".encode() + "方案".encode("gb18030")
    text, (found,) = decode(data, "a.md")
    assert text is None
    assert (found.code, str(found.span)) == ("GP002", "a.md:2:10")
    assert "0xB7" in found.message


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_place_of_a_wrong_byte_counts_every_line_end(end: str) -> None:
    _, (found,) = decode(f"a{end}考{end}".encode() + b"b\xff", "a.md")
    assert str(found.span) == "a.md:3:2"


def test_file_that_is_too_large() -> None:
    text, (found,) = decode(b"a" * (MOST + 1), "a.md")
    assert (text, found.code, found.message) == (None, "GP005", "the file is larger than 4 MiB")
    assert decode(b"a" * MOST, "a.md") == ("a" * MOST, [])


def test_of_a_file_on_disk_no_more_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"a" * MOST)
    assert read_text(path, "a.md") == ("a" * MOST, [])
    path.write_bytes(b"a" * (MOST + 1))
    text, (found,) = read_text(path, "a.md")
    assert (text, found.code, found.span.file) == (None, "GP005", "a.md")


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("data", [b"a\n\xff", b"a\n\x00b\x01"])
def test_lines_of_a_private_file_are_not_to_be_shown(data: bytes, private: bool) -> None:  # noqa: FBT001 - of the table
    (found,) = decode(data, "a.csv", private=private).diagnostics
    assert [each.private for each in (found.span, *(other.span for other in found.related))] == [private] * (1 + len(found.related))


def test_control_characters_are_told_once_a_file() -> None:
    text, (found,) = decode(b"a\n" + b"b\x00" * 1000, "a.md")
    assert text is not None
    assert (found.code, str(found.span)) == ("GP006", "a.md:2:2")
    assert found.message == "control character U+0000, and 999 more"
    assert [str(each.span) for each in found.related] == [f"a.md:2:{column}" for column in range(4, 22, 2)]
    assert {each.note for each in found.related} == {"U+0000"}


def test_control_characters_are_named_by_their_numbers() -> None:
    assert control_characters("a\tb\n", "a.md") == []
    (one,) = control_characters("\x1b", "a.md")
    assert (one.message, one.related) == ("control character U+001B", ())
    (two,) = control_characters("a\ud800\nb\U0010ffff", "a.md")
    assert (two.message, str(two.span)) == ("control character U+D800, and 1 more", "a.md:1:2")
    assert [(each.note, str(each.span)) for each in two.related] == [("U+10FFFF", "a.md:2:2")]


@pytest.mark.parametrize(("one", "other"), [("Ａ b", "aB"), ("新增　用户", "新增用户"), ("Straße", "STRASSE"), (" a\n", "a")])
def test_texts_that_differ_in_case_width_or_spaces_alone_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other) != fold("b")


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ud800", "\ufffe", "\U0010ffff"])
def test_characters_without_a_shape(character: str) -> None:
    assert is_unprintable(character)


@pytest.mark.parametrize("character", ["\n", "\t", " ", "\u3000", "\u200b", "考", "𠮷", "é", "😀", "\ue000"])
def test_characters_that_may_stand(character: str) -> None:
    assert not is_unprintable(character)


@given(st.binary())
def test_any_bytes_give_text_or_diagnostics(data: bytes) -> None:
    text, found = decode(data, "a.md")
    assert (text is None) <= bool(found)
    if not found:
        assert text is not None
        assert not any(map(is_unprintable, text))
        assert "\r" not in text


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.md"):
        data, (found,) = read_bytes(path, "a.md")
        assert (data, found.code) == (None, "GP001")
