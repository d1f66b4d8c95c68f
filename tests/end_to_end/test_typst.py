"""PDFs made by Typst: of every kind they say what the tree says, keep both standards, and have the pages that WeasyPrint's have."""

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from xml.etree.ElementTree import Element

import agreement
import pytest
import scripts
import tinyhtml5
from test_standards import BOTH, judged, kept

from genplan.theme.document import Document
from genplan.theme.render import render
from genplan.theme.theme import load_theme
from genplan.theme.themes import ThemeChoice
from genplan.workspace.writer_inputs import make_look
from genplan.writers import html, typst
from genplan.writers.look import Look
from genplan.writers.options import Options

LOOKS = [("modern", "zh-CN"), ("quiet", "zh-CN"), ("official", "zh-TW"), ("modern", "en"), ("vivid", "en")]


@dataclass(frozen=True)
class Made:
    """A document, its look, and the PDF of it."""

    name: str
    theme: str
    document: Document
    look: Look
    path: Path


@pytest.fixture(scope="module")
def gallery() -> ModuleType:
    module: ModuleType = scripts.load("tools/gallery.py")
    return module


@pytest.fixture(scope="module")
def made(gallery: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    """A document of every kind in each of the looks, as files that claim both standards."""
    folder = tmp_path_factory.mktemp("typst")
    found: list[Made] = []
    for name, language in LOOKS:
        theme, _ = load_theme(None, language, ThemeChoice(name))
        assert theme is not None
        look = make_look(theme, gallery.PLANS)
        for kind, order in gallery.documents(language, theme).items():
            document, _ = render(order.theme(theme), order.kind, order.context(theme), order.issued(gallery.ISSUED))
            assert document is not None
            data, problems = typst.write(document, look, Options(pdf_variant=BOTH))
            assert not problems, (kind, name, language)
            assert data is not None
            path = folder / f"{kind}.{language}.{name}.pdf"
            path.write_bytes(data)
            found.append(Made(path.stem, name, document, look, path))
    return found


def as_drawn(tree: Element) -> Element:
    """Put cells that span rows where Typst draws them: with the last of these rows."""
    for group in [*tree.iter("thead"), *tree.iter("tbody")]:
        rows = list(group)
        place: dict[tuple[int, int], Element] = {}
        ends: dict[int, list[tuple[int, Element]]] = {at: [] for at in range(len(rows))}
        for at, row in enumerate(rows):
            column = 0
            for cell in list(row):
                while (at, column) in place:
                    column += 1
                down, across = int(cell.get("rowspan", "1")), int(cell.get("colspan", "1"))
                place |= {(at + below, column + beside): cell for below in range(down) for beside in range(across)}
                ends[at + down - 1].append((column, cell))
                column += across
                row.remove(cell)
        for at, row in enumerate(rows):
            row.extend(cell for _, cell in sorted(ends[at], key=lambda pair: pair[0]))
    return tree


def test_pdf_says_what_the_tree_says(made: list[Made], require_tool: Callable) -> None:
    require_tool("pdftotext")
    found = {}
    for each in made:
        page, _ = html.write(each.document, each.look)
        assert page is not None
        expected = agreement.reading(as_drawn(tinyhtml5.parse(page.decode(), namespace_html_elements=False)))
        texts = expected.text, agreement.said(agreement.pages(each.path, each.theme), expected)
        if ".en." in each.name:
            texts = tuple(text.replace("-", "").replace("―", "—") for text in texts)
        found[each.name] = agreement.difference(*texts)
    assert len(found) == 14 * len(LOOKS)
    assert not {name: parts for name, parts in found.items() if parts}


def test_every_document_is_archival_and_accessible(made: list[Made], require_tool: Callable) -> None:
    verdicts = judged(require_tool("verapdf"), made[0].path.parent)
    assert len(verdicts) == len(made)
    assert {path.stem: verdict for path, verdict in verdicts.items() if verdict != kept(BOTH)} == {}


def test_running_lines_are_on_every_page(made: list[Made], require_tool: Callable) -> None:
    require_tool("pdftotext")
    for each in made:
        if each.theme == "official":  # its foot is below where the others' is
            continue
        words = [agreement.bare("".join(span.itertext())) for span in next(each.document.tree.iter("footer"))]
        feet = agreement.running(each.path, "footer")
        for number, foot in enumerate(feet, 1):
            assert words[0] in foot, each.name
            assert {str(number), str(len(feet))} <= set(re.findall(r"\d+", foot)), (each.name, foot)


def test_pages_are_as_many_as_weasyprint_makes(made: list[Made], gallery: ModuleType) -> None:
    """The gallery's README says how many pages WeasyPrint's have."""
    readme = (gallery.FOLDER / "README.md").read_text("utf-8")
    counted = {name: int(count) for count, name in re.findall(r", (\d+) pages?\]\(([^)]+)\.png\)\]", readme)}
    here = {each.name: pages_of(each.path) for each in made}
    assert {name: (count, counted[name]) for name, count in here.items() if count != counted[name]} == KNOWN


KNOWN = {"interview.en.modern": (3, 2), "appeal.en.vivid": (3, 2), "standard.zh-TW.official": (5, 6)}
"""Documents with another number of pages than WeasyPrint makes: here, and there. A line more or less moves what stays together."""


def pages_of(path: Path) -> int:
    said = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True).stdout.decode()
    return int(re.search(r"Pages:\s+(\d+)", said)[1])
