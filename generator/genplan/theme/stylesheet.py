"""The style sheet of a theme: what the brand says as CSS variables and fonts, before the theme's own rules."""

from collections.abc import Iterable
from pathlib import Path

from genplan.theme.brand import Brand, FontFile
from genplan.theme.brand.rules import brand_rules
from genplan.theme.files import ThemeFiles
from genplan.theme.languages import CARRIED, chain
from genplan.theme.tints import tints

SHEETS = ("styles/document.css", "styles/theme.css", "styles/custom.css")
"""The built-in rules, a theme's, then a workspace's additions: the latter two may be left out."""


def _string(text: str) -> str:
    """Quote text for CSS, so that a name cannot end its string."""
    escaped = "".join(c if c.isalnum() or c in " -_./" else f"\\{ord(c):x} " for c in text)
    return f'"{escaped}"'


def _font_face(font: FontFile) -> str:
    source = f"url({_string(font.path)})"
    style = font.style if font.style in {"italic", "oblique"} else "normal"
    return f"@font-face{{font-family:{_string(font.family)};src:{source};font-weight:{font.weight};font-style:{style}}}"


def _families(names: Iterable[str]) -> str:
    return ", ".join([*map(_string, names), "sans-serif"])


def _read(path: Path) -> str:
    """Read a sheet; where that cannot be done, loading the theme has said so, and no document is made."""
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def make_stylesheet(brand: Brand, files: ThemeFiles, language: str) -> str:
    """Join the brand's variables and the theme's sheets into one style sheet.

    The fonts that genplan carries stand behind the brand's own, so that no Chinese text falls to whatever the machine has; those that the
    language does not ask for are left out, because a font costs time to read.
    """
    body, headings = chain(brand.body_font, language), chain(brand.heading_font, language)
    asked = dict.fromkeys((*body, *headings))
    own = {font.family for font in brand.fonts}
    named = [font for font in brand.fonts if font.family in asked or font.family not in CARRIED]
    fonts = [*named, *(font for family in asked if family in CARRIED and family not in own for font in CARRIED[family])]
    variables = {f"color-{role}": value for role, value in brand.colors.items()}
    variables |= tints(brand)
    variables["font-body"] = _families(body)
    variables["font-headings"] = _families(headings)
    variables["size-body"] = f"{brand.body_size:g}pt"
    variables["line-height"] = f"{brand.line_height:g}"
    root = ":root{" + ";".join(f"--{name}:{value}" for name, value in variables.items()) + "}"
    sheets = {name: _read(path) for name in SHEETS if (path := files.find(name)) is not None}
    own_rules = sheets.pop(SHEETS[-1], "")
    return "\n".join([*map(_font_face, fonts), root, *sheets.values(), brand_rules(brand), own_rules])
