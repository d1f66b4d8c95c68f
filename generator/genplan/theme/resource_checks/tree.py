"""What a template's output may consist of, whatever format is made of it.

Elements and attributes are allowed by a list: what is not on it may load, embed or run something in one format or another, now or in the
next release of a library.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element

from genplan.messages import msg
from genplan.theme.resource_checks.pictures import is_picture_name, picture_name
from genplan.theme.resource_checks.styles import MAX_DEPTH, shown, style_problems

_ELEMENTS = frozenset(
    {"html", "head", "title", "meta", "style", "body", "header", "footer", "main", "section", "article", "aside", "nav", "address"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "p", "div", "ul", "ol", "menu", "li", "dl", "dt", "dd", "figure", "figcaption"}
    | {"blockquote", "pre", "hr", "br", "wbr", "center", "details", "summary", "fieldset", "legend", "label"}
    | {"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"}
    | {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "mark", "q"}
    | {"rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var"}
)
"""Elements that hold text or arrange it, and `img`."""
_EVERYWHERE = frozenset(
    {
        "class",
        "id",
        "lang",
        "dir",
        "title",
        "style",
        "role",
        "hidden",
        "translate",
        "tabindex",
        "{http://www.w3.org/XML/1998/namespace}lang",
    }
)
_ATTRIBUTES = {
    "html": frozenset({"xmlns"}),
    "meta": frozenset({"name", "content", "charset"}),
    "style": frozenset({"type", "media"}),
    "body": frozenset({"bgcolor", "text"}),
    "a": frozenset({"href", "rel", "target", "name"}),
    "img": frozenset({"src", "alt", "width", "height", "align", "border"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "ul": frozenset({"type"}),
    "li": frozenset({"value", "type"}),
    "data": frozenset({"value"}),
    "time": frozenset({"datetime"}),
    "font": frozenset({"color", "face", "size"}),
    "details": frozenset({"open"}),
    "label": frozenset({"for"}),
    "table": frozenset({"border", "cellpadding", "cellspacing", "frame", "rules", "summary"}),
    **dict.fromkeys(("col", "colgroup"), frozenset({"span"})),
    **dict.fromkeys(("td", "th"), frozenset({"colspan", "rowspan", "headers", "scope", "abbr", "nowrap"})),
}
"""Attributes that single elements have besides those of all."""
_OF_TABLES = frozenset({"table", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"})
_TABLE_LOOKS = frozenset({"width", "height", "align", "valign", "bgcolor", "char", "charoff"})
_ALIGNED = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "caption", "legend"})
_NOTES = re.compile(r"(?:data|aria)-[\w.-]+")
"""Attributes that nothing but genplan and readers for the blind look at."""

_DRAWINGS = frozenset({"svg", "{http://www.w3.org/2000/svg}svg"})
_EMBEDDING = frozenset({"object", "embed", "iframe", "frame", "frameset", "noframes", "applet", "portal", "fencedframe", "param"})
_LOADING = frozenset({"link", "base", "script", "noscript", "video", "audio", "source", "track", "picture", "image", "canvas", "template"})
_LINK = re.compile(r"(?:https?://|mailto:|#)\S*", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]", re.IGNORECASE)
_SUSPECT = re.compile(r"[\\(@]|link", re.IGNORECASE)
"""What a style that loads something cannot do without; nearly all are skipped by it."""
_PICTURES = msg('use only pictures: <img src="…"> with a file of the theme or the pictures folder')
_LISTED = msg("docs/document-tree.md lists what documents may contain")


@dataclass(frozen=True, slots=True)
class ForbiddenElement:
    """Something in a document that it may not hold. `needles` are patterns that its place in a template matches, the surest first.

    Where it is only taken out, `code` is a warning's.
    """

    code: str
    message: str
    cure: str
    needles: tuple[str, ...]


def reaches(tree: Element) -> Iterator[ForbiddenElement]:
    """Find what a document would load, embed or run (GP540, GP546), and what nests too deep for all that walks through it (GP547).

    Links to elsewhere than the web lose their address (GP606). Drawings (`svg`) are left to `theme.svg`, which knows what they may hold.
    """
    waiting = [(tree, 1, False)]
    while waiting:
        element, depth, drawn = waiting.pop()
        tag = element.tag
        if not isinstance(tag, str):  # a comment
            continue
        if depth > MAX_DEPTH:
            cure = msg("use fewer levels; look for a loop that opens elements and does not close them")
            yield ForbiddenElement("GP547", msg("elements are nested more than {limit} levels deep", limit=MAX_DEPTH), cure, _tag(tag))
            return
        drawn = drawn or tag in _DRAWINGS
        if not drawn:
            yield from _of(element, tag)
        waiting += [(child, depth + 1, drawn) for child in reversed(element)]


def _of(element: Element, tag: str) -> Iterator[ForbiddenElement]:
    if tag not in _ELEMENTS:
        yield _element(tag)
        return
    for name in element.keys():  # noqa: SIM118 - an element is no mapping
        if not _is_allowed(tag, name):
            yield _attribute(tag, name)
    if tag in _OF_ELEMENT:
        yield from _OF_ELEMENT[tag](element)
    style = element.get("style")
    if style and _SUSPECT.search(style):
        yield from _style(style, "style")


@lru_cache(maxsize=2_000)
def _is_allowed(tag: str, name: str) -> bool:
    return (
        name in _EVERYWHERE
        or name in _ATTRIBUTES.get(tag, ())
        or (tag in _OF_TABLES and name in _TABLE_LOOKS)
        or (tag in _ALIGNED and name in {"align", "width", "size", "noshade", "color"})
        or bool(_NOTES.fullmatch(name))
    )


def _element(tag: str) -> ForbiddenElement:
    name = tag.rpartition("}")[2]
    if name in _EMBEDDING:
        return ForbiddenElement("GP540", msg("<{tag}> would embed a file in the document", tag=name), _PICTURES, _tag(name))
    if name in _LOADING:
        cure = msg("write the rules into styles/custom.css") if name == "link" else _PICTURES
        return ForbiddenElement("GP540", msg("<{tag}> would load something into the document", tag=name), cure, _tag(name))
    return ForbiddenElement("GP540", msg("<{tag}> is not allowed in documents", tag=name), _LISTED, _tag(name))


def _attribute(tag: str, name: str) -> ForbiddenElement:
    name = name.rpartition("}")[2]
    cure = _PICTURES if tag == "img" else _LISTED
    return ForbiddenElement(
        "GP540",
        msg("attribute `{name}` of <{tag}> is not allowed in documents", name=name, tag=tag),
        cure,
        (rf"\b{re.escape(name)}\s*=", *_tag(tag)),
    )


def _tag(name: object) -> tuple[str, ...]:
    return (rf"<{re.escape(str(name))}(?![\w-])",)


def _of_link(element: Element) -> Iterator[ForbiddenElement]:
    if "attachment" in element.get("rel", "").lower():
        message = msg("<{tag}> would embed a file in the document", tag='a rel="attachment"')
        yield ForbiddenElement("GP540", message, _PICTURES, (r"rel\s*=\s*.{0,20}attachment", "attachment", *_tag("a")))
    address = element.get("href")
    if address is not None and not _LINK.fullmatch(address.strip()):
        del element.attrib["href"]
        message = msg("the link to “{address}” is written as plain text", address=address.strip()[:80])
        yield ForbiddenElement(
            "GP606", message, msg("link to http:, https: or mailto: addresses"), (re.escape(address.strip()), *_tag("a"))
        )


def picture_needles(address: str) -> tuple[str, ...]:
    """Return patterns for where a template asks for a picture."""
    return (re.escape(address), *_tag("img")) if address else _tag("img")


def _of_style(element: Element) -> Iterator[ForbiddenElement]:
    yield from _style(element.text or "", "<style>")


def _style(text: str, where: str) -> Iterator[ForbiddenElement]:
    for problem in style_problems(text, _no_picture):
        needle = r"<style\b" if where == "<style>" else r"style\s*="
        yield ForbiddenElement(
            problem.code, msg("in {place}: {message}", place=where, message=problem.message), problem.cure, (r"url\s*\(", needle)
        )


def _no_picture(address: str) -> str:
    """Describe what is wrong with an address by itself; whether there is such a picture is for those to say who look it up."""
    name = picture_name(address)
    return (
        ""
        if is_picture_name(name) and not _ELSEWHERE.match(name)
        else msg("`{address}` is not a picture of the theme", address=shown(address))
    )


_OF_ELEMENT: dict[str, Callable[[Element], Iterator[ForbiddenElement]]] = {"a": _of_link, "style": _of_style}
