"""The zip around the parts: the same parts make the same bytes, and constant parts are compressed only once.

`zipfile` compresses every member again on each call, so the few records of the format are written here.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20
_UTF8_NAME = 0x800
_DEFLATE = 8
_LEVEL = 6
# 1 January 1980, midnight: the earliest time a zip can state.
_TIME, _DATE = 0, (1 << 5) | 1


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """A member of an archive, compressed unless its method is 0."""

    name: bytes
    crc: int
    size: int
    data: bytes
    method: int = _DEFLATE


def entry(name: str, content: str | bytes) -> ArchiveMember:
    """Compress `content` under the path `name`."""
    raw = content.encode() if isinstance(content, str) else content
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return ArchiveMember(name.encode(), zlib.crc32(raw), len(raw), deflate.compress(raw) + deflate.flush())


@lru_cache(maxsize=256)
def usual(name: str, content: str) -> ArchiveMember:
    """Do the same of a part that many documents have alike."""
    return entry(name, content)


def stored(name: str, content: bytes) -> ArchiveMember:
    """Take `content`, which is compressed already, as it is under the path `name`."""
    return ArchiveMember(name.encode(), zlib.crc32(content), len(content), content, 0)


def archive(entries: Iterable[ArchiveMember]) -> bytes:
    """Join `entries`, in their order, to a zip file that states no time, system or attributes."""
    body: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in entries:
        common = (
            _VERSION, _UTF8_NAME, member.method, _TIME, _DATE, member.crc, len(member.data), member.size, len(member.name), 0,
        )  # fmt: skip
        local = _LOCAL.pack(b"PK\x03\x04", *common)
        body += (local, member.name, member.data)
        directory += (_CENTRAL.pack(b"PK\x01\x02", _VERSION, *common, 0, 0, 0, 0, offset), member.name)
        offset += len(local) + len(member.name) + len(member.data)
    count = len(directory) // 2
    size = sum(map(len, directory))
    return b"".join((*body, *directory, _END.pack(b"PK\x05\x06", 0, 0, count, count, size, offset, 0)))
