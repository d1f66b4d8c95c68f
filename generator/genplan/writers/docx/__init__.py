"""Word documents (.docx): the document tree in the styles of reference.docx, dressed in the brand.

The parts that documents share are prepared once (`package`, through python-docx); the text of each is then written as XML
(`blocks`, `inline`, `tables`, `frame`) and zipped with them (`archive`).
"""

from collections.abc import Iterator, Sequence
from itertools import count, islice
from xml.etree.ElementTree import Element

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose, has_errors
from genplan.messages import msg
from genplan.theme.document import Document
from genplan.writers.docx.archive import archive, entry, usual
from genplan.writers.docx.blocks import BLOCKS, empty, flow
from genplan.writers.docx.branding import Skin
from genplan.writers.docx.context import TABLE_END, BlockHandler, Context, Inherited, classes
from genplan.writers.docx.controls import field_list, glossary
from genplan.writers.docx.frame import EVEN, end_section, running, section
from genplan.writers.docx.labels import labels
from genplan.writers.docx.lettering import paper
from genplan.writers.docx.numbering import Lists
from genplan.writers.docx.package import UnusableReferenceError, prepare, request
from genplan.writers.docx.pictures import Media
from genplan.writers.docx.properties import core, custom, extended
from genplan.writers.docx.relations import Relations, content_types, kind
from genplan.writers.docx.tables import TABLES
from genplan.writers.docx.toc import CONTENTS
from genplan.writers.docx.watermark import stamp
from genplan.writers.docx.xml import DECLARATION, NAMESPACES
from genplan.writers.look import Look
from genplan.writers.options import DEFAULTS, Options
from genplan.writers.tint import tint

__all__ = ["write"]

_HANDLERS: dict[str, BlockHandler] = {**BLOCKS, **TABLES, **CONTENTS}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TEXT = "word/document.xml"
_FIELD_LIST = (
    '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
    'ds:itemID="{6E706C6E-0001-4000-8000-67656E706C61}"><ds:schemaRefs/></ds:datastoreItem>'
)
"""What Word knows the list of a form's fields by."""
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def write(document: Document, look: Look, options: Options = DEFAULTS) -> Outcome[bytes | None]:
    """Write a document as a Word file; there is none where something is an error. The same document and look give the same bytes.

    Finds GP601 (an element Word documents cannot express), GP602 and GP541 to GP544 (a picture that is not there, or cannot be shown),
    GP604 (no usable reference.docx), GP605 (a style that reference.docx lacks), GP606 (a link that is neither to the web nor to mail),
    GP607 (a drawing Word cannot show) and GP630 to GP632 (what reference.docx may not hold).
    """
    bodies = [document.tree] if document.tree.tag == "body" else document.tree.findall("body") or [document.tree]
    body = bodies[0]
    main = next(body.iter("main"), None)
    scheme = (main.get("data-numbering") or None) if main is not None else None
    try:
        prepared = prepare(
            request(
                look.reference,
                Skin.of(look.brand),
                document.metadata.language,
                scheme,
                document.numbering,
                landscape="landscape" in classes(body),
            )
        )
    except UnusableReferenceError as error:
        problems = [problem.at(Span(f"templates/{look.reference.name}")) for problem in error.problems if problem.code != "GP615"]
        if problems:
            return Outcome(None, problems)
        message = msg("the Word styles cannot be read from {file}: {reason}", file=look.reference.name, reason=error)
        advice = msg("remove the file to use the built-in one, or save it as .docx in Word")
        return Outcome(None, [diagnose("GP604", Span(look.reference.name), message, help=advice)])
    diagnostics: dict[str, Diagnostic] = {}
    context = Context(
        document=document,
        look=look,
        prepared=prepared,
        lists=Lists(prepared.lists, prepared.linked, prepared.nums),
        media=Media(),
        diagnostics=diagnostics,
        ids=count(1),
        blocks=_HANDLERS,
        relations=Relations(prepared.relations),
        out=[],
        body=body,
        labels=labels(body),
        collected=bool(document.parts),
    )
    data = _package(context, bodies, "oddPage" if options.duplex else "nextPage")
    if options.watermark:
        data = stamp(data, options.watermark, look.brand.word_body_font, tint(look))
    problems = list(diagnostics.values())
    return Outcome(None if has_errors(problems) else data, problems)


def _running(body: Element, *, even: bool) -> Iterator[tuple[Element, str, str]]:
    """Yield the first running header and footer, each with its style and the pages it is for: all, or odd and even ones."""
    for name in ("header", "footer"):
        for element in islice((child for child in body.iterfind(name) if "running" in classes(child)), 1):
            yield element, name, "default"
            if even:
                yield element, EVEN if name == "footer" else name, "even"


def _package(context: Context, bodies: Sequence[Element], start: str) -> bytes:
    """Write the parts of one file, and join them with those that files share; each body after the first starts as `start` says."""
    prepared = context.prepared
    parts: dict[str, str] = {}
    types = dict(prepared.types)
    for body in bodies:
        context.body = body
        flow(context, body, Inherited(prepared.page.width))
        end = _section(context, body, parts, start)
        if body is not bodies[-1]:
            context.out[-1] = end_section(context.out[-1], end)
            context.heading = context.caption = ""
    types |= {name: f"{_WORD}.{name[5:11]}+xml" for name in parts if not name.endswith(".rels")}
    text = paper(context.look.brand.colors) + "<w:body>" + "".join(context.out)
    parts[_TEXT] = f"{DECLARATION}<w:document {NAMESPACES}>{text}{end}</w:body></w:document>"
    if context.forms:
        parts["word/glossary/document.xml"] = DECLARATION + glossary(NAMESPACES)
        types["word/glossary/document.xml"] = f"{_WORD}.document.glossary+xml"
        context.relations.add(kind("glossaryDocument"), "glossary/document.xml")
        context.relations.add(kind("customXml"), "../customXml/item1.xml")
        parts |= {
            "customXml/item1.xml": DECLARATION + field_list(context.forms),
            "customXml/itemProps1.xml": DECLARATION + _FIELD_LIST,
            "customXml/_rels/item1.xml.rels": Relations(((kind("customXmlProps"), "itemProps1.xml"),)).xml(),
        }
        types["customXml/itemProps1.xml"] = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    parts["word/_rels/document.xml.rels"] = context.relations.xml()
    parts[prepared.numbering] = context.lists.xml()
    parts |= {
        "docProps/core.xml": core(context.document.metadata),
        "docProps/app.xml": extended(context.look.brand.name),
        "docProps/custom.xml": custom(context.document.kind),
        "_rels/.rels": Relations(
            (
                (kind("officeDocument"), "word/document.xml"),
                (_CORE, "docProps/core.xml"),
                (kind("extended-properties"), "docProps/app.xml"),
                (kind("custom-properties"), "docProps/custom.xml"),
            )
        ).xml(),
    }
    types |= {
        _TEXT: f"{_WORD}.document.main+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    }
    head = usual("[Content_Types].xml", content_types(prepared.extensions | context.media.extensions, types))
    # The order is fixed, and readers that decide by the first member find what they look for.
    own = [(entry if name == _TEXT else usual)(name, parts[name]) for name in sorted(parts)]
    return archive((head, *own, *prepared.entries, *context.media.entries))


def _section(context: Context, body: Element, parts: dict[str, str], start: str) -> str:
    """Write the section that a body is, with its running head and foot as `parts`; sections that repeat the same lines share them."""
    if not context.out or context.out[-1] == TABLE_END or (context.collected and not context.out[-1].startswith("<w:p>")):
        empty(context, "table end" if ("paragraph", "table end") in context.prepared.styles else "table gap")
    references: list[tuple[str, str, str]] = []
    for element, style, pages in _running(body, even=("paragraph", EVEN) in context.prepared.styles):
        name = str(element.tag)
        references.append((name, pages, context.relations.add(kind(name), _running_part(context, element, style, parts))))
    titled = any("title-page" in classes(child) for child in body.iterfind("section"))
    return section(context.prepared.page, references, start if context.collected else "", titled=titled)


def _running_part(context: Context, element: Element, style: str, parts: dict[str, str]) -> str:
    """Write what a page's head or foot repeats, unless another section does so; gives the part's name in the folder `word`."""
    xml, relations = running(context, element, style)
    rows = relations.xml() if relations else ""
    for number in count(1):
        name = f"{element.tag}{number}.xml"
        place, beside = f"word/{name}", f"word/_rels/{name}.rels"
        if place not in parts:
            parts[place] = xml
            parts |= {beside: rows} if rows else {}
        if (parts[place], parts.get(beside, "")) == (xml, rows):
            break
    return name
