"""What a brand.yml states that no document shows: said in a note, so that nobody waits for it to show."""

from collections.abc import Iterator

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import msg
from genplan.theme.brand.logos import SIZES, chosen, variant
from genplan.theme.brand.model import BrandFile, Pair
from genplan.theme.brand.place import SpanOf

_CODE = msg("documents contain no code")
_FOR_FETCHING = ("weight", "style", "display", "version", "url")
_FETCHED = msg("it is for downloaded fonts, which genplan does not use")


def unused(written: BrandFile, background: str, place: SpanOf) -> Iterator[Diagnostic]:
    """List the keys that are not followed: GP520."""
    for path, reason in _unused(written, background):
        name = ".".join(str(step) for step in path)
        yield diagnose("GP520", place(*path), msg("`{name}` is not used: {reason}", name=name, reason=reason))


def _unused(written: BrandFile, background: str) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if written.meta.link is not None:
        yield ("meta", "link"), msg("no built-in template uses it; your own can, as `brand.links`")
    yield from _logos(written, background)
    for index, font in enumerate(written.typography.fonts):
        for key in _FOR_FETCHING if font.source in ("file", "system") else ():
            if getattr(font, key) is not None:
                yield ("typography", "fonts", index, key), _FETCHED
    for key in ("monospace", "monospace-inline", "monospace-block"):
        if getattr(written.typography, key.replace("-", "_")) is not None:
            yield ("typography", key), _CODE


def _logos(written: BrandFile, background: str) -> Iterator[tuple[tuple[str | int, ...], str]]:
    wanted = variant(background)
    why = msg("documents have a light background") if wanted == "light" else msg("documents have a dark background")
    named = set()
    for size in SIZES:
        pair: Pair | None = getattr(written.logo, size)
        if pair is None:
            continue
        taken = chosen(pair, wanted)
        named.add(taken.path)
        for other in ("light", "dark"):
            image = getattr(pair, other)
            if image is not None and image is not taken:
                named.add(image.path)
                yield ("logo", size, other), why
            if image is not None and image.attrs is not None:
                yield ("logo", size, "attrs"), msg("it is for web pages")
    for name, image in written.logo.images.items():
        if name not in named:
            yield ("logo", "images", name), msg("no size of the logo refers to it")
        if image.attrs is not None:
            yield ("logo", "images", name, "attrs"), msg("it is for web pages")
