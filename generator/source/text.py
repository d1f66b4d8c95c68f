"""Reading text files that people wrote."""

import unicodedata
from pathlib import Path

from generator.diagnostics import Diagnostic, Outcome, Span, diagnose

MAX_TEXT_BYTES = 4 * 1024 * 1024
"""A plan is a few dozen kilobytes; anything near this bound is not one."""

_ALLOWED_CONTROLS = frozenset("\n\t")


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
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        return Outcome(
            None,
            [
                diagnose(
                    "GP002",
                    Span(file, line, column),
                    f"byte 0x{data[error.start]:02X} is not UTF-8",
                    help="save the file with the encoding UTF-8",
                )
            ],
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Outcome(text, control_characters(text, file))


def control_characters(text: str, file: str) -> list[Diagnostic]:
    """Find the characters that no document format can hold (GP006)."""
    return [
        diagnose(
            "GP006",
            Span(file, number, column),
            f"control character U+{ord(character):04X}",
            help="delete it; it is invisible in most editors",
        )
        for number, line in enumerate(text.split("\n"), 1)
        for column, character in enumerate(line, 1)
        if is_unprintable(character)
    ]


def is_unprintable(character: str) -> bool:
    """Tell whether a character is a control, a lone surrogate or a noncharacter."""
    if character in _ALLOWED_CONTROLS:
        return False
    return unicodedata.category(character) in {"Cc", "Cs"} or ord(character) & 0xFFFE == 0xFFFE  # noqa: PLR2004


def read_bytes(path: Path, file: str) -> Outcome[bytes | None]:
    """Read a file; GP001 where that cannot be done. `file` is the name to report."""
    try:
        return Outcome(path.read_bytes(), [])
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Outcome(None, [diagnose("GP001", Span(file), f"the file cannot be read: {reason}")])
