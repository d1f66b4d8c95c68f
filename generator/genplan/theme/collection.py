"""Several documents as one, to be printed together: each from a page of its own, with its own page numbers and running lines."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple
from xml.etree.ElementTree import Element

from genplan.theme.document import Document


class Part(NamedTuple):
    """A document of a collection, and whom it is about, which is the text of its bookmark."""

    label: str
    document: Document


def collect(parts: Sequence[Part], title: str, data: Callable[[], bytes]) -> Document:
    """Join documents of one kind in their order; their trees become parts of the whole's.

    The whole has the metadata of the first, but for its title. Its tree has a `body` for each of them.
    """
    for number, part in enumerate(parts, 1):
        _prepare(part, number)
    first = parts[0].document
    root = Element("html", dict(first.tree.attrib))
    root.append(_head(first.tree, title))
    root.extend(body for part in parts if (body := part.document.tree.find("body")) is not None)
    made_of = ",".join(part.document.metadata.identifier for part in parts)
    metadata = replace(first.metadata, title=title, identifier=hashlib.sha256(made_of.encode()).hexdigest()[:32])
    return replace(first, tree=root, metadata=metadata, data=data, parts=tuple(part.document for part in parts))


def _head(tree: Element, title: str) -> Element:
    head = Element("head")
    head.extend(each for each in tree.iterfind("head/*") if each.tag != "title")
    name = Element("title")
    name.text = title
    head.insert(0, name)
    return head


def _prepare(part: Part, number: int) -> None:
    """Tell the elements of a document apart from those of the others: its targets, its lists, and its title among the bookmarks.

    Fields lose their names: what is filled in here could not be told apart either, so nothing reads it back.
    """
    for element in part.document.tree.iter():
        if not isinstance(element.tag, str):
            continue
        element.attrib.pop("data-name", None)
        for name in ("id", "data-instance"):
            if name in element.attrib:
                element.set(name, f"{number}-{element.get(name)}")
        if element.get("href", "").startswith("#"):
            element.set("href", f"#{number}-{element.get('href', '')[1:]}")
        if element.tag == "h1":
            element.set("data-label", part.label)
