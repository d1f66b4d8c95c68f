"""The encoding of a CSV file: told with certainty by what stands in it, or not at all."""

import codecs
import re
from collections.abc import Iterable, Sequence

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import listing, msg
from genplan.people.expected_content import ExpectedContent
from genplan.plan.model import Encoding

_CODECS: dict[Encoding, tuple[str, ...]] = {
    Encoding.UTF_8: ("utf-8-sig",),
    Encoding.GB18030: ("gb18030",),
    Encoding.BIG5: ("cp950", "big5hkscs"),
    Encoding.UTF_16: ("utf-16",),
}
"""Python's codecs, of which the first that can decode a file does."""
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_WITHOUT_MARK = ("utf-16-le", "utf-16-be")
_CHINESE = (Encoding.GB18030, Encoding.BIG5)
_OF_LANGUAGE = {"zh-CN": Encoding.GB18030, "zh-TW": Encoding.BIG5}
_COMMON = {Encoding.GB18030: "gb2312", Encoding.BIG5: "big5"}
"""What holds the characters of names and little else."""
_LOST = re.compile("\ufffd|锟斤拷")
_CELLS = re.compile(r"[,;\t\r\n]")
_LOOKED_AT = 64 * 1024
"""Characters at the beginning, in which headers are looked for."""
_MARK = "\ufeff"
"""The byte order mark, decoded: GB18030 has one too, and some programs write a second."""
_SAVE = msg("save the file as “CSV UTF-8”, or state its encoding in the plan: `encoding: gb18030` (编码), big5 or utf-16")


def decode(data: bytes, file: str, expected: ExpectedContent) -> Outcome[str | None]:
    """Decode a CSV file: by its byte order mark, by the plan's `encoding`, as UTF-8, or by known headers and names that stand in it.

    Finds GP402 (no encoding fits), GP496 (several fit, or characters were lost before) and GP497 (which one was taken, where that may
    surprise).
    """
    text, diagnostics = _decode(data, file, expected)
    text = text and text.lstrip(_MARK)
    lost = _LOST.search(text) if text else None
    if text is None or lost is None:
        return Outcome(text, diagnostics)
    line = text.count("\n", 0, lost.start()) + 1
    message = msg("some characters were lost when another program read the file in the wrong encoding")
    return Outcome(None, [diagnose("GP496", Span(file, line), message, help=msg("export the file again as “CSV UTF-8”"))])


def _decode(data: bytes, file: str, expected: ExpectedContent) -> Outcome[str | None]:
    if data.startswith(_UTF_32):
        return Outcome(None, [diagnose("GP402", Span(file), msg("the file is UTF-32"), help=_SAVE)])
    if data.startswith(_UTF_16):
        return _as(data, file, Encoding.UTF_16)
    if expected.encoding not in (None, Encoding.UTF_16) and not data.startswith(codecs.BOM_UTF8):
        assert expected.encoding is not None  # looked at
        return _as(data, file, expected.encoding)
    if b"\0" in data:
        return _without_mark(data, file, expected)
    text = _try(data, _CODECS[Encoding.UTF_8])
    return Outcome(text, []) if text is not None else _chinese(data, file, expected)


def _as(data: bytes, file: str, encoding: Encoding) -> Outcome[str | None]:
    names = _CODECS[encoding]
    text = _try(data, names)
    if text is not None:
        return Outcome(text, [])
    place = Span(file, _line_of_error(data, names[0]))
    return Outcome(None, [diagnose("GP402", place, msg("the file is not {encoding}", encoding=encoding.value), help=_SAVE)])


def _try(data: bytes, names: Iterable[str]) -> str | None:
    for name in names:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return None


def _line_of_error(data: bytes, codec: str) -> int:
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    return 1


def _without_mark(data: bytes, file: str, expected: ExpectedContent) -> Outcome[str | None]:
    """Tell UTF-16 without a byte order mark by its headers; zero characters in another encoding are for others to refuse."""
    fitting = [text for codec in _WITHOUT_MARK if (text := _try(data, [codec])) is not None and _known(text, expected)]
    if len(fitting) == 1:
        return Outcome(fitting[0], [])
    text = _try(data, ("utf-8-sig", "gb18030"))
    return Outcome(text, []) if text is not None else Outcome(None, [_unknown(file, data)])


def _chinese(data: bytes, file: str, expected: ExpectedContent) -> Outcome[str | None]:
    """Tell GB18030 and Big5 apart, whose bytes mostly can be read as the other's."""
    texts = {encoding: text for encoding in _CHINESE if (text := _try(data, _CODECS[encoding])) is not None}
    if not texts:
        return Outcome(None, [_unknown(file, data)])
    for count in (_headers, _names):
        likely = [encoding for encoding, text in texts.items() if count(text, expected)]
        if len(likely) == 1:
            (encoding,) = likely
            taken = _taken(file, encoding, msg("its headers and names are recognised in no other encoding"))
            return Outcome(texts[encoding], [] if encoding is Encoding.GB18030 else [taken])
    own = _OF_LANGUAGE.get(expected.language)
    common = [encoding for encoding, text in texts.items() if _is_common(text, encoding)]
    if common == [own] and _detected(data, own):
        assert own is not None  # one of them is common
        taken = _taken(file, own, msg("it fits the plan's language, and its characters are common in no other encoding"))
        return Outcome(texts[own], [taken])
    return Outcome(None, [_ambiguous(file, data, list(texts))])


def _headers(text: str, expected: ExpectedContent) -> int:
    """Count the headers in Chinese at the beginning that the plan knows."""
    return sum(not cell.isascii() for cell in _known(text, expected))


def _known(text: str, expected: ExpectedContent) -> set[str]:
    cells = {cell.strip(' "\ufeff') for cell in _CELLS.split(text[:_LOOKED_AT])}
    return {cell for cell in cells if expected.known(expected.plain(cell))}


def _names(text: str, expected: ExpectedContent) -> int:
    cells = {cell.strip(' "') for cell in _CELLS.split(text)}
    return sum(not name.isascii() for name in expected.names & cells)


def _is_common(text: str, encoding: Encoding) -> bool:
    """Return whether all characters are ones that names and remarks are written with."""
    others = "".join({character for character in text if not character.isascii()})
    try:
        others.encode(_COMMON[encoding])
    except UnicodeEncodeError:
        return False
    return True


def _detected(data: bytes, encoding: Encoding | None) -> bool:
    """Return whether the detection by frequency agrees, or has no opinion."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - rarely needed, and slow to load

    best = from_bytes(data, cp_isolation=["gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp950"]).best()
    family = {Encoding.GB18030: ("gb",), Encoding.BIG5: ("big5", "cp950")}[encoding] if encoding in _CHINESE else ()
    return best is None or best.encoding.startswith(tuple(family))


def _taken(file: str, encoding: Encoding, why: str) -> Diagnostic:
    return diagnose("GP497", Span(file), msg("the file is read as {encoding}: {reason}", encoding=encoding.value, reason=why))


def _ambiguous(file: str, data: bytes, candidates: Sequence[Encoding]) -> Diagnostic:
    line = _line_of_error(data, "utf-8")
    encodings = listing((encoding.value for encoding in candidates), " or ")
    message = msg("the encoding is ambiguous: the file is not UTF-8, and its text differs when read as {encodings}", encodings=encodings)
    return diagnose("GP496", Span(file, line), message, help=_SAVE)


def _unknown(file: str, data: bytes) -> Diagnostic:
    line = _line_of_error(data, "gb18030")
    return diagnose("GP402", Span(file, line), msg("the file is neither UTF-8, GB18030, Big5 nor UTF-16"), help=_SAVE)
