"""What a document has only from a number of pages on, so that every format has the same: a title page, contents, a digest."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from genplan.theme.brand import Brand
from genplan.theme.contents import remove
from genplan.theme.paging import Paper, count_pages

_WIDTH, _HEIGHT, _CELL, _WESTERN_CELL = 470, 717, 9.5, 8.5
"""Points of an A4 page inside the margins of document.css, and of text in tables; the number of pages is an estimate under any others."""
_ON_TITLE_PAGE = {"h1": "title", "organization": "organization", "subtitle": "subtitle", "cover-logo": "logo"}
"""What has styles of its own on a title page, and their names."""


def fit_extent(root: Element, brand: Brand) -> None:
    """Take out what states in `data-pages` more pages than there are about; make the cover of a long document a page of its own.

    Who states the fewest pages is looked at first. Counted are the pages of what is always there, and of what has stayed so far.
    """
    stated = list(_stated(root))
    body = root.find("body")
    if not stated or body is None:
        return
    cell = _CELL if root.get("lang", "").startswith("zh") else _WESTERN_CELL
    paper = Paper(_WIDTH, _HEIGHT, brand.body_size, brand.body_size * brand.line_height, cell)
    for least in sorted({least for _, _, least in stated}):
        undecided = [child for _, child, other in stated if other >= least and not _is_cover(child)]
        pages = count_pages(_without(body, undecided), paper)
        for parent, child, _ in (each for each in stated if each[2] == least):
            if pages < least and not _is_cover(child):
                remove(parent, child)
            elif pages >= least and _is_cover(child):
                _make_title_page(child)


def _without(element: Element, others: Sequence[Element]) -> Element:
    """Return a copy without other elements; what holds none of them is not copied."""
    kept = Element(element.tag, element.attrib)
    kept.text = element.text
    kept.tail = element.tail
    for child in element:
        if child not in others:
            kept.append(_without(child, others) if any(inner in others for inner in child.iter()) else child)
    return kept


def _is_cover(element: Element) -> bool:
    return "cover" in element.get("class", "").split()


def _stated(root: Element) -> Iterator[tuple[Element, Element, int]]:
    """Yield elements that state a number of pages, with their parents."""
    for parent in root.iter():
        for child in parent:
            value = child.get("data-pages", "")
            if value.isascii() and value.isdigit():
                yield parent, child, int(value)


def _make_title_page(cover: Element) -> None:
    _add_class(cover, "title-page")
    for element in cover.iter():
        for name in (element.tag, *element.get("class", "").split()):
            if name in _ON_TITLE_PAGE:
                _add_class(element, f"title-page-{_ON_TITLE_PAGE[name]}")
                break


def _add_class(element: Element, name: str) -> None:
    """Add a class before the others: the first that Word has a style for counts."""
    element.set("class", f"{name} {element.get('class', '')}".strip())
