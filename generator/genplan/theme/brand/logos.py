"""Logos: which picture each size is, for the background that documents have."""

from pathlib import Path

from genplan import resources
from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg
from genplan.theme.brand.brand import Finder, LogoFile
from genplan.theme.brand.contrast import luminance
from genplan.theme.brand.model import Image, Logos, Pair
from genplan.theme.brand.place import SpanOf
from genplan.theme.brand.visibility import is_faint
from genplan.theme.resource_checks.pictures import read_picture
from genplan.theme.resource_checks.problem import UnusableError

SIZES = ("small", "medium", "large")
_STAND_INS = {"small": ("small", "medium", "large"), "medium": ("medium", "small", "large"), "large": ("large",)}
"""Which sizes may be used for each, the first one present."""
_MID = 0.18
"""Luminance below which a background counts as dark."""


def variant(background: str) -> str:
    """Return the variant of a logo that is used on a background."""
    return "dark" if luminance(background) < _MID else "light"


def chosen(pair: Pair, wanted: str) -> Image:
    """Take the variant that fits; the only one there is where it is missing."""
    image = getattr(pair, wanted) or pair.light or pair.dark
    assert image is not None  # a pair has a key: the model makes none without
    return image


def load_logos(written: Logos, background: str, name: str, find: Finder, place: SpanOf) -> tuple[dict[str, LogoFile], list[Diagnostic]]:
    """Find the file of each size: GP512 (missing), GP541 to GP544 (it cannot be shown), GP538 (it can hardly be seen)."""
    diagnostics: list[Diagnostic] = []
    own: dict[str, LogoFile] = {}
    for size in SIZES:
        pair: Pair | None = getattr(written, size)
        if pair is not None:
            image = chosen(pair, variant(background))
            image = written.images.get(image.path, image)
            file = find(image.path)
            problem = _problem(image.path, file, place("logo", size))
            diagnostics += [problem] if problem else []
            diagnostics += _faint(image.path, file, background, place("logo", size)) if file and not problem else []
            own[size] = LogoFile(image.path, None if problem else file, image.alt or name, problem)
    standing = {size: next((own[other] for other in others if other in own), None) for size, others in _STAND_INS.items()}
    return {size: logo for size, logo in standing.items() if logo is not None}, diagnostics


def _faint(path: str, file: Path, background: str, span: Span) -> list[Diagnostic]:
    """Find a logo that can hardly be seen: GP538. Those that genplan brings along can."""
    if file.is_relative_to(resources.templates().resolve()) or not is_faint(read_picture(file, path), background):
        return []
    message = msg("logo `{path}` can hardly be seen on {background}, the colour of the paper", path=path, background=background)
    return [diagnose("GP538", span, message, help=_ON_DARK if variant(background) == "dark" else _ON_LIGHT)]


_ON_LIGHT = msg("use the logo for light backgrounds (`light:`; one that is for dark backgrounds is `dark:`)")
_ON_DARK = msg("use the logo for dark backgrounds (`dark:`; one that is for light backgrounds is `light:`)")


def _problem(path: str, file: Path | None, span: Span) -> Diagnostic | None:
    """Explain why a logo cannot be shown."""
    if file is None:
        return diagnose("GP512", span, msg("logo `{path}` is not in the theme", path=path), help=msg("put the file next to brand.yml"))
    try:
        read_picture(file, path)
    except UnusableError as error:
        return error.at(span)
    return None
