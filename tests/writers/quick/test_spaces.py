"""Spaces of a text collapse as WeasyPrint collapses them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from weasyprint.formatting_structure.boxes import TextBox

from genplan.writers.quick import spaces

TEXTS = st.text("甲a \t\n\r\u00a0\u3000", min_size=1, max_size=12)


def box(text: str, white_space: str) -> TextBox:
    made = TextBox.__new__(TextBox)
    made.text, made.style = text, {"white_space": white_space}
    return made


@pytest.mark.parametrize("white_space", ["normal", "nowrap", "pre", "pre-wrap", "pre-line"])
@given(texts=st.lists(TEXTS, max_size=4), before=st.booleans())
def test_spaces_collapse_as_in_weasyprint(white_space: str, texts: list[str], before: bool):  # noqa: FBT001 - hypothesis names it
    quick = plain = before
    for text in texts:
        one, other = box(text, white_space), box(text, white_space)
        quick, plain = spaces.process_whitespace(one, quick), spaces._plain(other, plain)
        assert (vars(one), quick) == (vars(other), plain)
