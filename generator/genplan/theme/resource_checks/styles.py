"""Style sheets: what they could load, and how deep they nest."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2

from genplan.messages import msg

MAX_DEPTH = 64
"""Blocks, brackets or elements in each other. What people write nests ten deep; libraries that read it recurse."""

_LOADING = frozenset(
    {"src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "element", "paint", "expression"}
)
"""Functions that name something to load, or run something, besides `url`."""
_BINDING = frozenset({"link", "-weasy-link"})
"""Properties of WeasyPrint's by which any element can be a link to anywhere."""
_BLOCKS = frozenset({"{} block", "[] block", "() block"})
_CURE = msg(
    "style sheets may only use pictures (PNG, JPEG, GIF, BMP, SVG), fonts and sheets of the theme, by their paths in it: images/seal.png"
)

_EMPTY = frozenset({"whitespace", "comment"})
_LINE_END = re.compile(r"\n")
_SENTINEL = "genplan-end-of-sheet"
_LONGEST = 60
"""Characters of an address that a message shows."""
Judge = Callable[[str], str]
"""Says of an address in a style sheet what is wrong with it; nothing where it may stand there."""


@dataclass(frozen=True, slots=True)
class StyleProblem:
    """Something that a style sheet may not do: its code, where (line and column, from 1), what, and the cure."""

    code: str
    line: int
    column: int
    message: str
    cure: str = _CURE


def shown(address: str) -> str:
    """Cut an address to what fits a line."""
    return address if len(address) <= _LONGEST else f"{address[:_LONGEST]}…"


@dataclass(frozen=True, slots=True)
class SheetImport:
    """An `@import` before all rules: its address, the media it is for (empty: all), and where it starts and ends in the text."""

    address: str
    media: str
    start: int
    end: int


def leading_imports(text: str) -> list[SheetImport]:
    """List the imports of a style sheet that stand before all rules; others have no effect, and those into layers are not taken.

    Lines end in a line feed alone, as files are read.
    """
    found = []
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    nodes = tinycss2.parse_stylesheet(text)
    for at, node in enumerate(nodes):
        keyword = node.lower_at_keyword if node.type == "at-rule" else ""
        if keyword == "import":
            after = nodes[at + 1 : at + 2]
            end = starts[after[0].source_line - 1] + after[0].source_column - 1 if after else len(text)
            found += _import(node.prelude, starts[node.source_line - 1] + node.source_column - 1, end)
        elif keyword != "charset" and node.type not in _EMPTY:
            break
    return found


def _import(prelude: list[Any], start: int, end: int) -> list[SheetImport]:
    solid = [token for token in prelude if token.type not in _EMPTY]
    address = _address(solid[0]) if solid else ""
    simple = all(token.type != "function" and not (token.type == "ident" and token.lower_value == "layer") for token in solid[1:])
    return [SheetImport(address, tinycss2.serialize(solid[1:]), start, end)] if address and simple else []


def _address(token: Any) -> str:  # noqa: ANN401
    if token.type in {"string", "url"}:
        return str(token.value)
    return str(token.arguments[0].value) if token.type == "function" and token.lower_name == "url" and token.arguments else ""


_SWITCHES = frozenset({"inherit", "initial", "unset", "revert", "revert-layer", "normal", "default"})
_GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math", "emoji"})
_VARIABLE = "--font-"
"""How the variables start that the built-in sheets take families from."""


@dataclass(frozen=True, slots=True)
class FamilyName:
    """A font family that a style sheet names, where, and whether it brings it along by `@font-face`."""

    name: str
    line: int
    column: int
    brought: bool


def family_names(text: str) -> Iterator[FamilyName]:
    """List the families that a style sheet names, but for generic ones."""
    rules = [*tinycss2.parse_stylesheet(text)]
    while rules:
        rule = rules.pop(0)
        if rule.type == "declaration" and (rule.lower_name in {"font-family", "font"} or rule.lower_name.startswith(_VARIABLE)):
            yield from _families(rule, brought=False)
        elif rule.type == "at-rule" and rule.lower_at_keyword == "font-face":
            inner = tinycss2.parse_blocks_contents(rule.content or [])
            families = (each for each in inner if each.type == "declaration" and each.lower_name == "font-family")
            yield from (family for each in families for family in _families(each, brought=True))
        elif rule.type in {"at-rule", "qualified-rule"} and rule.content:
            rules = [*tinycss2.parse_blocks_contents(rule.content), *rules]


def _families(declaration: Any, *, brought: bool) -> Iterator[FamilyName]:  # noqa: ANN401
    """Split a list of families: each a string, or words, which stand behind the size in `font`."""
    shorthand = declaration.lower_name == "font"
    words: list[Any] = []
    for part in (*declaration.value, None):
        if part is not None and part.type in {"string", "ident"}:
            words.append(part)
        elif shorthand and part is not None and part.type in {"number", "dimension", "percentage"}:
            words, shorthand = [], False
        elif part is None or part == ",":
            name = " ".join(str(word.value) for word in words)
            if words and not shorthand and not _is_keyword(words):
                yield FamilyName(name, words[0].source_line, words[0].source_column, brought)
            words = []


def _is_keyword(words: Sequence[Any]) -> bool:
    return len(words) == 1 and words[0].type == "ident" and words[0].lower_value in _SWITCHES | _GENERIC


def unclosed(text: str) -> tuple[int, int] | None:
    """Find the line and column of what a style sheet leaves open at its end (a brace, a comment), which would take in the next sheet."""
    tokens = tinycss2.parse_component_value_list(f"{text}\n{_SENTINEL}")
    place = None
    while tokens and not (tokens[-1].type == "ident" and tokens[-1].value == _SENTINEL):
        place = tokens[-1].source_line, tokens[-1].source_column
        tokens = _inside(tokens[-1])
    return place


def style_problems(text: str, judge: Judge) -> Iterator[StyleProblem]:
    """Find what a style sheet, or the value of a `style` attribute, would load: GP546; and what nests too deep: GP547.

    Tokens are those of CSS, so that no escape or comment hides a name.
    """
    waiting: list[tuple[list[Any], int]] = [(tinycss2.parse_component_value_list(text), 1)]
    while waiting:
        tokens, depth = waiting.pop()
        if depth > MAX_DEPTH:
            first = tokens[0]
            message = msg("the style sheet is nested more than {limit} levels deep", limit=MAX_DEPTH)
            yield StyleProblem("GP547", first.source_line, first.source_column, message, msg("use fewer levels"))
            return
        yield from _of_row(tokens, judge)
        for token in tokens:
            inner = _inside(token)
            if inner:
                waiting.append((inner, depth + 1))


def _inside(token: Any) -> list[Any]:  # noqa: ANN401 - tinycss2 has no types
    if token.type in _BLOCKS:
        return list(token.content)
    return list(token.arguments) if token.type == "function" else []


def _of_row(tokens: list[Any], judge: Judge) -> Iterator[StyleProblem]:
    """Look at tokens beside each other."""
    solid = [token for token in tokens if token.type not in _EMPTY]
    for at, token in enumerate(solid):
        if token.type == "url":
            yield from _judged(token, token.value, judge)
        elif token.type == "function":
            yield from _of_function(token, judge)
        elif token.type == "at-keyword" and token.lower_value == "import":
            yield from _of_import(token, solid[at + 1 : at + 2], judge)
        elif token.type == "ident" and token.lower_value in _BINDING and _binds(solid, at):
            message = msg("`{property}` makes links out of anything", property=token.lower_value)
            yield StyleProblem("GP546", token.source_line, token.source_column, message, msg("write links as <a href=…> in the template"))


def _binds(solid: list[Any], at: int) -> bool:
    """Return whether a name is a property's (at the start of a declaration, a colon after it) with a value other than `none`."""
    starts = at == 0 or bool(solid[at - 1] == ";") or solid[at - 1].type == "{} block"
    if not starts or solid[at + 1 : at + 2] != [":"]:
        return False
    value = solid[at + 2 : at + 3]
    return not (value and value[0].type == "ident" and bool(value[0].lower_value == "none"))


def _of_function(token: Any, judge: Judge) -> Iterator[StyleProblem]:  # noqa: ANN401
    arguments = [each for each in token.arguments if each.type not in _EMPTY]
    if token.lower_name == "url":
        yield from _judged(token, arguments[0].value if arguments and arguments[0].type == "string" else "", judge)
    elif token.lower_name in _LOADING and not _is_running(token, arguments):
        yield StyleProblem(
            "GP546",
            token.source_line,
            token.source_column,
            msg("`{function}()` is not allowed in style sheets", function=token.lower_name),
        )
    elif token.lower_name == "attr" and any(_names_address(each) for each in arguments[1:]):
        message = msg("`attr()` would take an address out of the document")
        yield StyleProblem("GP546", token.source_line, token.source_column, message)


def _is_running(token: Any, arguments: list[Any]) -> bool:  # noqa: ANN401
    """Return whether a function places a running element by its name, `element(header)`, as the built-in sheet does."""
    return bool(token.lower_name == "element" and [each.type for each in arguments] == ["ident"])


def _names_address(token: Any) -> bool:  # noqa: ANN401
    return bool((token.type == "ident" and token.lower_value == "url") or (token.type == "function" and token.lower_name == "type"))


def _of_import(token: Any, following: Iterable[Any], judge: Judge) -> Iterator[StyleProblem]:  # noqa: ANN401
    """Look at an import that names its sheet by a string; one that has a `url()` is found by that."""
    for each in following:
        if each.type == "string":
            yield from _judged(token, each.value, judge)


def _judged(token: Any, address: str, judge: Judge) -> Iterator[StyleProblem]:  # noqa: ANN401
    if wrong := "" if address.startswith("#") else judge(address):
        yield StyleProblem("GP546", token.source_line, token.source_column, wrong)
