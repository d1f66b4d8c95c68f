"""HTML text to a tree: by expat where that gives the same tree, else by tinyhtml5.

tinyhtml5 means to keep the patterns it reads text with, but looks them up under another key than it puts them, and so makes a new one for
every attribute and every text: a third of its time. The table that it looks in makes them when asked, and keeps them.
"""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

import tinyhtml5
from tinyhtml5 import inputstream

from genplan.theme.wellformed import parse_wellformed


class _Patterns(dict[tuple[Iterable[str], bool], re.Pattern[str]]):
    """Patterns of characters to read, by the characters and whether these are meant or all others."""

    def __missing__(self, key: tuple[Iterable[str], bool]) -> re.Pattern[str]:
        characters, opposite = key
        these = "".join(f"\\x{ord(character):02x}" for character in characters)
        pattern = self[key] = re.compile(f"[{these}]+" if opposite else f"[^{these}]+")
        return pattern


if isinstance(getattr(inputstream, "characters_until_regex", None), dict):
    inputstream.characters_until_regex = _Patterns()


def parse(html: str) -> Element:
    """Parse a document; names of HTML stay without a namespace."""
    tree = parse_wellformed(html)
    return parse_html(html) if tree is None else tree


def parse_html(html: str) -> Element:
    """Parse a document whose elements stand anywhere."""
    tree: Element = tinyhtml5.parse(html, namespace_html_elements=False)
    return tree
