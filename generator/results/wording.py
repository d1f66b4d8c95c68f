"""What users wrote, as messages quote it."""

import re

from generator.plan.quantity import parse_quantity
from generator.results.model import Cell
from generator.source.text import is_unprintable

_LONGEST = 40
_NUMBER_FIRST = re.compile(r"[+-]?[\d０-９][\d０-９,，.．]*\s*[%％]?")


def quoted(text: str) -> str:
    """Put text from a file between backticks: on one line, cut short, and without characters that would upset a terminal."""
    line = " ".join("".join("\ufffd" if is_unprintable(c) else c for c in text).split())
    return f"`{line[:_LONGEST]}…`" if len(line) > _LONGEST else f"`{line}`"


NOT_SHOWN = "(not shown: it may be a password)"


def shown(cell: Cell) -> str:
    """Name what stands in a cell, unless it may be a password."""
    return f"a value {NOT_SHOWN}" if cell.hidden else quoted(cell.text)


def cure(cell: Cell) -> str:
    """Say what to write instead of text that is not a number."""
    number = None if cell.hidden else _NUMBER_FIRST.match(cell.text)
    unit = cell.text[number.end() :] if number and cell.native else ""
    if unit.startswith("‰") or unit[:1].isalpha():
        return "the unit comes from the cell's number format: choose 常规 (General), and write the number in the plan's unit"
    if number and not cell.native and parse_quantity(number[0]):
        return f"write `{number[0].strip()}` alone; the unit stands in the plan"
    return "write digits, with a point for decimals; leave the cell empty where there is no value"
