"""Places in a text. Inside this package columns count characters from 0; editors count in the units of an encoding."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

UTF_8, UTF_16, UTF_32 = "utf-8", "utf-16", "utf-32"
"""The encodings that the protocol knows; editors count in UTF-16 unless another was agreed on."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
"""What no text has, and no file's name: NUL, and halves of characters."""
_BASIC = 0xFFFF
"""The last character that is one unit in UTF-16."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place between characters: lines and columns before it."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Place:
    """Some characters of one line, from column `start` up to, but without, column `end`."""

    line: int
    start: int
    end: int

    def holds(self, position: Position) -> bool:
        """Return whether a position is in it, or at its end."""
        return self.line == position.line and self.start <= position.column <= self.end


def lines_of(text: str) -> list[str]:
    """Split a text as editors do; other characters that Python takes for ends of lines are none. What is no text is replaced."""
    return _LINE_END.split(_NO_TEXT.sub("\ufffd", text.removeprefix("\ufeff")))


def column_of(line: str, units: int, encoding: str) -> int:
    """Return the column of a place `units` into a line; a place behind its end is its end, one inside a character is before that."""
    if encoding == UTF_32:
        return max(0, min(units, len(line)))
    for column, character in enumerate(line):
        units -= _units(character, encoding)
        if units < 0:
            return column
    return len(line)


def units_of(line: str, column: int, encoding: str) -> int:
    """Return how many units are before a column; a column behind the end of the line is its end."""
    before = line[:column]
    return len(before) if encoding == UTF_32 else sum(_units(character, encoding) for character in before)


def in_units(place: Place, line: str, encoding: str) -> Place:
    """Return a place of a line as editors count."""
    return Place(place.line, units_of(line, place.start, encoding), units_of(line, place.end, encoding))


def _units(character: str, encoding: str) -> int:
    if encoding == UTF_8:
        return len(character.encode("utf-8", "surrogatepass"))
    return 2 if ord(character) > _BASIC else 1


def line_at(lines: Sequence[str], number: int) -> str:
    """Return a line by its number from 0; empty if there is none."""
    return lines[number] if 0 <= number < len(lines) else ""
