"""Fonts that are cut have the shapes and widths they had, and PDFs do not depend on the libraries of the machine."""

from collections.abc import Callable
from io import BytesIO

import pytest
import uharfbuzz
import weasyprint.pdf.fonts
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables.ttProgram import Program

from genplan import resources
from genplan.theme.document import Document
from genplan.writers import speedups as versions
from genplan.writers.look import Look
from genplan.writers.pdf import speedups, write
from genplan.writers.pdf.speedups.fonts import cut

SHOWN = {0, 3, 40, 41, 700, 5000}
BUILT_IN = sorted((resources.templates() / "fonts").glob("*.ttf"))


def shape(font: TTFont, glyph: int) -> list:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getGlyphName(glyph)].draw(pen)
    return pen.value


def same_glyphs(whole: TTFont, data: bytes, shown: set[int]) -> None:
    font = TTFont(BytesIO(data), checkChecksums=2)
    assert font["maxp"].numGlyphs == max(shown) + 1
    for glyph in shown:
        assert shape(font, glyph) == shape(whole, glyph)
        assert font["hmtx"][font.getGlyphName(glyph)] == whole["hmtx"][whole.getGlyphName(glyph)]
    hidden = next(glyph for glyph in range(1, max(shown)) if glyph not in shown)
    assert shape(font, hidden) == []


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.name)
def test_built_in_fonts_keep_what_is_shown(path):
    data = path.read_bytes()
    same_glyphs(TTFont(BytesIO(data)), cut(uharfbuzz.Face(data), SHOWN, notdef=True), SHOWN)


def made(*, widths_end_early: bool = False) -> bytes:
    """Make a font with a square, a glyph composed of two, a scaled one of that, and instructions in all."""
    order = [".notdef", "square", "pair", "scaled", "spare"]
    square = TTGlyphPen(None)
    for point in ((0, 0), (0, 500), (500, 500)):
        (square.lineTo if point != (0, 0) else square.moveTo)(point)
    square.closePath()
    simple = square.glyph()
    glyphs = {".notdef": TTGlyphPen(None).glyph(), "square": simple, "spare": simple}
    pair = TTGlyphPen(glyphs)
    pair.addComponent("square", (1, 0, 0, 1, 0, 0))
    pair.addComponent("square", (1, 0, 0, 1, 600, 10))
    glyphs["pair"] = pair.glyph()
    scaled = TTGlyphPen(glyphs)
    scaled.addComponent("pair", (0.5, 0.25, 0, 0.5, 3, 300))
    glyphs["scaled"] = scaled.glyph()
    for name in ("square", "pair", "scaled"):
        glyphs[name].program = Program()
        glyphs[name].program.fromBytecode(b"\x4f\x4f")
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({65: "square", 66: "pair", 67: "scaled"})
    builder.setupGlyf(glyphs)
    same = dict.fromkeys(order, (600, 0))
    builder.setupHorizontalMetrics(same if widths_end_early else same | {"spare": (700, 1)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2()
    builder.setupPost()
    builder.font["fpgm"] = newTable("fpgm")
    builder.font["fpgm"].program = Program()
    builder.font["fpgm"].program.fromBytecode(b"\x4f")
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


@pytest.mark.parametrize("widths_end_early", [False, True])
def test_composed_glyphs_keep_their_parts_and_lose_their_instructions(*, widths_end_early: bool):
    data = made(widths_end_early=widths_end_early)
    whole, font = TTFont(BytesIO(data)), TTFont(BytesIO(cut(uharfbuzz.Face(data), {3}, notdef=False)), checkChecksums=2)
    for glyph in (1, 2, 3):
        assert shape(font, glyph) == shape(whole, glyph)
        assert (
            not hasattr(font["glyf"][font.getGlyphName(glyph)], "program")
            or not font["glyf"][font.getGlyphName(glyph)].program.getBytecode()
        )
    assert font["maxp"].numGlyphs == 4
    assert set(font.keys()) - {"GlyphOrder"} == {"glyf", "head", "hhea", "hmtx", "loca", "maxp"}
    assert font["hmtx"]["glyph00003"][0] == 600


def test_a_damaged_font_is_not_cut():
    assert cut(uharfbuzz.Face(bytes(40)), {1}, notdef=False) is None


def test_the_same_bytes_with_and_without_the_subsetter(built_in_look: Look, page: Callable[..., Document], monkeypatch: pytest.MonkeyPatch):
    document = page("<main><h2>目的</h2><p>为客观评价工作成果。</p></main>")
    data, found = write(document, built_in_look)
    monkeypatch.setattr(weasyprint.pdf.fonts, "harfbuzz_subset", None)
    assert write(document, built_in_look) == (data, found)
    assert not found


def test_other_versions_are_left_as_they_are(monkeypatch: pytest.MonkeyPatch, built_in_look: Look, page: Callable[..., Document]):
    with speedups.without():
        expected = write(page("<main><p>甲</p></main>"), built_in_look)
        speedups.fits.cache_clear()
        monkeypatch.setattr(versions, "version", {"weasyprint": "70.1", "pydyf": "0.13.0"}.get)
        assert not speedups.fits()
        speedups._AWAY.clear()
        speedups.install()
        assert write(page("<main><p>甲</p></main>"), built_in_look) == expected
        monkeypatch.undo()
        speedups.fits.cache_clear()
    assert speedups.fits()
