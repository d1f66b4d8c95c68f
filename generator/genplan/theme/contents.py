"""What the tree says of itself: its table of contents, and the numbers of its captions, so that every format shows the same."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from genplan.theme.numbering import is_western

LEVELS = {"h2": 1, "h3": 2, "h4": 3}
_MOST_LEVELS = 3
_LEAST = 8
_WIDE, _WESTERN_WIDE = "\u3000", "\u2003"
_APART = frozenset({"regulation"})
"""Schemes whose numbers stand apart from what they number."""


def fill_contents(root: Element) -> None:
    """Fill each `nav.toc` below `root` with its entries: links to the headings, which get ids for it.

    `data-levels` says how many levels it lists (2), `data-least` from how many of them on it is worth having (8): in a shorter
    document it is taken out. The headings are those of the whole document, so that Word finds the same when it lists them anew.
    """
    for parent in list(root.iter()):
        for nav in [child for child in parent if child.tag == "nav" and "toc" in child.get("class", "").split()]:
            headings = list(_headings(root, _stated(nav, "data-levels", 2)))
            if len(headings) < _stated(nav, "data-least", _LEAST):
                remove(parent, nav)
            else:
                _fill(nav, headings)


def _stated(nav: Element, name: str, default: int) -> int:
    value = nav.get(name, "")
    return int(value) if value.isascii() and value.isdigit() else default


def _headings(root: Element, levels: int) -> Iterator[Element]:
    for element in root.iter():
        if LEVELS.get(element.tag, _MOST_LEVELS + 1) <= min(levels, _MOST_LEVELS) and "".join(element.itertext()).strip():
            yield element


def remove(parent: Element, child: Element) -> None:
    """Take a child out of its parent; the text behind it stays."""
    at = list(parent).index(child)
    if child.tail:
        if at:
            parent[at - 1].tail = (parent[at - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _fill(nav: Element, headings: list[Element]) -> None:
    for count, heading in enumerate(headings, 1):
        heading.set("id", heading.get("id") or f"toc-{count}")
        entry = SubElement(nav, "p", {"class": f"toc-{LEVELS[heading.tag]}"})
        link = SubElement(entry, "a", {"href": f"#{heading.get('id')}"})
        link.text = _number(heading) + " ".join("".join(heading.itertext()).split())


def _number(heading: Element) -> str:
    """Return a heading's number with the gap behind it, as wide as its script."""
    number = heading.get("data-number", "")
    apart = number and heading.get("data-list") in _APART
    return number + ((_WESTERN_WIDE if is_western(number) else _WIDE) if apart else "")


def number_captions(root: Element, labels: Mapping[str, str]) -> None:
    """Write their numbers onto the captions below `root`, where there is more than one: `表 1`, `图 1`.

    `labels` are the words for `table` and `figure`; where a language has none, captions stay as they are. A caption of a figure stands
    beside or inside its `figure`; every other one is a table's. Written are `data-number` (as read), `data-label` and `data-count`.
    """
    captions = list(_captions(root))
    if len(captions) < 2:  # noqa: PLR2004 - one needs no number to be distinguished
        return
    counts = dict.fromkeys(labels, 0)
    for caption, kind in captions:
        if label := labels.get(kind, ""):
            counts[kind] += 1
            caption.set("data-label", label)
            caption.set("data-count", str(counts[kind]))
            caption.set("data-number", f"{label} {counts[kind]}")


def _captions(parent: Element) -> Iterator[tuple[Element, str]]:
    children = list(parent)
    for at, child in enumerate(children):
        if child.tag == "p" and "caption" in child.get("class", "").split():
            before, after = (children[at - 1].tag if at else "", children[at + 1].tag if at + 1 < len(children) else "")
            of_figure = "figure" in (parent.tag, after) or (before == "figure" and after != "table")
            yield child, "figure" if of_figure else "table"
        else:
            yield from _captions(child)
