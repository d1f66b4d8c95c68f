"""What stays on one page, what starts on another, and what is counted."""

import re
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from genplan.theme.document import Document
from genplan.writers import typst
from genplan.writers.look import Look
from genplan.writers.options import DEFAULTS, Options

LINES = "<p>行</p>"
FOOT = (
    '<footer class="running"><span class="right">第<span class="page-number"></span>页共<span class="page-count"></span>页</span></footer>'
)


def pages_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [re.sub(r"\s+", "", document[at].get_textpage().get_text_range()) for at in range(len(document))]


@pytest.fixture
def laid_out(page: Callable, built_in_look: Look) -> Callable[..., list[str]]:
    """Give the text of each page of a document."""

    def make(body: str, options: Options = DEFAULTS) -> list[str]:
        data, found = typst.write(page(body), built_in_look, options)
        assert not found
        assert data is not None
        return pages_of(data)

    return make


def table(rows: list[str], *, of: str = "data") -> str:
    cells = "".join(f"<tr><td>{row}</td><td>值</td></tr>" for row in rows)
    return (
        f'<table class="{of}"><colgroup><col style="width: 70%"><col style="width: 30%"></colgroup>'
        f'<thead><tr><th scope="col">表头</th><th scope="col">数</th></tr></thead><tbody>{cells}</tbody></table>'
    )


def test_heads_repeat_and_no_row_is_lost(laid_out: Callable) -> None:
    rows = [f"第{at}行完" for at in range(120)]
    pages = laid_out(f"<main>{table(rows)}</main>")
    assert len(pages) > 2
    assert all("表头数" in text for text in pages)
    assert [row for text in pages for row in re.findall(r"第\d+行完", text)] == rows


@pytest.mark.parametrize("before", range(24, 40))
def test_no_row_is_alone_on_a_page(laid_out: Callable, before: int) -> None:
    pages = laid_out(f"<main>{LINES * before}{table([f'第{at}行完' for at in range(4)])}</main>")
    counts = [len(re.findall(r"第\d+行完", text)) for text in pages]
    assert sum(counts) == 4
    assert 1 not in counts


@pytest.mark.parametrize("before", range(20, 40, 2))
def test_rows_of_a_group_stay_together(laid_out: Callable, before: int) -> None:
    rows = "".join(
        f"<tr>{f'<td rowspan=4>组{group}</td>' if at == 0 else ''}<td>第{group}{at}行完</td></tr>" for group in range(5) for at in range(4)
    )
    groups = "".join(f'<tbody class="group">{part}</tbody>' for part in re.findall(r"(?:<tr>(?:(?!<tr>).)*){4}", rows))
    body = f'<table class="data"><colgroup><col style="width: 40%"><col style="width: 60%"></colgroup>{groups}</table>'
    pages = laid_out(f"<main>{LINES * before}{body}</main>")
    seen = [set(re.findall(r"第(\d)\d行完", text)) for text in pages]
    assert sum(len(re.findall(r"第\d\d行完", text)) for text in pages) == 20
    assert all(not one & other for one, other in pairwise(seen))


@pytest.mark.parametrize(
    "body",
    [
        '<table class="data"><tbody><tr><td>{}</td><td>旁</td></tr></tbody></table>',
        '<table class="form"><tbody><tr><td>{}</td><td>旁</td></tr></tbody></table>',
        '<table class="data"><tbody class="group"><tr><td rowspan="2">旁</td><td>{}</td></tr><tr><td>下</td></tr></tbody></table>',
        '<div class="keep"><p>{}</p></div>',
        '<section class="signatures"><p>{}</p></section>',
        "<ul><li>{}</li><li>下</li></ul>",
    ],
)
def test_what_is_taller_than_a_page_goes_on_with_nothing_lost(laid_out: Callable, body: str) -> None:
    words = [f"第{at}句完。" for at in range(900)]
    pages = laid_out(f"<main>{LINES * 3}{body.format(''.join(words))}</main>")
    assert len(pages) > 1
    assert re.findall(r"第\d+句完。", re.sub(r"旁|下", "", "".join(pages))) == words


def test_a_heading_is_not_alone_at_the_foot_of_a_page(laid_out: Callable) -> None:
    for before in range(28, 40):
        pages = laid_out(f"<main>{LINES * before}<h2>标题</h2><p>{'正文' * 60}</p></main>")
        assert [("标题" in text) == ("正文" in text) or "标题" not in text for text in pages] == [True] * len(pages), before


@pytest.mark.parametrize("duplex", [False, True])
def test_each_collected_document_counts_its_own_pages(page: Callable, built_in_look: Look, *, duplex: bool) -> None:
    document = collected(page, 60, 60)
    data, found = typst.write(document, built_in_look, Options(duplex=duplex))
    assert not found
    assert data is not None
    pages = pages_of(data)
    assert [text[-6:] for text in pages] == ["第1页共2页", "第2页共2页"] * 2
    assert [text[:2] for text in pages] == ["文1", "行行", "文2", "行行"]


def test_each_begins_on_a_new_sheet_where_both_sides_are_printed(page: Callable, built_in_look: Look) -> None:
    data, _ = typst.write(collected(page, 3, 3), built_in_look, Options(duplex=True))
    assert data is not None
    first, blank, second = pages_of(data)
    assert (first[:2], blank, second[:2]) == ("文1", "", "文2")


def collected(page: Callable, *lengths: int) -> Document:
    """Make a document of several, of so many lines each."""
    document = page("")
    body = document.tree.find("body")
    document.tree.remove(body)
    for number, length in enumerate(lengths, 1):
        document.tree.append(page(f"{FOOT}<main><p>文{number}</p>{LINES * length}</main>").tree.find("body"))
    return document


def test_numbers_and_units_stay_on_a_line(page: Callable, built_in_look: Look) -> None:
    for width in range(1, 30):
        data, _ = typst.write(page(f"<main><p>{'字' * width}完成率达到100%以上，共需30天。</p></main>"), built_in_look)
        assert data is not None
        lines = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().splitlines()
        assert not [line for line in lines if re.match(r"\s*(?:%|天)", line)], width


def test_bookmarks_say_what_headings_say(page: Callable, built_in_look: Look) -> None:
    body = '<h1 data-label="0007 张三">结果</h1><main data-numbering="outline"><h2>考核目的</h2><h3>范围</h3></main>'
    data, _ = typst.write(page(body), built_in_look)
    assert data is not None
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_outline() as outline:
        (root,) = outline.root
        assert root.title == "0007 张三"
        assert [(item.title, [below.title for below in item.children]) for item in root.children] == [("一、考核目的", ["（一）范围"])]


def test_a_watermark_is_drawn_and_not_read(laid_out: Callable, page: Callable, built_in_look: Look) -> None:
    body = "<main><p>正文</p></main>"
    plain, _ = typst.write(page(body), built_in_look)
    marked, _ = typst.write(page(body), built_in_look, Options(watermark="机密"))
    assert plain is not None
    assert marked is not None
    assert len(marked) > len(plain)
    assert pages_of(marked) == ["正文"]


def test_the_same_document_gives_the_same_bytes(page: Callable, built_in_look: Look) -> None:
    document = page(f"<main><h2>标题</h2>{table(['甲', '乙'])}</main>")
    first, _ = typst.write(document, built_in_look)
    typst._press.cache_clear()
    again, _ = typst.write(document, built_in_look)
    assert first == again
