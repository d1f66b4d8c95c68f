"""What the handlers of elements share while one document is written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias
from xml.etree.ElementTree import Element

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg
from genplan.people.form_fields import FormField
from genplan.theme.document import Document
from genplan.writers.docx.numbering import Lists
from genplan.writers.docx.package import Prepared
from genplan.writers.docx.pictures import Media
from genplan.writers.docx.relations import Relations
from genplan.writers.look import Look

# Classes of the contract that name a style. Other classes may name one too: theme authors add it to reference.docx.
_EXPECTED = frozenset(
    {
        "article", "lead", "note", "caption", "subtitle", "organization", "callout", "figure value", "figure label",
        "muted", "good", "bad", "blank", "tick", "table number", "table center", "genplan data", "genplan form",
        "genplan figures", "genplan signature", "toc heading", "toc 1", "toc 2", "toc 3",
    }
)  # fmt: skip

_KINDS = {"paragraph": msg("paragraph"), "character": msg("character"), "table": msg("table")}
"""What messages call the kinds of styles."""

TABLE_END = "</w:tbl>"


class Inherited(NamedTuple):
    """What an element inherits from those around it."""

    width: int
    """Width in twips that text may take."""
    paragraph: str = "body text"
    """Style of a paragraph that asks for none, by lower-case name."""
    keep: bool = False
    """Blocks are kept together on one page."""
    glue: bool = False
    """The last paragraph stays on the page of what follows."""
    bold: bool = False
    """Text is bold by its style: a further bold style would undo it (styles toggle, ISO 29500 17.7.3)."""
    run: str = ""
    """Run properties that no style gives to text here."""
    align: str = ""
    """Alignment and colour of the ground that a `style` attribute gives paragraphs here."""
    indent: int | None = None
    """Where numbers of lists stand, in twips; None leaves it to the list."""
    foot: bool = False
    """Stands at the foot of its page, where it is a table."""


BlockHandler: TypeAlias = "Callable[[Context, Element, Inherited], None]"


@dataclass(slots=True)
class Context:
    """The part being written, and what belongs to the whole file."""

    document: Document
    look: Look
    prepared: Prepared
    lists: Lists
    media: Media
    diagnostics: dict[str, Diagnostic]
    """Diagnostics by message: what a document does a hundred times is said once."""
    ids: Iterator[int]
    """Ids of drawings, content controls and bookmarks, unique in a file."""
    blocks: Mapping[str, BlockHandler]
    relations: Relations
    out: list[str]
    """The part's content so far, as XML."""
    body: Element
    """What is being written."""
    labels: dict[Element, str] = field(default_factory=dict)
    """What the form calls each datum that is filled in."""
    forms: list[FormField] = field(default_factory=list)
    """The content controls written so far."""
    caption: str = ""
    """Text of the caption just written: it names the table that follows."""
    before_table: bool = False
    """A table follows the block that is being written."""
    heading: str = ""
    """Text of the heading above: it names a table without a caption."""
    collected: bool = False
    """It is one of several documents in the file."""

    @property
    def chinese(self) -> bool:
        """Return whether ambiguous punctuation is Chinese."""
        return self.document.metadata.language.startswith("zh")

    def report(self, code: str, message: str, *, help: str = "") -> None:  # noqa: A002 - as in diagnose()
        """Say once in this document that something could not be expressed."""
        if message not in self.diagnostics:
            span = Span(self.document.metadata.title or self.document.kind)
            self.diagnostics[message] = diagnose(code, span, message, help=help)

    def unknown(self, element: Element, *, in_table: bool = False) -> None:
        """Report an element that is not in the vocabulary of document trees."""
        message = (
            msg("<{tag}> in a table is not supported in Word documents", tag=element.tag)
            if in_table
            else msg("<{tag}> is not supported in Word documents", tag=element.tag)
        )
        self.report("GP601", message, help=msg("use the elements of docs/document-tree.md"))

    def style(self, kind: str, name: str) -> str:
        """Return the id of the style of a lower-case name; empty, and reported, where reference.docx has none."""
        id_ = self.prepared.styles.get((kind, name), "")
        if not id_:
            message = msg("reference.docx has no {kind} style “{style}”", kind=_KINDS.get(kind, kind), style=name.title())
            advice = msg("add a style of this name in Word, or start again from the built-in reference.docx")
            self.report("GP605", message, help=advice)
        return id_

    def style_of(self, kind: str, classes: list[str], default: str, prefix: str = "") -> str:
        """Return the lower-case name of the first style that a class names (`figure-value`: Figure Value)."""
        for class_ in classes:
            name = prefix + class_.replace("-", " ")
            if (kind, name) in self.prepared.styles or name in _EXPECTED:
                return name
        return default


def classes(element: Element) -> list[str]:
    """Return the classes of an element."""
    value = element.get("class")
    return value.split() if value else []
