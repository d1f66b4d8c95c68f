"""What brand.yml says of headings, links, body text and paper reaches Word's styles, in the order that Word wants."""

from dataclasses import replace

import pytest
from docx_kit import NS, PALETTE, W, brand

from genplan.theme.brand import HeadingType, LinkType
from genplan.writers.docx.lettering import PARAGRAPH, RUN

COMMON = '<h1>甲</h1><h2>乙</h2><h3>丙</h3><p>丁<a href="https://example.com">戊</a></p>'
HEADINGS = ("Title", "heading 1", "heading 2", "heading 3")


def style(file, name: str):
    [found] = file.all(f"//w:style[w:name/@w:val='{name}']", "word/styles.xml")
    return found


def value(found, path: str, attribute: str = "val") -> str | None:
    [place] = found.findall(path, NS)
    return place.get(f"{W}{attribute}")


def in_order(found) -> bool:
    for tag, order in (("rPr", RUN), ("pPr", PARAGRAPH)):
        names = [child.tag.removeprefix(W) for properties in found.findall(f"w:{tag}", NS) for child in properties]
        known = [order.index(name) for name in names if name in order]
        if known != sorted(known):
            return False
    return True


def test_headings_follow(written, look):
    kind = HeadingType(400, "italic", 1.5, "#7a1f5c")
    file = written(COMMON, look=replace(look, brand=brand(headings=kind)))
    for name in HEADINGS:
        found = style(file, name)
        assert (value(found, "w:rPr/w:b"), value(found, "w:rPr/w:i"), value(found, "w:rPr/w:color")) == ("0", None, "7A1F5C")
        assert found.find("w:rPr/w:color", NS).get(f"{W}themeColor") is None
        points = int(value(found, "w:rPr/w:sz")) / 2
        assert value(found, "w:pPr/w:spacing", "line") == str(round(points * 1.5 * 20))
        assert value(found, "w:pPr/w:spacing", "lineRule") == "exact"
        assert in_order(found)
    assert value(style(file, "Heading 1 Char"), "w:rPr/w:color") == "7A1F5C"


@pytest.mark.parametrize(("weight", "bold"), [(300, "0"), (500, "0"), (600, None), (900, None)])
def test_word_knows_bold_and_regular(written, look, weight, bold):
    file = written(COMMON, look=replace(look, brand=brand(headings=HeadingType(weight=weight), link=LinkType(weight=weight))))
    assert value(style(file, "heading 1"), "w:rPr/w:b") == bold
    assert value(style(file, "Hyperlink"), "w:rPr/w:b") == bold


def test_what_the_brand_leaves_out_stays(written, look):
    plain, same = written(COMMON), written(COMMON, look=replace(look, brand=brand(headings=HeadingType(), link=LinkType())))
    assert plain.raw("word/styles.xml") == same.raw("word/styles.xml")
    assert plain.raw("word/settings.xml") == same.raw("word/settings.xml")


@pytest.mark.parametrize(
    ("decoration", "line", "strike"), [("none", "none", "0"), ("underline", "single", "0"), ("line-through", "none", None)]
)
def test_links_follow(written, look, decoration, line, strike):
    colors = PALETTE | {"link": "#006644"}
    file = written(COMMON, look=replace(look, brand=brand(colors=colors, link=LinkType(700, "#eeffee", decoration))))
    found = style(file, "Hyperlink")
    assert (value(found, "w:rPr/w:u"), value(found, "w:rPr/w:strike"), value(found, "w:rPr/w:color")) == (line, strike, "006644")
    assert value(found, "w:rPr/w:shd", "fill") == "EEFFEE"
    assert in_order(found)


def test_heavy_body_text(written, look):
    path = "//w:docDefaults/w:rPrDefault/w:rPr/w:b"
    assert not written(COMMON).all(path, "word/styles.xml")
    assert written(COMMON, look=replace(look, brand=brand(body_weight=700))).all(path, "word/styles.xml")


def test_paper_that_is_not_white(written, look):
    file = written(COMMON, look=replace(look, brand=brand(colors=PALETTE | {"background": "#fff8e7"})))
    assert file.all("/w:document/w:background/@w:color") == ["FFF8E7"]
    assert file.all("/w:settings/w:displayBackgroundShape", "word/settings.xml")
    assert not written(COMMON).all("/w:document/w:background")
