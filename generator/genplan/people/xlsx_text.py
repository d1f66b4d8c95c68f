"""The text of a workbook's cell, as a person would have typed it."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from functools import lru_cache

Value = str | Decimal | bool | datetime | date | time | timedelta
"""What stands in a cell that is not empty."""

_EXCEL = Context(prec=15)
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_WRITTEN = re.compile(r'"([^"]*)"|\[[^\]]*\]|\\(.)|_.|\*.|(;)|([^;])')
"""The parts of a number format: text in quotes, an escaped character, what prints nothing, the end of a section, any other character."""
_PADDED = re.compile(r'((?:"[^"]*"|\\.)*)(0{2,})(?:;.*)?')
"""A format that shows 7 as 0007, perhaps with letters before it: ids look like that and are numbers."""
_LITERAL_SIGNS = re.compile(r'["\\]')
_MAGNITUDE = re.compile(r"[%％‰万亿千百萬億]\w*")
"""Units that make another number of the one before them, as a format may print them."""


def cell_text(value: Value, number_format: str) -> str:
    """Write a value as text: numbers in plain decimals as Excel shows them, percentages with their sign, dates as ISO 8601."""
    if isinstance(value, str):
        # Excel stores a carriage return in this escape; openpyxl leaves it as it is.
        return value.replace("_x000D_", "\r").replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        padded = _PADDED.fullmatch(number_format)
        if padded and value == value.to_integral_value() >= 0:
            return _LITERAL_SIGNS.sub("", padded[1]) + _plain(value.to_integral_value()).zfill(len(padded[2]))
        percent = _is_percent(number_format)
        return _number_text(value, percent=percent) + ("" if percent else _magnitude(number_format))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number_text(value: Decimal, *, percent: bool) -> str:
    """Excel computes with 15 digits; a binary number's further ones (0.30000000000000004) are not the user's."""
    number = value if value == value.to_integral_value() else _EXCEL.plus(value)
    return f"{_plain(number.scaleb(2))}%" if percent else _plain(number)


def _plain(number: Decimal) -> str:
    """Write without exponent and without zeros behind the point."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=256)
def _is_percent(number_format: str) -> bool:
    """Return whether the format of positive numbers scales by a hundred; a quoted or escaped % does not."""
    return "%" in _LITERAL.sub("", number_format).split(";")[0]


@lru_cache(maxsize=256)
def _magnitude(number_format: str) -> str:
    """Return the unit that the number format appends, if it changes the number's meaning: a cell that shows 3% or 3万 means that."""
    shown = ""
    for match in _WRITTEN.finditer(number_format):
        quoted, escaped, end, other = match.groups(default="")
        if end:
            break
        shown += quoted + escaped + other
    unit = _MAGNITUDE.search(shown)
    return unit[0].replace("％", "%") if unit else ""
