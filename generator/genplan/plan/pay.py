"""What the parts of pay compute with: the total, the coefficient, the actuals of indicators, and figures that results hold."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from genplan.plan.formula import Formula
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Commission, PayPart
from genplan.source.text import fold
from genplan.source.yaml import Path


class Reserved(StrEnum):
    """A name that stands for something of the result itself."""

    TOTAL = "total"
    COEFFICIENT = "coefficient"


_RESERVED = {
    **dict.fromkeys(("total", "总分", "總分"), Reserved.TOTAL),
    **dict.fromkeys(("coefficient", "绩效系数", "績效係數"), Reserved.COEFFICIENT),
}


def reserved(name: str) -> Reserved | None:
    """Return what of the result a name stands for; None for any other name."""
    return _RESERVED.get(fold(name))


def part_formulas(part: PayPart) -> Iterator[tuple[Path, Formula]]:
    """Return the formulas of a part, each with the keys that lead to it."""
    if part.compute is not None:
        yield ("compute",), part.compute
    if part.commission is not None:
        yield ("commission", "of"), part.commission.of
    if part.pool is not None:
        yield ("pool", "amount"), part.pool.amount
        yield ("pool", "share"), part.pool.share


def pay_names(plan: PlanFile) -> dict[str, str]:
    """Map every folded name that parts compute with to how it is first written."""
    names: dict[str, str] = {}
    for part in plan.plan.pay.parts if plan.plan.pay else ():
        for _, formula in part_formulas(part):
            for name in formula.names:
                names.setdefault(fold(name), name)
    return names


def indicators_named(plan: PlanFile, name: str) -> list[PlacedIndicator]:
    """List the indicators that a name may stand for."""
    return list(plan.indicators_by_name.get(fold(name), ()))


def figures(plan: PlanFile) -> dict[str, str]:
    """Map the folded name of every column that parts compute with to the name it goes by."""
    return {folded: name for folded, name in pay_names(plan).items() if not reserved(name) and not indicators_named(plan, name)}


class Tier(NamedTuple):
    """A tier of a commission with both its bounds; the lower one is included, the upper one excluded and None where it is open."""

    lower: Decimal
    upper: Decimal | None
    rate: Decimal


def tiers(commission: Commission) -> tuple[Tier, ...]:
    """Return the tiers as written, with the bounds that their neighbours imply."""
    written = commission.tiers
    lowers = [
        tier.from_ if tier.from_ is not None else (before.to if before is not None and before.to is not None else Decimal(0))
        for before, tier in pairwise((None, *written))
        if tier is not None
    ]
    uppers = [
        tier.to if tier.to is not None else (after.from_ if after is not None else None)
        for tier, after in pairwise((*written, None))
        if tier is not None
    ]
    return tuple(Tier(lower, upper, tier.rate) for lower, upper, tier in zip(lowers, uppers, written, strict=True))
