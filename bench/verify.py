"""Whether a file that a peer made says all that the document says: a peer that prints less does not do the same work."""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

from peers.content import Content, squeezed

_DRAWINGS = 2
_PARTS = ("word/document.xml", "word/header", "word/footer")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Shown:
    """What a file shows: its text, without white space; its pages (0: a program must lay them out); its pictures in pixels.

    `numbered` says that headings are numbered by whoever shows the file.
    """

    text: str
    pages: int
    pictures: int
    numbered: bool = False


def shown(path: Path) -> Shown:
    """Read what a PDF or Word file shows."""
    return _pdf(path) if path.suffix == ".pdf" else _docx(path)


def _pdf(path: Path) -> Shown:
    import pypdfium2  # noqa: PLC0415 - Word files need none

    document = pypdfium2.PdfDocument(path)
    text, pictures = "", 0
    for page in document:
        text += page.get_textpage().get_text_range()
        pictures += sum(1 for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=8))
    return Shown(_plain(text), len(document), pictures)


def _docx(path: Path) -> Shown:
    with ZipFile(BytesIO(path.read_bytes())) as archive:
        names = archive.namelist()
        roots = [fromstring(archive.read(name)) for name in names if name.startswith(_PARTS) and name.endswith(".xml")]  # noqa: S314 - just written
        text = "".join(element.text or "" for root in roots for element in root.iter(f"{_WORD}t"))
        numbered = any(True for root in roots for _ in root.iter(f"{_WORD}numPr"))
        return Shown(_plain(text), 0, sum(name.startswith("word/media/") for name in names), numbered)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", squeezed(text))


def missing(content: Content, path: Path) -> list[str]:
    """List what a file lacks of its document; nothing if it is all there."""
    found = shown(path)
    lacking = [key for key in content.keys() if _plain(key) not in found.text]  # noqa: SIM118 - a method of its own
    lacking += _too_few("".join(content.texts(numbers=not found.numbered)), found.text)
    drawn = not _too_few("".join(content.labels()), found.text) or found.pictures >= _DRAWINGS + max(found.pages, 1)
    lacking += [] if drawn else ["charts"]
    lacking += [] if found.pictures else ["logo"]
    lacking += ["second page"] if found.pages == 1 else []
    return lacking


def _too_few(expected: str, text: str) -> list[str]:
    """List the characters that a text has fewer of than it should. Cells of a table may be read in any order."""
    few = Counter(_plain(expected)) - Counter(text)
    return [f"{character} ({times})" for character, times in sorted(few.items())]
