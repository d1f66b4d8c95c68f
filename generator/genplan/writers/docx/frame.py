"""What stands around the text: the page's running head and foot, and the section with its page."""

from collections.abc import Iterable
from dataclasses import replace
from xml.etree.ElementTree import Element

from genplan.writers.docx.context import Context, Inherited, classes
from genplan.writers.docx.distances import loosened
from genplan.writers.docx.inline import Node, ParagraphRuns
from genplan.writers.docx.package import Page
from genplan.writers.docx.relations import Relations
from genplan.writers.docx.xml import DECLARATION, NAMESPACES

_TAB = "<w:r><w:tab/></w:r>"
_SLOTS = ("left", "center", "right")
_ROOTS = {"header": "hdr", "footer": "ftr"}


EVEN = "footer even"
"""The style of the foot of even pages, where these have one of their own; its text is the same."""


def running(context: Context, element: Element, style: str) -> tuple[str, Relations]:
    """Write the part of a running header or footer: one line, its three places set by the style's tab stops.

    A middle alone needs none: it is centred, or placed by the style of odd and even pages.
    """
    inner = replace(context, relations=Relations(), out=[])
    slots: dict[str, list[Node]] = {name: [] for name in _SLOTS}
    slots["left"].append(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            name = next((name for name in classes(child) if name in slots), "left")
            slots[name] += (" ", child)
        slots["left"].append(child.tail or "")
    place = Inherited(context.prepared.page.width)
    left, center, right = (ParagraphRuns(inner, place).nodes(slots[name]) for name in _SLOTS)
    id_ = inner.style("paragraph", style)
    properties = f'<w:pStyle w:val="{id_}"/>' if id_ else ""
    runs = left
    aligned = ("paragraph", EVEN) in context.prepared.styles and element.tag == "footer"
    if center and not left and not right:
        properties += "" if aligned else '<w:jc w:val="center"/>'
        runs = center
    elif center:
        runs += _TAB + center + (_TAB + right if right else "")
    elif right:
        # Without a middle, text on the left may run past the stop there: the next stop must be the right one.
        properties += f'<w:tabs><w:tab w:val="clear" w:pos="{context.prepared.page.width // 2}"/></w:tabs>'
        runs += _TAB + right
    if "<w:drawing" in runs and element.tag in context.prepared.lines:
        properties = loosened(properties, context.prepared.lines[element.tag])
    root = _ROOTS[element.tag]
    paragraph = f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"
    return f"{DECLARATION}<w:{root} {NAMESPACES}>{paragraph}</w:{root}>", inner.relations


def section(page: Page, references: Iterable[tuple[str, str, str]], start: str = "", *, titled: bool = False) -> str:
    """Write the section: the page, and its headers and footers: `header` or `footer`, for which pages, and their relationships.

    `start` is where one of several begins, `nextPage` or `oddPage`; it counts its pages from 1. One that is `titled` begins with a page
    without header and footer.
    """
    rows = "".join(f'<w:{name}Reference w:type="{pages}" r:id="{id_}"/>' for name, pages, id_ in references)
    type_, count = (f'<w:type w:val="{start}"/>', '<w:pgNumType w:start="1"/>') if start else ("", "")
    before, grid, after = page.rest.partition("<w:docGrid")
    title = "<w:titlePg/>" if titled else ""
    return f"<w:sectPr>{rows}{type_}{page.size}{page.margins}{count}{before}{title}{grid}{after}</w:sectPr>"


def end_section(paragraph: str, properties: str) -> str:
    """Have a section end with a paragraph, which keeps its own properties; `properties` are the section's."""
    return paragraph.replace("</w:pPr>", f"{properties}</w:pPr>", 1)
