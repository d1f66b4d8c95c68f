"""Charts drawn for Word: the same picture that a program for all of SVG draws, or none."""

from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
import resvg_py
from PIL import Image, ImageChops, ImageStat

from genplan.theme.svg import read_drawing
from genplan.writers.look import Look
from genplan.writers.pixels import draw, faces
from genplan.writers.raster import font_files, rasterize

SVG = '<svg viewBox="0 0 60 30" width="60mm" height="30mm">{}</svg>'
TEXT = (
    '<text x="30" y="{}" font-family="Noto Sans SC" font-size="3" text-anchor="{}" font-weight="{}" fill="#1f2933">用户满意度 90.5</text>'
)
SHAPES = {
    "bars": '<title>甲</title><rect x="3.3" y="2.2" width="40.1" height="4" fill="#1f4e79"/><rect x="3" y="8" width="20" height="4"'
    ' fill="#1f4e79" fill-opacity="0.55"/><line x1="3" y1="1" x2="3" y2="28" stroke="#5b6b7b" stroke-width="0.25"/>',
    "radar": '<polygon points="30,3 50,15 30,27 10,15 " fill="none" stroke="#a9b8c6" stroke-width="0.25"/>'
    '<line x1="30" y1="15" x2="50" y2="16" stroke="#a9b8c6" stroke-width="0.15"/>'
    '<polygon points="30,5 44,15 30,25 14,15" fill="#1f4e79" fill-opacity="0.18" stroke="#1f4e79" stroke-width="0.5"/>'
    '<circle cx="30" cy="5" r="0.7" fill="#1f4e79"/>',
    "trend": '<rect x="0" y="4" width="60" height="9" fill="#eef3f8"/><polyline points="5,20 20,12 40,16" fill="none" stroke="#1f4e79"'
    ' stroke-width="0.6"/><circle cx="20" cy="12" r="1" fill="#ffffff" stroke="#1f4e79" stroke-width="0.5"/>',
    "dashes": '<line x1="10" y1="2" x2="10" y2="28" stroke="#5b6b7b" stroke-width="0.4" stroke-dasharray="3 2"/>',
    "text": TEXT.format(8, "start", 400) + TEXT.format(14, "middle", 700) + TEXT.format(20, "end", 400),
}
OTHERS = {
    "path": '<path d="M0 0L9 9" stroke="#000000"/>',
    "group": '<g transform="rotate(9)"><rect width="4" height="4" fill="#000000"/></g>',
    "named colour": '<rect x="0" y="0" width="4" height="4" fill="red"/>',
    "round corners": '<rect x="0" y="0" width="4" height="4" rx="1" fill="#000000"/>',
    "turned text": '<text x="1" y="9" font-family="Noto Sans SC" font-size="3" rotate="9">甲</text>',
    "parts of text": '<text x="1" y="9" font-family="Noto Sans SC" font-size="3">甲<tspan>乙</tspan></text>',
    "letters that the font lacks": '<text x="1" y="9" font-family="Noto Sans SC" font-size="3">\U0001f9ff</text>',
    "a font that is not the theme's": '<text x="1" y="9" font-family="serif" font-size="3">甲</text>',
    "dashes at an angle": '<line x1="1" y1="1" x2="9" y2="8" stroke="#000000" stroke-dasharray="1 1"/>',
    "no numbers": '<rect x="1mm" y="0" width="4" height="4" fill="#000000"/>',
}


def drawing(shapes: str) -> Element:
    return fromstring(SVG.format(shapes))


def pixels(element: Element, look: Look) -> bytes | None:
    drawing = read_drawing(element)
    return draw(drawing, faces(look.css, font_files(look)), "#ffffff", 120) if drawing else None


@pytest.mark.parametrize("name", SHAPES)
def test_pictures_are_those_of_resvg(name: str, built_in_look: Look):
    svg = tostring(drawing(SHAPES[name]), encoding="unicode").replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    expected = resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, font_files=list(font_files(built_in_look)), dpi=120, background="#ffffff"
    )
    found = pixels(drawing(SHAPES[name]), built_in_look)
    assert found is not None
    one, other = (Image.open(BytesIO(bytes(data))).convert("RGB") for data in (found, expected))
    assert one.size == other.size
    # Edges may stand apart by less than a pixel.
    assert one.getpixel((0, 0)) == other.getpixel((0, 0)) == (255, 255, 255)
    blank = Image.new("RGB", one.size, "#ffffff")
    apart, drawn = (sum(ImageStat.Stat(ImageChops.difference(other.reduce(4), each.reduce(4))).mean) for each in (one, blank))
    assert apart < drawn / 3


def test_the_same_drawing_gives_the_same_bytes(built_in_look: Look):
    everything = "".join(SHAPES.values())
    first = pixels(drawing(everything), built_in_look)
    pixels(drawing(SHAPES["text"]), built_in_look)
    assert pixels(drawing(everything), built_in_look) == first


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_not_drawn_here_is_left_to_resvg(name: str, built_in_look: Look):
    assert pixels(drawing(OTHERS[name]), built_in_look) is None
    element = drawing(OTHERS[name])
    element.set("xmlns", "http://www.w3.org/2000/svg")
    svg = tostring(element, encoding="unicode")
    assert rasterize(read_drawing(element), svg, built_in_look).startswith(b"\x89PNG")


def test_without_the_fonts_nothing_is_drawn_here(tmp_path: Path, built_in_look: Look):
    assert faces(built_in_look.css, ()) == ()
    text = read_drawing(drawing(SHAPES["text"]))
    assert text is not None
    assert draw(text, (), "#ffffff", 120) is None
