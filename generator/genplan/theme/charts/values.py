"""What charts are given by templates."""

from collections.abc import Mapping, Sequence
from typing import Any

Value = Mapping[str, Any]
"""`name`, `value` (a number) and `text` (the value as it is read)."""
Values = Sequence[Value]


def numbers(values: Values) -> list[float]:
    """List the numbers."""
    return [float(each["value"]) for each in values]
