"""The page over an output folder: true to its entries, safe against them, and working without a server."""

import html
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from generator.build.register import Entry
from generator.portal.page import render_index
from generator.theme.theme import load_theme

THEME = load_theme(None, "zh-CN").value
ENTRY = Entry(
    path="plan/2026-Q3/result/0007-测试甲-绩效考核结果.pdf",
    format="pdf",
    plan="plan",
    plan_title="社群运营专员绩效考核方案",
    department="社群运营部",
    period="2026-Q3",
    period_label="2026年第三季度",
    kind="result",
    kind_title="绩效考核结果",
    title="社群运营专员绩效考核结果",
    person_id="0007",
    person_name="测试甲",
    size=51_200,
)


def page(*entries: Entry) -> str:
    text = render_index(entries, THEME)
    assert isinstance(text, str)
    return text


def data(text: str) -> list[dict]:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[1])


def test_files_of_one_document_stand_together_pdf_first():
    word = replace(ENTRY, path=ENTRY.path.replace(".pdf", ".docx"), format="docx", size=12)
    (document,) = data(page(word, ENTRY))
    assert [(file["format"], file["size"]) for file in document["files"]] == [("PDF", "50 KB"), ("DOCX", "1 KB")]
    assert document["person"] == "0007 测试甲"


@pytest.mark.parametrize("hostile", ["</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"'&\u2028", "{{ 7*7 }}"])
def test_no_name_becomes_markup(hostile):
    text = page(replace(ENTRY, person_name=hostile, title=hostile, department=hostile))
    assert data(text)[0]["title"] == hostile
    assert text.count("<script") == 2
    assert "<img src=x" not in text
    assert hostile in html.unescape(text.split("<noscript>")[1].split("</noscript>")[0])


@pytest.mark.parametrize(("name", "link"), [("a b#1?.pdf", "a%20b%231%3F.pdf"), ("100%.pdf", "100%25.pdf"), ("甲.pdf", "%E7%94%B2.pdf")])
def test_links_survive_any_name(name, link):
    assert data(page(replace(ENTRY, path=f"p/{name}")))[0]["files"][0]["link"] == f"p/{link}"


def test_the_page_fetches_nothing():
    text = page(ENTRY)
    assert "default-src 'none'" in text
    assert not re.search(r'(?:src|href)="(?!data:|plan/)', text)


def test_same_entries_same_page():
    other = replace(ENTRY, path="plan/2026-Q3/result/0008.pdf", person_id="0008")
    assert page(ENTRY, other) == page(other, ENTRY)


def test_documents_are_listed_without_scripts_too():
    assert '<a href="plan/2026-Q3/result/0007-' in page(ENTRY).split("<noscript>")[1]


@pytest.mark.parametrize(
    ("view", "found"),
    [("", 3), ("q=0007", 1), (f"q={quote('测试 结果')}", 2), (f"period={quote('2026年第二季度')}", 1), ("q=nobody", 0)],
)
def test_filters_work_from_a_file(tmp_path: Path, require_tool, view: str, found: int):
    chromium = require_tool("chromium")
    earlier = replace(ENTRY, path="a/b.pdf", person_id="0001", period_label="2026年第二季度")
    scheme = replace(ENTRY, path="a/c.pdf", title="方案", kind_title="考核方案", person_id="", person_name="", plan_title="方案")
    (tmp_path / "index.html").write_text(page(ENTRY, earlier, scheme), "utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    options += ["--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom"]
    run = subprocess.run(
        [chromium, *options, f"{(tmp_path / 'index.html').as_uri()}#{view}"], capture_output=True, text=True, check=True, timeout=60
    )
    rows = re.search(r'<tbody id="rows">(.*?)</tbody>', run.stdout, re.DOTALL)[1]
    assert rows.count("<tr>") == found
