"""A brand's typography as CSS rules: between the theme's own sheet, which they overrule, and a workspace's custom.css."""

from collections.abc import Mapping
from typing import TypeAlias

from genplan.theme.brand.brand import Brand

_Values: TypeAlias = Mapping[str, str | int | float | None]
_REGULAR = 400
_WHITE = "#ffffff"
_HEADINGS = "h1, h2, h3, h4"


def brand_rules(brand: Brand) -> str:
    """Write a rule for each thing that the brand states; what it leaves out stays the theme's."""
    heading, link, background = brand.headings, brand.link, brand.colors["background"]
    rules: tuple[tuple[str, _Values], ...] = (
        ("html", {"font-weight": brand.body_weight if brand.body_weight != _REGULAR else None}),
        ("@page", {"background": background if background != _WHITE else None}),
        (
            _HEADINGS,
            {"font-weight": heading.weight, "font-style": heading.style, "line-height": heading.line_height, "color": heading.color},
        ),
        ("a", {"font-weight": link.weight, "background": link.background, "text-decoration": link.decoration}),
    )
    return "\n".join(_rule(selector, values) for selector, values in rules if any(value is not None for value in values.values()))


def _rule(selector: str, values: _Values) -> str:
    stated = ";".join(
        f"{name}:{value:g}" if isinstance(value, float) else f"{name}:{value}" for name, value in values.items() if value is not None
    )
    return f"{selector}{{{stated}}}"
