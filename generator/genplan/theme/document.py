"""A rendered document: the one tree that every writer writes, and what is said about it outside the text."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from genplan.theme.numbering import Schemes


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says about itself. `issued` is the only date a document has: writers never ask the clock."""

    title: str
    author: str
    subject: str
    keywords: str
    language: str
    issued: date
    identifier: str
    """Names the document's content, as hexadecimal digits; the same content has the same identifier."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document, before it takes a format. The vocabulary of `tree` is described in docs/document-tree.md."""

    kind: str
    tree: Element
    metadata: Metadata
    numbering: Schemes
    """How its language writes the numbers that stand in the tree."""
    data: Callable[[], bytes] | None = None
    """Gives what it was made from, as JSON (docs/it/standards.md); made for formats that carry it along, and no others."""
    parts: tuple["Document", ...] = ()
    """The documents that it collects, if it does (`theme.collection`): `tree` then has their bodies, one after another."""
