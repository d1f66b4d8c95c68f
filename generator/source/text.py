"""Reading text files that people wrote."""

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from pathlib import Path

from generator.diagnostics import Diagnostic, Outcome, Related, Span, diagnose

MAX_TEXT_BYTES = 4 * 1024 * 1024
"""A plan is a few dozen kilobytes; anything near this bound is not one."""

_ALLOWED_CONTROLS = frozenset("\n\t")
_SHAPELESS = frozenset({"Cc", "Cs", "Zl", "Zp"})
_MAX_NAMED = 10


def decode(data: bytes, file: str) -> Outcome[str | None]:
    """Decode UTF-8 (with or without a byte order mark), with line ends of one character.

    Finds GP002 (not UTF-8), GP005 (too large) and GP006 (control characters, which neither Word nor PDF can hold).
    """
    if len(data) > MAX_TEXT_BYTES:
        bound = MAX_TEXT_BYTES // 1024
        return Outcome(None, [diagnose("GP005", Span(file), f"the file is larger than {bound} KiB")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        span = Span(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"the file is not UTF-8: byte 0x{error.object[error.start]:02X} at this place"
        return Outcome(None, [diagnose("GP002", span, message, help="save the file with the encoding UTF-8")])
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Outcome(text, control_characters(text, file))


def control_characters(text: str, file: str) -> list[Diagnostic]:
    """Find the characters that no document format can hold (GP006): one diagnostic, at the first of them, that names the next ones."""
    places = (
        (character, Span(file, number, column))
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
    more = f", and {len(others) + rest} more" if others else ""
    advice = "delete it and type the text again; it is invisible in most editors"
    return [diagnose("GP006", first.span, f"control character {first.note}{more}", help=advice, related=others)]


def _code_point(character: str) -> str:
    return f"U+{ord(character):04X}"


def is_unprintable(character: str) -> bool:
    """Tell whether a character is a control, a line or paragraph separator of Unicode, a lone surrogate or a noncharacter."""
    if character in _ALLOWED_CONTROLS:
        return False
    return unicodedata.category(character) in _SHAPELESS or ord(character) & 0xFFFE == 0xFFFE  # noqa: PLR2004


def digest(data: bytes) -> str:
    """Digest bytes, shortly."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


_reads: ContextVar[dict[str, str] | None] = ContextVar("reads", default=None)


@contextmanager
def noting_reads() -> Iterator[dict[str, str]]:
    """Note every file that is read meanwhile: its real path, and the digest of what was read."""
    noted: dict[str, str] = {}
    token = _reads.set(noted)
    try:
        yield noted
    finally:
        _reads.reset(token)


def read_bytes(path: Path, file: str) -> Outcome[bytes | None]:
    """Read a file; GP001 where that cannot be done, GP552 where its name cannot be written down. `file` is the name to report."""
    real = os.path.realpath(path)
    if not is_text(real):
        name = file if not is_text(file) else real
        message = "the name of this file, or of a folder that it stands in, is not UTF-8"
        return Outcome(None, [diagnose("GP552", Span(_shown(name)), message, help="give it another name (with mv, or convmv)")])
    try:
        data = path.read_bytes()
        noted = _reads.get()
        if noted is not None:
            noted[real] = digest(data)
        return Outcome(data, [])
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Outcome(None, [diagnose("GP001", Span(file), f"the file cannot be read: {reason}")])


def is_text(name: str) -> bool:
    """Tell whether a name is text: the file systems of Linux take any bytes, which Python keeps as characters that no text may hold."""
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def _shown(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()


def read_text(path: Path, file: str) -> Outcome[str | None]:
    """Read a text file, as `read_bytes` and `decode` do one after the other. `file` is the name to report."""
    data, found = read_bytes(path, file)
    return Outcome(None, found) if data is None else decode(data, file)


def fold(text: str) -> str:
    """Make what differs in case, width or spaces alone the same. For comparing only: it is never shown."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
