"""One document of every kind, as text with its structure, compared with what was committed.

`GENPLAN_UPDATE=1 pytest tests/golden` writes the texts anew; read what changed before you keep it.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

HERE = Path(__file__).parent
CHOSEN = {
    "duties": "community-operations-specialist/2026-Q3/duties/社群运营专员-岗位说明书",
    "standard": "wechat-community-marketing/no-period/standard/微信社群营销专员-岗位职责及考核标准",
    "standard-by-duty": "community-position-standard/no-period/standard/社群运营-岗位职责及考核标准",
    "scheme": "community-operations-specialist/2026-Q3/scheme/社群运营专员-考核方案",
    "scheme-dimensions": "community-operations-department/no-period/scheme/社群运营部-考核方案",
    "contract": "community-operations-department-quarterly/2026-Q3/contract/0025-测试戊-绩效合同",
    "contract-blank": "wechat-community-marketing/no-period/contract/微信社群营销专员-绩效合同-空白表",
    "policy": "community-management-policy/no-period/policy/社群運營部-管理辦法",
    "scorecard": "community-operations-department-quarterly/2026-Q3/scorecard/0021-测试甲-绩效考核表",
    "scorecard-blank": "community-position-standard/no-period/scorecard/社群运营-绩效考核表-空白表",
    "result": "community-operations-specialist/2026-Q2/result/0001-案例员工-绩效考核结果",
    "result-dimensions": "community-operations-department-quarterly/2026-Q3/result/0027-测试庚-绩效考核结果",
    "summary": "community-operations-specialist/2026-Q3/summary/社群运营专员-绩效考核结果汇总",
    "report": "community-management-policy/2026-W28/report/社群運營部-營運成效評估報告",
    "notice": "community-operations-specialist/2026-Q3/notice/0016-测试癸-结果通知书",
    "interview": "community-operations-department-quarterly/2026-Q3/interview/0027-测试庚-绩效面谈记录",
    "improvement": "community-operations-department-quarterly/2026-Q3/improvement/0028-测试辛-绩效改进计划",
    "improvement-direct": "community-operations-specialist/2026-Q3/improvement/0018-测试丑-绩效改进计划",
    "appeal": "community-operations-specialist/2026-Q3/appeal/0016-测试癸-绩效考核申诉表",
    "appeal-blank": "community-operations-department/no-period/appeal/社群运营部-绩效考核申诉表-空白表",
}
"""Golden file to document."""

_BLOCKS = set("section div main nav table thead tbody ul ol figure header footer blockquote".split())  # noqa: SIM905 - a list of names


def outline(element: Element, depth: int = 0) -> Iterator[str]:
    """Write a tree as lines: what an element is, its number, its text; a table's rows as cells between bars."""
    for child in element:
        name = ".".join([child.tag.split("}")[-1], *child.get("class", "").split()])
        number = f"{child.get('data-number')} " if child.get("data-number") else ""
        indent = "  " * depth
        if child.tag == "tr":
            yield f"{indent}{name} | " + " | ".join(_cell(cell) for cell in child) + " |"
        elif child.tag == "colgroup":
            yield f"{indent}columns {' '.join(re.sub(r'[^0-9.]', '', column.get('style', '')) for column in child)}"
        elif child.tag.endswith("}svg"):
            yield f"{indent}{name} [{child.findtext('{http://www.w3.org/2000/svg}title')}]"
        elif _is_block(child):
            yield f"{indent}{name} {number}".rstrip()
            yield from outline(child, depth + 1)
        else:
            yield f"{indent}{name} {number}{_text(child)}".rstrip()
            yield from (line for nested in child if nested.tag in {"ul", "ol"} for line in outline_of(nested, depth + 1))


def outline_of(element: Element, depth: int) -> Iterator[str]:
    """Write an element that stands within text, such as a list in a list's item."""
    yield f"{'  ' * depth}{element.tag}"
    yield from outline(element, depth + 1)


def _is_block(element: Element) -> bool:
    return element.tag in _BLOCKS


def _cell(cell: Element) -> str:
    name = ".".join([cell.tag, *cell.get("class", "").split()])
    spans = "".join(f" {key}={value}" for key in ("colspan", "rowspan") if (value := cell.get(key)))
    mark = "" if name == "td" and not spans else f"<{name}{spans}> "
    return mark + (" / ".join(_text(block) for block in cell) if len(cell) and cell[0].tag in {"p", "ul", "ol"} else _text(cell))


def _text(element: Element) -> str:
    """Give the text of an element, lists within left out, white space as it shows."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == "br":
            parts.append("⏎")
        elif child.tag == "img":
            parts.append(f"[{child.get('alt')}]")
        elif child.tag.endswith("}svg"):
            parts.append(f"[{child.findtext('{http://www.w3.org/2000/svg}title')}]")
        elif child.tag not in {"ul", "ol"}:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return re.sub(r"[ \t\n\r]+", " ", "".join(parts)).strip()


@pytest.mark.parametrize("name", CHOSEN)
def test_document(samples, name: str) -> None:
    page = samples.output / f"{CHOSEN[name]}.html"
    tree = tinyhtml5.parse(page.read_text("utf-8"), namespace_html_elements=False)
    text = "\n".join([f"title {tree.findtext('head/title')}", *outline(tree.find("body"))]) + "\n"
    golden = HERE / f"{name}.txt"
    if os.environ.get("GENPLAN_UPDATE"):
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text("utf-8")


def test_every_kind_has_a_golden_file(samples) -> None:
    assert {path.split("/")[2] for path in CHOSEN.values()} == {page.parent.name for page in samples.built("html")}
    assert {path.stem for path in HERE.glob("*.txt")} == set(CHOSEN)
