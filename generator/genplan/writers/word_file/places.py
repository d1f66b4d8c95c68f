"""The paragraphs of a part, as people find them in Word."""

from dataclasses import dataclass

from lxml import etree

from genplan.messages import listing, msg
from genplan.writers.docx.xml import W

_LONGEST = 60
_NAMES = {
    "": msg("body"),
    "header": msg("header"),
    "footer": msg("footer"),
    "footnotes": msg("footnotes"),
    "endnotes": msg("endnotes"),
}
"""What messages call parts; other parts go by their names."""

P, T, TC, TR, TBL, TEXT_BOX = (f"{{{W}}}{name}" for name in ("p", "t", "tc", "tr", "tbl", "txbxContent"))


@dataclass(frozen=True, slots=True)
class ParagraphPlace:
    """A paragraph of a story, as people find it, and what it says."""

    where: str
    text: str

    def __str__(self) -> str:
        shown = self.text if len(self.text) <= _LONGEST else f"{self.text[:_LONGEST]}…"
        return msg("{place}: “{text}”", place=self.where, text=shown)


class Paragraphs:
    """Where each paragraph of a part stands. `kind` is what the part is: `header`, `footnotes`, …; empty for the body."""

    def __init__(self, root: etree._Element, kind: str) -> None:
        self.kind = kind
        self._tables = {table: number for number, table in enumerate(root.iter(TBL), 1)}
        self.places: dict[etree._Element, ParagraphPlace] = {}
        number = 0
        for paragraph in root.iter(P):
            number += next(paragraph.iterancestors(TC, TEXT_BOX), None) is None
            text = "".join(t.text or "" for t in paragraph.iter(T) if next(t.iterancestors(P)) is paragraph)
            self.places[paragraph] = ParagraphPlace(self._where(paragraph, number), text)

    def of(self, element: etree._Element) -> str:
        """Say where an element stands: its paragraph, or else the part."""
        paragraph = element if element.tag == P else next(element.iterancestors(P), None)
        return str(self.places[paragraph]) if paragraph is not None else _name(self.kind)

    def _where(self, paragraph: etree._Element, number: int) -> str:
        cell = next(paragraph.iterancestors(TC, TEXT_BOX), None)
        if cell is None:
            where = msg("paragraph {number}", number=number)
        elif cell.tag == TEXT_BOX:
            where = msg("text box after paragraph {number}", number=number)
        else:
            row = next(cell.iterancestors(TR))
            table = next(row.iterancestors(TBL))
            where = msg("table {table}, row {row}, cell {cell}", table=self._tables[table], row=_position(row), cell=_position(cell))
        return listing((_name(self.kind), where)) if self.kind else where


def _name(kind: str) -> str:
    return _NAMES.get(kind, kind)


def _position(element: etree._Element) -> int:
    return 1 + sum(1 for _ in element.itersiblings(element.tag, preceding=True))
