"""The quicker table of patterns reads the same trees."""

from xml.etree.ElementTree import Element, tostring

import pytest
from tinyhtml5 import inputstream

from genplan.theme.parsing import _Patterns, parse, parse_html
from genplan.theme.wellformed import parse_wellformed

PAGES = (
    "<!DOCTYPE html><html lang='zh-CN'><head><title>&amp; 目</title></head><body class=\"a b\" hidden data-x=''><p>甲<b>乙</b><br>丁</p>",
    "<p a=1 b='\"' c=\"'\" d>x<!-- y -- ><p>z--><table><tr><td>1<td>2</table><svg viewBox='0 0 1 1'><text x=1>&#20013;</text></svg>",
    "<ul><li>一<li>二</ul><textarea>\n<b></textarea><script>if (a < b) '</p>'</script><style>p > a</style><![CDATA[x]]>\r\n\0&no; &#x41",
    "<a\thref=x/y>\f<A HREF=z CLASS=Q>" + "长" * 20_000 + "<i>尾",
)


def shape(element: Element) -> bytes:
    return tostring(element, encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=range(len(PAGES)))
def test_trees_are_the_same(page: str, monkeypatch: pytest.MonkeyPatch):
    assert isinstance(inputstream.characters_until_regex, _Patterns)
    quick = shape(parse(page))
    monkeypatch.setattr(inputstream, "characters_until_regex", {})
    assert shape(parse(page)) == quick


PAGE = '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<title>目</title>\n</head>\n<body class="a">\n{0}\n</body>\n</html>\n'
WELL = (
    "",
    '<p>甲<br>乙&amp;<b>丙</b></p><img src="a.png" alt="a > b">',
    "<table>\n<colgroup><col style='x'></colgroup>\n<tbody>\n<tr><td>1</td>\n</tr></tbody></table>",
    '<table>\n<colgroup><col style="x">\n</colgroup>\n<tbody>\n<tr><td>1</td>\n</tr>\n</tbody></table>',
    '<svg viewBox="0 0 1 1" width="1mm"><title>x</title><text x="1">&lt;</text></svg>',
)
ODD = (
    *("<p>甲<div>乙</div></p>", "<table><tr><td>1</td></tr></table>", "<table>词<tbody></tbody></table>", "<p>甲", "<div/>", "&nbsp;"),
    *('<p title="a\nb">甲</p>', "<P>甲</P>", "<a href='x'><span><a>y</a></span></a>", "<svg viewbox='0 0 1 1'></svg>", "<!-- x -->", "\r"),
    *("<pre>\nx</pre>", "<h2>甲<h3>乙</h3></h2>", "<p hidden>甲</p>", "</body><p>后</p>", "<body>", "<select><p>x</p></select>", "&#128;"),
    *("<math></math>", "<p viewBox='x'>甲</p>"),
)


@pytest.mark.parametrize("body", [*WELL, *ODD])
def test_wellformed_pages_give_the_tree_of_an_html_parser_or_none(body: str):
    page = PAGE.format(body)
    tree = parse_wellformed(page)
    expected = parse_html(page)
    if body in WELL[1:2] + WELL[3:]:
        assert tree is not None
    if tree is not None:
        names = [element for element in expected.iter() if element.tag.startswith("{http://www.w3.org/2000/svg}")]
        for element in names:
            element.tag = element.tag.split("}")[1]
        assert shape(tree) == shape(expected)
    elif body in ODD:
        assert shape(parse(page)) == shape(expected)


@pytest.mark.parametrize("body", ODD)
def test_what_xml_reads_otherwise_is_left_to_the_html_parser(body: str):
    assert parse_wellformed(PAGE.format(body)) is None
