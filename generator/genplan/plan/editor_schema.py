"""The JSON Schema of a plan for editors: the model's, in a form that their engines complete from.

They offer what the schemas that fit so far have. So a scoring rule is not one of a dozen alternatives, none of which fits while it is
typed, but has the keys of the method that it names (`if` and `then`). Null, which no key accepts, is left out, and so are defaults, which
would be offered as values.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from genplan.messages import localized
from genplan.methods import METHODS
from genplan.plan.key_wording import KeyWording, values
from genplan.plan.keys import KEYS
from genplan.plan.model import Plan
from genplan.plan.scoring_rule import METHOD_WORDS
from genplan.source.model import in_both_languages, json_schema

BOTH = "both"
WORDINGS: dict[str, KeyWording | None] = {
    BOTH: None,
    "en": KeyWording(chinese=False),
    "zh-CN": KeyWording(chinese=True),
    "zh-TW": KeyWording(chinese=True, traditional=True),
}
"""Languages of keys and values."""

Part = dict[str, Any]
_REFERENCE = "#/$defs/"
_LEFT_OUT = frozenset({"default", "title", "properties", "enum", "allOf"})


def editor_schema(language: str) -> Part:
    """Return the schema with the keys and values of one language, or of both, described in the language of messages.

    Values of the other language are not offered, but accepted.
    """
    schema = json_schema(Plan, KEYS, lambda key: [key])
    form = _Form(WORDINGS[language], schema["$defs"])
    whole: Part = form.part({key: each for key, each in schema.items() if key != "allOf"})
    whole["anyOf"] = [
        form.requiring(_needed(schema)),
        *form.requiring_any("extends"),
    ]  # what a plan must have may stand in the one it extends
    return whole


def _needed(part: Part) -> list[str]:
    """List the keys that a table must have, as `json_schema` writes them."""
    return [name for each in part.get("allOf", []) for one in each.get("anyOf", []) for name in one.get("required", [])]


@dataclass(frozen=True, slots=True)
class _Form:
    """Writes parts of the schema in a wording, or in all words; `definitions` are the parts that they may refer to."""

    wording: KeyWording | None
    definitions: Part

    def words(self, key: str) -> list[str]:
        """List the words that a key may be written in."""
        return [self.wording.key(key)] if self.wording else [key, *KEYS.aliases(key)]

    def part(self, part: Part) -> Part:
        """Write a part, with all that is in it."""
        written = {key: self._inside(key, each) for key, each in part.items() if key not in _LEFT_OUT}
        if "properties" in part:
            written["properties"] = self._properties(part["properties"])
        if _needed(part):
            written |= self.requiring(_needed(part))
        if "enum" in part:
            written |= self._values(_all_names(part["enum"]))
        if _method(part):
            written["title"] = self._offered([_method(part)])[0]
        if self._methods(part.get("oneOf", [])):
            del written["oneOf"]
            written |= self._rule(part["oneOf"])
        return _without_null(written)

    def _inside(self, key: str, value: Any) -> Any:  # noqa: ANN401 - whatever a schema has
        if key == "$defs":
            return {name: self.part(each) for name, each in value.items()}
        if key in ("anyOf", "oneOf"):
            return [self.part(each) for each in value]
        return self.part(value) if isinstance(value, dict) else value

    def _properties(self, properties: Part) -> Part:
        return {
            word: {"title": localized(in_both_languages(key, "/".join(KEYS.written(key)[:1]))), **self.part(part)}
            for key, part in properties.items()
            for word in self.words(key)
        }

    def requiring(self, keys: Iterable[str]) -> Part:
        """Write that a table must have keys."""
        if self.wording is None:
            return {"allOf": [{"anyOf": self.requiring_any(key)} for key in keys]}
        return {"required": [word for key in keys for word in self.words(key)]}

    def requiring_any(self, key: str) -> list[Part]:
        """Write that a table must have a key, in each of its words."""
        return [{"required": [word]} for word in self.words(key)]

    # Values

    def _values(self, words: list[str]) -> Part:
        """Write fixed values: those of the wording are offered, the others accepted."""
        offered = self._offered(words)
        return {"enum": words} if offered == words else {"anyOf": [{"enum": offered}, _pattern(words)]}

    def _offered(self, words: list[str]) -> list[str]:
        return [value.text for value in values(words, self.wording)] if self.wording else words

    # Scoring rules

    def _methods(self, alternatives: list[Part]) -> dict[str, str]:
        """Return the methods by the references to their parameters; none where alternatives are something else."""
        named = {each.get("$ref", ""): self.definitions.get(each.get("$ref", "").removeprefix(_REFERENCE), {}) for each in alternatives}
        return {reference: _method(part) for reference, part in named.items()} if all(map(_method, named.values())) else {}

    def _rule(self, alternatives: list[Part]) -> Part:
        """Write a scoring rule: the methods, and the keys of each where it is named."""
        methods = self._methods(alternatives)
        words = [word for name in methods.values() for word in self._offered([name, METHODS[name].parameters.LABEL])]
        meanings = {name: self.definitions[reference.removeprefix(_REFERENCE)]["description"] for reference, name in methods.items()}
        known = {"enum": words, "enumDescriptions": [meanings[METHOD_WORDS[word]] for word in words]}
        method = {"anyOf": [known, _pattern(METHOD_WORDS)]} if self.wording else known
        scale = self.definitions[next(iter(methods)).removeprefix(_REFERENCE)]["properties"]["scale"]
        shared = self._properties({"method": method, "scale": scale})
        return {"type": "object", "properties": shared, "allOf": [self._case(*each) for each in methods.items()]}

    def _case(self, reference: str, method: str) -> Part:
        words = self.words("method")
        named = {"properties": {word: {"enum": _all_names([method])} for word in words}, "anyOf": [{"required": [word]} for word in words]}
        return {"if": named, "then": {"$ref": reference}}


def _method(part: Part) -> str:
    """Return the name of the method whose parameters a part describes; empty if it describes something else."""
    names = part.get("properties", {}).get("method", {}).get("enum", [""])
    return METHOD_WORDS.get(names[0], "")


def _all_names(words: list[str]) -> list[str]:
    """Add the further words that a method may be named by, where a value names one."""
    tags = {METHOD_WORDS.get(word, "") for word in words}
    return [word for word, tag in METHOD_WORDS.items() if tag in tags] if len(tags) == 1 and all(tags) else words


def _pattern(words: Iterable[str]) -> Part:
    """Describe values that are accepted, so that they are not offered."""
    return {"type": "string", "pattern": f"^({'|'.join(map(re.escape, words))})$"}


def _without_null(part: Part) -> Part:
    """Leave null out of alternatives; where one is left, it is the part itself."""
    alternatives = [each for each in part.get("anyOf", []) if each != {"type": "null"}]
    if len(alternatives) == len(part.get("anyOf", [])):
        return part
    rest = {key: each for key, each in part.items() if key != "anyOf"}
    return rest | alternatives[0] if len(alternatives) == 1 else rest | {"anyOf": alternatives}
