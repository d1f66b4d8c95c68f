"""A document's tree as Typst source.

The same text, tables, column widths, fonts, colours, running lines and drawings, so that Typst has the same to do.
"""

import re
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

_SPECIAL = re.compile(r"([\\#$*_`<>@\[\]~/=+-])")
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "table", "ol", "ul", "figure", "div", "section", "main", "svg"}
_SVG = "http://www.w3.org/2000/svg"

HEAD = """
#set page(paper: "a4", margin: (top: 26mm, x: 22mm, bottom: 22mm), header: [%s], footer: context [%s])
#set text(font: "Noto Sans SC", size: 10.5pt, lang: "zh")
#set par(leading: 0.8em)
#show heading: set text(fill: rgb("#1F4E79"))
#set table(stroke: 0.5pt + rgb("#8A9BA8"))
#set document(title: "%s")
"""


def source(tree: Element, folder: Path) -> str:
    """Write a document as Typst source; its drawings are put into the folder."""
    body = tree.find("body")
    assert body is not None
    title = "".join(tree.findtext("head/title", "")).strip()
    header, footer = (_running(body, name) for name in ("header", "footer"))
    return HEAD % (header, footer, title) + "".join(_block(child, folder) for child in body if child.tag not in {"header", "footer"})


def _running(body: Element, name: str) -> str:
    sides = [_inline(side) for side in body.findall(f"{name}/span")]
    pages = " #counter(page).display() / #counter(page).final().first()" if name == "footer" else ""
    return " #h(1fr) ".join(sides) + pages


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split("\n")))


def _inline(element: Element) -> str:
    parts = [_escape(element.text or "")]
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
    if any(child.tag.rpartition("}")[2] in _BLOCKS for child in element):
        return _escape(element.text or "") + "".join(_block(child, folder) for child in element)
    return f"\n#par[{_inline(element)}]\n"


def _drawing(svg: Element, folder: Path) -> str:
    number = len(list(folder.glob("*.svg")))
    svg.set("xmlns", _SVG)
    (folder / f"{number}.svg").write_bytes(tostring(svg))
    return f'\n#image("{number}.svg", width: {svg.get("width", "100%")})\n'


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
