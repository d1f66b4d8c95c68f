"""Styles by where elements stand, so that most need no matching at all.

Documents of a kind are built alike. What a selector can tell of an element is its ancestors, its siblings, its name, those attributes that
some selector names, and whether it is empty. Where all of these are as in a document before, the same rules match; the styles found then
are kept in a tree of the same form. Selectors that look at what is in an element (`:has`) are known by the code they are compiled to:
elements that they are tried on, and those within, are matched each time.

Drawings have an engine of their own, which has no use for the styles and boxes of what is in them.
"""

from types import CodeType
from typing import Any
from weakref import WeakKeyDictionary

_ALWAYS = frozenset({"class", "id", "lang", "style", "name", "width", "height", "href", "type", "disabled", "checked", "selected"})
"""Attributes that rules or styles follow from, whatever selectors name."""
_DEEP = frozenset({"iter_subtree", "iter_children", "iter_next_siblings", "in_disabled_fieldset"})
"""Names in the code of a test that looks further than a place goes."""
_DRAWING = "{http://www.w3.org/2000/svg}svg"


class Place:
    """Where elements stand: their style, those of their parts, and the places of their children by what children there are."""

    __slots__ = ("children", "late", "parts", "style")

    def __init__(self, style: Any, parts: list[tuple[str | None, Any, list[Any]]]) -> None:  # noqa: ANN401
        self.style, self.parts = style, parts
        self.children: dict[tuple[Any, ...], list[Place]] = {}
        self.late: dict[str | None, list[Any]] = {}


class Sight:
    """What the selectors of some style sheets can tell of an element."""

    def __init__(self, matchers: list[Any]) -> None:
        self.attributes = set(_ALWAYS)
        self.deep: set[str] = set()
        self.all_deep = False
        for matcher in matchers:
            for name, entries in matcher.lower_local_name_selectors.items():
                if self._looks_deep(entries):
                    self.deep.add(name)
            others = [*matcher.lang_attr_selectors, *matcher.other_selectors]
            for table in (matcher.id_selectors, matcher.class_selectors, matcher.namespace_selectors):
                others += [entry for entries in table.values() for entry in entries]
            self.all_deep |= self._looks_deep(others)

    def _looks_deep(self, entries: list[Any]) -> bool:
        """Take down the words of all tests; tell whether one looks too far."""
        return True in [self._look(entry[0].__code__) for entry in entries]

    def _look(self, code: CodeType) -> bool:
        """Take down the words in a test; tell whether it looks too far."""
        inner = [each for each in code.co_consts if isinstance(each, CodeType)]
        for each in code.co_consts:
            self.attributes.update((each,) if isinstance(each, str) else each if isinstance(each, tuple | frozenset) else ())
        return True in [self._look(each) for each in inner] or not _DEEP.isdisjoint(code.co_names)

    def of(self, element: Any) -> tuple[Any, ...] | None:  # noqa: ANN401
        """Give all that selectors see of an element by itself; None where they may see more."""
        tag = element.tag
        if tag in self.deep:
            return None
        attributes = element.attrib
        content = bool(len(element) or element.text)
        if not attributes:
            return tag, content
        seen = self.attributes
        return tag, content, *[pair for pair in attributes.items() if pair[0] in seen]

    def siblings(self, elements: list[Any]) -> tuple[Any, ...] | None:
        """Give what selectors see of elements side by side; None where they may see more."""
        found = []
        for element in elements:
            one = self.of(element)
            if one is None:
                return None
            found.append(one)
        return tuple(found)


_SIGHTS: WeakKeyDictionary[Any, Sight] = WeakKeyDictionary()


def sight(matchers: list[Any]) -> Sight:
    """Give what these style sheets see, found out once."""
    last = matchers[-1]
    found = _SIGHTS.get(last)
    if found is None:
        found = _SIGHTS[last] = Sight(matchers)
    return found


def children(element: Any) -> list[Any]:  # noqa: ANN401
    """List the elements in an element, comments aside."""
    return [child for child in element if isinstance(child.tag, str)]


def is_drawing(element: Any) -> bool:  # noqa: ANN401
    """Tell a drawing by its name."""
    return bool(element.tag == _DRAWING)
