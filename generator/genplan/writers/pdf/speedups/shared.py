"""Styles of elements in many documents, and what is kept with them."""

from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any, TypeVar

from weasyprint import css

_Follows = TypeVar("_Follows")


class _Derived(dict[str, Any]):
    """Gives a style a place for what follows from it."""

    derived: dict[Any, Any]

    def __setitem__(self, key: str, value: object) -> None:
        if self.derived and self.get(key, value) != value:
            self.derived.clear()
        super().__setitem__(key, value)

    @cached_property
    def anonymous_style(self) -> "SharedAnonymousStyle":
        """The style of text and boxes without an element inside one of these."""
        return SharedAnonymousStyle(self)


class SharedStyle(_Derived, css.ComputedStyle):  # type: ignore[misc] # weasyprint has no types
    """The style of elements in many documents."""

    def __init__(self, *arguments: object) -> None:
        self.derived = {}
        super().__init__(*arguments)

    def copy(self) -> Any:  # noqa: ANN401
        """Copy the style, to be written into; the copy knows its original."""
        copy: Any = super().copy()
        copy.original = self
        return copy


class SharedAnonymousStyle(_Derived, css.AnonymousStyle):  # type: ignore[misc]
    """The style of boxes without an element, in many documents."""

    def __init__(self, parent_style: Any) -> None:  # noqa: ANN401
        self.derived = {}
        super().__init__(parent_style)


SHARED: set[type] = {SharedStyle, SharedAnonymousStyle}
"""The classes of styles that have `derived`."""


class Kept:
    """Tables that hang on shared styles under one name, with `most` entries between them."""

    def __init__(self, name: str, most: int) -> None:
        self.name, self.most = name, most
        self.count = 0
        self.tables: list[dict[Any, Any]] = []

    def table(self, style: Any) -> dict[Any, Any]:  # noqa: ANN401
        """Return a style's table."""
        table: dict[Any, Any] | None = style.derived.get(self.name)
        if table is None:
            table = style.derived[self.name] = {}
            self.tables.append(table)
        return table

    def keep(self, table: dict[Any, Any], key: object, value: object) -> None:
        """Put something into a style's table; where that would be one too many, everything else goes first."""
        if self.count >= self.most:
            for each in self.tables:
                each.clear()
            self.tables = [table]
            self.count = 0
        table[key] = value
        self.count += 1


def once_a_style(make: Callable[[Any], _Follows]) -> Callable[[Any], _Follows]:
    """Keep what follows from a shared style with it."""

    @wraps(make)
    def kept(style: Any) -> _Follows:  # noqa: ANN401
        if type(style) not in SHARED:
            return make(style)
        derived = style.derived
        if make not in derived:
            made = make(style)  # which sets values of the style, and so may clear what is derived
            derived[make] = made
        derived_value: _Follows = derived[make]
        return derived_value

    return kept
