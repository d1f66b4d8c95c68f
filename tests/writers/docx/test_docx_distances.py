"""Lines are as high as their style says, whatever the face, and rows as high as in the PDF, whatever Word adds to them."""

from test_docx_brand import edit

STYLE = '<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{properties}</w:style></w:styles>'
PICTURE = '<p>甲 <img src="images/logo.png" alt="图"></p>'


def spacing(file, style, attribute, part="word/styles.xml"):
    return file.all(f"string(//w:style[w:name/@w:val='{style}']/w:pPr/w:spacing/@w:{attribute})", part)


def test_lines_are_exactly_as_high_as_stated(written):
    file = written("<p>甲</p>")
    assert file.all("//w:pPrDefault/w:pPr/w:spacing/@w:lineRule", "word/styles.xml") == ["exact"]
    assert file.all("//w:pPrDefault/w:pPr/w:spacing/@w:line", "word/styles.xml") == ["336"]
    assert file.all("//w:spacing[@w:lineRule='atLeast']/ancestor::w:style/w:name/@w:val", "word/styles.xml") == ["Figure"]


def test_no_line_is_lower_than_its_text(written, look, tmp_path):
    huge = STYLE.format(name="Huge", properties='<w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="72"/></w:rPr>')
    file = written("<p class=huge>甲</p>", look=edit(look, tmp_path, styles=[("</w:styles>", huge)]))
    assert (spacing(file, "Huge", "line"), spacing(file, "Huge", "lineRule")) == ("864", "exact")


def test_a_multiple_stays_as_its_author_wants_it(written, look, tmp_path):
    wide = STYLE.format(name="Wide", properties='<w:pPr><w:spacing w:line="480" w:lineRule="auto"/></w:pPr>')
    file = written("<p class=wide>甲</p>", look=edit(look, tmp_path, styles=[("</w:styles>", wide)]))
    assert (spacing(file, "Wide", "line"), spacing(file, "Wide", "lineRule")) == ("480", "auto")


def test_a_line_with_a_picture_grows(written):
    file = written(PICTURE + "<p>乙</p>")
    first, second = file.all("//w:body/w:p")[:2]
    space = first.find("w:pPr/w:spacing", first.nsmap)
    assert dict(zip(("line", "rule"), space.values(), strict=True)) == {"line": "336", "rule": "atLeast"}
    assert second.find("w:pPr/w:spacing", second.nsmap) is None


def test_a_line_with_a_picture_keeps_its_distance_to_a_table(written):
    file = written(PICTURE + "<table class=data><tr><td>乙</td></tr></table>")
    assert file.all("//w:body/w:p[1]/w:pPr/w:spacing/@*") == ["336", "atLeast", "140"]


def test_the_header_grows_with_its_logo(written):
    frame = "<body><header class=running>{}<span class=left>甲</span></header><main><p>乙</p></main></body>"
    with_logo = written(frame.format('<img class=logo src="images/logo.png" alt="图">'))
    assert with_logo.all("//w:p/w:pPr/w:spacing/@w:lineRule", "word/header1.xml") == ["atLeast"]
    assert not written(frame.format("")).all("//w:p/w:pPr/w:spacing", "word/header1.xml")


def test_a_rows_height_leaves_room_for_the_margins_of_its_cells(written):
    file = written("<table class=data><tr><td class=fill></td></tr></table><table class=form><tr><td class='fill room'></td></tr></table>")
    assert file.all("//w:trHeight/@w:val") == ["431", "1145"]
