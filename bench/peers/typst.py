"""A document's tree as Typst source.

The same text, tables, column widths, fonts, colours, running lines and drawings, so that Typst has the same to do.
"""

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, tostring

from . import OUT

if TYPE_CHECKING:
    from .content import Content

_SPECIAL = re.compile(r"([\\#$*_`<>@\[\]~/=+-])")
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "table", "ol", "ul", "figure", "div", "section", "main", "svg"}
_PAGES = {"page-number": "#counter(page).display()", "page-count": "#counter(page).final().first()"}
_SVG = "http://www.w3.org/2000/svg"

HEAD = """
#set page(paper: "a4", margin: (top: 26mm, x: 22mm, bottom: 22mm), header: [%s], footer: context [%s])
#set text(font: "Noto Sans SC", size: 10.5pt, lang: "zh")
#set par(leading: 0.8em)
#show heading: set text(fill: rgb("#1F4E79"))
#set table(stroke: 0.5pt + rgb("#8A9BA8"))
#set document(title: "%s")
"""


FONTS = "fonts"
"""Folder of the look's fonts, in that of the peer."""


def prepare(content: "Content", folder: Path) -> None:
    """Write a document's source and its drawings into a folder of its own."""
    if not (folder / FONTS).exists():
        (folder / FONTS).symlink_to(content.look.fonts)
        shutil.copy(content.logo, folder / "logo.png")
    own = folder / content.name
    own.mkdir()
    (own / "document.typ").write_text(source(deepcopy(content.tree), own, "/logo.png"), "utf-8")


@contextmanager
def session(folder: Path, form: str, *, new: bool = False) -> Iterator[Callable[[Sequence[int]], None]]:
    """Make a compiler, or with `new` one for each document."""
    import typst  # noqa: PLC0415 - the source can be written without

    def compiler() -> typst.Compiler:
        return typst.Compiler(root=str(folder), font_paths=[str(folder / FONTS)], ignore_system_fonts=True)

    one = compiler()

    def make(numbers: Sequence[int]) -> None:
        for number in numbers:
            this = compiler() if new else one
            this.compile(str(folder / f"{number:05}" / "document.typ"), output=str(folder / OUT / f"{number:05}.{form}"))

    yield make


def source(tree: Element, folder: Path, logo: str = "") -> str:
    """Write a document as Typst source; its drawings are put into the folder."""
    body = tree.find("body")
    assert body is not None
    title = "".join(tree.findtext("head/title", "")).strip()
    header, footer = (_running(body, name) for name in ("header", "footer"))
    if logo:
        header = f'#box(baseline: 30%, image("{logo}", height: 6mm)) ' + header
    return HEAD % (header, footer, title) + "".join(_block(child, folder) for child in body if child.tag not in {"header", "footer"})


def _running(body: Element, name: str) -> str:
    sides = [_inline(side) for side in body.findall(f"{name}/span")]
    return " #h(1fr) ".join(sides)


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split("\n")))


def _inline(element: Element) -> str:
    parts = [_PAGES.get(element.get("class", ""), ""), _escape(element.text or "")]
    for child in element:
        inner = _inline(child)
        parts += [f"#strong[{inner}]" if child.tag in {"strong", "b"} else inner, _escape(child.tail or "")]
    return element.get("data-number", "") + "".join(parts)


def _block(element: Element, folder: Path) -> str:
    tag = element.tag.rpartition("}")[2]
    if tag == "svg":
        return _drawing(element, folder)
    if tag == "table":
        return _table(element, folder)
    if tag in {"h1", "h2", "h3", "h4"}:
        return f"\n{'=' * int(tag[1])} {_inline(element)}\n"
    if tag == "figure":
        return f"\n#align(center)[{' '.join(_block(child, folder).strip() for child in element)}]\n"
    if any(child.tag.rpartition("}")[2] in _BLOCKS for child in element):
        return _escape(element.text or "") + "".join(_block(child, folder) for child in element)
    return f"\n#par[{_inline(element)}]\n"


def _drawing(svg: Element, folder: Path) -> str:
    number = len(list(folder.glob("*.svg")))
    svg.set("xmlns", _SVG)
    (folder / f"{number}.svg").write_bytes(tostring(svg))
    return f'\n#box(image("{number}.svg", width: {svg.get("width", "100%")}))\n'


def _table(table: Element, folder: Path) -> str:
    widths = [re.findall(r"[\d.]+%", col.get("style", "")) for col in table.iter("col")]
    rows = list(table.iter("tr"))
    count = max(len(widths), *(sum(int(cell.get("colspan", "1")) for cell in row) for row in rows))
    columns = ", ".join(width[0] if width else "1fr" for width in widths) or ", ".join(["1fr"] * count)
    head = {row for group in table.iter("thead") for row in group}
    cells = [[_cell(cell, folder) for cell in row] for row in rows if row not in head]
    header = "".join(f"table.header({', '.join(_cell(cell, folder) for cell in row)}), " for row in rows if row in head)
    return f"\n#table(columns: ({columns},), {header}{', '.join(', '.join(row) for row in cells)})\n"


def _cell(cell: Element, folder: Path) -> str:
    spans = "".join(f"{name}: {cell.get(name)}, " for name in ("colspan", "rowspan") if cell.get(name, "1") != "1")
    inner = "".join(_block(child, folder) for child in cell) if any(child.tag in _BLOCKS for child in cell) else _inline(cell)
    fill = 'fill: rgb("#EAF0F6"), ' if cell.tag == "th" else ""
    size = "#v(8mm)" if cell.get("class") == "fill" else ""
    return f"table.cell({spans}{fill})[#text(9.5pt)[{inner}]{size}]"
