"""PDF pages as pictures, by pypdfium2 and Pillow: the libraries of `pip install "genplan[preview]"`.

The same PDF gives the same bytes with the same versions of the two libraries.
"""

import io
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

NEEDED = ("pypdfium2", "PIL")
_MARGIN = 24
_GAP = 20
_GROUND = "#e4e8ed"
_EDGE, _FAULTY = "#b9c2cc", "#d21f1f"
_POINTS = 72


def missing() -> list[str]:
    """List the libraries that are not installed."""
    return [name for name in NEEDED if find_spec(name) is None]


def pages(pdf: bytes, width: int) -> "list[Image]":
    """Draw every page; a portrait A4 page is `width` pixels wide, others in proportion."""
    import pypdfium2  # noqa: PLC0415 - an optional library

    document = pypdfium2.PdfDocument(pdf)
    try:
        scale = width / (210 / 25.4 * _POINTS)
        return [page.render(scale=scale).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def arrange(pictures: "Sequence[Image]", columns: int = 2, faulty: Sequence[int] = ()) -> bytes:
    """Put pages side by side on one PNG, row by row; those in `faulty` (from 1) get a red edge."""
    from PIL import Image as Images  # noqa: PLC0415 - an optional library
    from PIL import ImageDraw  # noqa: PLC0415

    rows = [pictures[at : at + columns] for at in range(0, len(pictures), columns)]
    across = max(picture.width for picture in pictures)
    high = [max(picture.height for picture in row) for row in rows]
    count = min(columns, len(pictures))
    size = (2 * _MARGIN + count * across + (count - 1) * _GAP, 2 * _MARGIN + sum(high) + (len(rows) - 1) * _GAP)
    sheet = Images.new("RGB", size, _GROUND)
    pen = ImageDraw.Draw(sheet)
    for index, picture in enumerate(pictures):
        row, column = divmod(index, columns)
        left = _MARGIN + column * (across + _GAP)
        top = _MARGIN + sum(high[:row]) + row * _GAP
        sheet.paste(picture, (left, top))
        wrong = index + 1 in faulty
        edge = 5 if wrong else 1
        box = (left - edge, top - edge, left + picture.width + edge - 1, top + picture.height + edge - 1)
        pen.rectangle(box, outline=_FAULTY if wrong else _EDGE, width=edge)
    return png(sheet)


def png(picture: "Image") -> bytes:
    """Write a picture as PNG, without a date."""
    data = io.BytesIO()
    picture.save(data, format="PNG", compress_level=6)
    return data.getvalue()
