"""Watermarks: behind every page of every format, out of the text's way, and nothing without the option."""

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.enum.section import WD_SECTION
from PIL import Image

from genplan.documents.content import make_content, write
from genplan.documents.specs import DocumentSpec, list_documents
from genplan.theme.theme import Theme
from genplan.workspace.assessment import assess
from genplan.workspace.writer_inputs import make_look
from genplan.writers.docx.watermark import stamp
from genplan.writers.inspection import inspect
from genplan.writers.options import Options
from genplan.writers.pdf import lay_out

ROOT = Path(__file__).parents[2]
EVERYTHING = ROOT / "tests" / "theme" / "everything" / "everything.md"
MARK = "草稿勿传"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def order(theme: Theme) -> DocumentSpec:
    assessment, _ = assess(EVERYTHING, EVERYTHING.name, ROOT, theme)
    assert assessment is not None
    return next(each for each in list_documents(assessment) if each.kind.name == "result" and each.period_id == "2026-Q3")


@pytest.fixture(scope="module")
def made(theme: Theme, order: DocumentSpec) -> Callable[..., bytes]:
    look = make_look(theme, EVERYTHING.parent)
    content, _ = make_content(order, theme, date(2026, 10, 1))
    assert content is not None

    def make(name: str, watermark: str = MARK, variant: str = "plain") -> bytes:
        data, problems = write(content, name, look, Options(variant, watermark))
        assert data is not None
        assert not problems
        return data

    return make


def text_of(data: bytes, folder: Path) -> str:
    path = folder / "file.pdf"
    path.write_bytes(data)
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()


def pages_of(data: bytes, folder: Path) -> list[Image.Image]:
    folder.mkdir(exist_ok=True)
    (folder / "file.pdf").write_bytes(data)
    subprocess.run(["pdftoppm", "-r", "20", "-png", str(folder / "file.pdf"), str(folder / "page")], check=True)
    return [Image.open(path).convert("RGB") for path in sorted(folder.glob("page*.png"))]


@pytest.mark.parametrize("variant", ["plain", "pdf/a-3a+ua-1"])
def test_pdf_has_it_on_every_page_and_its_text_stays(made, variant, tmp_path, require_tool):
    require_tool("pdftotext")
    require_tool("pdftoppm")
    with_it, without = made("pdf", variant=variant), made("pdf", "", variant)
    assert text_of(with_it, tmp_path) == text_of(without, tmp_path)
    assert made("pdf", variant=variant) == with_it
    marked, bare = pages_of(with_it, tmp_path / "with"), pages_of(without, tmp_path / "without")
    assert len(marked) == len(bare) > 1
    for one, other in zip(marked, bare, strict=True):
        changed = sum(a != b for a, b in zip(one.tobytes(), other.tobytes(), strict=True))
        assert changed > 3 * one.width * one.height / 100


def test_each_text_is_its_own(made, tmp_path, require_tool):
    require_tool("pdftoppm")
    one, other = pages_of(made("pdf"), tmp_path / "one")[0], pages_of(made("pdf", "机密"), tmp_path / "other")[0]
    assert one.tobytes() != other.tobytes()


def test_pdf_marks_it_as_an_artifact(made):
    """Every drawing stands either in tagged content or between the marks of an artifact."""
    with pikepdf.open(io.BytesIO(made("pdf", variant="pdf/a-3a+ua-1"))) as pdf:
        for page in pdf.pages:
            depth, outside = 0, 0
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                depth += name in ("BMC", "BDC")
                depth -= name == "EMC"
                outside += name in ("Do", "Tj", "TJ", "f", "S", "sh") and depth == 0
                del operands
            assert outside == 0


def test_inspection_finds_nothing_in_its_way(theme, order):
    look = make_look(theme, EVERYTHING.parent)
    content, _ = make_content(order, theme, date(2026, 10, 1))
    assert content is not None
    assert content.tree is not None
    found = [inspect(lay_out(content.tree, look, Options(watermark=mark))).findings for mark in ("", MARK)]
    assert found[0] == found[1]


def test_page_has_it_and_fetches_nothing(made):
    text = made("html").decode()
    assert "body{background-image:url(data:image/svg+xml;base64," in text
    assert "body{background-image" not in made("html", "").decode()
    assert MARK not in text


def shapes(data: bytes) -> dict[str, list[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        held = {name: parts.read(name).decode() for name in parts.namelist() if re.fullmatch(r"word/[^/]*\.xml", name)}
    return {
        name: re.findall(r'<v:textpath [^>]*string="([^"]*)"', text) for name, text in held.items() if "PowerPlusWaterMarkObject" in text
    }


def test_word_file_has_words_own_kind_in_its_header(made):
    assert shapes(made("docx")) == {"word/header1.xml": [MARK]}
    assert shapes(made("docx", "")) == {}
    assert made("docx") == made("docx")


def test_text_is_escaped(made):
    assert shapes(made("docx", '<&"草>')) == {"word/header1.xml": ["&lt;&amp;&quot;草&gt;"]}
    docx.Document(io.BytesIO(made("docx", '<&"草>')))


def own_template(*, sections: int, first: bool, even: bool, header: bool) -> bytes:
    document = docx.Document()
    document.settings.odd_and_even_pages_header_footer = even
    for number in range(1, sections):
        document.add_paragraph(f"{number}")
        document.add_section(WD_SECTION.NEW_PAGE)
    for section in document.sections:
        section.different_first_page_header_footer = first
    if header:
        document.sections[0].header.paragraphs[0].text = "页眉"
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.mark.parametrize("sections", [1, 3])
@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("even", [False, True])
@pytest.mark.parametrize("header", [False, True])
def test_every_page_of_any_word_document_has_a_header_with_it(sections, first, even, header):
    """Whatever headers a template written in Word has: none, some, other ones on first and even pages."""
    data = stamp(own_template(sections=sections, first=first, even=even, header=header), MARK, "SimSun", "#dddddd")
    document = docx.Document(io.BytesIO(data))
    for section in document.sections:
        headers = [section.header, *([section.first_page_header] if first else []), *([section.even_page_header] if even else [])]
        assert all("PowerPlusWaterMarkObject" in held._element.xml for held in headers)
    assert (document.sections[0].header.paragraphs[0].text == "页眉") == header
    ids = re.findall(r'id="(PowerPlusWaterMarkObject\d+)"', "".join(str(shape) for shape in headers_of(data)))
    assert len(ids) == len(set(ids))


def headers_of(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return [
            parts.read(name).decode()
            for name in parts.namelist()
            if "PowerPlusWaterMarkObject" in parts.read(name).decode("utf-8", "replace")
        ]


def test_word_files_with_it_are_valid(made, tmp_path, require_tool):
    validator = require_tool("ooxml-validator")
    (tmp_path / "tree.docx").write_bytes(made("docx"))
    own = own_template(sections=2, first=True, even=True, header=False)
    (tmp_path / "own.docx").write_bytes(stamp(own, MARK, "SimSun", "#dddddd"))
    for name in ("tree.docx", "own.docx"):
        ran = subprocess.run([validator, str(tmp_path / name)], capture_output=True, check=False)
        assert json.loads(ran.stdout)["errors"] == []
