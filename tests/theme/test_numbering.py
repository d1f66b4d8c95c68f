"""Numbers of headings, articles and lists: what they read, where they restart, and where there are none."""

from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from hypothesis import given
from hypothesis import strategies as st
from languages_kit import schemes_of

from genplan.theme.numbering import LEVELS, chinese, number, read_level

TABLE = {
    1: "一",
    2: "二",
    9: "九",
    10: "十",
    11: "十一",
    19: "十九",
    20: "二十",
    21: "二十一",
    30: "三十",
    99: "九十九",
    100: "一百",
    101: "一百零一",
    109: "一百零九",
    110: "一百一十",
    111: "一百一十一",
    120: "一百二十",
    200: "二百",
    305: "三百零五",
    999: "九百九十九",
    1000: "一千",
    1001: "一千零一",
    1010: "一千零一十",
    1011: "一千零一十一",
    1100: "一千一百",
    1101: "一千一百零一",
    1110: "一千一百一十",
    2000: "二千",
    2005: "二千零五",
    2050: "二千零五十",
    2500: "二千五百",
    9009: "九千零九",
    9090: "九千零九十",
    9999: "九千九百九十九",
    10_000: "一万",
    10_001: "一万零一",
    10_010: "一万零一十",
    10_110: "一万零一百一十",
    11_000: "一万一千",
    12_034: "一万二千零三十四",
    100_000: "十万",
    110_000: "十一万",
    1_000_000: "一百万",
    10_000_000: "一千万",
    99_999_999: "九千九百九十九万九千九百九十九",
}


@pytest.mark.parametrize(("count", "text"), TABLE.items())
def test_chinese(count: int, text: str):
    assert chinese(count) == text


@pytest.mark.parametrize("count", [0, -1, 100_000_000])
def test_chinese_has_bounds(count: int):
    with pytest.raises(ValueError, match=str(count)):
        chinese(count)


def read(text: str) -> int:
    """Read a Chinese count back, in another way than it was written."""
    total, digit = 0, 0
    if "万" in text:
        high, _, low = text.partition("万")
        return read(high) * 10_000 + read(low)
    for character in text:
        if character in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(character)
    return total + digit


@given(st.integers(1, 99_999_999))
def test_chinese_reads_back(count: int):
    text = chinese(count)
    assert read(text) == count
    assert "零零" not in text
    assert not text.endswith("零")


def numbered(html: str, numbering: str = "outline") -> list[tuple[str, str]]:
    """The numbers of a text, each with the text that follows it."""
    tree = tree_of(f'<main data-numbering="{numbering}">{html}</main>')
    return [(e.get("data-number", ""), (e.text or "").strip()) for e in tree.iter() if e.get("data-number") is not None]


def tree_of(html: str) -> Element:
    tree = tinyhtml5.parse(f"<body>{html}</body>", namespace_html_elements=False)
    number(tree, schemes_of())
    return tree


def numbers(html: str, numbering: str = "outline") -> list[str]:
    return [number for number, _ in numbered(html, numbering)]


def test_outline():
    html = "<h2>a</h2><h3>b</h3><h4>c</h4><h4>d</h4><h3>e</h3><h4>f</h4><h2>g</h2><h3>h</h3>"
    assert numbers(html) == ["一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）"]


def test_articles_run_on_across_chapters():
    html = (
        '<h2>总则</h2><p class="article">a</p><p class="article">b</p><ol class="items"><li>x</li><li>y</li></ol>'
        '<h2>附则</h2><p class="article">c</p><ol class="items"><li>z</li></ol>'
    )
    assert numbers(html, "regulation") == ["第一章", "第一条", "第二条", "（一）", "（二）", "第二章", "第三条", "（一）"]


def test_sections_start_again_in_each_chapter_and_articles_do_not():
    html = (
        '<h2>甲</h2><h3>子</h3><h4 class="article">a</h4><p>文</p><ol class="items"><li>x</li></ol><p class="article">b</p><h3>丑</h3>'
        '<h4 class="article">c</h4><h2>乙</h2><h4 class="article">d</h4><h3>寅</h3><p class="article">e</p>'
    )
    assert numbers(html, "regulation") == [
        "第一章", "第一节", "第一条", "（一）", "第二条", "第二节", "第三条", "第二章", "第四条", "第一节", "第五条",
    ]  # fmt: skip


def test_clauses():
    html = '<h2>甲</h2><h3>子</h3><h4>a</h4><ol class="clauses"><li>x<ol class="clauses"><li>y</li></ol></li><li>z</li></ol>'
    assert numbers(html) == ["一、", "（一）", "1.", "（1）", "1)", "（2）"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-TW", ["第一章", "第一節", "第一條", "一、", "（一）"]),
        ("en", ["Chapter 1", "Section 1", "Article 1", "(1) ", "1."]),
    ],
)
def test_regulations_in_other_languages(language: str, expected: list[str]):
    items = '<ol class="items"><li>x<ol class="items"><li>y</li></ol></li></ol>'
    html = f'<main data-numbering="regulation"><h2>甲</h2><h3>子</h3><h4 class="article">a</h4>{items}</main>'
    tree = tinyhtml5.parse(f'<html lang="{language}"><body>{html}</body></html>', namespace_html_elements=False)
    number(tree, schemes_of(language))
    assert [e.get("data-number") for e in tree.iter() if e.get("data-number")] == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-CN", ["第一章", "第一节", "第一条", "第二条", "第二章", "第三条", "第一节", "第四条"]),
        ("zh-TW", ["第一章", "第一節", "第一條", "第二條", "第二章", "第三條", "第一節", "第四條"]),
        ("en", ["Chapter 1", "Section 1", "Article 1", "Article 2", "Chapter 2", "Article 3", "Section 1", "Article 4"]),
    ],
)
def test_articles_run_on_in_every_language_and_sections_do_not(language: str, expected: list[str]):
    html = (
        '<main data-numbering="regulation"><h2>甲</h2><h3>子</h3><h4 class="article">a</h4><p class="article">b</p>'
        '<h2>乙</h2><p class="article">c</p><h3>丑</h3><h4 class="article">d</h4></main>'
    )
    tree = tinyhtml5.parse(f'<html lang="{language}"><body>{html}</body></html>', namespace_html_elements=False)
    number(tree, schemes_of(language))
    assert [e.get("data-number") for e in tree.iter() if e.get("data-number")] == expected


def test_each_list_starts_again():
    assert numbers("<ol><li>a</li><li>b</li></ol><p>x</p><ol><li>c</li></ol>") == ["1.", "2.", "1."]


def test_nested_lists():
    html = "<ol><li>a<ol><li>b</li><li>c<ol><li>d</li></ol></li></ol></li><li>e<ol><li>f</li></ol></li></ol>"
    assert numbers(html) == ["1.", "（1）", "（2）", "1)", "2.", "（1）"]
    assert numbers("<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>") == ["•", "–", "·"]


def test_list_inside_one_of_another_kind_counts_by_itself():
    html = "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"
    tree = tree_of(f"<main>{html}</main>")
    items = list(tree.iter("li"))
    assert [i.get("data-number") for i in items] == ["1.", "•", "2."]
    assert items[0].get("data-instance") == items[2].get("data-instance") != items[1].get("data-instance")


def test_list_deeper_than_its_scheme_starts_again():
    html = "<ol><li>1<ol><li>2<ol><li>3<ol><li>4</li></ol></li></ol></li></ol></li></ol>"
    assert numbers(html) == ["1.", "（1）", "1)", "1."]


def test_two_lists_in_one_item_do_not_run_on():
    html = "<ol><li>a<ol><li>b</li></ol></li><li>c<ol><li>d</li></ol></li></ol>"
    assert numbers(html) == ["1.", "（1）", "2.", "（1）"]


def test_unnumbered_heading_and_those_below_it():
    html = '<h2>a</h2><h2 class="unnumbered">b</h2><h3>c</h3><h4>d</h4><h2>e</h2><h3>f</h3>'
    assert numbered(html) == [("一、", "a"), ("二、", "e"), ("（一）", "f")]


def test_unnumbered_heading_of_a_lower_level():
    html = '<h2>a</h2><h3 class="unnumbered">b</h3><h4>c</h4><h3>d</h3>'
    assert numbered(html) == [("一、", "a"), ("（一）", "d")]


def test_lists_below_an_unnumbered_heading_count():
    assert numbers('<h2 class="unnumbered">b</h2><ol><li>c</li></ol>') == ["1."]


def test_unnumbered_list():
    assert numbers('<ol class="unnumbered"><li>a</li></ol><ol><li>b</li></ol>') == ["1."]


def test_headings_inside_groups_count_with_the_others():
    html = '<section><h2>a</h2><div class="keep"><h2>b</h2></div></section><h2>c</h2>'
    assert numbers(html) == ["一、", "二、", "三、"]


def test_headings_outside_main_have_no_number():
    tree = tree_of("<section><h2>x</h2><ol><li>a</li></ol></section><main data-numbering='outline'><h2>y</h2></main>")
    assert [e.get("data-number") for e in tree.iter("h2")] == [None, "一、"]


def test_main_without_a_scheme_numbers_lists_only():
    tree = tree_of("<main><h2>x</h2><p class='article'>p</p><ol><li>a</li></ol></main>")
    assert [e.get("data-number") for e in tree.iter() if e.tag in {"h2", "p", "li"}] == [None, None, "1."]


def test_what_is_written_onto_an_element():
    tree = tree_of("<main data-numbering='outline'><h2>a</h2><h3>b</h3></main>")
    heading = next(tree.iter("h3"))
    assert {name: heading.get(name) for name in ("data-number", "data-list", "data-level", "data-instance")} == {
        "data-number": "（一）",
        "data-list": "outline",
        "data-level": "1",
        "data-instance": "1",
    }


def test_lists_in_table_cells_count():
    html = "<table><tbody><tr><td><ol><li>a</li><li>b</li></ol></td></tr></tbody></table>"
    assert numbers(html) == ["1.", "2."]


def test_every_scheme_has_three_levels_at_most():
    assert all(1 <= depth <= 3 for depth in LEVELS.values())


@pytest.mark.parametrize(
    ("text", "level", "read"),
    [
        ("chinese 第%1章", 1, ("chinese", "第%1章")),
        ("decimal %1.%2 ", 2, ("decimal", "%1.%2 ")),
        ("bullet •", 1, ("bullet", "•")),
        ("decimal Abschnitt", 2, None),
        ("decimal %1.", 2, None),
        ("decimal %1.%2", 1, None),
        ("bullet %1", 1, None),
        ("roman %1.", 1, None),
        ("decimal", 1, None),
        ("", 1, None),
    ],
)
def test_how_a_level_is_written(text: str, level: int, read: tuple[str, str] | None):
    assert read_level(text, level) == read
