"""Fonts cut in this process, from tables read once.

WeasyPrint takes a copy of each font's whole file for every document, and has HarfBuzz cut it down twice; where its library for that is
missing, fontTools reads and writes the whole font in Python, which takes longer than all the rest together. Plain TrueType fonts are cut by
`truetype` instead, from tables that are read once a process, and PDFs are the same bytes with the library and without it. Fonts with
variations, pictures or PostScript outlines, and those that forms use, are left to WeasyPrint.

Needless once WeasyPrint keeps a font's file between documents and cuts it once. uharfbuzz would cut fonts as WeasyPrint does, reading the
whole font for each document (1.1 times as long for a document), and be one native library more; so `truetype` cuts them.
"""

from typing import Any

from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi

from genplan.writers.pdf.speedups.replacement import Replacement
from genplan.writers.pdf.speedups.truetype import Face, tables

MOST = 16
"""How many fonts are kept; a document has two to six."""

_plain_subset = fonts.Font.subset
_plain_data = fonts.get_hb_object_data
_FACES: dict[int, tuple[Any, bytes, Face | None]] = {}
"""A font's file, and its tables if it is TrueType, by the address of Pango's font. That is held, so that no other comes to stand there."""


def _address(face: Any) -> int:  # noqa: ANN401
    return int(ffi.cast("intptr_t", face))


def _face(font: Any) -> Face | None:  # noqa: ANN401
    if font.index or "fvar" in font.tables or font.bitmap or font.png or font.svg or font.colr:
        return None
    key = _address(font.hb_face)
    if key not in _FACES:
        if len(_FACES) >= MOST:
            _FACES.clear()
        found = tables(font.file_content)
        _FACES[key] = font.hb_face, font.file_content, Face(found) if found else None
    return _FACES[key][2]


def subset(self: Any, to_unicode: dict[int, str], hinting: bool) -> None:  # noqa: ANN401, FBT001
    """Remove unused glyphs and tables from a font."""
    face = None if hinting or not to_unicode else _face(self)
    if face is None:
        _plain_subset(self, to_unicode, hinting)
    else:
        self.file_content = face.cut(set(to_unicode), notdef=bool(self.missing))


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
