"""Places in a brand.yml."""

from typing import Protocol

from genplan.diagnostics import Span


class SpanOf(Protocol):
    """Gives the place of the value at a path of keys."""

    def __call__(self, *path: str | int) -> Span:
        """Find the place."""
