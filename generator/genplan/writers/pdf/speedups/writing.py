"""Objects that become bytes once.

pydyf makes the data of every object twice: once to write it, once more for the hash in the file's identifier, and making the data is what
compresses it. Here an object remembers its data while its file is written. Numbers and names become bytes by their type, the most common
first. Streams are compressed at zlib's level 5 in place of 9, which takes less than half of the time and makes files 1.5 % larger.

Needless once pydyf keeps what it has written for the hash, and lets one choose the level.
"""

import zlib
from functools import lru_cache
from itertools import count
from typing import Any

import pydyf

from genplan.writers.pdf.speedups.replacement import Replacement

LEVEL = 5

_plain = pydyf.PDF.write
_numbers = count(1)
_file = 0
"""The file that is being written, or 0."""


def write(self: Any, output: Any, version: Any = b"1.7", identifier: Any = False, compress: bool = False) -> None:  # noqa: ANN401, FBT001, FBT002
    """Write a file."""
    global _file  # noqa: PLW0603 - one file at a time is written in a process
    _file = next(_numbers)
    try:
        _plain(self, output, version, identifier, compress)
    finally:
        _file = 0


def to_bytes(item: Any) -> bytes:  # noqa: ANN401
    """Turn a number, a name or an object into what stands in the file."""
    kind = type(item)
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    if kind is int:
        return b"%d" % item
    if kind is float:
        return b"%d" % int(item) if item.is_integer() else (b"%f" % item).rstrip(b"0")
    if isinstance(item, pydyf.Object):
        return item.data  # type: ignore[no-any-return]
    return _plain_bytes(item)  # type: ignore[no-any-return]


_plain_bytes = pydyf._to_bytes  # noqa: SLF001 - it is what is replaced


def stream_data(self: Any) -> bytes:  # noqa: ANN401
    """Return a stream's dictionary and content."""
    if _file and self.__dict__.get("written") == _file:
        return self.as_written  # type: ignore[no-any-return]
    stream = b"\n".join([item if type(item) is bytes else to_bytes(item) for item in self.stream])
    extra = pydyf.Dictionary(dict(self.extra))
    if self.compress:
        extra["Filter"] = "/FlateDecode"
        stream = zlib.compress(stream, LEVEL)
    extra["Length"] = len(stream)
    return _remembered(self, b"\n".join((extra.data, b"stream", stream, b"endstream")))


def dictionary_data(self: Any) -> bytes:  # noqa: ANN401
    """Return the keys and values of a dictionary."""
    if _file and self.__dict__.get("written") == _file:
        return self.as_written  # type: ignore[no-any-return]
    items = [_key(key) + (value if type(value) is bytes else to_bytes(value)) for key, value in self.items()]
    return _remembered(self, b"<<" + b"".join(items) + b">>")


def _remembered(thing: Any, data: bytes) -> bytes:  # noqa: ANN401
    thing.written, thing.as_written = _file, data
    return data


@lru_cache(maxsize=1000)
def _key(key: Any) -> bytes:  # noqa: ANN401
    return b"/" + to_bytes(key) + b" "


def array_data(self: Any) -> bytes:  # noqa: ANN401
    """Return the items of an array."""
    return b"[" + b" ".join([item if type(item) is bytes else to_bytes(item) for item in self]) + b"]"


def replacements() -> list[Replacement]:
    """Make data once and sooner."""
    return [
        Replacement(pydyf.PDF, "write", write),
        Replacement(pydyf, "_to_bytes", to_bytes),
        Replacement(pydyf.Stream, "data", property(stream_data)),
        Replacement(pydyf.Dictionary, "data", property(dictionary_data)),
        Replacement(pydyf.Array, "data", property(array_data)),
    ]
