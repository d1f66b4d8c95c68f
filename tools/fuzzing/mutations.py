"""Changes to good files: of text by word and line, of YAML and XML by their trees, of bytes anywhere.

A change is an operation and two whole numbers that say where and with what, of any size; Hypothesis draws them and makes them few and
small where one fails. `material` is what may be put in.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import yaml
from lxml import etree

# fmt: off
ODD = (
    "", "0", "-1", "0.1", "1e999", "-0", "²", "½", "٣", "１２％", "1,2", "1,200", "120%", "9" * 40, "9" * 400, "0x10", "1_000", "Infinity",
    "NaN", "null", "~", "true", "否", "[]", "{}", "[[[[", "{a: {b: c}}", "'", '"', "&a", "*a", "<<", "!!python/object:x", "---", "...",
    "|", ">", "- ", "#", "\t", "\\", "\x00", "\x1b[31m", "\x9b", "\u202e", "\u200b", "\ufeff", "\u2028", "\r", "\n", "é", "é", "𠮷",
    "\ufffe", "\U0010ffff", "\udc80", "{{", "}}", "{%", "{#", "<b>", "</p>", "<script>", "<!--", "&amp;", "&#0;", "]]>", "考" * 300,
    "a" * 5000, "=1+1", "@", "+", "../", "/", "con", "2026-02-30", "2026-Q5", "2026-Q3", "9999-12-31", "0000", "工号", "姓名", "权重",
    "weight", "items", "http://x/", "url(x)", "100000000px",
)
# fmt: on
"""Text that people may type into a file, by mistake or on purpose."""

_TOKEN = re.compile(r"[^\W_]+|\s+|.", re.DOTALL)


class Change(NamedTuple):
    """One change, not yet bound to a file."""

    operation: int
    at: int
    by: int


Material = Sequence[str]
_TextOperation = Callable[[list[str], int, int, Material], None]


def _replace(parts: list[str], at: int, by: int, material: Material) -> None:
    parts[at] = material[by % len(material)]


def _insert(parts: list[str], at: int, by: int, material: Material) -> None:
    parts.insert(at, material[by % len(material)])


def _remove(parts: list[str], at: int, by: int, _: Material) -> None:
    del parts[at : at + 1 + by % 4]


def _repeat(parts: list[str], at: int, by: int, _: Material) -> None:
    parts[at:at] = parts[at : at + 1 + by % 4]


def _swap(parts: list[str], at: int, by: int, _: Material) -> None:
    other = by % len(parts)
    parts[at], parts[other] = parts[other], parts[at]


def _multiply(parts: list[str], at: int, by: int, _: Material) -> None:
    parts[at] *= 2 ** (by % 11)


def _cut(parts: list[str], at: int, by: int, _: Material) -> None:
    parts[at] = parts[at][: by % (len(parts[at]) + 1)]


_ON_PARTS: tuple[_TextOperation, ...] = (_replace, _insert, _remove, _repeat, _swap, _multiply, _cut)


def change_text(text: str, changes: Sequence[Change], material: Material) -> str:
    """Change words, or lines where the operation is beyond the first round of operations."""
    for change in changes:
        by_line = change.operation // len(_ON_PARTS) % 2
        parts = text.splitlines(keepends=True) if by_line else _TOKEN.findall(text)
        if parts:
            _ON_PARTS[change.operation % len(_ON_PARTS)](parts, change.at % len(parts), change.by, material)
        text = "".join(parts)
    return text


def change_bytes(data: bytes, changes: Sequence[Change]) -> bytes:
    """Change single bytes, or cut and repeat stretches."""
    for operation, at, by in changes:
        start = at % (len(data) + 1)
        stretch = data[start : start + 1 + by % 64]
        match operation % 4:
            case 0:
                data = data[:start] + bytes([by % 256]) + data[start + 1 :]
            case 1:
                data = data[:start] + data[start + len(stretch) :]
            case 2:
                data = data[:start] + stretch + data[start:]
            case _:
                data = data[:start]
    return data


Place = tuple[Any, Any]
"""A list or mapping, and an index or a key in it."""


def _places(tree: Any) -> list[Place]:  # noqa: ANN401 - data of any shape
    """List the places of all values, in order."""
    steps: list[Any] = list(tree.items()) if isinstance(tree, dict) else list(enumerate(tree)) if isinstance(tree, list) else []
    return [place for step, value in steps for place in ((tree, step), *_places(value))]


def change_data(text: str, changes: Sequence[Change], material: Material) -> str:
    """Change the data in YAML: replace, remove, wrap, move and repeat values and keys."""
    tree = [yaml.load(text, yaml.BaseLoader)]  # noqa: S506 - it makes strings, lists and mappings alone
    for change in changes:
        places = _places(tree)
        if places:
            _change_place(tree, places[change.at % len(places)], change, material)
    return yaml.safe_dump(tree[0] if tree else None, allow_unicode=True, sort_keys=False, width=1000)


def _change_place(tree: list[Any], place: Place, change: Change, material: Material) -> None:
    parent, step = place
    word = material[change.by % len(material)]
    other, there = _places(tree)[change.by % len(_places(tree))]
    match change.operation % 7:
        case 0:
            parent[step] = word
        case 1:
            del parent[step]
        case 2:
            parent[step] = [parent[step]]
        case 3:
            parent[step] = {word: parent[step]}
        case 4:
            parent[step] = yaml.load(yaml.safe_dump(other[there]), yaml.BaseLoader)  # noqa: S506 - as above
        case 5 if isinstance(parent, dict):
            parent[word] = parent.pop(step)
        case _:
            parent.update({word: parent[step]}) if isinstance(parent, dict) else parent.insert(step, parent[step])


def change_xml(data: bytes, changes: Sequence[Change], material: Material) -> bytes:
    """Change elements, attributes and text in a part of an Office file; leave anything but XML unchanged."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    for change in changes:
        elements = list(root.iter("*"))
        _change_element(elements, elements[change.at % len(elements)], change, material)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _change_element(elements: list[Any], element: Any, change: Change, material: Material) -> None:  # noqa: ANN401 - lxml has no types
    word = "".join(letter for letter in material[change.by % len(material)] if letter.isprintable() or letter in "\t\n")
    other = elements[change.by % len(elements)]
    parent = element.getparent()
    copy = etree.fromstring(etree.tostring(other))
    match change.operation % 6:
        case 0:
            element.text = word
        case 1 if element.attrib:
            element.set(list(element.attrib)[change.by % len(element.attrib)], word)
        case 2 if parent is not None:
            parent.remove(element)
        case 3:
            element.append(copy)
        case 4 if parent is not None:
            parent.replace(element, copy)
        case _:
            element.tag = other.tag
