"""File names: readable, short enough, and such as every file system takes."""

import hashlib
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from genplan.documents.file_names import folded, safe_name

LONGEST = 120
"""In bytes; with a suffix and a mark, this leaves room below the 143 bytes of encrypted folders and the 255 of others."""
FORBIDDEN = set('<>:"/\\|?*')
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
anything = st.text(st.characters(), max_size=200)


@given(anything)
@example("")
@example(".")
@example("..")
@example("../../etc/passwd")
@example("CON")
@example("con.txt")
@example("Lpt1.a.b")
@example("COM¹")
@example("nul." + "x" * 200)
@example("绩" * 86)
@example("绩" * 40 + "。" * 3)
@example("a\u202efdp.exe")
@example("a\x00b\nc")
@example("\ud800")
@example("x" * 119 + ".....")
def test_any_text_makes_a_name_that_every_file_system_takes(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name.encode("utf-8")) <= LONGEST
    assert not FORBIDDEN & set(name)
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} or c.isspace() for c in name)
    assert not name.startswith((".", "-", " "))
    assert not name.endswith((".", " "))
    assert name.partition(".")[0].lower() not in DEVICES
    assert (name + ".docx").partition(".")[0].lower() not in DEVICES


@given(anything)
def test_a_name_is_made_of_a_text_always_in_the_same_way(text: str) -> None:
    assert safe_name(text) == safe_name(text)


@given(anything)
def test_a_name_that_was_cut_or_reserved_is_told_apart_by_its_text(text: str) -> None:
    long = "绩" * 60
    assert safe_name(long + text) != safe_name(long + text + "x")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("0007-测试甲-绩效考核结果", "0007-测试甲-绩效考核结果"),
        ("社群运营部/市场部", "社群运营部-市场部"),
        ("a b\tc\nd", "a-b-c-d"),
        ("  x  ", "x"),
        ("../../etc/passwd", "etc-passwd"),
        ("阿凡提·买买提", "阿凡提·买买提"),
        ("㛃𠮷", "㛃𠮷"),
        ("A1", "A1"),
        ("甲\ue000乙\u0378丙\uffff丁", "甲乙丙丁"),  # of private use, not assigned, no character
        ("甲\u2028乙\u2029丙", "甲-乙-丙"),
        ("xx.xx", "xx.xx"),
        ("徐﨑", "徐﨑"),  # a compatibility ideograph, in use in names, which composing would turn into another character
    ],
)
def test_readable_text_stays_as_it_is_written(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_eighty_six_chinese_characters_are_cut_between_characters() -> None:
    name = safe_name("考" * 86)
    assert len(name.encode()) <= LONGEST
    assert set(name.rpartition("-")[0]) == {"考"}


@pytest.mark.parametrize("text", ["x" * 120, "绩" * 40])
def test_a_name_of_120_bytes_stays_as_it_is(text: str) -> None:
    assert safe_name(text) == text


@pytest.mark.parametrize(("text", "start"), [("x" * 121, "x" * 111), ("绩" * 41, "绩" * 37), ("绩" * 40 + "x", "绩" * 37)])
def test_a_longer_name_is_cut_to_120_bytes_and_marked(text: str, start: str) -> None:
    name = safe_name(text)
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    assert name == f"{start}-{mark}"
    assert 118 <= len(name.encode()) <= 120


@pytest.mark.parametrize(("text", "start"), [("CON", "CON-"), ("nul.txt", "nul-txt-"), ("...", "")])
def test_a_name_that_windows_reserves_or_that_is_none_gets_a_mark_of_eight_digits(text: str, start: str) -> None:
    assert re.fullmatch(re.escape(start) + "[0-9a-f]{8}", safe_name(text))


@given(anything)
def test_folding_is_settled(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(("one", "other"), [("a1", "A1"), ("é", "e\u0301"), ("STRASSE", "straße"), ("Ä", "a\u0308")])
def test_names_that_some_file_system_takes_for_one_fold_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)
