"""Reaching a store by its place."""

from functools import lru_cache
from pathlib import Path

from genplan.storage.stores import LocalFolder, Store, is_url


@lru_cache(maxsize=8)
def store_of(place: str) -> Store:
    """Reach a store by its place.

    Raises:
        OSError: nothing is known of such URLs, or the library for them is missing.
    """
    if not is_url(place):
        return LocalFolder(Path(place))
    from genplan.storage.remote import Remote  # noqa: PLC0415 - its library waits until it is used

    return Remote(place)
