"""Copies of shared styles, which WeasyPrint writes into: a table's, whose margins go to the box around it, a flexible box's, the root's.

A copy asks the shared style for what is not computed yet, so that this is computed once. What follows from the values that WeasyPrint
writes is computed anew.
"""

from typing import Any

from weasyprint import css

_DEPENDENT = frozenset({"position", "float", "display", "page", "break_before", "break_after", "overflow"})
"""Properties that follow from others which WeasyPrint writes into copies, or that it keeps as specified."""


def _is_dependent(key: str) -> bool:
    return key in _DEPENDENT or key.startswith("text_decoration_")


class CopiedStyle(css.ComputedStyle):  # type: ignore[misc] # weasyprint has no types
    """A copy of the style of elements."""

    original: Any

    def copy(self) -> "CopiedStyle":
        """Copy a copy."""
        return copied(self, self.original)

    def __missing__(self, key: str) -> Any:  # noqa: ANN401
        if _is_dependent(key):
            return super().__missing__(key)
        value = self[key] = self.original[key]
        return value


class CopiedAnonymousStyle(css.AnonymousStyle):  # type: ignore[misc]
    """A copy of the style of boxes without an element."""

    original: Any

    def __missing__(self, key: str) -> Any:  # noqa: ANN401
        if _is_dependent(key):
            return super().__missing__(key)
        value = self[key] = self.original[key]
        return value


def copied(style: Any, original: Any) -> CopiedStyle:  # noqa: ANN401
    """Copy a shared style, or a copy of it."""
    copy = CopiedStyle(
        style.parent_style, style.cascaded, style.pseudo_type, style.root_style, style.base_url, style.font_config, style.initial_page_sizes
    )
    copy.update(style)
    copy.specified = style.specified.copy()
    copy.original = original
    return copy


def copied_anonymous(style: Any) -> CopiedAnonymousStyle:  # noqa: ANN401
    """Copy a shared style of boxes without an element."""
    copy = CopiedAnonymousStyle(style.parent_style)
    copy.update(style)
    copy.original = style
    return copy
