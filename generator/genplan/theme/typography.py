"""Typography that layout engines do not know: where lines may not break, where scripts meet; for Chinese after W3C's CLREQ.

A number and its unit that are written with a space have a no-break space in the tree, for every format and language (`bind_units`).
The rest is for the PDF of a Chinese document (`typeset`): characters without width, which leave no trace in the PDF's text. U+2060 (word
joiner) forbids a line break; U+200B (zero-width space) marks where Chinese and Latin letters meet, which the bundled fonts kern apart. What
the engine does by itself (no closing punctuation at the start of a line, no opening at its end) is not repeated here;
docs/designer/typography.md lists both.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from xml.etree.ElementTree import Element

from genplan.theme.wrapping import text_width

JOINER = "\u2060"
BOUNDARY = "\u200b"
_NO_BREAK_SPACE = "\u00a0"

_SMALL_WORDS = "and|or|of|to|in|for|by|from|the|at|on|is|are|was|as|with|if|per|than|which|when|but|not|that|after|before|until"
"""English words that are no units, though they follow a number."""
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_UNIT = re.compile(rf"(?<=[0-9]) (?=(?!(?:{_SMALL_WORDS})\b)[a-z{_HAN}%‰℃°])|(?<=[0-9]) (?=[A-Z]{{3}}\b)|(?<=≈) (?=[0-9])")
"""The space between a number and what it counts, which may be a currency; or that it is about so much."""
_COUNTED = re.compile(r"[0-9] $")

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # Latin words, with the digits at their end, beside Chinese characters.
    (re.compile(rf"(?<=[{_HAN}])(?=[A-Za-z])"), BOUNDARY),
    (re.compile(rf"([A-Za-z][0-9]*)(?=[{_HAN}])"), rf"\1{BOUNDARY}"),
    # A number and what it counts, a sign and its number, a date, an ordinal.
    (re.compile(rf"(?<=[0-9])(?=[{_HAN}])"), JOINER),
    (re.compile(r"(?<=[≥≤＞＜≈±＋－−￥第])(?=[0-9])"), JOINER),
    (re.compile(r"(?<=[0-9]\u2060[年月])(?=[0-9])"), JOINER),
    # Marks that stand between words, and dashes: not at the start of a line.
    (re.compile(r"(?<=[^\s\u2060—])(?=[～〜·]|——)"), JOINER),
)
_END = re.compile(rf"(?<=[{_HAN}A-Za-z0-9%）])(?=[{_HAN}][^{_HAN}A-Za-z0-9]*$)")
"""Before the last Chinese character of a text."""

_TITLE, _WESTERN_TITLE, _TITLE_SPARE = 19.5, 22.0, 1.5
"""Ems of a line of a title, which is smaller where it is not Chinese, and how much longer than its part of the title it may be."""
_CJK = rf"{_HAN}\u3000-\u303f\uff00-\uffef"
_CHINESE = re.compile(rf"([{_CJK}](?:[{_CJK}“”‘’…—·0-9]*[{_CJK}])?)")
"""A stretch of Chinese, with the quotes and digits in it."""
_NAME = re.compile(rf"\s*[{_HAN}]+(?:[·‧][{_HAN}]+)+\s*")
"""A name of several words."""
_BETWEEN = re.compile(rf"(?<=[{_HAN}])(?=[{_HAN}])")

_TEXTS = frozenset({"h1", "h2", "h3", "h4", "p", "li", "td", "th"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_BLOCKS = _TEXTS | {"ul", "ol", "table", "div", "section", "figure", "br"}


@dataclass(frozen=True, slots=True)
class _Slot:
    """A stretch of text in the tree: what an element starts with, or what follows it."""

    element: Element
    name: str

    @property
    def text(self) -> str:
        return getattr(self.element, self.name) or ""

    def change(self, change: Callable[[str], str]) -> None:
        setattr(self.element, self.name, change(self.text))


def bind_units(root: Element) -> None:
    """Tie numbers to the units behind them, in place; not in fields, whose text is read back, nor in drawings, whose lines are made."""
    body = root.find("body")
    if body is not None:
        _bind(body, None)


def _bind(element: Element, before: _Slot | None) -> _Slot | None:
    """Go through the text of an element; `before` and what is returned are the last text that the next one follows in its line."""
    if "data-name" in element.keys() or element.tag == "svg":  # noqa: SIM118 - an element is no mapping
        return None
    before = _bind_text(_Slot(element, "text"), None if element.tag in _BLOCKS else before)
    for child in element:
        before = _bind(child, before)
        before = _bind_text(_Slot(child, "tail"), None if child.tag in _BLOCKS else before)
    return before


def _bind_text(slot: _Slot, before: _Slot | None) -> _Slot | None:
    text = slot.text
    if not text:
        return before
    if " " in text and (bound := _UNIT.sub(_NO_BREAK_SPACE, text)) != text:
        slot.change(lambda _: bound)
    if before is not None and _COUNTED.search(before.text) and _UNIT.match(f"0 {text}", 1):
        before.change(lambda said: said[:-1] + _NO_BREAK_SPACE)
    return slot


def balance_title(root: Element) -> None:
    """Set a title of several lines narrower, so that these have about one length, in place.

    The styles of a theme say where what is left over goes: on both sides of a title in the middle, behind one that begins at the left.
    """
    body = root.find("body")
    line = _TITLE if root.get("lang", "").startswith("zh") else _WESTERN_TITLE
    for title in body.iter("h1") if body is not None else ():
        width = text_width("".join(title.itertext()))
        if width > line:
            share = min(1.0, (width / ceil(width / line) + _TITLE_SPARE) / line)
            title.set("style", f"--beside: {(1 - share) * 50:.1f}%; --behind: {(1 - share) * 100:.1f}%")


def mark_chinese(root: Element) -> None:
    """Put Chinese text in a document of another language into spans of the class `chinese`, in place.

    Such a document is set with proportional marks, which would make an ASCII comma of a Chinese one.
    """
    body = root.find("body")
    if body is not None and not root.get("lang", "").startswith("zh"):
        _mark_chinese(body)


def _mark_chinese(element: Element) -> None:
    if element.tag == "svg":
        return
    if element.tag == "a":  # as a whole: WeasyPrint tags the annotation of a link with elements in it as none
        if _CHINESE.search("".join(element.itertext())):
            element.set("class", f"{element.get('class', '')} chinese".strip())
        return
    children = list(element)
    for child in children:
        _mark_chinese(child)
        if child.tail and _CHINESE.search(child.tail):
            _wrap(element, child, child.tail)
    if element.text and _CHINESE.search(element.text):
        _wrap(element, None, element.text)


def _wrap(element: Element, child: Element | None, text: str) -> None:
    """Part a text, at the start of an element or behind a child, into plain text and spans."""
    plain, *spans = _CHINESE.split(text)
    at = 0 if child is None else list(element).index(child) + 1
    if child is None:
        element.text = plain
    else:
        child.tail = plain
    for number, chinese in enumerate(spans[::2]):
        span = Element("span", {"class": "chinese", "lang": "zh"})
        span.text, span.tail = chinese, spans[2 * number + 1]
        element.insert(at + number, span)


def typeset(root: Element) -> None:
    """Put characters without width into the text of a Chinese document's tree, in place; other languages are left alone.

    A heading whose text changes keeps what it was in `data-label`, for the bookmarks, unless it has another label there.
    """
    body = root.find("body")
    if body is None or not root.get("lang", "").startswith("zh"):
        return
    labels = {heading: "".join(heading.itertext()) for heading in body.iter() if heading.tag in _HEADINGS}
    for element in body.iter():
        if element.tag == "td" and not len(element) and _NAME.fullmatch(element.text or ""):
            element.text = _BETWEEN.sub(JOINER, element.text or "")
        for name in ("text", "tail"):
            slot = _Slot(element, name)
            if slot.text.strip():
                slot.change(_join)
        if element.tag in _TEXTS:
            _keep_last(element)
    for heading, label in labels.items():
        if "".join(heading.itertext()) != label and "data-label" not in heading.attrib:
            heading.set("data-label", label)


@lru_cache(maxsize=4000)
def _join(text: str) -> str:
    """Follow the rules; a document's labels come again in the next one."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def _keep_last(element: Element) -> None:
    """Tie the last character to the one before it, so that it never makes a line of its own."""
    last: _Slot | None = None
    for slot in _line(element):
        if slot.text.strip():
            last = slot
    if last is not None:
        last.change(lambda text: _END.sub(JOINER, text.rstrip()))


def _line(element: Element) -> Iterator[_Slot]:
    """Yield the text that an element holds itself, up to the first block in it."""
    yield _Slot(element, "text")
    for child in element:
        if child.tag in _BLOCKS:
            return
        yield from _line(child)
        yield _Slot(child, "tail")
