"""What docs/document-tree.md lets a document hold, and a look through a tree for anything else."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

FRAME = {"html", "head", "title", "meta", "body", "header", "footer", "main"}
BLOCKS = {"h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "div", "section", "figure", "nav"}
TABLES = {"table", "colgroup", "col", "thead", "tbody", "tr", "th", "td"}
INLINE = {"strong", "em", "br", "a", "img", "span"}
ELEMENTS = FRAME | BLOCKS | TABLES | INLINE | {"svg"}

TOC = {"toc-heading", "toc-1", "toc-2", "toc-3"}
TINTS = {*(f"heat-{level}" for level in range(1, 6)), "tone-good", "tone-caution", "tone-bad"}
CLASSES = {
    "header": {"running"},
    "footer": {"running"},
    "section": {"cover", "title-page", "digest", "signatures", "keep", "sign-off"},
    "h1": {"title-page-title"},
    "div": {"callout", "keep"},
    "nav": {"toc"},
    "h2": {"unnumbered"},
    "h3": {"article", "unnumbered"},
    "h4": {"article"},
    "p": {"article", "lead", "note", "caption", "subtitle", "organization", "figure-hero", "figure-value", "figure-label", "cut", "below"}
    | TOC
    | {"sign-off", "title-page-organization", "title-page-subtitle"},
    "ol": {"items", "clauses", "unnumbered"},
    "figure": {"chart", "cover-logo", "title-page-logo"},
    "table": {"data", "form", "figures", "signature", "breakable", "long"},
    "tbody": {"group"},
    "tr": {"total", "remark"},
    "td": {"number", "center", "name", "fill", "line", "room", "ample", *TINTS},
    "th": {"number", "center"},
    "img": {"logo"},
    "span": {"left", "right", "center", "page-number", "page-count", "nowrap", "muted", "good", "bad", "blank", "tick", "field"},
}
ATTRIBUTES = {"class", "lang", "src", "alt", "href", "style", "scope", "colspan", "rowspan", "name", "content", "charset", "id"}
INLINE_ONLY = {"h1", "h2", "h3", "h4", "p", "strong", "em", "a", "span"}


def classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())


def problems(tree: Element) -> Iterator[str]:
    """Name everything that is not in the vocabulary, or not as it should be."""
    drawn = {id(inner) for drawing in tree.iter("svg") for inner in drawing.iter()}
    for element in tree.iter():
        if id(element) not in drawn:  # genplan.theme.svg looks at what drawings hold
            yield from _element(element)
    for table in tree.iter("table"):
        yield from _table(table)
    yield from _headings(tree)


def _element(element: Element) -> Iterator[str]:  # noqa: C901 - a list of rules
    tag = str(element.tag)
    if tag not in ELEMENTS:
        yield f"<{tag}>"
    if tag != "body" and (unknown := classes(element) - CLASSES.get(tag, set()) - ({"control"} if tag == "table" else set())):
        yield f"<{tag} class={unknown}>"
    if unknown := {name for name in element.keys() if not name.startswith("data-")} - ATTRIBUTES:  # noqa: SIM118
        yield f"<{tag}> has {unknown}"
    if element.get("style") and tag not in {"col", "img"}:
        yield f"<{tag}> has a style"
    if tag in INLINE_ONLY and (blocks := {str(e.tag) for e in _not_drawn(element)} - INLINE - {"svg"}):
        yield f"<{tag}> holds {blocks}"
    if tag == "img" and not element.get("alt"):
        yield f"picture {element.get('src')} has no alt"
    if tag == "th" and element.get("scope") not in {"row", "col"}:
        yield "<th> without scope"
    if tag in {"ul", "ol"} and (others := {str(e.tag) for e in element} - {"li"}):
        yield f"<{tag}> holds {others}"
    if tag in {"section", "div", "main", "ul", "ol", "table", "tr"} and _text(element):
        yield f"<{tag}> holds text: {_text(element)[:20]}"
    if tag == "p" and not "".join(element.itertext()).strip():
        yield "empty <p>"


def _not_drawn(element: Element) -> Iterator[Element]:
    for child in element:
        yield child
        if child.tag != "svg":
            yield from _not_drawn(child)


def _text(element: Element) -> str:
    return "".join([element.text or "", *(child.tail or "" for child in element)]).strip()


def _table(table: Element) -> Iterator[str]:  # noqa: C901 - walks a grid
    widths = [float(col.get("style", "").removeprefix("width: ").removesuffix("%")) for col in table.iterfind("colgroup/col")]
    if abs(sum(widths) - 100) > 0.1:
        yield f"columns make {sum(widths)} %"
    if len(classes(table) & {"data", "form", "figures", "signature"}) != 1:
        yield f"table of no kind: {classes(table)}"
    for group in [child for child in table if child.tag in {"thead", "tbody"}]:
        open_: dict[int, int] = {}
        for row in group:
            taken = set(open_)
            open_ = {column: left - 1 for column, left in open_.items() if left > 1}
            column = 0
            for cell in row:
                while column in taken:
                    column += 1
                for at in range(column, column + int(cell.get("colspan", "1"))):
                    taken.add(at)
                    if int(cell.get("rowspan", "1")) > 1:
                        open_[at] = int(cell.get("rowspan", "1")) - 1
            if taken != set(range(len(widths))):
                yield f"row of {len(taken)} cells in a table of {len(widths)}: {''.join(row.itertext()).strip()[:30]}"
        if open_:
            yield "a cell reaches out of its row group"


def _headings(tree: Element) -> Iterator[str]:
    levels = [int(str(e.tag)[1]) for e in tree.iter() if e.tag in {"h1", "h2", "h3", "h4"}]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} <h1>"
    for before, after in zip([0, *levels], levels, strict=False):
        if after > before + 1:
            yield f"<h{after}> after <h{before}>"
