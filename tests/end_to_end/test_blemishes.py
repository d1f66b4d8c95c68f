"""Every kind of document in the gallery and of the samples, in every theme and language: no number parts from its unit, no row is alone."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from blemishes import blemishes, torn
from scripts import load

from genplan import resources
from genplan.documents.specs import DocumentSpec, list_documents
from genplan.theme.render import render
from genplan.theme.theme import load_theme
from genplan.theme.themes import ThemeChoice
from genplan.workspace.assessment import assess
from genplan.workspace.writer_inputs import make_look
from genplan.writers import pdf

gallery = load("tools/gallery.py")
_ISSUED = date(2026, 6, 15)
MOST_LONE_ROWS = 1
"""Of all kinds in a language and theme: the row that a form of several pages of space to write ends with."""
_UNITS = ("points", "days", "working", "items", "people", "hours", "sessions", "%")


def _laid_out(order: DocumentSpec, theme, root):
    own = order.theme(theme)
    document, _ = render(own, order.kind, order.context(own), order.issued(_ISSUED))
    assert document is not None
    return pdf.lay_out(document, make_look(own, root))


def _sampled(name: str) -> Iterator[tuple[str, object]]:
    theme, _ = load_theme(None, "zh-CN", ThemeChoice(name))
    assert theme is not None
    for path in sorted(resources.samples().glob("*.md")):
        assessment, _ = assess(path, path.name, resources.samples(), theme)
        assert assessment is not None
        first = {order.kind.name: order for order in reversed([*list_documents(assessment)]) if not order.lacking}
        for order in first.values():
            yield f"{path.stem} {order.kind.name}", _laid_out(order, theme, resources.samples())


def _shown(language: str, name: str) -> Iterator[tuple[str, object]]:
    theme = gallery._theme(language, name)
    for kind, order in gallery.documents(language, theme).items():
        yield f"{language} {kind}", _laid_out(order, theme, gallery.PLANS)


@pytest.mark.parametrize("theme", gallery.THEMES)
@pytest.mark.parametrize("of", ["samples", *gallery.LANGUAGES])
def test_no_document_has_a_blemish(of: str, theme: str):
    found: Counter[str] = Counter()
    where = []
    for name, pages in _sampled(theme) if of == "samples" else _shown(of, theme):
        counts = blemishes(pages, _UNITS)
        found += counts
        if any(counts.values()):
            where.append(f"{name}: {dict(counts)} {torn(pages, _UNITS)}")
    # Short last pages are counted, not judged: whether one can be avoided only another layout could tell.
    assert found["torn numbers"] == 0, "\n".join(where)
    assert found["lone rows"] <= MOST_LONE_ROWS, "\n".join(where)
