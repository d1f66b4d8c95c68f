"""How messages put things."""

from collections.abc import Iterable


def a_few(names: Iterable[str], most: int, separator: str = ", ") -> str:
    """Name at most so many, and say how many more there are."""
    every = list(names)
    return separator.join(every[:most]) + (f" and {len(every) - most} more" if len(every) > most else "")
