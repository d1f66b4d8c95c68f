"""Matching of an element with the selectors of a style sheet.

cssselect2 sorts selectors by the identifier, class or name that they end in. Those that end in none of these (`[hidden]`, `tr >
:first-child`) are tried on every element, two dozen of them in WeasyPrint's own style sheet. Most look at attributes of the element alone:
what does not match one element without attributes matches no other, and is tried only where there are some.
"""

from types import CodeType
from typing import Any
from weakref import WeakKeyDictionary

_OWN_NAMES = {"etree_element", "attrib", "get"}
"""Names in the code of a test that looks at attributes of the element alone."""


class Early:
    """The selectors of a style sheet, without those for parts of elements that can wait."""

    def __init__(self, matcher: Any, late: frozenset[str]) -> None:  # noqa: ANN401 - cssselect2 has no types
        self.ids = _without(matcher.id_selectors, late)
        self.classes = _without(matcher.class_selectors, late)
        self.names = _without(matcher.lower_local_name_selectors, late)
        self.namespaces = _without(matcher.namespace_selectors, late)
        self.languages = [entry for entry in matcher.lang_attr_selectors if entry[3] not in late]
        self.others = [entry for entry in matcher.other_selectors if entry[3] not in late]
        self.bare = [entry for entry in self.others if not _own_attributes(entry[0])]
        """Those that an element without attributes may match."""

    def match(self, wrapper: Any) -> list[Any]:  # noqa: ANN401
        """List specificity, order, pseudo-element and payload of the selectors that match, the weightiest last."""
        element = wrapper.etree_element
        tag = element.tag
        if not element.attrib and "}" not in tag:
            entries = [*self.names.get(tag.lower() if tag.isascii() else tag, ()), *self.namespaces.get("", ()), *self.bare]
        else:
            entries = list(self.ids.get(wrapper.id, ())) if wrapper.id is not None else []
            for name in wrapper.classes:
                entries += self.classes.get(name, ())
            entries += self.names.get(wrapper.local_name.lower() if tag.isascii() else wrapper.local_name, ())
            entries += self.namespaces.get(wrapper.namespace_url, ())
            if "lang" in element.attrib:
                entries += self.languages
            entries += self.others
        matched = [entry[1:] for entry in entries if entry[0](wrapper)]
        matched.sort(key=_weight)
        return matched


def _weight(entry: tuple[Any, ...]) -> Any:  # noqa: ANN401
    return entry[:2]


def _without(selectors: dict[str, list[Any]], late: frozenset[str]) -> dict[str, list[Any]]:
    return {name: kept for name, entries in selectors.items() if (kept := [entry for entry in entries if entry[3] not in late])}


def _own_attributes(test: Any) -> bool:  # noqa: ANN401
    """Tell whether a test asks for attributes of the element and nothing else, and fails without them."""
    code = test.__code__
    if not set(code.co_names) <= _OWN_NAMES or "attrib" not in code.co_names or any(isinstance(each, CodeType) for each in code.co_consts):
        return False
    return not test(_BARE)


class _Bare:
    """An element without attributes."""

    attrib: dict[str, str] = {}  # noqa: RUF012 - it stays empty

    @staticmethod
    def get(_name: str, default: str | None = None) -> str | None:
        return default

    @property
    def etree_element(self) -> "_Bare":
        return self


_BARE = _Bare()
_KNOWN: WeakKeyDictionary[Any, Early] = WeakKeyDictionary()


def early(matcher: Any, late: frozenset[str]) -> Early:  # noqa: ANN401
    """Give the selectors of a style sheet for all elements, sorted once."""
    kept = _KNOWN.get(matcher)
    if kept is None:
        kept = _KNOWN[matcher] = Early(matcher, late)
    return kept
