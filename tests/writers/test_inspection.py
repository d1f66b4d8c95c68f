"""Layout inspection: each fault is found in pages made to have it, and nothing is found in pages that do not."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tinyhtml5
from languages_kit import schemes_of
from weasyprint.formatting_structure.boxes import TextBox

from genplan import resources
from genplan.documents.specs import DocumentSpec, list_documents
from genplan.theme.document import Document, Metadata
from genplan.theme.numbering import number
from genplan.theme.render import render
from genplan.theme.svg import plain_drawings
from genplan.theme.theme import Theme
from genplan.workspace.assessment import assess
from genplan.workspace.writer_inputs import make_look
from genplan.writers.inspection import Inspection, inspect
from genplan.writers.look import Look
from genplan.writers.pdf import lay_out

ROOT = Path(__file__).parents[2]
Look_over = Callable[..., Inspection]


@pytest.fixture
def laid_out(theme: Theme) -> Callable[..., Any]:
    def lay(body: str, css: str = "") -> Any:
        plain = make_look(theme, ROOT)
        look = Look(plain.brand, plain.reference, plain.resolve, f"{plain.css}\n{css}", plain.fonts)
        tree = tinyhtml5.parse(f'<html lang="zh-CN"><body>{HEADER}{body}</body></html>', namespace_html_elements=False)
        number(tree, schemes_of())
        plain_drawings(tree, "scheme")
        metadata = Metadata("方案", "", "", "", "zh-CN", date(2026, 1, 1), "00ff")
        return lay_out(Document("scheme", tree, metadata, schemes_of()), look)

    return lay


@pytest.fixture
def look_over(laid_out: Callable[..., Any]) -> Look_over:
    return lambda body, css="": inspect(laid_out(body, css))


HEADER = '<header class="running"><span class="left">示例科技有限公司</span><span class="right">编号</span></header>'
PARAGRAPH = "<p>为客观评价社群运营专员的工作业绩，制定本方案。</p>"
ROWS = "<tr><td>新增</td><td>1</td></tr>" * 60
TABLE = (
    '<table class="data"><colgroup><col style="width: 50%"><col style="width: 50%"></colgroup>'
    "<thead><tr><th scope=col>指标</th><th scope=col>数</th></tr></thead><tbody>{}</tbody></table>"
)
CLEAN = f"<h1>方案</h1><main data-numbering=outline><h2>目的</h2>{PARAGRAPH}{TABLE.format(ROWS)}<p class=note>注</p></main>"


def codes(inspection: Inspection) -> set[str]:
    return {finding.code for finding in inspection.findings}


def test_clean_pages(look_over: Look_over):
    inspection = look_over(CLEAN)
    assert inspection.pages > 1
    assert not inspection.findings


@pytest.mark.parametrize(
    ("body", "css", "code", "says"),
    [
        # text wider than its cell
        (TABLE.format("<tr><td>1</td><td>" + "长" * 30 + "</td></tr>"), "td { white-space: nowrap }", "GP525", "overflows its cell"),
        # text wider than the block that holds it
        ("<div class=narrow><p>" + "长" * 10 + "</p></div>", ".narrow { width: 20mm; white-space: nowrap }", "GP525", "overflows its box"),
        # a block moved off the text area
        (f"<div class=moved>{PARAGRAPH}</div>", ".moved { margin-left: -15mm }", "GP525", "beyond the text area"),
        (f"<div class=low>{PARAGRAPH}</div>", ".low { position: absolute; top: 260mm }", "GP525", "beyond the text area"),
        (f"{PARAGRAPH}<img src='images/logo.png' alt='' class=big>", ".big { width: 200mm; max-width: none }", "GP525", "a picture"),
        # a long name in the running header
        (PARAGRAPH, ".running .left { letter-spacing: 40mm; white-space: nowrap } .running .right { display: none }", "GP525", "beyond"),
        # a table wider than the text area
        (TABLE.format("<tr><td>a</td><td>b</td></tr>"), "table { width: 130% }", "GP525", "wider than the text area"),
        # text over text
        (PARAGRAPH * 2, "p + p { margin-top: -6mm }", "GP526", "overlaps"),
        ("<p>甲乙丙丁<span class=over>戊己庚辛</span></p>", ".over { position: relative; left: -10mm }", "GP526", "overlaps"),
        # a head that does not repeat
        (CLEAN, "thead { display: table-row-group }", "GP527", "without its header row"),
        # a heading, or a caption, whose text is on the next page
        (
            "<main><h2>目的</h2><div class=next><p>文</p></div></main>",
            "h2 { break-after: auto } .next { break-before: page }",
            "GP528",
            "目的",
        ),
        (
            "<p class=caption>表一</p><div class=next><p>文</p></div>",
            "p.caption { break-after: auto } .next { break-before: page }",
            "GP528",
            "表一",
        ),
        # a page with nothing
        (f"{PARAGRAPH}<div class=next><p>文</p></div>", ".next { break-before: right }", "GP529", "empty"),
    ],
)
def test_fault(look_over: Look_over, body: str, css: str, code: str, says: str):
    inspection = look_over(body, css)
    assert codes(inspection) == {code}
    assert any(says in finding.message for finding in inspection.findings)
    assert [d.code for d in inspection.diagnostics("a.pdf")] == [finding.code for finding in inspection.findings]


@pytest.mark.parametrize(
    ("body", "css"),
    [
        (TABLE.format("<tr><td>" + "长" * 60 + "</td><td>1</td></tr>"), ""),
        (
            "<main data-numbering=regulation><ol class=items><li>甲：乙</li><li>丙</li></ol></main>",
            "",
        ),  # （一） is set up to its blank half
        (f"<div class=moved>{PARAGRAPH}</div>", ".moved { margin-left: 15mm }"),
        (PARAGRAPH * 2, "p { line-height: 1 }"),
        ("<h1>标题很长时会折成两行甚至三行，行距也比正文紧得多，但是仍然互不重叠的例子</h1>", "h1 { line-height: 1 }"),
        ("<p>甲<span class=over>乙</span></p>", ".over { visibility: hidden; position: relative; left: -5mm }"),
        ("<main><h2>目的</h2></main>", ""),  # nothing follows
        (TABLE.format("<tr><td class=fill></td><td></td></tr>"), ""),
        ("<table class=form><tbody><tr><td class=fill></td></tr></tbody></table>", ""),  # to be filled in, so not empty
        ("<img src='images/logo.png' alt=''>", ""),
        (f"<div class=narrow><p>{'长' * 10}\u3000年</p></div>", ".narrow { width: 10em } p { text-indent: 0; font-size: 1em }"),
        (
            "<table class=form><tbody>" + "<tr><td>甲</td></tr>" * 60 + "</tbody></table>",
            "table { break-inside: auto !important }",
        ),  # no head
    ],
)
def test_no_fault(look_over: Look_over, body: str, css: str):
    assert not look_over(body, css).findings


def test_pages_are_counted(look_over: Look_over):
    assert look_over(PARAGRAPH).pages == 1
    assert look_over(f"{PARAGRAPH}<div class=next><p>文</p></div>" * 3, ".next { break-before: page }").pages == 4


def _samples(theme: Theme) -> list[DocumentSpec]:
    """One document of each kind and plan, the samples' and the one that has everything."""
    plans = [*sorted(resources.samples().glob("*.md")), ROOT / "tests" / "theme" / "everything" / "everything.md"]
    found = [assess(plan, plan.name, ROOT, theme).value for plan in plans]
    every = [order for assessment in found if assessment for order in list_documents(assessment) if not order.lacking]
    return list({(order.assessment.plan.id, order.kind.name): order for order in every}.values())


def test_nothing_is_found_in_the_samples(theme: Theme):
    for order in _samples(theme):
        document, _ = render(theme, order.kind, order.context(theme), date(2026, 1, 1))
        assert document is not None
        inspection = inspect(lay_out(document, make_look(theme, order.assessment.plan.path.parent)))
        assert inspection.pages
        assert not inspection.findings, (order.stem(theme), inspection.findings)


LONG = "考核期内通过各渠道进入社群并通过审核的新用户人数，反映社群规模的增长。" * 60


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(f"<tr><td>{LONG}</td><td>1</td></tr>" * 2, id="a row taller than a page"),
        pytest.param(f'</tbody><tbody class="group">{f"<tr><td>{LONG[:700]}</td><td>1</td></tr>" * 6}', id="a group taller than a page"),
    ],
)
def test_what_is_taller_than_a_page_breaks_below_its_head(look_over: Look_over, rows: str) -> None:
    inspection = look_over(f"<main>{PARAGRAPH}<p class=caption>表一</p>{TABLE.format(rows)}</main>")
    assert inspection.pages > 1
    assert not inspection.findings


@pytest.mark.parametrize("lines", [40, 47, 48, 49, 60])
def test_what_is_kept_whole_and_fits_no_page_with_its_heading_breaks(look_over: Look_over, lines: int) -> None:
    block = f"<div class=keep>{TABLE.format('<tr><td>新增</td><td>1</td></tr>' * lines)}</div>"
    assert not look_over(f"<main data-numbering=outline>{PARAGRAPH * 3}<h2>等级</h2>{block}<p>其余</p></main>").findings


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(lambda count: ("", "<tr><td>甲</td><td>1</td></tr>" * count), id="rows"),
        pytest.param(lambda count: (PARAGRAPH * count + "<p class=caption>表一</p>", ""), id="a caption"),
        pytest.param(lambda count: (PARAGRAPH * count + "<h2>评语</h2>", ""), id="a heading"),
    ],
)
def test_a_name_beside_a_text_of_pages_is_not_torn(laid_out: Callable[..., Any], before: Callable[[int], tuple[str, str]]) -> None:
    for count in range(24, 38):
        text, rows = before(count)
        table = TABLE.format(f"{rows}<tr><td>{'名' * 80}</td><td>{LONG}</td></tr>")
        document = laid_out(f"<main data-numbering=outline>{text}{table}</main>")
        assert not inspect(document).findings, count
        pages = [[box.text for box in page._page_box.descendants() if isinstance(box, TextBox)] for page in document.pages]
        assert sum(any("名" in text for text in texts) for texts in pages) == 1, count


def test_numbers_of_lists_within_lists_stand_where_they_should(look_over: Look_over) -> None:
    items = "<ol><li>目的<ol><li>甲</li><li>乙</li></ol></li><li>范围<ol><li>丙</li></ol></li></ol>"
    assert not look_over(f"<main data-numbering=outline>{items}</main>").findings


def test_drawings_are_no_wider_than_the_text(look_over: Look_over) -> None:
    drawing = (
        '<svg role="img" viewBox="0 0 190 20" width="190mm" height="20mm"><title>甲</title><rect width="190" height="20"></rect></svg>'
    )
    figure = f'<figure class="chart">{drawing}</figure><p class="caption below">图</p>'
    assert not look_over(f"<main>{figure}</main>").findings
    assert codes(look_over(f"<main>{figure}</main>", "figure.chart svg { max-width: none }")) == {"GP525"}
