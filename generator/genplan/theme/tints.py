"""Tints of the brand's colours that dark text stays readable on."""

from functools import lru_cache
from itertools import count

from genplan.theme.brand import Brand

_TONES = {"tone-good": "success", "tone-caution": "warning", "tone-bad": "danger"}
_TONE = 14
"""Percent of a tone's colour."""
_STEPS = (8, 18, 28, 38, 48)
"""Percent of the primary colour, from the lightest shade to the darkest."""
_READABLE = 4.5
"""Least contrast of text and ground: level AA of WCAG 2."""


def tints(brand: Brand) -> dict[str, str]:
    """Mix colours into the paper's, by the class of the cells that have them: the primary one from the lightest to the darkest, and tones.

    A tint is lighter than meant where text could not be read on it. Colours are `#rrggbb`.
    """
    return dict(_tints(*(brand.colors[role] for role in ("primary", "background", "foreground", *_TONES.values()))))


@lru_cache(maxsize=8)
def _tints(primary: str, ground: str, text: str, *tones: str) -> dict[str, str]:
    heat = {f"heat-{level}": _readable(primary, ground, text, percent) for level, percent in enumerate(_STEPS, 1)}
    return heat | {name: _readable(color, ground, text, _TONE) for name, color in zip(_TONES, tones, strict=True)}


def _readable(primary: str, ground: str, text: str, percent: int) -> str:
    return next(
        tint for less in count() if contrast(tint := mixed(primary, ground, max(0, percent - less)), text) >= _READABLE or less >= percent
    )


def mixed(one: str, other: str, percent: int) -> str:
    """Mix two colours, so many per cent of the first."""
    parts = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{(a * percent + b * (100 - percent) + 50) // 100:02x}" for a, b in parts)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the bounds of sRGB
