"""Font files: what they are called, and whether they are fonts as a whole.

A font is measured with, cut down and embedded by three libraries; one that is broken off or overwritten ends in whatever each of them makes
of it, from another face to an exception. So its tables are looked at before.
"""

import logging
import struct
from array import array
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from genplan import resources
from genplan.messages import msg, reason
from genplan.theme.resource_checks.content import HashedBytes
from genplan.theme.resource_checks.problem import UnusableError

SUFFIXES = frozenset({".ttf", ".otf", ".woff", ".woff2"})
MAX_BYTES = 64 * 1024 * 1024
"""The largest fonts of all Chinese characters have 30 MiB."""
_TABLES = ("head", "hhea", "maxp", "hmtx", "cmap")
"""Tables that no font can do without."""
_OUTLINES = ("glyf", "CFF ", "CFF2", "CBDT", "sbix", "SVG ")
"""Tables that hold shapes or pictures of characters; a font has one of them."""
_SAVE_AGAIN = msg("download it again, or use another file: TrueType (.ttf) or OpenType (.otf)")


def is_font_name(name: str) -> bool:
    """Return whether a name has the suffix of a font."""
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def check_font(path: Path, name: str) -> None:
    """Ensure that a file is a font; those that genplan brings along are.

    Raises:
        UnusableError: GP545.
    """
    if not is_font_name(name):
        raise UnusableError("GP545", msg("`{name}` is not a font file", name=name), msg("fonts are .ttf, .otf, .woff and .woff2 files"))
    if path.is_relative_to(resources.templates().resolve()):
        return
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnusableError(
                "GP545",
                msg("font `{name}` has more than {limit} MiB", name=name, limit=MAX_BYTES // 2**20),
                msg("use a smaller one"),
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnusableError(
            "GP545", msg("font `{name}` cannot be read: {reason}", name=name, reason=reason(error)), msg("check its permissions")
        ) from error
    if wrong := _wrong(HashedBytes(data)):
        raise UnusableError("GP545", msg("font `{name}` cannot be used: {reason}", name=name, reason=wrong), _SAVE_AGAIN)


def characters(path: Path) -> frozenset[int]:
    """List the code points that a font has; none where it cannot be read, which checking it has said."""
    try:
        return _characters(HashedBytes(path.read_bytes()))
    except OSError:
        return frozenset()


@lru_cache(maxsize=64)
def _characters(content: HashedBytes) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - as below

    try:
        with TTFont(BytesIO(content.taken()), lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except Exception:  # noqa: BLE001 - as below
        return frozenset()


@lru_cache(maxsize=64)
def _wrong(content: HashedBytes) -> str:
    """Describe what is wrong with a font, once; nothing where it is sound."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - only where a workspace has fonts of its own

    logging.getLogger("fontTools").addHandler(logging.NullHandler())  # its remarks are not for people who write plans
    try:
        with TTFont(BytesIO(content.taken()), lazy=True) as font:
            return _wrong_tables(font)
    except TTLibError:
        return msg("it is not a font, or its table of contents is damaged")
    except ImportError as error:
        return msg("{package} is not installed, which is needed to decompress it", package=error.name)
    except Exception:  # noqa: BLE001 - whatever the library meets in bytes that are no font
        return msg("its tables are damaged")


def _wrong_tables(font: Any) -> str:  # noqa: ANN401 - fontTools has no types
    lacking = [tag for tag in _TABLES if tag not in font]
    outlines = next((tag for tag in _OUTLINES if tag in font), None)
    if lacking or outlines is None:
        return msg("it has no table `{table}`", table=(lacking or ["glyf"])[0])
    for tag in font.reader.tables:
        font.reader[tag]  # short reads are exceptions
    for tag in _TABLES:
        font[tag]
    for record in font["name"].names if "name" in font else ():
        record.toUnicode()
    if not any(table.cmap for table in font["cmap"].tables):
        return msg("it has no characters")
    return _wrong_outlines(font.reader["loca"], len(font.reader["glyf"]), font) if outlines == "glyf" else ""


def _wrong_outlines(loca: bytes, length: int, font: Any) -> str:  # noqa: ANN401
    """Ensure that every outline lies within the table of outlines."""
    long = font["head"].indexToLocFormat
    offsets = array("I" if long else "H")
    offsets.frombytes(loca[: len(loca) // offsets.itemsize * offsets.itemsize])
    if struct.pack("=H", 1) == b"\x01\x00":
        offsets.byteswap()
    if len(offsets) < font["maxp"].numGlyphs + 1 or (offsets and max(offsets) * (1 if long else 2) > length):
        return msg("its outlines are truncated")
    return "" if all(map(int.__le__, offsets, offsets[1:])) else msg("its outlines are out of order")
