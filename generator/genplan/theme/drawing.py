"""What templates draw charts with: directions for a radar and lines of text that fit, since SVG breaks none by itself.

Charts are pictures of numbers that stand beside them in words: coordinates are binary floats, rounded to two places in the templates, and
nothing is computed from them again.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from math import cos, pi, sin
from unicodedata import east_asian_width

from jinja2.exceptions import SecurityError

_MOST_DIRECTIONS = 360
_PLACES = 4
_WIDE, _CAPITAL, _NARROW = 1.0, 0.68, 0.56
"""Widths of characters in ems: Han and full-width ones, Latin capitals, other Latin letters and digits."""
_ELLIPSIS = "…"
_TENTHS = 10
_NOT_FIRST = "，。、；：！？）》」』”’%)]},.;:!?"
"""Characters that no line starts with."""
_NOT_LAST = "（《「『“‘([{"


def unit_vectors(count: int) -> list[tuple[Decimal, Decimal]]:
    """List so many directions around a circle, clockwise from the top, as (x, y) of length 1 with y downwards."""
    if not 0 <= count <= _MOST_DIRECTIONS:
        raise SecurityError(f"`unit_vectors` of more than {_MOST_DIRECTIONS}")
    return list(_unit_vectors(count))


@lru_cache(maxsize=32)
def _unit_vectors(count: int) -> tuple[tuple[Decimal, Decimal], ...]:
    turns = [2 * pi * at / count for at in range(count)]
    return tuple((_rounded(sin(turn)), _rounded(-cos(turn))) for turn in turns)


def ends(
    rays: Sequence[tuple[Decimal, Decimal]], x: float, y: float, lengths: Sequence[float], part: float = 1
) -> list[tuple[float, float]]:
    """List where lines end that start at (x, y) and go in some directions, each a part of its length far; rounded to two places."""
    return [
        (round(x + float(across) * length * part, 2), round(y + float(down) * length * part, 2))
        for (across, down), length in zip(rays, lengths, strict=True)
    ]


def _rounded(number: float) -> Decimal:
    return Decimal(f"{number + 0.0:.{_PLACES}f}")


def text_width(text: str) -> float:
    """Estimate the width of a text in ems, rather too wide than too narrow."""
    return sum(_WIDE if east_asian_width(c) in "WFA" else _CAPITAL if c.isupper() else _NARROW for c in text)


def wrapped(text: str, width: float, lines: int = 2) -> list[str]:
    """Break a text into at most so many lines of a width in ems; what does not fit ends in an ellipsis.

    Latin words stay whole where they fit a line, and no line starts with a closing mark.
    """
    text = " ".join(text.split())
    found = _broken(text, width, lines)
    if len(found) > 1 and not found[-1].endswith(_ELLIPSIS):
        # Lines of about one length look better than a full one and a single character.
        narrower = (width * part / _TENTHS for part in range(1, _TENTHS))
        found = next((even for less in narrower if "".join(even := _broken(text, less, len(found))) == "".join(found)), found)
    return found


def _broken(text: str, width: float, lines: int) -> list[str]:
    found: list[str] = []
    rest = text
    while rest and len(found) < lines:
        taken = _fitting(rest, width)
        if len(found) == lines - 1 and taken < len(rest):
            return [*found, _cut(rest, width)]
        found.append(rest[:taken].rstrip())
        rest = rest[taken:].lstrip()
    return found


def _fitting(text: str, width: float) -> int:
    """Count the characters of the next line, at least one."""
    used, end = 0.0, 0
    for character in text:
        used += text_width(character)
        if used > width and end:
            break
        end += 1
    if end == len(text):
        return end
    back = end
    while back > 1 and not _may_break(text, back):
        back -= 1
    return back if back > 1 or _may_break(text, 1) else end


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return before.isspace() or after.isspace() or not (_is_latin(before) and _is_latin(after))


def _is_latin(character: str) -> bool:
    return east_asian_width(character) not in "WF"


def _cut(text: str, width: float) -> str:
    kept = text
    while kept and text_width(kept) + _WIDE > width:
        kept = kept[:-1]
    return kept.rstrip() + _ELLIPSIS
