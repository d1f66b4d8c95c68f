"""In which words a plan is written: its keys in English or Chinese, in Simplified or Traditional characters, and its values likewise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from genplan.language_server.tree import Entry, Tree, spots
from genplan.messages import current_language
from genplan.plan.keys import KEYS
from genplan.plan.scoring_rule import METHOD_WORDS
from genplan.source.model import Choice, choice_words
from genplan.source.traditional import TRADITIONAL

_TRADITIONAL_FORMS = frozenset(form for forms in TRADITIONAL.values() for form in forms) - TRADITIONAL.keys()


@dataclass(frozen=True, slots=True)
class Wording:
    """The language of keys and values."""

    chinese: bool
    traditional: bool = False

    def key(self, name: str) -> str:
        """Write a key."""
        return self._form(next(iter(KEYS.written(name)), name)) if self.chinese else name

    def value(self, word: str, labels: Sequence[str]) -> str:
        """Write a value that has a word in English and labels in Chinese."""
        return self._form(labels[0]) if self.chinese and labels else word

    def _form(self, word: str) -> str:
        return TRADITIONAL.get(word, (word,))[0] if self.traditional else word


def wording_of(tree: Tree | None) -> Wording:
    """Find the words that most keys are written in; where there are none, those of the language of messages."""
    keys = [spot.what.key for spot in spots(tree) if isinstance(spot.what, Entry) and spot.what.colon]
    known = [key for key in keys if KEYS(key) != key or key.isascii()]
    if not known:
        language = current_language()
        return Wording(language.startswith("zh"), language == "zh-TW")
    chinese = sum(not key.isascii() for key in known) * 2 > len(known)
    return Wording(chinese, traditional=chinese and any(key in _TRADITIONAL_FORMS for key in known))


@dataclass(frozen=True, slots=True)
class Value:
    """A fixed value that a key takes: as the plan would write it, and in the other language."""

    text: str
    other: str


def values(words: Iterable[str], wording: Wording) -> list[Value]:
    """List fixed values of a schema, each once, in the words of the plan."""
    offered = tuple(words)
    groups = _choices().get(offered) or _methods(offered)
    if groups is None:
        fitting = [word for word in offered if word.isascii() is not wording.chinese]
        return [Value(word, "") for word in fitting or offered]
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
    labels = {
        tag: [word for word in offered if METHOD_WORDS[word] == tag and word != tag] for tag in map(METHOD_WORDS.__getitem__, offered)
    }
    return tuple((tag, tuple(label for label in each if label not in _TRADITIONAL_FORMS)) for tag, each in labels.items())
