"""Drawings in pixels, of the few shapes that charts consist of, by Pillow.

A program for all of SVG reads the fonts again for every drawing and takes twenty times as long. What charts repeat from person to person
(names of indicators, rings, axes) is drawn once and kept. Whatever else a drawing holds is left to such a program.
"""

import re
import struct
import zlib
from collections.abc import Callable
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from fontTools.ttLib import TTFont
from PIL import Image, ImageColor, ImageDraw, ImageFont

_FINE = 4
"""Edges are drawn so many times as large, and made smooth by shrinking."""
_LARGEST = 4_000_000
"""Most pixels that are drawn here."""
_MOST = 240
"""Most colours of a picture, as near as rounding goes; there may be 256."""
_APART = 8
_MM = 25.4
_COLOR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_SIZE = re.compile(r"(\d+(?:\.\d+)?)mm")
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:[\s,]+-?\d+(?:\.\d+)?)*")
_FONT_FACE = re.compile(r'^@font-face\{font-family:"([^"\\]*)";src:url\("[^"]*"\);font-weight:(\d+);font-style:(\w+)\}', re.MULTILINE)
_WEIGHTS = {"400": 400, "700": 700, "normal": 400, "bold": 700}

_Box = tuple[int, int, int, int]
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


def draw(drawing: Element, fonts: tuple[_Face, ...], ground: str, dpi: int) -> bytes | None:
    """Draw an `svg` of the tree as a PNG on a colour; None where it holds what is not drawn here."""
    try:
        sheet = _Sheet(drawing, fonts, ground, dpi)
        _shapes(sheet, drawing, ground)
    except UnknownShapeError:
        return None
    return _png(sheet.image, _palette(ground, tuple(sheet.inks)))


_grids: dict[tuple[object, ...], tuple[Image.Image, tuple[_Ink, ...]]] = {}
_MOST_GRIDS = 16


def _shapes(sheet: "_Sheet", drawing: Element, ground: str) -> None:
    """Draw all elements; the rings and rays that a drawing starts with are those of the one before, and kept."""
    elements = [element for element in drawing if element.tag not in _SAID or len(element) or element.attrib]
    grid = list(takewhile(_is_of_grid, elements))
    key = (sheet.image.size, sheet.scale, ground, *((element.tag, *element.items()) for element in grid))
    if key in _grids:
        image, inks = _grids[key]
        sheet.image, sheet.inks = image.copy(), dict.fromkeys(inks)
    else:
        for element in grid:
            sheet.shape(element)
        if grid:
            if len(_grids) >= _MOST_GRIDS:
                _grids.clear()
            _grids[key] = sheet.image.copy(), tuple(sheet.inks)
    for element in elements[len(grid) :]:
        sheet.shape(element)


def _is_of_grid(element: Element) -> bool:
    return not len(element) and (element.tag == "line" or (element.tag == "polygon" and element.get("fill") == "none"))


class _Sheet:
    """A picture that shapes are drawn on."""

    def __init__(self, drawing: Element, fonts: tuple[_Face, ...], ground: str, dpi: int) -> None:
        found = [_SIZE.fullmatch(drawing.get(name, "")) for name in ("width", "height")]
        box = _numbers(drawing.get("viewBox", ""))
        if not all(found) or len(box) != 4 or box[0] or box[1] or min(box[2:]) <= 0:  # noqa: PLR2004 - x, y, width, height
            raise UnknownShapeError
        sides = [max(1, round(float(side[1]) / _MM * dpi)) for side in found if side]
        self.scale = sides[0] / box[2]
        if abs(self.scale * box[3] - sides[1]) > 2 or sides[0] * sides[1] > _LARGEST:  # noqa: PLR2004 - pixels, by rounding
            raise UnknownShapeError
        self.image = Image.new("RGB", (sides[0], sides[1]), _color(ground))
        self.fonts = fonts
        self.inks: dict[_Ink, None] = {}
        """The colours there are, in the order they come up."""

    def shape(self, element: Element) -> None:
        """Draw an element."""
        known = _SHAPES.get(str(element.tag))
        if known is None or len(element) or not known.attributes.issuperset(element.keys()):
            raise UnknownShapeError
        known.draw(self, element)

    def at(self, element: Element, *names: str) -> list[float]:
        """Read lengths in pixels."""
        return [_number(element.get(name, "0")) * self.scale for name in names]

    def block(self, box: tuple[float, float, float, float], ink: _Ink) -> None:
        """Fill a rectangle, from pixel to pixel, and be it one wide."""
        left, top, right, bottom = (round(side) for side in box)
        self.inks[ink] = None
        placed = left, top, max(right, left + 1), max(bottom, top + 1)
        if ink.strength == 255:  # noqa: PLR2004 - all of it
            self.image.paste(_rgb(ink.color), placed)
        else:
            self.image.paste(_rgb(ink.color), placed, Image.new("L", (placed[2] - left, placed[3] - top), ink.strength))

    def outline(self, points: _Points, ink: _Ink | None, width: float, *, closed: bool, filled: bool) -> None:
        """Draw a shape with corners, or the line around it, in one colour."""
        if ink is None:
            return
        x, y = int(min(points[::2]) - width) - 1, int(min(points[1::2]) - width) - 1
        placed = tuple(round(value - (y if place % 2 else x), 2) for place, value in enumerate(points))
        self.cover((x, y), _polygon(placed, round(width, 2), closed, filled, ink.strength), ink)

    def cover(self, place: tuple[int, int], mask: Image.Image, ink: _Ink) -> None:
        """Put a colour where a mask is."""
        self.inks[ink] = None
        self.image.paste(_rgb(ink.color), (*place, place[0] + mask.width, place[1] + mask.height), mask)


def _rect(sheet: _Sheet, element: Element) -> None:
    x, y, width, height = sheet.at(element, "x", "y", "width", "height")
    ink = _fill(element)
    if ink and width > 0 and height > 0:
        sheet.block((x, y, x + width, y + height), ink)


def _line(sheet: _Sheet, element: Element) -> None:
    x1, y1, x2, y2 = sheet.at(element, "x1", "y1", "x2", "y2")
    ink, width = _stroke(sheet, element)
    dashes = _numbers(element.get("stroke-dasharray", ""))
    if ink is None:
        return
    if x1 != x2 and y1 != y2:
        if dashes:
            raise UnknownShapeError
        sheet.outline((x1, y1, x2, y2), ink, width, closed=False, filled=False)
        return
    across = max(1, round(width))
    start, end = (min(x1, x2), max(x1, x2)) if y1 == y2 else (min(y1, y2), max(y1, y2))
    for from_, to in _pieces(start, end, [dash * sheet.scale for dash in dashes]):
        if y1 == y2:
            top = round(y1 - across / 2)
            sheet.block((from_, top, to, top + across), ink)
        else:
            left = round(x1 - across / 2)
            sheet.block((left, from_, left + across, to), ink)


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


def _corners(sheet: _Sheet, element: Element) -> None:
    points = tuple(number * sheet.scale for number in _numbers(element.get("points", "")))
    if len(points) < 4 or len(points) % 2:  # noqa: PLR2004 - two points
        raise UnknownShapeError
    closed = element.tag == "polygon"
    sheet.outline(points, _fill(element), 0, closed=closed, filled=True)
    ink, width = _stroke(sheet, element)
    sheet.outline(points, ink, width, closed=closed, filled=False)


def _circle(sheet: _Sheet, element: Element) -> None:
    x, y, radius = sheet.at(element, "cx", "cy", "r")
    ink, width = _stroke(sheet, element)
    for each, reach in ((ink, radius + width / 2), (_fill(element), radius - (width / 2 if ink else 0))):
        if each and reach > 0:
            left, top = int(x - reach) - 1, int(y - reach) - 1
            quarter = [round((value) * _FINE) / _FINE for value in (x - left, y - top)]
            sheet.cover((left, top), _disc(quarter[0], quarter[1], round(reach, 2), each.strength), each)


def _text(sheet: _Sheet, element: Element) -> None:
    text = " ".join((element.text or "").split())
    ink = _fill(element)
    if not text or ink is None:
        return
    x, y, size = sheet.at(element, "x", "y", "font-size")
    face = _face(sheet.fonts, element.get("font-family", ""), element.get("font-weight", "400"), text)
    mask, left, top, advance = _lettering(text, face, round(size, 2))
    shift = {"start": 0.0, "middle": advance / 2, "end": advance}.get(element.get("text-anchor", "start"))
    if shift is None or ink.strength != 255:  # noqa: PLR2004 - all of it
        raise UnknownShapeError
    sheet.cover((round(x - shift) + left, round(y) + top), mask, ink)


def _nothing(_sheet: _Sheet, _element: Element) -> None:
    """Draw nothing for what is read aloud."""


class _Shape(NamedTuple):
    draw: Callable[[_Sheet, Element], None]
    attributes: frozenset[str]


_SAID = frozenset({"title", "desc"})
"""What is read aloud: nothing is drawn for it."""
_FILLED = {"fill", "fill-opacity"}
_STROKED = {"stroke", "stroke-width"}
_SHAPES = {
    "title": _Shape(_nothing, frozenset()),
    "desc": _Shape(_nothing, frozenset()),
    "rect": _Shape(_rect, frozenset({"x", "y", "width", "height"} | _FILLED)),
    "line": _Shape(_line, frozenset({"x1", "y1", "x2", "y2", "stroke-dasharray"} | _STROKED)),
    "polygon": _Shape(_corners, frozenset({"points", "stroke-linejoin"} | _FILLED | _STROKED)),
    "polyline": _Shape(_corners, frozenset({"points", "stroke-linejoin"} | _FILLED | _STROKED)),
    "circle": _Shape(_circle, frozenset({"cx", "cy", "r"} | _FILLED | _STROKED)),
    "text": _Shape(_text, frozenset({"x", "y", "font-family", "font-size", "font-weight", "text-anchor", "fill"})),
}


def _fill(element: Element) -> _Ink | None:
    color = element.get("fill", "#000000")
    return None if color == "none" else _Ink(_color(color), round(255 * min(1.0, max(0.0, _number(element.get("fill-opacity", "1"))))))


def _stroke(sheet: _Sheet, element: Element) -> tuple[_Ink | None, float]:
    color = element.get("stroke", "none")
    width = _number(element.get("stroke-width", "1")) * sheet.scale
    return (None, 0.0) if color == "none" or width <= 0 else (_Ink(_color(color)), width)


@lru_cache(maxsize=256)
def _rgb(color: str) -> tuple[int, ...]:
    return ImageColor.getrgb(color)


def _color(value: str) -> str:
    if not _COLOR.fullmatch(value):
        raise UnknownShapeError
    return value


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise UnknownShapeError from None


def _numbers(value: str) -> list[float]:
    value = value.strip()
    if value and not _NUMBERS.fullmatch(value):
        raise UnknownShapeError
    return [float(number) for number in value.replace(",", " ").split()]


def _shrunk(image: Image.Image, strength: int) -> Image.Image:
    small = image.reduce(_FINE)
    return small if strength == 255 else small.point([level * strength // 255 for level in range(256)])  # noqa: PLR2004 - all of it


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
    return _shrunk(image, strength)


@lru_cache(maxsize=200)
def _disc(x: float, y: float, radius: float, strength: int) -> Image.Image:
    """Draw what a circle covers."""
    image = Image.new("L", ((int(x + radius) + 2) * _FINE, (int(y + radius) + 2) * _FINE))
    ImageDraw.Draw(image).ellipse([(side + reach) * _FINE for reach in (-radius, radius) for side in (x, y)], fill=255)
    return _shrunk(image, strength)


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
def _face(fonts: tuple[_Face, ...], families: str, weight: str, text: str) -> str:
    """Find the first of the families that has all of a text, and so the file of the weight."""
    if weight not in _WEIGHTS:
        raise UnknownShapeError
    named = [family.strip().strip("\"'") for family in families.split(",")]
    for family in named:
        for face in fonts:
            if face.family == family and face.weight == _WEIGHTS[weight] and _characters(face.file).issuperset(map(ord, text)):
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
