"""Brand into Word's theme: colours, fonts and sizes.

Styles name theme colours and theme fonts, so rewriting the theme rebrands them however a Word user restyled them. Beside
each such name stands a literal value, for programs that do not look into the theme: these are brought in line with it.
"""

import colorsys
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from genplan.theme.brand import Brand, HeadingType, LinkType
from genplan.writers.docx.xml import A, W

_A = f"{{{A}}}"
_W = f"{{{W}}}"

# Word's slots for colours, and the roles of brand.yml that fill them, the first one present.
_SLOTS: dict[str, tuple[str, ...]] = {
    "dk1": ("foreground",),
    "lt1": ("background",),
    "dk2": ("dark", "foreground"),
    "lt2": ("light", "background"),
    "accent1": ("primary",),
    "accent2": ("secondary", "primary"),
    "accent3": ("tertiary", "secondary", "primary"),
    "accent4": ("success",),
    "accent5": ("danger",),
    "accent6": ("warning",),
    "hlink": ("link", "info", "primary"),
    "folHlink": ("secondary", "primary"),
}
# What attributes call the slots (ST_ThemeColor, through the usual clrSchemeMapping).
_NAMES = {
    "dark1": "dk1", "text1": "dk1", "light1": "lt1", "background1": "lt1",
    "dark2": "dk2", "text2": "dk2", "light2": "lt2", "background2": "lt2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
    **{f"accent{number}": f"accent{number}" for number in range(1, 7)},
}  # fmt: skip
_HEX = re.compile(r"#?([0-9a-fA-F]{6})")


@dataclass(frozen=True, slots=True)
class Skin:
    """The part of a brand that a Word document takes: hashable, so that prepared files can be kept by it."""

    colors: tuple[tuple[str, str], ...]
    body_font: str
    heading_font: str
    latin_font: str
    size: float
    line_height: float
    body_weight: int = 400
    headings: HeadingType = field(default_factory=HeadingType)
    link: LinkType = field(default_factory=LinkType)
    substitutes: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, brand: Brand) -> "Skin":
        """Take what a Word document needs from `brand`."""
        return cls(
            tuple(sorted(brand.colors.items())),
            brand.word_body_font,
            brand.word_heading_font,
            brand.word_latin_font,
            brand.body_size,
            brand.line_height,
            brand.body_weight,
            brand.headings,
            brand.link,
            brand.word_substitutes,
        )


def rewrite_theme(theme: etree._Element, skin: Skin) -> None:
    """Put the brand's colours and fonts into a theme; a role that the brand leaves out keeps the theme's colour."""
    roles = dict(skin.colors)
    for slot, names in _SLOTS.items():
        color = next((match[1] for name in names if (match := _HEX.fullmatch(roles.get(name, "")))), None)
        if color and (place := theme.find(f".//{_A}clrScheme/{_A}{slot}")) is not None:
            place[:] = [etree.Element(f"{_A}srgbClr", val=color.upper())]
    for tag, east_asian in (("majorFont", skin.heading_font), ("minorFont", skin.body_font)):
        faces = {"latin": skin.latin_font, "ea": east_asian}
        for font in theme.iterfind(f".//{_A}fontScheme/{_A}{tag}/*"):
            face = faces.get(str(etree.QName(font).localname))
            if font.get("script") in {"Hans", "Hant"}:
                face = east_asian
            if face:
                font.set("typeface", face)


def sync(root: etree._Element, theme: etree._Element) -> None:
    """Set each literal colour and font below `root` to what the theme reference beside it says."""
    colors = dict(_colors(theme))
    fonts = dict(_fonts(theme))
    for element in root.iter(f"{_W}*"):
        if element.tag == f"{_W}rFonts":
            _sync_fonts(element, fonts)
            continue
        literal = "val" if element.tag == f"{_W}color" else "color"
        _sync_color(element, "theme", "Color", literal, colors)
        _sync_color(element, "themeFill", "", "fill", colors)


def use_faces(root: etree._Element, faces: Mapping[str, str]) -> None:
    """Put other faces in the place of those that styles below `root` name themselves."""
    for fonts in root.iter(f"{_W}rFonts"):
        for name, face in fonts.items():
            fonts.set(name, faces.get(str(face), str(face)))


def _colors(theme: etree._Element) -> Iterator[tuple[str, str]]:
    for name, slot in _NAMES.items():
        color = theme.find(f".//{_A}clrScheme/{_A}{slot}/*")
        if color is not None:
            yield name, color.get("lastClr") or color.get("val") or "000000"


def _fonts(theme: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the faces by the attribute values that ask for them, such as `minorEastAsia`."""
    for size in ("major", "minor"):
        for child, script in (("latin", "Ascii"), ("latin", "HAnsi"), ("ea", "EastAsia"), ("cs", "Bidi")):
            font = theme.find(f".//{_A}fontScheme/{_A}{size}Font/{_A}{child}")
            if font is not None and font.get("typeface"):
                yield size + script, font.get("typeface", "")


def _sync_fonts(element: etree._Element, fonts: dict[str, str]) -> None:
    for literal in ("ascii", "hAnsi", "eastAsia", "cs"):
        theme_name = "cstheme" if literal == "cs" else f"{literal}Theme"
        face = fonts.get(element.get(f"{_W}{theme_name}", ""))
        if face:
            element.set(f"{_W}{literal}", face)


def _sync_color(element: etree._Element, prefix: str, suffix: str, literal: str, colors: dict[str, str]) -> None:
    color = colors.get(element.get(f"{_W}{prefix}{suffix}", ""))
    if color:
        tint = element.get(f"{_W}{prefix}Tint")
        shade = element.get(f"{_W}{prefix}Shade")
        element.set(f"{_W}{literal}", mix(color, tint, shade))


def mix(color: str, tint: str | None, shade: str | None) -> str:
    """Lighten `color` (rrggbb) by a tint or darken it by a shade, both hexadecimal 00 to FF, as Word reckons (17.3.2.6)."""
    if not (tint or shade):
        return color.upper()
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if shade:
        lightness *= int(shade, 16) / 255
    if tint:
        lightness = 1 - (1 - lightness) * int(tint, 16) / 255
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))


def scale(styles: etree._Element, skin: Skin) -> float:
    """Set the body text's size and line distance, and every size in proportion to it; return the proportion.

    The body's size is the one of the document defaults: a size that a style states follows as an em would.
    """
    run = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}sz")
    stated = float(run.get(f"{_W}val", "20")) / 2 if run is not None else skin.size
    ratio = skin.size / stated
    if ratio != 1:
        for size in styles.iter(f"{_W}sz", f"{_W}szCs"):
            size.set(f"{_W}val", str(round(float(size.get(f"{_W}val", "20")) * ratio)))
        scale_distances(styles, ratio)
    spacing = styles.find(f"{_W}docDefaults/{_W}pPrDefault/{_W}pPr/{_W}spacing")
    if spacing is not None:
        # At least, not a multiple: a multiple counts from each font's own height, which differs by half between faces.
        spacing.set(f"{_W}line", str(round(skin.size * skin.line_height * 20)))
        spacing.set(f"{_W}lineRule", "atLeast")
    return ratio


def scale_distances(root: etree._Element, ratio: float) -> None:
    """Scale indents, and line distances that are stated in points, below `root`."""
    for spacing in root.iter(f"{_W}spacing"):
        if spacing.get(f"{_W}lineRule") in {"exact", "atLeast"}:
            spacing.set(f"{_W}line", str(round(int(spacing.get(f"{_W}line", "240")) * ratio)))
    for indent in root.iter(f"{_W}ind"):
        for name in ("left", "start", "hanging", "firstLine"):
            value = indent.get(f"{_W}{name}")
            if value is not None:
                indent.set(f"{_W}{name}", str(round(int(value) * ratio)))
