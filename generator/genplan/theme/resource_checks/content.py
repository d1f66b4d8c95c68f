"""Contents of files that are looked at once, however often they are read."""

from genplan.source.files import digest


class HashedBytes:
    """Bytes that equal others by their digest, so that a cache of what was found in them need not keep them."""

    __slots__ = ("_data", "_digest")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._digest = digest(data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HashedBytes) and self._digest == other._digest

    def __hash__(self) -> int:
        return hash(self._digest)

    def taken(self) -> bytes:
        """Return the bytes, read once."""
        data, self._data = self._data, b""
        return data
