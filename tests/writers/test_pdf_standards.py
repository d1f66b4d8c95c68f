"""What PDFs carry for screen readers, archives and programs, read back by another library."""

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pikepdf
import pytest

from genplan.theme.document import Document
from genplan.writers.look import Look
from genplan.writers.options import PDF_VARIANTS, Options
from genplan.writers.pdf import write

MakePage = Callable[..., Document]
HEAD = '<header class="running"><img class="logo" src="images/logo.png" alt="标志"><span class="left">示例科技</span></header>'
DATA = '{"total": "86.75", "name": "测试甲"}'.encode()


def opened(document: Document, look: Look, variant: str | None = None) -> pikepdf.Pdf:
    data, found = write(document, look, Options(pdf_variant=variant))
    assert not found
    assert data is not None
    return pikepdf.open(io.BytesIO(data))


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """List what the structure tree holds, in the order of reading."""

    def below(element: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from below(kid)

    yield from below(pdf.Root.StructTreeRoot)


def tagged(pdf: pikepdf.Pdf, tag: str) -> list[pikepdf.Dictionary]:
    return [element for element in elements(pdf) if tag == element.S]


def drawn(pdf: pikepdf.Pdf) -> list[tuple[str, pikepdf.Object | None]]:
    """List the marked content of the first page: its tag and what is said of it."""
    marks = pikepdf.parse_content_stream(pdf.pages[0], "BDC BMC")
    return [(str(mark.operands[0]), mark.operands[1] if len(mark.operands) > 1 else None) for mark in marks]


def claims(pdf: pikepdf.Pdf) -> set[str]:
    """Name the standards that the metadata claim."""
    text = pdf.Root.Metadata.read_bytes().decode() if "/Metadata" in pdf.Root else ""
    archive = re.search(r'pdfaid:part="3" pdfaid:conformance="A"', text)
    accessible = re.search(r'pdfuaid:part(="1"|>1<)', text)
    return {name for name, found in (("a-3a", archive), ("ua-1", accessible)) if found}


@pytest.mark.parametrize("variant", PDF_VARIANTS)
def test_a_file_claims_what_was_asked_for(page: MakePage, built_in_look: Look, variant: str) -> None:
    wanted = {name for name in ("a-3a", "ua-1") if name in variant}
    assert claims(opened(page(f"{HEAD}<h1>绩效</h1>"), built_in_look, variant)) == wanted


def test_nothing_asked_for_is_plain(page: MakePage, built_in_look: Look) -> None:
    assert write(page("<h1>绩效</h1>"), built_in_look) == write(page("<h1>绩效</h1>"), built_in_look, Options(pdf_variant="plain"))


@pytest.mark.parametrize("variant", PDF_VARIANTS)
def test_every_pdf_shows_its_title_says_its_language_and_is_read_in_order(page: MakePage, built_in_look: Look, variant: str) -> None:
    pdf = opened(page("<h1>绩效</h1>"), built_in_look, variant)
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    assert pdf.Root.MarkInfo.Marked is True
    assert str(pdf.Root.Lang) == "zh-CN"
    assert str(pdf.docinfo.Title) == "社群运营专员绩效考核方案"
    assert all(each.Tabs == "/S" for each in pdf.pages)


# What goes along with a PDF/A-3


@pytest.mark.parametrize("variant", ["pdf/a-3a", "pdf/a-3a+ua-1"])
def test_an_archive_file_holds_the_data(page: MakePage, built_in_look: Look, variant: str) -> None:
    pdf = opened(replace(page("<h1>绩效</h1>"), data=lambda: DATA), built_in_look, variant)
    assert list(pdf.attachments) == ["genplan-data.json"]
    assert len(pdf.Root.AF) == 1
    assert pdf.Root.AF[0].AFRelationship == "/Data"
    assert pdf.Root.AF[0].objgen == pdf.Root.Names.EmbeddedFiles.Names[1].objgen
    stream = pdf.Root.AF[0].EF.F
    assert stream.read_bytes() == DATA
    assert json.loads(stream.read_bytes())["total"] == "86.75"
    assert stream.Subtype == "/application/json"
    assert str(stream.Params.ModDate) == str(stream.Params.CreationDate) == "D:20260615000000Z"


@pytest.mark.parametrize("variant", ["plain", "pdf/ua-1"])
def test_other_files_hold_none(page: MakePage, built_in_look: Look, variant: str) -> None:
    pdf = opened(replace(page("<h1>绩效</h1>"), data=lambda: DATA), built_in_look, variant)
    assert not list(pdf.attachments)
    assert "/AF" not in pdf.Root


def test_an_archive_file_of_a_document_without_data_holds_none(page: MakePage, built_in_look: Look) -> None:
    assert not list(opened(page("<h1>绩效</h1>"), built_in_look, "pdf/a-3a").attachments)


def test_colours_and_pictures_of_an_archive_file_are_the_same_everywhere(page: MakePage, built_in_look: Look) -> None:
    pdf = opened(page(HEAD + "<h1>绩效</h1>"), built_in_look, "pdf/a-3a")
    assert [intent.S for intent in pdf.Root.OutputIntents] == ["/GTS_PDFA1"]
    images = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]
    assert images
    assert not any(each.get("/Interpolate", False) for each in images)


# Tables


def headers(pdf: pikepdf.Pdf) -> list[list[int]]:
    """List the head cells of each data cell, as positions among the head cells."""
    numbers = {str(cell.ID): at for at, cell in enumerate(tagged(pdf, "/TH"))}
    return [[numbers[str(each)] for each in cell.A.get("/Headers", [])] for cell in tagged(pdf, "/TD")]


GRID = (
    '<table class="data"><colgroup><col style="width: 40%"><col style="width: 30%"><col style="width: 30%"></colgroup>'
    '<thead><tr><th scope="col">维度</th><th scope="col">指标</th><th scope="col">权重</th></tr></thead>'
    '<tbody><tr><td rowspan="2">业绩</td><td>新增</td><td>30%</td></tr><tr><td>活跃</td><td>20%</td></tr>'
    '<tr class="total"><td colspan="2">合计</td><td>50%</td></tr></tbody></table>'
)
FORM = (
    '<table class="form"><colgroup><col style="width: 20%"><col style="width: 30%"><col style="width: 20%"><col style="width: 30%">'
    '</colgroup><tbody><tr><th scope="row">姓名</th><td>测试甲</td><th scope="row">工号</th><td>0007</td></tr>'
    '<tr><th scope="row">岗位</th><td colspan="3">专员</td></tr></tbody></table>'
)


def test_head_cells_say_what_they_head(page: MakePage, built_in_look: Look) -> None:
    pdf = opened(page(f"<main>{GRID}{FORM}</main>"), built_in_look)
    assert [str(cell.A.Scope) for cell in tagged(pdf, "/TH")] == ["/Column"] * 3 + ["/Row"] * 3


def test_cells_know_their_heads_beside_spanned_rows_and_columns(page: MakePage, built_in_look: Look) -> None:
    assert headers(opened(page(f"<main>{GRID}</main>"), built_in_look)) == [[0], [1], [2], [1], [2], [0, 1], [2]]


def test_cells_of_a_form_belong_to_the_label_beside_them(page: MakePage, built_in_look: Look) -> None:
    assert headers(opened(page(f"<main>{FORM}</main>"), built_in_look)) == [[0], [1], [2]]


def test_cells_beside_a_spanning_label_belong_to_it(page: MakePage, built_in_look: Look) -> None:
    table = (
        '<table class="form"><tbody><tr><th scope="row" rowspan="2">目标</th><th scope="row">一</th><td>甲</td></tr>'
        '<tr><th scope="row">二</th><td>乙</td></tr></tbody></table>'
    )
    assert headers(opened(page(f"<main>{table}</main>"), built_in_look)) == [[0, 1], [0, 2]]


def test_repeated_table_heads_head_the_cells_of_every_page(page: MakePage, built_in_look: Look) -> None:
    rows = "<tr><td>新增</td><td>30%</td></tr>" * 80
    head = '<thead><tr><th scope="col">指标</th><th scope="col">权重</th></tr></thead>'
    pdf = opened(page(f'<main><table class="data">{head}<tbody>{rows}</tbody></table></main>'), built_in_look)
    assert len(pdf.pages) > 1
    found = headers(pdf)
    assert len(found) == 160
    assert {tuple(at % 2 for at in each) for each in found[::2]} == {(0,)}
    assert {tuple(at % 2 for at in each) for each in found[1::2]} == {(1,)}


def test_named_cells_are_indexed(page: MakePage, built_in_look: Look) -> None:
    pdf = opened(page(f"<main>{GRID}{FORM}</main>"), built_in_look)
    names = list(pdf.Root.StructTreeRoot.IDTree.Names)
    assert [str(name) for name in names[::2]] == sorted(str(cell.ID) for cell in tagged(pdf, "/TH"))
    assert all(str(cell.ID) == str(name) for name, cell in zip(names[::2], names[1::2], strict=True))


# Lists, pictures, running lines


def kids(element: pikepdf.Dictionary) -> list[str]:
    return [str(kid.S) for kid in element.K if isinstance(kid, pikepdf.Dictionary)]


def test_items_have_a_label_and_a_body(page: MakePage, built_in_look: Look) -> None:
    body = "<main><ul><li>一<strong>强</strong><ul><li>一之一</li><li>一之二</li></ul></li><li>二</li></ul><ol><li>三</li></ol></main>"
    pdf = opened(page(body), built_in_look)
    assert [kids(item) for item in tagged(pdf, "/LI")] == [["/Lbl", "/LBody"]] * 5
    assert [kids(label) for label in tagged(pdf, "/Lbl")] == [["/Span"]] * 5
    assert all(label.P.objgen == item.objgen for label, item in zip(tagged(pdf, "/Lbl"), tagged(pdf, "/LI"), strict=True))


def test_an_item_carried_over_to_the_next_page_has_one_label(page: MakePage, built_in_look: Look) -> None:
    pdf = opened(page(f"<main><ul><li><strong>强</strong>{'长' * 4000}</li></ul></main>"), built_in_look)
    assert len(pdf.pages) > 1
    parts = [kids(item) for item in tagged(pdf, "/LI")]
    assert parts == [["/Lbl", "/LBody"], *[["/LBody"]] * (len(parts) - 1)]
    assert len(parts) == len(pdf.pages)


@pytest.mark.parametrize(
    "body",
    [
        "<dl><dt>甲</dt><dd>乙</dd></dl><ul><li>丙</li></ul>",
        '<div style="display: table"><div style="display: table-row"><div style="display: table-cell">甲</div></div></div>',
        '<table><tr><td style="display: block">甲</td></tr></table>',
        '<ul style="list-style: disc"><li style="display: list-item">甲</li></ul>',
    ],
)
def test_a_template_of_ones_own_making_is_written(page: MakePage, built_in_look: Look, body: str) -> None:
    pdf = opened(page(f"<main>{body}</main>"), built_in_look)
    assert tagged(pdf, "/Span")


def test_pictures_are_described_and_measured_on_the_page(page: MakePage, built_in_look: Look) -> None:
    pdf = opened(page('<main><figure><img src="images/logo.png" alt="公司标志" style="width: 40mm"></figure></main>'), built_in_look)
    (figure,) = tagged(pdf, "/Figure")
    assert str(figure.Alt) == "公司标志"
    left, bottom, right, top = (float(side) for side in figure.A.BBox)
    assert right - left == pytest.approx(40 / 25.4 * 72, abs=0.1)
    assert 0 < left < right < 595
    assert 700 < bottom < top < 842  # the page's first thing stands near its top


def test_running_lines_are_nothing_to_read_out(page: MakePage, built_in_look: Look) -> None:
    pdf = opened(page(f'{HEAD}<footer class="running"><span class="left">页脚</span></footer><main><p>正文</p></main>'), built_in_look)
    assert not tagged(pdf, "/Figure")
    set_aside = [facts for tag, facts in drawn(pdf) if tag == "/Artifact" and facts is not None]
    assert len(set_aside) == 3
    assert all(facts.Type == "/Pagination" for facts in set_aside)
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    read_out = [int(facts.MCID) for tag, facts in drawn(pdf) if tag != "/Artifact"]
    assert read_out
    assert all(isinstance(owners[mark], pikepdf.Dictionary) for mark in read_out)
    assert [owner for owner in owners if owner is None] == [None] * 3


def test_links_say_where_they_lead(page: MakePage, built_in_look: Look) -> None:
    pdf = opened(page('<main><p><a href="https://example.com/">说明</a></p></main>'), built_in_look)
    (link,) = pdf.pages[0].Annots
    assert str(link.Contents) == "https://example.com/"
    (element,) = tagged(pdf, "/Link")
    assert "/OBJR" in [str(kid.get("/Type")) for kid in element.K if isinstance(kid, pikepdf.Dictionary)]
