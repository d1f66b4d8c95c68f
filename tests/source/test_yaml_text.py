"""Values are written for YAML without quotes where they need none, and read again as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.diagnostics import Span
from genplan.source.yaml import Mapping, Scalar, Sequence, parse
from genplan.source.yaml_text import scalar_text

NONE = {"", "~", "null"}
texts = st.text(
    st.one_of(st.sampled_from("-:#&*!|>'\"{}[],?%@`~ \n\tnull键值0"), st.characters(exclude_categories=["C", "Zl", "Zp"])), max_size=12
)


def written(value: str, *, quoted: bool = True) -> str:
    return scalar_text(Scalar(value, quoted, Span("a.yml")))


@pytest.mark.parametrize(
    ("value", "quoted", "text"),
    [
        ("甲", True, "甲"),
        ("0007", False, "0007"),
        ("no", True, "no"),
        ("30%", True, "30%"),
        ("a b", True, "a b"),
        ("a:b", True, "a:b"),
        ("", False, ""),
        ("", True, '""'),
        ("~", False, "~"),
        ("~", True, '"~"'),
        ("null", False, "null"),
        ("null", True, '"null"'),
        ("a: b", True, '"a: b"'),
        ("a #b", True, '"a #b"'),
        ("a:", True, '"a:"'),
        ("- a", True, '"- a"'),
        ("[a", True, '"[a"'),
        ("a]", True, "a]"),
        (" a", True, '" a"'),
        ("a\nb", True, '"a\\nb"'),
        ("%", True, '"%"'),
        ("*甲", True, '"*甲"'),
        ("{a: b}", True, '"{a: b}"'),
        ("?", True, '"?"'),
        ("a\tb", True, "a\tb"),
        ('"', True, '"\\""'),
    ],
)
def test_quotes_stand_where_they_are_needed(value: str, quoted: bool, text: str) -> None:  # noqa: FBT001 - of the table
    assert written(value, quoted=quoted) == text


@given(texts)
def test_a_value_is_read_again_as_text_alone_and_as_a_key_with_one(value: str) -> None:
    text = written(value)
    node, found = parse(f"- {text}\n- {text}: {text}\n", "a.yml")
    assert not found
    assert isinstance(node, Sequence)
    alone, both = node.items
    assert isinstance(both, Mapping)
    for each in (alone, *both.entries[0]):
        assert isinstance(each, Scalar)
        assert each.value == value
        assert each.quoted or value not in NONE
