"""Bands of numbers that follow one another: tiers, and the rows and columns of a two-way table."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeVar

from genplan.messages import msg
from genplan.methods.checks import shown
from genplan.methods.method import Place
from genplan.methods.parameters import Amount
from genplan.methods.wording import Wording, amount
from genplan.source.model import Choice, Field, Model
from genplan.source.quantity import Quantity


class Inclusive(Choice):
    """Which of its bounds a tier includes."""

    UPPER = "upper", "含上限"
    LOWER = "lower", "含下限"


class Band(Model):
    """A band of numbers. The first has no lower bound, the last no upper bound."""

    from_: Amount | None = Field(None, alias="from")
    """Lower bound; omitted in the lowest tier."""
    to: Amount | None = None
    """Upper bound; omitted in the highest tier."""


B = TypeVar("B", bound=Band)


@dataclass(frozen=True, slots=True)
class BandNames:
    """What bands are called in messages: one of them, and several."""

    one: str
    many: str


TIERS = BandNames(msg("tier"), msg("tiers"))
ROWS = BandNames(msg("row"), msg("rows"))
COLUMNS = BandNames(msg("column"), msg("columns"))


def band_of(number: Fraction, bands: Sequence[Band], inclusive: Inclusive) -> int:
    """Return the index of the band that contains a number: the first whose upper bound it does not exceed."""
    return next(index for index, band in enumerate(bands) if _reaches(band, number, inclusive))


def _reaches(band: Band, number: Fraction, inclusive: Inclusive) -> bool:
    if band.to is None:
        return True
    upper = Fraction(band.to.value)
    return number < upper or (number == upper and inclusive is Inclusive.UPPER)


def band_amounts(key: str, bands: Sequence[Band]) -> Iterator[tuple[Place, Quantity]]:
    """List the bounds of bands that actuals are compared with, below a rule's `key`."""
    for index, band in enumerate(bands):
        for bound_key, bound in (("from", band.from_), ("to", band.to)):
            if bound is not None:
                yield (key, index, bound_key), bound


def prorated_bands(bands: Sequence[B], part_of: Callable[[Quantity], Any]) -> tuple[B, ...]:
    """Return bands for part of the period, given a function that reduces an amount."""
    return tuple(band.model_copy(update={"to": band.to and part_of(band.to)}) for band in bands)


def band_faults(bands: Sequence[Band], called: BandNames) -> list[tuple[int, str, str, str]]:
    """Return the faulty bands and keys, what is wrong, and how to fix it."""
    faults = list(_faults(bands, called))
    if faults and not any(_faults(bands[::-1], called)):
        return [
            (
                0,
                "from",
                msg("the {bands} are listed from the highest down", bands=called.many),
                msg("reverse their order, lowest actuals first"),
            )
        ]
    return faults


def _faults(bands: Sequence[Band], called: BandNames) -> Iterator[tuple[int, str, str, str]]:
    first, last = bands[0], bands[-1]
    meet = msg("start each {band} where the previous one ends", band=called.one)
    if first.from_ is not None:
        yield (
            0,
            "from",
            msg("actuals below {start} get no points", start=shown(first.from_)),
            msg("leave out `from` in the first (lowest) {band}", band=called.one),
        )
    for index, (low, high) in enumerate(pairwise(bands), 1):
        end, start = low.to, high.from_ if high.from_ is not None else low.to
        key = "from" if high.from_ is not None else "to"
        if end is None:
            yield index - 1, "from", msg("only the last (highest) {band} may leave out `to`", band=called.one), meet
        elif start is not None and start.value > end.value:
            yield index, key, msg("actuals from {end} to {start} get no points", end=shown(end), start=shown(start)), meet
        elif start is not None and start.value < end.value:
            yield (
                index,
                key,
                msg("actuals from {start} to {end} fall into two {bands}", start=shown(start), end=shown(end), bands=called.many),
                meet,
            )
        elif high.to is not None and high.to.value <= end.value:
            fault = msg("the {band} ends at {end}, not above its start {start}", band=called.one, end=shown(high.to), start=shown(end))
            yield index, "to", fault, msg("put the {bands} in order, lowest first", bands=called.many)
    if last.to is not None:
        yield (
            len(bands) - 1,
            "to",
            msg("actuals above {end} get no points", end=shown(last.to)),
            msg("leave out `to` in the last (highest) {band}", band=called.one),
        )


def band_bounds(bands: Sequence[Band], wording: Wording) -> list[dict[str, str | None]]:
    """Return both bounds of each band in words: a band's start may be omitted, and is then the previous band's end."""
    ends = [band.to for band in bands]
    starts = [band.from_ or end for band, end in zip(bands, [None, *ends], strict=False)]
    written = [[amount(bound, wording) if bound else None for bound in bounds] for bounds in (starts, ends)]
    return [{"from": start, "to": end} for start, end in zip(*written, strict=True)]


def position(bounds: Mapping[str, object]) -> str:
    """Say which bounds a band has, as labels are named: below the one, above the other, or between both; `all` without any."""
    if bounds["from"] is None and bounds["to"] is None:
        return "all"
    return "below" if bounds["from"] is None else "above" if bounds["to"] is None else "between"
