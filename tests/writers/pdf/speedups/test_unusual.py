"""What a look or a document may do that could tell shared styles apart."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from genplan.theme.document import Document
from genplan.writers.look import Look
from genplan.writers.pdf import speedups, write
from genplan.writers.pdf.speedups import running, styles
from genplan.writers.pdf.speedups.shared import Kept, SharedStyle

MakePage = Callable[..., Document]
DRAWN = ("borders", "charts", "fonts", "writing")

ROW = "<tr><th>指标{0}</th><td>{0} 条，按月统计，逐项核对并保留依据，以便复核。</td><td class='number'>{1}</td></tr>"
ROWS = "".join(ROW.format(number, number * 3) for number in range(60))
TABLE = (
    '<table class="data breakable"><colgroup><col style="width: 20%"><col style="width: 60%"><col style="width: 20%"></colgroup>'
    f"<thead><tr><th>指标</th><th>说明</th><th>得分</th></tr></thead><tbody>{ROWS}</tbody></table>"
)
LISTS = "<ol><li>第一<ul><li>其一<ol><li>甲</li></ol></li></ul></li><li>第二</li></ol><ol class='items'><li>（一）项</li></ol>"
LINKS = '<p>见<a href="#later">后文</a>与<a href="https://a.example">网站</a>，<u>下划</u>。</p>'
LATER = '<h2 id="later">后文</h2><p style="color: red; letter-spacing: 1pt">间距</p><p lang="en">In English, hyphenation aside.</p>'
PLAIN = "<main><h2>目的</h2><p>为客观评价工作成果，特制定本办法。</p></main>"

BODIES = {
    "plain": PLAIN,
    "table of sixty": f"<main>{TABLE}</main>",
    "lists and links": f"<main>{LISTS}{LINKS}{LATER}</main>",
    "landscape": f"<div>{PLAIN}</div>",
    "notes": '<main><p>正文<i class="foot">注释一</i>，又<i class="foot">注释二</i>。</p><p>另<i class="foot">注释三</i></p></main>',
    "empty": "<main></main>",
    "drawing": '<main><svg width="80" height="20"><rect width="40" height="20" fill="red"/>'
    '<text x="5" y="9" font-size="8" font-weight="bold" font-family="Noto Sans SC">得分 90</text><text x="50" y="9" font-size="6">A</text>'
    '<text x="5" y="9" font-size="8" textLength="30" direction="rtl" transform="rotate(20)">转</text></svg></main>',
    "with something inside": "<main><p>甲<b>乙</b></p><p>丙</p><ul><li>一</li><li class='x'>二</li></ul></main>",
    "with nothing inside": "<main><p>甲</p><p><b></b></p><ul><li>一<b>乙</b></li><li class='x'>二</li></ul></main>",
    "short texts": "<main><table><tr><th>指标</th><td class='number'>90 %</td><td>很长的一段文字，不止一行，要折行</td></tr></table>"
    "<p> 前 </p><p>长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长</p></main>",
    "spaces": "<main><p> 一  二\t三\r\n四 <b> 五\n</b> 六</p>\n<table><tr><th> 甲 \n 乙</th><td>\t丙\n\n丁  </td></tr></table></main>",
    "missing": "<main><p>\U0001f9ff 缺字</p></main>",
}
SHEETS = {
    "built in": "",
    "hidden overflow": "body { overflow: hidden; background: #eee } html { padding: 1mm }",
    "hidden root": "html { overflow: hidden }",
    "first letters": "p::first-letter { font-size: 2em; color: red } p::first-line { font-weight: bold } h2::first-letter { float: left }",
    "notes": ".foot { float: footnote } @page { @footnote { border-top: 1pt solid } }",
    "markers": "li { display: list-item; list-style: square inside } li::marker { color: red }",
    "outside markers": "li { display: list-item; list-style: decimal outside }",
    "sizes of the page": "h2 { margin-left: 10vw; font-size: 3vh }",
    "formulas": "p { margin-left: calc(5% + 2mm); width: min(80%, 100mm) } td { padding: max(1mm, 1%) }",
    "not valid": "p { width: calc(1mm * 1mm) }",
    "leaders": "h2::after { content: leader('.') counter(page) target-counter('#later', page) }",
    "borders": "td { border: 1pt dotted red } th { border: 2pt double rgba(0, 0, 0, .5) } "
    "h2 { border: 1pt solid; border-radius: 3mm } p { outline: 1pt solid }",
    "collapsed": "table { border-collapse: collapse; border: 1pt solid }",
    "boxes": "p { box-sizing: border-box; width: 50%; padding: 3mm; border: 1pt solid; columns: 2 } "
    "main { display: grid } ol { display: flex }",
    "variables": ":root { --x: 3mm } main { --x: 5mm } p { margin: var(--x) } h2 { color: var(--none, blue) }",
    "text": "p { word-spacing: 2pt; text-overflow: ellipsis; overflow: hidden; max-height: 10mm; block-ellipsis: auto } "
    "p { text-align: justify } h2 { letter-spacing: 2mm }",
    "pages": "@page :first { margin-top: 60mm } @page :nth(2) { size: A5; @top-left { content: 'zwei' counter(page) } } "
    "@page { counter-increment: page 2 }",
    "important": "p { color: green !important } * { color: red } td:last-child, td:nth-child(2) { font-style: italic } "
    "[lang] { color: blue }",
    "content": "p:has(b) { color: red } main:has(p > b:empty) h2, main:has(ul) p { color: blue } p:has(+ ul) { font-size: 8pt } "
    "li:nth-child(2 of .x), ul:not(:has(b)) { color: green }",
    "spaces": "p { white-space: pre } td { white-space: pre-line } th { white-space: pre-wrap } b { white-space: nowrap }",
    "texts": "td { text-indent: 2mm; text-align: center } th { text-align: justify; text-align-last: end; vertical-align: super } "
    "p { direction: rtl; float: left; width: 30mm }",
    "attributes": "[href] { text-decoration: underline } [hidden], p:empty { display: none } "
    "[style]::before { content: attr(style) } p:not([lang]) { color: teal }",
}

RUNNING = (
    "<header class='running'><span class='left'>{0}</span><span class='right'>{1}</span></header><footer class='running'>"
    "<span class='left'>{1}</span>"
    "<span class='right'>第<span class='page-number'></span>页共<span class='page-count'></span>页</span></footer>"
)
NAME = "示例科技（深圳）有限责任公司人力资源与行政事务共享服务中心绩效管理办公室"
HEADED = {
    "running": RUNNING.format("示例公司", "内部") + f"<main>{TABLE}</main>",
    "running, the same on fewer pages": RUNNING.format("示例公司", "内部") + PLAIN,
    "running, long": RUNNING.format(NAME, NAME * 2) + f"<main>{TABLE}</main>",
    "running, with parts": RUNNING.format("示例<b>公司</b><br>二", "<a href='#later'>内部</a> <i lang='en'>in</i>")
    + f"<main>{LATER}</main>",
    "running, other parts": RUNNING.format("示例<i>公司</i><br>二", "<a href='https://a.example'>内部</a> <i>in</i>")
    + f"<main>{LATER}</main>",
    "running, another link": RUNNING.format("示例<i>公司</i><br>二", "<a href='https://b.example' title='b'>内部</a> <i>in</i>") + PLAIN,
    "running, drawn": RUNNING.format("<svg width='9' height='9'><rect width='9' height='9'/></svg>", "<u>内部</u>") + PLAIN,
    "running, drawn otherwise": RUNNING.format("<svg width='9' height='9'><rect width='3' height='9'/></svg>", "<u>内部</u>") + PLAIN,
}
MARGINS = {
    "built in": "",
    "running blocks": "header.running, footer.running { display: block; background: #eee } .running .left { float: left } "
    ".running .right { position: absolute; right: 0; max-width: 30% } .running b { position: relative; top: 1mm }",
    "running tables": "header.running { display: table; width: 100% } .running .left { display: table-cell; width: 60% } "
    "footer.running { display: grid; grid-template-columns: 1fr auto }",
    "margins": "h2 { string-set: part content() } @page { @top-right { content: string(part) counter(page, upper-roman) } "
    "@left-middle { content: element(header); background: red; width: 20mm } } @page :first { @bottom-center { content: none } } "
    "@page :left { @top-center { font-size: 20pt; padding: 1mm } }",
    "backgrounds": "tr:nth-child(2n) { background: #eee } td { border-radius: 2mm 0 } p { box-shadow: 1mm 1mm red; visibility: hidden } "
    "header.running { background: currentcolor; border-radius: 1mm } b { background: rgba(0, 0, 0, 0); visibility: hidden }",
}


def written(document: Document, look: Look) -> tuple[bytes | None, list[str]]:
    data, found = write(document, look)
    return data, [problem.message for problem in found]


@pytest.mark.parametrize("sheet", SHEETS, ids=list(SHEETS))
def test_documents_one_after_another_are_as_if_each_were_the_first(sheet: str, built_in_look: Look, page: MakePage):
    look = replace(built_in_look, css=built_in_look.css + SHEETS[sheet])
    same_in_any_order([page(body) for body in BODIES.values()], look)


@pytest.mark.parametrize("sheet", MARGINS, ids=list(MARGINS))
def test_each_document_has_its_own_margins(sheet: str, built_in_look: Look, page: MakePage):
    look = replace(built_in_look, css=built_in_look.css + MARGINS[sheet])
    same_in_any_order([page(body) for body in HEADED.values()], look)


def test_margins_are_laid_out_once(built_in_look: Look, page: MakePage, monkeypatch: pytest.MonkeyPatch):
    """A header does so for all pages, a footer for each number, and the next document finds both."""
    anew = []
    plain = running._plain
    monkeypatch.setattr(running, "_plain", lambda *rest: (anew.append(1), plain(*rest))[1])
    look = replace(built_in_look, css=built_in_look.css + "/* margins of its own */")
    kept: list = []
    write(page(HEADED["running"]), look, laid_out=kept)
    assert len(kept[0].pages) > 1
    assert len(anew) == 1 + len(kept[0].pages)
    written(page(HEADED["running"]), look)
    assert len(anew) == 1 + len(kept[0].pages)


def same_in_any_order(made: list[Document], look: Look) -> None:
    with speedups.without():
        expected = [written(document, look) for document in made]
    with speedups.without(DRAWN):
        for turn in (1, -1, 1):
            assert [written(document, look) for document in made[::turn]] == expected[::turn]
    ways = [[written(document, look)[1] for document in made], [said for _, said in expected]]
    assert ways[0] == ways[1]


def test_a_document_with_its_own_style_sheet_shares_none(built_in_look: Look, page: MakePage):
    own = page(PLAIN, head="<style>p { color: red; margin-left: 5mm }</style>")
    with speedups.without():
        expected = written(own, built_in_look), written(page(PLAIN), built_in_look)
    with speedups.without(DRAWN):
        for _ in range(2):
            assert (written(own, built_in_look), written(page(PLAIN), built_in_look)) == expected


def test_what_is_said_of_a_style_is_said_to_each_document(built_in_look: Look, page: MakePage):
    look = replace(built_in_look, css=built_in_look.css + "p { width: calc(1mm * 1mm) }")
    said = [written(page(PLAIN), look)[1] for _ in range(3)]
    assert said[0]
    assert said == [said[0]] * 3


def test_styles_are_shared(built_in_look: Look, page: MakePage, monkeypatch: pytest.MonkeyPatch):
    """A second document computes no style anew, and many with other identifiers do not add up."""
    written(page(PLAIN), built_in_look)
    made = []
    plain = SharedStyle.__init__
    monkeypatch.setattr(SharedStyle, "__init__", lambda self, *rest: (made.append(1), plain(self, *rest))[1])
    written(page(PLAIN), built_in_look)
    assert not made
    monkeypatch.setattr(styles, "LARGEST", 80)
    look = replace(built_in_look, css=built_in_look.css + "/* a sheet of its own */")
    for number in range(40):
        written(page(f'<main><p id="p{number}">段落</p></main>'), look)
    assert len(list(styles._STORES.values())[-1].styles) < 120


class _Style:
    def __init__(self) -> None:
        self.derived: dict = {}


def test_what_is_kept_has_an_end():
    kept = Kept("lines", most=3)
    first, second = _Style(), _Style()
    for number in range(3):
        kept.keep(kept.table(first), number, number)
    kept.keep(kept.table(second), "one", 1)
    assert kept.table(first) == {}
    assert kept.table(second) == {"one": 1}
    kept.keep(kept.table(first), "two", 2)
    assert (kept.table(first), kept.table(second)) == ({"two": 2}, {"one": 1})


def test_a_change_of_a_style_forgets_what_was_derived_from_it():
    parent = SharedStyle(None, {}, None, styles.css.InitialStyle(None), "", None, {"box": None, "area": None})
    for style in (parent, parent.anonymous_style):
        style["color"] = "red"
        style.derived["lengths"] = {}
        style["color"] = "red"
        assert style.derived
        style["color"] = "green"
        assert not style.derived
        assert not hasattr(style.copy(), "derived")
