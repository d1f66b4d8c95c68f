"""Text that goes into spreadsheets: kept from being read as a formula, and taken back as it was."""

import re

_STARTS = "=+\\-@\t\r\n＝＋－＠"
"""What makes a formula of a text; Excel takes the full-width ones too, where the system is Chinese or Japanese."""
_LIVE = re.compile(f"'*[{_STARTS}]")
_KEPT = re.compile(f"'+[{_STARTS}]")
_NEGATIVE = re.compile(r"-(0|[1-9][0-9]*)(\.[0-9]+)?%?")


def is_live(text: str) -> bool:
    """Return whether a spreadsheet may make a formula of a text, or take a mark for its own that keeps one from that; numbers are none."""
    return _LIVE.match(text) is not None and _NEGATIVE.fullmatch(text) is None


def inert(text: str) -> str:
    """Put an apostrophe, by which spreadsheets know text, before what may become a formula."""
    return f"'{text}" if is_live(text) else text


def original(text: str) -> str:
    """Take back what `inert` did."""
    return text[1:] if _KEPT.match(text) else text
