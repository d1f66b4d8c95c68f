"""Whether a header is that of ids, whatever the plan."""

from genplan.people.vocabulary import Field, Vocabulary, field_words


def is_id_word(header: str) -> bool:
    """Return whether a header is that of ids, whatever the plan."""
    return bool(_IDS.look_up(header))


def is_like_id_word(header: str) -> bool:
    """Return whether a header resembles that of ids."""
    return _IDS.nearest(header) is not None


_IDS = Vocabulary(field_words([Field.ID]))
