"""What people make of a computed result: the final total, grade and coefficient, and on which grounds.

A calibration never replaces what was computed: both are kept, with who changed it and why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from genplan.diagnostics import Diagnostic, Outcome, diagnose
from genplan.messages import listing, msg
from genplan.people.model import Calibration, PersonResult
from genplan.people.wording import quoted
from genplan.plan.grades import PlacedGrade, are_by_rank, are_decided, bands, ranked_grades
from genplan.plan.load import PlanFile
from genplan.scoring.composition import CompositionStep, Grading, Stage, coefficient_of
from genplan.scoring.line import ZERO


@dataclass(frozen=True, slots=True)
class Final:
    """The total, grade and coefficient that count, and the steps from the computed ones to them; no steps where they are the same."""

    total: Decimal
    band: PlacedGrade | None
    coefficient: Fraction | None
    steps: tuple[CompositionStep, ...]


def calibration_of(records: Sequence[PersonResult]) -> Calibration | None:
    """Return the calibration of the records of one person and period."""
    return next((record.calibration for record in records if record.calibration), None)


def calibrated_total(plan: PlanFile, records: Sequence[PersonResult], computed: Decimal) -> Outcome[Decimal]:
    """Return the total that counts. Finds GP451: a calibrated total that the plan's totals cannot be."""
    given = calibration_of(records)
    if given is None or given.total is None:
        return Outcome(computed, [])
    fault = _fault(plan, given.total)
    if fault is None:
        return Outcome(given.total, [])
    wrong, advice = fault
    message = msg("the calibrated total {total} of {records} {wrong}", total=f"{given.total:f}", records=quoted(records[0].id), wrong=wrong)
    return Outcome(computed, [diagnose("GP451", given.span, message, help=advice)])


def _fault(plan: PlanFile, total: Decimal) -> tuple[str, str] | None:
    """Return what is wrong with a calibrated total, and the cure."""
    places, bounds = plan.plan.rounding.places, plan.plan.total
    if total != round(total, places):
        return msg("has more than the {places} decimal places of the plan's totals", places=places), msg(
            "round it, or correct `rounding:` (取整) of the plan"
        )
    if bounds.minimum is not None and total < bounds.minimum:
        return msg("is below the lowest total of the plan, {minimum}", minimum=f"{bounds.minimum:f}"), msg(
            "correct it, or the bounds of the total"
        )
    if bounds.maximum is not None and total > bounds.maximum:
        return msg("is above the highest total of the plan, {maximum}", maximum=f"{bounds.maximum:f}"), msg(
            "correct it, or the bounds of the total"
        )
    graded = bands(plan.plan)
    if graded and not are_by_rank(plan.plan) and not any(band.holds(total) for band in graded):
        ends = msg("from {lower}", lower=f"{graded[-1].lower:f}") + (
            msg(" to {upper}", upper=f"{graded[0].upper:f}") if graded[0].upper is not None else ""
        )
        return msg("is outside all grades of the plan"), msg(
            "write a total that has a grade ({ends}), or widen the lowest or highest grade", ends=ends
        )
    return None


def finalize(
    plan: PlanFile, records: Sequence[PersonResult], computed: tuple[Decimal, Grading], final: tuple[Decimal, Grading]
) -> Outcome[Final | None]:
    """Return what counts for a person; None where a calibration has no grounds.

    `computed` are the total and its grading without calibrations, `final` the total that counts and the grading that follows from it.
    Finds GP450 (a calibration without a reason or a name) and GP452 (a grade that does not fit the calibrated total).
    """
    (before, grading), (total, following) = computed, final
    given = calibration_of(records)
    band, coefficient, graded = following.band, following.coefficient, following.steps
    diagnostics: list[Diagnostic] = []
    if given and given.grade is not None:
        stated = next((each for each in ranked_grades(plan.plan) if each.grade.name == given.grade), None)
        if given.total is not None and band is not None and band.grade.name != given.grade and not are_decided(plan.plan):
            diagnostics.append(_misfit(plan, records[0].id, given, band))
        band = stated
        coefficient, last = coefficient_of(plan.plan, band, sum((record.part for record in records), ZERO))
        graded = tuple(last)
    regraded = _name(band) != _name(grading.band)
    if total == before and not regraded:
        return Outcome(Final(before, grading.band, grading.coefficient, ()), diagnostics)
    if given and (lacking := _lacking(given)):
        return Outcome(None, [*diagnostics, _groundless(records[0].id, given, lacking)])
    reduced = [step for step in graded if step.stage is Stage.COEFFICIENT and regraded]
    return Outcome(Final(total, band, coefficient, (*_steps(given, before, total, band if regraded else None), *reduced)), diagnostics)


def _name(band: PlacedGrade | None) -> str:
    return band.grade.name if band else ""


def _steps(given: Calibration | None, before: Decimal, total: Decimal, band: PlacedGrade | None) -> Iterator[CompositionStep]:
    """Write what a calibration did: to the total, then to the grade, which is None if it stays.

    Nobody is named where the grade follows from the total, or where others' totals changed a grade by rank.
    """
    by, reason = (given.by, given.reason) if given else ("", "")
    if total != before:
        yield CompositionStep(Stage.CALIBRATION, Fraction(total), by, Fraction(total) - Fraction(before), reason=reason)
    if band is not None:
        own = given is not None and given.grade is not None and total == before
        yield CompositionStep(Stage.FINAL_GRADE, name=by if own else "", grade=band.grade.name, reason=reason if own else "")


def _lacking(given: Calibration) -> list[str]:
    return [column for column, text in (("校准人", given.by), ("校准理由", given.reason)) if not text]


def _groundless(person: str, given: Calibration, lacking: Sequence[str]) -> Diagnostic:
    what = (
        msg("the calibrated total {total}", total=f"{given.total:f}")
        if given.total is not None
        else msg("the final grade `{grade}`", grade=given.grade)
    )
    unsaid = " and ".join({"校准人": msg("who decided it"), "校准理由": "why"}[column] for column in lacking)
    message = msg(
        "{what} of {person} differs from the computed result, and nothing says {unsaid}", what=what, person=quoted(person), unsaid=unsaid
    )
    advice = msg("fill in the column{value} {lacking}", value="s" * (len(lacking) > 1), lacking=listing(lacking, " and "))
    return diagnose("GP450", given.span, message, help=advice)


def _misfit(plan: PlanFile, person: str, given: Calibration, band: PlacedGrade) -> Diagnostic:
    rule = "rank" if are_by_rank(plan.plan) else msg("the grades' bounds")
    message = msg(
        "the final grade `{grade}` of {person} is not `{grade_2}`, which the calibrated total gives by {rule}",
        grade=given.grade,
        person=quoted(person),
        grade_2=band.grade.name,
        rule=rule,
    )
    return diagnose("GP452", given.span, message, help=msg("the stated grade counts; correct one of the two if it is a mistake"))
