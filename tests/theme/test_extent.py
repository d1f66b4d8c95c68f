"""Long documents have a title page, contents and a digest, in every format the same."""

from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

from genplan.theme.extent import fit_extent
from genplan.theme.theme import Theme

COVER = (
    '<section class="cover" data-pages="6"><figure class="cover-logo" data-pages="6"></figure>'
    '<p class="organization">单位</p><h1>标题</h1></section><nav class="toc" data-pages="6"></nav>'
    '<section class="digest" data-pages="3"></section>'
)
TITLE_PAGE = {"title-page", "title-page-title", "title-page-organization", "title-page-logo"}
PAGE = "<p>" + "字" * 1500 + "</p>"
"""Somewhat more than a page of text."""


def fitted(pages: int, theme: Theme, cover: str = COVER) -> Element:
    root = tinyhtml5.parse(f'<html lang="zh-CN"><body>{cover}<main>{PAGE * pages}</main></body></html>', namespace_html_elements=False)
    fit_extent(root, theme.brand)
    return root


def shown(root: Element) -> list[str]:
    return [name for element in root.iter() for name in element.get("class", "").split()]


@pytest.mark.parametrize(
    ("pages", "names"),
    [
        (1, {"cover", "organization"}),
        (3, {"cover", "organization", "digest"}),
        (7, {"cover", "organization", "digest", "toc", "cover-logo"} | TITLE_PAGE),
    ],
)
def test_what_a_document_of_so_many_pages_has(pages: int, names: set[str], theme: Theme):
    assert set(shown(fitted(pages, theme))) == names


def test_classes_of_a_title_page_come_before_the_others(theme: Theme):
    assert next(element.get("class") for element in fitted(7, theme).iter("p")) == "title-page-organization organization"


def test_what_states_no_number_stays_as_it_is(theme: Theme):
    cover = '<section class="cover" data-pages=""><h1>标题</h1></section><nav class="toc" data-pages="many"></nav>'
    assert shown(fitted(9, theme, cover)) == ["cover", "toc"]


def test_what_stays_counts_for_what_comes_after(theme: Theme):
    """A digest of two pages makes a document of five one of seven."""
    long = COVER.replace('data-pages="3"></section>', f'data-pages="3">{PAGE * 2}</section>')
    assert "title-page" not in shown(fitted(4, theme))
    assert "title-page" in shown(fitted(4, theme, long))
