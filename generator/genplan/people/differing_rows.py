"""Messages about rows of one person that differ where they must agree: GP421."""

from collections.abc import Mapping

from genplan.messages import Message, msg
from genplan.people.vocabulary import Field
from genplan.people.wording import quoted

CALIBRATION = "calibration"
_DIFFERS: Mapping[str, Message] = {
    Field.NAME: msg("the name of {person} differs from an earlier row"),
    Field.DEPARTMENT: msg("the department of {person} differs from an earlier row"),
    Field.POSITION: msg("the position of {person} differs from an earlier row"),
    Field.GROUP: msg("the group of {person} differs from an earlier row"),
    Field.PASSWORD: msg("the password of {person} differs from an earlier row"),
    Field.PUBLISHED_TOTAL: msg("the published total of {person} differs from an earlier row"),
    Field.PUBLISHED_GRADE: msg("the published grade of {person} differs from an earlier row"),
    Field.PUBLISHED_RANK: msg("the published rank of {person} differs from an earlier row"),
    Field.GRADE: msg("the grade of {person} differs from an earlier row"),
    Field.GRADED_BY: msg("who graded {person} differs from an earlier row"),
    Field.GRADE_REASON: msg("the reason for the grade of {person} differs from an earlier row"),
    Field.CALIBRATED_TOTAL: msg("the calibrated total of {person} differs from an earlier row"),
    Field.FINAL_GRADE: msg("the final grade of {person} differs from an earlier row"),
    Field.CALIBRATION_REASON: msg("the reason for the calibration of {person} differs from an earlier row"),
    Field.CALIBRATED_BY: msg("who calibrated {person} differs from an earlier row"),
    CALIBRATION: msg("the calibration of {person} differs from an earlier row"),
}
"""By the field of a person, or `CALIBRATION` as a whole."""


def differs(name: str, person: str) -> Message:
    """Say that a row of a person, given by id, differs from an earlier one."""
    return _DIFFERS[name].with_values(person=quoted(person))
