"""Which characters the fonts can show."""

import shutil
import subprocess
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg

_INVISIBLE = frozenset({"Cc", "Cf"})


@dataclass(frozen=True, slots=True)
class Coverage:
    """Code points a font has, as ranges with both ends included, in order."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __contains__(self, character: str) -> bool:
        at = bisect_right(self.starts, ord(character)) - 1
        return at >= 0 and ord(character) <= self.ends[at]


@cache
def load_coverage(path: Path) -> Coverage:
    """Read a coverage file: a range of hexadecimal code points a line, `4E00-4E07` or `3007`."""
    ranges = [line.partition("-") for line in path.read_text("ascii").split()]
    return Coverage(tuple(int(a, 16) for a, _, _ in ranges), tuple(int(b or a, 16) for a, _, b in ranges))


def coverage_of(points: Iterable[int]) -> Coverage:
    """Return the coverage of a font that has these code points."""
    each = tuple(sorted(points))
    return Coverage(each, each)


def joined(coverages: Iterable[Coverage]) -> Coverage:
    """Return the coverage of several fonts together, the first that has a character drawing it."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(pair for coverage in coverages for pair in zip(coverage.starts, coverage.ends, strict=True)):
        if ends and start <= ends[-1] + 1:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return Coverage(tuple(starts), tuple(ends))


def missing(text: Iterable[str], coverage: Coverage) -> list[str]:
    """List the characters that neither the theme's fonts nor a font of this machine can show, in order, each once."""
    return [character for character in uncovered(text, coverage) if not _system_font_shows(character)]


def uncovered(text: Iterable[str], coverage: Coverage) -> list[str]:
    """List the characters that the theme's fonts cannot show, in order, each once."""
    return [character for character in dict.fromkeys(text) if character not in coverage and not is_invisible(character)]


class Readable:
    """Characters that were found to be shown, so that each is looked up once for all documents."""

    def __init__(self, coverage: Coverage) -> None:
        self._coverage = coverage
        self._known: set[str] = set()

    def lacking(self, text: str) -> list[str]:
        """List the characters of a text that no font can show, in order, each once."""
        new = set(text) - self._known
        if not new:
            return []
        missing_characters = missing(sorted(new, key=text.index), self._coverage)
        self._known |= new - set(missing_characters)
        return missing_characters


def unreadable(character: str, span: Span) -> Diagnostic:
    """GP530: a character that no font can show."""
    message = msg("no font can show `{character}` (U+{code_point})", character=character, code_point=f"{ord(character):04X}")
    return diagnose(
        "GP530",
        span,
        message,
        help=_CURE,
    )


_CURE = msg(
    "add a font that has it to typography.fonts of brand.yml and name it under defaults.genplan.fallback, or install one "
    "(the package fonts-noto-cjk), or check whether the character is right"
)


def is_invisible(character: str) -> bool:
    """Return whether a character draws nothing; a variation selector asks for another shape of the character before it."""
    return unicodedata.category(character) in _INVISIBLE or "\ufe00" <= character <= "\ufe0e" or "\U000e0100" <= character <= "\U000e01ef"


@cache
def _system_font_shows(character: str) -> bool:
    """Ask fontconfig, which the PDF writer draws its fallback fonts from."""
    tool = shutil.which("fc-list")
    if tool is None:
        return False
    asked = subprocess.run([tool, f":charset={ord(character):x}", "family"], capture_output=True, check=False)  # noqa: S603 - fixed program
    return bool(asked.stdout.strip())
