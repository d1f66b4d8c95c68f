"""Reads days as people write them."""

import re
import unicodedata
from datetime import date

_FORMS = (re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})"), re.compile(r"([0-9]{4})(年)([0-9]{1,2})月([0-9]{1,2})[日号號]?"))
"""The year comes first in all of them, so that no day is read as a month."""
PATTERN = r"^\d{4}([/.年])\d{1,2}([/.月])\d{1,2}[日号號]?$"
"""What editors check the forms against that are not ISO 8601."""


def parts_of_day(text: str) -> tuple[int, int, int] | None:
    """Read year, month and day of a text that has the form of a day: 2026-07-15, 2026/7/15, 2026.7.15 or 2026年7月15日."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    match = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
    return (int(match[1]), int(match[3]), int(match[4])) if match else None


def parse_day(text: str) -> date | None:
    """Read a day of the calendar; None if the text is none."""
    parts = parts_of_day(text)
    try:
        return date(*parts) if parts else None
    except ValueError:
        return None
