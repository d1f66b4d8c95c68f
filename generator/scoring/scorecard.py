"""A person's scorecard: every line, the total, the grade and the rank."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from generator.diagnostics import Diagnostic, Outcome, Related, diagnose
from generator.plan.grades import Band, bands
from generator.plan.load import PlanFile
from generator.plan.model import Missing
from generator.results.model import Actual, PersonResult
from generator.scoring.exact import round_to
from generator.scoring.methods import Scored, score
from generator.scoring.weighing import Weighed, weigh


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of a scorecard. `weight` is its share of this person's total, after missing actuals were dealt with.

    `scored` is None where the actual is missing and excluded; the line then weighs nothing.
    """

    weighed: Weighed
    actual: Actual | None
    scored: Scored | None
    weight: Fraction

    @property
    def weighted(self) -> Fraction:
        """What the line adds to the total."""
        return self.scored.score * self.weight if self.scored else Fraction(0)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One person's result in one period.

    `exact` is the total before rounding, `total` after; `rank` counts from 1 among the plan's people in the period, equal totals sharing
    the better rank. `band` is None where the plan has no grades.
    """

    person: PersonResult
    lines: tuple[Line, ...]
    exact: Fraction
    total: Decimal
    band: Band | None
    rank: int
    ranked: int


def score_people(plan: PlanFile, people: Sequence[PersonResult]) -> Outcome[tuple[Scorecard, ...]]:
    """Score everybody who can be scored; the others are missing from the value.

    People whose actuals are unusable or missing against the plan's policy were reported when results were read. Finds GP422 (no grade for
    a total) and GP423 (nobody's actual left to score).
    """
    weighed = weigh(plan)
    if not weighed:
        return Outcome((), [])
    found: list[Diagnostic] = []
    cards = [card for person in people if (card := _score(plan, weighed, person, found)) is not None]
    return Outcome(_ranked(cards), found)


def _score(plan: PlanFile, weighed: Sequence[Weighed], person: PersonResult, found: list[Diagnostic]) -> Scorecard | None:
    missing = [w for w in weighed if w.placed.key not in person.actuals]
    if person.unusable or (missing and plan.plan.missing is Missing.ERROR):
        return None
    if len(missing) == len(weighed):
        advice = "enter an actual, or remove the row"
        found.append(diagnose("GP423", person.span, f"person {person.id} has no actual at all, so there is nothing to score", help=advice))
        return None
    exclude = plan.plan.missing is Missing.EXCLUDE
    counted = sum((w.weight for w in weighed if not (exclude and w in missing)), Fraction(0))
    lines = tuple(_line(w, person.actuals.get(w.placed.key), counted, exclude=exclude) for w in weighed)
    exact = sum((line.weighted for line in lines), Fraction(0))
    rounding = plan.plan.rounding
    total = round_to(exact, rounding.places, rounding.mode)
    band = _band(plan, person, total, found)
    if band is None and plan.plan.grades:
        return None
    return Scorecard(person, lines, exact, total, band, rank=0, ranked=0)


def _line(weighed: Weighed, actual: Actual | None, counted: Fraction, *, exclude: bool) -> Line:
    if actual is None:
        return Line(weighed, None, None if exclude else Scored(Fraction(0)), Fraction(0) if exclude else weighed.weight)
    indicator = weighed.placed.indicator
    scored = score(actual.value, indicator.target, indicator.method)
    return Line(weighed, actual, scored, weighed.weight / counted)


def _band(plan: PlanFile, person: PersonResult, total: Decimal, found: list[Diagnostic]) -> Band | None:
    graded = bands(plan.plan)
    band = next((b for b in graded if b.holds(total)), None)
    if band is None and graded:
        edge = graded[-1] if total < graded[-1].lower else graded[0]
        found.append(
            diagnose(
                "GP422",
                plan.span("grades", edge.index),
                f"the total {total:f} of person {person.id} falls outside all grades",
                help="widen the lowest or the highest grade",
                label=edge.grade.name,
                related=[Related(person.span, "this person")],
            )
        )
    return band


def _ranked(cards: Sequence[Scorecard]) -> tuple[Scorecard, ...]:
    """Give ranks within each period, and keep the order of the people."""
    ranks: dict[int, tuple[int, int]] = {}
    by_period = sorted(cards, key=lambda card: card.person.period.id)
    for _, group in groupby(by_period, key=lambda card: card.person.period.id):
        held = list(group)
        first: dict[Decimal, int] = {}
        for place, total in enumerate(sorted((card.total for card in held), reverse=True), 1):
            first.setdefault(total, place)
        ranks |= {id(card): (first[card.total], len(held)) for card in held}
    return tuple(replace(card, rank=ranks[id(card)][0], ranked=ranks[id(card)][1]) for card in cards)
