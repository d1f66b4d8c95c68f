"""Files written in one pass.

pydyf makes the data of every object twice: once to write it, once more for the hash in the file's identifier, and making the data is what
compresses it. Here it is made once, and so is the hash, of the same bytes in the same order. Numbers and names become bytes by their type,
the most common first. Files without object streams, and those that get no identifier, are left to pydyf.

Streams are compressed at zlib's level 5 in place of 9, which takes less than half of the time and makes files 1.5 % larger.
"""

import zlib
from functools import lru_cache
from hashlib import md5
from math import ceil, log
from typing import Any

import pydyf

from genplan.writers.quick.replacement import Replacement

LEVEL = 5

_plain = pydyf.PDF.write


def write(self: Any, output: Any, version: Any = b"1.7", identifier: Any = False, compress: bool = False) -> None:  # noqa: ANN401, FBT001, FBT002
    """Write a file whose small objects are compressed together."""
    number = to_bytes(version or b"1.7")
    if number < b"1.5" or not compress or identifier in (False, True, None):
        _plain(self, output, version, identifier, compress)
        return
    if self.info:
        self.add_object(self.info)
    writer = _Writer(self, output)
    writer.line(b"%PDF-" + number)
    writer.line(b"%\xf0\x9f\x96\xa4")
    hashed = writer.objects()
    writer.references(to_bytes(identifier), hashed)
    writer.line(b"startxref")
    writer.line(b"%d" % self.xref_position)
    writer.line(b"%%EOF")


class _Writer:
    """Writes one file."""

    def __init__(self, pdf: Any, output: Any) -> None:  # noqa: ANN401
        self.pdf, self.output = pdf, output
        self.together = 0

    def line(self, content: bytes) -> None:
        self.pdf.write_line(content, self.output)

    def object(self, thing: Any, data: bytes) -> None:  # noqa: ANN401
        thing.offset = self.pdf.current_position
        self.line(b"%d %d obj\n%b\nendobj" % (thing.number, thing.generation, data))

    def objects(self) -> str:
        """Write all objects, and give the hash of their data."""
        data, together = [], []
        for thing in self.pdf.objects:
            if thing.free != "f":
                data.append(thing.data)
                if thing.compressible:
                    together.append((thing, data[-1]))
                else:
                    self.object(thing, data[-1])
        self.together = len(together)
        stream = self._together(together)
        self.pdf.add_object(stream)
        data.append(stream.data)
        self.object(stream, data[-1])
        self.stream = stream
        return md5(b"".join(data), usedforsecurity=False).hexdigest()

    def _together(self, objects: list[tuple[Any, bytes]]) -> Any:  # noqa: ANN401
        places, position = [], 0
        for thing, data in objects:
            places += [thing.number, position]
            position += len(data) + 1
        head = " ".join(map(str, places))
        extra = {"Type": "/ObjStm", "N": len(objects), "First": len(head) + 1}
        return pydyf.Stream([head, *(data for _, data in objects)], extra, True)  # noqa: FBT003

    def references(self, identifier: bytes, hashed: str) -> None:
        """Write where each object stands, and what the file is called."""
        pdf = self.pdf
        rows: list[tuple[int, int, int]] = []
        index = 0
        for thing in pdf.objects:
            if thing.compressible:
                rows.append((2, self.stream.number, index))
                index += 1
            else:
                rows.append((bool(thing.number), thing.offset, thing.generation))
        rows.append((1, pdf.current_position, 0))
        widest = max(*(thing.generation for thing in pdf.objects), self.together)
        lengths = 1, ceil(log(pdf.current_position + 1, 256)), ceil(log(widest + 1, 256))
        _, place, last = (8 * length for length in lengths)
        table = b"".join([(((kind << place | at) << last) | rest).to_bytes(sum(lengths), "big") for kind, at, rest in rows])
        extra = {
            "Type": "/XRef",
            "Index": pydyf.Array((0, len(pdf.objects) + 1)),
            "W": pydyf.Array(lengths),
            "Size": len(pdf.objects) + 1,
            "Root": pdf.catalog.reference,
        }
        if pdf.info:
            extra["Info"] = pdf.info.reference
        extra["ID"] = pydyf.Array((pydyf.String(identifier).data, pydyf.String(hashed.encode()).data))
        stream = pydyf.Stream([table], extra, True)  # noqa: FBT003
        pdf.xref_position = pdf.current_position
        pdf.add_object(stream)
        self.object(stream, stream.data)


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
    """Give a stream's dictionary and content."""
    stream = b"\n".join([item if type(item) is bytes else to_bytes(item) for item in self.stream])
    extra = pydyf.Dictionary(dict(self.extra))
    if self.compress:
        extra["Filter"] = "/FlateDecode"
        stream = zlib.compress(stream, LEVEL)
    extra["Length"] = len(stream)
    return b"\n".join((extra.data, b"stream", stream, b"endstream"))


def dictionary_data(self: Any) -> bytes:  # noqa: ANN401
    """Give the keys and values of a dictionary."""
    return b"<<" + b"".join([_key(key) + (value if type(value) is bytes else to_bytes(value)) for key, value in self.items()]) + b">>"


@lru_cache(maxsize=1000)
def _key(key: Any) -> bytes:  # noqa: ANN401
    return b"/" + to_bytes(key) + b" "


def array_data(self: Any) -> bytes:  # noqa: ANN401
    """Give the items of an array."""
    return b"[" + b" ".join([item if type(item) is bytes else to_bytes(item) for item in self]) + b"]"


def replacements() -> list[Replacement]:
    """Write files in one pass."""
    return [
        Replacement(pydyf.PDF, "write", write),
        Replacement(pydyf, "_to_bytes", to_bytes),
        Replacement(pydyf.Stream, "data", property(stream_data)),
        Replacement(pydyf.Dictionary, "data", property(dictionary_data)),
        Replacement(pydyf.Array, "data", property(array_data)),
    ]
