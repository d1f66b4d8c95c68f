"""The colour of watermarks."""

from genplan.theme.tints import mixed
from genplan.writers.look import Look

STRENGTH = 11
"""Per cent of the text's colour in the background's; text keeps nearly all of its contrast on it."""


def tint(look: Look) -> str:
    """Return the watermark's colour, as `#rrggbb`."""
    return mixed(look.brand.colors["foreground"], look.brand.colors["background"], STRENGTH)
