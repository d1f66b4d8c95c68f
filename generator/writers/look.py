"""What a theme gives every writer to dress a document with."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.theme.brand import Brand


@dataclass(frozen=True, slots=True)
class Look:
    """The brand, and the theme's files that a format needs.

    `reference` is the Word document whose styles and page the DOCX writer takes over; `css` styles the PDF and the page;
    `fonts` is the folder of the fonts that `css` names.
    """

    brand: Brand
    reference: Path
    resolve: Callable[[str], Path | None]
    """Finds the theme's file behind an `img src`; None where there is none, or none that a document may use."""
    css: str
    fonts: Path
