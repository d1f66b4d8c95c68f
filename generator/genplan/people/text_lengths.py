"""How long the texts about a person may be: a name of ten thousand letters would cost the team its summary."""

from collections.abc import Iterable, Mapping

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import msg
from genplan.people.model import Cell
from genplan.people.person_draft import PERSONAL, REMARKS
from genplan.people.vocabulary import Field
from genplan.source.model import LONGEST_NAME

LONGEST_ID, LONGEST_REMARK = 100, 5_000
"""Characters. What has no space in it takes long to lay out: a remark of 5,000 Latin letters some five seconds in a cell of the summary."""
_LONGEST: Mapping[Field, int] = {
    Field.ID: LONGEST_ID,
    **dict.fromkeys((field for field in PERSONAL if field is not Field.PASSWORD), LONGEST_NAME),
    Field.GRADE_REASON: LONGEST_REMARK,
    Field.CALIBRATION_REASON: LONGEST_REMARK,
    Field.LINE_REMARK: LONGEST_REMARK,
    **dict.fromkeys(REMARKS, LONGEST_REMARK),
}


def too_long(cells: Iterable[tuple[Field, Cell]]) -> list[Diagnostic]:
    """Find texts of a row that are longer than any that is meant: GP650."""
    return [
        diagnose(
            "GP650",
            cell.span,
            msg(
                "the text has {characters} characters, more than the {most} allowed in this column; the row is ignored",
                characters=f"{len(cell.text):,}",
                most=f"{_LONGEST[field]:,}",
            ),
            help=msg("shorten it, or look for a missing quote or separator before or after it"),
        )
        for field, cell in cells
        if len(cell.text) > _LONGEST.get(field, len(cell.text))
    ]
