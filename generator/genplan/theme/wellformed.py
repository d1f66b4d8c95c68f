"""The quick way from HTML text to a tree, where a parser of XML comes to the same tree as one of HTML.

An HTML parser in Python takes most of the time that making a tree takes. What templates print is mostly well-formed: every element is
closed, and stands where HTML lets it stand. Of such text expat makes the same tree. Whatever is not surely so is left to the HTML parser:
elements that are not in the table here, or stand in another that HTML would close for them, and all that XML reads otherwise.

Without it a Word file takes 1.5 times as long from its data, and an HTML page 1.9 times.
"""

import re
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError, XMLParser

from tinyhtml5.constants import adjust_svg_attributes

_START = re.compile(r"\s*<!DOCTYPE html>\s*(?=<html)", re.IGNORECASE)
_END = re.compile(r"</body>(\s*)</html>(\s*)\Z")
_VOID = re.compile(r'<(br|col|hr|img|meta|wbr)((?:\s+[a-z-]+="[^"<]*")*)\s*>')
_BROKEN_VALUE = re.compile(r'="[^"<]*[\n\t]')
"""An attribute that goes over lines, which XML would join with spaces."""
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|#34|#39);)")
_BARRED = ("/>", "<!", "<?", "xmlns", "\r", "\x00", "]]>")
"""Empty elements are closed in XML alone; the rest is read in other ways, or not at all."""

_TEXT = frozenset(
    {"a", "abbr", "b", "br", "code", "em", "i", "img", "mark", "s", "small", "span", "strong", "sub", "sup", "svg", "u", "wbr"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = frozenset(
    {"article", "aside", "blockquote", "div", "dl", "figure", "footer", "header", "hr", "main", "nav", "ol", "p", "section"}
)
_FLOW = _TEXT | _BLOCKS | _HEADINGS | {"table", "ul"}
_DRAWN = frozenset({"circle", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "text"})
_ROWS = frozenset({"tr"})
_NOTHING: frozenset[str] = frozenset()
_INSIDE: dict[str, frozenset[str]] = {
    "html": frozenset({"head", "body"}),
    "head": frozenset({"meta", "title"}),
    **dict.fromkeys(_TEXT - {"a", "br", "img", "svg", "wbr"}, _TEXT - {"a"}),
    **dict.fromkeys(_HEADINGS | {"p"}, _TEXT),
    **dict.fromkeys(
        ("article", "aside", "blockquote", "body", "div", "footer", "header", "main", "nav", "section", "li", "td", "th"), _FLOW
    ),
    "figure": _FLOW | {"figcaption"},
    "figcaption": _FLOW,
    "dl": frozenset({"dt", "dd"}),
    "dt": _TEXT,
    "dd": _FLOW,
    "a": _TEXT - {"a"},
    "ol": frozenset({"li"}),
    "ul": frozenset({"li"}),
    "table": frozenset({"caption", "colgroup", "thead", "tbody", "tfoot"}),
    "caption": _TEXT,
    "colgroup": frozenset({"col"}),
    **dict.fromkeys(("thead", "tbody", "tfoot"), _ROWS),
    "tr": frozenset({"td", "th"}),
    "svg": _DRAWN | {"title", "desc"},
    "g": _DRAWN,
    **dict.fromkeys(("br", "col", "hr", "img", "meta", "title", "wbr", "desc"), _NOTHING),
    **dict.fromkeys(_DRAWN - {"g"}, _NOTHING),
}
"""What may stand in an element such that an HTML parser closes and adds nothing. Links stand in links nowhere: where text is in
links, no other element has them."""
_WORDLESS = frozenset({"html", "head", "table", "colgroup", "thead", "tbody", "tfoot", "tr"})
"""Elements whose text, but for spaces, an HTML parser would move elsewhere."""
_NAME = re.compile(r"[a-z][a-z0-9-]*")


def parse_wellformed(html: str) -> Element | None:
    """Parse a document as XML; None where an HTML parser might come to another tree."""
    start, end = _START.match(html), _END.search(html)
    if not start or not end:
        return None
    text = html[start.end() : end.end(0) - len(end[2])]
    if _BROKEN_VALUE.search(text) or _REFERENCE.search(text) or any(barred in text for barred in _BARRED):
        return None
    parser = XMLParser()  # noqa: S314 - entities are barred with all other declarations
    try:
        parser.feed(_VOID.sub(r"<\1\2/>", text))
        tree = parser.close()
    except ParseError:
        return None
    if [child.tag for child in tree] != ["head", "body"] or not _fits(tree):
        return None
    body = tree[1]
    tree.text = None
    # An HTML parser takes what stands after the body into it.
    _append(body, end[1] + end[2])
    body.tail = None
    return tree


def _fits(tree: Element) -> bool:
    for element in tree.iter():
        tag = element.tag
        allowed = _INSIDE.get(tag)
        if allowed is None:
            return False
        for name in element.keys():  # noqa: SIM118 - an element is no mapping
            if not _is_kept(name, tag):
                return False
        if tag in _WORDLESS and not _is_wordless(element):
            return False
        for child in element:
            if child.tag not in allowed:
                return False
    return True


def _is_wordless(element: Element) -> bool:
    return not any(text and not text.isspace() for text in (element.text, *(child.tail for child in element)))


@lru_cache(maxsize=1000)
def _is_kept(name: str, tag: str) -> bool:
    """Return whether an HTML parser leaves an attribute its name."""
    if name == "viewBox":
        return tag == "svg"
    return bool(_NAME.fullmatch(name)) and name not in adjust_svg_attributes


def _append(body: Element, text: str) -> None:
    if not text:
        return
    if len(body):
        body[-1].tail = (body[-1].tail or "") + text
    else:
        body.text = (body.text or "") + text
