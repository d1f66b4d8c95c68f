"""What people make of a computed result: the final total, grade and coefficient, and on which grounds.

A calibration never replaces what was computed: both are kept, with who changed it and why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from genplan.diagnostics import Diagnostic, Outcome, diagnose
from genplan.messages import Message, listing, msg, plural
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
    message = wrong.with_values(total=f"{given.total:f}", person=quoted(records[0].id))
    return Outcome(computed, [diagnose("GP451", given.span, message, help=advice)])


def _fault(plan: PlanFile, total: Decimal) -> tuple[Message, str] | None:
    """Return what is wrong with the calibrated total of a person, who is still to be named, and the cure."""
    places, bounds = plan.plan.rounding.places, plan.plan.total
    if total != round(total, places):
        wrong = msg(
            "the calibrated total {total} of {person} has more than the {places} decimal places of the plan's totals", places=places
        )
        return wrong, msg("round it, or correct `rounding:` (取整) of the plan")
    if bounds.minimum is not None and total < bounds.minimum:
        lowest = f"{bounds.minimum:f}"
        wrong = msg("the calibrated total {total} of {person} is below the lowest total of the plan, {lowest}", lowest=lowest)
        return wrong, msg("correct it, or the bounds of the total")
    if bounds.maximum is not None and total > bounds.maximum:
        highest = f"{bounds.maximum:f}"
        wrong = msg("the calibrated total {total} of {person} is above the highest total of the plan, {highest}", highest=highest)
        return wrong, msg("correct it, or the bounds of the total")
    graded = bands(plan.plan)
    if graded and not are_by_rank(plan.plan) and not any(band.holds(total) for band in graded):
        lower, upper = f"{graded[-1].lower:f}", graded[0].upper
        advice = msg("write a total that has a grade (from {lower}), or widen the lowest or highest grade", lower=lower)
        if upper is not None:
            advice = msg(
                "write a total that has a grade (from {lower} to {upper}), or widen the lowest or highest grade",
                lower=lower,
                upper=f"{upper:f}",
            )
        return msg("the calibrated total {total} of {person} is outside all grades of the plan"), advice
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
    unsaid = listing(({"校准人": msg("who decided it"), "校准理由": msg("why")}[column] for column in lacking), " and ")
    message = msg(
        "{calibrated} of {person} differs from the computed result, and nothing says {unsaid}",
        calibrated=what,
        person=quoted(person),
        unsaid=unsaid,
    )
    return diagnose("GP450", given.span, message, help=fill_in_columns(lacking))


def fill_in_columns(columns: Sequence[str]) -> str:
    """Advise to fill in columns of results."""
    return plural("fill in the column {columns}", "fill in the columns {columns}", len(columns), columns=listing(columns, " and "))


def _misfit(plan: PlanFile, person: str, given: Calibration, band: PlacedGrade) -> Diagnostic:
    rule = msg("rank") if are_by_rank(plan.plan) else msg("the grades' bounds")
    message = msg(
        "the final grade `{grade}` of {person} is not `{due}`, which the calibrated total gives by {rule}",
        grade=given.grade,
        person=quoted(person),
        due=band.grade.name,
        rule=rule,
    )
    return diagnose("GP452", given.span, message, help=msg("the stated grade counts; correct one of the two if it is a mistake"))
