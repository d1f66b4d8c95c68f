"""The words for what a person has of their own, beside the name of an indicator: 营收目标值, 营收（权重）."""

from genplan.people.header_parts import HeaderParts
from genplan.people.vocabulary import OWN, WORDS, ColumnKind, Field, Target
from genplan.source.text import fold
from genplan.source.traditional import in_both_scripts

OWN_KINDS: dict[ColumnKind, Field] = dict(
    zip(
        (
            *(ColumnKind.OWN_TARGET, ColumnKind.OWN_THRESHOLD, ColumnKind.OWN_STRETCH),
            *(ColumnKind.OWN_WEIGHT, ColumnKind.OWN_POINTS, ColumnKind.OWN_NAME),
        ),
        OWN,
        strict=True,
    )
)
"""The kinds of what a person has of their own of an indicator, by whose key they go, each with its field."""
_OF_INDICATORS = (ColumnKind.INDICATOR, ColumnKind.COMPUTED)


def as_own(targets: tuple[Target, ...], parts: HeaderParts) -> tuple[tuple[Target, ...], HeaderParts]:
    """Read a word for a person's own value beside the name of an indicator: 营收目标值, 营收（权重）. What is left are other remarks."""
    if not targets or any(target.kind not in (*_OF_INDICATORS, ColumnKind.INPUT) for target in targets):
        return targets, parts
    named = next(((remark, kind) for remark in parts.remarks for kind in _OWN_WORDS.get(fold(remark), ())), None)
    of_indicators = tuple(target for target in targets if target.kind in _OF_INDICATORS)
    if named is None or not of_indicators:
        return targets, parts
    remark, kind = named
    others = tuple(other for other in parts.remarks if other != remark)
    return tuple(Target(kind, target.name) for target in of_indicators), HeaderParts(parts.name, others, parts.bracketed)


_OWN_WORDS: dict[str, tuple[ColumnKind, ...]] = {
    fold(word): (kind,) for kind, field in OWN_KINDS.items() for word in in_both_scripts(WORDS[field])
}


def is_own_word(text: str) -> bool:
    """Return whether a text says that something is a person's own: a heading over the names of indicators.

    Words for own indicators (内容, 关键结果) are none: as headings they may mean anything.
    """
    return any(kind is not ColumnKind.OWN_NAME for kind in _OWN_WORDS.get(fold(text), ()))
