"""What remarks beside a header's name say."""

from dataclasses import dataclass

from genplan.plan.units import Unit


@dataclass(frozen=True, slots=True)
class RemarkProblem:
    """What is wrong with a remark, and the cure."""

    code: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What remarks say: nothing that matters, a unit, who rated, or what is wrong.

    `rater` is the place in the plan's list; `combined` means that the score is made of several raters' already. `note` means that the
    column is about the value, and does not hold it.
    """

    unit: Unit | None = None
    rater: int | None = None
    combined: bool = False
    note: bool = False
    problem: RemarkProblem | None = None


NOTHING = Remark()
"""What a remark says that changes nothing."""


def refused(message: str, advice: str) -> Remark:
    """GP460: a remark that cannot be true, or means another column than the actual's."""
    return Remark(problem=RemarkProblem("GP460", message, advice))
