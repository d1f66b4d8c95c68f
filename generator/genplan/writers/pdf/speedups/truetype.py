"""Cuts TrueType fonts down to the glyphs that a document shows.

A PDF that names glyphs by their numbers needs of a font the outlines, their places, the widths, and three tables of facts; no characters,
names, rules for shaping or hints. Glyphs keep their numbers, so that the file is the font with holes in it: outlines that are not shown are
empty.
"""

import struct
from itertools import pairwise

_NEEDED = ("glyf", "head", "hhea", "hmtx", "loca", "maxp")
_PLAIN = (b"\x00\x01\x00\x00", b"true")
_SHORT_LOCA = 2 * 0xFFFF
"""The most bytes of outlines that places of two bytes can tell apart."""
_CHECKSUM = 0xB1B0AFBA

# Flags of a part of a composite glyph.
_WORDS, _SCALE, _MORE, _SCALES, _MATRIX, _HINTED = 0x1, 0x8, 0x20, 0x40, 0x80, 0x100


def tables(data: bytes) -> dict[str, bytes] | None:
    """List the tables of a font file; None for what is not one TrueType font of its own."""
    if data[:4] not in _PLAIN:
        return None
    (count,) = struct.unpack_from(">H", data, 4)
    found = {}
    for at in range(12, 12 + 16 * count, 16):
        tag, _, offset, length = struct.unpack_from(">4s3I", data, at)
        found[tag.decode("latin-1")] = data[offset : offset + length]
    return found if all(tag in found for tag in _NEEDED) else None


class Face:
    """A font, read once, that pieces are cut from."""

    def __init__(self, found: dict[str, bytes]) -> None:
        self.tables = found
        (self.count,) = struct.unpack_from(">H", found["maxp"], 4)
        (long_loca,) = struct.unpack_from(">h", found["head"], 50)
        places = struct.unpack_from(f">{self.count + 1}{'I' if long_loca else 'H'}", found["loca"])
        self.places = places if long_loca else tuple(place * 2 for place in places)
        (self.wide,) = struct.unpack_from(">H", found["hhea"], 34)
        self.outlines: dict[int, tuple[bytes, tuple[int, ...]]] = {}

    def outline(self, glyph: int) -> tuple[bytes, tuple[int, ...]]:
        """Give a glyph's outline without hints, at an even length, and the glyphs it is composed of."""
        kept = self.outlines.get(glyph)
        if kept is None:
            data = self.tables["glyf"][self.places[glyph] : self.places[glyph + 1]]
            kept = self.outlines[glyph] = _without_hints(data)
        return kept

    def metrics(self, glyph: int) -> bytes:
        """Give a glyph's width and bearing; the last ones of a font share a width."""
        table = self.tables["hmtx"]
        if glyph < self.wide:
            return table[4 * glyph : 4 * glyph + 4]
        bearing = 4 * self.wide + 2 * (glyph - self.wide)
        return table[4 * self.wide - 4 : 4 * self.wide - 2] + table[bearing : bearing + 2]

    def cut(self, glyphs: set[int], *, notdef: bool) -> bytes:
        """Make a font of these glyphs and those they are composed of; `notdef` also draws what stands for a missing one."""
        shown = self._with_parts({glyph for glyph in glyphs if glyph < self.count} | ({0} if notdef else set()))
        last = max(shown, default=0)
        outlines = {glyph: self.outline(glyph)[0] for glyph in sorted(shown)}
        glyf = b"".join(outlines.values())
        steps = sorted(shown | {0, last + 1})
        short = len(glyf) <= _SHORT_LOCA
        head = bytearray(self.tables["head"])
        struct.pack_into(">I", head, 8, 0)
        struct.pack_into(">h", head, 50, 0 if short else 1)
        number = struct.pack(">H", last + 1)
        hhea = self.tables["hhea"][:34] + number
        maxp = self.tables["maxp"][:4] + number + _no_hints(self.tables["maxp"][6:])
        parts = glyf, bytes(head), hhea, self._widths(steps), _loca(steps, outlines, short=short), maxp
        return _assembled(dict(zip(_NEEDED, parts, strict=True)))

    def _with_parts(self, glyphs: set[int]) -> set[int]:
        found, waiting = set(glyphs), list(glyphs)
        while waiting:
            parts = set(self.outline(waiting.pop())[1]) - found
            found |= parts
            waiting += parts
        return found

    def _widths(self, steps: list[int]) -> bytes:
        return b"".join([self.metrics(glyph) + bytes(4 * (following - glyph - 1)) for glyph, following in pairwise(steps)])


def _loca(steps: list[int], outlines: dict[int, bytes], *, short: bool) -> bytes:
    """Tell where each outline starts; those without one start where the next does."""
    unit, size = (2, 2) if short else (1, 4)
    pieces, place = [bytes(size)], 0
    for glyph, following in pairwise(steps):
        place += len(outlines.get(glyph, b""))
        pieces.append((place // unit).to_bytes(size, "big") * (following - glyph))
    return b"".join(pieces)


def _without_hints(data: bytes) -> tuple[bytes, tuple[int, ...]]:
    if not data:
        return b"", ()
    (contours,) = struct.unpack_from(">h", data)
    if contours >= 0:
        at = 10 + 2 * contours
        (length,) = struct.unpack_from(">H", data, at)
        return _even(data[:at] + b"\x00\x00" + data[at + 2 + length :]), ()
    out, parts, at, flags = bytearray(data[:10]), [], 10, _MORE
    while flags & _MORE:
        flags, part = struct.unpack_from(">HH", data, at)
        size = 4 + (4 if flags & _WORDS else 2) + (2 if flags & _SCALE else 4 if flags & _SCALES else 8 if flags & _MATRIX else 0)
        out += struct.pack(">H", flags & ~_HINTED) + data[at + 2 : at + size]
        parts.append(part)
        at += size
    return _even(bytes(out)), tuple(parts)


def _even(data: bytes) -> bytes:
    return data + b"\x00" if len(data) % 2 else data


def _no_hints(rest: bytes) -> bytes:
    """Clear what `maxp` says of hints: zones, storage, functions, stack and the length of instructions."""
    if len(rest) < 26:  # noqa: PLR2004 - a font without outlines has the short form
        return rest
    return rest[:8] + struct.pack(">H", 1) + bytes(12) + rest[22:]


def _sum(data: bytes) -> int:
    """Add up a table's words of four bytes, as OpenType's checksum does."""
    padded = data + bytes(-len(data) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}I", padded))
    return total & 0xFFFFFFFF


def _assembled(parts: dict[str, bytes]) -> bytes:
    count = len(parts)
    power = count.bit_length() - 1
    directory = struct.pack(">4s4H", _PLAIN[0], count, 16 << power, power, 16 * count - (16 << power))
    place, body, total = 12 + 16 * count, [], 0
    for tag, data in sorted(parts.items()):
        checked = _sum(data)
        directory += struct.pack(">4s3I", tag.encode(), checked, place, len(data))
        total += checked
        body += [data, bytes(-len(data) % 4)]
        place += len(data) + -len(data) % 4
    adjusted = (_CHECKSUM - total - _sum(directory)) & 0xFFFFFFFF
    whole = bytearray(directory + b"".join(body))
    (head,) = (struct.unpack_from(">I", directory, at + 8)[0] for at in range(12, 12 + 16 * count, 16) if directory[at : at + 4] == b"head")
    struct.pack_into(">I", whole, head + 8, adjusted)
    return bytes(whole)
