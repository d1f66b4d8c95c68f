"""Styles of text in drawings, shared by texts of one font.

WeasyPrint gives each text of an SVG a style of its own and measures and draws it letter by letter. What differs between these styles is the
font, its size and the direction; what follows from a style is kept for these, so that each letter of a font is measured and read once.
"""

from importlib import import_module
from typing import Any
from weakref import WeakKeyDictionary

from genplan.writers.quick.replacement import Replacement
from genplan.writers.quick.styles import SHARED

MOST = 200
"""How many fonts and sizes are kept for a look; a chart has three."""

_SETS: WeakKeyDictionary[Any, dict[Any, dict[Any, Any]]] = WeakKeyDictionary()
_DECIDING = ("font_style", "font_weight", "font_size", "direction")


class DrawingStyle(dict[str, Any]):
    """The style of a text in a drawing: initial values, and what the drawing says of the font."""

    font_config: Any
    _derived: dict[Any, Any] | None = None

    @property
    def derived(self) -> dict[Any, Any]:
        """What follows from the style. It is asked for once the font is known, and nothing changes after."""
        if self._derived is None:
            kept = _SETS.setdefault(self.font_config, {})
            key = (*self["font_family"], *(self[name] for name in _DECIDING))
            if len(kept) >= MOST:
                kept.clear()
            self._derived = kept.setdefault(key, {})
        return self._derived


SHARED.add(DrawingStyle)


def replacements() -> list[Replacement]:
    """Let texts of one font share."""
    return [Replacement(import_module("weasyprint.svg.text"), "Style", DrawingStyle)]  # not the function of that name
