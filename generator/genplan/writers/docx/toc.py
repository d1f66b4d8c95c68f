"""The table of contents: a TOC field in the building block that Word knows as such, its entries filled from the tree."""

from xml.etree.ElementTree import Element

from genplan.theme.paging import Paper, pages
from genplan.writers.docx.blocks import empty, flow
from genplan.writers.docx.context import BlockHandler, Context, Inherited, classes
from genplan.writers.docx.inline import ParagraphRuns
from genplan.writers.docx.xml import bookmark

_TWIPS = 20
_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_GALLERY = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'


def _instruction(code: str) -> str:
    return f'{_BEGIN}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{_SEPARATE}'


def contents(context: Context, element: Element, place: Inherited) -> None:
    """Write a `nav.toc`; any other `nav` is outside the vocabulary."""
    if "toc" not in classes(element):
        context.unknown(element)
        flow(context, element, place)
        return
    start = len(context.out)
    entries = [child for child in element if child.find("a") is not None]
    for child in element:
        if child not in entries:
            context.blocks["p"](context, child, place)
    page = context.prepared.page
    brand = context.look.brand
    paper = Paper(page.width / _TWIPS, page.height / _TWIPS, brand.body_size, brand.body_size * brand.line_height)
    numbers = pages(context.body, paper) if entries else {}
    levels = element.get("data-levels", "2")
    field = _instruction(f'TOC \\o "1-{levels if levels in {"1", "2", "3"} else "3"}" \\h \\z')
    for child in entries:
        context.out.append(_entry(context, child, place, numbers, field))
        field = ""
    if entries:
        # The field ends in a paragraph of its own, as Word has it: in the last entry, it would leave an empty entry behind when updated.
        empty(context, "table end" if ("paragraph", "table end") in context.prepared.styles else "table gap", _END)
    inner = "".join(context.out[start:])
    properties = f'<w:sdtPr><w:id w:val="{next(context.ids)}"/>{_GALLERY}</w:sdtPr>'
    context.out[start:] = [f"<w:sdt>{properties}<w:sdtContent>{inner}</w:sdtContent></w:sdt>"]


def _entry(context: Context, element: Element, place: Inherited, numbers: dict[str, int], field: str) -> str:
    """Write a line: the heading's text and page, both leading to it; the first line begins the field."""
    link = element.find("a")
    assert link is not None  # what `contents` chose entries by
    target = link.get("href", "").removeprefix("#")
    style = context.style("paragraph", context.style_of("paragraph", classes(element), "toc 1"))
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    name = bookmark(target)
    text = ParagraphRuns(context, place).nodes([link.text or "", *link])
    page = _instruction(f"PAGEREF {name} \\h") + f"<w:r><w:t>{numbers.get(target, 1)}</w:t></w:r>{_END}"
    return f'<w:p>{named}{field}<w:hyperlink w:anchor="{name}" w:history="1">{text}<w:r><w:tab/></w:r>{page}</w:hyperlink></w:p>'


CONTENTS: dict[str, BlockHandler] = {"nav": contents}
