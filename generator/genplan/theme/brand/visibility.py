"""Whether a logo can be seen on the paper: a white one for dark backgrounds cannot on white."""

from collections import Counter
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from genplan.theme.brand.contrast import ratio
from genplan.theme.resource_checks.content import HashedBytes
from genplan.theme.resource_checks.pictures import Picture, is_drawing

if TYPE_CHECKING:
    from PIL import Image

_FAINT = 1.3
"""A contrast below which two colours are taken for one; light yellow on white has it."""
_OUTLINE, _SURFACE = 0.5, 0.995
"""The share of its outline, or of a picture without transparency all of it, that makes a logo hard to see."""
_SIDE = 256
"""Pixels of the longer side that are enough to tell."""
_SOLID = 128
"""Opacity, up to 255, from which a pixel belongs to the logo."""


def is_faint(picture: Picture, ground: str) -> bool:
    """Return whether a logo is hard to see on a colour: most of its outline has nearly that colour, or there is nothing to see."""
    return _is_faint(HashedBytes(picture.data), ground, drawing=is_drawing(picture))


@lru_cache(maxsize=64)
def _is_faint(content: HashedBytes, ground: str, *, drawing: bool) -> bool:
    from PIL import Image, ImageChops, ImageFilter  # noqa: PLC0415 - only where there are logos

    try:
        data = _drawn(content.taken()) if drawing else content.taken()
        image = Image.open(BytesIO(data)).convert("RGBA").convert("RGBa")
    except (OSError, ValueError):  # looked at before; a drawing in ways that are told where it is used
        return False
    image.thumbnail((_SIDE, _SIDE))
    whole = image.convert("RGBA")
    solid = whole.getchannel("A").point([255 * (level >= _SOLID) for level in range(256)])
    if solid.getbbox() is None:
        return not drawing  # text of a drawing is drawn with fonts that are not asked for here
    outline = ImageChops.subtract(solid, solid.filter(ImageFilter.MinFilter(3)))
    has_outline = outline.getbbox() is not None
    flat = Image.alpha_composite(Image.new("RGBA", whole.size, ground), whole).convert("RGB")
    return _faint_share(flat, outline if has_outline else solid, ground) >= (_OUTLINE if has_outline else _SURFACE)


def _drawn(svg: bytes) -> bytes:
    """Draw an SVG in pixels.

    Raises:
        ValueError: it cannot be drawn.
    """
    import resvg_py  # noqa: PLC0415 - only for logos that are drawings

    return bytes(resvg_py.svg_to_bytes(svg_string=svg.decode("utf-8-sig"), skip_system_fonts=True, dpi=96, width=_SIDE))


def _faint_share(flat: "Image.Image", mask: "Image.Image", ground: str) -> float:
    """Return the share of the pixels in a mask that have nearly the colour of the ground."""
    pixels = flat.tobytes()
    counts = Counter(pixels[3 * at : 3 * at + 3] for at, within in enumerate(mask.tobytes()) if within)
    faint = sum(count for pixel, count in counts.items() if ratio(f"#{pixel.hex()}", ground) < _FAINT)
    return faint / sum(counts.values())
