"""XML of archives that people hand in, gone over once in little memory: a few kilobytes may unpack to millions of elements."""

from typing import IO
from xml.parsers import expat

from genplan.messages import msg

MAX_DEPTH = 64
"""Levels of elements. Drawings in a workbook, and tables in a form, have some twenty."""
MAX_TEXT = 65_536
"""Characters of one text without a tag in it; Excel takes 32,767 in a cell."""
MAX_MARKUP = 1024 * 1024
"""Bytes of one tag or remark."""

_CHUNK = 64 * 1024
_STARTS = (b"<", b"L\xa7\x94")
"""How XML begins, in any encoding that a reader may know: the second is a declaration in EBCDIC."""
_BEFORE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_ENCODINGS = frozenset(
    expat.errors.codes[message] for message in (expat.errors.XML_ERROR_UNKNOWN_ENCODING, expat.errors.XML_ERROR_INCORRECT_ENCODING)
)


class DamagedXmlError(ValueError):
    """The XML is broken, or holds what is dangerous: a document type, with its entities."""


class DoctypeError(DamagedXmlError):
    """The XML has a document type, which may declare entities."""


class TooLargeError(ValueError):
    """There is more than can be read; the text says what of."""


class BoundedXml:
    """One pass over XML, or over several parts one after another, told to `start`, `end` and `text`; names are `namespace}name`.

    Elements are counted by whoever is told: they know what is of note.
    """

    def __init__(self) -> None:
        self._begin_part()

    def _begin_part(self) -> None:
        """Start anew: a parser of expat takes one document."""
        self.depth = 0
        self._length = self._waiting = 0
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = _refuse

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Record an element's beginning."""

    def end(self, tag: str) -> None:
        """Record an element's end."""

    def text(self, text: str) -> None:
        """Record text, of which there may be more."""

    def read(self, source: IO[bytes], *, strict: bool = True) -> bool:
        """Go over a part of an archive; tell whether it is XML.

        One that is not `strict` may be broken, as drawings of old versions are, unless another reader might take it for whole, because it
        knows the encoding.

        Raises:
            DamagedXmlError: it is broken, or has a document type.
            TooLargeError: elements are nested too deep, or a text, tag or remark is too long.
            ValueError: what it is told to raises.
        """
        chunk = source.read(_CHUNK)
        if not chunk.lstrip(_BEFORE).startswith(_STARTS):
            if strict:
                raise DamagedXmlError("not XML")
            return False
        self._begin_part()
        try:
            while chunk:
                self._feed(chunk)
                chunk = source.read(_CHUNK)
            self._parser.Parse(b"", True)  # noqa: FBT003 - expat's signature
        except (expat.ExpatError, LookupError) as error:
            if strict or not isinstance(error, expat.ExpatError) or error.code in _ENCODINGS:
                raise DamagedXmlError(type(error).__name__) from error
            return False
        return True

    def _feed(self, chunk: bytes) -> None:
        """Go on; where nothing comes of many bytes, they are one tag or remark, which a reader would hold whole."""
        self._waiting += len(chunk)
        self._parser.Parse(chunk, False)  # noqa: FBT003 - expat's signature
        if self._waiting > MAX_MARKUP:
            raise TooLargeError(msg("a tag or remark of more than {limit} KiB", limit=MAX_MARKUP // 1024))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self._length = self._waiting = 0
        if self.depth > MAX_DEPTH:
            raise TooLargeError(msg("elements nested more than {limit} levels deep", limit=MAX_DEPTH))
        self.start(tag, attributes)

    def _end(self, tag: str) -> None:
        self.depth -= 1
        self._length = self._waiting = 0
        self.end(tag)

    def _characters(self, text: str) -> None:
        self._waiting = 0
        self._length += len(text)
        if self._length > MAX_TEXT:
            raise TooLargeError(msg("a text of more than {limit} characters", limit=MAX_TEXT))
        self.text(text)


def _refuse(*_: object) -> None:
    raise DoctypeError(msg("a document type"))
