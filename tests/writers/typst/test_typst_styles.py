"""Typst shows what the style sheet says, a workspace's own rules too, and says what it cannot."""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

import pypdfium2
import pytest

from genplan.theme.stylesheet import Sheet
from genplan.theme.theme import load_theme
from genplan.theme.themes import ThemeChoice
from genplan.writers import typst
from genplan.writers.look import Look
from genplan.writers.typst.cascade import Cascade, Computed, wrap
from genplan.writers.typst.sheet import read_sheet


def computed(page: Callable, css: str, body: str) -> dict[str, Computed]:
    """Give the styles of elements by their ids."""
    cascade = Cascade(read_sheet(css))
    root = wrap(page(body).tree)
    found: dict[str, Computed] = {}

    def visit(wrapper: object, style: Computed) -> None:
        found[wrapper.etree_element.get("id", "")] = style
        for child, below in cascade.children(wrapper, style):
            visit(child, below)

    visit(root, cascade.root(root))
    return found


@pytest.mark.parametrize(
    ("css", "name", "value"),
    [
        ("p { margin: 1mm 2pt 3em }", "margin-bottom", 36.0),
        ("p { margin: 1mm 2pt 3em }", "margin-left", 2.0),
        ("p { padding: 4px }", "padding-top", 3.0),
        ("p { border-bottom: 0.5pt solid #a1b2c3 }", "border-bottom-color", "#a1b2c3"),
        ("p { border: thin dashed red }", "border-left-width", 0.75),
        (":root { --own: #123456 } p { color: var(--own) }", "color", "#123456"),
        ("main { font-size: 20pt } p { font-size: 50% }", "font-size", 10.0),
        ("main { font-size: 20pt } p { text-indent: 2em }", "text-indent", 40.0),
        ("p { color: red !important } p.a { color: blue }", "color", "#ff0000"),
        ("p.a { color: blue } p { color: red }", "color", "#0000ff"),
        (":where(p.a) { color: blue } p { color: red }", "color", "#ff0000"),
        ("h2 + p { color: red }", "color", "#ff0000"),
        ("h2 ~ p { color: red }", "color", "#ff0000"),
        ("h3 ~ p { color: red }", "color", "#000000"),
        ("p:nth-child(2) { color: red }", "color", "#ff0000"),
        ("p:last-child { color: red }", "color", "#ff0000"),
        ("@media screen { p { color: red } }", "color", "#000000"),
        ("@media print { p { color: red } }", "color", "#ff0000"),
        (":lang(zh) p { color: red }", "color", "#ff0000"),
        ("p { background: none } p.a { background: #abc }", "background-color", "#aabbcc"),
    ],
)
def test_styles_are_computed_as_css_does(page: Callable, css: str, name: str, value: object) -> None:
    style = computed(page, css, '<main><h2>题</h2><p class="a" id="it">文</p></main>')["it"].style
    assert style.get(name) == pytest.approx(value) if isinstance(value, float) else style.get(name) == value


def test_what_an_element_says_itself_counts_most(page: Callable) -> None:
    style = computed(page, "p#it.a { color: red }", '<main><p id="it" style="color: #010203">文</p></main>')["it"].style
    assert style["color"] == "#010203"


@pytest.mark.parametrize("name", ["modern", "official", "quiet", "vivid"])
def test_styles_of_the_built_in_looks_are_cached(name: str) -> None:
    """A selector that asks for more of an element's place than the cache knows would make every document take twice as long."""
    theme, _ = load_theme(None, "zh-CN", ThemeChoice(name))
    assert theme is not None
    assert not read_sheet(theme.stylesheet).is_positional


@pytest.mark.parametrize(
    "selector", ["tr:nth-child(2n)", "tr:nth-child(n+4)", "#it", "td:empty", "a + b + c + d", "p:has(> a)", "p:first-of-type"]
)
def test_other_selectors_are_heeded_without_the_cache(selector: str) -> None:
    assert read_sheet(f"{selector} {{ color: red }}").is_positional


def test_rows_that_look_alike_share_their_style_and_others_do_not(page: Callable) -> None:
    rows = "".join(f'<tr id="r{at}"><td>甲</td></tr>' for at in range(6))
    found = computed(page, "tr:first-child + tr { color: red }", f"<table><tbody>{rows}</tbody></table>")
    colours = [found[f"r{at}"].style["color"] for at in range(6)]
    assert colours == ["#000000", "#ff0000", "#000000", "#000000", "#000000", "#000000"]
    assert found["r2"].style is found["r3"].style


def written(page: Callable, look: Look, body: str, own: str) -> tuple[bytes, list[tuple[str, str]]]:
    sheet = Sheet("templates/styles/custom.css", own)
    data, found = typst.write(page(body), replace(look, css=f"{look.css}\n{own}", sheets=(sheet,)))
    assert data is not None
    return data, [(f"{each.span.file}:{each.span.line}:{each.span.column}", each.code) for each in found]


def test_rules_of_a_workspace_are_heeded(page: Callable, built_in_look: Look) -> None:
    body = "<main><p>正文</p></main>"
    plain, _ = written(page, built_in_look, body, "")
    moved, found = written(
        page, built_in_look, body, "main > p { margin-left: 0; padding-top: 40mm; text-indent: 0 }\n@page { margin-top: 50mm }"
    )
    assert not found
    before, after = (next(islice(boxes(data), 1)) for data in (plain, moved))
    assert before[3] - after[3] == pytest.approx((50 - 24 + 40) / 25.4 * 72, abs=0.5)
    assert before[0] - after[0] == pytest.approx(2 * 10.5, abs=0.5)


def boxes(data: bytes) -> list[tuple[float, float, float, float]]:
    text = pypdfium2.PdfDocument(data)[0].get_textpage()
    return [text.get_charbox(at) for at in range(text.count_chars())]


def test_what_typst_leaves_out_is_said_with_its_place(page: Callable, built_in_look: Look) -> None:
    own = "p { color: red;\n  float: left }\n@media print { h1 { transform: none } }\n@media screen { h1 { float: left } }\n"
    _, found = written(page, built_in_look, "<main><p>正文</p></main>", own)
    assert found == [("templates/styles/custom.css:2:3", "GP603"), ("templates/styles/custom.css:3:21", "GP603")]


def test_an_element_that_documents_do_not_have_is_an_error(page: Callable, built_in_look: Look) -> None:
    _, found = typst.write(page("<main><blockquote>引文</blockquote><p><kbd>键</kbd></p></main>"), built_in_look)
    assert [(each.code, each.message) for each in found] == [
        ("GP601", "<blockquote> is not supported"),
        ("GP601", "<kbd> is not supported"),
    ]
