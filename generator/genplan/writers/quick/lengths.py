"""Used lengths that follow from the style alone.

`resolve_percentages` sets some twenty attributes on every box each time it is laid out, asking each length whether it is a percentage, a
formula or `auto`. Where a style has only pixels and `auto`, what comes out is the same for all its boxes; it is worked out once and set at
once. Percentages, formulas, collapsed borders and other ways of sizing boxes are left to WeasyPrint.
"""

from typing import Any

from weasyprint.layout import percent

from genplan.writers.quick.everywhere import everywhere
from genplan.writers.quick.replacement import Replacement
from genplan.writers.quick.styles import SHARED

_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in _SIDES),
    *(f"{bound}{axis}" for bound in ("", "min_", "max_") for axis in ("width", "height")),
)
_plain = percent.resolve_percentages


def _used(style: Any) -> dict[str, Any] | None:  # noqa: ANN401
    """Work out the used values of a style; None where they depend on where the box stands."""
    if style["box_sizing"] != "content-box" or style["border_collapse"] == "collapse":
        return None
    used: dict[str, Any] = {}
    for name in _LENGTHS:
        value = style[name]
        if value == "auto":
            used[name] = 0 if name in {"min_width", "min_height"} else "auto"
        elif getattr(value, "unit", None) == "px":
            used[name] = value.value
        else:
            return None
    return used | {f"border_{side}_width": style[f"border_{side}_width"] for side in _SIDES}


def resolve_percentages(box: Any, containing_block: Any) -> None:  # noqa: ANN401
    """Set used values as attributes of the box."""
    style = box.style
    if type(style) in SHARED:
        derived = style.derived
        if "lengths" not in derived:
            lengths = _used(style)
            derived["lengths"] = lengths
        used = derived["lengths"]
        if used is not None:
            box.__dict__.update(used)
            return
    _plain(box, containing_block)


def replacements() -> list[Replacement]:
    """Set lengths at once wherever boxes are laid out."""
    return everywhere(percent, "resolve_percentages", resolve_percentages)
