"""Reading a filled form back: what is typed into its controls, and nothing that is no Word document."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
import tinyhtml5
from languages_kit import schemes_of

from genplan import resources
from genplan.people.word_fields import read_fields
from genplan.theme.document import Document, Metadata
from genplan.theme.theme import load_theme
from genplan.writers.docx import write
from genplan.writers.look import Look

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FORM = (
    '<p>面谈人：<span class="field blank" data-name="by" data-type="text" data-empty="true"></span>'
    '日期：<span class="field" data-name="on" data-type="date" data-empty="true">　　年　　月　　日</span></p>'
    '<p><span class="field tick" data-name="agreed" data-type="tick">☐</span> 同意</p>'
    '<table class="form"><tr><th>成绩</th><td class="fill" data-name="successes" data-type="text"></td>'
    '<td class="fill" data-name="grade" data-type="choice" data-options="优秀|合格">合格</td></tr></table>'
    '<p>日期：<span class="field" data-name="on" data-type="date">2026年7月1日</span></p>'
)


@pytest.fixture(scope="module")
def form() -> bytes:
    theme, _ = load_theme(None, "zh-CN")
    assert theme is not None
    look = Look(theme.brand, resources.templates() / "reference.docx", {}.get, "", resources.templates())
    tree = tinyhtml5.parse(f"<body><main>{FORM}</main></body>", namespace_html_elements=False)
    data, found = write(Document("interview", tree, Metadata("面谈", "", "", "", "zh-CN", date(2026, 7, 1), "00"), schemes_of()), look)
    assert data is not None
    assert not found
    return data


def changed(data: bytes, change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()).encode() if name == part else text)
    return out.getvalue()


def fill(tag: str, typed: str) -> Callable[[str], str]:
    """Type into the first control of a tag, as Word does: what it held gives way, and it no longer shows a placeholder."""

    def change(xml: str) -> str:
        start = xml.index(f'<w:tag w:val="{tag}"/>')
        end = xml.index("</w:sdt>", start)
        control = xml[start:end].replace("<w:showingPlcHdr/>", "")
        control = re.sub(r"<w:t [^>]*>[^<]*</w:t>", f"<w:t>{typed}</w:t>", control, count=1)
        return xml[:start] + control + xml[end:]

    return change


def test_a_form_as_it_was_built_holds_what_it_was_built_with(form: bytes) -> None:
    fields, found = read_fields(form, "面谈.docx")
    assert fields == {"by": "", "on": "2026-07-01", "agreed": False, "successes": "", "grade": "合格"}
    assert not found


def test_what_is_typed_is_read(form: bytes) -> None:
    lines = "拉新</w:t></w:r><w:r><w:br/></w:r><w:r><w:t>留存 &amp; 活跃"
    for tag, typed in (("by", " 测试甲 "), ("on", "2026年7月1日"), ("successes", lines), ("grade", "优秀")):
        form = changed(form, fill(tag, typed))
    form = changed(form, lambda xml: xml.replace('w14:checked w14:val="0"', 'w14:checked w14:val="1"'))

    fields, found = read_fields(form, "面谈.docx")
    assert fields == {"by": "测试甲", "on": "2026-07-01", "agreed": True, "successes": "拉新\n留存 & 活跃", "grade": "优秀"}
    assert not found


def test_text_that_a_tracked_change_took_out_is_not_read(form: bytes) -> None:
    inner = "新</w:t></w:r><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del><w:r><w:t>的"
    fields, _ = read_fields(changed(form, fill("by", inner)), "面谈.docx")
    assert fields is not None
    assert fields["by"] == "新的"


def test_a_datum_with_two_values_is_told(form: bytes) -> None:
    fields, found = read_fields(changed(form, fill("on", "2026/6/30")), "面谈.docx")
    assert fields is not None
    assert fields["on"] == "2026-06-30"
    assert [each.code for each in found] == ["GP612"]


def nameless(xml: str) -> str:
    return re.sub(r"<w:tag [^>]*/>", "", xml)


def untitled(xml: str) -> str:
    return re.sub(r"<w:alias [^>]*/>", "", xml)


def test_a_document_without_controls_is_told():
    fields, found = read_fields(of(text("甲")), "面谈.docx")
    assert fields == {}
    assert [(each.code, each.severity) for each in found] == [("GP613", "error")]


def test_a_form_gives_its_fields_back_the_names_that_a_program_dropped(form: bytes) -> None:
    whole, _ = read_fields(form, "面谈.docx")
    for change in (nameless, lambda xml: untitled(nameless(xml))):
        fields, found = read_fields(changed(form, change), "面谈.docx")
        assert fields == whole
        assert not found


def test_fields_without_names_are_read_by_titles_where_they_are_not_those_that_the_form_lists(form: bytes) -> None:
    other = changed(form, lambda xml: nameless(xml).replace("<w:body>", f"<w:body>{text_field('奖金', '500')}", 1))
    fields, found = read_fields(other, "面谈.docx")
    assert fields == {
        "奖金": "500", "面谈人": "", "日期": "", "同意": False, "成绩": "", "成绩 (2)": "合格", "日期 (2)": "2026-07-01",
    }  # fmt: skip
    assert [each.code for each in found] == ["GP642"]


def test_a_field_with_neither_name_nor_title_is_an_error() -> None:
    fields, found = read_fields(of(text_field("奖金", "500") + text_field("", "5")), "面谈.docx")
    assert fields == {"奖金": "500"}
    assert [(each.code, each.severity) for each in found] == [("GP642", "warning"), ("GP613", "error")]
    assert found[1].message.startswith("1 of 2 fields has neither")
    fields, found = read_fields(of(text_field("", "500")), "面谈.docx")
    assert fields == {}
    assert [(each.code, each.severity) for each in found] == [("GP613", "error")]


def test_copies_of_a_control_for_stretches_of_its_text_are_left_out() -> None:
    body = f"<w:p>{text_field('奖金', '约 500')}{text_field('奖金', '约约 500')}{text_field('奖金', '500约 500')}</w:p>"
    again = f"<w:p>{text_field('奖金', '3')}{text('、')}{text_field('奖金', '4')}</w:p>"
    fields, _ = read_fields(of(body + again), "面谈.docx")
    assert fields == {"奖金": "约 500", "奖金 (2)": "3", "奖金 (3)": "4"}


def test_a_table_of_contents_is_no_field() -> None:
    contents = "<w:sdt><w:sdtPr><w:docPartObj/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>"
    fields, found = read_fields(of(contents + text_field("奖金", "500")), "面谈.docx")
    assert fields == {"奖金": "500"}
    assert [each.code for each in found] == ["GP642"]


def test_what_is_no_word_document_is_refused(form: bytes) -> None:
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("a.txt", "a")
    entities = '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (65 * 1024 * 1024))
    old = bytes.fromhex("D0CF11E0A1B11AE1")
    locked = old + "EncryptedPackage".encode("utf-16-le")
    for data, reason in (
        (b"", "damaged"), (form[:400], "damaged"), (empty.getvalue(), "not a Word"), (old, "97"), (locked, "password"),
        (bomb.getvalue(), "65 MiB"), (changed(form, lambda _: entities), "entities"), (changed(form, lambda _: "<a"), "damaged"),
    ):  # fmt: skip
        fields, found = read_fields(data, "面谈.docx")
        assert fields is None
        assert [each.code for each in found] == ["GP611"]
        assert reason in found[0].message


def control(name: str, content: str, more: str = "") -> str:
    return f'<w:sdt><w:sdtPr><w:tag w:val="{name}"/>{more}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def text_field(title: str, typed: str) -> str:
    alias = f'<w:alias w:val="{title}"/>' if title else ""
    return f"<w:sdt><w:sdtPr>{alias}<w:text/></w:sdtPr><w:sdtContent>{text(typed)}</w:sdtContent></w:sdt>"


def text(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def of(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def test_a_field_inside_another_is_told():
    inside = control("by", text("测试甲"))
    fields, found = read_fields(of(control("", control("talk", f"{text('面谈人：')}<w:p>{control('', inside)}</w:p>"))), "面谈.docx")
    assert fields == {"talk": "面谈人：测试甲", "by": "测试甲"}
    assert [(each.code, each.severity) for each in found] == [("GP640", "warning")]
    assert "`by`" in found[0].message
    assert "`talk`" in found[0].message


@pytest.mark.parametrize("depth", [40, 1000])
def test_fields_nested_deep_are_refused(depth: int):
    body = text("甲")
    for _ in range(depth):
        body = control("by", body)
    fields, found = read_fields(of(body), "面谈.docx")
    assert fields is None
    assert [each.code for each in found] == ["GP611"]
    assert "64 levels" in found[0].message


@pytest.mark.parametrize("typed", ["2026-02-30", "2026年13月1日", "0000-01-01", "明天", "２月30日"])
@pytest.mark.parametrize("picked", ["", "2026-02-30T00:00:00Z"])
def test_a_day_that_there_is_not_is_an_error(typed: str, picked: str):
    on = control("on", text(typed), f'<w:date w:fullDate="{picked}"/>')
    fields, found = read_fields(of(on + on), "面谈.docx")
    assert fields == {"on": typed}
    assert [(each.code, each.severity) for each in found] == [("GP641", "error")]
    assert typed in found[0].message


def test_a_day_that_was_picked_counts_where_its_text_is_in_words():
    picked = '<w:date w:fullDate="2026-07-01T00:00:00Z"/>'
    assert read_fields(of(control("on", text("July 1st"), picked)), "a.docx") == ({"on": "2026-07-01"}, [])
    assert read_fields(of(control("on", text("　年　月　日"), picked)), "a.docx") == ({"on": ""}, [])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (control("n" * 10_000, text("甲")), "256 characters"),
        ("".join(control(f"f{n}", text("甲")) for n in range(10_001)), "10000 fields"),
        (control("by", text("a" * 60_000) * 20), "1000000 characters"),
        (control("a", control("b", control("c", text("a" * 50_000) * 8))), "1000000 characters"),
        ("<w:p/>" * 500_001, "500000 elements"),
    ],
    ids=["name", "fields", "text", "text of nested ones", "elements"],
)
def test_what_is_more_than_a_form_holds_is_refused(body: str, reason: str):
    fields, found = read_fields(of(body), "面谈.docx")
    assert fields is None
    assert [each.code for each in found] == ["GP611"]
    assert reason in found[0].message


def test_a_long_value_is_cut_short_in_messages():
    fields, found = read_fields(of(control("by", text("甲" * 10_000)) + control("by", text("乙" * 10_000))), "面谈.docx")
    assert fields == {"by": "甲" * 10_000}
    assert [each.code for each in found] == ["GP612"]
    assert len(found[0].message) < 200


def test_fields_of_headers_are_read_as_well(form: bytes):
    content = "<w:sdtContent><w:r><w:t>甲</w:t></w:r></w:sdtContent>"
    control = f'<w:hdr xmlns:w="{W}"><w:p><w:sdt><w:sdtPr><w:tag w:val="top"/></w:sdtPr>{content}</w:sdt></w:p></w:hdr>'
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("word/header7.xml", control)
        target.writestr("word/footer7.xml", control.replace("top", "bottom").replace("w:hdr", "w:ftr"))
    values, found = read_fields(made.getvalue(), "form.docx")
    assert values is not None
    assert not found
    assert (values["top"], values["bottom"], values["grade"]) == ("甲", "甲", "合格")
