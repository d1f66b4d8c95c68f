"""Which of the plan's raters a cell names."""

from collections.abc import Iterable, Sequence

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import listing, msg, plural
from genplan.people.model import Cell, Rating
from genplan.people.vocabulary import Vocabulary
from genplan.people.wording import shown
from genplan.plan.model import Plan, RaterInGroup
from genplan.plan.rater_kinds import ANONYMOUS, SINGLE


class Raters:
    """The plan's raters, by their names, and by the words for their kind, which a name goes before."""

    def __init__(self, raters: Sequence[RaterInGroup]) -> None:
        self.raters = raters
        self._names = Vocabulary((rater.name, place) for place, rater in enumerate(raters))
        self._kinds = Vocabulary((word, place) for place, rater in enumerate(raters) for word in (rater.kind.value, *rater.kind.labels))

    def look_up(self, text: str) -> tuple[int, ...]:
        """List the places in the plan of the raters that `text` may name."""
        return self._names.look_up(text) or self._kinds.look_up(text)

    def single(self, place: int) -> bool:
        """Return whether a person has only one such rater."""
        return self.raters[place].kind in SINGLE

    def anonymous(self, place: int) -> bool:
        """Return whether nobody is to know what one such rater gave."""
        return self.raters[place].kind in ANONYMOUS

    def unknown(self, text: str, cells: Sequence[Cell]) -> Diagnostic:
        """GP424: a rater that the plan does not have, or one of several of its kind, in all these cells."""
        places = self.look_up(text)
        near = self._names.nearest(text) or self._kinds.nearest(text)
        options = listing((f"`{rater.name}`" for place, rater in enumerate(self.raters) if not places or place in places), " or ")
        advice = msg("did you mean `{near}`?", near=near) if near and not places else msg("write {options}", options=options)
        message = plural(
            "the plan has no rater {rater}; the scores of the row are ignored",
            "the plan has no rater {rater}; the scores of the {count} rows are ignored",
            len(cells),
        )
        if places:
            message = plural(
                "{rater} matches several raters of the plan; the scores of the row are ignored",
                "{rater} matches several raters of the plan; the scores of the {count} rows are ignored",
                len(cells),
            )
        return diagnose("GP424", cells[0].span, message.with_values(rater=shown(cells[0])), help=advice)


def counting(plan: Plan, ratings: Iterable[Rating]) -> bool:
    """Return whether ratings hold one that counts, and is not for reference only."""
    raters = plan.all_raters
    return any(raters[rating.rater].counted for rating in ratings)


def unnamed(cells: Sequence[Cell]) -> Diagnostic:
    """GP424: scores in rows without a rater, the first of each row."""
    message = plural(
        "the row has a score but no rater; it is ignored", "{count} rows have scores but no rater; the scores are ignored", len(cells)
    )
    return diagnose("GP424", cells[0].span, message, help=msg("name the rater in the column 评分人 (rater)"))
