"""Contents list the headings that there are, and captions are numbered where there is something to tell apart."""

from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from languages_kit import schemes_of

from genplan.theme.contents import fill_contents, number_captions
from genplan.theme.numbering import number, read_schemes

NAV = '<nav class="toc" data-levels="{}" data-least="{}"><p class="toc-heading">目录</p></nav>'
TEXT = (
    '<main data-numbering="{}"><h2>目的</h2><p>文</p><h2>指标</h2><h3>定量 <strong>指标</strong></h3><h4>细</h4></main>'
    "<section><h2>签署</h2></section>"
)
LABELS = {"table": "表", "figure": "图"}


def tree(levels: int = 2, least: int = 1, scheme: str = "outline") -> Element:
    root = tinyhtml5.parse(f"<body>{NAV.format(levels, least)}{TEXT.format(scheme)}</body>", namespace_html_elements=False)
    number(root, schemes_of())
    fill_contents(root)
    return root


def lines(root: Element) -> list[tuple[str, str]]:
    return [(p.get("class", ""), "".join(p.itertext())) for nav in root.iter("nav") for p in nav]


def test_a_line_for_each_heading_of_the_levels_with_its_number() -> None:
    assert lines(tree()) == [
        ("toc-heading", "目录"), ("toc-1", "一、目的"), ("toc-1", "二、指标"), ("toc-2", "（一）定量 指标"), ("toc-1", "签署"),
    ]  # fmt: skip
    assert len(lines(tree(levels=1))) == 4
    assert lines(tree(scheme="regulation"))[1] == ("toc-1", "第一章　目的")


@pytest.mark.parametrize(("language", "first"), [("zh-CN", "第一章　目的"), ("zh-TW", "第一章　目的"), ("en", "Chapter 1\u2003目的")])
def test_the_number_of_a_chapter_stands_apart_in_every_language(language: str, first: str) -> None:
    html = f'<html lang="{language}"><body>{NAV.format(2, 1)}{TEXT.format("regulation")}</body></html>'
    root = tinyhtml5.parse(html, namespace_html_elements=False)
    number(root, schemes_of(language))
    fill_contents(root)
    assert lines(root)[1] == ("toc-1", first)


def test_a_gap_is_as_wide_as_the_script() -> None:
    """`Článek` is Western, though its letters are more than ASCII."""
    html = f"<body>{NAV.format(2, 1)}{TEXT.format('regulation')}</body>"
    root = tinyhtml5.parse(html, namespace_html_elements=False)
    number(root, read_schemes({"numbering.regulation.1": "decimal Článek %1"}))
    fill_contents(root)
    assert lines(root)[1] == ("toc-1", "Článek 1\u2003目的")


def test_lines_link_to_their_headings() -> None:
    root = tree()
    ids = {heading.get("id"): "".join(heading.itertext()) for heading in root.iter() if heading.get("id")}
    assert [ids[a.get("href", "")[1:]] for a in root.iter("a")] == ["目的", "指标", "定量 指标", "签署"]


@pytest.mark.parametrize(("least", "shown"), [(4, True), (5, False)])
def test_a_short_document_has_no_contents(least: int, *, shown: bool) -> None:
    root = tree(least=least)
    assert bool(lines(root)) == shown
    assert any(element.get("id") for element in root.iter()) == shown


def captions(body: str, labels: dict[str, str] = LABELS) -> list[str | None]:
    root = tinyhtml5.parse(f"<body>{body}</body>", namespace_html_elements=False)
    number_captions(root, labels)
    return [p.get("data-number") for p in root.iter("p")]


def test_tables_and_figures_are_counted_apart() -> None:
    caption, table, figure = "<p class=caption>题</p>", "<table><tr><td></table>", "<figure></figure>"
    assert captions(caption + table + figure + caption + caption + table) == ["表 1", "图 1", "表 2"]
    assert captions(f"<figure>{caption}</figure>{caption}{figure}{figure}{caption}{table}") == ["图 1", "图 2", "表 1"]


def test_one_caption_or_a_language_without_the_word_has_no_number() -> None:
    assert captions("<p class=caption>题</p><table></table>") == [None]
    assert captions("<p class=caption>题</p><p class=caption>题</p>", {"table": "", "figure": ""}) == [None, None]
