"""From the weighted sum to the coefficient, step by step, in the order that is agreed for all plans.

weighted sum → bonus and deduction items → veto → bounds of the total → rounding → grade → grade ceiling → coefficient

What people make of the result afterwards, by a calibration, is in `scoring/calibration.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from genplan.people.model import PersonResult
from genplan.plan.condition import Condition
from genplan.plan.grades import PlacedGrade, are_decided, bands, ranked_grades
from genplan.plan.level_rules import are_by_level, holds, read_rule
from genplan.plan.load import PlanFile
from genplan.plan.model import Item, Plan, Proration, Veto, VetoEffect
from genplan.plan.rounding import round_to
from genplan.scoring.conditions import Facts, Ground, Verdict
from genplan.scoring.line import ZERO, clamp
from genplan.scoring.standing import Standing, is_reached
from genplan.source.quantity import Quantity


class Stage(StrEnum):
    """A step of the calculation."""

    SUM = "sum"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    VETO = "veto"
    BOUNDS = "bounds"
    ROUNDING = "rounding"
    GRADE = "grade"
    CEILING = "ceiling"
    COEFFICIENT = "coefficient"
    CALIBRATION = "calibration"
    FINAL_GRADE = "final_grade"


@dataclass(frozen=True, slots=True)
class CompositionStep:
    """What a stage did.

    `name` is the item or veto it was about, or who decided the grade or the calibration; `number` is what that entered, and `result` or
    `grade` came of it. `capped` means that a bound decided; `reason` is why people did it. A veto or a ceiling that a `condition` decided
    has the `grounds` of that.
    """

    stage: Stage
    result: Fraction | None = None
    name: str = ""
    number: Fraction | None = None
    grade: str = ""
    capped: bool = False
    reason: str = ""
    condition: Condition | None = None
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Composition:
    """A total before and after rounding, and every step that led to it."""

    exact: Fraction
    total: Decimal
    steps: tuple[CompositionStep, ...]


@dataclass(frozen=True, slots=True)
class Grading:
    """The grade of a total with its coefficient, and the steps that led to them.

    `band` has bounds where the plan's grades have any; it is None where the plan has no grades, or none that holds the total, or where
    people decide grades and none was decided.
    """

    band: PlacedGrade | None
    coefficient: Fraction | None
    steps: tuple[CompositionStep, ...]


def compose(plan: PlanFile, facts: Facts, records: Sequence[PersonResult]) -> Composition:
    """Carry the weighted sum through all stages to the rounded total."""
    model = plan.plan
    total = sum((line.weighted for line in facts.lines), ZERO)
    steps = [CompositionStep(Stage.SUM, total)]
    items = [(item, Stage.BONUS, 1) for item in model.bonuses] + [(item, Stage.DEDUCTION, -1) for item in model.deductions]
    for item, stage, sign in items:
        points, capped = _points(item, records)
        if points:
            total += sign * points
            steps.append(CompositionStep(stage, total, item.name, sign * points, capped=capped))
    for veto in model.vetoes:
        verdict = _occurred(veto, facts, records)
        if verdict.holds:
            total = _apply_veto(veto, total)
            steps.append(CompositionStep(Stage.VETO, total, veto.name, condition=veto.when, grounds=verdict.grounds))
    bounded = clamp(total, model.total)
    if bounded != total:
        steps.append(CompositionStep(Stage.BOUNDS, bounded, capped=True))
    rounded = round_to(bounded, model.rounding.places, model.rounding.mode)
    steps.append(CompositionStep(Stage.ROUNDING, Fraction(rounded)))
    return Composition(bounded, rounded, tuple(steps))


def grade_total(plan: PlanFile, total: Decimal, facts: Facts, records: Sequence[PersonResult], standing: Standing | None = None) -> Grading:
    """Grade a rounded total, or take the decided grade where the plan's have no bounds; `standing` is for grades by rank."""
    band, graded = _grade(plan, total, facts, records, standing)
    coefficient, last = coefficient_of(plan.plan, band, sum((record.part for record in records), ZERO))
    return Grading(band, coefficient, (*graded, *last))


def _points(item: Item, records: Sequence[PersonResult]) -> tuple[Fraction, bool]:
    """Return an item's points over all records, at most its cap, and whether the cap decided."""
    entered = [record.items[item.name].value for record in records if item.name in record.items]
    points = sum((Fraction(count.value) for count in entered if isinstance(count, Quantity)), ZERO) * Fraction(item.points)
    cap = points if item.cap is None else Fraction(item.cap)
    return min(points, cap), points > cap


def _occurred(veto: Veto, facts: Facts, records: Sequence[PersonResult]) -> Verdict:
    """Tell whether a veto applies: by its condition, or because results say so."""
    return facts.verdict(veto.when) if veto.when is not None else Verdict(any(veto.name in record.vetoes for record in records))


def _apply_veto(veto: Veto, total: Fraction) -> Fraction:
    if veto.effect is VetoEffect.ZERO or veto.cap is None:
        return ZERO
    return min(total, Fraction(veto.cap))


def _grade(
    plan: PlanFile, total: Decimal, facts: Facts, records: Sequence[PersonResult], standing: Standing | None
) -> tuple[PlacedGrade | None, list[CompositionStep]]:
    """Grade a rounded total, or take the decided grade where the plan's have no bounds; then hold it down where a ceiling applies."""
    ranked = ranked_grades(plan.plan)
    decision = next((record.decision for record in records if record.decision), None) if are_decided(plan.plan) else None
    if decision is not None:
        grade: PlacedGrade | None = next((each for each in ranked if each.grade.name == decision.grade), None)
    elif are_by_level(plan.plan):
        grade = _by_level(plan, ranked, records)
    elif standing is not None:
        grade = next((each for each in ranked if is_reached(plan.plan, each.grade, total, standing)), None)
    else:
        grade = next((band for band in bands(plan.plan) if band.holds(total)), None)
    if grade is None:
        return None, []
    steps = [CompositionStep(Stage.GRADE, name=decision.by if decision else "", grade=grade.grade.name, reason=grade.grade.when or "")]
    for ceiling in plan.plan.ceilings:
        best = next((each for each in ranked if each.grade.name == ceiling.grade), None)
        if best is None or best.place <= grade.place:
            continue
        verdict = facts.verdict(ceiling.when, Fraction(total))
        if verdict.holds:
            grade = best
            steps.append(CompositionStep(Stage.CEILING, grade=grade.grade.name, condition=ceiling.when, grounds=verdict.grounds))
    return grade, steps


def _by_level(plan: PlanFile, ranked: Sequence[PlacedGrade], records: Sequence[PersonResult]) -> PlacedGrade:
    """Give the first grade whose rule holds of the levels of all records; the last has no rule."""
    levels: dict[str, list[str]] = {}
    for record in records:
        for key, actual in record.actuals.items():
            if isinstance(actual.value, str):
                levels.setdefault(key, []).append(actual.value)
    return next(each for each in ranked if each.grade.when is None or holds(read_rule(plan, each.grade.when), levels))


def coefficient_of(model: Plan, placed: PlacedGrade | None, present: Fraction) -> tuple[Fraction | None, list[CompositionStep]]:
    """Return the grade's coefficient, reduced to the part of the period the person was there for where the plan says so."""
    if placed is None or placed.grade.coefficient is None:
        return None, []
    coefficient = Fraction(placed.grade.coefficient)
    if model.proration is not Proration.COEFFICIENT or present == 1:
        return coefficient, []
    reduced = coefficient * present
    return reduced, [CompositionStep(Stage.COEFFICIENT, reduced, number=present)]
