"""The style sheet of a theme: what the brand says as CSS variables and fonts, before the theme's own rules."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from genplan import resources
from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg
from genplan.theme.brand import Brand, FontFile
from genplan.theme.brand.carried import CARRIED
from genplan.theme.brand.families import cure
from genplan.theme.brand.rules import brand_rules
from genplan.theme.files import ThemeFiles
from genplan.theme.languages import chain
from genplan.theme.resource_checks.pictures import picture_name
from genplan.theme.resource_checks.styles import family_names, leading_imports
from genplan.theme.template_files import known_as
from genplan.theme.tints import tints

SHEETS = ("styles/document.css", "styles/theme.css", "styles/custom.css")
"""The built-in rules, a theme's, then a workspace's additions: the latter two may be left out."""

_BLANK = re.compile(r"[^\n]")


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
        return path.read_text("utf-8-sig", "replace")
    except OSError:
        return ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet as it stands among the others: its text, without imports, and the file it comes from as users know it.

    `media` is what the imports ask for that lead to it.
    """

    file: str
    text: str
    media: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "".join(f"@media {query}{{\n" for query in self.media) + self.text + "\n}" * len(self.media)


def read_sheets(files: ThemeFiles, name: str) -> tuple[Sheet, ...]:
    """Read a theme's sheet, those that it imports before it: joined with others, it could not import them itself."""
    return tuple(_sheets(files, name, (), set()))


def _sheets(files: ThemeFiles, name: str, media: tuple[str, ...], seen: set[str]) -> Iterator[Sheet]:
    path = files.find(name)
    if path is None or name in seen:
        return
    seen.add(name)
    text = _read(path)
    for imported in leading_imports(text) if "@import" in text.lower() else ():
        wanted = (*media, imported.media) if imported.media else media
        yield from _sheets(files, picture_name(imported.address), wanted, seen)
        text = text[: imported.start] + _BLANK.sub(" ", text[imported.start : imported.end]) + text[imported.end :]
    yield Sheet(known_as(str(path), files.roots), text, media)


def own_sheets(files: ThemeFiles) -> tuple[Sheet, ...]:
    """Read the sheets of documents that are not built in."""
    built_in = resources.templates().resolve()
    paths = {name: files.find(name) for name in SHEETS}
    own = [name for name, path in paths.items() if path is not None and not path.is_relative_to(built_in)]
    return tuple(sheet for name in own for sheet in read_sheets(files, name))


def check_families(sheets: Sequence[Sheet], brand: Brand) -> list[Diagnostic]:
    """Find the families that sheets name and that neither they nor the theme have: GP536."""
    named = [(sheet, family) for sheet in sheets for family in family_names(sheet.text)]
    known = {font.family.casefold() for font in brand.fonts} | {name.casefold() for name in CARRIED}
    known |= {family.name.casefold() for _, family in named if family.brought}
    lacking = {family.name.casefold(): (sheet, family) for sheet, family in reversed(named) if family.name.casefold() not in known}
    return [
        diagnose(
            "GP536",
            Span(sheet.file, family.line, family.column),
            msg("the theme has no font `{family}`: it is shown where a machine happens to have it", family=family.name),
            help=cure(family.name),
        )
        for sheet, family in reversed(lacking.values())
    ]


def _named_by(sheets: Iterable[Sheet]) -> list[str]:
    """List the families that genplan carries and that sheets name."""
    return [family for family in CARRIED if any(family in sheet.text for sheet in sheets)]


def make_stylesheet(brand: Brand, files: ThemeFiles, language: str) -> str:
    """Join the brand's variables and the theme's sheets into one style sheet.

    The fonts that genplan carries stand behind the brand's own, so that no Chinese text falls to whatever the machine has; those that the
    language does not ask for are left out, because a font costs time to read.
    """
    body, headings = (chain(family, brand.fallback, language) for family in (brand.body_font, brand.heading_font))
    asked = dict.fromkeys((*body, *headings, *_named_by(own_sheets(files))))
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
    *given, own_rules = ("\n".join(map(str, read_sheets(files, name))) for name in SHEETS)
    return "\n".join([*map(_font_face, fonts), root, *filter(None, given), brand_rules(brand), own_rules])
