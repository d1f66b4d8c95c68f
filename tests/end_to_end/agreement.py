"""What a document says, read from its tree and from PDF pages: white space, running lines and repeated table heads left out."""

import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import tinyhtml5
from fontTools.ttLib import TTFont

from genplan import resources

_POINTS_PER_MM = 72 / 25.4
_LEADER = re.compile(r"\s*(?:\.\s*){3,}\d+|\s\.\s\d+$", re.MULTILINE)
"""The dots and the page number of a line of contents: only a layout knows them, and each has its own."""
_USUAL = ((24, 20), (24, 20))
_MARGINS = {"modern": _USUAL, "quiet": _USUAL, "vivid": _USUAL, "official": ((37, 34), (28, 25))}
"""Top and bottom of a portrait and of a landscape page in millimetres, theme by theme, in its styles and reference.docx: beyond are the
running lines."""
_SIDES = (297, 210)
"""Of A4 in millimetres."""


_SVG = "{http://www.w3.org/2000/svg}svg"


def bare(text: str) -> str:
    """Take out everything that is white, and the soft break that is read as nothing."""
    return re.sub(r"[\s\u00ad\u200b\u2060]+", "", text)


@cache
def _twins() -> dict[int, str]:
    """List the characters that a bundled font draws with another's glyph, which is all that a PDF can tell of them: · for •."""
    first: dict[int, int] = {}

    def leader(code: int) -> int:
        return code if first.get(code, code) == code else leader(first[code])

    for path in sorted((resources.templates() / "fonts").glob("*-Regular.ttf")):
        characters: dict[str, int] = {}
        for code, glyph in sorted(TTFont(path, lazy=True).getBestCmap().items()):
            one, other = sorted((leader(code), leader(characters.setdefault(glyph, code))))
            first[other] = one
    return {code: chr(leader(code)) for code in first if leader(code) != code}


def _one_glyph(text: str) -> str:
    return text.translate(_twins())


def parse(path: Path) -> Element:
    """Read the page that the HTML writer made of a tree."""
    return tinyhtml5.parse(path.read_text("utf-8"), namespace_html_elements=False)


@dataclass(frozen=True, slots=True)
class AlternativeTotal:
    """All that a document says, and what the heads of its tables say."""

    text: str
    heads: tuple[str, ...]


def reading(tree: Element, *, drawn: bool = True) -> AlternativeTotal:
    """Read a tree as the eye does: numbers before what they number; text in drawings only where a format keeps it as text."""
    for drawing in [*tree.iter(_SVG)]:
        texts = [text.text or "" for text in drawing.iter(f"{_SVG[:-3]}text")] if drawn else []
        tail = drawing.tail
        drawing.clear()
        drawing.text, drawing.tail = "".join(texts), tail
    body = tree.find("body")
    parts = [_read(child) for child in body if "running" not in child.get("class", "").split()]
    heads = [bare(_one_glyph(_read(head))) for head in tree.iter("thead")]
    return AlternativeTotal(bare(_one_glyph("".join(parts))), tuple(dict.fromkeys(sorted(heads, key=len, reverse=True))))


def _read(element: Element) -> str:
    inner = "".join(_read(child) + (child.tail or "") for child in element)
    return element.get("data-number", "") + (element.text or "") + inner


def pages(path: Path, theme: str = "modern") -> list[str]:
    """Give the text between the margins of each page of a PDF."""
    width, height = _size(path)
    top, bottom = _MARGINS[theme][width > height]
    return [_LEADER.sub("", _one_glyph(text)) for text in _between(path, top, height - bottom)]


def running(path: Path, place: str) -> list[str]:
    """Give the header or the footer of each page of a PDF."""
    width, height = _size(path)
    top, bottom = _USUAL[width > height]
    bounds = (0, top) if place == "header" else (height - bottom, height)
    return [bare(_one_glyph(text)) for text in _between(path, *bounds)]


def _size(path: Path) -> tuple[int, int]:
    """Give the width and height of the first page in millimetres."""
    run = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True)
    (width, height) = next(re.findall(r"[\d.]+", line)[:2] for line in run.stdout.decode().splitlines() if line.startswith("Page size:"))
    return _SIDES if float(width) > float(height) else _SIDES[::-1]


def _between(path: Path, top: float, bottom: float) -> list[str]:
    box = [f"{millimetres * _POINTS_PER_MM:.0f}" for millimetres in (0, top, _SIDES[0], bottom - top)]
    options = [part for pair in zip(("-x", "-y", "-W", "-H"), box, strict=True) for part in pair]
    run = subprocess.run(["pdftotext", "-raw", *options, str(path), "-"], capture_output=True, check=True)
    return run.stdout.decode("utf-8").split("\f")[:-1]


def said(sheets: list[str], expected: AlternativeTotal) -> str:
    """Join pages to one text; a table's head at the top of a page is left out unless the document says it just there."""
    text = ""
    for sheet in sheets:
        top = bare(sheet)
        for head in expected.heads if text else ():
            if top.startswith(head) and not expected.text.startswith(text + head):
                top = top.removeprefix(head)
                break
        text += top
    return text


def difference(one: str, other: str) -> str:
    """Show where two texts part, in the middle of some of what they share; nothing where they are equal."""
    if one == other:
        return ""
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"…{one[max(0, at - 30) : at]} ⟂ {one[at : at + 60]!r} | {other[at : at + 60]!r}"
