"""Computed styles that documents of one look share.

WeasyPrint matches every element of every document with all selectors, and computes its style anew, although documents of a kind have the
same few dozen. Within one document it shares a style between elements of the same parent style and the same rules, and says so of a
computed style depends on nothing else; here they are also shared by the documents that come after, as long as the style sheet and the fonts
are the same. Needless once WeasyPrint keeps its `computed_cache` with the style sheets, and styles pseudo-elements when they are asked for.

What could tell documents apart is left out or copied:

- styles of the root element and its children are copies, as WeasyPrint moves `overflow` from one of them to the page;
- pseudo-elements other than `::before`, `::after` and `::marker` get styles of their own: WeasyPrint writes into those of notes, and walks
  through what happens to have been computed of `::first-line`;
- a document with style sheets of its own gets WeasyPrint's styles;
- once a length depends on the size of the first page (`vw`), styles are no longer shared;
- styles that something was said about (a value that is not valid) go with their document, so that the next one hears it, too.

Pages and their margins are styled once for each set of `@page` rules; WeasyPrint writes the same into them for every page.

Only shared styles have `derived`, where other steps keep what follows from a style. A copy is WeasyPrint's own class and has none; and
where a value of a shared style is changed, all that was derived from it is forgotten.
"""

import logging
from collections.abc import Iterator
from math import inf
from typing import Any
from weakref import WeakKeyDictionary

from cssselect2 import Matcher
from weasyprint import css
from weasyprint.css.validation import preprocess_declarations
from weasyprint.logger import LOGGER

from genplan.writers.pdf.speedups.replacement import Replacement
from genplan.writers.pdf.speedups.shared import SharedStyle

LARGEST = 2000
"""How many styles are kept for a look; a document has some 150. Identifiers of elements that differ in every document would add up."""

LATE = frozenset(("marker", "footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"))
"""Pseudo-elements that only some elements ask for, though WeasyPrint's own style sheet has rules for those of any element."""
_TABLES = ("id_selectors", "class_selectors", "lower_local_name_selectors", "namespace_selectors")
_SHARED_PSEUDO = frozenset(("before", "after", "marker"))
_HIDDEN = {"display": ("none",)}
"""The style of what is in a drawing, so that no boxes are made of it: its engine needs none, and they would be thrown away."""
_DRAWING = "{http://www.w3.org/2000/svg}svg"
_OWN = ("style", "lang", "id", "name", "width", "height")
"""Attributes of an element that WeasyPrint makes declarations of."""


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

    def __init__(self, sheets: list[tuple[Any, str, Any]], fonts: object, base: object) -> None:
        self.origin = (*(sheet for sheet, _, _ in sheets[:-1]), fonts, base)
        self.early = [_early(sheet.matcher) for sheet, _, _ in sheets]
        """The selectors of the sheets but for those of `LATE`."""
        self.sizes = _PageSizes(box=None, area=None)
        self.styles: dict[tuple[Any, ...], SharedStyle] = {}
        self.held: list[Any] = []
        """What keys name by `id` lives as long as the store."""
        self.said = _SAID.count

    def serves(self, sheets: list[tuple[Any, str, Any]], fonts: object, base: object) -> bool:
        origin = (*(sheet for sheet, _, _ in sheets[:-1]), fonts, base)
        same = len(origin) == len(self.origin) and all(a is b for a, b in zip(origin, self.origin, strict=True))
        return same and not self.sizes.asked and self.said == _SAID.count and len(self.styles) < LARGEST


_STORES: WeakKeyDictionary[Any, _Store] = WeakKeyDictionary()


def _store(sheets: list[tuple[Any, str, Any]], fonts: object, base: object) -> _Store:
    last = sheets[-1][0]
    store = _STORES.get(last)
    if store is None or not store.serves(sheets, fonts, base):
        store = _STORES[last] = _Store(sheets, fonts, base)
    store.sizes.update(box=None, area=None)
    return store


def _early(matcher: Any) -> Any:  # noqa: ANN401
    """Copy a style sheet's selectors without those for parts of elements that can wait."""
    new = Matcher()
    for name in _TABLES:
        setattr(new, name, {key: _without_late(entries) for key, entries in getattr(matcher, name).items()})
    new.lang_attr_selectors, new.other_selectors = _without_late(matcher.lang_attr_selectors), _without_late(matcher.other_selectors)
    return new


def _without_late(entries: list[Any]) -> list[Any]:
    return [entry for entry in entries if entry[3] not in LATE]


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


class StyleFor(css.StyleFor):  # type: ignore[misc] # weasyprint has no types
    """The styles of one document, most of them from the store."""

    _styling: "_Styling | None" = None

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
        self._styling = _Styling(self._computed_styles, sheets, html, store, font_config, target_collector)
        self._styling.style_all()
        store.said = _SAID.count

    def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:  # noqa: ANN401
        """Return the style of an element, a page, or a part of one."""
        if self._styling and pseudo_type in LATE and (element, pseudo_type) not in self._computed_styles:
            self._styling.style_late(element, pseudo_type)
        return super().__call__(element, pseudo_type)

    def add_page_declarations(self, page_type: Any) -> None:  # noqa: ANN401
        """Find the rules for a page and its margins."""
        if self._styling is None:
            super().add_page_declarations(page_type)
            return
        for sheet, origin, sheet_specificity in self._sheets:
            for _, selectors, declarations in sheet.page_rules:
                for specificity, pseudo, selector in selectors:
                    if self._page_type_match(selector, page_type):
                        rule = origin, None, sheet_specificity or tuple(specificity), declarations
                        self._cascaded_styles.setdefault((page_type, pseudo), []).append(rule)

    def set_computed_styles(
        self,
        element: Any,  # noqa: ANN401
        parent: Any,  # noqa: ANN401
        root: Any = None,  # noqa: ANN401
        pseudo_type: str | None = None,
        base_url: str | None = None,
        target_collector: Any = None,  # noqa: ANN401
    ) -> None:
        """Set the style of a page, or of a margin of one."""
        if self._styling is None:
            super().set_computed_styles(element, parent, root, pseudo_type, base_url, target_collector)
        else:
            self._styling.style_page(element, parent, pseudo_type, self._cascaded_styles.get((element, pseudo_type), []))


class _Styling:
    """Finds each element's style in the store, or puts it there."""

    def __init__(
        self,
        computed: dict[Any, Any],
        sheets: list[tuple[Any, str, Any]],
        html: Any,  # noqa: ANN401
        store: _Store,
        fonts: Any,  # noqa: ANN401
        targets: Any,  # noqa: ANN401
    ) -> None:
        self.computed, self.sheets, self.html, self.store, self.fonts, self.targets = computed, sheets, html, store, fonts, targets
        self.shared: dict[Any, SharedStyle] = {}
        """Styles as in the store, also of elements whose own styles are copies."""
        self.wrappers: dict[Any, Any] = {}

    def style_all(self) -> None:
        """Style all elements, and what stands before and after them; of a drawing not what is in it."""
        for wrapper in self.html.wrapper_element.iter_subtree():
            element, parent = wrapper.etree_element, wrapper.parent.etree_element if wrapper.parent else None
            if parent is None or (parent in self.shared and parent.tag != _DRAWING):
                self.wrappers[element] = wrapper
                self._style(element, parent, self._rules(wrapper, self.store.early))
            else:
                self.computed[element, None] = _HIDDEN

    def _rules(self, wrapper: Any, matchers: list[Any]) -> dict[str | None, list[Any]]:  # noqa: ANN401
        """List the rules for an element and its parts: origin, layer, specificity and declarations."""
        rules: dict[str | None, list[Any]] = {None: []}
        for (sheet, origin, sheet_specificity), matcher in zip(self.sheets, matchers, strict=True):
            for specificity, _, pseudo, (declarations, layer) in matcher.match(wrapper):
                order = inf if layer is None else sheet.layers.index(layer)
                rules.setdefault(pseudo, []).append((origin, order, sheet_specificity or specificity, declarations))
        return rules

    def _style(self, element: Any, parent: Any, rules: dict[str | None, list[Any]]) -> None:  # noqa: ANN401
        own = tuple(map(element.get, _OWN)) if element.attrib else ()
        style = self._shared(self.shared.get(parent), None, rules.pop(None), (element, own) if any(own) else None)
        self.shared[element] = style
        first = style.parent_style is None or style.parent_style.parent_style is None
        self._give(element, None, style.copy() if first else style)
        for pseudo, matched in rules.items():
            self._style_part(element, pseudo, matched)

    def _style_part(self, element: Any, pseudo: str | None, rules: list[Any]) -> None:  # noqa: ANN401
        style = self.shared[element]
        shared = pseudo in _SHARED_PSEUDO
        own = self._shared(style, pseudo, rules, None, pseudo) if shared else css.ComputedStyle(*self._arguments(style, pseudo, rules))
        self._give(element, pseudo, own)

    def style_late(self, element: Any, pseudo: str | None) -> None:  # noqa: ANN401
        """Style a marker or a note of an element, where there are rules for it."""
        if element in self.wrappers:
            rules = self._rules(self.wrappers[element], [sheet.matcher for sheet, _, _ in self.sheets]).get(pseudo)
            if rules:
                self._style_part(element, pseudo, rules)

    def style_page(self, page: Any, parent: Any, pseudo: str | None, rules: list[Any]) -> None:  # noqa: ANN401
        """Style a page, which inherits from the root element, or a margin of one, which inherits from the page."""
        style = self.computed[page, pseudo] = self._shared(self.shared[parent], f"@page {pseudo}", rules, None, pseudo)
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
            style = self.store.styles[key] = SharedStyle(*self._arguments(parent, pseudo, rules, own and own[0]))
            self.store.held.append((parent, rules))
        return style

    def _arguments(self, parent: SharedStyle | None, pseudo: str | None, rules: list[Any], own: Any = None) -> tuple[Any, ...]:  # noqa: ANN401
        cascaded: dict[str, Any] = {}
        base = self.html.base_url
        if own is not None:
            for specificity, _, declarations, url in css.find_style_attributes(_Alone(own), False, base):  # noqa: FBT003
                _weighed("author", inf, specificity, preprocess_declarations(url, declarations), cascaded)
        for origin, order, specificity, declarations in rules:
            _weighed(origin, order, specificity, declarations, cascaded)
        root = css.InitialStyle(self.fonts) if parent is None else self.shared[self.html.etree_element]
        return parent, cascaded, pseudo, root, base, self.fonts, self.store.sizes


def replacements() -> list[Replacement]:
    """Pass WeasyPrint the styles that are shared, and count what it says."""
    if _SAID not in LOGGER.filters:
        LOGGER.addFilter(_SAID)
    return [Replacement(css, "StyleFor", StyleFor)]
