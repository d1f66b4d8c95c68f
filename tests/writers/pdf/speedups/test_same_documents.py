"""Documents written in the quick ways are those that WeasyPrint writes by itself."""

import subprocess
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter

from genplan import resources
from genplan.documents.specs import list_documents
from genplan.theme.document import Document
from genplan.theme.render import render
from genplan.theme.theme import load_theme
from genplan.workspace.assessment import assess
from genplan.workspace.writer_inputs import make_look
from genplan.writers.look import Look
from genplan.writers.options import Options
from genplan.writers.pdf import speedups, write

DRAWN = ("borders", "charts", "fonts", "writing")
"""Steps that write other bytes, of the same look."""
EACH = 1
"""Documents of a kind, each of another plan: they take several seconds each, as they are written in every way."""


def written(document: Document, look: Look) -> tuple[bytes, list[str]]:
    data, found = write(document, look)
    assert data is not None
    return data, [problem.message for problem in found]


@pytest.fixture(scope="module")
def documents() -> list[tuple[str, Document, Look]]:
    """Every kind of document."""
    made = []
    kinds: dict[str, set[Path]] = {}
    for path in sorted(resources.samples().glob("*.md")):
        theme, _ = load_theme(None, "zh-CN")
        look = make_look(theme, path.parent)
        assessment, _ = assess(path, path.name, path.parent, theme)
        for order in list_documents(assessment) if assessment else ():
            plans = kinds.setdefault(order.kind.name, set())
            if order.kind.template and path not in plans and len(plans) < EACH:
                plans.add(path)
                document, found = render(theme, order.kind, order.context(theme), date(2026, 10, 1))
                assert document is not None, found
                made.append((f"{path.stem} {order.kind.name}", document, look))
    assert len(kinds) == 13
    assert len(made) == EACH * len(kinds)
    return made


@pytest.fixture(scope="module")
def plain(documents: list[tuple[str, Document, Look]]) -> dict[str, tuple[bytes, list[str]]]:
    """What WeasyPrint writes by itself."""
    assert speedups.fits()
    with speedups.without():
        return {name: written(document, look) for name, document, look in documents}


def test_bytes_are_the_same_in_either_order(documents: list, plain: dict):
    with speedups.without(DRAWN):
        for turn in (documents, documents[::-1]):
            for name, document, look in turn:
                assert written(document, look) == plain[name], name


def test_what_is_drawn_otherwise_is_the_same_in_either_order(documents: list):
    once = {name: written(document, look) for name, document, look in documents}
    again = {name: written(document, look) for name, document, look in documents[::-1]}
    assert once == again


@pytest.mark.parametrize("variant", ["pdf/a-3a", "pdf/ua-1"])
def test_standards_are_kept(documents: list, variant: str):
    """The same is written where a standard changes tags and profiles once more at the end."""
    options = Options(pdf_variant=variant)
    chosen = documents[:: len(documents) // 3]
    with speedups.without():
        expected = [write(document, look, options) for _, document, look in chosen]
    with speedups.without(DRAWN):
        assert [write(document, look, options) for _, document, look in chosen] == expected
    assert [write(document, look, options).diagnostics for _, document, look in chosen] == [found for _, found in expected]


def drawn(data: bytes, folder: Path, tool: Callable[[str], str]) -> tuple[str, list[bytes]]:
    """A document's text, and its pages as grey pictures."""
    folder.mkdir()
    (folder / "a.pdf").write_bytes(data)
    subprocess.run([tool("qpdf"), "--check", "a.pdf"], check=True, cwd=folder, capture_output=True)
    text = subprocess.run([tool("pdftotext"), "-layout", "a.pdf", "-"], check=True, cwd=folder, capture_output=True, encoding="utf-8")
    subprocess.run([tool("pdftoppm"), "-r", "300", "-gray", "a.pdf", "page"], check=True, cwd=folder)
    return text.stdout, [path.read_bytes() for path in sorted(folder.glob("page*"))]


def differs(one: Sequence[bytes], other: Sequence[bytes]) -> bool:
    """Whether pages differ by more than soft edges: some pixel of one is darker than all around it in the other."""
    assert len(one) == len(other)
    pairs = [[Image.open(BytesIO(page)) for page in both] for both in zip(one, other, strict=True)]
    assert all(left.size == right.size for left, right in pairs)
    return any(_is_darker(left, right) or _is_darker(right, left) for left, right in pairs)


def _is_darker(page: Image.Image, other: Image.Image) -> bool:
    around = other.filter(ImageFilter.MinFilter(3))
    return ImageChops.subtract(around, page).getextrema() != (0, 0)


def test_text_and_pictures_are_the_same(documents: list, plain: dict, tmp_path: Path, require_tool: Callable[[str], str]):
    """Fonts are cut to the same shapes; borders that WeasyPrint clips have the soft edges of a clip, and are else the same."""
    chosen = documents[:: len(documents) // 6]
    for number, (name, document, look) in enumerate(chosen):
        text, pages = drawn(plain[name][0], tmp_path / f"{number}-plain", require_tool)
        with speedups.without(["borders", "charts"]):
            same = written(document, look)[0]
        assert drawn(same, tmp_path / f"{number}-fonts", require_tool) == (text, pages), name
        quick_text, quick_pages = drawn(written(document, look)[0], tmp_path / f"{number}-quicker", require_tool)
        assert quick_text == text
        assert not differs(pages, quick_pages), name
