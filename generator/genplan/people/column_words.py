"""What messages call the columns that they ask for: the header that names a field best, in the user's script."""

from collections.abc import Mapping

from genplan.messages import Message, msg
from genplan.people.vocabulary import Field

COLUMN_WORDS: Mapping[Field, Message] = {
    Field.ID: msg("工号"),
    Field.NAME: msg("姓名"),
    Field.GROUP: msg("考核组"),
    Field.GRADE: msg("等级"),
    Field.GRADED_BY: msg("评定人"),
    Field.CONFIRMED: msg("数值确认"),
    Field.OWN_TARGET: msg("目标值"),
    Field.OWN_THRESHOLD: msg("底线值"),
    Field.OWN_STRETCH: msg("挑战值"),
    Field.OWN_WEIGHT: msg("权重"),
    Field.OWN_POINTS: msg("分值"),
    Field.OWN_NAME: msg("内容"),
}
"""The first of the words that results use (`WORDS`), of the fields that messages ask for."""
