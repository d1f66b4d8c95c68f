"""Computed styles that documents of one look share.

WeasyPrint computes the style of every element of every document anew, although documents of a kind have the same few dozen. It shares a
style between elements of one document that have the same parent style and the same rules, and so says that a computed style depends on
nothing else; here they are also shared by the documents that come after, as long as the style sheet and the fonts are the same.

What could tell documents apart is left out or copied:

- styles of the root element and its children are copies, as WeasyPrint moves `overflow` from one of them to the page;
- pseudo-elements other than `::before`, `::after` and `::marker` get styles of their own: WeasyPrint writes into those of notes, and walks
  through what happens to have been computed of `::first-line`;
- a document with style sheets of its own gets WeasyPrint's styles;
- once a length depends on the size of the first page (`vw`), styles are no longer shared;
- styles that something was said about (a value that is not valid) go with their document, so that the next one hears it, too.

WeasyPrint's own style sheet has rules for the notes and the marker of any element. Those styles, five or six an element, are made when they
are asked for. Pages and their margins are styled once for each set of `@page` rules; WeasyPrint writes the same into them for every page.

Only shared styles have `derived`, where other modules keep what follows from a style. A copy is WeasyPrint's own class and has none; and
where a value of a shared style is changed, all that was derived from it is forgotten.
"""

import logging
from collections.abc import Iterator
from functools import cached_property
from math import inf
from typing import Any
from weakref import WeakKeyDictionary

from weasyprint import css
from weasyprint.css.validation import preprocess_declarations
from weasyprint.logger import LOGGER

from genplan.writers.quick import matching, places
from genplan.writers.quick.copies import CopiedAnonymousStyle, CopiedStyle, copied, copied_anonymous
from genplan.writers.quick.replacement import Replacement

LARGEST = 2000
"""How many styles are kept for a look; a document has some 150. Identifiers of elements that differ in every document would add up."""

MOST_PLACES = 30_000
"""How many places of elements are kept for a look; a document has some 200."""

_SHARED_PSEUDO = frozenset(("before", "after", "marker"))
LATE = frozenset(("marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"))
"""Pseudo-elements that only some elements ask for."""
_HIDDEN = {"display": ("none",)}
"""The style of what is in a drawing, so that no boxes are made of it: its engine needs none, and they would be thrown away."""
_OWN = ("style", "lang", "id", "name", "width", "height")
"""Attributes of an element that WeasyPrint makes declarations of."""


class _Derived(dict[str, Any]):
    """Gives a style a place for what follows from it."""

    derived: dict[Any, Any]

    def __setitem__(self, key: str, value: object) -> None:
        if self.derived and self.get(key, value) != value:
            self.derived.clear()
        super().__setitem__(key, value)


class SharedStyle(_Derived, css.ComputedStyle):  # type: ignore[misc] # weasyprint has no types
    """The style of elements in many documents."""

    def __init__(self, *arguments: object) -> None:
        self.derived = {}
        super().__init__(*arguments)

    def copy(self) -> CopiedStyle:
        """Copy the style, to be written into."""
        return copied(self, self)

    @cached_property
    def anonymous_style(self) -> "SharedAnonymousStyle":
        """The style of text and boxes without an element inside one of these."""
        return SharedAnonymousStyle(self)


class SharedAnonymousStyle(_Derived, css.AnonymousStyle):  # type: ignore[misc]
    """The style of boxes without an element, in many documents."""

    def __init__(self, parent_style: _Derived) -> None:
        self.derived = {}
        super().__init__(parent_style)

    def copy(self) -> CopiedAnonymousStyle:
        """Copy the style, to be written into."""
        return copied_anonymous(self)

    @cached_property
    def anonymous_style(self) -> "SharedAnonymousStyle":
        """The style of boxes inside one of these."""
        return SharedAnonymousStyle(self)


SHARED: set[type] = {SharedStyle, SharedAnonymousStyle}
"""The classes of styles that have `derived`."""


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


def said() -> int:
    """Count what WeasyPrint has said so far."""
    return _SAID.count


class _Store:
    """The styles that documents of one look share."""

    def __init__(self, origin: tuple[Any, ...]) -> None:
        self.origin = origin
        self.fonts = origin[-2]
        self.sizes = _PageSizes(box=None, area=None)
        self.styles: dict[tuple[Any, ...], SharedStyle] = {}
        self.held: list[Any] = []
        """What keys name by `id` lives as long as the store."""
        self.said = _SAID.count
        self.places: dict[tuple[Any, ...], list[places.Place]] = {}
        """The place of the root element, by what is seen of it."""
        self.placed = 0

    def serves(self, origin: tuple[Any, ...]) -> bool:
        same = len(origin) == len(self.origin) and all(a is b for a, b in zip(origin, self.origin, strict=True))
        return same and not self.sizes.asked and self.said == _SAID.count and len(self.styles) < LARGEST and self.placed < MOST_PLACES


_STORES: WeakKeyDictionary[Any, _Store] = WeakKeyDictionary()


def _store(sheets: list[tuple[Any, str, Any]], fonts: object, base: object) -> _Store:
    last = sheets[-1][0]
    origin = (*(sheet for sheet, _, _ in sheets[:-1]), fonts)
    store = _STORES.get(last)
    if store is None or not store.serves((*origin, base)):
        store = _STORES[last] = _Store((*origin, base))
    store.sizes.update(box=None, area=None)
    return store


def _weighed(origin: str, layer_order: float | None, specificity: object, declarations: Any, into: dict[str, Any]) -> None:  # noqa: ANN401
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

    _sharing: "_Sharing | None" = None

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
        self._sharing = _Sharing(self._computed_styles, sheets, html, store, target_collector)
        self._sharing.style_all()
        store.said = _SAID.count

    def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:  # noqa: ANN401
        """Give the style of an element, a page, or a part of one."""
        if self._sharing and pseudo_type in LATE:
            self._sharing.style_late(element, pseudo_type)
        return super().__call__(element, pseudo_type)

    def add_page_declarations(self, page_type: Any) -> None:  # noqa: ANN401
        """Find the rules for a page and its margins."""
        if self._sharing is None:
            super().add_page_declarations(page_type)
            return
        found: dict[Any, list[Any]] = {}
        for sheet, origin, sheet_specificity in self._sheets:
            for _, selectors, declarations in sheet.page_rules:
                for specificity, pseudo, selector in selectors:
                    if self._page_type_match(selector, page_type):
                        found.setdefault((page_type, pseudo), []).append(
                            (origin, None, sheet_specificity or tuple(specificity), declarations)
                        )
        self._cascaded_styles.update(found)

    def set_computed_styles(
        self,
        element: Any,  # noqa: ANN401
        parent: Any,  # noqa: ANN401
        root: Any = None,  # noqa: ANN401
        pseudo_type: str | None = None,
        base_url: str | None = None,
        target_collector: Any = None,  # noqa: ANN401
    ) -> None:
        """Give a page, or a margin of one, its style."""
        if self._sharing is None:
            super().set_computed_styles(element, parent, root, pseudo_type, base_url, target_collector)
        else:
            self._sharing.style_page(element, parent, pseudo_type, self._cascaded_styles.get((element, pseudo_type), []))


class _Sharing:
    """Finds each element's style in the store, or puts it there."""

    def __init__(
        self,
        computed: dict[Any, Any],
        sheets: list[tuple[Any, str, Any]],
        html: Any,  # noqa: ANN401
        store: _Store,
        targets: Any,  # noqa: ANN401
    ) -> None:
        self.computed, self.sheets = computed, sheets
        self.html, self.root, self.base = html, html.etree_element, html.base_url
        self.store, self.targets = store, targets
        self.matchers = [
            (matching.early(sheet.matcher, LATE), sheet, origin, sheet_specificity) for sheet, origin, sheet_specificity in sheets
        ]
        self.shared: dict[Any, SharedStyle] = {}
        """Styles as in the store, also of elements whose own styles are copies."""
        self.wrappers: dict[Any, Any] = {}
        self.places: dict[Any, places.Place] = {}
        self.late: set[Any] = set()

    def style_all(self) -> None:
        """Style all elements, and what stands before and after them."""
        sees = places.sight([sheet.matcher for sheet, _, _ in self.sheets])
        known = None if sees.all_deep else self.store.places
        waiting: list[tuple[list[Any], dict[Any, list[places.Place]] | None]] = [([self.root], known)]
        while waiting:
            elements, table = waiting.pop()
            seen = None if table is None else sees.siblings(elements)
            found = None if table is None or seen is None else table.get(seen)
            if found is None:
                found = [self._element(self.wrapper(element)) for element in elements]
                if table is not None and seen is not None:
                    table[seen] = found
                    self.store.placed += len(found)
                kept = table is not None and seen is not None
            else:
                kept = True
                for element, place in zip(elements, found, strict=True):
                    self._place(element, place)
            for element, place in zip(elements, found, strict=True):
                self.places[element] = place
                inner = places.children(element)
                if places.is_drawing(element):
                    for child in inner:
                        self.computed[child, None] = _HIDDEN
                elif inner:
                    waiting.append((inner, place.children if kept else None))

    def wrapper(self, element: Any) -> Any:  # noqa: ANN401
        """Give what matches selectors of an element."""
        if not self.wrappers:
            self.wrappers = {wrapper.etree_element: wrapper for wrapper in self.html.wrapper_element.iter_subtree()}
        return self.wrappers[element]

    def _rules(self, wrapper: Any, matched: Any) -> dict[str | None, list[Any]]:  # noqa: ANN401
        rules: dict[str | None, list[Any]] = {None: []}
        for matcher, sheet, origin, sheet_specificity in matched:
            for specificity, _, pseudo, (declarations, layer) in matcher.match(wrapper):
                order = inf if layer is None else sheet.layers.index(layer)
                rules.setdefault(pseudo, []).append((origin, order, sheet_specificity or specificity, declarations))
        return rules

    def _element(self, wrapper: Any) -> places.Place:  # noqa: ANN401
        element = wrapper.etree_element
        parent = wrapper.parent.etree_element if wrapper.parent else None
        rules = self._rules(wrapper, self.matchers)
        own = tuple(map(element.get, _OWN)) if element.attrib else ()
        inherited = self.shared[parent] if parent is not None else None
        style = self._shared(inherited, None, rules.pop(None), (element, own) if any(own) else None)
        parts = [
            (pseudo, self._shared(style, pseudo, matched, None, pseudo) if pseudo in _SHARED_PSEUDO else None, matched)
            for pseudo, matched in rules.items()
        ]
        place = places.Place(style, parts)
        self._place(element, place)
        return place

    def _place(self, element: Any, place: places.Place) -> None:  # noqa: ANN401
        """Give an element the styles of its place."""
        style = self.shared[element] = place.style
        first = style.parent_style is None or style.parent_style.parent_style is None
        self._give(element, None, style.copy() if first else style)
        for pseudo, shared, rules in place.parts:
            self._give(element, pseudo, self._own(style, pseudo, rules) if shared is None else shared)

    def _own(self, style: SharedStyle, pseudo: str | None, rules: list[Any]) -> Any:  # noqa: ANN401
        return css.ComputedStyle(*self._arguments(style, pseudo, rules, None))

    def style_late(self, element: Any, pseudo: str | None) -> None:  # noqa: ANN401
        """Style a marker or a note of an element, where there are rules for it."""
        if (element, pseudo) in self.late or element not in self.places:
            return
        self.late.add((element, pseudo))
        place = self.places[element]
        if pseudo not in place.late:
            plain = [(sheet.matcher, sheet, origin, sheet_specificity) for _, sheet, origin, sheet_specificity in self.matchers]
            found = self._rules(self.wrapper(element), plain)
            place.late.update({name: found.get(name, []) for name in LATE})
        rules = place.late[pseudo]
        if rules:
            style = self.shared[element]
            shared = pseudo in _SHARED_PSEUDO
            self._give(element, pseudo, self._shared(style, pseudo, rules, None, pseudo) if shared else self._own(style, pseudo, rules))

    def style_page(self, page: Any, parent: Any, pseudo: str | None, rules: list[Any]) -> None:  # noqa: ANN401
        """Style a page, which inherits from the root element, or a margin of one, which inherits from the page."""
        inherited = self.shared[parent]
        style = self._shared(inherited, f"@page {pseudo}", rules, None, pseudo)
        self.computed[page, pseudo] = style
        if pseudo is None:
            self.shared[page] = style

    def _give(self, element: object, pseudo: str | None, style: Any) -> None:  # noqa: ANN401
        self.computed[element, pseudo] = style
        if self.targets and style["anchor"]:
            self.targets.collect_anchor(style["anchor"])

    def _shared(
        self, parent: SharedStyle | None, what: str | None, rules: list[Any], own: tuple[Any, Any] | None, pseudo: str | None = None
    ) -> SharedStyle:
        key = (id(parent), what, own and (own[0].tag, own[1]), *((rule[0], rule[1], rule[2], id(rule[3])) for rule in rules))
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
        fonts = self.store.fonts
        root = css.InitialStyle(fonts) if parent is None else self.shared[self.root]
        return parent, cascaded, pseudo, root, self.base, fonts, self.store.sizes


def replacements() -> list[Replacement]:
    """Give WeasyPrint the styles that are shared, and count what it says."""
    if _SAID not in LOGGER.filters:
        LOGGER.addFilter(_SAID)
    return [Replacement(css, "StyleFor", StyleFor)]
