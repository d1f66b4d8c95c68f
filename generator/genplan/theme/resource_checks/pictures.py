"""Picture files: a closed list of types, each checked by its suffix and by its content, and drawn once to see that it can be.

The list is what PDF, Word and browsers all show, and show alike.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from genplan.messages import listing, msg, reason
from genplan.theme.resource_checks.content import HashedBytes
from genplan.theme.resource_checks.problem import UnusableError
from genplan.theme.resource_checks.vectors import check_vector

TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".svg": "image/svg+xml",
}
"""Suffixes of picture files, and their media types."""
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 30_000_000
"""An A4 page at 500 dots an inch; decoded, that takes 120 MB."""

_VECTOR = "image/svg+xml"
_LIBRARY = {"image/png": ("PNG",), "image/jpeg": ("JPEG", "MPO"), "image/gif": ("GIF",), "image/bmp": ("BMP",)}
"""What Pillow calls the types; photographs of some telephones are MPO: several JPEGs, of which the first is shown."""
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"RIFF", "WebP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"%PDF", "PDF"),
)
_MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA"})
"""Colours that all formats show alike, by Pillow's names."""
_MODE_NAMES = {"CMYK": msg("CMYK, the colours of printing presses"), "I;16": msg("grey with 16 bits")}
_LONGEST = 80
"""Characters of a name that a message shows."""
_SAVE_AGAIN = msg("open it in a picture editor and save it as PNG")


@dataclass(frozen=True, slots=True)
class Facts:
    """A picture's media type, and for one of pixels its size and how many of them it has to an inch, where it says so."""

    type: str
    width: int = 0
    height: int = 0
    dpi: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that can be drawn: its file, and the bytes that were looked at."""

    path: Path
    data: bytes
    facts: Facts


def picture_name(address: str) -> str:
    """Return the name of the file that an `img src` or a `url()` means: as in any address, `%20` stands for a space."""
    return unquote(address.strip())


def is_drawing(picture: Picture) -> bool:
    """Return whether a picture is an SVG."""
    return picture.facts.type == _VECTOR


def is_picture_name(name: str) -> bool:
    """Return whether a name has the suffix of a picture."""
    return PurePosixPath(name).suffix.lower() in TYPES


def check_name(name: str) -> None:
    """Refuse a file that is no picture by its name.

    Raises:
        UnusableError: GP541.
    """
    if not is_picture_name(name):
        formats = listing(dict.fromkeys(suffix.lstrip(".").upper() for suffix in TYPES))
        raise UnusableError(
            "GP541",
            msg("`{name}` is not a supported picture", name=name),
            msg("pictures are {formats} files; save it as PNG", formats=formats),
        )


def nowhere(name: str) -> UnusableError:
    """Say that there is no picture of a name where pictures stand: GP602."""
    shown = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
    cure = msg("copy it into the pictures folder (pictures/) and use its path relative to that folder")
    return UnusableError("GP602", msg("`{name}` is not a picture of the theme or of the pictures folder", name=shown), cure)


def read_picture(path: Path, name: str) -> Picture:
    """Read a picture that is called `name` where it is asked for.

    Raises:
        UnusableError: GP541 (it is no picture, or of another type than it is called), GP542 (it cannot be read or drawn, or is too large),
            GP543 (colours that not every format shows) or GP544 (an SVG that holds more than a drawing).
    """
    check_name(name)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            message = msg(
                "picture `{name}` has {size} MiB, more than {limit}",
                name=name,
                size=f"{size / 2**20:.0f}",
                limit=MAX_BYTES // 2**20,
            )
            raise UnusableError("GP542", message, msg("make it smaller: 2,000 pixels are enough for the width of a page"))
        data = path.read_bytes()
    except OSError as error:
        raise UnusableError(
            "GP542", msg("picture `{name}` cannot be read: {reason}", name=name, reason=reason(error)), msg("check its permissions")
        ) from error
    facts = _facts(PurePosixPath(name).suffix.lower(), HashedBytes(data))
    if isinstance(facts, UnusableError):
        raise UnusableError(facts.code, facts.message.with_values(name=f"`{name}`"), facts.cure)
    return Picture(path, data, facts)


@lru_cache(maxsize=512)
def _facts(suffix: str, content: HashedBytes) -> Facts | UnusableError:
    """Look at a picture's content once; the name stands in messages as `{name}`."""
    data, type_ = content.taken(), TYPES[suffix]
    try:
        if type_ == _VECTOR:
            check_vector(data)
            return Facts(type_)
        return _look_at_pixels(data, type_)
    except UnusableError as error:
        return error


def _look_at_pixels(data: bytes, type_: str) -> Facts:
    """Decode a picture, all of it.

    Raises:
        UnusableError: GP541 to GP543.
    """
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only where there are pictures

    with _strictly():
        try:
            image = Image.open(BytesIO(data), formats=_LIBRARY[type_])
        except UnidentifiedImageError as error:
            raise _of_another_type(data, type_) from error
        except _DAMAGES as error:
            raise _damaged() from error
        width, height = image.size
        if width * height > MAX_PIXELS:
            message = msg(
                "picture {name} has {width} × {height} pixels, more than {limit} million",
                width=f"{width:,}",
                height=f"{height:,}",
                limit=MAX_PIXELS // 10**6,
            )
            raise UnusableError("GP542", message, msg("make it smaller: 2,000 pixels are enough for the width of a page"))
        if image.mode not in _MODES:
            colors = _MODE_NAMES.get(image.mode, msg("in colours ({mode})", mode=image.mode))
            message = msg("picture {name} is {colors}, which PDF, Word and browsers show differently", colors=colors)
            raise UnusableError("GP543", message, msg("open it in a picture editor, convert it to RGB, and save it as PNG"))
        try:
            image.load()
        except _DAMAGES as error:
            raise _damaged() from error
        dpi = image.info.get("dpi")
    return Facts(type_, width, height, dpi if isinstance(dpi, tuple) and len(dpi) == 2 else None)  # noqa: PLR2004 - across and down


_DAMAGES = (OSError, SyntaxError, ValueError, EOFError, ArithmeticError, LookupError, TypeError, struct.error, zlib.error, AttributeError)
"""What decoders raise at bytes that they did not expect: anything but a lack of memory."""


@contextmanager
def _strictly() -> Iterator[None]:
    """Have Pillow refuse half a picture, which WeasyPrint lets it take, and keep its warnings to itself: sizes are bounded here."""
    from PIL import ImageFile  # noqa: PLC0415 - as above

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _damaged() -> UnusableError:
    cure = msg("copy it again from the original, or open it in a picture editor and save it as PNG")
    return UnusableError("GP542", msg("picture {name} is damaged and cannot be drawn"), cure)


def _of_another_type(data: bytes, type_: str) -> UnusableError:
    """Describe what a file is that is not what it is called."""
    called = type_.partition("/")[2].upper()
    file_type = next((name for signature, name in _SIGNATURES if data.startswith(signature)), "")
    if file_type == called:
        return _damaged()
    if file_type:
        return UnusableError(
            "GP541", msg("{name} is a {format} file, not {expected} as its name says", format=file_type, expected=called), _SAVE_AGAIN
        )
    return UnusableError("GP541", msg("{name} is not a picture, despite its name"), msg("use a picture file"))
