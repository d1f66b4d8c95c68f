"""A style sheet, parsed: what its rules say for paper, with the brand's values put in for its variables."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import cssselect2
import tinycss2

Tokens: TypeAlias = tuple[Any, ...]
Declarations: TypeAlias = tuple[tuple[str, Tokens, bool], ...]
"""Names, values, and whether a value is `!important`."""

_SIDES = ("top", "right", "bottom", "left")
SHORTHANDS = frozenset(
    {"margin", "padding", "background", "border", *(f"border-{each}" for each in ("width", "style", "color", *_SIDES))},
)
"""Properties that are written out as several."""
WIDTHS = {"thin": 0.75, "medium": 2.25, "thick": 3.75}
"""Widths of lines in points."""
_LINES = frozenset({"solid", "dashed", "dotted", "none", "double"})
_ATTRIBUTE = re.compile(r"\[\s*([\w-]+)")
_POSITIONAL = re.compile(
    r":nth-(?!child\(n(?:/\*\*/)?\+[123]\))|:has\((?!> tr:only-child\))|:empty|-of-type|#|[+~]\s*[^\s,>+~]+\s*[+~]\s*[^\s,>+~]+\s*[+~]"
)
"""What asks for more than the two elements before, whether any has a single child, and which of the first three an element is."""
DEFAULTS = """
html { line-height: 1.2 } strong, b, th, h1, h2, h3, h4 { font-weight: bold } em { font-style: italic } p { margin: 1em 0 }
ol, ul, figure { margin: 1em 0 } a { color: #0000ee } thead { break-inside: avoid }
"""
"""What browsers do without a style sheet."""


@dataclass(slots=True)
class PageRules:
    """What `@page` rules say: of all pages (``""``), of `landscape`, `right` and `left` ones; margin boxes are `name box`."""

    said: dict[str, dict[str, Tokens]] = field(default_factory=dict)

    def of(self, *names: str) -> dict[str, Tokens]:
        """Join what is said of pages of these names, the later over the earlier."""
        return {name: value for each in names for name, value in self.said.get(each, {}).items()}


@dataclass(slots=True)
class Sheet:
    """The rules that selectors find, and those of pages. `attributes` are the names that selectors ask for."""

    matcher: Any
    pages: PageRules
    attributes: frozenset[str]
    is_positional: bool
    """Whether selectors ask for more of an element's place than `cascade` caches styles by."""
    variables: Mapping[str, Tokens]


def read_sheet(css: str) -> Sheet:
    """Parse a style sheet. Rules for screens are left out; what cannot be read is skipped, since WeasyPrint's reading reports it."""
    rules = [*tinycss2.parse_stylesheet(DEFAULTS, skip_comments=True, skip_whitespace=True)]
    rules += tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    variables = _variables(rules)
    sheet = Sheet(cssselect2.Matcher(), PageRules(), frozenset(), is_positional=False, variables=variables)
    asked: set[str] = set()
    for rule in _for_paper(rules):
        if rule.type == "at-rule" and rule.lower_at_keyword == "page":
            _read_page(rule, sheet.pages, variables)
        elif rule.type == "qualified-rule":
            _read_rule(rule, sheet, variables, asked)
    sheet.attributes = frozenset(asked)
    return sheet


def _for_paper(rules: Sequence[Any]) -> Iterator[Any]:
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "media":
            media = tinycss2.serialize(rule.prelude).strip()
            if media in {"print", "all"} and rule.content is not None:
                yield from _for_paper(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
        else:
            yield rule


def _variables(rules: Sequence[Any]) -> Mapping[str, Tokens]:
    roots = [rule for rule in rules if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() in {":root", "html"}]
    said = (each for rule in roots for each in _declarations(rule.content, {}))
    return {name: value for name, value, _ in said if name.startswith("--")}


def _read_rule(rule: Any, sheet: Sheet, variables: Mapping[str, Tokens], asked: set[str]) -> None:  # noqa: ANN401 - tinycss2 has no types
    try:
        selectors = cssselect2.compile_selector_list(rule.prelude)
    except cssselect2.SelectorError:
        return
    declarations = tuple(_declarations(rule.content, variables))
    prelude = tinycss2.serialize(rule.prelude)
    asked |= set(_ATTRIBUTE.findall(prelude))
    sheet.is_positional |= bool(_POSITIONAL.search(prelude))
    for selector in selectors:
        sheet.matcher.add_selector(selector, declarations)


def _read_page(rule: Any, pages: PageRules, variables: Mapping[str, Tokens]) -> None:  # noqa: ANN401
    name = tinycss2.serialize(rule.prelude).strip().lstrip(":")
    for part in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
        if part.type == "at-rule":
            said = pages.said.setdefault(f"{name} {part.lower_at_keyword}".strip(), {})
            said.update((name, value) for name, value, _ in _declarations(part.content, variables))
        elif part.type == "declaration":
            said = pages.said.setdefault(name, {})
            said.update((name, value) for name, value, _ in _expand(part, variables))


def read_declarations(text: str, variables: Mapping[str, Tokens]) -> Iterator[tuple[str, Tokens, bool]]:
    """Parse what an element's own `style` says."""
    return _declarations(text, variables)


def _declarations(content: str | Sequence[Any], variables: Mapping[str, Tokens]) -> Iterator[tuple[str, Tokens, bool]]:
    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if part.type == "declaration":
            yield from _expand(part, variables)


def _expand(declaration: Any, variables: Mapping[str, Tokens]) -> Iterator[tuple[str, Tokens, bool]]:  # noqa: ANN401
    """Put in the variables, and write shorthands out."""
    name = declaration.name if declaration.name.startswith("--") else declaration.lower_name
    tokens = tuple(_substituted(declaration.value, variables))
    for each, value in _longhands(name, tokens):
        yield each, value, declaration.important


def _substituted(tokens: Sequence[Any], variables: Mapping[str, Tokens]) -> Iterator[Any]:
    for token in tokens:
        if token.type in {"whitespace", "comment"}:
            continue
        if token.type == "function" and token.lower_name == "var":
            yield from _substituted(variables.get(token.arguments[0].value, ()), variables)
        else:
            yield token


def _longhands(name: str, tokens: Tokens) -> Iterator[tuple[str, Tokens]]:
    if name in {"margin", "padding"}:
        for side, token in _four(tokens):
            yield f"{name}-{side}", (token,)
    elif name in {"border", *(f"border-{side}" for side in _SIDES)}:
        for side in _SIDES if name == "border" else (name.removeprefix("border-"),):
            yield from _border(side, tokens)
    elif name in {"border-width", "border-style", "border-color"}:
        for side, token in _four(tokens):
            yield f"border-{side}-{name.removeprefix('border-')}", (token,)
    elif name == "background":
        yield "background-color", tokens
    else:
        yield name, tokens


def _four(tokens: Tokens) -> Iterator[tuple[str, Any]]:
    if tokens:
        top, right, bottom, left = (tokens * 4)[:4] if len(tokens) != 3 else (*tokens, tokens[1])  # noqa: PLR2004
        yield from zip(_SIDES, (top, right, bottom, left), strict=True)


def _border(side: str, tokens: Tokens) -> Iterator[tuple[str, Tokens]]:
    for token in tokens:
        if token.type in {"dimension", "number"} or (token.type == "ident" and token.lower_value in WIDTHS):
            yield f"border-{side}-width", (token,)
        elif token.type == "ident" and token.lower_value in _LINES:
            yield f"border-{side}-style", (token,)
        else:
            yield f"border-{side}-color", (token,)
