"""Whatever a plan may write in Simplified characters, it may write in Traditional ones."""

from collections.abc import Iterator

import pytest

from genplan.methods import METHODS
from genplan.people.roster import COLUMNS
from genplan.plan.keys import ALIASES
from genplan.plan.model import Plan
from genplan.source.model import Choice
from genplan.source.traditional import TRADITIONAL


def _choices(base: type[Choice] = Choice) -> Iterator[type[Choice]]:
    for each in base.__subclasses__():
        yield each
        yield from _choices(each)


def _is_simplified(word: str) -> bool:
    try:
        word.encode("big5")
    except UnicodeEncodeError:
        return True
    return False


KEYS = {alias for aliases in ALIASES.values() for alias in aliases}
VALUES = {label for options in _choices() if options.__module__.startswith("genplan.") for option in options for label in option.labels}
ROSTER_HEADERS = {word for words in COLUMNS.values() for word in words}
METHOD_NAMES = {method.parameters.LABEL for method in METHODS.values()}


@pytest.mark.parametrize("words", [KEYS, VALUES, METHOD_NAMES, ROSTER_HEADERS], ids=["keys", "values", "methods", "roster"])
def test_every_word_has_a_traditional_form(words: set[str]) -> None:
    assert Plan.__module__  # which brings all choices in
    assert not sorted(word for word in words if _is_simplified(word) and word not in TRADITIONAL)


def test_traditional_forms_have_no_simplified_characters() -> None:
    assert not sorted(form for forms in TRADITIONAL.values() for form in forms if _is_simplified(form))
