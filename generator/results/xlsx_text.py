"""The text of a workbook's cell, as a person would have typed it."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from functools import lru_cache

Value = str | Decimal | bool | datetime | date | time | timedelta
"""What stands in a cell that is not empty."""

_EXCEL = Context(prec=15)
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


def cell_text(value: Value, number_format: str) -> str:
    """Write a value as text: numbers in plain decimals as Excel shows them, percentages with their sign, dates as ISO 8601."""
    if isinstance(value, str):
        # Excel stores a carriage return in this escape; openpyxl leaves it as it is.
        return value.replace("_x000D_", "\r").replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return _number_text(value, percent=_is_percent(number_format))
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
    """Tell whether the format of positive numbers scales by a hundred; a quoted or escaped % does not."""
    return "%" in _LITERAL.sub("", number_format).split(";")[0]
