"""A document's tree, handed to WeasyPrint as it is.

`weasyprint.HTML` reads HTML text; the tree that documents have would be written as text and parsed to the same tree again, but for the
drawings: in a document's tree the names of SVG are plain, while a parser gives them their namespace.
"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import Element

import cssselect2
import weasyprint

_SVG = "{http://www.w3.org/2000/svg}"


class _Root(cssselect2.ElementWrapper):  # type: ignore[misc] # cssselect2 has no types
    """A tree that finds elements by plain names without matching selectors, which WeasyPrint does twice a document."""

    def query_all(self, *selectors: str) -> Iterator[Any]:
        """List the elements that selectors match, the names of HTML with nothing but the elements themselves."""
        if all(name.isalpha() for name in selectors):
            return (SimpleNamespace(etree_element=element) for element in self.etree_element.iter() if element.tag in selectors)
        matched: Iterator[Any] = super().query_all(*selectors)
        return matched


class TreeHTML(weasyprint.HTML):  # type: ignore[misc] # weasyprint has no types
    """An HTML document that is a tree already, and belongs to this alone: its drawings get their namespace here."""

    def __init__(self, tree: Element, base_url: str, url_fetcher: Any) -> None:  # noqa: ANN401
        _name_drawings(tree)
        self.base_url = base_url
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = _Root.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def _name_drawings(tree: Element) -> None:
    for drawing in list(tree.iter("svg")):
        drawing.attrib.pop("xmlns", None)
        for element in drawing.iter():
            if isinstance(element.tag, str) and "}" not in element.tag:
                element.tag = _SVG + element.tag
