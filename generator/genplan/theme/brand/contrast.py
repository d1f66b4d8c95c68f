"""Contrast of colours as WCAG 2 reckons it (1.4.3): every pair of text and ground that documents show, and what each needs."""

import colorsys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import msg
from genplan.theme.brand.brand import Brand
from genplan.theme.brand.place import SpanOf

NORMAL, LARGE = 4.5, 3.0
"""Least ratio of level AA for text; large is 18 points and more, or 14 points bold."""
_STEPS = 200
_LINEAR = 0.04045

Shade = Callable[[Brand], str | None]


@dataclass(frozen=True, slots=True)
class ContrastPair:
    """Text and what it stands on, and the least ratio of the two.

    `change` is the key of the colour to mend: the text's, or what it stands on where `mend_ground` says so. `where` is what shows the pair.
    """

    text: Shade
    ground: Shade
    least: float
    change: tuple[str, ...]
    where: str
    mend_ground: bool = False


def _role(name: str) -> Shade:
    return lambda brand: brand.colors[name]


PAIRS = (
    ContrastPair(_role("foreground"), _role("background"), NORMAL, ("color", "foreground"), msg("text on paper")),
    ContrastPair(
        _role("foreground"), _role("light"), NORMAL, ("color", "light"), msg("text on label cells, totals and callouts"), mend_ground=True
    ),
    ContrastPair(_role("background"), _role("primary"), NORMAL, ("color", "primary"), msg("heads of tables"), mend_ground=True),
    ContrastPair(_role("primary"), _role("background"), LARGE, ("color", "primary"), msg("the title, headings and figures")),
    ContrastPair(_role("secondary"), _role("background"), NORMAL, ("color", "secondary"), msg("small print, header and footer")),
    ContrastPair(_role("success"), _role("background"), NORMAL, ("color", "success"), msg("what is good")),
    ContrastPair(_role("danger"), _role("background"), NORMAL, ("color", "danger"), msg("what is bad")),
    ContrastPair(lambda brand: brand.headings.color, _role("background"), NORMAL, ("typography", "headings", "color"), msg("headings")),
    ContrastPair(
        _role("link"),
        lambda brand: brand.link.background or brand.colors["background"],
        NORMAL,
        ("typography", "link", "color"),
        msg("links"),
    ),
)
"""What the built-in templates show. `tertiary` draws lines alone, `warning` and `dark` are for charts and Word's palette: no text."""


def luminance(color: str) -> float:
    """Return the relative luminance of `#rrggbb`, from 0 (black) to 1 (white)."""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def nearest(color: str, against: str, least: float) -> str | None:
    """Darken or lighten a colour, its hue and saturation kept, as little as gives the ratio; None where no shade does."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    for step in range(1, _STEPS + 1):
        for moved in (lightness - step / _STEPS, lightness + step / _STEPS):
            if 0 <= moved <= 1:
                parts = colorsys.hls_to_rgb(hue, moved, saturation)
                shade = "#" + "".join(f"{round(part * 255):02x}" for part in parts)
                if ratio(shade, against) >= least:
                    return shade
    return None


def check_contrast(brand: Brand, place: SpanOf) -> Iterator[Diagnostic]:
    """Find the pairs below level AA: GP521, at the colour to mend, once a colour and what it stands against."""
    reported: set[tuple[str, str, str]] = set()
    unreadable: set[str] = set()
    for pair in PAIRS:
        text, ground = pair.text(brand), pair.ground(brand)
        if text is None or ground is None or ratio(text, ground) >= pair.least:
            continue
        color, against = (ground, text) if pair.mend_ground else (text, ground)
        key = (".".join(pair.change), color, against)
        if key in reported or (pair.mend_ground and against in unreadable):
            continue
        reported.add(key)
        unreadable.add(color)
        yield diagnose(
            "GP521",
            place(*pair.change),
            msg(
                "{place}: {text} on {ground} has a contrast of {ratio}:1, below the {least}:1 of WCAG AA",
                place=pair.where,
                text=text,
                ground=ground,
                ratio=_shown(ratio(text, ground)),
                least=f"{pair.least:g}",
            ),
            help=_advice(color, against, pair.least),
        )


def _shown(value: float) -> str:
    """Cut, not round: 4.496 is not 4.5."""
    return f"{int(value * 100) / 100:.2f}"


def _advice(color: str, against: str, least: float) -> str:
    shade = nearest(color, against, least)
    return (
        msg('the nearest shade that passes is "{shade}"', shade=shade)
        if shade
        else msg("no shade of {color} passes on {against}: change both", color=color, against=against)
    )
