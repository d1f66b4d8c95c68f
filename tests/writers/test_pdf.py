"""PDF: tagged, outlined, described, the same bytes everywhere, and nothing fetched from outside the theme."""

import os
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import tostring

import pytest

from genplan.documents.specs import list_documents
from genplan.theme.document import Document
from genplan.theme.render import render
from genplan.theme.theme import Theme, load_theme
from genplan.workspace.assessment import assess
from genplan.workspace.writer_inputs import make_look
from genplan.writers.look import Look
from genplan.writers.pdf import write

ROOT = Path(__file__).parents[2]
MakePage = Callable[..., Document]
BODY = (
    '<header class="running"><span class="left">示例科技</span></header>'
    '<section class="cover"><h1>社群运营专员绩效考核方案</h1></section>'
    '<main data-numbering="outline"><h2>考核目的</h2><p>为<strong>客观</strong>评价。</p><h2>适用范围</h2><h3>人员</h3>'
    '<table class="data"><colgroup><col style="width: 100%"></colgroup><thead><tr><th scope="col">指标</th></tr></thead>'
    '<tbody><tr><td>新增用户数</td></tr></tbody></table><img src="images/logo.png" alt="标志"></main>'
)


def tool(name: str) -> str:
    """Find a program that CI has; elsewhere what needs it is passed over."""
    path = shutil.which(name)
    if path is None:
        assert not os.environ.get("CI"), f"{name} is missing"
        pytest.skip(f"{name} is not installed")
    return path


def run(*command: str, **options: object) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def written(document: Document, look: Look) -> bytes:
    data, found = write(document, look)
    assert not found
    assert data is not None
    return data


def unpacked(data: bytes) -> bytes:
    """The file with its compressed streams opened."""
    parts = [data]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            parts.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


@pytest.fixture(scope="session")
def sample_order():
    """The scheme of the first sample, with the theme it is rendered in."""
    theme, _ = load_theme(None, "zh-CN")
    assert theme is not None
    plan = ROOT / "plans" / "community-operations-specialist.md"
    assessment, _ = assess(plan, plan.name, ROOT, theme)
    assert assessment is not None
    return next(order for order in list_documents(assessment) if order.kind.name == "scheme"), theme


@pytest.fixture(scope="session")
def sample(sample_order, tmp_path_factory: pytest.TempPathFactory) -> Path:
    order, theme = sample_order
    document, _ = render(theme, order.kind, order.context(theme), order.issued(date(2026, 1, 1)))
    assert document is not None
    path = tmp_path_factory.mktemp("pdf") / "scheme.pdf"
    path.write_bytes(written(document, make_look(theme, ROOT / "plans")))
    return path


# What the file says of itself


def test_metadata(sample: Path):
    info = dict(
        re.findall(r"^([\w ]+): +(.*)$", run(tool("pdfinfo"), "-isodates", str(sample), env=os.environ | {"TZ": "UTC"}), re.MULTILINE)
    )
    assert info["Title"] == "社群运营专员绩效考核方案"
    assert info["Author"] == "示例科技有限公司"
    assert info["Subject"] == "考核方案"
    assert "社群运营部" in info["Keywords"]
    assert info["Tagged"] == "yes"
    assert info["CreationDate"].startswith("2026-03-16T00:00:00")
    assert info["ModDate"].startswith("2026-03-16T00:00:00")
    assert info["JavaScript"] == "no"
    assert info["Encrypted"] == "no"


def test_language_and_title_bar(page: MakePage, built_in_look: Look):
    raw = unpacked(written(page(BODY), built_in_look))
    assert b"/Lang (zh-CN)" in raw or b"/Lang(zh-CN)" in raw
    assert b"/MarkInfo" in raw
    assert b"/StructTreeRoot" in raw


def test_structure(sample: Path):
    structure = run(tool("pdfinfo"), "-struct", str(sample))
    tags = set(re.findall(r"^\s*(\w+)", structure, re.MULTILINE))
    assert tags >= {"Document", "H1", "H2", "P", "Table", "TR", "TH", "TD", "L", "LI"}
    assert structure.count("H1") == 1


def test_bookmarks_have_numbers(page: MakePage, built_in_look: Look):
    raw = unpacked(written(page(BODY), built_in_look)).lower()
    titles = [bytes.fromhex(found.decode()).decode("utf-16") for found in re.findall(rb"/title\s*<(feff[0-9a-f]+)>", raw)]
    assert [title for title in titles if title != "社群运营专员绩效考核方案"] == ["一、考核目的", "二、适用范围", "（一）人员"]


def test_every_heading_of_the_sample_is_a_bookmark(sample: Path, sample_order):
    order, theme = sample_order
    document, _ = render(theme, order.kind, order.context(theme), date(2026, 1, 1))
    assert document is not None
    raw = unpacked(sample.read_bytes()).lower()
    titles = [bytes.fromhex(found.decode()).decode("utf-16") for found in re.findall(rb"/title\s*<(feff[0-9a-f]+)>", raw)]
    for heading in document.tree.iter("h2"):
        assert heading.get("data-number", "") + "".join(heading.itertext()) in titles


def test_file_is_sound(sample: Path):
    assert "No syntax or stream encoding errors found" in run(tool("qpdf"), "--check", str(sample))


def test_text_can_be_taken_out(sample: Path):
    text = run(tool("pdftotext"), str(sample), "-")
    assert "一、考核目的" in text
    assert "折算权重" in text
    assert re.search(r"第\s*2\s*页", text)


# The same bytes

SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from genplan.workspace.assessment import assess
from genplan.documents.specs import list_documents
from genplan.workspace.writer_inputs import make_look
from genplan.theme.render import render
from genplan.theme.theme import load_theme
from genplan.writers.pdf import write

root = Path(sys.argv[1])
theme, _ = load_theme(None, "zh-CN")
plan = root / "plans" / "community-operations-specialist.md"
assessment, _ = assess(plan, plan.name, root, theme)
order = next(order for order in list_documents(assessment) if order.kind.name == "scheme")
document, _ = render(theme, order.kind, order.context(theme), order.issued(date(2026, 1, 1)))
data, found = write(document, make_look(theme, root / "plans"))
assert not found, found
Path(sys.argv[2]).write_bytes(data)
"""


def elsewhere(output: Path, cwd: Path, **environment: str) -> bytes:
    """Write the sample in another process."""
    variables = {
        name: value for name, value in os.environ.items() if name not in {"TZ", "LC_ALL", "LANG", "PYTHONHASHSEED", "SOURCE_DATE_EPOCH"}
    }
    variables |= {"PYTHONPATH": str(ROOT)} | environment
    subprocess.run([sys.executable, "-c", SCRIPT, str(ROOT), str(output)], check=True, env=variables, cwd=cwd)
    return output.read_bytes()


def test_same_bytes_twice(page: MakePage, built_in_look: Look):
    assert written(page(BODY), built_in_look) == written(page(BODY), built_in_look)


def test_same_bytes_after_other_documents(page: MakePage, built_in_look: Look):
    first = written(page(BODY), built_in_look)
    written(page("<p>另一份文件，文字不同：甲乙丙丁</p>"), built_in_look)
    assert written(page(BODY), built_in_look) == first


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4321", "SOURCE_DATE_EPOCH": "86400"},
    ],
    ids=["west", "east"],
)
def test_same_bytes_elsewhere(sample: Path, tmp_path: Path, environment: dict[str, str]):
    assert elsewhere(tmp_path / "scheme.pdf", tmp_path, **environment) == sample.read_bytes()


def test_same_bytes_on_a_machine_without_fonts(sample: Path, tmp_path: Path):
    config = tmp_path / "fonts.conf"
    cache = tmp_path / "cache"
    config.write_text(f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><cachedir>{cache}</cachedir></fontconfig>')
    assert elsewhere(tmp_path / "scheme.pdf", tmp_path, FONTCONFIG_FILE=str(config)) == sample.read_bytes()


def test_environment_is_left_as_it_was(page: MakePage, built_in_look: Look, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "7")
    written(page(BODY), built_in_look)
    assert os.environ["SOURCE_DATE_EPOCH"] == "7"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    written(page(BODY), built_in_look)
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_identifier_is_the_documents(page: MakePage, built_in_look: Look):
    assert written(page(BODY), built_in_look) != written(page(BODY, identifier="f" * 32), built_in_look)


# Fonts


def test_only_bundled_fonts_are_embedded(sample: Path):
    rows = run(tool("pdffonts"), str(sample)).splitlines()[2:]
    assert rows
    for row in rows:
        assert re.match(r"[A-Z]{6}\+Noto-?Sans-?SC", row), row
        assert re.search(r"\b(yes) +(yes) +(yes)\b", row), row


def test_brand_with_a_font_for_latin_only_still_draws_chinese_with_the_bundled_one(tmp_path: Path, page: MakePage):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "brand.yml").write_text("meta: {name: 乙公司}\ntypography: {base: Nosuch Sans}\n", "utf-8")
    theme, found = load_theme(tmp_path / "templates", "zh-CN")
    assert theme is not None
    assert {each.code for each in found} == {"GP536", "GP537"}
    path = tmp_path / "a.pdf"
    path.write_bytes(written(page(BODY), make_look(theme, tmp_path)))
    assert all("Noto" in row for row in run(tool("pdffonts"), str(path)).splitlines()[2:])


# What is not fetched

REFUSED = [
    '<img src="http://127.0.0.1:9/a.png" alt="x">',
    '<img src="https://example.com/a.png" alt="x">',
    '<img src="//example.com/a.png" alt="x">',
    '<img src="ftp://example.com/a.png" alt="x">',
    '<img src="file:///etc/passwd" alt="x">',
    '<img src="file:///theme/../etc/passwd" alt="x">',
    '<img src="/etc/passwd" alt="x">',
    '<img src="../pyproject.toml" alt="x">',
    '<img src="images/../../pyproject.toml" alt="x">',
    '<img src="images/%2e%2e/%2e%2e/pyproject.toml" alt="x">',
    '<img src="%2Fetc%2Fpasswd" alt="x">',
    '<img src="images\\..\\..\\pyproject.toml" alt="x">',
    '<img src="data:image/png;base64,iVBORw0KGgo=" alt="x">',
    '<img src="no.png" alt="x">',
    '<img src="images" alt="x">',
    '<img src="" alt="x">',
    '<img src="images/logo.png?x=1" alt="x">',
    '<object data="http://127.0.0.1:9/a.png"></object>',
    '<embed src="file:///etc/passwd">',
    '<p style="background: url(http://127.0.0.1:9/a.png)">x</p>',
    '<a rel="attachment" href="file:///etc/passwd">x</a>',
]
HEADS = [
    '<link rel="stylesheet" href="http://127.0.0.1:9/a.css">',
    '<link rel="stylesheet" href="file:///etc/passwd">',
    '<style>@import "http://127.0.0.1:9/a.css";</style>',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<base href="http://127.0.0.1:9/"><link rel="stylesheet" href="a.css">',
]


@pytest.mark.parametrize("body", REFUSED)
def test_source_outside_the_theme(page: MakePage, built_in_look: Look, body: str):
    data, found = write(page(f"<p>甲</p>{body}"), built_in_look)
    assert data is None
    assert {d.code for d in found} == {"GP602"}


@pytest.mark.parametrize("head", HEADS)
def test_head_that_reaches_outside(page: MakePage, built_in_look: Look, head: str):
    data, found = write(page("<p>甲</p>", head), built_in_look)
    assert data is None
    assert "GP602" in {d.code for d in found}


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/a.ttf", "file:///etc/passwd", "fonts/no.ttf", "../a.ttf"])
def test_font_outside_the_theme(page: MakePage, built_in_look: Look, url: str):
    css = f"@font-face {{ font-family: X; src: url({url}) }} p {{ font-family: X }}"
    data, found = write(page("<p>甲</p>"), replace(built_in_look, css=built_in_look.css + css))
    assert data is None
    assert [d.code for d in found] == ["GP602"]


@pytest.fixture
def linked(tmp_path: Path) -> tuple[Theme, Path]:
    """A theme, and a plans folder with pictures: one of its own, and links that lead out."""
    theme, _ = load_theme(None, "zh-CN")
    assert theme is not None
    plans = tmp_path / "plans"
    plans.mkdir()
    logo = theme.files.find("images/logo.png")
    assert logo is not None
    shutil.copy(logo, tmp_path / "outside.png")
    shutil.copy(logo, plans / "own.png")
    (plans / "link.png").symlink_to(tmp_path / "outside.png")
    (plans / "folder").symlink_to(tmp_path)
    return theme, plans


@pytest.mark.parametrize("name", ["link.png", "folder/outside.png", "../outside.png"])
def test_link_that_leads_out(page: MakePage, linked: tuple[Theme, Path], name: str):
    data, found = write(page(f'<img src="{name}" alt="x">'), make_look(*linked))
    assert data is None
    assert [d.code for d in found] == ["GP602"]


def test_picture_beside_the_plan(page: MakePage, linked: tuple[Theme, Path]):
    assert written(page('<img src="own.png" alt="x">'), make_look(*linked))


def test_one_refused_document_does_not_spoil_the_next(page: MakePage, built_in_look: Look):
    assert write(page(REFUSED[0]), built_in_look).value is None
    assert written(page(BODY), built_in_look)


# What WeasyPrint could not do


@pytest.mark.parametrize(
    ("css", "word"),
    [
        ("p { hanging-punctuation: first }", "hanging-punctuation"),
        ("p { colour: red }", "colour"),
        ("p { color: nosuch }", "color"),
        ("}}} p {", ""),
    ],
)
def test_rule_that_cannot_be_used(page: MakePage, built_in_look: Look, css: str, word: str):
    data, found = write(page("<p>甲</p>"), replace(built_in_look, css=f"{built_in_look.css}\n{css}"))
    assert data is not None
    assert {d.code for d in found} == {"GP603"}
    assert word in found[0].message


def test_missing_glyph(page: MakePage, built_in_look: Look):
    data, found = write(page("<p>甲\U0010fffd</p>"), built_in_look)
    assert data is None
    assert [d.code for d in found] == ["GP530"]
    assert "U+10FFFD" in found[0].message


def test_picture_that_is_none(page: MakePage, built_in_look: Look):
    data, found = write(page('<img src="styles/page.css" alt="x">'), built_in_look)
    assert data is None
    assert [d.code for d in found] == ["GP541"]


def test_elements_nested_too_deep(page: MakePage, built_in_look: Look):
    data, found = write(page("<div>" * 3000 + "甲"), built_in_look)
    assert data is None
    assert [d.code for d in found] == ["GP601"]


def test_built_in_style_sheet_is_used_whole(page: MakePage, built_in_look: Look):
    assert write(page(BODY), built_in_look).diagnostics == []


def test_nothing_is_logged_elsewhere(page: MakePage, built_in_look: Look, capfd: pytest.CaptureFixture[str]):
    write(page("<p style='colour: red'>甲</p>"), built_in_look)
    assert capfd.readouterr() == ("", "")


def test_tree_is_not_changed(page: MakePage, built_in_look: Look):
    document = page(BODY)
    before = tostring(document.tree)
    written(document, built_in_look)
    assert tostring(document.tree) == before


# Pages


def group(name: str, rows: int) -> str:
    first = f'<tr><td rowspan="{rows}">{name}</td><td>{name}1行</td></tr>'
    return f'<tbody class="group">{first}{"".join(f"<tr><td>{name}{at}行</td></tr>" for at in range(2, rows + 1))}</tbody>'


def pages(data: bytes, path: Path) -> list[str]:
    path.write_bytes(data)
    return run(tool("pdftotext"), "-layout", str(path), "-").split("\f")[:-1]


def table(*groups: str, before: int = 0) -> str:
    columns = '<colgroup><col style="width: 50%"><col style="width: 50%"></colgroup>'
    head = f'{columns}<thead><tr><th scope="col">维度</th><th scope="col">指标</th></tr></thead>'
    text = "<p>正文</p>" * before
    return f'<main data-numbering="outline">{text}<h2>标题</h2><table class="data">{head}{"".join(groups)}</table></main>'


@pytest.mark.parametrize("before", [0, 20, 25, 30, 32])
def test_group_stays_on_one_page_and_the_head_is_repeated(page: MakePage, built_in_look: Look, tmp_path: Path, before: int):
    html = table(*(group(name, 8) for name in "甲乙丙丁戊己"), before=before)
    shown = pages(written(page(html), built_in_look), tmp_path / "a.pdf")
    for name in "甲乙丙丁戊己":
        assert len([text for text in shown if re.search(rf"{name}\d行", text)]) == 1
    assert all("维度" in text for text in shown if "行" in text)
    assert next(text for text in shown if "标题" in text) == next(text for text in shown if "甲1行" in text)


@pytest.mark.parametrize("before", [0, 20])
def test_group_longer_than_a_page_is_printed_whole(page: MakePage, built_in_look: Look, tmp_path: Path, before: int):
    html = table(group("甲", 3), group("乙", 100), group("丙", 3), before=before)
    text = "".join(pages(written(page(html), built_in_look), tmp_path / "a.pdf"))
    assert [int(at) for at in re.findall(r"乙(\d+)行", text)] == list(range(1, 101))
    html = table(group("甲", 100), group("乙", 3), before=before)
    text = "".join(pages(written(page(html), built_in_look), tmp_path / "a.pdf"))
    assert [int(at) for at in re.findall(r"甲(\d+)行", text)] == list(range(1, 101))


def test_signatures_do_not_stand_alone(page: MakePage, built_in_look: Look, tmp_path: Path):
    rows = '<tr><td class="fill"></td></tr>' * 3
    form = f'<table class="signature"><colgroup><col style="width: 100%"></colgroup>{rows}</table>'
    signature = f'<section class="signatures"><h2>签署</h2>{form}</section>'
    for lines in range(30, 42):
        shown = pages(written(page("<main>" + "<p>正文</p>" * lines + "</main>" + signature), built_in_look), tmp_path / "a.pdf")
        assert "正文" in next(text for text in shown if "签署" in text)
