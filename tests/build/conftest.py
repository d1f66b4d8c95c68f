"""Fixtures: the built-in theme, and plans made by changing a sample."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator import resources
from generator.build.assessment import Assessment, assess
from generator.diagnostics import Outcome
from generator.theme.theme import Theme

PLAN = """\
---
schema: 1
title: 方案
department: 部门
{more}indicators:
  - {{name: 甲, weight: 60%, scoring: direct}}
  - {{name: 乙, weight: 40%, scoring: direct}}
grades:
  - {{name: 好, from: 60}}
  - {{name: 差, from: 0}}
{results}---
"""


@pytest.fixture
def assessed(theme: Theme, tmp_path: Path) -> Callable[..., Outcome[Assessment | None]]:
    """Assess a plan of two indicators; `rows` are a results file's, `more` further lines of the plan."""

    def build(rows: str = "", more: str = "", name: str = "plan", period: str = "2026-Q3") -> Outcome[Assessment | None]:
        path = tmp_path / f"{name}.md"
        path.write_text(PLAN.format(more=more, results=f"results: {name}/*.csv\n" if rows else ""), encoding="utf-8")
        if rows:
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / f"{period}.csv").write_text(f"工号,姓名,甲,乙\n{rows}", encoding="utf-8")
        return assess(path, f"{name}.md", tmp_path, theme)

    return build


@pytest.fixture(scope="session")
def sample(theme: Theme) -> Callable[[str], Assessment]:
    """Assess a sample, which has no errors."""

    def read(name: str) -> Assessment:
        folder = resources.samples()
        assessment, found = assess(folder / f"{name}.md", f"plans/{name}.md", folder.parent, theme)
        assert assessment is not None
        assert assessment.sound, found
        return assessment

    return read
