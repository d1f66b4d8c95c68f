"""In all kinds of documents, cells of a column are aligned alike, so are the columns of one name, and an empty cell is a dash."""

from collections import defaultdict
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from scripts import load

from genplan.theme.grid import layout
from genplan.theme.render import render

gallery = load("tools/gallery.py")
_RANGES = {"考核总分", "Total score"}
"""In tables of grades, what is called so is a range, in the middle; elsewhere it is a number."""


def _columns(tree: Element) -> Iterator[tuple[str, str, str]]:
    """Give the head, the alignment and the text of each cell of a table of data that is in one column and not to be filled in."""
    for table in tree.iter("table"):
        heads: dict[int, str] = {}
        for row in layout(table) if "data" in table.get("class", "").split() else ():
            for cell in row.cells:
                if cell.element is None or cell.span > 1:
                    continue
                text, names = "".join(cell.element.itertext()).strip(), cell.element.get("class", "").split()
                if row.head:
                    heads[cell.column] = text
                elif "fill" not in names and "total" not in row.element.get("class", "").split():
                    yield heads.get(cell.column, ""), next((name for name in names if name in {"number", "center"}), "left"), text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_columns_are_aligned_alike_in_all_kinds(language: str):
    theme = gallery._theme(language, gallery.DEFAULT)
    seen: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    empty = []
    for kind, order in gallery.documents(language, theme).items():
        own = order.theme(theme)
        document, _ = render(own, order.kind, order.context(own), order.issued(gallery.ISSUED))
        assert document is not None
        for head, alignment, text in _columns(document.tree):
            seen[head][alignment].add(kind)
            empty += [(kind, head)] if not text else []
    assert {head: dict(names) for head, names in seen.items() if len(names) > 1 and head not in _RANGES} == {}
    assert empty == []
    assert len(seen) > 50
