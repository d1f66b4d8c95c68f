"""Smaller distances, where the last few lines of a document would have a page of their own."""

TIGHT = "tight"
"""Class of a document whose distances are smaller."""
_SPARE = 0.4
"""What smaller distances may save on each page before the last, as a share of a page's height; more is not tried."""


def is_worthwhile(pages: int, filled: float) -> bool:
    """Tell whether smaller distances may save the last of so many pages, of whose height such a share is filled."""
    return 0 < filled <= _SPARE * (pages - 1)
