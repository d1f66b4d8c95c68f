"""The values of a workbook's cells, as openpyxl takes them: numbers, dates, truth values, errors and text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel, from_ISO8601

from genplan.people.xlsx_text import Value, cell_text

_NUMBER = re.compile(r"[+-]?[0-9]{1,400}(\.[0-9]{0,400})?([eE][+-]?[0-9]{1,3})?")
"""A number as programs write it: none is larger than 1.8E+308."""
_MIDNIGHT = datetime(2000, 1, 1)  # noqa: DTZ001 - of any day; Excel's times have no zone
_DAY = 24 * 60 * 60 * 1000

NATIVE = frozenset({"n", "b", "d"})
"""Kinds of cells that hold numbers, truth values and dates."""


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """What a spreadsheet shows in the place of a value: `#DIV/0!`."""

    name: str


@dataclass(frozen=True, slots=True)
class _Format:
    """How a number is shown: the code of its format, and whether it is a date or a span of time."""

    code: str
    date: bool
    span: bool


class SheetValues:
    """The values of one sheet of a workbook that openpyxl has opened."""

    def __init__(self, sheet: Any) -> None:  # noqa: ANN401 - openpyxl's read-only worksheet, which its stubs do not describe
        self._sheet = sheet
        self._formats: dict[int, _Format] = {}
        self._texts: dict[tuple[str, int, str], str | ErrorValue] = {}
        """By kind, style and what is stored: cells are much alike, and a large workbook takes 0.85 times the CPU so."""

    @cached_property
    def _strings(self) -> Sequence[str]:
        strings: Sequence[str] = self._sheet._shared_strings  # noqa: SLF001 - openpyxl gives them nowhere else
        return strings

    def text(self, kind: str, style: int, stored: str) -> str | ErrorValue:
        """Give the text of a cell, by the kind and the style of what is stored, as a person would have typed it.

        Raises:
            ValueError, IndexError, OverflowError: the workbook is damaged.
        """
        key = kind, style, stored
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = self._text(kind, style, stored)
        return text

    def _text(self, kind: str, style: int, stored: str) -> str | ErrorValue:
        value = _READERS.get(kind, SheetValues._as_stored)(self, style, stored)
        if isinstance(value, ErrorValue):
            return value
        return cell_text(value, self._format(style).code if isinstance(value, Decimal) else "")

    def _format(self, style: int) -> _Format:
        known = self._formats.get(style)
        if known is None:
            code = str(ReadOnlyCell(self._sheet, 1, 1, None, style_id=style).number_format)
            known = self._formats[style] = _Format(code, is_date_format(code), is_timedelta_format(code))
        return known

    def _number(self, style: int, stored: str) -> Value | ErrorValue:
        if not _NUMBER.fullmatch(stored):
            raise ValueError
        number = Decimal(stored)
        shown = self._format(style)
        if not shown.date:
            return number
        try:
            return self._moment(number, span=shown.span)
        except (OverflowError, ValueError):
            return ErrorValue("#VALUE!")

    def _moment(self, number: Decimal, *, span: bool) -> Value:
        """Make a date of its number of days, to the millisecond."""
        days, rest = divmod(number, 1)
        part = timedelta(milliseconds=int((rest * _DAY).to_integral_value()))
        if span:
            return timedelta(days=int(days)) + part
        if not days:
            return (_MIDNIGHT + part).time()
        moment: datetime = from_excel(int(days), self._sheet.parent.epoch)
        return moment + part

    def _shared(self, _style: int, stored: str) -> Value:
        return self._strings[int(stored)]

    def _truth(self, _style: int, stored: str) -> Value:
        return bool(int(stored))

    def _day(self, _style: int, stored: str) -> Value:
        value: Value = from_ISO8601(stored)  # type: ignore[no-untyped-call]
        return value

    def _error(self, _style: int, stored: str) -> ErrorValue:
        return ErrorValue(stored)

    def _as_stored(self, _style: int, stored: str) -> Value:
        return stored


_READERS: dict[str, Callable[[SheetValues, int, str], Value | ErrorValue]] = {
    "n": SheetValues._number,  # noqa: SLF001 - its own, as are the following
    "s": SheetValues._shared,  # noqa: SLF001
    "b": SheetValues._truth,  # noqa: SLF001
    "d": SheetValues._day,  # noqa: SLF001
    "e": SheetValues._error,  # noqa: SLF001
}
"""How each kind of cell is read; text stands as it is."""
