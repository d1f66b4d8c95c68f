"""python-docx: a document is opened as a copy of a kept reference, and written block by block."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from . import OUT
from .blocks import Block, Cell, Page, draw, read_blocks, write_blocks

if TYPE_CHECKING:
    from .content import Content

Picture = Callable[[Paragraph, str, float], None]
"""Puts a drawing of a width in millimetres into a paragraph."""
_WIDTH = 166
_FONT = "Noto Sans SC"
_HEAD = "EEF3F8"
SHRUNK = 0.97
"""What pictures beside each other are scaled by, to fit into a line."""
_FIELDS = {"\ue000": "PAGE", "\ue001": "NUMPAGES"}
_STYLES = {
    "caption": ("Caption", WD_ALIGN_PARAGRAPH.CENTER),
    "caption below": ("Caption", WD_ALIGN_PARAGRAPH.CENTER),
    "callout": ("Intense Quote", None),
}


def prepare(content: "Content", folder: Path) -> None:
    write_blocks(content, folder)


@contextmanager
def session(folder: Path, form: str, *, drawn: bool = False) -> Iterator[Callable[[Sequence[int]], None]]:
    """Keep the reference document. With `drawn`, PNGs of the charts are there already."""
    kept = BytesIO()
    reference().save(kept)

    def make(numbers: Sequence[int]) -> None:
        for number in numbers:
            kept.seek(0)
            page = read_blocks(folder / f"{number:05}.json")
            count = iter(range(100))

            def picture(paragraph: Paragraph, svg: str, width: float, number: int = number, count: Iterator[int] = count) -> None:
                png = (folder / f"{number:05}-{next(count)}.png").read_bytes() if drawn else draw(svg, folder)
                paragraph.add_run().add_picture(BytesIO(png), width=Mm(width))

            write(docx.Document(kept), page, folder / "logo.png", picture).save(str(folder / OUT / f"{number:05}.{form}"))

    yield make


def reference() -> Document:
    """Make the document whose styles all others have."""
    document = docx.Document()
    for style in document.styles:
        if style.type == 1 and style.name in {"Normal", "Title", "Heading 1", "Heading 2", "Caption", "Intense Quote"}:
            style.font.name = _FONT
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
            style.paragraph_format.space_after = Pt(4)
            style.paragraph_format.space_before = Pt(10 if style.name.startswith("Heading") else 0)
    document.styles["Normal"].font.size = Pt(10)
    for name, size in (("Heading 1", 20), ("Heading 2", 13)):
        document.styles[name].font.size = Pt(size)
        document.styles[name].font.color.rgb = RGBColor(0x1F, 0x4E, 0x79)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(24), Mm(20)
    return document


def write(document: Document, page: Page, logo: Path, picture: Picture) -> Document:
    """Write a document's blocks."""
    document.core_properties.title = page.title
    section = document.sections[0]
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.add_run().add_picture(str(logo), height=Mm(6))
    _sides(header, page.header)
    _sides(footer, page.footer)
    for block in page.blocks:
        _BLOCKS[block.kind](document, block, picture)
    return document


def _sides(paragraph: Paragraph, sides: list[str]) -> None:
    """Write header or footer, with fields for the numbers of pages."""
    for character in "\t".join(sides):
        if character in _FIELDS:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), _FIELDS[character])
            field.append(OxmlElement("w:r"))
            paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields
        elif paragraph.runs and paragraph._p[-1].tag == qn("w:r"):  # noqa: SLF001
            paragraph.runs[-1].add_text(character)
        else:
            paragraph.add_run(character)


def _heading(document: Document, block: Block, _picture: Picture) -> None:
    document.add_heading(block.text, block.level)


def _paragraph(document: Document, block: Block, _picture: Picture) -> None:
    style, alignment = _STYLES.get(block.style, ("Normal", None))
    paragraph = document.add_paragraph(block.text, style)
    paragraph.alignment = alignment


def _figure(document: Document, block: Block, picture: Picture) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for svg, width in zip(block.drawings, block.sizes, strict=True):
        picture(paragraph, svg, width * SHRUNK)


def _table(document: Document, block: Block, _picture: Picture) -> None:
    table: Table = document.add_table(len(block.rows), len(block.widths), "Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = Mm(_WIDTH * width / 100)
    for number, (row, cells) in enumerate(zip(table.rows, block.rows, strict=True)):
        places = row.cells  # asked for once: each time takes the whole row
        if number < block.heads:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - python-docx has no repeated heads
        at = 0
        for cell in cells:
            place = places[at].merge(places[at + cell.span - 1]) if cell.span > 1 else places[at]
            at += cell.span
            _fill(place.paragraphs[0], cell, place.add_paragraph)
            if cell.head:
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), _HEAD)
                place._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no shading
        if tall := max((cell.tall for cell in cells), default=0):
            row.height = Mm(tall)


def _fill(paragraph: Paragraph, cell: Cell, more: Callable[[], Paragraph]) -> None:
    for number, line in enumerate(cell.lines):
        into = more() if number else paragraph
        run = into.add_run(line)
        run.bold = cell.head or None
        if cell.number:
            into.alignment = WD_ALIGN_PARAGRAPH.RIGHT


_BLOCKS = {"heading": _heading, "paragraph": _paragraph, "figure": _figure, "table": _table}
