"""The kinds of charts (`CHARTS`), and the function by which templates draw them.

A chart is a function that makes a `Drawing` of values: docs/adding-a-chart.md. It says what a shape is for (`bar`, `grid`); the colours of
that are the brand's, unless a template says others.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from genplan.messages import listing, msg
from genplan.theme.brand import Brand
from genplan.theme.charts.bars import bars
from genplan.theme.charts.columns import columns
from genplan.theme.charts.meter import meter
from genplan.theme.charts.radar import radar
from genplan.theme.charts.shares import shares
from genplan.theme.charts.trend import trend
from genplan.theme.drawing import Drawing
from genplan.theme.languages import chain
from genplan.theme.svg import to_svg
from genplan.theme.tints import mixed

CHARTS: Mapping[str, Callable[..., Drawing]] = {
    "bars": bars,
    "columns": columns,
    "meter": meter,
    "radar": radar,
    "shares": shares,
    "trend": trend,
}
ROLES: Mapping[str, str] = {
    "text": "foreground",
    "quiet": "secondary",
    "axis": "secondary",
    "grid": "tertiary",
    "target": "foreground",
    "paper": "background",
    "ground": "light",
    "track": "light",
    "bar": "primary",
    "line": "primary",
    "beyond": "danger",
    "short": "warning",
}
"""What shapes are for, and the brand's colour of that."""
_COLOR = re.compile(r"(?:(#[0-9A-Fa-f]{6})|(\w+))(?: (\d{1,3})%)?")


def make_chart(brand: Brand, language: str) -> Callable[..., Markup]:
    """Make the function that draws charts in a brand's colours and fonts."""
    font = ", ".join(chain(brand.body_font, brand.fallback, language))

    def chart(
        kind: str,
        alt: str,
        note: str,
        /,
        *,
        scale: float = 1,
        colors: Mapping[str, str] | None = None,
        **values: Any,  # noqa: ANN401 - what the kind takes
    ) -> Markup:
        if kind not in CHARTS:
            raise ValueError(msg("there is no chart `{kind}`; there are {charts}", kind=kind, charts=listing(CHARTS)))
        looks = {"font": font, **_palette(brand, colors or {})}
        return Markup(to_svg(replace(CHARTS[kind](**values), title=alt, note=note, scale=scale), looks))  # noqa: S704 - it escapes

    return chart


def _palette(brand: Brand, colors: Mapping[str, str]) -> dict[str, str]:
    """Give the colour of each role, as `#rrggbb`."""
    if unknown := colors.keys() - ROLES:
        raise ValueError(msg("charts have no {names} to colour; they have {roles}", names=listing(sorted(unknown)), roles=listing(ROLES)))
    return {role: _color(name, brand) for role, name in {**ROLES, **colors}.items()}


def _color(name: str, brand: Brand) -> str:
    """Read a colour: one of the brand's or `#rrggbb`, perhaps mixed into the paper's (`primary 60%`)."""
    written = _COLOR.fullmatch(name)
    if not written or not (color := written[1] or brand.colors.get(written[2])):
        raise ValueError(msg("`{name}` is no colour: write a role of brand.yml, or #rrggbb", name=name))
    return mixed(color, brand.colors["background"], min(int(written[3]), 100)) if written[3] else color
