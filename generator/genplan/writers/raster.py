"""Pictures in pixels of drawings, for programs that show no SVG, in the theme's own fonts: all machines draw the same."""

import re
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, iterparse

from genplan.messages import msg
from genplan.theme.drawing import Drawing
from genplan.theme.resource_checks.vectors import natural_size
from genplan.writers.look import Look

_DPI = 120
"""Enough to read small print by; Word from 2016 on shows the SVG itself."""
_LONGER_SIDE = 1000
"""Pixels of a picture file's longer side."""
_FONT_FACE = re.compile(r'^@font-face\{.*?src:url\("(.*?)"\)', re.MULTILINE)
_ESCAPE = re.compile(r"\\([0-9a-f]+) ")


class Drawn(NamedTuple):
    """An SVG file, its PNG, and its natural size in pixels of 1/96 inch."""

    svg: str
    png: bytes
    width: float
    height: float


def rasterize(drawing: Drawing | None, svg: str, look: Look) -> bytes:
    """Draw a drawing, or the SVG text of one that is not read, on the paper's colour; the same with the same fonts gives the same bytes.

    Raises:
        ValueError: it cannot be drawn.
    """
    from genplan.writers.pixels import draw, faces  # noqa: PLC0415 - only documents with drawings need it

    fonts, ground = font_files(look), look.brand.colors["background"]
    drawn = draw(drawing, faces(look.css, fonts), ground, _DPI) if drawing else None
    return drawn or _any_svg(svg, fonts, ground)


def rasterize_shapes(drawing: Drawing, svg: str, ground: str) -> bytes:
    """Draw a drawing without text, as `rasterize` does: it needs no fonts."""
    from genplan.writers.pixels import draw  # noqa: PLC0415 - only documents with drawings need it

    return draw(drawing, (), ground, _DPI) or _any_svg(svg, (), ground)


def _any_svg(svg: str, fonts: tuple[str, ...], ground: str) -> bytes:
    import resvg_py  # noqa: PLC0415 - only documents with drawings need it

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=list(fonts), dpi=_DPI, background=ground))


def rasterize_file(svg: str) -> Drawn:
    """Draw the text of an SVG file, such as a logo, that `theme.resource_checks` has let through.

    Raises:
        ValueError: it cannot be drawn.
    """
    width, height = _natural_size(svg)
    import resvg_py  # noqa: PLC0415 - only documents with drawings need it

    zoom = _LONGER_SIDE / max(width, height)
    return Drawn(svg, bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, dpi=96, zoom=zoom)), width, height)


def font_files(look: Look) -> tuple[str, ...]:
    """List the paths of the theme's fonts, in the order that its style sheet names them."""
    return tuple(str(path) for name in _fonts(look.css) if (path := look.resolve(name)) is not None)


@lru_cache(maxsize=4)
def _fonts(css: str) -> tuple[str, ...]:
    """List the font files that a style sheet names; where they stand may change while the names do not."""
    return tuple(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), name) for name in _FONT_FACE.findall(css))


def _natural_size(svg: str) -> tuple[float, float]:
    """Read the size that an SVG's outermost tag states."""
    try:
        _, root = next(iterparse(BytesIO(svg.encode()), events=("start",)), (None, None))  # noqa: S314 - entities were refused
    except ParseError as error:
        raise ValueError(str(error)) from error
    size = natural_size(root.attrib) if isinstance(root, Element) else None
    if size is None:
        raise ValueError(msg("it states no usable size"))
    return size
