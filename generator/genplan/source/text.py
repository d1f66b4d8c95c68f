"""Reading text files that people wrote."""

import unicodedata
from itertools import islice
from pathlib import Path

from genplan.diagnostics import Diagnostic, Outcome, Related, Span, diagnose
from genplan.messages import msg
from genplan.source.files import LargeFileError, read_bytes, unreadable

MAX_TEXT_BYTES = 4 * 1024 * 1024
"""A plan is a few dozen kilobytes; anything near this bound is not one."""

_ALLOWED_CONTROLS = frozenset("\n\t")
_SHAPELESS = frozenset({"Cc", "Cs", "Zl", "Zp"})
_MAX_NAMED = 10


def decode(data: bytes, file: str, *, private: bool = False) -> Outcome[str | None]:
    """Decode UTF-8 (with or without a byte order mark), with line ends of one character; of a `private` file no line is to be shown.

    Finds GP002 (not UTF-8), GP005 (too large) and GP006 (control characters, which neither Word nor PDF can hold).
    """
    if len(data) > MAX_TEXT_BYTES:
        return Outcome(None, [unreadable(file, LargeFileError(MAX_TEXT_BYTES))])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _lines_of_one_end(error.object[: error.start].decode())
        span = Span(file, before.count("\n") + 1, len(before) - before.rfind("\n"), private=private)
        message = msg("the file is not UTF-8: byte 0x{byte} at this position", byte=f"{error.object[error.start]:02X}")
        return Outcome(None, [diagnose("GP002", span, message, help=msg("save the file as UTF-8"))])
    text = _lines_of_one_end(text)
    return Outcome(text, control_characters(text, file, private=private))


def _lines_of_one_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def control_characters(text: str, file: str, *, private: bool = False) -> list[Diagnostic]:
    """Find the characters that no document format can hold (GP006): one diagnostic, at the first of them, that names the next ones."""
    places = (
        (character, Span(file, number, column, private=private))
        for number, line in enumerate(text.split("\n"), 1)
        if not line.isprintable()  # faster than looking at each, and never true where one is found
        for column, character in enumerate(line, 1)
        if is_unprintable(character)
    )
    named = [Related(span, _code_point(character)) for character, span in islice(places, _MAX_NAMED)]
    if not named:
        return []
    first, *others = named
    rest = sum(1 for _ in places)
    message = msg("control character {code}", code=first.note)
    if others:
        message = msg("control character {code}, and {count} more", code=first.note, count=len(others) + rest)
    advice = msg("delete it and retype the text; most editors do not show it")
    return [diagnose("GP006", first.span, message, help=advice, related=others)]


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def is_unprintable(character: str) -> bool:
    """Return whether a character is a control, a line or paragraph separator of Unicode, a lone surrogate or a noncharacter."""
    if character in _ALLOWED_CONTROLS:
        return False
    return unicodedata.category(character) in _SHAPELESS or ord(character) & 0xFFFE == 0xFFFE  # noqa: PLR2004


def read_text(path: Path, file: str) -> Outcome[str | None]:
    """Read a text file, as `read_bytes` and `decode` do one after the other. `file` is the name to report."""
    data, diagnostics = read_bytes(path, file, MAX_TEXT_BYTES)
    return Outcome(None, diagnostics) if data is None else decode(data, file)


def fold(text: str) -> str:
    """Make what differs in case, width or spaces alone the same. For comparing only: it is never shown."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
