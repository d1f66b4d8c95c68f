"""A company's look, as its brand.yml gives it (the public format of https://posit-dev.github.io/brand-yml/)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from generator.diagnostics import Diagnostic, Outcome, Span, diagnose
from generator.source.model import Annotated, BeforeValidator, ConfigDict, Field, InvalidValue, Model, Number, Text, read, short_form, shown
from generator.source.text import read_text
from generator.source.yaml import Mapping, Node, locate, merge, parse

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)(pt|px|rem|em)?")
_POINTS = {"pt": 1.0, "px": 0.75, "rem": 12.0, "em": 12.0, None: 0.75}
_SMALLEST, _LARGEST = 5, 30


Finder: TypeAlias = Callable[[str], Path | None]
"""Finds a file of the theme by its path within the theme."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font of the theme: the family it is called by, its weight and style, and its file as the theme names it."""

    family: str
    path: str
    weight: int
    style: str


@dataclass(frozen=True, slots=True)
class Brand:
    """Names, logo, colours and typography, with every reference resolved.

    Colours are `#rrggbb` by role (`foreground`, `background`, `primary`, `secondary`, `tertiary`, `light`, `dark`, ...). `logo` is a path
    within the theme, `logo_file` the file it leads to.
    `word_*` fonts name the faces Word uses, which must be on its users' machines; the other fonts are the theme's.
    """

    name: str
    full_name: str
    logo: str | None
    logo_file: Path | None
    logo_alt: str
    colors: dict[str, str] = field(hash=False)
    fonts: tuple[FontFile, ...]
    body_font: str
    heading_font: str
    word_body_font: str
    word_heading_font: str
    word_latin_font: str
    body_size: float
    """Body text in points."""
    line_height: float
    """Distance between lines as a multiple of the text size."""


class Name(Model):
    """The company's names."""

    short: Text | None = None
    """Name used in running text and headers."""
    full: Text | None = None
    """Legal name."""


class Meta(Model):
    """What the company is called."""

    name: Annotated[Name, BeforeValidator(lambda value: {"short": value, "full": value} if isinstance(value, str) else value)]
    """Name, or `{short, full}`."""
    link: Any = None
    """Web addresses."""


class Image(Model):
    """A picture file."""

    path: Text
    """Path from the brand.yml."""
    alt: Text | None = None
    """What the picture shows, in words."""


def _logos(value: object) -> object:
    """Take a single logo, by its path or with its words, as the medium one."""
    single = isinstance(value, str) or (isinstance(value, dict) and "path" in value)
    return {"medium": value} if single else value


def _logo(value: object) -> object:
    """Take the light one of a light and a dark logo: documents are printed on white."""
    if isinstance(value, dict) and "light" in value:
        value = value["light"]
    return {"path": value} if isinstance(value, str) else value


Logo = Annotated[Image, BeforeValidator(_logo)]


class Logos(Model):
    """The logo in its sizes; the first of medium, small and large is used."""

    images: dict[str, Logo] = Field(default_factory=dict)
    """Pictures by name."""
    small: Logo | None = None
    """For narrow places."""
    medium: Logo | None = None
    """For headers."""
    large: Logo | None = None
    """For covers."""


def _color(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue("GP203", f"{shown(value)} is not a colour", 'write it in quotes, "#1F4E79", or name one of the palette')
    return value.strip()


Color = Annotated[str, BeforeValidator(_color)]


class Colors(Model):
    """Colours: a palette of names, and the role each plays."""

    palette: dict[str, Color] = Field(default_factory=dict)
    foreground: Color | None = None
    background: Color | None = None
    primary: Color | None = None
    secondary: Color | None = None
    tertiary: Color | None = None
    success: Color | None = None
    info: Color | None = None
    warning: Color | None = None
    danger: Color | None = None
    light: Color | None = None
    dark: Color | None = None


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


def _weight(value: object) -> int:
    weight = _WEIGHTS.get(value) if isinstance(value, str) else None
    if weight is None and isinstance(value, str) and value.isascii() and value.isdigit():
        weight = int(value)
    if weight is None or not 1 <= weight <= 1000:  # noqa: PLR2004 - the bounds of OpenType
        raise InvalidValue("GP203", f"{shown(value)} is not a weight", "write 400, 700, or a name such as bold")
    return weight


def _points(value: object) -> float:
    """Read a size as points; `rem` and `em` count in the 12 points that web browsers start from."""
    match = _SIZE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise InvalidValue("GP203", f"{shown(value)} is not a size", "write points, e.g. 10.5pt")
    points = float(match[1]) * _POINTS[match[2]]
    if not _SMALLEST <= points <= _LARGEST:
        raise InvalidValue("GP205", f"{shown(value)} is not between {_SMALLEST} and {_LARGEST} points", "write points, e.g. 10.5pt")
    return points


class Face(Model):
    """One file of a font."""

    path: Text
    weight: Annotated[int, BeforeValidator(_weight)] = 400
    style: Text = "normal"


class Font(Model):
    """A font family and where it comes from."""

    family: Text
    source: Text = "system"
    files: tuple[Annotated[Face, short_form("path")], ...] = ()
    weight: Any = None
    style: Any = None
    display: Any = None


class Type(Model):
    """How a kind of text is set."""

    family: Text | None = None
    size: Annotated[float | None, BeforeValidator(_points)] = None
    weight: Any = None
    line_height: Annotated[Number, Field(ge=1, le=3)] | None = Field(None, alias="line-height")
    style: Any = None
    color: Color | None = None
    background_color: Color | None = Field(None, alias="background-color")
    decoration: Any = None


_Type = Annotated[Type, short_form("family")]


class Typography(Model):
    """Fonts and what they are for."""

    fonts: tuple[Font, ...] = ()
    base: _Type = Type()
    headings: _Type = Type()
    monospace: _Type | None = None
    monospace_inline: _Type | None = Field(None, alias="monospace-inline")
    monospace_block: _Type | None = Field(None, alias="monospace-block")
    link: _Type | None = None


class WordFonts(Model):
    """The faces Word uses, which are on its users' machines."""

    body: Text | None = None
    headings: Text | None = None
    latin: Text | None = None


class GenplanDefaults(Model):
    """What the public format has no place for."""

    word: WordFonts = WordFonts()


class Defaults(Model):
    """Settings of single tools; those of other tools are left alone."""

    model_config = ConfigDict(extra="ignore")
    genplan: GenplanDefaults = GenplanDefaults()


class BrandFile(Model):
    """A brand.yml."""

    meta: Meta
    logo: Annotated[Logos, BeforeValidator(_logos)] = Logos()
    color: Colors = Colors()
    typography: Typography = Typography()
    defaults: Defaults = Defaults()


_FALLBACK_COLORS = {
    "foreground": "#1f2933",
    "background": "#ffffff",
    "primary": "#1f4e79",
    "secondary": "#5b6b7b",
    "tertiary": "#8fa3b5",
    "success": "#2e7d4f",
    "info": "#1f6f9f",
    "warning": "#b26a00",
    "danger": "#b3261e",
    "light": "#f3f6f9",
    "dark": "#1f2933",
}
_BODY_SIZE = 10.5
BUILT_IN_FAMILY = "Noto Sans SC"
"""The font that the built-in theme brings along."""


class _Resolver:
    """Follows the references inside one brand.yml, and gathers what is wrong with them."""

    def __init__(self, written: BrandFile, root: Node, find: Finder) -> None:
        self.written = written
        self.root = root
        self.find = find
        self.found: list[Diagnostic] = []

    def span(self, *path: str | int) -> Span:
        return locate(self.root, path)

    def color(self, role: str) -> str:
        value = getattr(self.written.color, role) or _FALLBACK_COLORS[role]
        for _ in range(len(self.written.color.palette) + 1):
            value = self.written.color.palette.get(value, value)
        if not _HEX.fullmatch(value):
            message = f"colour `{value}` is neither #rrggbb nor in the palette"
            self.found.append(diagnose("GP511", self.span("color", role), message, help='write it in quotes: "#1F4E79"'))
            return _FALLBACK_COLORS[role]
        digits = value[1:].lower()
        return "#" + (digits if len(digits) == 6 else "".join(d * 2 for d in digits))  # noqa: PLR2004 - #rgb is short for #rrggbb

    def logo(self) -> tuple[str | None, Path | None, str]:
        logos = self.written.logo
        chosen = next((size for size in ("medium", "small", "large") if getattr(logos, size)), None)
        if chosen is None:
            return None, None, ""
        image = getattr(logos, chosen)
        image = logos.images.get(image.path, image)
        file = self.find(image.path)
        if file is None:
            message = f"logo `{image.path}` is not in the theme"
            self.found.append(diagnose("GP512", self.span("logo", chosen), message, help="put the file beside brand.yml"))
        return image.path, file, image.alt or self.written.meta.name.short or ""

    def fonts(self) -> tuple[FontFile, ...]:
        return tuple(face for index, font in enumerate(self.written.typography.fonts) for face in self._faces(index, font))

    def _faces(self, index: int, font: Font) -> list[FontFile]:
        if font.source not in ("file", "system"):
            message = f"font `{font.family}` comes from `{font.source}`; genplan fetches nothing while it builds"
            advice = "put the font files into the theme and write `source: file`"
            self.found.append(diagnose("GP513", self.span("typography", "fonts", index), message, help=advice))
            return []
        missing = [face.path for face in font.files if self.find(face.path) is None]
        for path in missing:
            message = f"font file `{path}` is not in the theme"
            self.found.append(diagnose("GP512", self.span("typography", "fonts", index), message, help="put the file beside brand.yml"))
        return [FontFile(font.family, f.path, f.weight, f.style) for f in font.files if f.path not in missing]

    def resolve(self) -> Brand:
        written = self.written
        typography = written.typography
        word = written.defaults.genplan.word
        body = typography.base.family or BUILT_IN_FAMILY
        heading = typography.headings.family or body
        logo, logo_file, alt = self.logo()
        name = written.meta.name
        short = name.short or name.full or ""
        return Brand(
            name=short,
            full_name=name.full or short,
            logo=logo,
            logo_file=logo_file,
            logo_alt=alt,
            colors={role: self.color(role) for role in _FALLBACK_COLORS},
            fonts=self.fonts(),
            body_font=body,
            heading_font=heading,
            word_body_font=word.body or body,
            word_heading_font=word.headings or heading,
            word_latin_font=word.latin or word.body or body,
            body_size=typography.base.size or _BODY_SIZE,
            line_height=float(typography.base.line_height or 1.6),
        )


def load_brand(path: Path, file: str, find: Finder, over: Sequence[Path] = ()) -> Outcome[Brand | None]:
    """Read a brand.yml; `find` looks up the files that it refers to. Those of `over`, if any, change it key by key, each the one before.

    Finds what reading YAML finds, GP511 (colour), GP512 (missing file) and GP513 (font that would have to be fetched).
    """
    text, found = read_text(path, file)
    if text is None or found:
        return Outcome(None, found)
    root, found = parse(text, file)
    if root is None or not isinstance(root, Mapping):
        return Outcome(None, found or [diagnose("GP202", Span(file, 1, 1), "key `meta` is missing", help="add `meta: {name: …}`")])
    for other in over:
        changes, found = _changes(other)
        if found:
            return Outcome(None, found)
        root = merge(root, changes) if changes else root
    written, found = read(BrandFile, root)
    if written is None:
        return Outcome(None, found)
    resolver = _Resolver(written, root, find)
    brand = resolver.resolve()
    return Outcome(brand, found + resolver.found)


def _changes(path: Path) -> Outcome[Mapping | None]:
    """Read the part of a brand that a theme states."""
    file = f"templates/themes/{path.parent.name}/{path.name}"
    text, found = read_text(path, file)
    node, problems = parse(text, file) if text is not None else Outcome(None, [])
    return Outcome(node if isinstance(node, Mapping) else None, [*found, *problems])
