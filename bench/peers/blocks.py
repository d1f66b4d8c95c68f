"""A document's tree as a plain list of headings, paragraphs, tables and drawings, for peers that are told what to write block by block."""

import json
import re
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, tostring

if TYPE_CHECKING:
    from .content import Content

SVG = "http://www.w3.org/2000/svg"


_INNER = {"p", "table", "figure", "div", "section", "main"}
_FILL_HEIGHTS = {"fill": 11.0}


@dataclass
class Cell:
    """A table's cell: its lines, how many columns it takes, and how it looks. `tall` is its least height in millimetres."""

    lines: list[str]
    span: int = 1
    head: bool = False
    number: bool = False
    tall: float = 0.0


@dataclass
class Block:
    """A part of a document: `kind` is heading, paragraph, table or figure.

    `style` is what the tree calls it, `widths` a table's in percent, `drawings` SVGs, `sizes` their widths in millimetres. `repeated` are
    the first and the last but one of a table's rows that are alike.
    """

    kind: str
    text: str = ""
    style: str = ""
    level: int = 0
    rows: list[list[Cell]] = field(default_factory=list)
    heads: int = 0
    widths: list[float] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)
    repeated: tuple[int, int] = (0, 0)


@dataclass
class Page:
    """A document: its title, the sides of header and footer, and its blocks."""

    title: str
    header: list[str]
    footer: list[str]
    blocks: list[Block]


def read(content: "Content") -> Page:
    """Read a document's blocks from its tree."""
    body = content.tree.find("body")
    assert body is not None
    found: list[Block] = []
    for child in body:
        if child.tag not in {"header", "footer"}:
            _walk(child, found)
    sides = {name: ["".join(_marked(side)) for side in body.findall(f"{name}/span")] for name in ("header", "footer")}
    return Page(content.tree.findtext("head/title", ""), sides["header"], sides["footer"], found)


def _marked(element: Element) -> list[str]:
    """Give the text of a running line, with marks where the numbers of pages go."""
    parts = [{"page-number": "\ue000", "page-count": "\ue001"}.get(element.get("class", ""), ""), element.text or ""]
    for child in element:
        parts += [*_marked(child), child.tail or ""]
    return parts


def _text(element: Element) -> str:
    return element.get("data-number", "") + re.sub(r"\n\s*", "", "".join(element.itertext())).strip("\n ")


def _walk(element: Element, found: list[Block]) -> None:
    tag = element.tag
    style = element.get("class", "")
    if tag in {"h1", "h2", "h3", "h4"}:
        found.append(Block("heading", _text(element), style, int(tag[1])))
    elif tag == "table":
        found.append(_table(element))
    elif tag == "figure":
        found.append(_figure(element))
    elif any(child.tag in _INNER for child in element):
        for child in element:
            _walk(child, found)
            if style == "callout" and found[-1].kind == "paragraph":
                found[-1].style = "callout"
    else:
        found.append(Block("paragraph", _text(element), style))


def _figure(figure: Element) -> Block:
    block = Block("figure")
    for svg in figure:
        svg.set("xmlns", SVG)
        tail, svg.tail = svg.tail, None
        block.drawings.append(tostring(svg, encoding="unicode"))
        svg.tail = tail
        block.sizes.append(float(svg.get("width", "0").removesuffix("mm")))
    return block


def _table(table: Element) -> Block:
    widths = [float(found[0]) for col in table.iter("col") if (found := re.findall(r"([\d.]+)%", col.get("style", "")))]
    head = [*table.iterfind("thead/tr")]
    body = [*table.iterfind("tbody/tr")]
    block = Block("table", style=table.get("class", ""), widths=widths, heads=len(head))
    block.rows = [[_cell(cell) for cell in row] for row in (*head, *body)]
    if block.style == "data":
        block.repeated = (len(head), len(head) + sum(row.get("class") != "total" for row in body))
    return block


def _cell(cell: Element) -> Cell:
    inner = [child for child in cell if child.tag == "p"]
    lines = [_text(child) for child in inner] or [_text(cell)]
    style = cell.get("class", "")
    return Cell(lines, int(cell.get("colspan", "1")), cell.tag == "th", style == "number", _FILL_HEIGHTS.get(style, 0.0))


def write_blocks(content: "Content", folder: Path) -> None:
    """Write the blocks, PNGs of the drawings and, once, the logo into the folder."""
    page = read(content)
    if not (folder / "logo.png").exists():
        shutil.copy(content.logo, folder / "logo.png")
        (folder / "fonts").symlink_to(content.look.fonts)
    for number, svg in enumerate(svg for block in page.blocks for svg in block.drawings):
        (folder / f"{content.name}-{number}.png").write_bytes(draw(svg, folder))
    (folder / f"{content.name}.json").write_text(json.dumps(asdict(page), ensure_ascii=False), "utf-8")


def read_blocks(path: Path) -> Page:
    """Read what `write_blocks` wrote."""
    data: dict[str, Any] = json.loads(path.read_bytes())
    for block in data["blocks"]:
        block["rows"] = [[Cell(**cell) for cell in row] for row in block["rows"]]
        block["repeated"] = tuple(block["repeated"])
    return Page(**{**data, "blocks": [Block(**block) for block in data["blocks"]]})


def draw(svg: str, folder: Path) -> bytes:
    """Draw a chart as PNG at 150 dots an inch, which Word takes where no SVG can be given."""
    import resvg_py  # noqa: PLC0415 - charts may be given

    fonts = [str(folder / "fonts" / f"NotoSansSC-{weight}.ttf") for weight in ("Regular", "Bold")]
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts, dpi=150, background="#ffffff"))
