"""Every kind of document in the gallery and of the samples, in every theme and language, is without blemishes."""

from collections.abc import Iterator
from datetime import date

import pytest
from blemishes import LINE, Blemish, blemishes
from scripts import load

from genplan import resources
from genplan.documents.specs import DocumentSpec, list_documents
from genplan.theme.render import render
from genplan.theme.theme import Theme, load_theme
from genplan.theme.themes import ThemeChoice
from genplan.workspace.assessment import assess
from genplan.workspace.writer_inputs import make_look
from genplan.writers import pdf

gallery = load("tools/gallery.py")
_ISSUED = date(2026, 6, 15)


def _blemishes(order: DocumentSpec, theme: Theme, root) -> list[Blemish]:
    own = order.theme(theme)
    document, _ = render(own, order.kind, order.context(own), order.issued(_ISSUED))
    assert document is not None
    look = make_look(own, root)
    return blemishes(order.assessment, document, pdf.lay_out(document, look), lambda other: pdf.lay_out(other, look))


def _sampled(name: str) -> Iterator[tuple[str, list[Blemish]]]:
    theme, _ = load_theme(None, "zh-CN", ThemeChoice(name))
    assert theme is not None
    for path in sorted(resources.samples().glob("*.md")):
        assessment, _ = assess(path, path.name, resources.samples(), theme)
        assert assessment is not None
        first = {order.kind.name: order for order in reversed([*list_documents(assessment)]) if not order.lacking}
        for order in first.values():
            yield f"{path.stem} {order.kind.name}", _blemishes(order, theme, resources.samples())


def _shown(language: str, name: str) -> Iterator[tuple[str, list[Blemish]]]:
    theme = gallery._theme(language, name)
    for kind, order in gallery.documents(language, theme).items():
        yield kind, _blemishes(order, theme, gallery.PLANS)


@pytest.mark.parametrize("theme", gallery.THEMES)
@pytest.mark.parametrize("of", ["samples", *gallery.LANGUAGES])
def test_no_document_has_a_blemish(of: str, theme: str):
    found = _sampled(theme) if of == "samples" else _shown(of, theme)
    assert [f"{name}: {each}" for name, all_ in found for each in all_ if each.what != LINE] == []
