"""What is filled in is a content control, named for the machine and for people."""

import pytest
from docx_kit import NS, W, text_of

from genplan.writers.docx.controls import LONGEST, tag

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def span(name="a", kind="text", text="", more=""):
    return f'<span class="field{"" if text else " blank"}" data-name="{name}" data-type="{kind}" {more}>{text}</span>'


def cell(name="a", kind="text", text="", more=""):
    return f'<td class="fill" data-name="{name}" data-type="{kind}" {more}>{text}</td>'


def table(row, head=""):
    return f"<table class=form>{head}<tr>{row}</tr></table>"


def only(file, path="w:sdtPr"):
    controls = file.all("//w:sdt")
    assert len(controls) == 1
    return controls[0].find(path, NS)


@pytest.mark.parametrize(
    ("html", "shape"),
    [
        (f"<p>{span()}</p>", "text"),
        (f"<p>{span(kind='number')}</p>", "text"),
        (f"<p>{span(kind='date')}</p>", "date"),
        (f"<p>{span(kind='choice', more='data-options=甲|乙')}</p>", "dropDownList"),
        (table(cell()), "text"),
        (table(cell(text="<p>一</p><p>二</p>")), "richText"),
        (table(cell(kind="date")), "date"),
        (table(cell(kind="choice", more="data-options=甲|乙")), "dropDownList"),
    ],
)
def test_a_control_takes_what_its_datum_is(written, html, shape):
    file = written(html)

    assert not file.diagnostics
    assert only(file)[-1].tag == f"{W}{shape}"
    assert only(file, "w:sdtPr/w:tag").get(f"{W}val") == "a"


def test_text_of_a_cell_has_lines_and_a_number_has_none(written):
    assert only(written(table(cell())), "w:sdtPr/w:text").get(f"{W}multiLine") == "1"
    assert only(written(table(cell(kind="number"))), "w:sdtPr/w:text").get(f"{W}multiLine") is None


def test_a_cell_is_a_control_as_a_whole(written):
    file = written(table("<th>意见</th>" + cell()))

    assert [child.tag for child in only(file, "w:sdtContent")] == [f"{W}tc"]
    assert file.all("//w:tr/*[not(self::w:trPr)]/@*") == []
    assert len(file.all("//w:tr/w:tc | //w:tr/w:sdt")) == 2


def test_lists_and_boxes_of_a_cell_stand_in_its_line(written):
    file = written(table("<th>等级</th>" + cell(kind="choice", text="甲", more="data-options=甲|乙")))

    assert file.all("//w:tc/w:p/w:sdt/w:sdtPr/w:alias/@w:val") == ["等级"]
    assert text_of(only(file, "w:sdtContent")) == "甲"


def test_a_date_is_in_the_language_of_the_document(written):
    date = only(written(f"<p>{span(kind='date', text='2026年7月1日')}</p>"), "w:sdtPr/w:date")

    assert date.get(f"{W}fullDate") == "2026-07-01T00:00:00Z"
    assert {child.tag.removeprefix(W): child.get(f"{W}val") for child in date} == {
        "dateFormat": "yyyy年M月d日", "lid": "zh-CN", "storeMappedDataAs": "dateTime", "calendar": "gregorian",
    }  # fmt: skip
    english = only(written(f"<p>{span(kind='date')}</p>", language="en"), "w:sdtPr/w:date")
    assert english.find("w:dateFormat", NS).get(f"{W}val") == "d MMMM yyyy"


@pytest.mark.parametrize(("glyph", "checked"), [("☐", "0"), ("☑", "1")])
def test_a_box_is_ticked_by_a_click(written, glyph, checked):
    file = written(f'<p><span class="field tick" data-name=a data-type=tick>{glyph}</span> 同意</p>')

    box = only(file, "w:sdtPr")[-1]
    assert [(child.tag, child.get(f"{W14}val")) for child in box] == [
        (f"{W14}checked", checked), (f"{W14}checkedState", "2611"), (f"{W14}uncheckedState", "2610"),
    ]  # fmt: skip
    assert "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable" in file.part("word/document.xml").attrib
    assert text_of(only(file, "w:sdtContent")) == glyph


def test_room_to_write_in_prints_as_nothing_and_is_replaced_by_typing(written):
    blank = '<span class="field" data-name=b data-type=date data-empty=true>　　年　　月　　日</span>'
    file = written(f"<p>{span()}</p><p>{blank}</p>{table(cell('c'))}<p>{span('d', text='已填')}</p>")

    texts = [text_of(content) for content in file.all("//w:sdtContent")]
    assert [text.strip("\u00a0") for text in texts] == ["", "　　年　　月　　日", "", "已填"]
    assert all(texts)
    assert [len(control.findall("w:sdtPr/w:showingPlcHdr", NS)) for control in file.all("//w:sdt")] == [1, 1, 1, 0]
    assert file.all("//w:style[w:name/@w:val='Placeholder Text']/w:rPr", "word/styles.xml") == []


def test_an_emptied_control_shows_our_blank(written):
    file = written(f"<p>{span()}</p>")

    names = file.all("//w:docPart/w:docPartPr/w:name/@w:val", "word/glossary/document.xml")
    assert file.all("//w:sdtPr/w:placeholder/w:docPart/@w:val") == names
    assert not text_of(file.part("word/glossary/document.xml")).strip("\u00a0")
    assert "word/glossary/document.xml" not in written("<p>无</p>").names


def test_controls_are_titled_as_the_form_calls_them(written):
    head = "<thead><tr><th>指标</th><th>得分</th></tr></thead>"
    file = written(
        f"<p>面谈人：{span('a')}，日期：{span('b')}</p>"
        + table(f"<td>新增用户数</td>{cell('c')}", head)
        + table(f"<th>优点</th>{cell('d')}<th>不足</th>{cell('e')}")
        + '<p><span class=nowrap><span class="field tick" data-name=f data-type=tick>☐</span> 同意</span></p>'
        + f"<p>{span('g')}</p>"
    )

    titles = dict(zip(file.all("//w:sdtPr/w:tag/@w:val"), file.all("//w:sdtPr/w:alias/@w:val"), strict=True))
    assert titles == {"a": "面谈人", "b": "日期", "c": "新增用户数 得分", "d": "优点", "e": "不足", "f": "同意", "g": "g"}


def test_what_heads_several_rows_titles_no_field_of_one(written):
    first = f"<th rowspan=2>效果</th><td>增速</td>{cell('a')}"
    file = written(
        f"<table class=data><tr>{first}</tr><tr><td>互动率</td>{cell('b')}</tr><tr><th rowspan=2>态度</th>{cell('c')}</tr></table>"
    )
    assert file.all("//w:sdtPr/w:alias/@w:val") == ["增速", "互动率", "态度"]


def test_a_form_lists_its_fields(written):
    file = written(f"<p>日期：{span('a', 'date')}</p>" + table(f"<th>优点</th>{cell('d')}"))
    fields = file.part("customXml/item1.xml")
    assert [dict(each.attrib) for each in fields] == [
        {"name": "a", "title": "日期", "kind": "date"},
        {"name": "d", "title": "优点", "kind": "text"},
    ]
    assert "../customXml/item1.xml" in file.part("word/_rels/document.xml.rels").xpath("//@Target")
    assert "customXml/item1.xml" not in written("<p>无</p>").names


def test_ids_are_unique_and_the_same_each_time(written):
    html = f"<p>{span()}{span()}</p>" + table(cell() + cell("b"))
    first, second = written(html), written(html)

    ids = first.all("//w:sdtPr/w:id/@w:val")
    assert len(set(ids)) == 4
    assert first.data == second.data


def test_long_names_are_cut_and_stay_apart():
    names = [f"scores.{'社群' * 40}.{rater}" for rater in ("self", "supervisor")]
    tags = [tag(name) for name in names]
    assert len(set(tags)) == 2
    assert all(len(each) <= LONGEST for each in tags)
    assert tag("𠮷" * 40) != "𠮷" * 40
    assert tag("a" * 64) == "a" * 64


def test_a_field_inside_another_is_the_one_that_is_filled_in(written):
    file = written(table(cell("outer", text=f"签字：{span('inner')}")))
    assert file.all("//w:tag/@w:val") == ["inner"]
