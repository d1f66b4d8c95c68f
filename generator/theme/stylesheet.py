"""The style sheet of a theme: what the brand says as CSS variables and fonts, before the theme's own rules."""

from generator.theme.brand import BUILT_IN_FAMILY, Brand, FontFile
from generator.theme.brand.rules import brand_rules
from generator.theme.files import ThemeFiles
from generator.theme.tints import shades

SHEETS = ("styles/document.css", "styles/theme.css", "styles/custom.css")
"""The built-in rules, a theme's, then a workspace's additions: the latter two may be left out."""

_BUILT_IN = (
    FontFile(BUILT_IN_FAMILY, "fonts/NotoSansSC-Regular.ttf", 400, "normal"),
    FontFile(BUILT_IN_FAMILY, "fonts/NotoSansSC-Bold.ttf", 700, "normal"),
)
"""Stand behind the brand's own fonts, so that no Chinese text falls to whatever the machine has."""


def _string(text: str) -> str:
    """Quote text for CSS, so that a name cannot end its string."""
    escaped = "".join(c if c.isalnum() or c in " -_./" else f"\\{ord(c):x} " for c in text)
    return f'"{escaped}"'


def _font_face(font: FontFile) -> str:
    source = f"url({_string(font.path)})"
    style = font.style if font.style in {"italic", "oblique"} else "normal"
    return f"@font-face{{font-family:{_string(font.family)};src:{source};font-weight:{font.weight};font-style:{style}}}"


def _families(first: str) -> str:
    names = dict.fromkeys((first, BUILT_IN_FAMILY))
    return ", ".join([*map(_string, names), "sans-serif"])


def make_stylesheet(brand: Brand, files: ThemeFiles) -> str:
    """Join the brand's variables and the theme's sheets into one style sheet."""
    own = {font.family for font in brand.fonts}
    fonts = [*brand.fonts, *(font for font in _BUILT_IN if font.family not in own)]
    variables = {f"color-{role}": value for role, value in brand.colors.items()}
    variables |= shades(brand)
    variables["font-body"] = _families(brand.body_font)
    variables["font-headings"] = _families(brand.heading_font)
    variables["size-body"] = f"{brand.body_size:g}pt"
    variables["line-height"] = f"{brand.line_height:g}"
    root = ":root{" + ";".join(f"--{name}:{value}" for name, value in variables.items()) + "}"
    sheets = {name: path.read_text("utf-8") for name in SHEETS if (path := files.find(name)) is not None}
    own_rules = sheets.pop(SHEETS[-1], "")
    return "\n".join([*map(_font_face, fonts), root, *sheets.values(), brand_rules(brand), own_rules])
