"""Contents are Word's own, filled in; captions are counted by Word's fields."""

import re

from docx_kit import W, Written, document, text_of

from genplan.theme.contents import fill_contents, number_captions
from genplan.writers.docx import write

NAV = '<nav class="toc" data-levels="2" data-least="1"><p class="toc-heading">目录</p></nav>'
LONG = "<p>" + "考核结果以评分表为准。" * 90 + "</p>"


def build(look, html):
    made = document(f"<body>{NAV}<main data-numbering=outline>{html}</main></body>")
    fill_contents(made.tree)
    number_captions(made.tree, {"table": "表", "figure": "图"})
    data, found = write(made, look)
    return Written(data or b"", found)


def test_contents_are_a_field_that_word_can_update(look):
    file = build(look, f"<h2>目的</h2>{LONG}<h3>范围</h3>{LONG}<h2>指标</h2><h4>细</h4>")

    assert not file.diagnostics
    assert file.all("//w:sdt/w:sdtPr/w:docPartObj/w:docPartGallery/@w:val") == ["Table of Contents"]
    codes = [code.text.strip() for code in file.all("//w:instrText")]
    assert codes[0] == 'TOC \\o "1-2" \\h \\z'
    kinds = [mark.get(f"{W}fldCharType") for mark in file.all("//w:sdtContent//w:fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == 4
    assert kinds[0] == "begin"
    assert kinds[-1] == "end"
    assert file.paragraphs("Toc1") == ["一、目的\t1", "二、指标\t2"]
    assert [re.sub(r"\d", "", line) for line in file.paragraphs("Toc2")] == ["（一）范围\t"]


def test_lines_lead_to_bookmarks_at_the_headings(look):
    file = build(look, "<h2>目的</h2><h2>指标</h2>")

    marks = {start.get(f"{W}name"): text_of(start.getparent()) for start in file.all("//w:bookmarkStart")}
    assert [marks[name] for name in file.all("//w:hyperlink/@w:anchor")] == ["目的", "指标"]
    assert [code.text.split()[1] for code in file.all("//w:instrText") if "PAGEREF" in code.text] == list(marks)
    assert len(set(file.all("//w:bookmarkStart/@w:id"))) == len(marks) == len(file.all("//w:bookmarkEnd"))


def test_pages_go_up_with_the_text(look):
    file = build(look, "".join(f"<h2>甲{at}</h2>{LONG}" for at in range(8)))

    pages = [int(line.rpartition("\t")[2]) for line in file.paragraphs("Toc1")]
    assert pages == sorted(pages)
    assert pages[0] == 1
    assert 5 <= pages[-1] <= 6


def test_captions_are_counted_by_a_field(look):
    table = "<table class=data><tr><td>1</td></tr></table>"
    file = build(look, f"<h2>甲</h2><p class=caption>权重</p>{table}<p class=caption>标准</p>{table}")

    assert file.paragraphs("Caption") == ["表 1　权重", "表 2　标准"]
    assert [code.text.strip() for code in file.all("//w:p[w:pPr/w:pStyle/@w:val='Caption']//w:instrText")] == ["SEQ 表 \\* ARABIC"] * 2
    assert file.all("//w:tblCaption/@w:val") == ["表 1 权重", "表 2 标准"]
