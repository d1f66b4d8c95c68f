"""A second implementation of pay, written from docs/hr/pay.md and the plan's keys alone. It shares nothing with `genplan/scoring/pay.py`.

It is slow and plain on purpose: formulas are Python's own arithmetic on fractions, and what is left of a pool is given away unit by unit.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from genplan.plan.model import Commission, Pay, Pool

UNITS = {"元": 1, "万元": 10_000, "%": 1}


@dataclass(frozen=True)
class Earner:
    """Somebody with a total and a coefficient, or without; `columns` are as written, in the units of the plan's inputs."""

    id: str
    department: str
    position: str
    result: tuple[Fraction, Fraction] | None
    columns: Mapping[str, Fraction]


class Unknown(Exception):  # noqa: N818 - a verdict, not a fault
    """There is no pay, and there must not be one."""


def second_pay(pay: Pay, earners: Sequence[Earner]) -> dict[str, list[Fraction]]:
    """Give the parts of everybody whose pay is known, by id."""
    known: dict[str, list[Fraction]] = {}
    for earner in earners:
        with suppress(Unknown, ZeroDivisionError):
            known[earner.id] = [_part(pay, at, earner, earners) for at in range(len(pay.parts))]
    return known


def _part(pay: Pay, at: int, earner: Earner, earners: Sequence[Earner]) -> Fraction:
    part = pay.parts[at]
    if earner.result is None:
        raise Unknown
    if part.pool is not None:
        return _of_pool(pay, part.pool, earner, earners)
    if part.commission is not None:
        return _rounded(_commission(part.commission, _value(pay, part.commission.of.text, earner)), pay)
    return _rounded(_value(pay, part.compute.text, earner), pay)


def _value(pay: Pay, formula: str, earner: Earner) -> Fraction:
    if earner.result is None:
        raise Unknown
    units = {given.name: given.unit for given in pay.inputs}
    names = {"总分": earner.result[0], "total": earner.result[0], "绩效系数": earner.result[1], "coefficient": earner.result[1]}
    for name, number in earner.columns.items():
        names[name] = number * UNITS[units.get(name) or pay.unit] / (UNITS[pay.unit] if units.get(name) != "%" else 1)
    exact = re.sub(r"(?<![\w.])[0-9]+(\.[0-9]+)?", lambda number: f"Fraction('{number[0]}')", formula)
    try:
        return eval(exact, {"__builtins__": {}, "Fraction": Fraction, "min": min, "max": max, "abs": abs}, names)
    except NameError:
        raise Unknown from None


def _commission(commission: Commission, amount: Fraction) -> Fraction:
    if amount < 0:
        raise Unknown
    walls = [Fraction(tier.to) for tier in commission.tiers[:-1]]
    rates = [Fraction(tier.rate) for tier in commission.tiers]
    if commission.mode == "whole":
        return amount * rates[sum(amount >= wall for wall in walls)]
    paid, done = Fraction(0), Fraction(0)
    for wall, rate in zip([*walls, max(amount, *walls, 0)], rates, strict=True):
        paid += max(min(amount, wall) - done, Fraction(0)) * rate
        done = wall
    return paid


def _of_pool(pay: Pay, pool: Pool, earner: Earner, earners: Sequence[Earner]) -> Fraction:
    together = [other for other in earners if pool.by is None or getattr(other, pool.by.value) == getattr(earner, pool.by.value)]
    shares = {other.id: _value(pay, pool.share.text, other) for other in together}
    amounts = {_value(pay, pool.amount.text, other) for other in together}
    if len(amounts) > 1 or min(shares.values()) < 0 or min(amounts) < 0:
        raise Unknown
    whole = sum(shares.values())
    held = _rounded(amounts.pop(), pay)
    if not whole:
        if held:
            raise Unknown
        return Fraction(0)
    unit = Fraction(1, 10**pay.rounding.places)
    given = {id_: floor(held * share / whole / unit) * unit for id_, share in shares.items()}
    while sum(given.values()) < held:
        most = max(held * share / whole - given[id_] for id_, share in shares.items())
        given[min(id_ for id_, share in shares.items() if held * share / whole - given[id_] == most)] += unit
    return given[earner.id]


def _rounded(number: Fraction, pay: Pay) -> Fraction:
    units = abs(number) * 10**pay.rounding.places
    below, rest = floor(units), units - floor(units)
    if pay.rounding.mode == "half-up":
        below += rest >= Fraction(1, 2)
    elif pay.rounding.mode == "half-even":
        below += rest > Fraction(1, 2) or (rest == Fraction(1, 2) and below % 2 == 1)
    return Fraction(below, 10**pay.rounding.places) * (-1 if number < 0 else 1)
