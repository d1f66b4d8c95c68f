"""The style sheet of a theme: what the brand says as CSS variables and fonts, before the theme's own rules."""

from collections.abc import Iterable

from generator.theme.brand import Brand, FontFile
from generator.theme.files import ThemeFiles
from generator.theme.languages import CARRIED, chain

SHEETS = ("styles/document.css", "styles/custom.css")
"""The built-in rules, then a workspace's additions, which it may leave out."""


def _string(text: str) -> str:
    """Quote text for CSS, so that a name cannot end its string."""
    escaped = "".join(c if c.isalnum() or c in " -_./" else f"\\{ord(c):x} " for c in text)
    return f'"{escaped}"'


def _font_face(font: FontFile) -> str:
    source = f"url({_string(font.path)})"
    style = "italic" if font.style == "italic" else "normal"
    return f"@font-face{{font-family:{_string(font.family)};src:{source};font-weight:{font.weight};font-style:{style}}}"


def _families(names: Iterable[str]) -> str:
    return ", ".join([*map(_string, names), "sans-serif"])


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
    variables["font-body"] = _families(body)
    variables["font-headings"] = _families(headings)
    variables["size-body"] = f"{brand.body_size:g}pt"
    variables["line-height"] = f"{brand.line_height:g}"
    root = ":root{" + ";".join(f"--{name}:{value}" for name, value in variables.items()) + "}"
    sheets = [path.read_text("utf-8") for name in SHEETS if (path := files.find(name)) is not None]
    return "\n".join([*map(_font_face, fonts), root, *sheets])
