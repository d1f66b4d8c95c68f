"""Prose parted at its top-level headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.plan.sections import Section, parse_sections


def headings(body: str) -> list[str]:
    return [section.heading for section in parse_sections(body, 1)]


def test_sections_with_their_lines() -> None:
    body = "\n前言。\n\n# 考核目的\n\n评价业绩。\n\n## 细则\n\n# 适用范围 #\n"
    assert parse_sections(body, 10, file="a.md") == (
        Section("", "前言。", 10, 11, "a.md"),
        Section("考核目的", "评价业绩。\n\n## 细则", 13, 15, "a.md"),
        Section("适用范围", "", 19, 20, "a.md"),
    )


@pytest.mark.parametrize("body", ["", "\n\n", "   \n"])
def test_nothing_but_space(body: str) -> None:
    assert parse_sections(body, 1) == ()


@pytest.mark.parametrize("line", ["## 二级", "#没有空格", "    # 缩进四格", "\\# 转义", "#", "`# 代码`"])
def test_not_a_heading(line: str) -> None:
    assert headings(line) == [""]


@pytest.mark.parametrize(
    ("line", "heading"), [("#  空格", "空格"), ("   # 缩进", "缩进"), ("# C#", "C#"), ("# 标题 ##", "标题"), ("#\t制表", "制表")]
)
def test_headings(line: str, heading: str) -> None:
    assert headings(line) == [heading]


@pytest.mark.parametrize(
    "code",
    [
        "```\n# 代码\n```",
        "````\n```\n# 代码\n````",
        "~~~ python\n# 代码\n```\n# 代码\n~~~",
        "```\n```python\n# 代码\n```",
        "   ```\n# 代码\n  ```  ",
        "```\n# 没有结束",
    ],
)
def test_headings_in_fenced_code_are_code(code: str) -> None:
    assert headings(code) == [""]


def test_a_heading_behind_code() -> None:
    assert headings("```\n# 代码\n```\n# 标题") == ["", "标题"]
    assert headings("```行内``` 代码\n# 标题") == ["", "标题"]


@given(st.text(st.sampled_from("#` ~\n甲a"), max_size=60))
def test_no_line_is_lost(body: str) -> None:
    sections = parse_sections(body, 1)
    lines = body.split("\n")
    written = [line for section in sections for line in section.markdown.split("\n") if line.strip()]
    heads = [lines[section.line - 1] for section in sections if section.heading]
    assert sorted(written + heads) == sorted(line for line in lines if line.strip())


@given(st.lists(st.sampled_from(["", " ", "# 甲", "## 乙", "文", "```"]), max_size=12), st.integers(1, 9))
def test_the_text_of_a_section_begins_on_its_line(lines: list[str], first_line: int) -> None:
    for section in parse_sections("\n".join(lines), first_line, file="a.md"):
        assert str(section.span) == f"a.md:{section.line}:1"
        if section.markdown:
            assert lines[section.start - first_line] == section.markdown.split("\n")[0]
        else:
            assert section.start == section.line + 1


def test_headings_of_another_level_are_text() -> None:
    text = "# 甲\n\n## 乙\n\n丙\n### 丁\n"
    assert parse_sections(text, 3, level=2) == (Section("", "# 甲", 3, 3, ""), Section("乙", "丙\n### 丁", 5, 7, ""))
