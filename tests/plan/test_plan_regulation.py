"""A regulation is the same whether its chapters stand in the front matter or in prose."""

from collections.abc import Callable
from pathlib import Path

import pytest

from genplan.plan.checks import check_plan
from genplan.plan.load import PlanFile, load_plan
from genplan.plan.regulation import numbering_of, without_number

HEAD = "---\nschema: 1\ntitle: 制度\ndepartment: 社群运营部\n"


@pytest.fixture
def plan(tmp_path: Path) -> Callable[[str], PlanFile]:
    def write(text: str) -> PlanFile:
        path = tmp_path / "p.md"
        path.write_text(HEAD + text, encoding="utf-8")
        read, found = load_plan(path, "p.md")
        assert read is not None, found
        return read

    return write


def shape(plan: PlanFile) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    return [(c.title, [(p.title, [passage.title for passage in p.passages]) for p in c.parts]) for c in plan.chapters]


DATA = """chapters:
  - title: 总则
    articles: [{title: 目的, text: 甲。}]
  - title: 规划
    sections:
      - title: 定位
        articles: [{title: 受众, items: [年龄；, 职业。]}, {title: 主题, text: 丙。}]
      - title: 架构
        articles: [丁。]
---
"""
PROSE = """regulation: articles
---
# 总则
### 目的
甲。
# 规划
## 定位
### 受众
1. 年龄；
2. 职业。

### 主题
丙。
## 架构
丁。
# 附件：表格
### 表头
无
"""


def test_both_ways_to_write_it(plan: Callable[[str], PlanFile]) -> None:
    expected = [("总则", [("", ["目的"])]), ("规划", [("定位", ["受众", "主题"]), ("架构", [""])])]
    assert shape(plan(DATA)) == shape(plan(PROSE)) == expected


def test_annexes_are_prose_and_chapters_are_not(plan: Callable[[str], PlanFile]) -> None:
    assert [section.heading for section in plan(PROSE).prose] == ["附件：表格"]
    assert plan(PROSE.replace("regulation: articles\n", "")).chapters == ()


def test_places_in_prose(plan: Callable[[str], PlanFile]) -> None:
    chapters = plan(PROSE).chapters
    lines = (PROSE + HEAD).split("\n")
    offset = HEAD.count("\n")
    for chapter in chapters:
        for part in chapter.parts:
            for passage in part.passages:
                if passage.title:
                    assert lines[passage.span.line - 1 - offset] == f"### {passage.title}"
                assert lines[passage.line - 1 - offset] == passage.markdown.split("\n")[0]


@pytest.mark.parametrize(
    ("written", "number", "title"),
    [
        ("第一章 总则", "第一章", "总则"),
        ("第十二章总则", "第十二章", "总则"),
        ("一、总则", "一、", "总则"),
        ("（三）原则", "（三）", "原则"),
        ("第2節　架構", "第2節", "架構"),
        ("3. 受众", "3.", "受众"),
        ("第五条：受众", "第五条", "受众"),
        ("Chapter 1: General", "Chapter 1", "General"),
        ("第一条款的解释", "", "第一条款的解释"),
        ("第一节课", "", "第一节课"),
        ("3.0版平台", "", "3.0版平台"),
        ("2026年计划", "", "2026年计划"),
        ("第一章", "", "第一章"),
        ("Section civil", "Section civil", ""),
    ],
)
def test_numbers_that_were_typed(written: str, number: str, title: str) -> None:
    assert without_number(written) == ((number, title) if title else ("", written))


def test_typed_numbers_are_told_once_and_left_out(plan: Callable[[str], PlanFile]) -> None:
    read = plan("regulation: articles\n---\n# 第一章 总则\n第一条 甲。\n\n第二条　乙。\n同一段。\n# 第三章 附则\n丙。\n")
    (found,) = check_plan(read)
    assert (found.code, found.span.line) == ("GP355", 7)
    assert [(place.span.line, place.note) for place in found.related] == [(8, "第一条"), (10, "第二条"), (12, "第三章")]
    assert [chapter.title for chapter in read.chapters] == ["总则", "附则"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("chapters: [{title: 总则}]\n---\n", 5),
        ("chapters: [{title: 总则, sections: [{title: 目的}]}]\n---\n", 5),
        ("chapters: [{title: 总则, articles: [{title: 目的}]}]\n---\n", 5),
        ("regulation: outline\n---\n# 总则\n# 附则\n文。\n", 7),
        ("regulation: outline\n---\n# 总则\n## 目的\n## 范围\n文。\n", 8),
        ("regulation: outline\n---\n# 总则\n## 目的\n### 一\n\n### 二\n文。\n", 9),
    ],
)
def test_headings_without_text(plan: Callable[[str], PlanFile], text: str, line: int) -> None:
    (found,) = check_plan(plan(text))
    assert (found.code, found.span.line) == ("GP353", line)


def test_headings_too_deep(plan: Callable[[str], PlanFile]) -> None:
    read = plan("regulation: articles\n---\n# 总则\n### 目的\n文。\n\n#### 细目\n文。\n```\n#### 代码\n```\n")
    (found,) = check_plan(read)
    assert (found.code, found.span.line) == ("GP354", 11)


def test_a_regulation_of_nothing(plan: Callable[[str], PlanFile]) -> None:
    (found,) = check_plan(plan("regulation: articles\n---\n前言。\n"))
    assert found.code == "GP342"


@pytest.mark.parametrize(
    ("text", "numbering"),
    [("---\n# 总则\n甲。\n", "articles"), ("regulation: articles\n---\n", "articles"), ("regulation: outline\n---\n", "outline")],
)
def test_a_regulation_is_numbered_by_articles_unless_it_says_otherwise(plan: Callable[[str], PlanFile], text: str, numbering: str) -> None:
    assert numbering_of(plan(text).plan).value == numbering


def test_a_typed_number_is_taken_off_the_first_paragraph_alone(plan: Callable[[str], PlanFile]) -> None:
    text = "第三条 甲。\n\n            乙。\n            第四条 丙。"
    read = plan(f"chapters:\n  - title: 总则\n    articles:\n      - text: |\n            {text}\n---\n")
    (passage,) = read.chapters[0].parts[0].passages
    assert (passage.typed_number, passage.paragraphs) == ("第三条", ("甲。", "乙。", "第四条 丙。"))
