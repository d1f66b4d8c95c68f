"""Plans and workbooks for the tests of results."""

import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from openpyxl import Workbook

from genplan.plan.load import PlanFile, load_plan

PLAN = """---
schema: 1
title: 社群运营专员绩效考核方案
department: 社群运营部
position: 社群运营专员
{more}
indicators:
  - {{name: 社群新增用户数, id: new-members, weight: 50%, target: 500, unit: 人, scoring: ratio}}
  - {{name: 用户活跃度, weight: 30%, target: 90%, scoring: ratio}}
  - {{name: 内容质量, weight: 20%}}
---
"""

TWO_DIMENSIONS = """---
schema: 1
title: 社群运营部门考核方案
department: 社群运营部
period: 2026-Q3
dimensions:
  - {name: 内容质量, weight: 60%, indicators: [{name: 满意度}]}
  - {name: 互动效果, weight: 40%, indicators: [{name: 满意度}]}
---
"""


@pytest.fixture
def make_plan(tmp_path: Path) -> Callable[..., PlanFile]:
    """Write a plan and load it; `more` are further lines of its front matter."""

    def make(more: str = "period: 2026-Q3", text: str | None = None) -> PlanFile:
        path = tmp_path / "plans" / "specialist.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text or PLAN.format(more=more), encoding="utf-8")
        plan, found = load_plan(path, "plans/specialist.md")
        assert plan is not None, found
        return plan

    return make


@pytest.fixture
def plan(make_plan: Callable[..., PlanFile]) -> PlanFile:
    return make_plan()


@pytest.fixture
def two_dimensions(make_plan: Callable[..., PlanFile]) -> PlanFile:
    return make_plan(text=TWO_DIMENSIONS)


def workbook_bytes(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def xlsx() -> Callable[[Iterable[Iterable[object]]], bytes]:
    """Make a workbook of one sheet, `Sheet`, from rows of values."""

    def make(rows: Iterable[Iterable[object]]) -> bytes:
        book = Workbook()
        for row in rows:
            book.active.append(list(row))
        return workbook_bytes(book)

    return make


@pytest.fixture
def saved() -> Callable[[Workbook], bytes]:
    return workbook_bytes
