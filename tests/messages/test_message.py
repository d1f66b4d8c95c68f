"""Messages are strings that can be translated, wherever they pass through."""

import json
import pickle
from gettext import NullTranslations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.messages import InScripts, Message, a_few, catalogue, from_data, listing, msg, placeholders, plain, plural, to_data, translated

TEXTS = {
    "{person} has no {what}": "{person}没有{what}",
    "target": "目标值",
    "{value} is not {what}": "{value} 不是 {what} 类",
    ", ": "、",
    "{count} row": "{count} 行",
    "{names} and {count} more": "{names}等，另有 {count} 个",
}


class Chinese(NullTranslations):
    def gettext(self, message):
        return TEXTS.get(message, message)

    def ngettext(self, one, many, number):
        return TEXTS.get(one, one if number == 1 else many)


ZH = Chinese()


def test_a_message_is_its_english_text():
    message = msg("{person} has no {what}", person="甲", what=msg("target"))
    assert message == "甲 has no target"
    assert translated(message, ZH) == "甲没有目标值"
    assert dict(placeholders(message)) == {"person": "甲", "what": "target"}
    assert type(plain(message)) is str


def test_values_are_text_once_the_message_is_made():
    numbers = [1, 2]
    message = msg("{numbers}", numbers=numbers)
    numbers.append(3)
    assert message == "[1, 2]"


def test_braces_in_values_and_in_texts_without_values_are_left_alone():
    assert msg("write {a: b}") == "write {a: b}"
    assert translated(msg("{person} has no {what}", person="{what}", what="{x}"), ZH) == "{what}没有{x}"


def test_plural_forms():
    assert [plural("{count} row", "{count} rows", n) for n in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
    assert translated(plural("{count} row", "{count} rows", 3), ZH) == "3 行"


def test_lists_have_the_separator_of_the_language():
    listed = listing(["甲", msg("target")])
    assert listed == "甲, target"
    assert translated(listed, ZH) == "甲、目标值"
    assert a_few(["a", "b"], 2) == "a, b"
    assert a_few(["a", "b", "c", "d"], 2) == "a, b and 2 more"
    assert translated(a_few(["a", "b", "c", "d"], 2), ZH) == "a、b等，另有 2 个"


def test_texts_that_are_put_together_stay_translatable():
    both = msg("target") + ": " + msg("{count} row", count=1)
    assert both == "target: 1 row"
    assert translated(both, ZH) == "目标值: 1 行"


def test_exceptions_and_other_processes_do_not_lose_the_translation():
    message = msg("{person} has no {what}", person="甲", what=listing([msg("target")]))
    assert translated(str(ValueError(message)), ZH) == "甲没有目标值"
    assert translated(pickle.loads(pickle.dumps(message)), ZH) == "甲没有目标值"
    assert translated(from_data(json.loads(json.dumps(to_data(message)))), ZH) == "甲没有目标值"


@pytest.mark.parametrize(
    ("value", "what", "text"),
    [("列表", "数字", "列表不是数字类"), ("abc", "12", "abc 不是 12 类"), ("“甲”", "", "“甲” 不是  类"), ("甲b", "c乙", "甲b 不是 c乙类")],
)
def test_spaces_part_chinese_text_from_other_text_only(value: str, what: str, text: str):
    assert translated(msg("{value} is not {what}", value=value, what=what), ZH) == text


def test_chinese_words_are_in_the_reader_s_script():
    words = msg("write one of: {words}", words=listing([InScripts("权重", "權重"), "x"]))
    assert words == "write one of: 权重, x"
    for each in (words, pickle.loads(pickle.dumps(words)), from_data(json.loads(json.dumps(to_data(words))))):
        assert "权重、x" in translated(each, catalogue("zh-CN"))
        assert "權重、x" in translated(each, catalogue("zh-TW"))


def test_a_placeholder_may_be_filled_in_later():
    template = msg("{person} has no {what}", what="target")
    assert template == "{person} has no target"
    assert template.with_values(person="甲") == "甲 has no target"
    assert msg("write {name}").with_values(name="甲") == "write 甲"


@pytest.mark.parametrize("data", [None, 3, [], {"parts": "ab", "separator": 1}, {"msgid": 1, "values": {}, "plural": None, "number": 1}])
def test_other_data_is_refused(data):
    with pytest.raises((TypeError, KeyError, ValueError, AttributeError)):
        from_data(data)


texts = st.recursive(
    st.text(max_size=5),
    lambda inner: st.one_of(
        st.builds(lambda value: msg("{value} and {{", value=value), inner),
        st.builds(lambda value, n: plural("{count} {value}", "{count} {value}s", n, value=value), inner, st.integers(0, 3)),
        st.lists(inner, max_size=3).map(lambda parts: listing(parts, "; ")),
    ),
    max_leaves=6,
)


@given(texts)
def test_data_and_pickle_return_the_same_message(text):
    for copy in (from_data(json.loads(json.dumps(to_data(text)))), pickle.loads(pickle.dumps(text))):
        assert (copy, type(copy), translated(copy, ZH)) == (text, type(text), translated(text, ZH))
    assert translated(text, NullTranslations()) == text
    assert isinstance(text, str | Message)


def test_placeholders_are_names_and_nothing_else():
    assert msg("{x.__class__} {x!r} {x:>9} {x}", x="a") == "{x.__class__} {x!r} {x:>9} a"
    assert msg("{{x}} {x}", x="{x}") == "{x} {x}"
