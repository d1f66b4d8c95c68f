"""The styles of a document's elements, as CSS computes them: lengths in points, colours as `#rrggbb`.

What an element looks like follows from its tag, classes and place, so it is computed once for each of these and cached for all documents
of a look.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import cssselect2
import tinycss2.color4

from genplan.writers.typst.sheet import WIDTHS, Sheet, Tokens, read_declarations

Style: TypeAlias = Mapping[str, Any]
Name: TypeAlias = tuple[str, str | None, bool]
"""An element's tag and classes, and whether it has a single child."""

_POINTS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pc": 12.0}
_WEIGHTS = {"normal": 400, "bold": 700}
_SECOND = 2
"""Places from which on an element is neither the first of its siblings nor after the first."""
INITIAL: dict[str, Any] = {
    "font-size": 12.0,
    "font-weight": 400,
    "font-style": "normal",
    "font-family": (),
    "font-feature-settings": "normal",
    "line-height": ("factor", 1.2),
    "color": "#000000",
    "text-align": "left",
    "text-indent": 0.0,
    "letter-spacing": 0.0,
    "white-space": "normal",
    "hyphens": "manual",
}
"""The inherited properties, and what they are where no rule says anything."""


@dataclass(frozen=True, slots=True)
class Computed:
    """An element's style, and those of what its style sheet puts before and after its text (None: nothing). `key` names it."""

    key: int
    style: Style
    before: Style | None
    after: Style | None


@dataclass(slots=True)
class Cascade:
    """Computes styles by a sheet."""

    sheet: Sheet
    _cache: dict[tuple[Any, ...], Computed] = field(default_factory=dict)

    def root(self, wrapper: Any) -> Computed:  # noqa: ANN401 - cssselect2 has no types
        """Compute the style of the outermost element."""
        return self._computed(wrapper, None)

    def children(self, wrapper: Any, computed: Computed) -> Iterator[tuple[Any, Computed]]:  # noqa: ANN401
        """Give the children of an element with their styles."""
        earlier: frozenset[Name] = frozenset()
        for child in wrapper.iter_children():
            yield child, self._computed(child, computed, earlier)
            if (name := _name(child.etree_element)) not in earlier:
                earlier |= {name}

    def _computed(self, wrapper: Any, parent: Computed | None, earlier: frozenset[Name] = frozenset()) -> Computed:  # noqa: ANN401
        if self.sheet.is_positional:
            return self._compute(wrapper, parent)
        key = (parent.key if parent else 0, earlier, *_place(wrapper), *self._asked(wrapper))
        if (known := self._cache.get(key)) is None:
            known = self._cache[key] = self._compute(wrapper, parent)
        return known

    def _asked(self, wrapper: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
        for name in self.sheet.attributes:
            if (value := wrapper.etree_element.get(name)) is not None:
                yield name, value

    def _compute(self, wrapper: Any, parent: Computed | None) -> Computed:  # noqa: ANN401
        said: dict[str | None, dict[str, Tokens]] = {None: {}}
        important: dict[str | None, dict[str, Tokens]] = {}
        for _, _, pseudo, declarations in self.sheet.matcher.match(wrapper):
            for name, value, weighty in declarations:
                (important if weighty else said).setdefault(pseudo, {})[name] = value
        if (own := wrapper.etree_element.get("style")) is not None:
            said[None].update((name, value) for name, value, _ in read_declarations(own, self.sheet.variables))
        for pseudo, values in important.items():
            said.setdefault(pseudo, {}).update(values)
        style = _style(said[None], parent.style if parent else INITIAL)
        before, after = (_style(said[name], style) if name in said else None for name in ("before", "after"))
        return Computed(len(self._cache) + 1, style, before, after)


def _place(wrapper: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """Tell what selectors of our style sheets can ask for: tag, classes, language, and what stands before and after."""
    element = wrapper.etree_element
    siblings, at = wrapper.etree_siblings, wrapper.index
    return (
        *_name(element),
        element.get("lang"),
        element.get("style"),
        min(at, _SECOND),
        at == len(siblings) - 1,
        _name(siblings[at - 1]) if at else None,
        _name(siblings[at - 2]) if at > 1 else None,
    )


def _name(element: Any) -> Name:  # noqa: ANN401
    return element.tag, element.get("class"), len(element) == 1


def _style(said: Mapping[str, Tokens], parent: Style) -> Style:
    """Compute a style from what rules say and what is inherited."""
    style = {name: parent[name] for name in INITIAL}
    size = said.get("font-size")
    if size:
        style["font-size"] = _length(size[0], parent["font-size"], parent["font-size"])
    for name, tokens in said.items():
        read = _READERS.get(name)
        if read is not None and tokens and (value := read(tokens, style)) is not None:
            style[name] = parent.get(name) if value == "inherit" else value
    return style


def points(tokens: Tokens, style: Style) -> float | None:
    """Read a length."""
    return _length(tokens[0], style["font-size"])


def _length(token: Any, size: float, whole: float | None = None) -> float | None:  # noqa: ANN401
    if token.type == "dimension":
        unit = token.lower_unit
        return float(token.value) * (size if unit == "em" else _POINTS.get(unit, 0.0))
    if token.type == "percentage" and whole is not None:
        return float(token.value) / 100 * whole
    if token.type == "number" and token.value == 0:
        return 0.0
    return None


def _keyword(tokens: Tokens, _style: Style) -> str | None:
    return tokens[0].lower_value if tokens[0].type == "ident" else None


def _weight(tokens: Tokens, _style: Style) -> int | None:
    token = tokens[0]
    return int(token.value) if token.type == "number" else _WEIGHTS.get(getattr(token, "lower_value", ""))


def _families(tokens: Tokens, _style: Style) -> tuple[str, ...]:
    return tuple(token.value for token in tokens if token.type == "string")


def _line_height(tokens: Tokens, style: Style) -> tuple[str, float] | str | None:
    token = tokens[0]
    if token.type == "number":
        return "factor", float(token.value)
    if token.type == "ident":
        return "inherit" if token.lower_value == "inherit" else ("factor", 1.2)
    length = _length(token, style["font-size"], style["font-size"])
    return None if length is None else ("points", length)


def colour(tokens: Tokens, style: Style) -> str | None:
    """Read a colour; one that lets through what is behind it is as if nothing were said."""
    token = tokens[0]
    if token.type == "ident":
        if token.lower_value == "currentcolor":
            return str(style["color"])
        if token.lower_value in {"inherit", "none", "transparent"}:
            return token.lower_value if token.lower_value == "inherit" else ""
    read = tinycss2.color4.parse_color(token)
    if read is None or isinstance(read, str):
        return None
    return "#" + "".join(f"{round(part * 255):02x}" for part in read.to("srgb").coordinates)


def _width(tokens: Tokens, style: Style) -> float | None:
    token = tokens[0]
    return WIDTHS.get(token.lower_value) if token.type == "ident" else _length(token, style["font-size"])


def _spacing(tokens: Tokens, style: Style) -> float:
    return _length(tokens[0], style["font-size"]) or 0.0


def _features(tokens: Tokens, _style: Style) -> str:
    return "pwid" if tokens[0].type == "string" and tokens[0].value == "pwid" else "normal"


def _box_width(tokens: Tokens, style: Style) -> float | tuple[str, float] | None:
    """Read a width: points, or a share of what holds it."""
    if tokens[0].type == "percentage":
        return "share", float(tokens[0].value) / 100
    return _length(tokens[0], style["font-size"])


_SIDES = ("top", "right", "bottom", "left")
_READERS: dict[str, Callable[[Tokens, dict[str, Any]], Any]] = {
    "font-weight": _weight,
    "font-style": _keyword,
    "font-family": _families,
    "font-feature-settings": _features,
    "line-height": _line_height,
    "color": colour,
    "background-color": colour,
    "text-align": _keyword,
    "text-indent": points,
    "letter-spacing": _spacing,
    "white-space": _keyword,
    "hyphens": _keyword,
    "text-decoration": _keyword,
    "vertical-align": _keyword,
    "display": _keyword,
    "page": _keyword,
    "break-before": _keyword,
    "break-after": _keyword,
    "break-inside": _keyword,
    "width": _box_width,
    "min-width": points,
    "height": points,
    "max-width": _box_width,
    "max-height": points,
    "content": lambda tokens, _: tokens,
    **{f"margin-{side}": points for side in _SIDES},
    **{f"padding-{side}": _box_width for side in _SIDES},
    **{f"border-{side}-width": _width for side in _SIDES},
    **{f"border-{side}-style": _keyword for side in _SIDES},
    **{f"border-{side}-color": colour for side in _SIDES},
}
"""How each property is read. Others change nothing here: they are for screens, or do what Typst does anyway."""
PROPERTIES = frozenset({*_READERS, "font-size"})
"""The properties that documents show."""


def wrap(tree: Any) -> Any:  # noqa: ANN401
    """Prepare a tree for selectors."""
    return cssselect2.ElementWrapper.from_html_root(tree)
