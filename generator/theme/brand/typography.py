"""Typography: font files, and how text, headings and links are set."""

from generator.diagnostics import Diagnostic, diagnose
from generator.theme.brand.brand import Finder, FontFile, HeadingType, LinkType
from generator.theme.brand.colors import resolve
from generator.theme.brand.model import Colors, Font, Typography
from generator.theme.brand.place import Place


def load_fonts(written: Typography, find: Finder, place: Place) -> tuple[tuple[FontFile, ...], list[Diagnostic]]:
    """List the font files; GP513 for a font that would have to be fetched, GP512 for a file that is missing."""
    found: list[Diagnostic] = []
    faces = [face for index, font in enumerate(written.fonts) for face in _faces(index, font, find, place, found)]
    return tuple(faces), found


def _faces(index: int, font: Font, find: Finder, place: Place, found: list[Diagnostic]) -> list[FontFile]:
    span = place("typography", "fonts", index)
    if font.source not in ("file", "system"):
        message = f"font `{font.family}` comes from `{font.source}`; genplan fetches nothing while it builds"
        found.append(diagnose("GP513", span, message, help="put the font files into the theme and write `source: file`"))
        return []
    missing = [face.path for face in font.files if find(face.path) is None]
    for path in missing:
        found.append(diagnose("GP512", span, f"font file `{path}` is not in the theme", help="put the file beside brand.yml"))  # noqa: PERF401 - clearer
    return [FontFile(font.family, f.path, f.weight, f.style) for f in font.files if f.path not in missing]


def headings(written: Typography, colors: Colors, place: Place, found: list[Diagnostic]) -> HeadingType:
    """Take how headings are set."""
    kind = written.headings
    color = resolve(colors, kind.color, place("typography", "headings", "color"), found) if kind.color else None
    return HeadingType(kind.weight, kind.style, float(kind.line_height) if kind.line_height else None, color)


def link(written: Typography, colors: Colors, place: Place, found: list[Diagnostic]) -> LinkType:
    """Take how links are set, but for their colour."""
    kind = written.link
    background = kind.background_color
    shade = resolve(colors, background, place("typography", "link", "background-color"), found) if background else None
    return LinkType(kind.weight, shade, kind.decoration)
