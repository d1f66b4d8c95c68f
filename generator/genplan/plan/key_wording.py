"""Keys and values of plans in the words of one language, for editors: English, or Chinese in Simplified or Traditional characters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from genplan.methods import METHODS
from genplan.plan.keys import KEYS
from genplan.plan.scoring_rule import METHOD_WORDS
from genplan.source.model import Choice, choice_words
from genplan.source.traditional import TRADITIONAL

TRADITIONAL_FORMS = frozenset(form for forms in TRADITIONAL.values() for form in forms) - TRADITIONAL.keys()
"""Words that are in Traditional characters alone."""


@dataclass(frozen=True, slots=True)
class KeyWording:
    """The language of keys and values."""

    chinese: bool
    traditional: bool = False

    def key(self, name: str) -> str:
        """Write a key."""
        return self._form(next(iter(KEYS.written(name)), name)) if self.chinese else name

    def value(self, word: str, labels: Sequence[str]) -> str:
        """Write a value that has a word in English and labels in Chinese."""
        return self._form(next((label for label in labels if not label.isascii()), word)) if self.chinese else word

    def has(self, word: str) -> bool:
        """Return whether a word is in this language."""
        return word.isascii() is not self.chinese and (self.traditional or word not in TRADITIONAL_FORMS)

    def _form(self, word: str) -> str:
        return TRADITIONAL.get(word, (word,))[0] if self.traditional else word


@dataclass(frozen=True, slots=True)
class Value:
    """A fixed value that a key takes: as the plan would write it, and in the other language."""

    text: str
    other: str


def values(words: Iterable[str], wording: KeyWording) -> list[Value]:
    """List fixed values of a schema, each once, in the words of the plan."""
    offered = tuple(words)
    groups = _choices().get(offered) or _methods(offered)
    if groups is None:
        return [Value(word, "") for word in filter(wording.has, offered)] or [Value(word, "") for word in offered]
    named = ((wording.value(word, labels), word, labels) for word, labels in groups)
    return [Value(text, word if text != word else "/".join(labels)) for text, word, labels in named]


_Groups = tuple[tuple[str, tuple[str, ...]], ...]
"""Words in English, each with its labels in Chinese."""


@cache
def _choices() -> dict[tuple[str, ...], _Groups]:
    """Find the choices of the model by the words that the schema has of them."""
    return {tuple(choice_words(each)): tuple((member.value, member.labels) for member in each) for each in Choice.__subclasses__()}


def _methods(offered: tuple[str, ...]) -> _Groups | None:
    """Group the names of scoring methods."""
    if not set(offered) <= METHOD_WORDS.keys():
        return None
    return tuple((tag, (METHODS[tag].parameters.LABEL,)) for tag in dict.fromkeys(METHOD_WORDS[word] for word in offered))
