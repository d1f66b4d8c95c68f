"""Boxes without a background, told by their style.

For every box of a page WeasyPrint works out rounded corners, pictures of borders and the layers of its background, of which most boxes have
none. Whether a style has any of these is found once; its boxes are then told that they have none. All others, and pages, are WeasyPrint's.
"""

from typing import Any

from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import background

from genplan.writers.quick.replacement import Replacement
from genplan.writers.quick.styles import SHARED

_CORNERS = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_BARE = {**dict.fromkeys(_CORNERS, (0, 0)), "background": None}
_plain = background.layout_box_backgrounds


def _is_bare(style: Any) -> bool:  # noqa: ANN401
    """Tell whether boxes of a style have square corners, plain borders and nothing behind them."""
    derived = style.derived
    if "bare" not in derived:
        colour = style["background_color"]
        bare = (
            all((0, "px") in style[corner] for corner in _CORNERS)
            and style["border_image_source"][0] == style["mask_border_source"][0] == "none"
            and (style["visibility"] == "hidden" or not any(kind != "none" or value for kind, value in style["background_image"]))
            and (style["visibility"] == "hidden" or (style["color"] if colour == "currentcolor" else colour).alpha == 0)
            and not style["box_shadow"]
        )
        derived["bare"] = bare
    return bool(derived["bare"])


def layout_box_backgrounds(
    page: Any,  # noqa: ANN401
    box: Any,  # noqa: ANN401
    get_image_from_uri: Any,  # noqa: ANN401
    layout_children: bool = True,  # noqa: FBT001, FBT002 - as WeasyPrint's
    style: Any = None,  # noqa: ANN401
) -> None:
    """Find what is behind a box, and behind those inside it."""
    mine = style is None and layout_children and box is not page and isinstance(box, Box)
    if not mine or type(box.style) not in SHARED or not _is_bare(box.style):
        _plain(page, box, get_image_from_uri, layout_children, style)
    else:
        box.__dict__.update(_BARE)
        for child in box.all_children():
            layout_box_backgrounds(page, child, get_image_from_uri)


def replacements() -> list[Replacement]:
    """Tell boxes without a background by their style."""
    return [Replacement(background, "layout_box_backgrounds", layout_box_backgrounds)]
