"""The watermark of pages: a line of text as shapes, so that nobody's program reads it into the text that stands over it.

It is drawn in a tint without transparency, behind everything else; Word's own kind of watermark is `writers.docx.watermark`.
"""

from functools import lru_cache
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from genplan.writers.look import Look
from genplan.writers.raster import font_files
from genplan.writers.tint import tint

SIDE = 150
"""Millimetres of the square that the watermark fills, on portrait and landscape pages alike."""
_LONGEST, _TALLEST = 1.25, 0.3
"""Length and height of the text at most, in sides of the square; the diagonal is 1.41 long."""


def drawing(text: str, look: Look) -> str:
    """Draw the watermark: an SVG of a square in which the text rises from corner to corner."""
    shape, left, bottom, right, top = _outline(text, font_files(look))
    width, height = right - left, top - bottom
    scale = min(_LONGEST / width, _TALLEST / height) * SIDE
    middle = SIDE / 2
    centred = f"translate({-(left + right) / 2:.1f} {-(bottom + top) / 2:.1f})"
    place = f"translate({middle} {middle}) rotate(-45) scale({scale:.6f} {-scale:.6f}) {centred}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}mm" height="{SIDE}mm" viewBox="0 0 {SIDE} {SIDE}">'
        f'<path transform="{place}" fill="{tint(look)}" d="{shape}"/></svg>'
    )


@lru_cache(maxsize=16)
def _outline(text: str, files: tuple[str, ...]) -> tuple[str, float, float, float, float]:
    """Set the text in the first of the fonts that has each character: its path, and its box in thousandths of an em."""
    fonts = [TTFont(Path(file), lazy=True) for file in files]
    path = SVGPathPen(None, ntos=lambda number: f"{number:.0f}")
    at = 0.0
    box: list[tuple[float, float, float, float]] = []
    for character in text:
        font = next((font for font in fonts if ord(character) in font.getBestCmap()), fonts[-1])
        name = font.getBestCmap().get(ord(character), ".notdef")
        glyphs = font.getGlyphSet()
        scale = 1000 / font["head"].unitsPerEm
        move = (scale, 0, 0, scale, at, 0)
        glyphs[name].draw(TransformPen(path, move))
        bounds = BoundsPen(glyphs)
        glyphs[name].draw(TransformPen(bounds, move))
        box += [bounds.bounds] if bounds.bounds else []
        at += glyphs[name].width * scale
    lefts, bottoms, rights, tops = zip(*(box or [(0.0, 0.0, 1000.0, 1000.0)]), strict=True)
    return path.getCommands(), min(lefts), min(bottoms), max(rights), max(tops)
