"""What reaches a terminal: text, and nothing that tells the terminal what to do. This is the one place that sees to it.

Names of files, titles, keys and lines of templates come from whoever wrote them. `guard` puts a filter in front of standard output and
standard error, so that whatever is printed, by whichever library, goes through it; only what genplan itself paints in colours passes by.
"""

import json
import re
import sys
from io import TextIOWrapper
from typing import TextIO

_TO_TERMINALS = (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0))
"""C0 but for tab and line feed, DEL and C1: the beginnings of every command that terminals know."""
_OF_DIRECTION = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Characters that show text in another order than it has."""
_OF_LINES = (0x2028, 0x2029)
_HARMFUL = (*_TO_TERMINALS, *_OF_DIRECTION, *_OF_LINES)
_HARMLESS = dict.fromkeys(_HARMFUL, "\ufffd")
_ONE_LINE = _HARMLESS | {0x0A: "\ufffd", 0x09: " "}
_IN_JSON = re.compile(f"[{''.join(map(chr, _HARMFUL))}]")


def cleaned(text: str) -> str:
    """Put a replacement character for every character that commands a terminal or reorders text; lines stay lines."""
    return text.translate(_HARMLESS)


def one_line(text: str) -> str:
    """Do the same of what has to stay on one line, such as a name."""
    return text.translate(_ONE_LINE)


def json_text(value: object, indent: int = 2) -> str:
    """Write JSON in which such characters are escaped, so that programs read what there is, and terminals nothing."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class _Filter(TextIOWrapper):
    """A stream that cleans what is written to it; `painted` is the one behind it."""

    def __init__(self, painted: TextIOWrapper) -> None:
        self.painted = painted
        super().__init__(painted.buffer, painted.encoding, painted.errors, line_buffering=painted.line_buffering)

    def write(self, text: str) -> int:
        return super().write(cleaned(text))

    def isatty(self) -> bool:
        """Tell whether a terminal is behind it."""
        return self.painted.isatty()

    def close(self) -> None:
        """Leave the stream behind it open: others may still write to that."""
        self.flush()


def guard() -> None:
    """Clean all that this process prints from here on."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, TextIOWrapper) and not isinstance(stream, _Filter):
            setattr(sys, name, _Filter(stream))


def painted() -> TextIO:
    """Give standard error for text with colours and for a progress bar. Whoever writes there has cleaned what is not genplan's own."""
    return sys.stderr.painted if isinstance(sys.stderr, _Filter) else sys.stderr
