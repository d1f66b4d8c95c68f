"""Drafts of people: the raw cells that the rows of a table give for each person, before values are parsed."""

from dataclasses import dataclass

from genplan.diagnostics import Span
from genplan.people.model import Cell, Presence, RaterComment
from genplan.people.vocabulary import CALIBRATED, Field, Target
from genplan.plan.periods import Period
from genplan.plan.units import Unit

PERSONAL = (
    Field.NAME,
    Field.DEPARTMENT,
    Field.POSITION,
    Field.GROUP,
    Field.PASSWORD,
    Field.PUBLISHED_TOTAL,
    Field.PUBLISHED_GRADE,
    Field.PUBLISHED_RANK,
    Field.GRADE,
    Field.GRADED_BY,
    Field.GRADE_REASON,
    *CALIBRATED,
)
"""The fields of a person of which each has one text."""


REMARKS = (Field.COMMENT, Field.CONCLUSION, Field.PROBLEMS, Field.SUGGESTIONS, Field.MEASURES, Field.CONFIRMED)
"""The fields of which each row may have a text of its own."""


@dataclass(frozen=True, slots=True)
class Giver:
    """The rater that a row or header names: the place in the plan's list of raters, and the cell that says so.

    `rater` is None for a score that is made of all raters' already.
    """

    rater: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class DraftValue:
    """A cell that holds a value, what it is a value of, and the rater who gave it, if the row names one."""

    target: Target
    cell: Cell
    giver: Giver | None = None
    unit: Unit | None = None
    """The unit that the column or the row states for it."""
    word: str = ""
    """Of a remark on an indicator: what its column calls it."""


@dataclass(slots=True)
class PersonDraft:
    """The raw values of one person, collected from one row or several."""

    id: str
    period: Period
    span: Span
    fields: dict[Field, Cell]
    remarks: dict[Field, list[str]]
    """Texts of fields that every row may fill, in row order."""
    entries: list[DraftValue]
    unusable: set[Target]
    """Targets whose value was given but cannot be used; already reported."""
    presence: Presence | None
    """The days stated by the rows; None for the whole period."""
    comments: list[RaterComment]
    """Comments of raters who are to stay anonymous, in row order."""
    nameless: bool
    """Whether the name is missing and this has not been reported yet."""

    def text(self, name: Field) -> str:
        """Return the text of a field, empty where there is none."""
        return self.fields[name].text if name in self.fields else ""

    def remark(self, name: Field) -> str:
        """Return what the rows say under a field, each text once, a line each."""
        return "\n".join(dict.fromkeys(self.remarks.get(name, ())))
