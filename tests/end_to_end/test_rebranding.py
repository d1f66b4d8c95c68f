"""One file changes the look of every document, in PDF and in Word."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from genplan import resources
from genplan.writers import contact_sheet

COLOUR = "#7A1F5C"
LOGO = (0x12, 0xAB, 0x89)
HEADINGS = "#204060"
KINDS = {path.name.removesuffix(".html.j2") for path in (resources.templates() / "kinds").glob("*.html.j2")}
"""Every kind: a new one is rebranded too, or this says so."""
NAME = "新名公司"


@pytest.fixture(scope="session")
def rebranded(small_built, tmp_path_factory: pytest.TempPathFactory):
    """The small workspace under another name, colour, logo and font."""
    root = tmp_path_factory.mktemp("rebranded") / "small"
    shutil.copytree(small_built.root, root, ignore=shutil.ignore_patterns("output"))
    brand = (root / "templates" / "brand.yml").read_text("utf-8")
    for old, new in [
        ("short: 示例科技", f"short: {NAME}"),
        ("full: 示例科技有限公司", f"full: {NAME}股份有限公司"),
        ('navy: "#1F4E79"', f'navy: "{COLOUR}"'),
        ("family: Noto Sans SC", "family: Own Sans"),
        ("微软雅黑", "等线"),
        (
            "  headings:\n    family: Own Sans",
            f'  headings:\n    family: Own Sans\n    color: "{HEADINGS}"\n    weight: 400\n    line-height: 1.8',
        ),
    ]:
        assert old in brand
        brand = brand.replace(old, new)
    (root / "templates" / "brand.yml").write_text(brand, encoding="utf-8")
    Image.new("RGB", (90, 30), LOGO).save(root / "templates" / "images" / "logo.png")
    workspace = type(small_built)(root)
    run = workspace.genplan("build", "--format", "pdf,docx,html")
    assert run.returncode == 0, run.stderr
    return workspace


def package(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def headers(parts: dict[str, bytes]) -> str:
    return "".join(data.decode() for name, data in parts.items() if re.match(r"word/header\d*\.xml", name))


def fill(colour: str) -> re.Pattern[str]:
    """Match the PDF operator that sets a colour."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return re.compile(r"\s+".join(rf"{part:.3f}"[:-1].rstrip("0") + r"\d*" for part in parts) + r"\s+(rg|RG|scn|SCN)\b")


def test_every_kind_was_rebuilt(small_built, rebranded) -> None:
    for suffix in ("pdf", "docx", "html"):
        before, after = small_built.built(suffix), rebranded.built(suffix)
        assert [path.relative_to(small_built.output) for path in before] == [path.relative_to(rebranded.output) for path in after]
        assert {path.parent.name for path in after} == KINDS
        assert all(one.read_bytes() != other.read_bytes() for one, other in zip(before, after, strict=True))


def test_name_and_colour_in_every_pdf(rebranded, small_built, require_tool: Callable[[str], str]) -> None:
    pdftotext, qpdf = require_tool("pdftotext"), require_tool("qpdf")

    def contents(path: Path) -> tuple[str, str]:
        text = subprocess.run([pdftotext, str(path), "-"], capture_output=True, encoding="utf-8", check=True).stdout
        drawn = subprocess.run([qpdf, "--qdf", "--object-streams=disable", str(path), "-"], capture_output=True, check=True).stdout
        return text, drawn.decode("latin-1")

    for path in rebranded.built("pdf"):
        text, drawn = contents(path)
        assert f"{NAME}股份有限公司" in text
        assert "示例科技" not in text
        assert fill(COLOUR).search(drawn), path
        assert not fill("#1F4E79").search(drawn), path
    for path in small_built.built("pdf"):
        text, drawn = contents(path)
        assert "示例科技有限公司" in text
        assert fill("#1F4E79").search(drawn), path


def test_the_font_in_every_pdf(rebranded, require_tool: Callable[[str], str]) -> None:
    tool = require_tool("pdffonts")
    for path in rebranded.built("pdf"):
        fonts = subprocess.run([tool, str(path)], capture_output=True, encoding="utf-8", check=True).stdout.splitlines()[2:]
        assert fonts
        assert any("+Own-Sans" in font for font in fonts), path
        # The font of this test has no Traditional characters.
        assert all("+Own-Sans" in font for font in fonts) or 'lang="zh-TW"' in path.with_suffix(".html").read_text("utf-8"), path


def test_the_logo_in_every_pdf(rebranded, small_built) -> None:
    for path in [*rebranded.built("pdf"), *small_built.built("pdf")]:
        [first, *_] = contact_sheet.pages(path.read_bytes(), 800)
        head = first.crop((0, 0, first.width, first.height // 8))
        shown = max(count for count, color in [*(head.getcolors(1 << 24) or []), (0, None)] if color in (LOGO, None))
        assert (shown > 300) == path.is_relative_to(rebranded.root), path


def test_headings_in_every_pdf_and_word_file(rebranded, small_built, require_tool: Callable[[str], str]) -> None:
    qpdf = require_tool("qpdf")
    for path in rebranded.built("pdf"):
        drawn = subprocess.run([qpdf, "--qdf", "--object-streams=disable", str(path), "-"], capture_output=True, check=True).stdout
        assert fill(HEADINGS).search(drawn.decode("latin-1")), path
    for path in rebranded.built("docx"):
        styles = package(path)["word/styles.xml"].decode()
        headings = re.findall(r'<w:name w:val="(?:Title|heading [1-3])"/>.*?</w:style>', styles, re.DOTALL)
        assert len(headings) == 4
        assert all(f'<w:color w:val="{HEADINGS[1:]}"/>' in style and '<w:b w:val="0"/>' in style for style in headings)


def test_name_logo_colour_and_font_in_every_word_file(rebranded, small_built) -> None:
    for path, old in zip(rebranded.built("docx"), small_built.built("docx"), strict=True):
        parts, before = package(path), package(old)
        assert NAME in headers(parts)
        assert "示例科技" not in headers(parts) + parts["docProps/core.xml"].decode() + parts["word/document.xml"].decode()
        theme = parts["word/theme/theme1.xml"].decode()
        assert COLOUR[1:].upper() in theme.upper()
        assert "1F4E79" not in theme.upper()
        assert "1F4E79" in before["word/theme/theme1.xml"].decode().upper()
        taiwan = 'w:eastAsia="zh-TW"' in parts["word/settings.xml"].decode()
        assert ("微軟正黑體" if taiwan else "等线") in theme + parts["word/styles.xml"].decode()
        texts = (data.decode() for name, data in parts.items() if name.endswith(".xml") and name != "word/fontTable.xml")
        assert "微软雅黑" not in "".join(texts)  # the table of fonts only describes those that reference.docx knew
        pictures = [{data for name, data in each.items() if name.startswith("word/media/")} for each in (parts, before)]
        assert all(pictures)
        drawings = [data.lower() for data in pictures[0] if data.startswith(b"<svg")]
        assert not any(b"#1f4e79" in drawing for drawing in drawings)
        assert any(COLOUR.lower().encode() in drawing for drawing in drawings) or not drawings
        assert (rebranded.root / "templates" / "images" / "logo.png").read_bytes() in pictures[0]


def test_no_old_colour_is_left_in_word(rebranded) -> None:
    for path in rebranded.built("docx"):
        for name, data in package(path).items():
            if name.endswith(".xml"):
                assert b"1F4E79" not in data.upper(), (path, name)


def test_the_page_follows_the_brand(rebranded) -> None:
    page = (rebranded.output / "index.html").read_text("utf-8")
    assert NAME in page
    assert COLOUR.lower() in page.lower()
    assert "示例科技" not in page
