"""Cleaning of terminal output: text, but no control sequences. This module alone ensures it.

Names of files, titles, keys and lines of templates come from whoever wrote them. `guard` puts a filter in front of standard output and
standard error, so that whatever is printed, by whichever library, goes through it; only what genplan itself paints in colours passes by.
"""

import json
import re
import sys
from io import TextIOWrapper
from typing import TextIO

_TO_TERMINALS = (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0))
"""C0 except tab and line feed, DEL and C1: the start of every terminal control sequence."""
_OF_DIRECTION = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Characters that change the displayed order of text."""
_OF_LINES = (0x2028, 0x2029)
_HARMFUL = (*_TO_TERMINALS, *_OF_DIRECTION, *_OF_LINES)
_HARMLESS = dict.fromkeys(_HARMFUL, "\ufffd")
_ONE_LINE = _HARMLESS | {0x0A: "\ufffd", 0x09: " "}
_IN_JSON = re.compile(f"[{''.join(map(chr, _HARMFUL))}]")


def cleaned(text: str) -> str:
    """Replace every character that controls a terminal or reorders text; line breaks are kept."""
    return text.translate(_HARMLESS)


def one_line(text: str) -> str:
    """Do the same for text that must stay on one line, such as a name."""
    return text.translate(_ONE_LINE)


def json_text(value: object, indent: int = 2) -> str:
    """Write JSON with such characters escaped, so that programs read them and terminals don't."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class _Filter(TextIOWrapper):
    """A stream that cleans what is written to it; `painted` is the underlying stream."""

    def __init__(self, painted: TextIOWrapper) -> None:
        self.painted = painted
        super().__init__(painted.buffer, painted.encoding, painted.errors, line_buffering=painted.line_buffering)

    def write(self, text: str) -> int:
        return super().write(cleaned(text))

    def isatty(self) -> bool:
        """Return whether the underlying stream is a terminal."""
        return self.painted.isatty()

    def close(self) -> None:
        """Leave the underlying stream open, since others may still write to it."""
        self.flush()


def guard() -> None:
    """Clean everything this process prints from now on."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, TextIOWrapper) and not isinstance(stream, _Filter):
            setattr(sys, name, _Filter(stream))


def painted() -> TextIO:
    """Return standard error for coloured text and a progress bar. The caller must clean any text that isn't genplan's own."""
    return sys.stderr.painted if isinstance(sys.stderr, _Filter) else sys.stderr
