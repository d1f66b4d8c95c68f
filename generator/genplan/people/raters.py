"""Which of the plan's raters a cell names."""

from collections.abc import Sequence

from genplan.diagnostics import Diagnostic, diagnose
from genplan.people.model import Cell
from genplan.people.vocabulary import Vocabulary
from genplan.people.wording import shown
from genplan.plan.model import Rater, RaterKind

SINGLE = frozenset({RaterKind.SELF, RaterKind.SUPERVISOR})
"""Raters of whom a person has one; there may be any number of peers, subordinates and customers."""


class Raters:
    """The plan's raters, by their names, and by the words for their kind, which a name goes before."""

    def __init__(self, raters: Sequence[Rater]) -> None:
        self.raters = raters
        self._names = Vocabulary((rater.name, place) for place, rater in enumerate(raters))
        self._kinds = Vocabulary((word, place) for place, rater in enumerate(raters) for word in (rater.rater.value, *rater.rater.labels))

    def look_up(self, text: str) -> tuple[int, ...]:
        """List the places in the plan of the raters that `text` may name."""
        return self._names.look_up(text) or self._kinds.look_up(text)

    def single(self, place: int) -> bool:
        """Return whether a person has only one such rater."""
        return self.raters[place].rater in SINGLE

    def unknown(self, text: str, cells: Sequence[Cell]) -> Diagnostic:
        """GP424: a rater that the plan does not have, or one of several of its kind, in all these cells."""
        places = self.look_up(text)
        near = self._names.nearest(text) or self._kinds.nearest(text)
        options = " or ".join(f"`{rater.name}`" for place, rater in enumerate(self.raters) if not places or place in places)
        name = shown(cells[0])
        what = f"{name} matches several raters of the plan" if places else f"the plan has no rater {name}"
        rows = "row" if len(cells) == 1 else f"{len(cells)} rows"
        advice = f"did you mean `{near}`?" if near and not places else f"write {options}"
        return diagnose("GP424", cells[0].span, f"{what}; the scores of the {rows} are ignored", help=advice)


def unnamed(cells: Sequence[Cell]) -> Diagnostic:
    """GP424: scores in rows without a rater, the first of each row."""
    one = "the row has a score but no rater; it is ignored"
    message = one if len(cells) == 1 else f"{len(cells)} rows have scores but no rater; the scores are ignored"
    return diagnose("GP424", cells[0].span, message, help="name the rater in the column 评分人 (rater)")
