"""Lines of text that fit a drawing, since SVG breaks none by itself."""

from unicodedata import east_asian_width

_WIDE, _CAPITAL, _NARROW = 1.0, 0.68, 0.56
"""Widths of characters in ems: Han and full-width ones, Latin capitals, other Latin letters and digits."""
_ELLIPSIS = "…"
_TENTHS = 10
_NOT_FIRST = "，。、；：！？）》」』”’%)]},.;:!?"
"""Characters that no line starts with."""
_NOT_LAST = "（《「『“‘([{"


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
