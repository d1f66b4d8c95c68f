"""The list instances of one document: numbers that Word counts, reading what the tree decided."""

import re
from xml.etree.ElementTree import Element

from genplan.writers.docx.multilevel import Multilevel
from genplan.writers.docx.xml import DECLARATION

_LEFT = re.compile(r'(<w:ind\b[^>]*? w:(?:left|start)=")(-?\d+)')
_STYLE = re.compile(r"<w:pStyle [^>]*/>")
UNNUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'


def _number(num: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


class Lists:
    """Hands out list instances, one for each `data-instance`, so that numbers restart where the tree restarts them.

    In Word all instances of one definition count together, each from where it states a start. That serves lists that follow each
    other; a list that may stand within another of its kind, which goes on afterwards, has a definition of its own.
    """

    def __init__(self, lists: Multilevel, linked: dict[str, tuple[str, int]], nums: dict[str, int]) -> None:
        self._lists = lists
        self._linked = linked
        self._nums = nums
        self._abstracts: list[str] = []
        self._rows: list[str] = []
        self._made: dict[tuple[str, str, int | None], int] = {}
        self._shifts: dict[str, int] = {}
        self._main: str | None = None

    def paragraph(self, element: Element, style: str) -> str:
        """Return the `w:numPr` of a heading or article; nothing where its style (by lower-case name) says the same."""
        scheme = element.get("data-list")
        if scheme is None:
            return UNNUMBERED if style in self._linked else ""
        level, instance = int(element.get("data-level", "0")), element.get("data-instance", "1")
        list_, inner = self._lists.homes[scheme, level]
        if self._main is None and list_ in self._nums:
            self._main = instance
        if instance != self._main:
            return _number(self._own(list_, instance, 0), inner)
        return "" if self._linked.get(style) == (scheme, level) else _number(self._nums[list_], inner)

    def item(self, element: Element, start: int | None) -> tuple[str, int]:
        """Return a list item's `w:numPr`, and how far from the margin its text stands in twips.

        `start` is where the numbers of the outermost level should stand; None leaves it to the list.
        """
        scheme = element.get("data-list", "")
        level, instance = int(element.get("data-level", "0")), element.get("data-instance", "1")
        places = self._lists.places[scheme]
        if instance not in self._shifts:
            self._shifts[instance] = 0 if start is None else start - (places[0].marker or 0)
        shift = self._shifts[instance]
        # Bullets count nothing, so that all lists of one indent are one list, as they would be in Word.
        named = "" if scheme == "bullet" else instance
        num = self._shared(scheme, named) if start is None else self._own(scheme, named, shift)
        return _number(num, level), (places[level].text or 0) + shift

    def _shared(self, list_: str, instance: str) -> int:
        """Return an instance of the definition that all lists of a kind share."""
        key = (list_, instance, None)
        if key not in self._made:
            starts = (
                f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="1"/></w:lvlOverride>' for at in range(len(self._lists.levels[list_]))
            )
            self._make(key, self._lists.abstracts[list_], "".join(starts))
        return self._made[key]

    def _own(self, list_: str, instance: str, shift: int) -> int:
        """Return an instance of a definition of its own, which stands `shift` twips further right."""
        key = (list_, instance, shift)
        if key not in self._made:
            abstract = self._lists.next_abstract + len(self._abstracts)
            levels = "".join(_moved(level, shift) for level in self._lists.levels[list_])
            kind = f'<w:nsid w:val="6E71{abstract:04X}"/><w:multiLevelType w:val="multilevel"/><w:tmpl w:val="7471{abstract:04X}"/>'
            self._abstracts.append(f'<w:abstractNum w:abstractNumId="{abstract}">{kind}{levels}</w:abstractNum>')
            self._make(key, abstract, "")
        return self._made[key]

    def _make(self, key: tuple[str, str, int | None], abstract: int, overrides: str) -> None:
        num = self._made[key] = self._lists.next_num + len(self._made)
        self._rows.append(f'<w:num w:numId="{num}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>')

    def xml(self) -> str:
        """Write the numbering part."""
        lists = self._lists
        return "".join((DECLARATION, lists.head, *self._abstracts, lists.nums, *self._rows, lists.tail))


def _moved(level: str, shift: int) -> str:
    """Write a level's definition again, moved to the right and linked to no style."""
    return _LEFT.sub(lambda match: f"{match[1]}{int(match[2]) + shift}", _STYLE.sub("", level))
