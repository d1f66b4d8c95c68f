"""Blocks: paragraphs, headings, lists, and the groups around them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

from genplan.messages import msg
from genplan.theme.svg import size
from genplan.writers.docx.context import TABLE_END, BlockHandler, Context, Inherited, classes
from genplan.writers.docx.distances import loosened
from genplan.writers.docx.inline import Format, Node, ParagraphRuns
from genplan.writers.docx.inline_styles import aligned, merged, style_of
from genplan.writers.docx.xml import bookmark

_HEADINGS = {"h1": "title", "h2": "heading 1", "h3": "heading 2", "h4": "heading 3"}
_ARTICLE = "heading 3"
"""The style of the headings of articles, whether they stand below a section or a chapter; their level is that of their element."""
_RUNNING = frozenset({"body text", "statement"})
"""Styles of text whose lists have styles of their own; in a cell or a callout a list looks like the text around it."""
_BEFORE_TABLE, _AFTER_TABLE = ' w:after="140"', ' w:before="136"'
"""Distances of running text from tables."""
_BELOW = ' w:before="85" w:after="170"'
"""Distances of a caption that stands below its figure."""
_TWIPS_PER_MM = 1440 / 25.4
_BETWEEN = round(2 * _TWIPS_PER_MM)
"""Between two drawings: a space of the text's size."""
_READABLE = 0.8
_APART = "title page space"
"""The style of the room between a title and the table below it."""
_SIGNED = frozenset({"signatures", "sign-off"})
_LIST_STYLES = {"bullet": "list bullet", "decimal": "list number", "items": "item", "clauses": "item"}


def flow(context: Context, element: Element, place: Inherited) -> None:
    """Write the blocks inside an element; text that stands between them becomes paragraphs of its own."""
    sequence(context, list(pieces(context, element)), place)


def sequence(context: Context, blocks: Sequence[Element | list[Node]], place: Inherited) -> None:
    """Write blocks in their order; only the last passes on whether to stay with what follows the group."""
    inner = place if place.keep == place.glue else place._replace(glue=place.keep)
    for block, following in pairwise(blocks):
        context.before_table = isinstance(following, Element) and following.tag == "table"
        _block(context, block, inner._replace(glue=True) if _is_signed(context, following) else inner)
    context.before_table = False
    for block in blocks[-1:]:
        _block(context, block, place)


def _is_signed(context: Context, following: Element | list[Node]) -> bool:
    """Return whether signatures or a signing-off follow, which never stand on a page alone; a notice has a slip to cut off instead."""
    names = classes(following) if isinstance(following, Element) else []
    return not _SIGNED.isdisjoint(names) and "kind-notice" not in classes(context.body)


def _block(context: Context, block: Element | list[Node], place: Inherited) -> None:
    if isinstance(block, list):
        paragraph(context, block, place, place.paragraph)
        return
    context.blocks.get(block.tag, unknown)(context, block, styled(context, block, place) if block.get("style") else place)


def styled(context: Context, block: Element, place: Inherited) -> Inherited:
    """Return what is inherited inside a block with a `style` attribute."""
    own = style_of(context, block)
    return place._replace(run=merged(place.run, own.run), align=own.shade + own.align or place.align)


def pieces(context: Context, element: Element) -> Iterator[Element | list[Node]]:
    """Split what an element holds into blocks, and stretches of text between them that hold something."""
    line: list[Node] = []
    filled = False
    for node in _nodes(element):
        if isinstance(node, str):
            line.append(node)
            filled = filled or not node.isspace()
        elif _is_block(context, node):
            if filled:
                yield line
            line, filled = [], False
            yield node
        else:
            line.append(node)
            filled = True
    if filled:
        yield line


def _nodes(element: Element) -> Iterator[Node]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


def _is_block(context: Context, element: Element) -> bool:
    return element.tag in context.blocks or (
        len(element) > 0 and any(inner.tag in context.blocks for inner in element.iter() if inner is not element)
    )


def paragraph(  # noqa: PLR0913 - what a paragraph may have
    context: Context,
    nodes: Sequence[Node],
    place: Inherited,
    style: str,
    number: str = "",
    extra: str = "",
    *,
    lead: str = "",
    target: str = "",
) -> None:
    """Write a paragraph in a style (lower-case name), unless it is empty and has no number.

    `number` is its `w:numPr`, `extra` what follows among its properties; `lead` are runs before its text, `target` is its id for links.
    """
    if style in context.prepared.bold:
        place = place._replace(bold=True)
    runs = lead + ParagraphRuns(context, place).nodes(nodes)
    if target and runs:
        id_ = next(context.ids)
        runs = f'<w:bookmarkStart w:id="{id_}" w:name="{bookmark(target)}"/>{runs}<w:bookmarkEnd w:id="{id_}"/>'
    if runs or number:
        context.out.append(_paragraph(context, runs, place, style, number + extra))
        context.caption = ""


def _paragraph(context: Context, runs: str, place: Inherited, style: str, properties: str) -> str:
    id_ = context.style("paragraph", style)
    named = f'<w:pStyle w:val="{id_}"/>' if id_ else ""
    properties = aligned(properties, place.align)
    keep = "<w:keepNext/>" if place.glue else ""
    if "<w:drawing" in runs and style in context.prepared.lines:
        properties = loosened(properties, context.prepared.lines[style])
    return f"<w:p><w:pPr>{named}{keep}{properties}</w:pPr>{runs}</w:p>"


def empty(context: Context, style: str, runs: str = "", *, glue: bool = False) -> None:
    """Write the paragraph that Word wants where there is no text, as in an empty cell; `runs` are what stands in for text."""
    context.out.append(_paragraph(context, runs, Inherited(0, glue=glue), style, ""))


def _heading(context: Context, element: Element, place: Inherited) -> None:
    style = own = _HEADINGS[element.tag]
    if "article" in classes(element):
        style = _ARTICLE
    elif element.tag == "h1":
        style = context.style_of("paragraph", classes(element), own)
    number = context.lists.paragraph(element, style)
    # A heading without text is one only if it has a number of its own.
    number = number if element.get("data-list") or "".join(element.itertext()).strip() else ""
    level = f'<w:outlineLvl w:val="{list(_HEADINGS.values()).index(own) - 1}"/>' if style == _ARTICLE != own else ""
    paragraph(context, list(_nodes(element)), place, style, number, level, target=element.get("id", ""))
    context.heading = " ".join("".join(element.itertext()).split())


def _text(context: Context, element: Element, place: Inherited) -> None:
    style = context.style_of("paragraph", classes(element), place.paragraph)
    number = context.lists.paragraph(element, style)
    # A caption stays with what follows it, and names that; one below its figure does not.
    below = "below" in classes(element)
    loose = '<w:keepNext w:val="0"/>' if below and not place.glue else ""
    distances = _BELOW if below else ""
    if style == "body text":
        distances = _AFTER_TABLE if context.out and context.out[-1] == TABLE_END else ""
        distances += _BEFORE_TABLE if context.before_table else ""
    if distances:
        loose += f"<w:spacing{distances}/>"
    if context.before_table and style == "body text":
        place = place._replace(glue=True)  # as `p + table` in document.css: what leads up to a table stays with it
    paragraph(context, list(_nodes(element)), place, style, number, loose, lead=_sequence_number(context, element))
    if style == "caption" and not below:
        context.caption = " ".join((element.get("data-number", "") + " " + "".join(element.itertext())).split())


def _sequence_number(context: Context, element: Element) -> str:
    """Write the number of a caption: a SEQ field, which Word counts on and lists figures and tables by."""
    label, count = element.get("data-label"), element.get("data-count")
    if not (label and count):
        return ""
    line = ParagraphRuns(context, Inherited(0, bold=True))
    line.exact(f"{label} ", Format())
    anew = f"\\r {count} " if context.collected else ""  # Word would go on counting from the document before
    line.field(f"SEQ {label} {anew}\\* ARABIC", Format(), count)
    line.exact("\u3000" if context.chinese else "  ", Format())
    return line.finish_exactly()


def _list(context: Context, element: Element, place: Inherited) -> None:
    items = [block for block in pieces(context, element) if isinstance(block, list) or block.tag != "li"]
    if items:
        context.report("GP601", msg("text directly inside <{tag}>, outside its <li>, is written after the list", tag=element.tag))
    entries = [child for child in element if child.tag == "li"]
    # A list of two is not parted, as in document.css.
    inner = place._replace(glue=place.keep or len(entries) == 2)  # noqa: PLR2004
    for child in entries[:-1]:
        _item(context, child, inner)
    for child in entries[-1:]:
        _item(context, child, place if not items else place._replace(glue=place.keep))
    sequence(context, items, place)


def _item(context: Context, element: Element, place: Inherited) -> None:
    """Write a list item: its first paragraph has the number, what follows stands below that one's text."""
    scheme = element.get("data-list")
    plain = place.paragraph in _RUNNING
    blocks = list(pieces(context, element))
    if scheme is None:
        sequence(context, blocks, place._replace(paragraph="list continue" if plain else place.paragraph))
        return
    number, indent = context.lists.item(element, place.indent)
    style = _LIST_STYLES[scheme] if plain else place.paragraph
    first: Sequence[Node] = ()
    if blocks and isinstance(blocks[0], list):
        first = blocks.pop(0)  # type: ignore[assignment]
    elif blocks and isinstance(blocks[0], Element) and blocks[0].tag == "p":
        first = list(_nodes(blocks.pop(0)))  # type: ignore[arg-type]
    paragraph(context, first, place._replace(glue=place.keep) if blocks else place, style, number)
    rest = place._replace(indent=indent)
    for at, block in enumerate(blocks):
        here = rest if at == len(blocks) - 1 else rest._replace(glue=place.keep)
        if isinstance(block, list) or block.tag == "p":
            nodes = block if isinstance(block, list) else list(_nodes(block))
            below = f'<w:ind w:left="{indent}"/>'
            paragraph(context, nodes, here, "list continue" if plain else place.paragraph, extra=below)
        else:
            _block(context, block, here)


def _group(context: Context, element: Element, place: Inherited) -> None:
    names = classes(element)
    if element.tag == "div":
        place = place._replace(paragraph=context.style_of("paragraph", names, place.paragraph))
    if "keep" in names:
        place = place._replace(keep=True)
    if "foot" in names:
        place = place._replace(foot=True)
    if "signatures" in names:
        style = "statement" if ("paragraph", "statement") in context.prepared.styles else place.paragraph
        place = place._replace(keep=True, paragraph=style)
    if "title-page" in names:
        _title_page(context, element, place)
    else:
        flow(context, element, place)


def _title_page(context: Context, element: Element, place: Inherited) -> None:
    """Write a cover that is a page of its own; the table on it stands apart."""
    for block in pieces(context, element):
        if isinstance(block, Element) and block.tag == "table" and ("paragraph", _APART) in context.prepared.styles:
            empty(context, _APART)
        _block(context, block, place)
    empty(context, "table gap", '<w:r><w:br w:type="page"/></w:r>')


def _figure(context: Context, element: Element, place: Inherited) -> None:
    """Write a figure; of drawings that do not fit beside each other the widest is made smaller, as far as it stays readable."""
    widths = [round(stated[0] * _TWIPS_PER_MM) for drawing in element.iter("svg") if (stated := size(drawing))]
    left = place.width - sum(widths) + max(widths, default=0) - _BETWEEN
    if len(widths) > 1 and max(widths) * _READABLE <= left < max(widths):
        place = place._replace(width=left)
    _group(context, element, place._replace(paragraph=context.style_of("paragraph", classes(element), "figure")))


def _running(context: Context, element: Element, place: Inherited) -> None:
    """Pass over what the page's head and foot repeat; it is written in parts of their own."""
    if "running" not in classes(element):
        unknown(context, element, place)


def unknown(context: Context, element: Element, place: Inherited) -> None:
    """Report an element outside the vocabulary, and write the text it holds."""
    context.unknown(element)
    flow(context, element, place)


# Elements that a browser sets as blocks: their text must not run into the paragraphs around them.
_OTHER_BLOCKS = (
    "address", "article", "aside", "blockquote", "center", "dd", "details", "dir", "dl", "dt", "fieldset", "figcaption",
    "form", "h5", "h6", "hgroup", "hr", "legend", "li", "menu", "nav", "pre", "summary", "caption", "tbody", "thead",
    "tfoot", "tr", "td", "th",
)  # fmt: skip

BLOCKS: dict[str, BlockHandler] = {
    **dict.fromkeys(_OTHER_BLOCKS, unknown),
    **dict.fromkeys(_HEADINGS, _heading),
    "p": _text,
    "ul": _list,
    "ol": _list,
    "div": _group,
    "section": _group,
    "main": _group,
    "figure": _figure,
    "header": _running,
    "footer": _running,
}
