"""What stands in the margins of pages, laid out once.

WeasyPrint lays the running header and footer out for every page of every document, flexible boxes at that, though headers are the same
throughout and footers differ in the page's number alone. What comes out depends on the box of the margin with all that is in it, on its
place and its size; it is kept with the style of the margin, and each page gets a copy with the elements of its own document.

What floats or is positioned out of the flow, styles that are not shared, drawings that are elements of the document, and whatever
WeasyPrint had something to say about are left to it. A page's number is text here already, so that each number is another box.

These hold titles and names of organisations, in memory alone, and no more than `MOST` of them.

Needless once WeasyPrint lays a running element out once for all pages that show the same.
"""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import page as pages

from genplan.writers.pdf.speedups.lines import copied
from genplan.writers.pdf.speedups.replacement import Replacement
from genplan.writers.pdf.speedups.shared import SHARED, Kept
from genplan.writers.pdf.speedups.styles import said

MOST = 300
"""How many margins are kept; a document has two different ones a page at most."""

_plain = pages.margin_box_content_layout
_KEPT = Kept("margins", MOST)
_APART = frozenset(("style", "children", "element", "missing_link", "cached_counter_values"))
"""Attributes of a box that do not bear on where it stands, or are looked at by themselves."""
_PLAIN = frozenset((str, int, float, bool, type(None)))


class _OwnError(Exception):
    """A box is its page's own."""


class _Mark:
    """Stands for a style as it is: a style that is changed forgets its mark. `own` means that what has it is its page's own."""

    def __init__(self, style: Any) -> None:  # noqa: ANN401
        self.own = _is_apart(style)


def _is_apart(style: Any) -> bool:  # noqa: ANN401
    """Return whether a style takes its box out of the flow."""
    return style["position"] not in {"static", "relative"} or style["float"] != "none"


def _mark(style: Any) -> object:  # noqa: ANN401
    """Name a style; for the copy that WeasyPrint makes of a running element's, name its original and what was changed."""
    if hasattr(style, "original"):
        if _is_apart(style):
            raise _OwnError
        original = style.original
        return _given(original), tuple((key, value) for key, value in style.items() if original[key] != value)
    mark = _given(style)
    if mark.own:
        raise _OwnError
    return mark


def _given(style: Any) -> _Mark:  # noqa: ANN401
    if type(style) not in SHARED:
        raise _OwnError
    mark: _Mark | None = style.derived.get("mark")
    if mark is None:
        mark = _Mark(style)
        style.derived["mark"] = mark
    return mark


def _seen(box: Any, elements: dict[Any, int]) -> Iterator[object]:  # noqa: ANN401
    """List all that the layout of a box depends on; raise `_OwnError` where that is more than can be listed. Elements are numbered."""
    yield type(box)
    yield _mark(box.style)
    yield None if box.element is None else elements.setdefault(box.element, len(elements))
    for name, value in box.__dict__.items():
        if name in _APART:
            continue
        yield name
        if type(value) in _PLAIN:
            yield value
        elif name == "remove_decoration_sides":
            yield frozenset(value)
        elif name == "replacement" and box.element_tag == "img":
            yield value
        elif value != []:
            raise _OwnError
    yield len(box.children)
    for child in box.children:
        yield from _seen(child, elements)


def _copied(box: Any, elements: Any) -> Any:  # noqa: ANN401
    """Copy what was laid out, with other elements."""
    if not isinstance(box, Box):
        raise _OwnError
    new = box.copy()
    new.missing_link = new.cached_counter_values = None
    if box.element is not None:
        new.element = elements[box.element]
    if box.children:
        new.children = [_copied(child, elements) for child in box.children]
    elif "pango_layout" in box.__dict__:
        new.pango_layout = copied(box.pango_layout)
    return new


def margin_box_content_layout(context: Any, page: Any, box: Any) -> Any:  # noqa: ANN401
    """Lay out what is in a margin of a page."""
    elements: dict[Any, int] = {}
    try:
        seen = tuple(_seen(box, elements))
        table = _KEPT.table(box.style)
        kept = table.get(seen)
    except (_OwnError, TypeError):  # TypeError: a style's value that cannot be a key
        return _plain(context, page, box)
    if kept is not None:
        return _copied(kept, list(elements))
    before = said()
    laid_out = _plain(context, page, box)
    if said() == before:
        try:
            _KEPT.keep(table, seen, _copied(laid_out, elements))
        except (_OwnError, KeyError):
            return laid_out
    return laid_out


def replacements() -> list[Replacement]:
    """Lay margins out by what is kept."""
    return [Replacement(pages, "margin_box_content_layout", margin_box_content_layout)]
