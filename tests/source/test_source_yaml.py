"""YAML to nodes: places, what is refused, and that no text raises."""

from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from genplan.diagnostics import Span
from genplan.source import yaml as source
from genplan.source.frontmatter import split
from genplan.source.yaml import MAX_DEPTH, Mapping, Node, Scalar, Sequence, locate, merge, parse, plain

PARSERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]


@pytest.fixture(params=PARSERS, ids=lambda parser: parser.__name__)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the parser in Python, and with libyaml where it is installed: the two must agree."""
    monkeypatch.setattr(source, "_Loader", request.param)


def codes(text: str) -> list[str]:
    return [d.code for d in parse(text, "a.yml").diagnostics]


def data(text: str) -> object:
    node, found = parse(text, "a.yml")
    assert node is not None, found
    return plain(node).value


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("id: 0007", {"id": "0007"}),
        ("a: no", {"a": "no"}),
        ("a: 1.10", {"a": "1.10"}),
        ("a: 2026-07-01", {"a": "2026-07-01"}),
        ("a: [30%, '', ~, null, ]", {"a": ["30%", "", None, None]}),
        ("a:\nb: ''\nc: '~'", {"a": None, "b": "", "c": "~"}),
        ("a: # 备注", {"a": None}),
        ("a: >\n  一\n  二\n", {"a": "一 二\n"}),
        ('"<<": 1', {"<<": "1"}),
    ],
)
def test_scalars_stay_the_text_that_was_written(text: str, value: object) -> None:
    assert data(text) == value


@pytest.mark.usefixtures("parser")
def test_places_count_characters_from_the_first_line() -> None:
    node, found = parse("名称: 用户活跃度\n指标:\n  - {权重: 30%}\n", "a.md", first_line=2)
    assert not found
    assert isinstance(node, Mapping)
    (name, value), (_, items) = node.entries
    assert name.span == Span("a.md", 2, 1, 3)
    assert value.span == Span("a.md", 2, 5, 10)
    assert isinstance(items, Sequence)
    assert items.items[0].span == Span("a.md", 4, 5, 6)
    assert locate(node, ("指标", 0, "权重")) == Span("a.md", 4, 10, 13)
    assert locate(node, ("指标", 0, "权重"), key=True) == Span("a.md", 4, 6, 8)


def test_a_place_that_is_not_there_is_the_nearest_one_that_is() -> None:
    node, _ = parse("indicators:\n  - {name: 满意度}\n", "a.md")
    assert node is not None
    assert locate(node, ("indicators", 0, "ratio", "target")) == locate(node, ("indicators", 0))
    for number in (1, 5):
        assert locate(node, ("indicators", number)) == locate(node, ("indicators",))
    assert locate(node, ("grades",)) == node.span


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: [", "GP101"),
        ("? [a, b]\n: c", "GP101"),
        ("a: 1\n--- \nb: 2", "GP101"),
        ('a: "\\U00110000"', "GP101"),
        ("a: \x07", "GP101"),
        ("a: &x 1", "GP102"),
        ("- &x [1]\n- *x", "GP102"),
        ("<<: {a: 1}", "GP102"),
        ("a: !!set {b}", "GP102"),
        ("a: " + "[" * 5000, "GP104"),
        ("a: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "GP104"),
    ],
)
def test_what_is_refused(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "words"), [("- *x", "aliases"), ("- &x 1", "anchors"), ("- !x 1", "tags"), ("<<: 1", "merge keys"), ("- !!str a", "tags")]
)
def test_what_is_not_taken_is_named(text: str, words: str) -> None:
    (found,) = parse(text, "a.yml").diagnostics
    assert (found.code, found.message.split(" (")[0]) == ("GP102", words)


@pytest.mark.usefixtures("parser")
def test_a_second_document_is_told_where_it_starts() -> None:
    (found,) = parse("a: 1\n---\nb: 2\n", "a.yml").diagnostics
    assert (found.code, str(found.span), found.message) == ("GP101", "a.yml:2:1", "a second YAML document starts here")
    assert found.help == "keep only one document in the file"


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 1\n部门：市场部\nb: 2\n", "2:1", "not `key: value`"),
        ("- name:x\n  weight: 1\n", "2:9", "unexpected colon"),
        ("a: 比例: 30\n", "1:6", "unexpected colon"),
        ('a: "x\nb: 2\n', "1:4", "unclosed quote"),
        ("a: {b: 1\nc: 2\n", "1:4", "unclosed bracket"),
        ("a: [甲，乙\n", "1:4", "unclosed bracket"),
        ("a: *重要*\n", "1:4", "`*`"),
        ("a: &重要\n", "1:4", "`&`"),
        ("a: !重要\n", "1:4", "`!`"),
        ("a: >90\n", "1:4", "`>`"),
        ("a: @甲\n", "1:4", "a tab, or a character"),
        ("i:\n\t- n: x\n", "2:1", "a tab, or a character"),
        ('a: "新增"用户数\nb: 1\n', "1:8", "does not fit"),
        ("i:\n  - n: x\n   w: 1\n", "3:4", "does not fit"),
        ("a: - b\n", "1:4", "unexpected list entry"),
    ],
)
def test_common_slips_are_told_where_they_are(text: str, place: str, words: str) -> None:
    _, (found,) = parse(text, "a.yml")
    assert str(found.span) == f"a.yml:{place}"
    assert words in found.message


@pytest.mark.usefixtures("parser")
def test_a_character_that_yaml_does_not_take_is_told_in_one_line() -> None:
    (found,) = parse("a: \x07", "a.yml").diagnostics
    assert found.message.startswith("not valid YAML: ")
    assert found.message.endswith("characters are not allowed")


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="the parser in Python takes the tab for a space")
def test_a_tab_in_a_value_over_several_lines_is_told() -> None:
    (found,) = parse("i:\n  - a: b\n\tc: d\n", "a.yml").diagnostics
    assert (str(found.span), found.message, found.help) == ("a.yml:3:1", "not valid YAML: a tab in the indentation", "indent with spaces")


def test_deepest_that_is_read() -> None:
    assert codes("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []


def test_places_in_a_private_file_say_so() -> None:
    node, _ = parse("a: [1, {b: 2}]\n", "a.yml", private=True)
    assert all(span.private for span in spans(node))
    assert not any(span.private for span in spans(parse("a: [1, {b: 2}]\n", "a.yml").value))
    for text in ("a: [", "a: &x 1", 'a: "\\x07"', "a: 1\n---\nb: 2\n"):
        assert [each.span.private for each in parse(text, "a.yml", private=True).diagnostics] == [True], text


def test_a_character_written_as_an_escape_is_told_and_the_rest_is_read() -> None:
    node, (found,) = parse('a: "x\\x07y\\x08"\nb: "\\u8003\\t"\n', "a.md")
    assert node is not None
    assert (found.code, str(found.span), found.span.end_column) == ("GP006", "a.md:1:4", 16)
    assert found.message == "control character U+0007, written as an escape"
    assert found.help == "delete the escape: neither Word nor PDF can contain this character"
    assert plain(node).value == {"a": "x\x07y\x08", "b": "考\t"}


@pytest.mark.parametrize(
    ("text", "place", "advice"),
    [
        ("a: 1\n---\nb: 2\n", "2:1", "keep only one document in the file"),
        ("? [a]\n: c", "1:3", "quote the key if it starts with [ or {"),
        ("<<: {a: 1}", "1:1", "write out the keys"),
        ("a: !x 1", "1:4", "remove it; quote text that starts with `!`"),
        ("a: &x 1", "1:4", "write the value out where it is used; quote text that starts with * or &"),
        ("a: " + "[" * 33 + "]" * 33, "1:36", "look for unclosed brackets, and write lists as lines that start with `- `"),
    ],
)
def test_what_is_refused_has_its_place_and_its_cure(text: str, place: str, advice: str) -> None:
    node, (found,) = parse(text, "a.md")
    assert node is None
    assert (str(found.span), found.help) == (f"a.md:{place}", advice)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("--- a\n... 密码\n", {"did not find expected <document start>", "expected …"}),
        ("%YAML 1.密\n---\na: 1\n", {"did not find expected version number", "expected a digit, but found …"}),
        ("%YAML 1.1\n%YAML 1.1\n---\na: 1\n", {"found duplicate %YAML directive", "found duplicate YAML directive"}),
    ],
)
def test_a_rare_complaint_is_told_without_what_it_quotes(text: str, messages: set[str]) -> None:
    (found,) = parse(text, "a.yml").diagnostics
    assert found.message.removeprefix("not valid YAML: ") in messages
    assert found.help.startswith("check the indentation and the colon after each key; quote values")


@pytest.mark.parametrize(
    ("text", "most", "code", "words"),
    [
        ("[a, b, c, [", 100, "GP101", "expected the node content"),
        ("[a, b, c, [", 3, "GP101", "exceeded max depth"),  # the closer look gives up
        ("[" * 34, 100, "GP104", "nested more than 32 levels deep"),
    ],
)
def test_a_parser_that_gives_up_for_depth_is_not_believed_at_once(
    text: str, most: int, code: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Shallow(source._Loader):
        """A parser that complains before it gives any event, as some releases of libyaml do."""

        def check_event(self, *_: object) -> bool:
            raise yaml.parser.ParserError(None, None, "exceeded max depth", yaml.Mark("a.yml", len(text), 0, len(text), None, None))

    monkeypatch.setattr(source, "_Loader", Shallow)
    monkeypatch.setattr(source, "_FEW_NODES", most)
    monkeypatch.setattr(source, "_may_be_too_deep", lambda *_: True)
    (found,) = parse(text, "a.yml").diagnostics
    assert found.code == code
    assert words in str(found.message)


@pytest.mark.parametrize(("text", "deep"), [("[" * 33, True), ("[" * 32, False), ("[{" * 20 + "]" * 8, False), ("[{" * 20 + "]" * 7, True)])
def test_what_may_be_too_deep_has_more_than_32_brackets_open(text: str, deep: bool) -> None:  # noqa: FBT001 - of the table
    def error(at: int) -> Exception:
        return yaml.parser.ParserError(None, None, "", yaml.Mark("a.yml", at, 0, at, None, None))

    assert source._may_be_too_deep(error(len(text)), text) == deep
    assert not source._may_be_too_deep(error(256 * 1024 + 1), text)
    assert source._may_be_too_deep(error(256 * 1024), "[" * 256 * 1024)
    assert not source._may_be_too_deep(ValueError(), text)


@pytest.mark.usefixtures("parser")
def test_no_more_values_are_read_than_there_may_be() -> None:
    few = source._compose("[a, b]", Span("a.yml"), source._Loader, most=3)  # the list is one of them
    assert few.diagnostics == []
    (found,) = source._compose("[a, b]", Span("a.yml"), source._Loader, most=2).diagnostics
    assert (found.code, found.message, str(found.span)) == ("GP010", "more than 200000 keys and values", "a.yml:1:5")
    assert found.help == "check that this is the right file; keep results of that many people in CSV or a workbook"


def test_a_mapping_is_laid_over_another_key_by_key() -> None:
    under, over = (
        parse(text, file).value for text, file in (("a: 1\nb: {c: 2, d: [3]}\ne: {f: 4}\n", "u"), ("b: {d: [5], g: 6}\ne: 7\nh: 8\n", "o"))
    )
    assert isinstance(under, Mapping)
    assert isinstance(over, Mapping)
    both = merge(under, over)
    assert plain(both).value == {"a": "1", "b": {"c": "2", "d": ["5"], "g": "6"}, "e": "7", "h": "8"}
    assert both.span == under.span
    assert [key.span.file for key, _ in both.entries] == ["u", "o", "o", "o"]
    assert locate(both, ("b", "c")).file == "u"
    assert locate(both, ("b", "d", 0)).file == "o"


def test_key_twice_by_any_of_its_names() -> None:
    node, _ = parse("weight: 30%\n权重: 20%\nweight: 10%\n", "a.md")
    assert node is not None
    value, found = plain(node, lambda key: "weight" if key == "权重" else key)
    assert value == {"weight": "30%"}
    assert [(d.code, d.span.line, d.related[0].span.line) for d in found] == [("GP103", 2, 1), ("GP103", 3, 1)]
    assert [d.message for d in found] == ["key `权重` appears twice (`weight` means the same)", "key `weight` appears twice"]
    assert {(d.help, d.related[0].note) for d in found} == {("keep one of them", "first occurrence")}


yaml_text = st.text(st.one_of(st.sampled_from("-:#&*!|>'\"{}[],?%@` \n\tab键值0"), st.characters(exclude_categories=())), max_size=60)


@given(yaml_text)
def test_any_text_is_read_or_refused(text: str) -> None:
    node, found = parse(text, "a.yml")
    if node is not None:
        assert not found
        plain(node)


def spans(node: Node | None) -> Iterator[Span]:
    if node is None:
        return
    yield node.span
    inner = [each for entry in node.entries for each in entry] if isinstance(node, Mapping) else getattr(node, "items", ())
    for each in inner:
        yield from spans(each)


@pytest.mark.usefixtures("parser")
def test_what_ends_too_soon_is_told_where_it_ends() -> None:
    _, (found,) = parse("a: 1\nb: [[", "a.md", first_line=2)
    assert found.span == Span("a.md", 3, 6)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "[[[[",
        "a: [",
        "a: [\n",
        "a: [1,\n\n",
        "- a\n-",
        "a:\n\n",
        "?",
        'a: "',
        "%",
        "a: >\n",
        "{a: ",
        "!",
        "- |\n  x\n\n",
        "a: 'b\n\n",
    ],
)
def test_no_place_is_beyond_the_text(text: str) -> None:
    places_inside(text)


@pytest.mark.usefixtures("parser")
def test_lines_are_those_of_editors() -> None:
    node, _ = parse("a: 1\u20282\x853\u2029\nb: 4\n", "a.yml")
    assert isinstance(node, Mapping)
    assert [key.span for key, _ in node.entries] == [Span("a.yml", 1, 1, 2), Span("a.yml", 2, 1, 2)]


@given(yaml_text)
def test_no_place_is_beyond_any_text(text: str) -> None:
    places_inside(text.replace("\r", "\n"))


def places_inside(text: str) -> None:
    lines = text.removesuffix("\n").split("\n")
    node, found = parse(text, "a.yml")
    for span in [*(diagnostic.span for diagnostic in found), *spans(node)]:
        assert 1 <= span.line <= len(lines), span
        width = len(lines[span.line - 1]) + 1
        assert span.column is None or 1 <= span.column <= width, span
        assert span.end_column is None or span.column < span.end_column <= width, span


values = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("键值abc", min_size=1), inner, max_size=3),
    max_leaves=12,
)


@given(values)
def test_what_is_written_quoted_is_read_back(value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_style='"')
    node, found = parse(text, "a.yml")
    assert not found
    assert node is not None
    assert plain(node).value == value


@given(st.text(st.sampled_from("-ab: \n键"), max_size=40))
def test_front_matter_and_prose_are_the_whole_file(text: str) -> None:
    parts, found = split(text, "a.md")
    assert (parts is None) == bool(found)
    if parts is not None:
        lines = text.split("\n")
        assert parts.body == "\n".join(lines[parts.body_line - 1 :])
        assert lines[parts.body_line - 2].rstrip() == "---"


def test_a_scalar_as_a_whole_document() -> None:
    node, _ = parse("考核方案", "a.yml")
    assert node == Scalar("考核方案", quoted=False, span=Span("a.yml", 1, 1, 5))
