"""Chapters, sections and articles have the same numbers in page, PDF and Word, in both ways to number them; the contents list them."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from agreement import bare, difference, pages, parse, reading, said

PROSE = """---
schema: 1
title: {title}
department: 社群运营部
regulation: {style}
language: {language}
---
本制度自批准之日起施行。

# 总则
## 目的
为规范社群管理，制定本制度。

## 原则
1. **精准定位**：明确受众。
2. **用户导向**：及时回应。
   1. 答疑
   2. 投诉

# 规划
## 定位
### 受众分析
研究用户特征。

第二款文字。

### 主题
1. 明确价值；
2. 定期检查。

## 架构
### 角色
设置群主与管理员。

# 附则
本制度由社群运营部解释。

本制度自公布之日起施行。

# 附件：表格
| 甲 | 乙 |
|---|---|
| 1 | 2 |
"""
CASES = {
    ("articles", "zh-CN"): [
        "第一章", "第一节", "第一条", "第二节", "（一）", "（二）", "1.", "2.", "第二章", "第一节", "第二条", "第三条", "（一）", "（二）",
        "第二节", "第四条", "第三章", "第五条", "第六条",
    ],
    ("articles", "zh-TW"): [
        "第一章", "第一節", "第一條", "第二節", "一、", "二、", "（一）", "（二）", "第二章", "第一節", "第二條", "第三條", "一、", "二、",
        "第二節", "第四條", "第三章", "第五條", "第六條",
    ],
    ("outline", "zh-CN"): [
        "一、", "（一）", "（二）", "1.", "2.", "（1）", "（2）", "二、", "（一）", "1.", "2.", "（1）", "（2）", "（二）", "1.", "三、",
    ],
    ("outline", "en"): [
        "1. ", "1.1 ", "1.2 ", "1.", "2.", "(1)", "(2)", "2. ", "2.1 ", "2.1.1", "2.1.2", "(1)", "(2)", "2.2 ", "2.2.1", "3. ",
    ],
}  # fmt: skip


WITH_CONTENTS = """{% extends "builtin/kinds/policy.html.j2" %}
{% from "parts/contents.html.j2" import contents %}
{% block contents %}{{ contents(levels=3 if regulation.headed else 2, pages=1) }}{% endblock %}
"""
"""A policy with contents, however short it is."""


@pytest.fixture(scope="module")
def built(make_once: Callable) -> dict[tuple[str, str], Path]:
    """The stems of the documents."""

    def build(root: Path) -> None:
        (root / "genplan.yml").write_text("schema: 1\n")
        (root / "plans").mkdir()
        (root / "templates/kinds").mkdir(parents=True)
        (root / "templates/kinds/policy.html.j2").write_text(WITH_CONTENTS)
        for style, language in CASES:
            name = f"{style}-{language}".lower()
            text = PROSE.format(title=f"{style} {language}", style=style, language=language)
            (root / "plans" / f"{name}.md").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "genplan", "build", "--format", "pdf,docx,html"]
        run = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False, timeout=600)
        assert run.returncode == 0, run.stderr

    root = make_once("regulations", build)
    return {case: next(root.glob(f"output/{case[0]}-{case[1].lower()}/*/policy/*.html")).with_suffix("") for case in CASES}


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_numbers(built: dict[tuple[str, str], Path], case: tuple[str, str]) -> None:
    numbers = [e.get("data-number") for e in parse(built[case].with_suffix(".html")).iter() if e.get("data-number")]
    assert numbers == CASES[case]


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_the_pdf_has_them(built: dict[tuple[str, str], Path], case: tuple[str, str], require_tool: Callable[[str], str]) -> None:
    require_tool("pdftotext")
    expected = reading(parse(built[case].with_suffix(".html")))
    assert not difference(expected.text, said(pages(built[case].with_suffix(".pdf")), expected))


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_word_counts_them(
    built: dict[tuple[str, str], Path], case: tuple[str, str], require_tool: Callable[[str], str], tmp_path: Path
) -> None:
    require_tool("pdftotext")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    (tmp_path / "x.docx").write_bytes(built[case].with_suffix(".docx").read_bytes())
    command = [require_tool("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "x.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    expected = reading(parse(built[case].with_suffix(".html")), drawn=False)
    assert not difference(expected.text, said(pages(tmp_path / "x.pdf"), expected))


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_contents_list_all_levels(built: dict[tuple[str, str], Path], case: tuple[str, str]) -> None:
    tree = parse(built[case].with_suffix(".html"))
    (nav,) = tree.iter("nav")
    lines = [bare("".join(p.itertext())) for p in nav][1:]
    headings = [bare((e.get("data-number") or "") + "".join(e.itertext())) for e in tree.iter() if e.tag in {"h2", "h3", "h4"}]
    assert lines == headings
    assert len(lines) == 11
    assert any(re.search("受众分析$", line) for line in lines)
