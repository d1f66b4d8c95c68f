"""Typography: font files, and how text, headings and links are set."""

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import msg
from genplan.theme.brand.brand import Finder, FontFile, HeadingType, LinkType
from genplan.theme.brand.colors import resolve
from genplan.theme.brand.families import NO_DOWNLOAD
from genplan.theme.brand.model import Colors, Font, Typography
from genplan.theme.brand.place import SpanOf
from genplan.theme.resource_checks.fonts import check_font
from genplan.theme.resource_checks.problem import UnusableError


def load_fonts(written: Typography, find: Finder, place: SpanOf) -> tuple[tuple[FontFile, ...], list[Diagnostic]]:
    """List the font files: GP513 for a font that would have to be fetched, GP512 for a missing file, GP545 for one that is no font."""
    diagnostics: list[Diagnostic] = []
    faces = [face for index, font in enumerate(written.fonts) for face in _faces(index, font, find, place, diagnostics)]
    return tuple(faces), diagnostics


def _faces(index: int, font: Font, find: Finder, place: SpanOf, diagnostics: list[Diagnostic]) -> list[FontFile]:
    span = place("typography", "fonts", index)
    if font.source not in NO_DOWNLOAD:
        message = msg(
            "font `{family}` comes from `{source}`; genplan does not use the network while it builds",
            family=font.family,
            source=font.source,
        )
        diagnostics.append(diagnose("GP513", span, message, help=msg("copy the font files into the theme and write `source: file`")))
        return []
    faces = []
    for face in font.files:
        path = find(face.path)
        if path is None:
            diagnostics.append(
                diagnose(
                    "GP512", span, msg("font file `{path}` is not in the theme", path=face.path), help=msg("put the file next to brand.yml")
                )
            )
            continue
        try:
            check_font(path, face.path)
        except UnusableError as error:
            diagnostics.append(error.at(span))
        faces.append(FontFile(font.family, face.path, face.weight, face.style))
    return faces


def headings(written: Typography, colors: Colors, place: SpanOf, diagnostics: list[Diagnostic]) -> HeadingType:
    """Take how headings are set."""
    kind = written.headings
    color = resolve(colors, kind.color, place("typography", "headings", "color"), diagnostics) if kind.color else None
    return HeadingType(kind.weight, kind.style, float(kind.line_height) if kind.line_height else None, color)


def link(written: Typography, colors: Colors, place: SpanOf, diagnostics: list[Diagnostic]) -> LinkType:
    """Take how links are set, but for their colour."""
    kind = written.link
    background = kind.background_color
    shade = resolve(colors, background, place("typography", "link", "background-color"), diagnostics) if background else None
    return LinkType(kind.weight, shade, kind.decoration)
