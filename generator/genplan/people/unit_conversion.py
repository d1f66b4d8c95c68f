"""Parses numbers with units as written in cells, and converts them exactly to the unit of the plan."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from genplan.diagnostics import Diagnostic, Outcome, diagnose
from genplan.messages import msg, plural
from genplan.people.measures import Measure
from genplan.people.model import Actual, Cell
from genplan.people.wording import quoted, shown
from genplan.plan.rounding import round_to
from genplan.plan.units import ANY, SCORE, SHARE, Unit, parse_unit, ratio
from genplan.source.quantity import EXACT, Quantity, parse_quantity

_WRITTEN = re.compile(r"([+-]?)\s*(¥|RMB|CNY|人民币|人民幣)?\s*([+-]?[0-9][0-9,]*(?:\.[0-9]+)?)\s*(.*)", re.IGNORECASE | re.DOTALL)
_WIDE = {0xFF01 + place: 0x21 + place for place in range(94)} | {0x3000: " ", 0xFFE5: "¥"}
"""Characters of full width; others that look like digits are none: 98¹ is no 981."""
_CURRENCY = Unit(Fraction(1), "元", "¥")
VALUE_PLACES, TEXT_PLACES = 12, 4
"""Decimal places of the value, and of the text, of a number that decimals cannot write (50 分钟 in 小时)."""
LARGEST = 10**15
"""Numbers that are written are shorter."""
_FORMATTED = msg("the unit comes from the cell's number format: choose 常规 (General) and enter the number in the plan's unit")


@dataclass(frozen=True, slots=True)
class Conversion:
    """A number that was not in the plan's unit: what a cell held, times what."""

    cell: Cell
    unit: Unit
    factor: Fraction
    text: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as the plan measures it, and how it was converted, if it was by a unit in its own cell."""

    actual: Actual
    conversion: Conversion | None = None


def read_amount(measure: Measure, cell: Cell, column: Unit | None = None) -> Outcome[Amount | None]:
    """Read a number; `column` is the unit that is stated for it elsewhere: in its header, or in a column 单位.

    Finds GP406 (not a number), GP407 (a percentage and a plain number against each other) and GP462 (a unit that is not the plan's).
    """
    plain = None if column else parse_quantity(cell.text)
    if plain and (measure.percent is not False if plain.percent else not measure.percent):
        return Outcome(Amount(Actual(plain, cell.text, cell.span)), [])
    written = _split(cell)
    if written is None:
        return _no_number(measure, cell)
    number, text, units = written
    if cell.native and text != "%" and (text.startswith("‰") or text[:1].isalpha()):
        return _no_number(measure, cell, _FORMATTED)
    known = [each if isinstance(each, Unit) else _unit(each, measure) for each in units]
    read = [unit for unit in known if unit is not None]
    if len(read) < len(units):
        return _no_number(measure, cell)
    own = _joined(read)
    if own is None or (column and own and not own[0].same(column)):
        message = msg("{value} of `{name}` contains two different units", value=shown(cell), name=measure.name)
        return _wrong("GP462", cell, message, msg("write {amount}", amount=measure.in_words))
    unit = own[0] if own else column
    return _measured(measure, cell, number, unit, inside=bool(own))


def _split(cell: Cell) -> tuple[Quantity, str, list["Unit | str"]] | None:
    plain = cell.text.translate(_WIDE).strip()
    match = _WRITTEN.fullmatch(plain)
    if match is None:
        return None
    sign, currency, digits, rest = match.groups(default="")
    if sign and digits[0] in "+-":
        return None
    number = parse_quantity(sign + digits)
    units: list[Unit | str] = [_CURRENCY] if currency else []
    return None if number is None else (number, rest.strip(), [*units, rest.strip()] if rest.strip() else units)


def _unit(text: str, measure: Measure) -> Unit | None:
    return next((also for also in measure.also if also.text == text), None) or parse_unit(text, measure.unit)


def _joined(units: list[Unit]) -> list[Unit] | None:
    """Make one unit of a currency before a number and the unit behind it: ¥9.8万; None where the two differ."""
    if len(units) < 2:  # noqa: PLR2004 - a sign before and a word behind
        return units
    before, behind = units
    if behind.base == ANY:
        return [Unit(behind.factor, before.base, behind.text)]
    return [behind] if behind.base == before.base else None


def _measured(measure: Measure, cell: Cell, number: Quantity, unit: Unit | None, *, inside: bool) -> Outcome[Amount | None]:
    """Express a number in the plan's unit."""
    if unit is None:
        if measure.percent and number.value:
            return _wrong("GP407", cell, *_no_percentage(measure, cell))
        return Outcome(Amount(Actual(number, cell.text, cell.span)), [])
    if unit in measure.also:
        return Outcome(Amount(Actual(number, _digits(cell), cell.span)), [])
    exact = Fraction(number.value)
    if unit.base == SHARE:
        return _share(measure, cell, exact, unit, inside=inside)
    factor = ratio(unit, measure.unit)
    if factor is None:
        return _wrong("GP462", cell, msg("{value}: {problem}", value=shown(cell), problem=unlike(measure, unit)), unlike_advice(measure))
    return _amount(cell, exact * factor, (unit, factor), inside=inside, percent=False)


def _share(measure: Measure, cell: Cell, exact: Fraction, unit: Unit, *, inside: bool) -> Outcome[Amount | None]:
    """Express a percentage as one, or in the plan's unit where that is %."""
    if measure.percent is not False:
        return _amount(cell, exact * unit.factor, (unit, unit.factor * 100), inside=inside, percent=True)
    own = measure.unit
    factor = ratio(unit, own) if own else None
    if factor is not None:
        return _amount(cell, exact * factor, (unit, factor), inside=inside, percent=False)
    if not exact and not (own and own.base == SCORE):  # 0 % is 0
        return Outcome(Amount(Actual(Quantity(Decimal(0)), cell.text, cell.span)), [])
    return _wrong("GP407", cell, *_a_percentage(measure, cell))


def _amount(cell: Cell, exact: Fraction, by: tuple[Unit, Fraction], *, inside: bool, percent: bool) -> Outcome[Amount | None]:
    unit, factor = by
    if abs(exact) >= LARGEST:
        message = msg("{value} is larger than the largest number allowed", value=shown(cell))
        return _wrong("GP406", cell, message, msg("check the number and its unit"))
    text = _digits(cell) + ("%" if percent else "") if factor == 1 else number_text(exact, percent=percent)
    decimal = _decimal(exact)
    value = decimal if decimal is not None else round_to(exact, VALUE_PLACES)
    actual = Actual(Quantity(value, percent), text, cell.span, None if decimal is not None else exact)
    return Outcome(Amount(actual, Conversion(cell, unit, factor, text) if inside and factor != 1 else None), [])


def _digits(cell: Cell) -> str:
    """Return the number as it was written, without its unit."""
    match = _WRITTEN.fullmatch(cell.text.translate(_WIDE).strip())
    return cell.text if match is None else f"{match[1]}{match[3]}"


def _decimal(exact: Fraction) -> Decimal | None:
    """Return a fraction as a decimal, if that writes it exactly."""
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator)) if rest == 1 else None


def number_text(exact: Fraction, *, percent: bool) -> str:
    """Write a number in digits, all of them where they end, else rounded."""
    shown_as = exact * 100 if percent else exact
    number = _decimal(shown_as)
    text = format(number if number is not None else round_to(shown_as, TEXT_PLACES), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if percent else text


def _wrong(code: str, cell: Cell, message: str, advice: str) -> Outcome[Amount | None]:
    return Outcome(None, [diagnose(code, cell.span, message, help=advice)])


def _no_number(measure: Measure, cell: Cell, advice: str = "") -> Outcome[Amount | None]:
    message = msg("{value} is not a number, which `{name}` requires", value=shown(cell), name=measure.name)
    usual = msg("write {amount}, in digits with a decimal point; leave the cell empty if there is no value", amount=measure.in_words)
    return _wrong("GP406", cell, message, advice or usual)


def _no_percentage(measure: Measure, cell: Cell) -> tuple[str, str]:
    example = "95%" if cell.hidden else f"{_digits(cell)}%"
    advice = msg(
        "write `{example}` if that is meant, or name the column `{name}（%）` if all its numbers are percentages",
        example=example,
        name=measure.name,
    )
    return msg("`{name}` is a percentage, but {value} has no percent sign", name=measure.name, value=shown(cell)), advice


def _a_percentage(measure: Measure, cell: Cell) -> tuple[str, str]:
    message = msg("{value} is a percentage, but `{name}` is measured in plain numbers")
    if measure.unit:
        message = msg("{value} is a percentage, but `{name}` is measured in {unit}").with_values(unit=measure.unit.text)
    advice = msg("write {amount}, or correct the plan", amount=measure.in_words)
    return message.with_values(value=shown(cell), name=measure.name), advice


def unlike(measure: Measure, unit: Unit) -> str:
    """Say that a unit is not one that the plan's can be made of."""
    message = msg("the plan does not state the unit of `{name}`, so {unit} cannot be converted")
    if measure.unit:
        message = msg("`{name}` is measured in {own}, and {unit} cannot be converted to it reliably").with_values(own=measure.unit.text)
    return message.with_values(name=measure.name, unit=quoted(unit.text))


def unlike_advice(measure: Measure) -> str:
    """Describe what to do about it."""
    if measure.unit is None:
        return msg("add `unit:` (单位) to `{name}` in the plan, or write only the number", name=measure.name)
    return msg("write {amount}", amount=measure.in_words)


def conversions(measure: Measure, converted: list[Conversion]) -> Iterator[Diagnostic]:
    """GP461: what was converted, once for each unit that cells name."""
    units = {conversion.unit.text: conversion for conversion in reversed(converted)}
    for text, first in reversed(units.items()):
        read = msg("a number") if first.cell.hidden else first.text
        message = msg(
            "`{name}`: {value} is read as {number} ({factor})",
            name=measure.name,
            value=shown(first.cell),
            number=msg("{number} {unit}", number=read, unit=measure.unit.text) if measure.unit and not measure.percent else read,
            factor=factor_text(first.factor),
        )
        more = sum(conversion.unit.text == text for conversion in converted) - 1
        if more:
            message = plural(
                "{conversion}, and so is {count} more in {unit}",
                "{conversion}, and so are {count} more in {unit}",
                more,
                conversion=message,
                unit=quoted(text),
            )
        advice = msg("to write it without a unit, write {amount}", amount=measure.in_words)
        yield diagnose("GP461", first.cell.span, message, help=advice)


def factor_text(factor: Fraction) -> str:
    """Write what a number is multiplied by."""
    return f"× {factor.numerator:,}" if factor.denominator == 1 else f"÷ {1 / factor}" if factor.numerator == 1 else f"× {factor}"
