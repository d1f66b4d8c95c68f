"""Logos: which picture each size is, for the background that documents have."""

from generator.diagnostics import Diagnostic, diagnose
from generator.theme.brand.brand import Finder, LogoFile
from generator.theme.brand.contrast import luminance
from generator.theme.brand.model import Image, Logos, Pair
from generator.theme.brand.place import Place

SIZES = ("small", "medium", "large")
_STAND_INS = {"small": ("small", "medium", "large"), "medium": ("medium", "small", "large"), "large": ("large",)}
"""Which sizes may be used for each, the first one present."""
_MID = 0.18
"""Luminance below which a background counts as dark."""


def variant(background: str) -> str:
    """Name the variant of a logo that stands on a background."""
    return "dark" if luminance(background) < _MID else "light"


def chosen(pair: Pair, wanted: str) -> Image:
    """Take the variant that fits; the only one there is where it is missing."""
    image = getattr(pair, wanted) or pair.light or pair.dark
    assert image is not None  # a pair has a key: the model makes none without
    return image


def load_logos(written: Logos, background: str, name: str, find: Finder, place: Place) -> tuple[dict[str, LogoFile], list[Diagnostic]]:
    """Find the file of each size; GP512 for one that is missing, at the place that names it."""
    found: list[Diagnostic] = []
    own: dict[str, LogoFile] = {}
    for size in SIZES:
        pair: Pair | None = getattr(written, size)
        if pair is not None:
            image = chosen(pair, variant(background))
            image = written.images.get(image.path, image)
            file = find(image.path)
            if file is None:
                message = f"logo `{image.path}` is not in the theme"
                found.append(diagnose("GP512", place("logo", size), message, help="put the file beside brand.yml"))
            own[size] = LogoFile(image.path, file, image.alt or name)
    standing = {size: next((own[other] for other in others if other in own), None) for size, others in _STAND_INS.items()}
    return {size: logo for size, logo in standing.items() if logo is not None}, found
