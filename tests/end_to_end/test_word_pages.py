"""Word files have as many pages as PDFs: every kind in every language, as LibreOffice lays it out with faces of the same widths."""

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "tools"))
import gallery
import word_pages


def test_word_files_have_as_many_pages_as_pdfs(tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    engine = word_pages.engines(tmp_path, require_tool("soffice"))
    names = word_pages.write(tmp_path, gallery.LANGUAGES, [gallery.DEFAULT])
    printed = word_pages.print_pages(tmp_path, names)
    laid_out = word_pages.office_pages(engine, tmp_path, names, tmp_path / "word")
    assert set(printed) == {f"{kind}.{language}.{gallery.DEFAULT}" for kind in gallery.kinds() for language in gallery.LANGUAGES}
    differing = {name: (laid_out[name], printed[name]) for name in names if laid_out[name] != printed[name]}
    assert differing.keys() == word_pages.KNOWN.keys() & set(names), differing
