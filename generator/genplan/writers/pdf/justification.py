"""Chinese lines made full, by space between their characters, once a document is laid out.

WeasyPrint justifies by the spaces between words, of which Chinese has none. Here what a line lacks is shared among the gaps between its
Chinese characters, and the spaces between its words are no wider than those. Not beside Latin letters and digits, where the fonts have a
gap already: readers would take a wider one for a space. For the same reason no gap grows beyond `MOST`; last lines are as they were. A
mark that closes a line gives up its blank half: it is the ink that reaches the edge.

Nothing of WeasyPrint's is replaced: boxes are moved, and a text is given a layout that widens its glyphs where it is drawn.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import TO_UNITS, ffi
from weasyprint.text.line_break import Layout

from genplan.theme.typography import BOUNDARY, JOINER

MOST = 0.09
"""Ems by which a gap grows at most; PDF readers take a tenth of an em for a space."""
_LEAST_PIXELS = 0.02
_FIRST_CHINESE = "\u2e80"
_SILENT = frozenset((JOINER, BOUNDARY))
_SPACES = re.compile("[ \u00a0]")
_BRACKETS = frozenset("）〕］｝〉》」』】〗")
_MARKS = {"zh-CN": _BRACKETS | frozenset("，。、；：！？”’"), "zh-TW": _BRACKETS}
"""Characters whose second half is blank; in Taiwan's type, commas and stops stand in the middle."""
_HALF_EM = 0.5


class SpreadLayout(Layout):  # type: ignore[misc] # weasyprint has no types
    """Text whose glyphs are wider where it is drawn: by so many of Pango's units after the characters at these bytes of the text."""

    spread: tuple[int, tuple[int, ...]]
    _widened = False

    def set_text(self, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002 - as WeasyPrint's
        """Set the text, which Pango lays out anew."""
        self._widened = False
        super().set_text(text, justify)

    def get_first_line(self) -> tuple[Any, Any]:
        """Return the line with its glyphs widened, once a layout."""
        line, index = super().get_first_line()
        if not self._widened:
            self._widened = True
            space, after = self.spread
            _widen(line, space, frozenset(after))
        return line, index


def _widen(line: Any, space: int, after: frozenset[int]) -> None:  # noqa: ANN401
    run = line.runs[0] if line.runs != ffi.NULL else ffi.NULL
    while run != ffi.NULL:
        item, run = run.data, run.next
        glyphs, start = item.glyphs, item.item.offset
        for at in range(glyphs.num_glyphs):
            if start + glyphs.log_clusters[at] in after:
                glyphs.glyphs[at].geometry.width += space


def justify(document: Any) -> None:  # noqa: ANN401
    """Fill the lines of a laid-out document that are to be justified."""
    pages = [[*_blocks(page._page_box)] for page in document.pages]  # noqa: SLF001 - there is no other way to the boxes
    for blocks, following in zip(pages, [*pages[1:], []], strict=True):
        for block in blocks:
            goes_on = bool(following) and block is blocks[-1] and following[0].element is block.element
            if block.style["text_align_all"] == "justify" and block.style["lang"] and block.style["lang"].startswith("zh"):
                for line in block.children if goes_on else block.children[:-1]:
                    _fill(line, block.content_box_x() + block.width)


def _blocks(box: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the blocks that hold lines, but for those of the head and foot of pages."""
    children = box.children
    if children and isinstance(children[0], boxes.LineBox):
        yield box
        return
    for child in children:
        if isinstance(child, boxes.ParentBox) and not isinstance(child, boxes.MarginBox):
            yield from _blocks(child)


def _fill(line: Any, right: float) -> None:  # noqa: ANN401
    """Make a line reach its right edge."""
    leaves = [*_leaves(line)]
    texts = [leaf for leaf in leaves if isinstance(leaf, boxes.TextBox)]
    if not texts or any(box.element_tag == "br" for box in line.descendants()):
        return
    stretched = sum(text.justification_spacing * len(_SPACES.findall(text.text)) for text in texts)
    last = leaves[-1]
    closed = last is texts[-1] and last.text.rstrip(JOINER + BOUNDARY)[-1:] in _MARKS.get(last.style["lang"], _BRACKETS)
    blank = _HALF_EM * last.style["font_size"] if closed else 0
    short = right - (last.position_x + last.margin_width()) + stretched + blank
    gaps = [_gaps(text, following) for text, following in pairwise([*texts, None])]
    count, size = sum(map(len, gaps)), texts[0].style["font_size"]
    if short >= _LEAST_PIXELS and count > sum(len(_SPACES.findall(text.text)) for text in texts):
        space = min(short / count, MOST * size)
        _move(line, dict(zip(map(id, texts), gaps, strict=True)), int(space * TO_UNITS))


def _leaves(box: Any) -> Iterator[Any]:  # noqa: ANN401
    for child in box.children:
        if isinstance(child, boxes.InlineBox):
            yield from _leaves(child)
        else:
            yield child


def _gaps(box: Any, following: Any) -> Sequence[int]:  # noqa: ANN401
    """Return the places in a box's text, in bytes, of the characters that may have space after them."""
    seen, at = [], 0
    for character in box.text:
        if character not in _SILENT:
            seen.append((character, at))
        at += len(character.encode())
    if following is not None:
        seen += [(character, at) for character in following.text.lstrip(JOINER + BOUNDARY)[:1]]
    return [place for (before, place), (after, _) in pairwise(seen) if _SPACES.match(before) or min(before, after) >= _FIRST_CHINESE]


def _move(box: Any, gaps: dict[int, Sequence[int]], units: int, moved: float = 0.0) -> float:  # noqa: ANN401
    """Widen the text below a box and move what follows it; return by how much."""
    for child in box.children:
        before = moved
        if isinstance(child, boxes.InlineBox):
            child.position_x += moved
            moved = _move(child, gaps, units, moved)
            child.width += moved - before
        elif isinstance(child, boxes.TextBox):
            child.position_x += moved
            wider = len(gaps[id(child)]) * units / TO_UNITS - child.justification_spacing * len(_SPACES.findall(child.text))
            child.width += wider
            moved += wider
            child.justification_spacing = 0
            child.pango_layout = _spread(child, units, gaps[id(child)])
        else:
            child.translate(moved, 0)
    return moved


def _spread(box: Any, units: int, gaps: Sequence[int]) -> SpreadLayout:  # noqa: ANN401
    layout = object.__new__(SpreadLayout)
    layout.__dict__.update(box.pango_layout.__dict__)
    layout.justification_spacing = 0
    layout.spread = units, tuple(gaps)
    return layout
