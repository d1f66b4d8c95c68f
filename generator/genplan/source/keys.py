"""Keys that may be written in more than one word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from genplan.source.traditional import TRADITIONAL, in_both_scripts


@dataclass(frozen=True, slots=True)
class Keys:
    """The words that stand for each key. Maps every alias to the key's own name."""

    names: Mapping[str, str]
    NONE: ClassVar["Keys"]

    def __call__(self, word: str) -> str:
        """Return the key that a word stands for; an unknown word stands for itself."""
        return self.names.get(word, word)

    @staticmethod
    def of(table: Mapping[str, Iterable[str]]) -> "Keys":
        """Make the look-up from a table of key to aliases, which stand in Traditional characters too.

        Raises:
            ValueError: an alias stands for two keys.
        """
        names: dict[str, str] = {}
        for key, aliases in table.items():
            for alias in in_both_scripts(aliases):
                if names.setdefault(alias, key) != key:
                    raise ValueError(alias)
        return Keys(names)

    def written(self, key: str) -> list[str]:
        """List the words that messages and references name a key by: its aliases in Simplified characters."""
        words = self.aliases(key)
        traditional = {form for word in words for form in TRADITIONAL.get(word, ())}
        return [word for word in words if word not in traditional]

    def aliases(self, key: str) -> list[str]:
        """List the words that stand for a key, besides itself."""
        return [word for word, name in self.names.items() if name == key]


Keys.NONE = Keys({})
