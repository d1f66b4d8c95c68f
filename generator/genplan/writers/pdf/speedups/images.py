"""Pictures encoded once.

For every document WeasyPrint decodes each picture, takes its transparency apart and compresses both parts, although pictures themselves are
kept between documents. What comes out depends on the picture alone, and is kept with it; each document gets streams of its own around the
same data, as a file's numbers are written into them. Pictures that are scaled down are left to WeasyPrint.

Needless once WeasyPrint keeps a picture's streams with the picture.
"""

from typing import Any

import pydyf
from weasyprint.images import RasterImage

from genplan.writers.pdf.speedups.replacement import Replacement

_plain = RasterImage.get_x_object


def _again(stream: Any) -> Any:  # noqa: ANN401
    """Make a new stream of the same data and facts."""
    extra = pydyf.Dictionary(dict(stream.extra))
    if "SMask" in extra:
        extra["SMask"] = _again(extra["SMask"])
    return pydyf.Stream(list(stream.stream), extra)


def get_x_object(self: Any, interpolate: bool, dpi_ratio: float) -> Any:  # noqa: ANN401, FBT001
    """Return the picture as an object of a PDF."""
    if dpi_ratio != 1:
        return _plain(self, interpolate, dpi_ratio)
    kept = self.__dict__.setdefault("_x_objects", {})
    if interpolate not in kept:
        kept[interpolate] = _plain(self, interpolate, dpi_ratio)
    return _again(kept[interpolate])


def replacements() -> list[Replacement]:
    """Return pictures as they are kept."""
    return [Replacement(RasterImage, "get_x_object", get_x_object)]
