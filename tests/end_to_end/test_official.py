"""The official theme (公文): every kind is built, says the same in PDF and Word, and looks as GB/T 9704-2012 asks."""

import re
import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import agreement
import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

_FOOT = 750
"""Points from the top, below which a page has its number and nothing else."""


def words(path: Path) -> Iterator[list[tuple[float, float, str]]]:
    """Give the words of each page, with their places in points."""
    text = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    for page in text.split("<page ")[1:]:
        yield [(float(x), float(y), word) for x, y, word in re.findall(r'<word xMin="([^"]+)" yMin="([^"]+)"[^>]*>(.*?)</word>', page)]


@pytest.fixture(scope="module")
def official(small_built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small workspace, built in the official theme."""
    output = tmp_path_factory.mktemp("official")
    run = small_built.genplan("build", "--theme", "official", "--format", "pdf,docx,html", "--output", output)
    assert run.returncode == 0, run.stderr
    assert set(re.findall(r"(?:warning|error)\[(GP\d+)\]", run.stderr)) == {"GP447"}  # the published total of the sample's case
    return output


def test_pdf_is_set_in_the_theme_s_fonts_with_pages_between_dashes(small_built, official: Path, require_tool: Callable) -> None:
    require_tool("pdffonts")
    scheme = next(path for path in small_built.built("pdf", official) if path.parent.name == "scheme")
    fonts = subprocess.run(["pdffonts", scheme], capture_output=True, text=True, check=True).stdout
    assert {"Noto-Serif-SC", "Noto-Sans-SC"} <= {line.split()[0].partition("+")[2].removesuffix("-Bold") for line in fonts.splitlines()[2:]}
    feet = subprocess.run(["pdftotext", "-layout", scheme, "-"], capture_output=True, text=True, check=True).stdout.split("\f")
    assert [agreement.bare(page.rstrip().rpartition("\n")[2]) for page in feet[:-1]] == [f"—{number}—" for number in range(1, len(feet))]


def test_word_has_the_page_and_styles_of_the_standard(small_built, official: Path) -> None:
    scheme = next(path for path in small_built.built("docx", official) if path.parent.name == "scheme")
    document = docx.Document(BytesIO(scheme.read_bytes()))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert all(abs(found - Mm(asked)) < Pt(0.1) for found, asked in zip(margins, (37, 35, 28, 26), strict=True))
    faces = {
        name: document.styles[name].element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia"))
        for name in ("Title", "Heading 1", "Heading 2", "footer")
    }
    assert faces == {"Title": "方正小标宋简体", "Heading 1": "黑体", "Heading 2": "楷体", "footer": "宋体"}
    assert document.styles["Title"].font.size == Pt(22)
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles.index("Letterhead") < styles.index("Document Number") < styles.index("Title") < styles.index("Sign Off")
    with ZipFile(scheme) as package:
        assert 'w:eastAsia="仿宋"' in package.read("word/styles.xml").decode()


def test_page_numbers_stand_outside_and_the_imprint_at_the_foot(small_built, official: Path, require_tool: Callable) -> None:
    require_tool("pdftotext")
    scheme = next(path for path in small_built.built("pdf", official) if path.parent.name == "scheme")
    places = {}
    for number, page in enumerate(words(scheme), 1):
        feet = [x for x, y, _ in page if y > _FOOT]
        places[number] = min(feet), max(feet)
    width, left, right = 210 * 72 / 25.4, 28 * 72 / 25.4, 26 * 72 / 25.4
    for number, (first, last) in places.items():
        if number % 2:
            assert last > width - right - 50
        else:
            assert first == pytest.approx(left + 16, abs=2)
    last = [y for _, y, _ in [*words(scheme)][-1] if y < _FOOT]
    assert max(last) > 297 * 72 / 25.4 - 35 * 72 / 25.4 - 24


def test_word_has_its_page_numbers_outside_and_the_imprint_at_the_foot(small_built, official: Path) -> None:
    scheme = next(path for path in small_built.built("docx", official) if path.parent.name == "scheme")
    with ZipFile(scheme) as package:
        text = package.read("word/document.xml").decode()
        assert "<w:evenAndOddHeaders" in package.read("word/settings.xml").decode()
        assert 'w:val="FooterEven"' in package.read("word/footer2.xml").decode()
    assert re.findall(r'<w:(\w+)Reference w:type="(\w+)"', text)[-2:] == [("footer", "default"), ("footer", "even")]
    assert text.count('w:tblpYSpec="bottom"') == 1


def test_theme_of_the_settings(small) -> None:
    (small.root / "genplan.yml").write_text("schema: 1\ntheme: official\n")
    run = small.genplan("build", "--kind", "policy", "--format", "html")
    assert run.returncode == 0, run.stderr
    assert "有限公司文件" in small.built("html")[0].read_text("utf-8")


def test_unknown_theme_builds_nothing(small) -> None:
    run = small.genplan("build", "--theme", "offical")
    assert run.returncode == 1
    assert "GP535" in run.stderr
    assert "modern, official" in run.stderr
    assert not small.output.exists()
