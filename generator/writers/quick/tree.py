"""A document's tree, handed to WeasyPrint as it is.

`weasyprint.HTML` reads HTML text; the tree that documents have would be written as text and parsed to the same tree again.
"""

from typing import Any
from xml.etree.ElementTree import Element

import cssselect2
import weasyprint


class TreeHTML(weasyprint.HTML):  # type: ignore[misc] # weasyprint has no types
    """An HTML document that is a tree already, without namespaces on its HTML elements. WeasyPrint reads it and leaves it as it is."""

    def __init__(self, tree: Element, base_url: str, url_fetcher: Any) -> None:  # noqa: ANN401
        self.base_url = base_url
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element
