"""A company's look with every reference resolved: what the rest of genplan knows of a brand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from genplan.diagnostics import Diagnostic

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
class LogoFile:
    """A logo: its path within the theme, the file it leads to (None where it cannot be shown, for that `problem`), and its words."""

    path: str
    file: Path | None
    alt: str
    problem: Diagnostic | None = None


@dataclass(frozen=True, slots=True)
class HeadingType:
    """How the title and headings are set beyond their family; None leaves it to the theme. `color` is `#rrggbb`."""

    weight: int | None = None
    style: str | None = None
    line_height: float | None = None
    color: str | None = None


@dataclass(frozen=True, slots=True)
class LinkType:
    """How links are set beyond their colour, which is `colors["link"]`; None leaves it to the theme."""

    weight: int | None = None
    background: str | None = None
    decoration: str | None = None


@dataclass(frozen=True, slots=True)
class Brand:
    """Names, logos, colours and typography, with every reference resolved.

    Colours are `#rrggbb` by role (`foreground`, `background`, `primary`, `secondary`, `tertiary`, `light`, `dark`, ..., and `link`).
    `logos` has `small` (running headers) and `medium` where there is any logo, each standing in for the other, and `large` (covers) only
    where the brand gives it.
    `word_*` fonts name the faces Word uses, which must be on its users' machines; the other fonts are the theme's.
    """

    name: str
    full_name: str
    logos: dict[str, LogoFile] = field(hash=False)
    links: dict[str, str] = field(hash=False)
    colors: dict[str, str] = field(hash=False)
    fonts: tuple[FontFile, ...]
    body_font: str
    heading_font: str
    word_body_font: str
    word_heading_font: str
    word_latin_font: str
    body_size: float
    """Body text in points."""
    body_weight: int
    """Weight of body text; 400 is regular."""
    line_height: float
    """Distance between lines as a multiple of the text size."""
    headings: HeadingType
    link: LinkType
    fallback: tuple[str, ...] = ()
    """Families for characters that the body's and the headings' lack, in order."""
    word_substitutes: tuple[tuple[str, str], ...] = ()
    """The face that Word looks for where a machine lacks another: pairs of the lacking one and that."""

    @property
    def logo(self) -> str | None:
        """Path of the medium logo within the theme, if there is one."""
        return self.logos["medium"].path if "medium" in self.logos else None

    @property
    def logo_file(self) -> Path | None:
        """File of the medium logo."""
        return self.logos["medium"].file if "medium" in self.logos else None

    @property
    def logo_alt(self) -> str:
        """What the medium logo shows, in words."""
        return self.logos["medium"].alt if "medium" in self.logos else ""
