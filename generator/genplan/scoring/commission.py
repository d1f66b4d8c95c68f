"""Commissions: which rate of the table counts for how much of what they are paid on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from genplan.plan.model import Commission, CommissionMode
from genplan.plan.pay import Tier, tiers


@dataclass(frozen=True, slots=True)
class Slice:
    """So much of what a commission is paid on, and the rate of it."""

    amount: Fraction
    rate: Fraction


def commission_slices(commission: Commission, amount: Fraction) -> tuple[Slice, ...]:
    """Split what a commission is paid on into what each rate counts for: all of it at one rate, or each tier's own part of it."""
    found = tiers(commission)
    if commission.mode is CommissionMode.WHOLE:
        tier = next(tier for tier in reversed(found) if amount >= Fraction(tier.lower))
        return (Slice(amount, Fraction(tier.rate)),)
    return tuple(_progressive(found, amount)) or (Slice(Fraction(0), Fraction(found[0].rate)),)


def _progressive(found: Sequence[Tier], amount: Fraction) -> Iterator[Slice]:
    for lower, upper, rate in found:
        end = amount if upper is None else min(amount, Fraction(upper))
        if end > lower:
            yield Slice(end - Fraction(lower), Fraction(rate))
