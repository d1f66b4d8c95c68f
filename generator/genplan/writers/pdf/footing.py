"""Blocks at the foot of their page (`.foot`), such as the imprint of an official document: moved there after layout."""

from typing import Any

from weasyprint.formatting_structure import boxes

_FOOT = "foot"


def move_to_foot(document: Any) -> None:  # noqa: ANN401 - weasyprint has no types
    """Move each block of the class down to the end of its page's text area, if nothing is below it."""
    for page in document.pages:
        sheet = page._page_box  # noqa: SLF001 - there is no other way to the boxes
        block = _last_block(sheet)
        if block is not None:
            block.translate(0, sheet.content_box_y() + sheet.height - block.border_box_y() - block.border_height())


def _last_block(box: Any) -> Any:  # noqa: ANN401
    """Follow the last blocks of a page down to one of the class; None where there is none."""
    while isinstance(box, boxes.ParentBox):
        children = [child for child in box.children if not isinstance(child, boxes.MarginBox)]
        if not children:
            return None
        box = children[-1]
        if box.element is not None and _FOOT in (box.element.get("class") or "").split():
            return box
    return None
