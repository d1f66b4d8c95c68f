"""Pictures: their size, keeping them in the file once, and the drawing that shows one in a line."""

from copy import deepcopy
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element, tostring

from genplan.theme.drawing import Drawing, Text
from genplan.theme.resource_checks.content import HashedBytes
from genplan.theme.resource_checks.pictures import Facts
from genplan.theme.resource_checks.pictures import Picture as Shown
from genplan.theme.svg import NAMESPACE, read_drawing, size, to_svg
from genplan.writers.docx.archive import ArchiveMember, entry, stored
from genplan.writers.docx.relations import Relations, kind
from genplan.writers.docx.xml import PIC, escape
from genplan.writers.look import Look
from genplan.writers.raster import rasterize, rasterize_file, rasterize_shapes

EMU_PER_TWIP = 635
EMU_PER_MM = 36000
EMU_PER_PIXEL = 9525
EMU_PER_INCH = 914_400
_KINDS = {"image/png": ("png", 72), "image/jpeg": ("jpg", 72), "image/gif": ("gif", 72), "image/bmp": ("bmp", 96)}
"""Media types: the extension of a part that holds such a picture, and the dots to an inch of one that does not say."""


class WordPicture(NamedTuple):
    """A picture's file, compressed, and its natural size in EMU (914,400 an inch); `vector` is the SVG that `data` is a picture of."""

    data: ArchiveMember
    extension: str
    type: str
    width: int
    height: int
    vector: ArchiveMember | None = None


def vector(svg: str, png: bytes, extent: tuple[int, int]) -> WordPicture:
    """Join an SVG, its PNG for programs that draw none, and its size in EMU."""
    return WordPicture(stored("", png), "png", "image/png", *extent, entry("", svg))


def drawn(element: Element, look: Look, widest: int) -> WordPicture | None:
    """Draw an `svg` of the tree, no wider than so many EMU; None where it cannot be drawn."""
    stated = size(element)
    if stated is None:
        return None
    drawing = read_drawing(element)
    try:
        if drawing and not _has_text(drawing):
            svg, png = _shapes(replace(drawing, title="", note=""), look.brand.colors["background"])
        else:
            svg = _svg(element, look.brand.word_body_font)
            png = rasterize(drawing, svg, look)
    except (ValueError, OSError):  # OSError: what a font that is damaged within ends in
        return None
    width, height = (side * EMU_PER_MM for side in stated)
    fits = min(1.0, widest / width)
    return vector(svg, png, (round(width * fits), round(height * fits)))


def _has_text(drawing: Drawing) -> bool:
    return any(isinstance(shape, Text) for shape in drawing.shapes)


@lru_cache(maxsize=512)
def _shapes(drawing: Drawing, ground: str) -> tuple[str, bytes]:
    """Write a drawing without words and text as SVG and PNG; it is cached, since many bars of tables have the same length."""
    svg = to_svg(drawing, {}).replace("<svg ", f'<svg xmlns="{NAMESPACE}" ', 1)
    return svg, rasterize_shapes(drawing, svg, ground)


def _svg(element: Element, face: str) -> str:
    """Write an `svg` as text: Word has the theme's fonts only where somebody installed them, so a face of its own stands first."""
    element = deepcopy(element)
    element.tail = None
    for text in element.iter("text"):
        text.set("font-family", _faces(face, text.get("font-family", "sans-serif")))
    return tostring(element, encoding="unicode")


@lru_cache(maxsize=32)
def _faces(first: str, others: str) -> str:
    return ", ".join(dict.fromkeys((first, *others.split(", "))))


@lru_cache(maxsize=64)
def _load(content: HashedBytes, facts: Facts) -> WordPicture:
    data = content.taken()
    if facts.type == "image/svg+xml":
        drawn = rasterize_file(data.decode("utf-8-sig"))
        return vector(drawn.svg, drawn.png, (round(drawn.width * EMU_PER_PIXEL), round(drawn.height * EMU_PER_PIXEL)))
    extension, usual = _KINDS[facts.type]
    across, down = (round(dots) or usual for dots in facts.dpi or (0, 0))
    return WordPicture(
        entry("", data), extension, facts.type, int(facts.width / across * EMU_PER_INCH), int(facts.height / down * EMU_PER_INCH)
    )


def load(picture: Shown) -> WordPicture | None:
    """Prepare a picture file for Word; None where it cannot be drawn."""
    try:
        return _load(HashedBytes(picture.data), picture.facts)
    except ValueError:
        return None


class Media:
    """The pictures of one document, each stored once."""

    def __init__(self) -> None:
        self._names: dict[tuple[int, bytes], str] = {}
        self.entries: list[ArchiveMember] = []
        self.extensions: dict[str, str] = {}

    def add(self, data: ArchiveMember, extension: str, type_: str) -> str:
        """Return the name of the picture's part, as a relationship of a part in `word/` states it."""
        key = (data.crc, data.data)
        if key not in self._names:
            name = self._names[key] = f"media/image{len(self._names) + 1}.{extension}"
            self.entries.append(replace(data, name=f"word/{name}".encode()))
            self.extensions[extension] = type_
        return self._names[key]

    def related(self, picture: WordPicture, relations: Relations) -> tuple[str, str]:
        """Return the relationships to a picture and to the SVG it is one of; that is empty where there is none."""
        shown = relations.add(kind("image"), self.add(picture.data, picture.extension, picture.type))
        drawn = relations.add(kind("image"), self.add(picture.vector, "svg", "image/svg+xml")) if picture.vector else ""
        return shown, drawn


_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"


def _blip(picture: str, svg: str) -> str:
    """Refer to a picture; Word from 2016 on draws the SVG in its place."""
    if not svg:
        return f'<a:blip r:embed="{picture}"/>'
    drawn = f'<asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{svg}"/>'
    return f'<a:blip r:embed="{picture}"><a:extLst><a:ext uri="{_SVG_EXTENSION}">{drawn}</a:ext></a:extLst></a:blip>'


def drawing(relations: tuple[str, str], id_: int, alt: str, size: tuple[int, int]) -> str:
    """Write a run that shows a picture in the line of text; `relations` are to it and to its SVG, `size` is width and height in EMU."""
    width, height = size
    extent = f'cx="{width}" cy="{height}"'
    named = f'id="{id_}" name="Picture {id_}" descr="{escape(alt)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f"<wp:docPr {named}/>"
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{PIC}"><pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>'
        f"<pic:blipFill>{_blip(*relations)}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
