"""A plan's prose: Markdown becomes the vocabulary of the document tree, and nothing else."""

import re
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from hypothesis import given
from hypothesis import strategies as st

from genplan.theme.prose import to_html


def tree(markdown: str) -> Element:
    body = tinyhtml5.parse(f"<body>{to_html(markdown)}</body>", namespace_html_elements=False).find("body")
    assert body is not None
    return body


def text(markdown: str) -> str:
    return "".join(tree(markdown).itertext()).strip()


def tags(markdown: str) -> list[str]:
    return [str(element.tag) for element in tree(markdown).iter() if element.tag != "body"]


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "甲<b>乙</b>丙",
        "<!-- 注 -->",
        "<div>\n\n甲\n\n</div>",
        "&lt;b&gt;",
        "<?php x ?>",
        "<style>*{display:none}</style>",
    ],
)
def test_html_stays_text(html: str):
    assert set(tags(html)) <= {"p"}
    shown = text(html)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", html.replace("&lt;", "<").replace("&gt;", ">"))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "vbscript:x", "file:///etc/passwd", "data:text/html,x", "java\nscript:x"]
)
def test_dangerous_link_is_no_link(address: str):
    assert "a" not in tags(f"[甲]({address})")
    assert "甲" in text(f"[甲]({address})")


@pytest.mark.parametrize("address", ["https://example.com/", "http://example.com/", "mailto:hr@example.com"])
def test_link(address: str):
    assert next(tree(f"[甲]({address})").iter("a")).get("href") == address


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("社群\n运营", "社群运营"),
        ("社群，\n运营", "社群，运营"),
        ("社群\n**运营**", "社群运营"),
        ("**社群**\n运营", "社群运营"),
        ("**社群\n运营**", "社群运营"),
        ("“社群”\n运营", "“社群”运营"),
        ("社群——\n运营", "社群——运营"),
        ("one\ntwo", "one\ntwo"),
        ("“one”\n“two”", "“one”\n“two”"),
        ("社群\ntwo", "社群\ntwo"),
        ("one\n运营", "one\n运营"),
        ("1\n2", "1\n2"),
    ],
)
def test_line_break_between_chinese_characters_is_no_space(lines: str, joined: str):
    assert text(lines) == joined


def test_hard_break():
    assert tags("甲\\\n乙") == ["p", "br"]
    assert tags("甲  \n乙") == ["p", "br"]


@pytest.mark.parametrize(("mark", "tag"), [("##", "h3"), ("###", "h4"), ("####", "h4"), ("######", "h4")])
def test_heading_levels(mark: str, tag: str):
    assert tags(f"{mark} 标题") == [tag]


def test_heading_written_with_underline():
    assert tags("标题\n---") == ["h3"]


def test_emphasis():
    assert tags("**甲** *乙* `丙`") == ["p", "strong", "em", "span"]
    assert text("`<b>&`") == "<b>&"


def test_lists():
    assert tags("- 甲\n- 乙") == ["ul", "li", "li"]
    assert tags("1. 甲\n2. 乙\n   - 丙") == ["ol", "li", "li", "ul", "li"]


@pytest.mark.parametrize("markdown", ["1. 甲\n\n2. 乙", "- 甲\n\n- 乙\n\n\n- 丙"])
def test_items_hold_their_text_however_far_apart_they_were_written(markdown: str):
    assert set(tags(markdown)) == {"ol" if markdown[0] == "1" else "ul", "li"}


def test_paragraphs_of_one_item_are_lines():
    assert tags("1. 甲\n\n   乙\n2. 丙") == ["ol", "li", "br", "li"]


def test_quotation_is_a_callout():
    assert next(tree("> 甲").iter("div")).get("class") == "callout"
    assert tags("> 甲") == ["div", "p"]


def test_verbatim_text_keeps_its_lines():
    assert tags("```\na <b>\nc\n```") == ["p", "br"]
    assert text("```\na <b>\nc\n```") == "a <b>c"
    assert text("    x\n    y") == "xy"


def test_picture_alone_is_a_figure():
    assert tags("![图一](images/a.png)") == ["figure", "img"]
    image = next(tree("![图一](images/a.png)").iter("img"))
    assert (image.get("src"), image.get("alt")) == ("images/a.png", "图一")


def test_picture_in_a_line_stays_there():
    assert tags("见![图一](images/a.png)下") == ["p", "img"]


def test_alt_text_and_address_are_escaped():
    image = next(tree('![a"><script>](x"y.png)').iter("img"))
    assert image.get("alt") == 'a"><script>'
    assert "script" not in tags('![a"><script>](x"y.png)')


# Tables


def widths(markdown: str) -> list[int]:
    return [int(column.get("style", "")[len("width: ") : -1]) for column in tree(markdown).iter("col")]


def test_table():
    markdown = "| 甲 | 乙 | 丙 |\n|:--|:-:|--:|\n| 1 | 2 | 3 |"
    body = tree(markdown)
    assert [t.get("class") for t in body.iter("table")] == ["data"]
    assert [(c.get("scope"), c.get("class")) for c in body.iter("th")] == [("col", None), ("col", "center"), ("col", "number")]
    assert [c.get("class") for c in body.iter("td")] == [None, "center", "number"]


@pytest.mark.parametrize("rows", [["甲", "乙"], ["甲" * 100, "乙"], ["", ""], ["a", "b", "c", "d", "e", "f", "g"], ["甲"]])
def test_columns_make_the_whole_width(rows: list[str]):
    line = "|" + "|".join(rows) + "|\n"
    found = widths(line + "|" + "---|" * len(rows) + "\n" + line)
    assert sum(found) == 100
    assert min(found) > 0


@given(st.lists(st.lists(st.text("甲乙ab ", max_size=60), min_size=3, max_size=3), min_size=1, max_size=12))
def test_columns_of_any_table(rows: list[list[str]]):
    markdown = "|a|b|c|\n|-|-|-|\n" + "\n".join("|" + "|".join(row) + "|" for row in rows)
    found = widths(markdown)
    assert len(found) == 3
    assert sum(found) == 100
    assert min(found) > 0


def test_short_row_is_filled_and_long_one_cut():
    body = tree("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |")
    assert [len(list(row)) for row in body.iter("tr")] == [2, 2, 2]


def test_short_table_stays_on_one_page_and_a_long_one_does_not():
    assert next(tree("|a|\n|-|\n|1|").iter("div")).get("class") == "keep"
    assert next(tree("|a|\n|-|\n" + "|1|\n" * 20).iter("div")).get("class") is None


@given(st.text("#*_-`>|\\[]()!<>&\"'\n 甲a1.:", max_size=200))
def test_any_text_gives_known_elements(markdown: str):
    known = {"p", "h2", "h3", "h4", "ul", "ol", "li", "div", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td"}
    known |= {"strong", "em", "br", "a", "span", "img", "figure"}
    body = tree(markdown)
    assert {str(e.tag) for e in body.iter()} <= known | {"body"}
    for element in body.iter():
        assert not [name for name in element.keys() if name.startswith("on")]  # noqa: SIM118 - an element is no mapping
