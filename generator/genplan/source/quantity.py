"""Numbers as people write them in plans and results: `500`, `1,200`, `92%`, `2个百分点`."""

import re
from dataclasses import dataclass
from decimal import Context, Decimal

from genplan.source.model import decimal

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％－＋", "0123456789.,%-+")
EXACT = Context(prec=200)
"""Holds every number that `decimal` reads, and what a score makes of several; the default of 28 digits would round some, or refuse them."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact number; of one written with a percent sign, or in percentage points, `value` is a hundredth of what was written."""

    value: Decimal
    percent: bool = False
    points: bool = False
    """Whether it is a difference in percentage points, which is no share of anything."""

    @property
    def written(self) -> Decimal:
        """The number that stood before the percent sign or the percentage points, or the number itself."""
        return self.value.scaleb(2, EXACT) if self.percent or self.points else self.value


def parse_quantity(text: str) -> Quantity | None:
    """Read a number, with or without thousands separators or a percent sign; None where the text is something else."""
    plain = text.strip().translate(_FULL_WIDTH)
    percent = plain.endswith("%")
    digits = plain.removesuffix("%").rstrip()
    if not _NUMBER.fullmatch(digits):
        return None
    number = decimal(digits.replace(",", ""))
    if number is None:
        return None
    return Quantity(number.scaleb(-2, EXACT), percent=True) if percent else Quantity(number)


_POINTS = re.compile(r"\s*(?:pp|percentage points?|个百分点|個百分點|百分点|百分點)\s*", re.IGNORECASE)


def parse_difference(text: str) -> Quantity | None:
    """Read a number, a percentage, or a difference in percentage points (`1pp`, `1个百分点`)."""
    unit = next((match for match in _POINTS.finditer(text) if match.end() == len(text)), None)
    if unit is None:
        return parse_quantity(text)
    number = parse_quantity(text[: unit.start()])
    return None if number is None or number.percent else Quantity(number.value.scaleb(-2, EXACT), points=True)
