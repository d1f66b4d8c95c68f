"""People in the making: what the rows of a table say of each, before values are read."""

from dataclasses import dataclass

from genplan.diagnostics import Span
from genplan.people.model import Cell, Presence
from genplan.people.vocabulary import Field, Target
from genplan.plan.periods import Period
from genplan.plan.units import Unit

PERSONAL = (
    Field.NAME,
    Field.DEPARTMENT,
    Field.POSITION,
    Field.PASSWORD,
    Field.PUBLISHED_TOTAL,
    Field.PUBLISHED_GRADE,
    Field.PUBLISHED_RANK,
    Field.GRADE,
    Field.GRADED_BY,
    Field.GRADE_REASON,
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
    """A value in a row: of what, its cell, and who gave it, where the row says so."""

    target: Target
    cell: Cell
    giver: Giver | None = None
    unit: Unit | None = None
    """The unit that the column or the row states for it."""


@dataclass(slots=True)
class PersonDraft:
    """A person in the making, from one row or several."""

    id: str
    period: Period
    span: Span
    fields: dict[Field, Cell]
    remarks: dict[Field, list[str]]
    """What several rows may say, row by row."""
    entries: list[DraftValue]
    unusable: set[Target]
    """What a value was given of that cannot be used; that has been reported."""
    presence: Presence | None
    """The days the rows state; None where they state none."""
    nameless: bool
    """The name is missing, and that has not been reported."""

    def text(self, name: Field) -> str:
        """Give the text of a field, empty where there is none."""
        return self.fields[name].text if name in self.fields else ""

    def remark(self, name: Field) -> str:
        """Give what the rows say under a field, each text once, a line each."""
        return "\n".join(dict.fromkeys(self.remarks.get(name, ())))
