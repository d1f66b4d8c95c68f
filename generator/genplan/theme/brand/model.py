"""What a brand.yml may say: the public format of https://posit-dev.github.io/brand-yml/, and genplan's own part of its `defaults`."""

from typing import Any

from genplan.source.model import Annotated, BeforeValidator, ConfigDict, Field, Model, Number, Text, short_form
from genplan.theme.brand.values import Color, Decoration, Points, Slant, Weight


class Name(Model):
    """The company's names."""

    short: Text | None = None
    """Name used in running text and headers."""
    full: Text | None = None
    """Legal name."""


class Links(Model):
    """Where the company is on the web."""

    model_config = ConfigDict(extra="allow")
    home: Text | None = None


class Meta(Model):
    """What the company is called."""

    name: Annotated[Name, BeforeValidator(lambda value: {"short": value, "full": value} if isinstance(value, str) else value)]
    """Name, or `{short, full}`."""
    link: Annotated[Links, short_form("home")] | None = None
    """Web address, or addresses by name."""


class Image(Model):
    """A picture file."""

    path: Text
    """Path from the brand.yml."""
    alt: Text | None = None
    """What the picture shows, in words."""
    attrs: Any = None
    """Attributes for web pages."""


Picture = Annotated[Image, short_form("path")]


class Pair(Model):
    """A picture for light and one for dark backgrounds."""

    light: Picture | None = None
    dark: Picture | None = None


def _logos(value: object) -> object:
    """Take a single logo, by its path or with its words, as the medium one."""
    single = isinstance(value, str) or (isinstance(value, dict) and ("path" in value or {"light", "dark"} & value.keys()))
    return {"medium": value} if single else value


def _pair(value: object) -> object:
    """Take one picture as that for light backgrounds."""
    return value if isinstance(value, dict) and {"light", "dark"} & value.keys() else {"light": value}


Logo = Annotated[Pair, BeforeValidator(_pair)]


class Logos(Model):
    """The logo in its sizes."""

    images: dict[str, Picture] = Field(default_factory=dict)
    """Pictures by name."""
    small: Logo | None = None
    """For running headers."""
    medium: Logo | None = None
    """For the page that lists the output."""
    large: Logo | None = None
    """For covers."""


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


class Face(Model):
    """One file of a font."""

    path: Text
    weight: Weight = 400
    style: Slant = "normal"


class Font(Model):
    """A font family and where it comes from. What is said of families that are fetched is not followed: none is."""

    family: Text
    source: Text = "system"
    files: tuple[Annotated[Face, short_form("path")], ...] = ()
    weight: Any = None
    style: Any = None
    display: Any = None
    version: Any = None
    url: Any = None


LineHeight = Annotated[Number, Field(ge=1, le=3)]


class Base(Model):
    """How running text is set."""

    family: Text | None = None
    size: Points | None = None
    weight: Weight | None = None
    line_height: LineHeight | None = Field(None, alias="line-height")


class Headings(Model):
    """How the title and headings are set."""

    family: Text | None = None
    weight: Weight | None = None
    style: Slant | None = None
    line_height: LineHeight | None = Field(None, alias="line-height")
    color: Color | None = None


class Link(Model):
    """How links are set."""

    weight: Weight | None = None
    color: Color | None = None
    background_color: Color | None = Field(None, alias="background-color")
    decoration: Decoration | None = None


class Monospace(Model):
    """How code is set, which documents have none of."""

    family: Text | None = None
    size: Any = None
    weight: Any = None
    line_height: Any = Field(None, alias="line-height")
    color: Any = None
    background_color: Any = Field(None, alias="background-color")


_Monospace = Annotated[Monospace, short_form("family")]


class Typography(Model):
    """Fonts and what they are for."""

    fonts: tuple[Font, ...] = ()
    base: Annotated[Base, short_form("family")] = Base()
    headings: Annotated[Headings, short_form("family")] = Headings()
    monospace: _Monospace | None = None
    monospace_inline: _Monospace | None = Field(None, alias="monospace-inline")
    monospace_block: _Monospace | None = Field(None, alias="monospace-block")
    link: Annotated[Link, short_form("color")] = Link()


class WordFonts(Model):
    """The faces Word uses, which are on its users' machines."""

    body: Text | None = None
    headings: Text | None = None
    latin: Text | None = None
    substitutes: dict[str, Text] = Field(default_factory=dict)
    """The face to look for where a machine lacks another, by the lacking one's name."""


class GenplanDefaults(Model):
    """What the public format has no place for."""

    word: WordFonts = WordFonts()
    fallback: Annotated[tuple[Text, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)] = ()
    """Families for characters that those of the text lack, in order."""


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
