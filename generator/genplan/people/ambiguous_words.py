"""Words of results that may mean several things of a plan."""

from collections.abc import Iterable

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import Message, listing, msg
from genplan.people.model import Cell
from genplan.people.password_detection import quoted_header
from genplan.people.vocabulary import WORDS, ColumnKind, Field, Target
from genplan.source.text import fold

_CALLED: dict[ColumnKind, Message] = {
    ColumnKind.FIELD: msg("the field `{word}`"),
    ColumnKind.INDICATOR: msg("the indicator `{word}`"),
    ColumnKind.COMPUTED: msg("the computed indicator `{word}`"),
    ColumnKind.INPUT: msg("the input of a formula `{word}`"),
    ColumnKind.ITEM: msg("the counted item `{word}`"),
    ColumnKind.VETO: msg("the veto item `{word}`"),
    ColumnKind.OWN_TARGET: msg("the own target `{word}`"),
    ColumnKind.OWN_THRESHOLD: msg("the own threshold `{word}`"),
    ColumnKind.OWN_STRETCH: msg("the own stretch value `{word}`"),
    ColumnKind.OWN_WEIGHT: msg("the own weight `{word}`"),
    ColumnKind.OWN_POINTS: msg("the own points `{word}`"),
    ColumnKind.OWN_NAME: msg("the own indicator `{word}`"),
    ColumnKind.REMARK: msg("the remark `{word}`"),
    ColumnKind.VOTES: msg("the votes for a level `{word}`"),
}
"""How messages call what each kind of column is about."""


def ambiguous(cell: Cell, targets: Iterable[Target]) -> Diagnostic:
    """GP414: a word that may mean several things."""
    message = msg("{word} is ambiguous", word=quoted_header(cell.text))
    meanings = [(_word(target), target.kind) for target in targets]
    if all(fold(word) != fold(cell.text) for word, _ in meanings):
        words = listing((f"`{word}`" for word, _ in meanings), " or ")
        return diagnose("GP414", cell.span, message, help=msg("write {words}", words=words))
    called = listing(_CALLED[kind].with_values(word=word) for word, kind in meanings)
    return diagnose("GP414", cell.span, message, help=msg("rename all but one of these in the plan: {called}", called=called))


def _word(target: Target) -> str:
    """Return the word that names a target best."""
    return WORDS[Field(target.name)][0] if target.kind is ColumnKind.FIELD else target.name
