"""Drawings in a PDF: tagged, with their words, in the theme's fonts."""

from datetime import date
from pathlib import Path

import pikepdf
import tinyhtml5
from languages_kit import schemes_of

from genplan.theme.document import Document, Metadata
from genplan.theme.svg import plain_drawings
from genplan.theme.theme import load_theme
from genplan.workspace.writer_inputs import make_look
from genplan.writers.pdf import write

PAGE = (
    '<html lang="zh-CN"><head><title>图</title></head><body><figure class="chart"><svg viewBox="0 0 40 20" width="40mm" height="20mm">'
    '<title>甲 80，乙 90。</title><text x="2" y="15" font-family="Noto Sans SC" font-size="4">完成率</text></svg></figure></body></html>'
)


def figures(element: pikepdf.Object) -> list[str]:
    if isinstance(element, pikepdf.Array):
        return [words for inner in element for words in figures(inner)]
    if not isinstance(element, pikepdf.Dictionary):
        return []
    own = [str(element.Alt)] if element.get("/S") == "/Figure" else []
    return own + (figures(element.K) if "/K" in element else [])


def test_a_drawing_is_a_figure_with_its_words(tmp_path: Path):
    theme, _ = load_theme(None, "zh-CN")
    assert theme is not None
    tree = tinyhtml5.parse(PAGE, namespace_html_elements=False)
    assert plain_drawings(tree, "test") == []
    document = Document("test", tree, Metadata("图", "", "", "", "zh-CN", date(2026, 7, 1), "00ff"), schemes_of())
    data, found = write(document, make_look(theme, tmp_path))
    assert data is not None
    assert not found
    (tmp_path / "a.pdf").write_bytes(data)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert figures(pdf.Root.StructTreeRoot.K) == ["甲 80，乙 90。"]
        fonts = {str(item.FontName) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item}
    assert all("Noto-Sans-SC" in name for name in fonts)
    assert fonts
