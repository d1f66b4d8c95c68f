"""docxtpl: a Word template with a placeholder for whatever differs between documents, and a loop over the rows of the scores."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.shared import Mm
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate, InlineImage
from jinja2 import Environment

from . import OUT
from .blocks import Block, Cell, Page, draw, read_blocks, write_blocks
from .python_docx import SHRUNK, reference, write

if TYPE_CHECKING:
    from .content import Content

_TEMPLATE = "template.docx"


def prepare(content: "Content", folder: Path) -> None:
    """Write what the template is filled with; with the first document the template itself."""
    write_blocks(content, folder)
    page = read_blocks(folder / f"{content.name}.json")
    values, drawings = _values(page)
    (folder / f"{content.name}.values.json").write_text(json.dumps({"values": values, "drawings": drawings}, ensure_ascii=False), "utf-8")
    if not (folder / _TEMPLATE).exists():
        _template(page, folder)


def _values(page: Page) -> tuple[dict[str, Any], list[tuple[str, float]]]:
    """Gather what is filled in, by name."""
    found: dict[str, Any] = {}
    drawings: list[tuple[str, float]] = []
    for at, block in enumerate(page.blocks):
        if block.kind in {"heading", "paragraph"}:
            found[f"b{at}"] = block.text
        first, last = block.repeated
        for number, row in enumerate(block.rows):
            if not first <= number < last:
                found |= {f"b{at}_{number}_{place}_{line}": text for place, cell in enumerate(row) for line, text in enumerate(cell.lines)}
        if last > first:
            found[f"b{at}_rows"] = [[cell.lines[0] for cell in row] for row in block.rows[first:last]]
        drawings += [(svg, size * SHRUNK) for svg, size in zip(block.drawings, block.sizes, strict=True)]
    return found, drawings


def _template(page: Page, folder: Path) -> None:
    """Write the template as a person would: words that are in all documents stand in it, the others are placeholders."""
    for at, block in enumerate(page.blocks):
        if block.kind == "paragraph":
            block.text = f"{{{{ b{at} }}}}"
        first, last = block.repeated
        for number, row in enumerate(block.rows):
            _place_row(row, f"b{at}_{number}")
        if last > first:
            _loop(block, f"b{at}_rows")

    count = iter(range(100))

    def picture(paragraph: Paragraph, _svg: str, _width: float) -> None:
        paragraph.add_run(f"{{{{ chart{next(count)} }}}}")

    write(reference(), page, folder / "logo.png", picture).save(str(folder / _TEMPLATE))


def _place_row(row: list[Cell], name: str) -> None:
    for place, cell in enumerate(row):
        if not cell.head:
            cell.lines = [f"{{{{ {name}_{place}_{line} }}}}" for line in range(len(cell.lines))]


def _loop(block: Block, name: str) -> None:
    """Put one row, and the tags of a loop around it, in the place of the rows that are alike."""
    first, last = block.repeated
    width = len(block.widths)
    inner = [Cell([f"{{{{ row[{place}] }}}}"], number=cell.number) for place, cell in enumerate(block.rows[first])]
    begin, end = ([Cell([tag], span=width)] for tag in (f"{{%tr for row in {name} %}}", "{%tr endfor %}"))
    block.rows[first:last] = [begin, inner, end]


@contextmanager
def session(folder: Path, form: str, *, drawn: bool = False) -> Iterator[Callable[[Sequence[int]], None]]:
    """Keep the template and the environment. With `drawn`, PNGs of the charts are there already."""
    template = DocxTemplate(BytesIO((folder / _TEMPLATE).read_bytes()))
    environment = Environment()  # noqa: S701 - docxtpl's own default

    def make(numbers: Sequence[int]) -> None:
        for number in numbers:
            data = json.loads((folder / f"{number:05}.values.json").read_bytes())
            template.init_docx()
            values = data["values"]
            for at, (svg, width) in enumerate(data["drawings"]):
                png = (folder / f"{number:05}-{at}.png").read_bytes() if drawn else draw(svg, folder)
                values[f"chart{at}"] = InlineImage(template, BytesIO(png), width=Mm(width))
            template.render(values, environment)
            template.save(str(folder / OUT / f"{number:05}.{form}"))

    yield make
