"""A drawing: shapes and texts on a sheet, which the page, the PDF and Word show alike.

Shapes and their fields are called as in SVG, `_` for `-`, and what a shape leaves out has SVG's default; `theme.svg` writes drawings into
documents and reads them there. Drawings are pictures of numbers that stand beside them in words: coordinates are binary floats, and
nothing is computed from them again.
"""

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle without a border."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    """A role such as `bar`, which a theme has a colour for; in a document that colour itself, `#rrggbb`."""
    fill_opacity: float = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    stroke_width: float = 1
    stroke_dasharray: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Polyline:
    """A line through points."""

    points: tuple[Point, ...]
    fill: str = "none"
    fill_opacity: float = 1
    stroke: str = "none"
    stroke_width: float = 1
    stroke_linejoin: str = "round"


@dataclass(frozen=True, slots=True)
class Polygon(Polyline):
    """The same, closed."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle, perhaps with a border."""

    cx: float
    cy: float
    r: float
    fill: str
    stroke: str = "none"
    stroke_width: float = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; `y` is that of its base line."""

    x: float
    y: float
    text: str
    font_size: float
    fill: str
    font_weight: int = 400
    text_anchor: str = "start"
    font_family: str = "font"


Shape = Rect | Line | Polyline | Circle | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes, the later over the earlier, on a sheet."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str = ""
    """All that the drawing shows, in words."""
    note: str = ""
    """How to read it."""
    scale: float = 1
    """Millimetres in print that a unit takes."""
