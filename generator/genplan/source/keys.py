"""Keys that may be written in more than one word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from genplan.source.traditional import TRADITIONAL, in_both_scripts


@dataclass(frozen=True, slots=True)
class Keys:
    """The words that stand for each key. Maps every alias to the key's own name."""

    names: Mapping[str, str]
    earlier: frozenset[str] = frozenset()
    """Words that are still read, but no longer documented or suggested."""
    NONE: ClassVar["Keys"]

    def __call__(self, word: str) -> str:
        """Return the key that a word stands for; an unknown word stands for itself."""
        return self.names.get(word, word)

    @staticmethod
    def of(table: Mapping[str, Iterable[str]], earlier: Mapping[str, Iterable[str]] | None = None) -> "Keys":
        """Make the look-up from tables of key to aliases and to earlier words, all of which may be in Traditional characters too.

        Raises:
            ValueError: an alias stands for two keys.
        """
        names: dict[str, str] = {}
        for key, aliases in chain(table.items(), (earlier or {}).items()):
            for alias in in_both_scripts(aliases):
                if names.setdefault(alias, key) != key:
                    raise ValueError(alias)
        return Keys(names, frozenset(word for words in (earlier or {}).values() for word in in_both_scripts(words)))

    def written(self, key: str) -> list[str]:
        """List the words that messages and references name a key by: its aliases in Simplified characters."""
        words = self.aliases(key)
        traditional = {form for word in words for form in TRADITIONAL.get(word, ())}
        return [word for word in words if word not in traditional]

    def aliases(self, key: str) -> list[str]:
        """List the documented words that stand for a key, besides itself."""
        return [word for word, name in self.names.items() if name == key and word not in self.earlier]


Keys.NONE = Keys({})
