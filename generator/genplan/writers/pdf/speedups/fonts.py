"""Fonts cut down to the glyphs that a document shows, by a HarfBuzz that keeps what it has read.

WeasyPrint takes a copy of each font's whole file for every document, and has HarfBuzz cut it down twice; where its library for that is
missing, fontTools reads and writes the whole font in Python, which takes longer than all the rest together. Plain TrueType fonts are cut by
uharfbuzz instead, once, from a file that is read once a process, to the six tables that are needed where a PDF names glyphs by their
numbers. PDFs are the same bytes with libharfbuzz-subset and without it. Fonts with variations, pictures or PostScript outlines, and those
that forms use, are left to WeasyPrint.

Needless once WeasyPrint keeps a font's file between documents and cuts it once.
"""

from typing import Any

import uharfbuzz
from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi

from genplan.writers.pdf.speedups.replacement import Replacement

MOST = 16
"""How many fonts are kept; a document has two to six."""
_NEEDED = frozenset({"glyf", "head", "hhea", "hmtx", "loca", "maxp"})

_plain_subset = fonts.Font.subset
_plain_data = fonts.get_hb_object_data
_FACES: dict[int, tuple[Any, bytes, uharfbuzz.Face]] = {}
"""A font's file, and what HarfBuzz read of it, by the address of Pango's font. That is held, so that no other comes to stand there."""


def _address(face: Any) -> int:  # noqa: ANN401
    return int(ffi.cast("intptr_t", face))


def _face(font: Any) -> uharfbuzz.Face | None:  # noqa: ANN401
    if not _NEEDED.issubset(font.tables) or font.index or "fvar" in font.tables or font.bitmap or font.png or font.svg or font.colr:
        return None
    key = _address(font.hb_face)
    if key not in _FACES:
        if len(_FACES) >= MOST:
            _FACES.clear()
        _FACES[key] = font.hb_face, font.file_content, uharfbuzz.Face(font.file_content)
    return _FACES[key][2]


def cut(face: uharfbuzz.Face, glyphs: set[int], *, notdef: bool) -> bytes | None:
    """Make a font of these glyphs, under their numbers; `notdef` also draws what stands for a missing one. None for a damaged font."""
    asked = uharfbuzz.SubsetInput()
    asked.glyph_set.update({glyph for glyph in glyphs if glyph < face.glyph_count})  # what is missing has numbers beyond
    asked.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NO_HINTING
    if notdef:
        asked.flags |= uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    asked.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in face.table_tags if tag not in _NEEDED)
    try:
        data: bytes = uharfbuzz.subset(face, asked).blob.data
    except RuntimeError:
        return None
    return data


def subset(self: Any, to_unicode: dict[int, str], hinting: bool) -> None:  # noqa: ANN401, FBT001
    """Remove unused glyphs and tables from a font."""
    face = None if hinting or not to_unicode else _face(self)
    data = face and cut(face, set(to_unicode), notdef=bool(self.missing))
    if data:
        self.file_content = data
    else:
        _plain_subset(self, to_unicode, hinting)


def get_hb_object_data(hb_object: Any, ot_color: str | None = None, glyph: int | None = None) -> Any:  # noqa: ANN401
    """Get the data of a font or a face; a file that was read is not copied again."""
    if ot_color is None:
        kept = _FACES.get(_address(hb_object))
        if kept:
            return kept[1]
    return _plain_data(hb_object, ot_color, glyph)


def replacements() -> list[Replacement]:
    """Cut fonts here."""
    return [Replacement(fonts.Font, "subset", subset), Replacement(fonts, "get_hb_object_data", get_hb_object_data)]
