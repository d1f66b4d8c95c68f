"""Text that spreadsheets take for text, and that is read back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.source.spreadsheet_text import inert, original

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@pytest.mark.parametrize("start", STARTS)
def test_what_may_become_a_formula_is_marked_as_text(start: str):
    assert inert(f"{start}1+1") == f"'{start}1+1"
    assert inert(f"'{start}1+1") == f"''{start}1+1"


@pytest.mark.parametrize("text", ["", "甲", "1-2", "5", "-5", "-5.25", "-12%", "'", "'甲'", "''"])
def test_everything_else_stays_as_it_is(text: str):
    assert inert(text) == text


@pytest.mark.parametrize("text", ["-1-1", "-", "-5+cmd|' /C calc'!A0", "-5.", "-٥", "+5", "-5\n", "-0001"])
def test_only_a_plain_negative_number_is_a_number(text: str):
    assert inert(text) == f"'{text}"


@given(st.text(alphabet=st.sampled_from([*"'甲15.% ", *STARTS]), max_size=8))
def test_it_is_read_back_as_it_was(text: str):
    assert inert(text)[:1] not in STARTS or text == inert(text)
    assert original(inert(text)) == text
