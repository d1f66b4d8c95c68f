"""Glyphs of text, read from Pango at once, and those of short text kept.

To draw a line of text WeasyPrint lays it out again and walks through its glyphs, asking for each field of each one. Here a run's glyphs are
read in one piece. What is drawn follows from the text, the style and the space between words, so that of short text is kept with the style:
the numbers of the glyphs, their widths and characters. It is only used where the document's fonts say the same of these glyphs, as a
glyph's width is rounded at the size it is first met with.

Decorated, shortened or raised text, missing glyphs and fonts with pictures are left to WeasyPrint.

Needless once WeasyPrint reads a run's glyphs from one buffer, and keeps what it has read with the layout.
"""

import struct
from dataclasses import dataclass, field
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.matrix import Matrix
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.fonts import get_pango_font_key

from genplan.writers.pdf.speedups.lines import LONGEST
from genplan.writers.pdf.speedups.replacement import Replacement, everywhere
from genplan.writers.pdf.speedups.shared import SHARED, Kept

MOST = 4000
"""How many drawn texts are kept."""

_plain = drawing.draw_text
_KEPT = Kept("glyphs", MOST)
_GLYPH = struct.Struct("=I3i4x")
"""A glyph's number, its width and its two offsets, as Pango has them in memory."""
_SPECIAL = 0x1FFFFFFF ^ 0x0FFFFFFF
"""The bit that Pango sets in the number of a missing glyph."""
_EMPTY = 0x0FFFFFFF
_NOTHING = 1e-6
"""A font size that WeasyPrint does not draw."""
_ROUNDED_SIZES = 14802
"""The version of Pango since which a font tells its size exactly."""


@dataclass(slots=True)
class _Part:
    """Text in one font: what shows it, and the widths and characters of its glyphs, in order."""

    key: int
    name: str
    size: float
    shown: str = ""
    widths: dict[int, float] = field(default_factory=dict)
    characters: dict[int, str] = field(default_factory=dict)


def draw_text(stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: Any) -> None:  # noqa: ANN401
    """Draw the text of a box."""
    style = textbox.style
    glyphs = None
    if (
        type(style) in SHARED
        and text_overflow != "ellipsis"
        and block_ellipsis == "none"
        and style["visibility"] == "visible"
        and style["text_decoration_line"] == "none"
        and style["font_size"] >= _NOTHING
        and textbox.text.strip()
    ):
        glyphs = parts(stream, textbox.pango_layout, style)
    if glyphs is None:
        _plain(stream, textbox, offset_x, text_overflow, block_ellipsis)
        return
    stream.set_color(style["color"])
    stream.begin_text()
    show(stream, glyphs, Matrix(d=-1, e=textbox.position_x, f=textbox.position_y + textbox.baseline))
    stream.end_text()


def show(stream: Any, parts: list[_Part], matrix: Any) -> None:  # noqa: ANN401
    """Write glyphs into a text object."""
    stream.set_text_matrix(*matrix.values)
    for part in parts:
        stream.set_font_size(part.name, part.size)
        stream.show_text(part.shown)


def parts(stream: Any, layout: Any, style: Any) -> list[_Part] | None:  # noqa: ANN401
    """Return what to draw, from what is kept or from Pango; None where it is not plain glyphs."""
    if len(layout.text) > LONGEST:
        return _read(stream, layout, style)
    table = _KEPT.table(style)
    key = layout.text, layout.justification_spacing, getattr(layout, "spread", None)
    glyphs = table.get(key)
    if glyphs is not None and _agreed(stream._fonts, glyphs):  # noqa: SLF001 - the document's fonts
        return glyphs  # type: ignore[no-any-return]
    glyphs = _read(stream, layout, style)
    if glyphs is not None:
        _KEPT.keep(table, key, glyphs)
    return glyphs


def _agreed(fonts: dict[int, Any], parts: list[_Part]) -> bool:
    """Tell the document's fonts of glyphs that are shown, unless a font is new or has another width for one."""
    new = []
    for part in parts:
        font = fonts.get(part.key)
        if font is None:
            return False
        known = font.widths
        if not part.widths.items() <= known.items():
            if any(known.get(glyph, width) != width for glyph, width in part.widths.items()):
                return False
            new.append((font, part))
    for font, part in new:
        font.widths.update(part.widths)
        for glyph, characters in part.characters.items():
            font.to_unicode.setdefault(glyph, characters)
    return True


def _read(stream: Any, layout: Any, style: Any) -> list[_Part] | None:  # noqa: ANN401
    """Lay text out and read its glyphs."""
    layout.reactivate(style)
    try:
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)  # noqa: FBT003
        first_line, _ = layout.get_first_line()
        return _Reader(stream, layout.text, style).read(first_line)
    finally:
        layout.deactivate()


class _Reader:
    """Reads the runs of a line."""

    def __init__(self, stream: Any, text: str, style: Any) -> None:  # noqa: ANN401
        self.stream, self.text, self.style = stream, text, style
        self.encoded = b""
        self.parts: list[_Part] = []

    def read(self, line: Any) -> list[_Part] | None:  # noqa: ANN401
        run, before, font = line.runs[0], None, None
        while run != ffi.NULL:
            item, run = run.data, run.next
            pango_font = item.item.analysis.font
            if pango_font != before:
                before = pango_font
                font = self._begin(pango_font)
            if font is None or not self._run(item, pango_font, font):
                return None
        return self.parts

    def _begin(self, pango_font: Any) -> Any:  # noqa: ANN401
        font, size = self.stream.add_font(pango_font)
        if font.bitmap or font.png or font.svg or font.colr:
            return None
        key, _, _ = get_pango_font_key(pango_font)
        self.parts.append(_Part(key, font.hash, size if pango.pango_version() >= _ROUNDED_SIZES else self.style["font_size"]))
        return font

    def _run(self, item: Any, pango_font: Any, font: Any) -> bool:  # noqa: ANN401
        glyphs, part = item.glyphs, self.parts[-1]
        read = list(_GLYPH.iter_unpack(ffi.buffer(glyphs.glyphs, glyphs.num_glyphs * _GLYPH.size)))
        if any(glyph & _SPECIAL or (rise and glyph != _EMPTY) for glyph, _, _, rise in read):
            return False
        size, widths, characters = part.size, font.widths, font.to_unicode
        pieces = []
        for place, (glyph, width, shift, _) in enumerate(read):
            if glyph == _EMPTY:
                pieces.append(f">{-width / size}<")
                continue
            if glyph not in characters:
                characters[glyph] = self._characters(item, place)
            offset = shift / size
            if offset:
                pieces.append(f">{-offset}<")
            pieces.append(f"{glyph:04x}")
            if glyph not in widths:
                widths[glyph] = self._width(pango_font, glyph, size)
            part.widths[glyph], part.characters[glyph] = widths[glyph], characters[glyph]
            kerning = widths[glyph] + offset - width * 1000 * FROM_UNITS / size
            if kerning:
                pieces.append(f">{int(kerning)}<")
        if pieces:
            shown = "<" + "".join(pieces)
            part.shown += shown[:-1] if shown[-1] == "<" else shown + ">"
        return True

    def _characters(self, item: Any, place: int) -> str:  # noqa: ANN401
        """Return the characters that a glyph stands for, by the places of its cluster and the next in the text's bytes."""
        clusters, run = item.glyphs.log_clusters, item.item
        if run.analysis.level % 2:  # from right to left
            end = run.length if place == 0 else clusters[place - 1]
        else:
            end = run.length if place == item.glyphs.num_glyphs - 1 else clusters[place + 1]
        self.encoded = self.encoded or self.text.encode()
        return self.encoded[run.offset + clusters[place] : run.offset + end].decode()

    def _width(self, pango_font: Any, glyph: int, size: float) -> int:  # noqa: ANN401
        stream = self.stream
        pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
        width: int = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
        return width


def replacements() -> list[Replacement]:
    """Draw text from what is read at once; not where Pango has glyphs of another shape in memory."""
    known = ffi.sizeof("PangoGlyphInfo") == _GLYPH.size and (pango.PANGO_GLYPH_EMPTY, pango.PANGO_GLYPH_UNKNOWN_FLAG) == (_EMPTY, _SPECIAL)
    if not known:
        return []
    return everywhere(drawing, "draw_text", draw_text)
