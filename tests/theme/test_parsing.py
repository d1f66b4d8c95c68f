"""The quicker table of patterns reads the same trees."""

from xml.etree.ElementTree import Element, tostring

import pytest
from tinyhtml5 import inputstream

from generator.theme.parsing import _Patterns, parse

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
