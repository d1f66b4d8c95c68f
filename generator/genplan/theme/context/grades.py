"""Grades, for templates."""

from genplan.plan.grades import bands, ranked_grades
from genplan.plan.model import Plan
from genplan.theme.locale import plain_number

_MANY = 5
"""From so many grades on, the last but one is a warning whatever it pays."""


def grades_context(plan: Plan) -> list[dict[str, object]]:
    """Return the grades with their bounds as text, None where the plan states none. `top` is the share of the best that a grade is for."""
    tones, by_index = grade_tones(plan), {band.index: band for band in bands(plan)}
    return [
        {
            "name": grade.name,
            "tone": tones.get(grade.name, ""),
            "from": plain_number(grade.from_) if grade.from_ is not None else None,
            "top": grade.top,
            "to": plain_number(band.upper) if (band := by_index.get(at)) and band.upper is not None else None,
            "highest": bool(band and band.highest),
            "coefficient": f"{grade.coefficient:f}" if grade.coefficient is not None else None,
            "then": grade.then,
            "when": grade.when,
        }
        for at, grade in enumerate(plan.grades)
    ]


def grade_tones(plan: Plan) -> dict[str, str]:
    """Give each grade's tone, which documents tint it with, by its name.

    The best is `good`, the worst `bad`, and others that reduce pay are `caution`; of five grades or more, the last but one as well. All
    others are neutral and left out, like a single grade, and grades without a rank.
    """
    placed = sorted(ranked_grades(plan), key=lambda grade: grade.place)
    if len(placed) < 2:  # noqa: PLR2004 - the best and the worst
        return {}
    tones = {each.grade.name: "caution" for each in placed if each.grade.coefficient is not None and each.grade.coefficient < 1}
    if len(placed) >= _MANY:
        tones[placed[-2].grade.name] = "caution"
    return {**tones, placed[0].grade.name: "good", placed[-1].grade.name: "bad"}
