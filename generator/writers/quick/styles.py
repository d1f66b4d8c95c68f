"""Computed styles that documents of one look share.

WeasyPrint computes the style of every element of every document anew, although documents of a kind have the same few dozen. It shares a style between
elements of one document that have the same parent style and the same rules, and so says that a computed style depends on nothing else; here they are
also shared by the documents that come after, as long as the style sheet and the fonts are the same.

What could tell documents apart is left out or copied:

- styles of the root element and its children are copies, as WeasyPrint moves `overflow` from one of them to the page;
- pseudo-elements other than `::before`, `::after` and `::marker` get styles of their own: WeasyPrint writes into those of notes, and walks through what
  happens to have been computed of `::first-line`;
- a document with style sheets of its own gets WeasyPrint's styles; so do pages and their margins;
- once a length depends on the size of the first page (`vw`), styles are no longer shared;
- styles that something was said about (a value that is not valid) go with their document, so that the next one hears it, too.

Only shared styles have `derived`, where other modules keep what follows from a style. A copy is WeasyPrint's own class and has none; and where a value
of a shared style is changed, all that was derived from it is forgotten.
"""

import logging
from collections.abc import Iterator
from functools import cached_property
from math import inf
from typing import Any
from weakref import WeakKeyDictionary

import weasyprint
from weasyprint import css
from weasyprint.css import properties
from weasyprint.css.validation import preprocess_declarations
from weasyprint.logger import LOGGER

from generator.writers.quick.replacement import Replacement

LARGEST = 2000
"""How many styles are kept for a look; a document has some 150. Identifiers of elements that differ in every document would add up."""

_SHARED_PSEUDO = frozenset(("before", "after", "marker"))
_OWN = ("style", "lang", "id", "name", "width", "height")
"""Attributes of an element that WeasyPrint makes declarations of."""
_NO = object()


class _Derived:
    """Gives a style a place for what follows from it."""

    derived: dict[Any, Any]

    def __setitem__(self, key: str, value: object) -> None:
        if self.derived and dict.get(self, key, value) != value:  # type: ignore[call-overload]
            self.derived.clear()
        dict.__setitem__(self, key, value)  # type: ignore[type-var]


class SharedStyle(_Derived, css.ComputedStyle):  # type: ignore[misc] # weasyprint has no types
    """The style of elements in many documents."""

    def __init__(self, *arguments: object) -> None:
        self.derived = {}
        super().__init__(*arguments)

    @cached_property
    def anonymous_style(self) -> "SharedAnonymousStyle":
        """The style of text and boxes without an element inside one of these."""
        return SharedAnonymousStyle(self)


class SharedAnonymousStyle(_Derived, css.AnonymousStyle):  # type: ignore[misc]
    """The style of boxes without an element, in many documents."""

    def __init__(self, parent_style: SharedStyle) -> None:
        self.derived = {}
        super().__init__(parent_style)

    @cached_property
    def anonymous_style(self) -> "SharedAnonymousStyle":
        """The style of boxes inside one of these."""
        return SharedAnonymousStyle(self)  # type: ignore[arg-type] # what it reads of its parent, both have


class _PageSizes(dict[str, Any]):
    """The first page's sizes; remembers that a style asked for them."""

    asked = False

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401
        self.asked = True
        return super().__getitem__(key)


class _Said(logging.Filter):
    """Counts what WeasyPrint says, and lets it through."""

    count = 0

    def filter(self, record: logging.LogRecord) -> bool:
        self.count += record.levelno >= logging.WARNING
        return True


_SAID = _Said()


class _Store:
    """The styles that documents of one look share."""

    def __init__(self, origin: tuple[Any, ...]) -> None:
        self.origin = origin
        self.sizes = _PageSizes(box=None, area=None)
        self.styles: dict[tuple[Any, ...], SharedStyle] = {}
        self.held: list[Any] = []
        """What keys name by `id` lives as long as the store."""
        self.said = _SAID.count

    def serves(self, origin: tuple[Any, ...]) -> bool:
        same = len(origin) == len(self.origin) and all(a is b for a, b in zip(origin, self.origin, strict=True))
        return same and not self.sizes.asked and self.said == _SAID.count and len(self.styles) < LARGEST


_STORES: WeakKeyDictionary[Any, _Store] = WeakKeyDictionary()


def _store(sheets: list[tuple[Any, str, Any]], fonts: object, base: object) -> _Store:
    last = sheets[-1][0]
    origin = (*(sheet for sheet, _, _ in sheets[:-1]), fonts)
    store = _STORES.get(last)
    if store is None or not store.serves((*origin, base)):
        store = _STORES[last] = _Store((*origin, base))
    store.sizes.update(box=None, area=None)
    return store


def _weighed(origin: str, layer_order: float, specificity: object, declarations: Any, into: dict[str, Any]) -> None:  # noqa: ANN401
    """Let declarations into a cascade where they outweigh what is there, as WeasyPrint does."""
    for name, values, importance in declarations:
        weight = (css.declaration_precedence(origin, importance), layer_order, specificity)
        before = into.get(name)
        if before is None or before[1] <= weight:
            into[name] = values, weight


class _Alone:
    """An element as a tree of its own, for the function that looks for attributes in trees."""

    def __init__(self, element: Any) -> None:  # noqa: ANN401
        self.element = element

    def iter(self) -> Iterator[Any]:
        yield self.element


class StyleFor(css.StyleFor):  # type: ignore[misc]
    """The styles of one document, most of them from the store."""

    def __init__(
        self,
        html: Any,  # noqa: ANN401
        sheets: list[tuple[Any, str, Any]],
        presentational_hints: bool,  # noqa: FBT001
        font_config: Any,  # noqa: ANN401
        target_collector: Any,  # noqa: ANN401
    ) -> None:
        if presentational_hints or not sheets or sheets[-1][1] != "user" or any(origin == "author" for _, origin, _ in sheets):
            super().__init__(html, sheets, presentational_hints, font_config, target_collector)
            return
        self._cascaded_styles: dict[Any, Any] = {}
        self._computed_styles: dict[Any, Any] = {}
        self._sheets, self.font_config = sheets, font_config
        store = _store(sheets, font_config, html.base_url)
        self.initial_page_sizes = store.sizes
        _Matching(self, html, store, target_collector).all()
        store.said = _SAID.count


class _Matching:
    """Finds each element's style in the store, or puts it there."""

    def __init__(self, style_for: StyleFor, html: Any, store: _Store, targets: Any) -> None:  # noqa: ANN401
        self.sheets, self.fonts = style_for._sheets, style_for.font_config  # noqa: SLF001 - it is our own
        self.computed = style_for._computed_styles  # noqa: SLF001
        self.html, self.root, self.base = html, html.etree_element, html.base_url
        self.store, self.targets = store, targets
        self.shared: dict[Any, SharedStyle] = {}
        """Styles as in the store, of elements whose own styles are copies."""

    def all(self) -> None:
        for wrapper in self.html.wrapper_element.iter_subtree():
            self._element(wrapper)

    def _element(self, wrapper: Any) -> None:  # noqa: ANN401
        element = wrapper.etree_element
        parent = wrapper.parent.etree_element if wrapper.parent else None
        inherited = self.shared[parent] if parent is not None else None
        rules: dict[str | None, list[Any]] = {None: []}
        for sheet, origin, sheet_specificity in self.sheets:
            for specificity, _, pseudo, (declarations, layer) in sheet.matcher.match(wrapper):
                order = inf if layer is None else sheet.layers.index(layer)
                rules.setdefault(pseudo, []).append((origin, order, sheet_specificity or specificity, declarations))
        own = tuple(map(element.get, _OWN)) if element.attrib else ()
        style = self.shared[element] = self._shared(inherited, None, rules.pop(None), (element, own) if any(own) else None)
        self._give(element, None, style.copy() if parent is None or parent is self.root else style)
        for pseudo, matched in rules.items():
            if pseudo in _SHARED_PSEUDO:
                self._give(element, pseudo, self._shared(style, pseudo, matched, None))
            else:
                self._give(element, pseudo, css.ComputedStyle(*self._arguments(style, pseudo, matched, None)))

    def _give(self, element: object, pseudo: str | None, style: Any) -> None:  # noqa: ANN401
        self.computed[element, pseudo] = style
        if self.targets and style["anchor"]:
            self.targets.collect_anchor(style["anchor"])

    def _shared(self, parent: SharedStyle | None, pseudo: str | None, rules: list[Any], own: tuple[Any, Any] | None) -> SharedStyle:
        key = (id(parent), pseudo, own and (own[0].tag, own[1]), *((rule[0], rule[1], rule[2], id(rule[3])) for rule in rules))
        style = self.store.styles.get(key)
        if style is None:
            style = self.store.styles[key] = SharedStyle(*self._arguments(parent, pseudo, rules, own))
            self.store.held.append((parent, rules))
        return style

    def _arguments(self, parent: SharedStyle | None, pseudo: str | None, rules: list[Any], own: tuple[Any, Any] | None) -> tuple[Any, ...]:
        cascaded: dict[str, Any] = {}
        if own:
            for specificity, _, declarations, base in css.find_style_attributes(_Alone(own[0]), False, self.base):  # noqa: FBT003
                _weighed("author", inf, specificity, preprocess_declarations(base, declarations), cascaded)
        for origin, order, specificity, declarations in rules:
            _weighed(origin, order, specificity, declarations, cascaded)
        root = css.InitialStyle(self.fonts) if parent is None else self.shared[self.root]
        return parent, cascaded, pseudo, root, self.base, self.fonts, self.store.sizes


def replacements() -> list[Replacement]:
    """Give WeasyPrint the styles that are shared, and count what it says."""
    if _SAID not in LOGGER.filters:
        LOGGER.addFilter(_SAID)
    return [Replacement(css, "StyleFor", StyleFor)]
