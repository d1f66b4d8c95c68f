"""Models read from YAML: each mistake at its place, all of them at once."""

from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import create_model

from genplan.source.model import (
    Also,
    Annotated,
    Choice,
    Date,
    Field,
    Flag,
    Keys,
    Model,
    Name,
    Number,
    Text,
    Whole,
    choice,
    decimal,
    json_schema,
    one_or_many,
    read,
    short_form,
    shown,
)
from genplan.source.yaml import parse


class Colour(Choice):
    """A few words."""

    RED = "red", "红"
    BLUE = "blue"


class Inner(Model):
    """A part."""

    name: Text
    to: Number | None = Field(None, alias="from")


class Outer(Model):
    """A whole."""

    title: Text
    day: Date | None = None
    count: Annotated[Whole, Field(ge=1, le=6)] = 1
    open: Flag = False
    colour: choice(Colour) = Colour.RED  # type: ignore[valid-type]
    parts: tuple[Annotated[Inner, short_form("name")], ...] = ()
    words: Annotated[tuple[Text, ...], Also(one_or_many, {"type": "string"})] = ()


KEYS = Keys.of({"title": ("标题",), "name": ("名称",), "from": ("起",), "parts": ("部分",)})


def outcome(text: str) -> tuple[Outer | None, list[tuple[str, str]]]:
    node, found = parse(text, "a.md")
    assert node is not None, found
    value, found = read(Outer, node, KEYS)
    return value, [(d.code, str(d.span).removeprefix("a.md:")) for d in found]


def test_a_model_with_short_forms_and_other_keys() -> None:
    value, found = outcome("标题: 甲\nday: 2026-07-01\ncount: '2'\nopen: 是\ncolour: 红\nwords: 一\n部分: [乙, {名称: 丙, 起: 1.50}]\n")
    assert not found
    assert value is not None
    assert (value.title, value.count, value.open, value.colour, value.words) == ("甲", 2, True, Colour.RED, ("一",))
    assert value.parts == (Inner(name="乙"), Inner.model_validate({"name": "丙", "from": "1.50"}))
    assert value.parts[1].to == Decimal("1.50")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", ("GP202", "1:1")),
        ("title:", ("GP203", "1:7")),
        ("title: [a]", ("GP203", "1:8")),
        ("title: ' '", ("GP203", "1:8")),
        ("{title: a, tilte: b}", ("GP201", "1:12")),
        ("{title: a, day: 2023-02-29}", ("GP203", "1:17")),
        ("{title: a, day: 20260701}", ("GP203", "1:17")),
        ("{title: a, count: 7}", ("GP205", "1:19")),
        ("{title: a, count: 0}", ("GP205", "1:19")),
        ("{title: a, count: 1.5}", ("GP203", "1:19")),
        ("{title: a, open: 1}", ("GP203", "1:18")),
        ("{title: a, colour: [red]}", ("GP204", "1:20")),
        ("{title: a, parts: 乙, 标题: b}", ("GP103", "1:22")),
        ("{title: a, parts: 乙}", ("GP203", "1:19")),
        ("{title: a, parts: [{from: 1}]}", ("GP202", "1:20")),
        ("{title: a, parts: [{name: 乙, from: 1e3}]}", ("GP203", "1:36")),
        ("{title: a, parts: [{name: 乙, form: 1}]}", ("GP201", "1:30")),
        ("{title: a, words: [一, {}]}", ("GP203", "1:23")),
    ],
)
def test_a_mistake_is_told_at_its_place(text: str, expected: tuple[str, str]) -> None:
    value, found = outcome(text)
    assert value is None
    assert expected in found


def told(text: str, model: type[Model] = Outer) -> list[tuple[str, str, str]]:
    node, _ = parse(text, "a.md")
    assert node is not None
    return [(each.code, str(each.message), str(each.help)) for each in read(model, node, KEYS).diagnostics]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{title: a, open: 1}", ("GP203", "`1` is neither yes nor no", "write true or false (是/否)")),
        ("{title: a, count: x}", ("GP203", "`x` is not a whole number", "write only digits")),
        ("{title: a, day: x}", ("GP203", "`x` is not a date", "write year, month and day, e.g. 2026-07-01")),
        ("{title: a, day: 2023-02-29}", ("GP203", "`2023-02-29` is not a valid date", "correct the date")),
        ("{title: a, colour: x}", ("GP204", "`x` is not one of the allowed values", "write one of: red (红), blue")),
        ("{title: a, count: 7}", ("GP205", "`7` is above 6, the maximum for this key", "write a smaller number")),
        ("{title: a, count: 0}", ("GP205", "`0` is below 1", "write a larger number")),
        ("{title: [a]}", ("GP203", "a list where text is expected", "write text after the colon")),
        ("{title: a, tilte: b}", ("GP201", "unknown key `tilte`", "did you mean `title`?")),
        ("{title: a, 标提: b}", ("GP201", "unknown key `标提`", "did you mean `标题`?")),
        (
            "{title: a, xyz: b}",
            ("GP201", "unknown key `xyz`", "the keys allowed here are: title, day, count, open, colour, parts, words"),
        ),
        ("{}", ("GP202", "key `title` (标题) is missing", "add `title:` here")),
        (
            "{title: a, parts: 乙}",
            (
                "GP203",
                "`乙` where a list is expected",
                "write each entry on a line that starts with `- `, or all of them in brackets: [A, B]",
            ),
        ),
        (
            "{title: a, day: }",
            ("GP203", "the key has no value", "write a value after the colon (in quotes if it starts with `#`), or remove the key"),
        ),
    ],
)
def test_a_mistake_is_told_with_its_cure(text: str, said: tuple[str, str, str]) -> None:
    assert said in told(text)


class Shapes(Model):
    """One of each shape and bound."""

    names: dict[str, Text] | None = None
    inner: Inner | None = None
    pair: Annotated[tuple[Text, ...], Field(min_length=2, max_length=3)] = ("a", "b")
    listed: Annotated[list[Text], Field(max_length=3)] | None = None
    above: Annotated[Whole, Field(gt=1, lt=9)] = 2
    within: Annotated[Whole, Field(ge=1, le=9)] = 2
    word: Name = "a"
    raw: str = ""


A_LIST = "write each entry on a line that starts with `- `, or all of them in brackets: [A, B]"
A_MAPPING = "write `key: value` lines, or braces: {key: value, key: value}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("names: [a]", ("GP203", "a list where a mapping of keys to values is expected", A_MAPPING)),
        ("inner: 1", ("GP203", "`1` where a mapping of keys to values is expected", A_MAPPING)),
        ("pair: 1", ("GP203", "`1` where a list is expected", A_LIST)),
        ("listed: {a: b}", ("GP203", "a mapping where a list is expected", A_LIST)),
        ("raw: [a]", ("GP203", "a list where text is expected", "write text after the colon")),
        ("pair: [a]", ("GP205", "a list has too few entries; the minimum is 2", "add entries")),
        ("pair: [a, b, c, d]", ("GP205", "a list has more than 3 entries", "shorten the list")),
        ("listed: [a, b, c, d]", ("GP205", "a list has more than 3 entries", "shorten the list")),
        ("above: 1", ("GP205", "`1` is not above 1", "write a larger number")),
        ("above: 9", ("GP205", "`9` is not below 9", "write a smaller number")),
        ("within: 0", ("GP205", "`0` is below 1", "write a larger number")),
        ("within: 10", ("GP205", "`10` is above 9, the maximum for this key", "write a smaller number")),
        (
            f"word: {'a' * 201}",
            (
                "GP205",
                f"`{'a' * 40}…` is longer than 200 characters",
                "shorten the text, or move it to the prose below the front matter",
            ),
        ),
    ],
)
def test_shapes_and_bounds_are_told(text: str, said: tuple[str, str, str]) -> None:
    assert told(text, Shapes) == [said]


def test_what_is_within_its_bounds_is_read() -> None:
    assert not told(f"{{pair: [a, b, c], listed: [a, b, c], above: 8, within: 9, word: {'a' * 200}, names: {{a: b}}}}", Shapes)
    assert not told("{within: 1, names: {}, listed: []}", Shapes)


@pytest.mark.parametrize(("count", "advice"), [(20, "the keys allowed here are: "), (21, "docs/plan-reference.md lists the keys")])
def test_up_to_twenty_keys_are_listed(count: int, advice: str) -> None:
    fields = {f"key{number:02}": (Text, "") for number in range(count)}
    ((_, _, said),) = told("{甲: b}", create_model("Many", __base__=Model, **fields))
    assert said.startswith(advice)


class Team(Model):
    """A whole with two members or more, each of two letters or more."""

    members: Annotated[tuple[Inner, ...], Field(min_length=2)] = ()
    others: Annotated[tuple[Text, ...], Field(min_length=1)] = ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("members: [{name: 甲}]", [("GP205", "1:10")]),
        ("members: [{name: 甲, form: 1}]", [("GP201", "1:21")]),  # not too few: the one would be another
        ("members: [{name: 甲, form: 1}]\nothers: []", [("GP201", "1:21"), ("GP205", "2:9")]),
    ],
)
def test_a_list_is_not_too_short_for_what_its_members_lack(text: str, expected: list[tuple[str, str]]) -> None:
    node, _ = parse(text, "a.md")
    assert node is not None
    _, found = read(Team, node, KEYS)
    assert sorted((each.code, str(each.span).removeprefix("a.md:")) for each in found) == expected


def test_all_mistakes_are_told() -> None:
    _, found = outcome("day: x\ncount: 9\nparts:\n  - {name: [], from: y}\n  - 3\nextra: 1\n")
    assert sorted(found) == [("GP201", "6:1"), ("GP202", "1:1"), ("GP203", "1:6"), ("GP203", "4:12"), ("GP203", "4:22"), ("GP205", "2:8")]


def test_long_values_are_cut_short() -> None:
    assert shown("一\n" * 100) == "`" + ("一 " * 20) + "…`"
    assert [shown(value) for value in (None, [], {})] == ["an empty value", "a list", "a mapping"]


@pytest.mark.parametrize("text", ["1_000", "1e3", "NaN", "Infinity", ".5", "1.", "", "１", "٣", "1" * 16, "--1", None, 1.5])
def test_not_a_decimal(text: object) -> None:
    assert decimal(text) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, places=5, min_value=-(10**15) + 1, max_value=10**15 - 1))
def test_decimals_are_read_as_written(number: Decimal) -> None:
    assert str(decimal(f" {number:f} ")) == f"{number:f}"


@given(st.text())
def test_any_text_is_a_finite_decimal_or_none(text: str) -> None:
    number = decimal(text)
    assert number is None or number.is_finite()


def test_an_alias_stands_for_one_key() -> None:
    with pytest.raises(ValueError, match="名称"):
        Keys.of({"name": ("名称",), "title": ("名称",)})
    assert KEYS("名称") == "name"
    assert KEYS("未知") == "未知"
    assert KEYS.aliases("name") == ["名称", "名稱"]


def test_schema_admits_aliases_for_required_keys() -> None:
    schema = json_schema(Outer, KEYS)
    assert schema["properties"]["标题"] == schema["properties"]["title"]
    assert schema["allOf"] == [{"anyOf": [{"required": ["title"]}, {"required": ["标题"]}, {"required": ["標題"]}]}]
    assert "required" not in schema
    assert schema["additionalProperties"] is False


class Odd(Model):
    """A whole with a constraint that genplan's own models have none of."""

    kind: Literal["a"]


def test_a_fault_that_has_no_words_of_its_own_is_told_in_pydantics() -> None:
    node, _ = parse("kind: b", "a.md")
    assert node is not None
    value, (found,) = read(Odd, node)
    assert value is None
    assert (found.code, str(found.span), found.message) == ("GP203", "a.md:1:7", "`b`: input should be 'a'")
    assert found.help == "docs/plan-reference.md lists what each key accepts"


def test_models_are_not_changed_and_hold_nothing_else() -> None:
    value, _ = outcome("title: 甲")
    assert value is not None
    with pytest.raises(ValueError, match="frozen"):
        value.title = "乙"  # type: ignore[misc]


def test_keys_are_those_written_and_not_the_names_they_have_in_the_code() -> None:
    assert told("{title: a, parts: [{name: b, from: 1}]}") == []
    ((code, message, advice),) = told("{title: a, parts: [{name: b, to: 1}]}")
    assert (code, message, advice) == ("GP201", "unknown key `to`", "the keys allowed here are: name, from")
