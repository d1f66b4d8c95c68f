"""What documents leave out so that nobody can tell who gave what: raters who are to stay anonymous, where they are fewer than three."""

from collections.abc import Sequence

from genplan.people.model import PersonResult
from genplan.plan.load import PlanFile
from genplan.plan.rater_kinds import ANONYMOUS, FEWEST_ANONYMOUS
from genplan.scoring.line import Line
from genplan.scoring.scorecard import Scorecard


def unshown(plan: PlanFile, line: Line) -> frozenset[int]:
    """List the raters, by their place in the plan, whose mean on a line would tell who gave what."""
    raters = plan.plan.all_raters
    return frozenset(
        given.rater
        for given in line.raters
        if (raters[given.rater].kind in ANONYMOUS or given.votes) and 0 < given.count < FEWEST_ANONYMOUS
    )


def shown_comment(person: PersonResult, lines: Sequence[Line]) -> str:
    """Give the comments on a person, those of too few anonymous raters left out."""
    hidden = _silenced(person, lines)
    comments = [person.comment, *(comment.text for comment in person.comments if comment.rater not in hidden)]
    return "\n".join(dict.fromkeys(filter(None, comments)))


def withheld(plan: PlanFile, card: Scorecard) -> list[str]:
    """Name the raters of whom something is left out."""
    lines = all_lines(card)
    places = {place for line in lines for place in unshown(plan, line)} | _silenced(card.person, lines)
    return [plan.plan.all_raters[place].name for place in sorted(places)]


def all_lines(card: Scorecard) -> list[Line]:
    """List the lines with raters: those of each side of a transfer."""
    return [line for segment in card.segments for line in segment.lines]


def _silenced(person: PersonResult, lines: Sequence[Line]) -> set[int]:
    """List the anonymous raters who commented and are fewer than three, by what they rated and said."""
    commented = [comment.rater for comment in person.comments]
    return {place for place in set(commented) if max(_most(lines, place), commented.count(place)) < FEWEST_ANONYMOUS}


def _most(lines: Sequence[Line], place: int) -> int:
    return max((given.count for line in lines for given in line.raters if given.rater == place), default=0)
