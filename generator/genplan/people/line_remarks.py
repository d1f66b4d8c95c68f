"""Remarks on single indicators: why points were taken, what a figure rests on."""

from genplan.people.header_parts import HeaderParts
from genplan.people.header_remark_words import NOTES
from genplan.people.model import LineRemark
from genplan.people.person_draft import PersonDraft
from genplan.people.vocabulary import ColumnKind, Target
from genplan.source.text import fold

_WORDS = frozenset(map(fold, NOTES))
_REMARKED = (ColumnKind.INDICATOR, ColumnKind.COMPUTED)


def is_remark_word(text: str) -> bool:
    """Return whether a text is a word for remarks: a heading over the names of indicators."""
    return fold(text) in _WORDS


def as_remark(targets: tuple[Target, ...], parts: HeaderParts) -> tuple[tuple[Target, ...], HeaderParts, str]:
    """Read a word for a remark beside the name of an indicator: 质量扣分原因, 质量（依据）. Gives the word, empty where there is none."""
    word = next((remark for remark in parts.remarks if is_remark_word(remark)), "")
    remarked = tuple(Target(ColumnKind.REMARK, target.name) for target in targets if target.kind in _REMARKED)
    if not word or not remarked:
        return targets, parts, ""
    others = tuple(other for other in parts.remarks if other != word)
    return remarked, HeaderParts(parts.name, others, parts.bracketed), word


def line_remarks(draft: PersonDraft) -> dict[str, tuple[LineRemark, ...]]:
    """Give what was remarked on each indicator, by its key, each text of a word and rater once."""
    remarks: dict[str, dict[tuple[str, str, int | None], LineRemark]] = {}
    for entry in draft.entries:
        if entry.target.kind is ColumnKind.REMARK:
            rater = entry.giver.rater if entry.giver else None
            remark = LineRemark(entry.word, entry.cell.text, rater, entry.cell.span)
            remarks.setdefault(entry.target.name, {}).setdefault((remark.word, remark.text, rater), remark)
    return {key: tuple(given.values()) for key, given in remarks.items()}
