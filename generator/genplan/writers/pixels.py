"""Drawings in pixels, of the few shapes that charts consist of, by Pillow.

A program for all of SVG reads the fonts again for every drawing and takes twenty times as long. What charts repeat from person to person
(names of indicators, rings, axes) is drawn once and kept. Whatever else a drawing holds is left to such a program.
"""

import re
import struct
import zlib
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib import TTFont
from PIL import Image, ImageColor, ImageDraw, ImageFont

from genplan.theme.drawing import Circle, Drawing, Line, Polygon, Polyline, Rect, Shape, Text

_FINE = 4
"""Edges are drawn so many times as large, and made smooth by shrinking."""
_LARGEST = 4_000_000
"""Most pixels that are drawn here."""
_MOST = 240
"""Most colours of a picture, as near as rounding goes; there may be 256."""
_APART = 8
_MM = 25.4
_FONT_FACE = re.compile(r'^@font-face\{font-family:"([^"\\]*)";src:url\("[^"]*"\);font-weight:(\d+);font-style:(\w+)\}', re.MULTILINE)

_Points = tuple[float, ...]


class UnknownShapeError(Exception):
    """Something that is not drawn here."""


class _Face(NamedTuple):
    """A font of the theme."""

    family: str
    weight: int
    file: str


class _Ink(NamedTuple):
    """A colour, and how much of it covers what is below, up to 255."""

    color: str
    strength: int = 255


@lru_cache(maxsize=4)
def faces(css: str, files: tuple[str, ...]) -> tuple[_Face, ...]:
    """List the fonts that a style sheet names, in its order, with the files that were found for them."""
    named = _FONT_FACE.findall(css)
    if len(named) != len(files):
        return ()
    return tuple(_Face(family, int(weight), file) for (family, weight, style), file in zip(named, files, strict=True) if style == "normal")


def draw(drawing: Drawing, fonts: tuple[_Face, ...], ground: str, dpi: int) -> bytes | None:
    """Draw a drawing as a PNG on a colour; None where it is too large, or lacks a font, or has dashes that are not drawn here."""
    try:
        sheet = _Sheet(drawing, fonts, ground, dpi)
        _shapes(sheet, drawing.shapes, ground)
    except UnknownShapeError:
        return None
    return _png(sheet.image, _palette(ground, tuple(sheet.inks)))


_grids: dict[tuple[object, ...], tuple[Image.Image, tuple[_Ink, ...]]] = {}
_MOST_GRIDS = 16


def _shapes(sheet: "_Sheet", shapes: tuple[Shape, ...], ground: str) -> None:
    """Draw all shapes; the rings and rays that a drawing starts with are those of the one before, and kept."""
    grid = tuple(takewhile(_is_of_grid, shapes))
    key = (sheet.image.size, sheet.scale, ground, grid)
    if key in _grids:
        image, inks = _grids[key]
        sheet.image, sheet.inks = image.copy(), dict.fromkeys(inks)
    else:
        for shape in grid:
            sheet.shape(shape)
        if grid:
            if len(_grids) >= _MOST_GRIDS:
                _grids.clear()
            _grids[key] = sheet.image.copy(), tuple(sheet.inks)
    for shape in shapes[len(grid) :]:
        sheet.shape(shape)


def _is_of_grid(shape: Shape) -> bool:
    return isinstance(shape, Line) or (isinstance(shape, Polygon) and shape.fill == "none")


class _Sheet:
    """A picture that shapes are drawn on."""

    def __init__(self, drawing: Drawing, fonts: tuple[_Face, ...], ground: str, dpi: int) -> None:
        width, height = (max(1, round(round(side * drawing.scale, 2) / _MM * dpi)) for side in (drawing.width, drawing.height))
        if width * height > _LARGEST:
            raise UnknownShapeError
        self.scale = width / drawing.width
        """Pixels that a unit takes."""
        self.image = Image.new("RGB", (width, height), ground)
        self.fonts = fonts
        self.inks: dict[_Ink, None] = {}
        """The colours there are, in the order they come up."""

    def shape(self, shape: Shape) -> None:
        """Draw a shape."""
        match shape:
            case Rect():
                self._rect(shape)
            case Line():
                self._line(shape)
            case Polyline():
                self._corners(shape)
            case Circle():
                self._circle(shape)
            case Text():
                self._text(shape)

    def _rect(self, rect: Rect) -> None:
        ink = _ink(rect.fill, rect.fill_opacity)
        x, y, width, height = (side * self.scale for side in (rect.x, rect.y, rect.width, rect.height))
        if ink and width > 0 and height > 0:
            self._block((x, y, x + width, y + height), ink)

    def _line(self, line: Line) -> None:
        x1, y1, x2, y2 = (place * self.scale for place in (line.x1, line.y1, line.x2, line.y2))
        ink, width = _ink(line.stroke), line.stroke_width * self.scale
        if ink is None or width <= 0:
            return
        if x1 != x2 and y1 != y2:
            if line.stroke_dasharray:
                raise UnknownShapeError
            self._outline((x1, y1, x2, y2), ink, width, closed=False, filled=False)
            return
        across = max(1, round(width))
        start, end = (min(x1, x2), max(x1, x2)) if y1 == y2 else (min(y1, y2), max(y1, y2))
        for from_, to in _pieces(start, end, [dash * self.scale for dash in line.stroke_dasharray]):
            if y1 == y2:
                top = round(y1 - across / 2)
                self._block((from_, top, to, top + across), ink)
            else:
                left = round(x1 - across / 2)
                self._block((left, from_, left + across, to), ink)

    def _corners(self, shape: Polyline) -> None:
        points = tuple(place * self.scale for point in shape.points for place in point)
        closed = isinstance(shape, Polygon)
        self._outline(points, _ink(shape.fill, shape.fill_opacity), 0, closed=closed, filled=True)
        if shape.stroke_width > 0:
            self._outline(points, _ink(shape.stroke), shape.stroke_width * self.scale, closed=closed, filled=False)

    def _circle(self, circle: Circle) -> None:
        x, y, radius = (place * self.scale for place in (circle.cx, circle.cy, circle.r))
        line = _ink(circle.stroke)
        half = circle.stroke_width * self.scale / 2 if line else 0
        for ink, reach in ((line, radius + half), (_ink(circle.fill), radius - half)):
            if ink and reach > 0:
                left, top = int(x - reach) - 1, int(y - reach) - 1
                across, down = (round(value * _FINE) / _FINE for value in (x - left, y - top))
                self._cover((left, top), _disc(across, down, round(reach, 2)), ink)

    def _text(self, text: Text) -> None:
        words, ink = " ".join(text.text.split()), _ink(text.fill)
        if not words or ink is None:
            return
        face = _face(self.fonts, text.font_family, text.font_weight, words)
        mask, left, top, advance = _lettering(words, face, round(text.font_size * self.scale, 2))
        shift = {"start": 0.0, "middle": advance / 2, "end": advance}[text.text_anchor]
        self._cover((round(text.x * self.scale - shift) + left, round(text.y * self.scale) + top), mask, ink)

    def _block(self, box: tuple[float, float, float, float], ink: _Ink) -> None:
        """Fill a rectangle, from pixel to pixel, and be it one wide."""
        left, top, right, bottom = (round(side) for side in box)
        self.inks[ink] = None
        placed = left, top, max(right, left + 1), max(bottom, top + 1)
        if ink.strength == 255:  # noqa: PLR2004 - all of it
            self.image.paste(_rgb(ink.color), placed)
        else:
            self.image.paste(_rgb(ink.color), placed, Image.new("L", (placed[2] - left, placed[3] - top), ink.strength))

    def _outline(self, points: _Points, ink: _Ink | None, width: float, *, closed: bool, filled: bool) -> None:
        """Draw a shape with corners, or the line around it, in one colour."""
        if ink is None:
            return
        x, y = int(min(points[::2]) - width) - 1, int(min(points[1::2]) - width) - 1
        placed = tuple(round(value - (y if place % 2 else x), 2) for place, value in enumerate(points))
        self._cover((x, y), _polygon(placed, round(width, 2), closed, filled, ink.strength), ink)

    def _cover(self, place: tuple[int, int], mask: Image.Image, ink: _Ink) -> None:
        """Put a colour where a mask is."""
        self.inks[ink] = None
        self.image.paste(_rgb(ink.color), (*place, place[0] + mask.width, place[1] + mask.height), mask)


def _pieces(start: float, end: float, dashes: list[float]) -> list[tuple[float, float]]:
    if not dashes:
        return [(start, end)]
    if len(dashes) % 2 or min(dashes) < 1:
        raise UnknownShapeError
    found, at = [], 0
    while start < end:
        if at % 2 == 0:
            found.append((start, min(start + dashes[at % len(dashes)], end)))
        start += dashes[at % len(dashes)]
        at += 1
    return found


def _ink(color: str, opacity: float = 1) -> _Ink | None:
    return None if color == "none" else _Ink(color, round(255 * opacity))


_OPAQUE = 3
"""Parts of a colour without transparency."""


def hex_color(color: str) -> str:
    """Return a colour of CSS as RRGGBB.

    Raises:
        ValueError: it is none, or one with transparency.
    """
    parts = ImageColor.getrgb(color)
    if len(parts) != _OPAQUE:
        raise ValueError(color)
    return "".join(f"{part:02X}" for part in parts)


@lru_cache(maxsize=256)
def _rgb(color: str) -> tuple[int, ...]:
    return ImageColor.getrgb(color)


@lru_cache(maxsize=500)
def _polygon(points: _Points, width: float, closed: bool, filled: bool, strength: int) -> Image.Image:  # noqa: FBT001
    """Draw what a shape covers; the line around it is `width` thick."""
    sides = (int(max(points[start::2]) + width) + 2 for start in (0, 1))
    image = Image.new("L", tuple(side * _FINE for side in sides))  # type: ignore[arg-type] # two of them
    corners = [(points[place] * _FINE, points[place + 1] * _FINE) for place in range(0, len(points), 2)]
    pencil = ImageDraw.Draw(image)
    if filled:
        pencil.polygon(corners, fill=255)
    else:
        pencil.line(corners + corners[:2] if closed else corners, fill=255, width=max(1, round(width * _FINE)), joint="curve")
    small = image.reduce(_FINE)
    return small if strength == 255 else small.point([level * strength // 255 for level in range(256)])  # noqa: PLR2004 - all of it


@lru_cache(maxsize=200)
def _disc(x: float, y: float, radius: float) -> Image.Image:
    """Draw what a circle covers."""
    image = Image.new("L", ((int(x + radius) + 2) * _FINE, (int(y + radius) + 2) * _FINE))
    ImageDraw.Draw(image).ellipse([(side + reach) * _FINE for reach in (-radius, radius) for side in (x, y)], fill=255)
    return image.reduce(_FINE)


@lru_cache(maxsize=2000)
def _lettering(text: str, file: str, size: float) -> tuple[Image.Image, int, int, float]:
    """Draw what text covers: the picture, where it stands from the start of the base line, and how far the text goes."""
    font = _font(file, size)
    left, top, right, bottom = font.getbbox(text, anchor="ls")
    x, y = int(left // _FINE) - 1, int(top // _FINE) - 1
    width, height = (int(right // _FINE) + 2 - x, int(bottom // _FINE) + 2 - y)
    image = Image.new("L", (width * _FINE, height * _FINE))
    ImageDraw.Draw(image).text((-x * _FINE, -y * _FINE), text, fill=255, font=font, anchor="ls")
    return image.reduce(_FINE), x, y, font.getlength(text) / _FINE


@lru_cache(maxsize=32)
def _font(file: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size * _FINE, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=16)
def _characters(file: str) -> frozenset[int]:
    with TTFont(Path(file), lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=2000)
def _face(fonts: tuple[_Face, ...], families: str, weight: int, text: str) -> str:
    """Find the first of the families that has all of a text, and so the file of the weight."""
    named = [family.strip().strip("\"'") for family in families.split(",")]
    for family in named:
        for face in fonts:
            if face.family == family and face.weight == weight and _characters(face.file).issuperset(map(ord, text)):
                return face.file
    raise UnknownShapeError


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _png(image: Image.Image, palette: Image.Image) -> bytes:
    """Write a PNG whose pixels are numbers of colours: a third of the data, and so of the time to press it."""
    width, height = image.size
    # Each line starts with a byte that says it is as it is.
    lined = Image.new("P", (width + 1, height))
    lined.paste(image.quantize(palette=palette, dither=Image.Dither.NONE), (1, 0))
    head = struct.pack(">2I5B", width, height, 8, 3, 0, 0, 0)
    colors = bytes(palette.getpalette() or ())
    parts = (b"IHDR", head), (b"PLTE", colors), (b"IDAT", zlib.compress(lined.tobytes(), 1)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


@lru_cache(maxsize=64)
def _palette(ground: str, inks: tuple[_Ink, ...]) -> Image.Image:
    """Give the colours of a drawing: each ink at the strengths of an edge, on the ground and on every ink that covers part of it."""
    grounds: list[tuple[int, ...]] = [ImageColor.getrgb(ground)]
    grounds += [_mixed(grounds[0], ink, ink.strength / 255) for ink in inks if ink.strength < 255]  # noqa: PLR2004 - all of it
    plain = dict.fromkeys((*grounds, *(ImageColor.getrgb(ink.color) for ink in inks)))
    steps = max(1, _MOST // (len(grounds) * max(1, len(inks))))
    mixed = dict.fromkeys(
        _mixed(base, ink, ink.strength / 255 * step / steps) for base in grounds for ink in inks for step in range(1, steps)
    )
    # Pillow looks colours up in steps of four: an edge's must not come so near a surface's that it is taken for it.
    apart = [color for color in mixed if all(max(abs(a - b) for a, b in zip(color, each, strict=True)) >= _APART for each in plain)]
    colors = [*plain, *apart][:256]
    image = Image.new("P", (1, 1))
    image.putpalette([part for color in colors for part in color])
    return image


def _mixed(base: tuple[int, ...], ink: _Ink, share: float) -> tuple[int, ...]:
    return tuple(round(below + (above - below) * share) for below, above in zip(base, ImageColor.getrgb(ink.color), strict=True))
