"""Families that a brand names: what draws documents where the theme has no files of them, and for rare characters."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from genplan.diagnostics import Outcome
from genplan.theme import glyphs
from genplan.theme.context.brand import brand_context
from genplan.theme.render import render
from genplan.theme.theme import Theme, load_theme
from genplan.workspace.writer_inputs import make_look
from genplan.writers.pdf import write

Load = Callable[[Mapping[str, str | bytes]], Outcome[Theme | None]]
RARE = "\U0003106c"
"""No font of genplan's has it."""
NAMES = "meta: {name: 云帆}\n"
FALLBACK = (
    f"{NAMES}typography:\n  fonts: [{{family: Rare, source: file, files: [fonts/rare.ttf]}}]\n"
    "  base: {family: None Such}\n  headings: {family: Noto Serif SC}\n"
    "defaults: {genplan: {fallback: [Rare, None At All]}}\n"
)


def rare_font() -> bytes:
    pen = TTGlyphPen(None)
    for place in ((0, 0), (0, 700), (700, 700), (700, 0)):
        (pen.lineTo if place != (0, 0) else pen.moveTo)(place)
    pen.closePath()
    order = [".notdef", "rare"]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(RARE): "rare"})
    builder.setupGlyf(dict.fromkeys(order, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (1000, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Rare", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


@pytest.fixture
def rare(load: Load, monkeypatch: pytest.MonkeyPatch) -> Theme:
    monkeypatch.setattr(glyphs, "_system_font_shows", lambda _: False)
    theme, found = load({"brand.yml": FALLBACK, "fonts/rare.ttf": rare_font()})
    assert sorted(d.code for d in found) == ["GP536", "GP536", "GP537"]
    assert theme is not None
    return theme


def test_order_of_a_fallback_is_kept(rare: Theme):
    assert '--font-body:"Rare", "Noto Sans SC", "Noto Sans TC"' in rare.stylesheet
    assert '--font-headings:"Noto Serif SC", "Rare", "Noto Sans SC"' in rare.stylesheet
    assert 'src:url("fonts/rare.ttf")' in rare.stylesheet
    assert brand_context(rare.brand, "zh-CN")["font"] == "Rare, Noto Sans SC, Noto Sans TC"
    taiwan = rare.speaking("zh-TW").value
    assert '--font-headings:"Noto Serif TC", "Rare"' in taiwan.stylesheet


def test_characters_of_a_fallback_can_be_shown(rare: Theme, theme: Theme):
    assert rare.readable.lacking(f"{RARE}员\U0003106d") == ["\U0003106d"]
    assert RARE in theme.readable.lacking(RARE)


def test_pdf_is_drawn_with_a_fallback(rare: Theme, sample_context: dict[str, object]):
    document, _ = render(rare, rare.kinds["scheme"], sample_context, date(2026, 7, 1))
    assert document is not None
    for element in document.tree.iter("h1"):
        element.text = RARE
    data, found = write(document, make_look(rare, Path()))
    assert data is not None
    assert not found


def test_family_that_a_style_sheet_names_is_brought_along(load: Load):
    theme, found = load({"styles/custom.css": "h1 { font-family: 'Noto Serif TC' }"})
    assert theme is not None
    assert not found
    assert re.search(r'font-family:"Noto Serif TC";src:url\("fonts/NotoSerifTC-Bold.ttf"\)', theme.stylesheet)


def test_faces_of_word_that_stand_in(load: Load):
    theme, _ = load({"brand.yml": NAMES + "defaults: {genplan: {word: {substitutes: {Noto Sans SC: 黑体}}}}\n"})
    assert theme is not None
    substitutes = dict(theme.brand.word_substitutes)
    assert (theme.brand.word_body_font, substitutes["Noto Sans SC"], substitutes["Noto Serif SC"]) == ("Noto Sans SC", "黑体", "宋体")


def test_built_in_theme_names_no_font_that_is_missing():
    assert not load_theme(None, "zh-CN").diagnostics
