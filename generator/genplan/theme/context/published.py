"""What was published or decided of a person's result, beside what is computed, for templates."""

from decimal import Decimal
from fractions import Fraction

from genplan.plan.grades import are_decided
from genplan.plan.load import PlanFile
from genplan.plan.rounding import round_to
from genplan.scoring.published_results import alternative_totals, published_total, totals_agree
from genplan.scoring.scorecard import Scorecard, grade_name
from genplan.theme.context.equations import exact_number
from genplan.theme.context.history import signed
from genplan.theme.context.plan import Context
from genplan.theme.locale import plain_number


def published_context(plan: PlanFile, card: Scorecard) -> Context | None:
    """Return the published total and grade, and how they stand to the result; None where nothing was published.

    `rounded` is present where the published total is the computed one rounded to fewer places; `readings` are alternative totals of the
    same scores.
    """
    total, grade = published_total(card.person), card.person.published.grade
    if total is None and grade is None:
        return None
    places = plan.plan.rounding.places
    agrees = total is None or totals_agree(plan, total, card.final_total)
    differing = None if agrees else total
    return {
        "total": None if total is None else exact_number(Fraction(total), places),
        "total_agrees": agrees,
        "difference": None if differing is None else signed(differing - card.final_total, places),
        "rounded": None if differing is None else _rounded(plan, card, differing),
        "readings": [] if differing is None else _readings(plan, card, differing),
        "grade": grade.text if grade else None,
        "grade_agrees": grade is None or grade.text == (card.final_band.grade.name if card.final_band else ""),
    }


def _rounded(plan: PlanFile, card: Scorecard, published: Decimal) -> int | None:
    """Return the places to which the computed total was rounded to make the one that was published; fewer than the plan keeps."""
    places = _places(published)
    return places if places < plan.plan.rounding.places and _gives(card.exact, published) else None


def _readings(plan: PlanFile, card: Scorecard, published: Decimal) -> list[Context]:
    places = plan.plan.rounding.places
    return [
        {
            "method": reading.name,
            "total": plain_number(round_to(reading.total, places), places),
            "agrees": _gives(reading.total, published),
        }
        for reading in alternative_totals(card.lines)
    ]


def _gives(exact: Fraction, published: Decimal) -> bool:
    """Return whether a number is the published one, as far as that was written out."""
    return round_to(exact, _places(published)) == published


def _places(number: Decimal) -> int:
    return len(f"{number:f}".partition(".")[2])


def decision_context(plan: PlanFile, card: Scorecard) -> Context | None:
    """Return the grade that people decided; `counts` where it is the grade, because the plan's grades have no bounds."""
    decision = card.person.decision
    if decision is None:
        return None
    return {
        "grade": decision.grade,
        "who": decision.by,
        "reason": decision.reason,
        "counts": are_decided(plan.plan),
        "agrees": card.final_band is not None and card.final_band.grade.name == decision.grade,
    }


def calibration_context(plan: PlanFile, card: Scorecard) -> Context | None:
    """Return what a calibration made of the computed total and grade, who decided it and why; None where both stayed.

    `total` and `grade` are none where they stayed. Nobody is named where others' totals changed a grade by rank.
    """
    if not card.calibrated:
        return None
    places, given = plan.plan.rounding.places, card.person.calibration
    totalled, regraded = card.final_total != card.total, grade_name(card.band) != grade_name(card.final_band)
    return {
        "total": plain_number(card.final_total, places) if totalled else None,
        "total_before": plain_number(card.total, places) if totalled else None,
        "grade": grade_name(card.final_band) if regraded else None,
        "grade_before": grade_name(card.band) if regraded else None,
        "who": given.by if given else "",
        "reason": given.reason if given else "",
    }
