"""Compares two sets of scorecards, such as before and after a calibration."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from genplan.scoring.change import PointChange
from genplan.scoring.composition import Stage
from genplan.scoring.line import ZERO
from genplan.scoring.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class ChangeCause(PointChange):
    """An indicator, item, veto or bound that makes another part of the total in the two sets."""

    key: str


@dataclass(frozen=True, slots=True)
class Change:
    """One person's result in both sets; None where a set does not have the person. `causes` stand from the greatest change down."""

    before: Scorecard | None
    after: Scorecard | None
    causes: tuple[ChangeCause, ...]

    @property
    def card(self) -> Scorecard:
        """The later of the two."""
        card = self.after or self.before
        assert card is not None  # one of the two sets has the person
        return card

    @property
    def difference(self) -> Decimal | None:
        """What the total gained; None where one of the two is missing."""
        return self.after.final_total - self.before.final_total if self.before and self.after else None

    @property
    def regraded(self) -> bool:
        """Whether the grade is another one."""
        return _grade(self.before) != _grade(self.after)


def _grade(card: Scorecard | None) -> str | None:
    return card.final_band.grade.name if card and card.final_band else None


def compare(before: Sequence[Scorecard], after: Sequence[Scorecard]) -> tuple[Change, ...]:
    """Pair the scorecards of each person and period: those of `after` in their order, then those that only `before` has."""
    earlier = {(card.person.period.id, card.person.id): card for card in before}
    pairs = [(earlier.pop((card.person.period.id, card.person.id), None), card) for card in after]
    return tuple(Change(old, new, _causes(old, new)) for old, new in [*pairs, *((old, None) for old in earlier.values())])


def _causes(before: Scorecard | None, after: Scorecard | None) -> tuple[ChangeCause, ...]:
    if before is None or after is None:
        return ()
    old, new = _parts(before), _parts(after)
    causes = [
        ChangeCause(old.get(key, ZERO), new.get(key, ZERO), key) for key in {**old, **new} if old.get(key, ZERO) != new.get(key, ZERO)
    ]
    return tuple(sorted(causes, key=lambda cause: (-abs(cause.change), cause.key)))


def _parts(card: Scorecard) -> dict[str, Fraction]:
    """Part a total, before rounding, into what each indicator, item, veto, bound and calibration made of it; they add up to it."""
    parts = {line.weighed.placed.key: line.weighted for line in card.lines}
    total = sum(parts.values(), ZERO)
    for step in card.steps:
        if step.stage in _MOVES and step.result is not None:
            key = step.name or step.stage.value
            parts[key] = parts.get(key, ZERO) + step.result - total
            total = step.result
    if card.final_total != card.total:
        parts[Stage.CALIBRATION.value] = Fraction(card.final_total) - Fraction(card.total)
    return parts


_MOVES = frozenset({Stage.BONUS, Stage.DEDUCTION, Stage.VETO, Stage.BOUNDS})
"""Stages that change a total before it is rounded."""
