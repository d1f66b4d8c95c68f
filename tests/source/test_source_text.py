"""Bytes to text: encodings, line ends, and characters that no document can hold."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.source.files import read_bytes
from genplan.source.text import MAX_TEXT_BYTES, decode, is_unprintable


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
    text, (found,) = decode(b"a" * (MAX_TEXT_BYTES + 1), "a.md")
    assert (text, found.code) == (None, "GP005")


def test_control_characters_are_told_once_a_file() -> None:
    text, (found,) = decode(b"a\n" + b"b\x00" * 1000, "a.md")
    assert text is not None
    assert (found.code, str(found.span)) == ("GP006", "a.md:2:2")
    assert found.message == "control character U+0000, and 999 more"
    assert len(found.related) < 10


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
