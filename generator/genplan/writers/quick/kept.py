"""What is kept with styles, and let go together when there is too much of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from genplan.writers.quick.styles import SHARED

_Follows = TypeVar("_Follows")


class Kept:
    """Tables that hang on shared styles under one name, with `most` entries between them."""

    def __init__(self, name: str, most: int) -> None:
        self.name, self.most = name, most
        self.count = 0
        self.tables: list[dict[Any, Any]] = []

    def table(self, style: Any) -> dict[Any, Any]:  # noqa: ANN401
        """Give a style's table."""
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
            derived[make] = make(style)
        found: _Follows = derived[make]
        return found

    return kept
