"""A plan's prose, from Markdown to the vocabulary of the document tree."""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile
from operator import or_
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape

_DEEPEST = 4
MAX_LEVEL = 40
"""How deep text may stand in lists and quotations: a list in a list is two deeper."""
_MOST_NESTED = 100
"""How deep Markdown is read; what is deeper is left out, so `too_deep` has to be asked first."""
_MIN_COLUMN = 4
"""Characters that a column is given at least when widths are shared out."""
_MAX_COLUMN = 40
_SHARED_PUNCTUATION = frozenset("“”‘’—…·")
"""Punctuation that Chinese has in common with other scripts, so that it is wide beside a Chinese character only."""
_SHORT_TABLE = 8
"""A table of up to so many rows stays on one page."""


class _Renderer(RendererHTML):
    """Writes only elements that docs/document-tree.md names."""

    def heading_open(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        return f"<h{_level(tokens[index])}>"

    def heading_close(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        return f"</h{_level(tokens[index])}>"

    def blockquote_open(self, *_: object) -> str:
        return '<div class="callout">'

    def blockquote_close(self, *_: object) -> str:
        return "</div>"

    def code_inline(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        return f"<span>{escape(tokens[index].content)}</span>"

    def code_block(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        return _verbatim(tokens[index])

    def fence(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        return _verbatim(tokens[index])

    def hr(self, *_: object) -> str:
        return ""

    def softbreak(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        before = next((token.content[-1] for token in reversed(tokens[:index]) if token.content), "")
        after = next((token.content[0] for token in tokens[index + 1 :] if token.content), "")
        return "" if _join(before, after) else "\n"

    def image(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any) -> str:  # noqa: ANN401 - markdown-it's signature
        token = tokens[index]
        alt = self.renderInlineAsText(token.children or [], options, env)
        return f'<img src="{escape(str(token.attrs.get("src", "")))}" alt="{escape(alt)}">'

    def table_open(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        columns = "".join(f'<col style="width: {width}%">' for width in _column_widths(tokens, index))
        return f'<div{_keeping(tokens, index)}><table class="data"><colgroup>{columns}</colgroup>'

    def table_close(self, *_: object) -> str:
        return "</table></div>"

    def th_open(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        return f'<th scope="col"{_alignment(tokens[index])}>'

    def td_open(self, tokens: Sequence[Token], index: int, *_: object) -> str:
        return f"<td{_alignment(tokens[index])}>"


def _verbatim(token: Token) -> str:
    return f"<p>{Markup('<br>').join(token.content.rstrip().split(chr(10)))}</p>"


def _join(before: str, after: str) -> bool:
    """Return whether two characters stand without a space between them, as Chinese ones and their punctuation do."""
    wide = [unicodedata.east_asian_width(character) in {"W", "F"} for character in before + after]
    shared = [character in _SHARED_PUNCTUATION for character in before + after]
    return len(wide) == 2 and any(wide) and all(map(or_, wide, shared))  # noqa: PLR2004 - both are there


def _level(token: Token) -> int:
    """`#` heads a section, which the template writes as h2; what is below follows."""
    return min(int(token.tag[1]) + 1, _DEEPEST)


def _alignment(token: Token) -> str:
    classes = {"text-align:right": "number", "text-align:center": "center"}
    name = classes.get(str(token.attrs.get("style", "")))
    return f' class="{name}"' if name else ""


def _of_table(tokens: Sequence[Token], start: int) -> Iterator[Token]:
    return takewhile(lambda token: token.type != "table_close", tokens[start:])


def _keeping(tokens: Sequence[Token], start: int) -> str:
    rows = sum(token.type == "tr_open" for token in _of_table(tokens, start))
    return ' class="keep"' if rows <= _SHORT_TABLE else ""


def _column_widths(tokens: Sequence[Token], start: int) -> list[int]:
    """Share 100 % out to a table's columns by their longest cells, within bounds."""
    longest: list[int] = []
    column = 0
    for token in _of_table(tokens, start):
        if token.type == "tr_open":
            column = 0
        elif token.type == "inline":
            longest += [_MIN_COLUMN] * (column + 1 - len(longest))
            longest[column] = max(longest[column], min(len(token.content), _MAX_COLUMN))
            column += 1
    total = sum(longest)
    widths = [length * 100 // total for length in longest]
    widths[-1] += 100 - sum(widths)
    return widths


def _settle(state: StateCore) -> None:
    """Let list items hold their text themselves, however far apart they were written, and let a picture that stands alone be a figure."""
    parents: list[str] = []
    for index, token in enumerate(state.tokens):
        if token.type == "paragraph_open":
            _settle_paragraph(state.tokens[index - 1 : index + 3] if index else [token, *state.tokens[:3]], parents[-1:])
        if token.nesting == 1:
            parents.append(token.type)
        elif token.nesting == -1:
            parents.pop()


def _settle_paragraph(tokens: Sequence[Token], parent: Sequence[str]) -> None:
    before, opening, inline, closing = tokens
    content = inline.children or []
    if parent == ["list_item_open"] and before.type in {"list_item_open", "paragraph_close"}:
        opening.hidden = closing.hidden = True
        if before.type == "paragraph_close":
            content.insert(0, Token("hardbreak", "br", 0))
    elif [token.type for token in content] == ["image"]:
        opening.tag = closing.tag = "figure"


@cache
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _MOST_NESTED}, renderer_cls=_Renderer).enable("table")
    parser.core.ruler.push("settle", _settle)
    return parser


def to_html(markdown: str, lists: str = "") -> Markup:
    """Render Markdown; HTML in it stays text. `lists` is the class of its numbered lists."""
    return _rendered(_tokens(markdown, lists))


def articles(markdown: str, lists: str) -> list[tuple[Markup, Markup]]:
    """Part Markdown at its paragraphs: the text of each, and the blocks up to the next; the first text is empty where blocks come first."""
    groups: list[tuple[list[Token], list[Token]]] = []
    for token in _tokens(markdown, lists):
        if token.type == "paragraph_open" and token.level == 0 and token.tag == "p":
            groups.append(([], []))
        elif token.type == "inline" and groups and not groups[-1][0] and token.level == 1:
            groups[-1][0].append(token)
        elif token.type != "paragraph_close" or token.level or token.tag != "p":
            groups = groups or [([], [])]
            groups[-1][1].append(token)
    return [(_rendered(text), _rendered(blocks)) for text, blocks in groups]


def _tokens(markdown: str, lists: str) -> list[Token]:
    tokens = _markdown().parse(markdown)
    for token in tokens:
        if lists and token.type == "ordered_list_open":
            token.attrSet("class", lists)
    return tokens


def _rendered(tokens: Sequence[Token]) -> Markup:
    parser = _markdown()
    return Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - the renderer escapes all text


def pictures_in(markdown: str) -> list[str]:
    """List the addresses of the pictures that a text shows, in order."""
    if "![" not in markdown:
        return []
    return [str(child.attrs.get("src", "")) for token in _markdown().parse(markdown) for child in _within(token) if child.type == "image"]


def too_deep(markdown: str) -> bool:
    """Return whether text stands in more lists and quotations than documents can hold, `MAX_LEVEL`."""
    tokens = _markdown().parse(markdown)
    return max((token.level + max((child.level for child in _within(token)), default=0) for token in tokens), default=0) > MAX_LEVEL


def _within(token: Token) -> Sequence[Token]:
    return token.children or ()
