"""Nothing of the tree is lost, and white space collapses as in the PDF."""

import pytest
from docx_kit import NS, W, Written, document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genplan.writers.docx import write

TEXT = st.text(alphabet="考核“”…—a 1\n\t<&>\"'　%", min_size=0, max_size=12)


def wrap(tag):
    return lambda inner: f"<{tag}>{inner}</{tag.split()[0]}>"


def joined(children):
    return st.lists(children, max_size=4).map("".join)


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


INLINE = st.recursive(
    TEXT.map(escaped) | st.just("<br>"),
    lambda inner: st.sampled_from(["strong", "em", "span class=nowrap", "span class=muted", 'a href="https://example.com"']).flatmap(
        lambda tag: joined(inner).map(wrap(tag))
    ),
    max_leaves=6,
)
PARAGRAPH = joined(INLINE).map(wrap("p")) | joined(INLINE).map(wrap("p class=note")) | joined(INLINE).map(wrap("h3"))
ITEMS = joined(INLINE).map(wrap("li"))
LIST = st.tuples(st.sampled_from(["ul", "ol", "ol class=items"]), joined(ITEMS)).map(lambda pair: wrap(pair[0])(pair[1]))
CELLS = joined(st.one_of(joined(INLINE), PARAGRAPH, LIST).map(wrap("td")))
TABLE = joined(CELLS.map(wrap("tr"))).map(wrap("table class=data"))
BLOCK = st.recursive(
    st.one_of(PARAGRAPH, LIST, TABLE, joined(INLINE)),
    lambda inner: st.sampled_from(["div", "section", "div class=callout", "div class=keep"]).flatmap(
        lambda tag: joined(inner).map(wrap(tag))
    ),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(html=joined(BLOCK))
def test_all_text_of_a_tree_is_in_the_file_in_its_order(written, html):
    # Text is compared without its white space: where that collapses is the next test's.
    expected = "".join("".join(document(f"<main>{html}</main>").tree.find("body").itertext()).split())

    assert "".join(written(html).text.split()) == expected


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>  考核\n 方案\t</p>", "考核 方案"),
        ("<p>考核\n方案</p>", "考核 方案"),
        ("<p>甲 <strong> 乙 </strong> 丙</p>", "甲 乙 丙"),
        ("<p>甲<strong> 乙</strong></p>", "甲 乙"),
        ("<p>甲 <br> 乙</p>", "甲\n乙"),
        ("<p>甲　乙</p>", "甲　乙"),
        ("<p>甲&nbsp; 乙</p>", "甲\u00a0 乙"),
        ('<p>甲 <a href="https://a.example"> 乙 </a> 丙</p>', "甲 乙 丙"),
        ("<p> <em> </em> 甲</p>", "甲"),
        ("<p>甲<!-- 注 --> 乙</p>", "甲 乙"),
        ('<p>约 <span class="nowrap">31 日</span></p>', "约 31\u00a0日"),
    ],
)
def test_white_space_collapses_as_in_the_pdf(written, html, text):
    assert written(html).paragraphs("BodyText") == [text]


def test_text_between_blocks_becomes_a_paragraph(written):
    file = written("<div>前<p>中</p>后<strong>面</strong></div>")

    assert file.paragraphs("BodyText") == ["前", "中", "后面"]


def test_markup_in_text_is_text(written):
    hostile = "</w:t></w:r><w:p/> & ]]> &amp; \" '"
    file = written(f"<p>{escaped(hostile)}</p>", title=hostile, author='"<&>')

    assert file.paragraphs("BodyText") == [hostile]
    assert file.part("docProps/core.xml").findtext("{http://purl.org/dc/elements/1.1/}title") == hostile


def test_characters_that_xml_cannot_hold_do_not_break_the_file(look):
    tree = document("<main><p>x</p></main>")
    tree.tree.find("body/main/p").text = "甲\x00\x0b\ud800\ufffe乙"

    assert Written(*write(tree, look)).paragraphs("BodyText") == ["甲\ufffd\ufffd\ufffd\ufffd乙"]


def test_chinese_runs_ask_for_the_chinese_font(written):
    file = written("<p>“abc”</p><p>abc</p>")

    chinese, latin = file.all("//w:r")
    assert chinese.find("w:rPr/w:rFonts", NS).get(f"{W}hint") == "eastAsia"
    assert latin.find("w:rPr", NS) is None


def test_quotes_of_an_english_document_stay_latin(written):
    assert not written("<p>“abc”</p>", language="en").all("//w:r/w:rPr")


def test_emphasis_is_a_style(written):
    file = written("<p>甲<strong>乙</strong><em>丙</em><strong><em>丁</em></strong></p>")

    assert file.all("//w:rStyle/@w:val") == ["Strong", "Emphasis", "Emphasis"]
    assert [len(run.findall("w:rPr/w:b", NS)) for run in file.all("//w:r")] == [0, 0, 0, 1]


def test_strong_text_in_bold_paragraphs_is_not_made_light(written):
    # Bold styles toggle: Strong within a bold heading would come out light.
    file = written("<h2>甲<strong>乙</strong></h2><table class=data><thead><tr><th><strong>丙</strong></th></tr></thead></table>")

    assert not file.all("//w:rStyle")


def test_a_blank_is_underlined_space(written):
    file = written('<p>日期：<span class="blank"></span>止</p>')

    blank = file.all("//w:r[w:rPr/w:rStyle/@w:val='Blank']/w:t/text()")
    assert "".join(blank).strip() == ""
    assert len("".join(blank)) > 8


def test_links_are_relationships_kept_once(written):
    file = written(
        '<p><a href="https://a.example/?b=1&amp;c=“2”">甲</a><a href="mailto:a@b.example">乙</a><a href="mailto:a@b.example">丙</a></p>'
    )

    targets = {r.get("Id"): r.get("Target") for r in file.part("word/_rels/document.xml.rels") if r.get("TargetMode") == "External"}
    assert list(targets.values()) == ["https://a.example/?b=1&c=%E2%80%9C2%E2%80%9D", "mailto:a@b.example"]
    ids = [link.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id") for link in file.all("//w:hyperlink")]
    assert [targets[id_] for id_ in ids] == [*targets.values(), "mailto:a@b.example"]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "file:///etc/passwd", "#a", "", "http://", "https://[::1", "https://a:b/", "mailto:"]
)
def test_other_links_are_text_and_reported(written, href):
    file = written(f'<p><a href="{href}">甲</a></p>')

    assert [d.code for d in file.diagnostics] == ["GP606"]
    assert file.text == "甲"
    assert not file.all("//w:hyperlink")


@pytest.mark.parametrize("html", ["<blockquote>甲</blockquote>", "<p><code>甲</code></p>", "<h5>甲</h5>", "<dl><dt>甲</dt></dl>"])
def test_elements_outside_the_vocabulary_are_errors(written, html):
    file = written(html)

    assert {d.code for d in file.diagnostics} == {"GP601"}
    assert html.strip("<p").split(">")[0].strip("</") in file.diagnostics[0].message
    assert file.data == b""


def test_an_element_is_reported_once(written):
    assert len(written("<p><code>甲</code><code>乙</code></p>").diagnostics) == 1
