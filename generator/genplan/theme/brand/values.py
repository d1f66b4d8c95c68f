"""The single values that a brand.yml holds: colours, sizes, weights."""

import re

from genplan.messages import listing, msg
from genplan.source.model import Annotated, BeforeValidator, InvalidValue, shown

_SIZE = re.compile(r"(\d+(?:\.\d+)?)(pt|px|rem|em)?")
_POINTS = {"pt": 1.0, "px": 0.75, "rem": 12.0, "em": 12.0, None: 0.75}
_SMALLEST, _LARGEST = 5, 30

_WEIGHTS = {
    "thin": 100,
    "extra-light": 200,
    "ultra-light": 200,
    "light": 300,
    "normal": 400,
    "regular": 400,
    "medium": 500,
    "semi-bold": 600,
    "demi-bold": 600,
    "bold": 700,
    "extra-bold": 800,
    "ultra-bold": 800,
    "black": 900,
}
_DECORATIONS = ("none", "underline", "overline", "line-through")
_STYLES = ("normal", "italic", "oblique")


def _color(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(
            "GP203",
            msg("{value} is not a colour", value=shown(value)),
            msg('write it in quotes, "#1F4E79", or use a name from the palette'),
        )
    return value.strip()


def _weight(value: object) -> int:
    weight = _WEIGHTS.get(value) if isinstance(value, str) else None
    if weight is None and isinstance(value, str) and value.isascii() and value.isdigit():
        weight = int(value)
    if weight is None or not 1 <= weight <= 1000:  # noqa: PLR2004 - the bounds of OpenType
        raise InvalidValue("GP203", msg("{value} is not a font weight", value=shown(value)), msg("write 400, 700, or a name such as bold"))
    return weight


def _points(value: object) -> float:
    """Read a size as points; `rem` and `em` count in the 12 points that web browsers start from."""
    match = _SIZE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise InvalidValue("GP203", msg("{value} is not a size", value=shown(value)), msg("write points, e.g. 10.5pt"))
    points = float(match[1]) * _POINTS[match[2]]
    if not _SMALLEST <= points <= _LARGEST:
        raise InvalidValue(
            "GP205",
            msg("{value} is not between {smallest} and {largest} points", value=shown(value), smallest=_SMALLEST, largest=_LARGEST),
            msg("write points, e.g. 10.5pt"),
        )
    return points


def _decoration(value: object) -> str:
    if value not in _DECORATIONS:
        raise InvalidValue(
            "GP204",
            msg("{value} is not a decoration", value=shown(value)),
            msg("write one of: {decorations}", decorations=listing(_DECORATIONS)),
        )
    return str(value)


def _style(value: object) -> str:
    """Read a style; of several, as the format allows, the first counts."""
    first = value[0] if isinstance(value, list) and value else value
    if first not in _STYLES:
        raise InvalidValue(
            "GP204", msg("{value} is not a font style", value=shown(value)), msg("write one of: {styles}", styles=listing(_STYLES))
        )
    return str(first)


Color = Annotated[str, BeforeValidator(_color)]
"""A colour as written: `#rrggbb`, `#rgb`, or a name of the palette or of a role."""
Weight = Annotated[int, BeforeValidator(_weight)]
"""Weight of a face: 1 to 1000."""
Points = Annotated[float, BeforeValidator(_points)]
"""Size of text in points."""
Decoration = Annotated[str, BeforeValidator(_decoration)]
"""A line at the text."""
Slant = Annotated[str, BeforeValidator(_style)]
"""Upright, italic or oblique."""
