"""Drawings in Word: SVG with its PNG, in the size stated and with its words."""

import hashlib
import re
from pathlib import Path
from xml.etree.ElementTree import fromstring, tostring

import pytest

from genplan import resources
from genplan.theme.stylesheet import make_stylesheet
from genplan.theme.theme import load_theme
from genplan.writers.docx.pictures import _svg
from genplan.writers.look import Look

DRAWING = (
    '<figure class="chart"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40mm" height="20mm">'
    '<title>甲 80，乙 90。</title><rect x="0" y="0" width="20" height="5" fill="#1f4e79"></rect>'
    '<text x="2" y="15" font-family="Noto Sans SC" font-size="4">完成率</text></svg></figure><p class="caption below">图</p><p>后文</p>'
)
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><rect width="60" height="20" fill="#123456"/></svg>'


@pytest.fixture
def themed() -> Look:
    theme, _ = load_theme(None, "zh-CN")
    assert theme is not None
    css = make_stylesheet(theme.brand, theme.files, "zh-CN")
    return Look(theme.brand, resources.templates() / "reference.docx", theme.files.find, css, resources.templates() / "fonts")


def text(file, name: str = "word/document.xml") -> str:
    return file.raw(name).decode()


def svg_parts(file) -> list[str]:
    return [name for name in file.names if name.endswith(".svg")]


def test_a_drawing_is_svg_with_png(written, themed):
    file = written(DRAWING, look=themed)
    assert not file.diagnostics
    document = text(file, "word/document.xml")
    assert 'uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"' in document
    assert "asvg:svgBlip" in document
    assert 'descr="甲 80，乙 90。"' in document
    assert '<wp:extent cx="1440000" cy="720000"/>' in document
    types = text(file, "[Content_Types].xml")
    assert 'Extension="svg" ContentType="image/svg+xml"' in types
    assert 'Extension="png" ContentType="image/png"' in types
    (svg,) = svg_parts(file)
    assert "微软雅黑, Noto Sans SC" in text(file, svg)


def test_the_figure_stays_with_its_caption_and_the_caption_with_nothing(written, themed):
    document = text(written(f'<div class="keep">{DRAWING.partition("<p>")[0]}</div><p>后文</p>', look=themed))
    figure, caption = document.partition("</w:p>")[0], document.partition("</w:p>")[2].partition("</w:p>")[0]
    assert "<w:keepNext/>" in figure
    assert '<w:keepNext w:val="0"/>' in caption


def test_a_caption_below_does_not_name_the_next_table(written, themed):
    table = "<table class=data><colgroup><col style='width: 100%'></colgroup><tbody><tr><td>x</td></tr></tbody></table>"
    assert "tblCaption" not in text(written(DRAWING.replace("<p>后文</p>", table), look=themed))


def test_the_same_drawing_gives_the_same_bytes(written, themed):
    one, two = (written(DRAWING, look=themed).data for _ in range(2))
    assert hashlib.sha256(one).digest() == hashlib.sha256(two).digest()


def test_text_is_drawn_in_the_themes_font(written, themed):
    def png(html: str) -> bytes:
        file = written(html, look=themed)
        return file.raw(next(name for name in file.names if name.endswith(".png")))

    assert png(DRAWING) != png(DRAWING.replace("完成率", "")) != png(DRAWING.replace("完成率", "龘"))


def test_a_wide_drawing_is_no_wider_than_the_text(written, themed):
    document = text(written(DRAWING.replace('width="40mm" height="20mm"', 'width="400mm" height="200mm"'), look=themed))
    width, height = (int(document.partition(f' {side}="')[2].partition('"')[0]) for side in ("cx", "cy"))
    assert width == pytest.approx(height * 2, abs=2)
    assert width <= 166.1 * 36000


@pytest.fixture
def with_logo(look: Look, tmp_path: Path):
    def make(svg: str) -> Look:
        (tmp_path / "logo.svg").write_text(svg, "utf-8")
        return Look(look.brand, look.reference, {"logo.svg": tmp_path / "logo.svg"}.get, "", tmp_path)

    return make


def test_an_svg_logo_needs_no_png_beside_it(written, with_logo):
    file = written('<p><img class="logo" src="logo.svg" alt="标志"></p>', look=with_logo(LOGO))
    assert not file.diagnostics
    assert f'cx="{18 * 36000}" cy="{6 * 36000}"' in text(file, "word/document.xml")
    assert [text(file, name) for name in svg_parts(file)] == [LOGO]


@pytest.mark.parametrize(
    ("svg", "code"),
    [
        ("<svg/>", "GP542"),
        ("no drawing", "GP541"),
        ("", "GP541"),
        (LOGO.replace("0 0 60 20", "0 0 6e9 20"), "GP542"),
        (LOGO.replace("0 0 60 20", "0 0 sixty 20"), "GP542"),
        (LOGO.replace("<rect", '<image href="/etc/passwd"/><rect'), "GP544"),
        (LOGO.replace("<rect", '<rect fill="url(https://example.com/a.svg#b)"/><rect'), "GP544"),
        (LOGO.replace("</svg>", ""), "GP542"),
    ],
)
def test_an_svg_that_cannot_be_drawn_is_reported(written, with_logo, svg: str, code: str):
    file = written('<p><img src="logo.svg" alt="标志"></p>', look=with_logo(svg))
    assert [problem.code for problem in file.diagnostics] == [code]


def test_a_heat_cell_has_its_shade(written, themed):
    table = (
        "<table class=data><colgroup><col style='width: 100%'></colgroup><tbody>"
        '<tr><td class="number heat-5">96</td></tr></tbody></table>'
    )
    variables = dict(part.split(":") for part in themed.css.partition(":root{")[2].partition("}")[0].split(";"))
    assert f'w:fill="{variables["--heat-5"][1:].upper()}"' in text(written(table, look=themed))


def widths(file) -> list[int]:
    return [round(int(width) / 36000) for width in re.findall(r'<wp:extent cx="(\d+)"', text(file))]


def side_by_side(one: int, other: int) -> str:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="{}mm" height="20mm"><title>甲</title></svg>'
    return f'<figure class="chart">{drawing.format(one)} {drawing.format(other)}</figure><p class="caption below">图</p>'


def test_drawings_side_by_side_share_the_width(written, themed):
    assert widths(written(side_by_side(90, 60), look=themed)) == [90, 60]
    assert widths(written(side_by_side(110, 60), look=themed)) == [104, 60]
    assert widths(written(side_by_side(110, 100), look=themed)) == [110, 100]  # one below the other


def test_only_fonts_are_written_otherwise_for_word() -> None:
    tree = fromstring(
        '<svg xmlns:x="urn:x" width="1mm" note="a&lt;b&amp;&quot;c&#10;d&#9;"><title>a&lt;b&amp;c"</title><g/>'
        '<text x="1">甲</text> tail &amp;<text font-family="A, B" y="2">乙</text></svg>'
    )
    copy = fromstring(tostring(tree))
    for text_element, family in zip(copy.iter("text"), ("Face, sans-serif", "Face, A, B"), strict=True):
        text_element.set("font-family", family)
    assert _svg(tree, "Face") == tostring(copy, encoding="unicode")


def test_bars_of_the_same_length_are_one_picture_with_words_of_their_own(written, themed):
    bar = (
        '<svg viewBox="0 0 12 2" width="12mm" height="2mm"><title>{}</title><rect x="0" y="0" width="{}" height="2" fill="#1f4e79"/></svg>'
    )
    bars = "".join(f"<td>{bar.format(name, width)}</td>" for name, width in (("甲 80", 8), ("乙 80", 8), ("丙 40", 4)))
    file = written(f"<table class=data><tbody><tr>{bars}</tr></tbody></table>", look=themed)
    assert not file.diagnostics
    assert len(svg_parts(file)) == 2
    assert re.findall(r'<wp:docPr [^>]*descr="(.*?)"', text(file)) == ["甲 80", "乙 80", "丙 40"]
