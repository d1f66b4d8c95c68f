"""A document's tree, handed to WeasyPrint as it is.

`weasyprint.HTML` reads HTML text; the tree that documents have would be written as text and parsed to the same tree again, but for the
drawings: in a document's tree the names of SVG are plain, while a parser gives them their namespace.
"""

from typing import Any
from xml.etree.ElementTree import Element

import cssselect2
import weasyprint

_SVG = "{http://www.w3.org/2000/svg}"


class TreeHTML(weasyprint.HTML):  # type: ignore[misc] # weasyprint has no types
    """An HTML document that is a tree already, and belongs to this alone: its drawings get their namespace here."""

    def __init__(self, tree: Element, base_url: str, url_fetcher: Any) -> None:  # noqa: ANN401
        _name_drawings(tree)
        self.base_url = base_url
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def _name_drawings(tree: Element) -> None:
    for drawing in list(tree.iter("svg")):
        drawing.attrib.pop("xmlns", None)
        for element in drawing.iter():
            if isinstance(element.tag, str) and "}" not in element.tag:
                element.tag = _SVG + element.tag
