"""Pictures: reading their size, keeping them in the file once, and the drawing that shows one in a line."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image

from generator.writers.docx.archive import Entry, entry
from generator.writers.docx.xml import PIC, escape

EMU_PER_TWIP = 635
EMU_PER_MM = 36000


class Picture(NamedTuple):
    """A picture's file, compressed, and its natural size in EMU (914,400 an inch)."""

    data: Entry
    extension: str
    type: str
    width: int
    height: int


@lru_cache(maxsize=64)
def _load(path: Path, _stamp: tuple[int, int]) -> Picture:
    image = Image.from_file(str(path))
    return Picture(entry("", image.blob), image.ext, image.content_type, int(image.width), int(image.height))


def load(path: Path) -> Picture | None:
    """Read a PNG, JPEG, GIF, BMP or TIFF file; None where it cannot be read, or is of another kind."""
    try:
        status = path.stat()
        picture = _load(path, (status.st_mtime_ns, status.st_size))
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, OSError, ValueError, ZeroDivisionError):
        return None
    return picture if picture.width > 0 and picture.height > 0 else None


class Media:
    """The pictures of one document, each stored once."""

    def __init__(self) -> None:
        self._names: dict[Path, str] = {}
        self.entries: list[Entry] = []
        self.extensions: dict[str, str] = {}

    def add(self, path: Path, picture: Picture) -> str:
        """Return the name of the picture's part, as a relationship of a part in `word/` states it."""
        if path not in self._names:
            name = self._names[path] = f"media/image{len(self._names) + 1}.{picture.extension}"
            self.entries.append(replace(picture.data, name=f"word/{name}".encode()))
            self.extensions[picture.extension] = picture.type
        return self._names[path]


def drawing(relation: str, id_: int, alt: str, size: tuple[int, int]) -> str:
    """Write a run that shows a picture in the line of text; `size` is width and height in EMU."""
    width, height = size
    extent = f'cx="{width}" cy="{height}"'
    named = f'id="{id_}" name="Picture {id_}" descr="{escape(alt)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f"<wp:docPr {named}/>"
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{PIC}"><pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
