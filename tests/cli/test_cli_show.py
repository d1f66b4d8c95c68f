"""Plans that extend another: `genplan show`, and builds that notice when the base changes."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

BASE = """\
---
schema: 1
title: 销售序列方案
department: 部门
documents: [scheme, result]
indicators:
  - {name: 业绩, weight: 60%}
  - {name: 质量, weight: 40%}
results: results/*.csv
---
# 考核目的

兑现目标。
"""
PLAN = """\
---
extends: _base.md
position: 销售代表
title: 销售代表方案
indicators: [{name: 质量, source: 客服系统}]
---
"""


@pytest.fixture
def plan(workspace: Path) -> str:
    """Put a plan and its base in the place of the sample."""
    shutil.rmtree(workspace / "plans")
    (workspace / "plans/results").mkdir(parents=True)
    (workspace / "plans/_base.md").write_text(BASE, "utf-8")
    (workspace / "plans/plan.md").write_text(PLAN, "utf-8")
    (workspace / "plans/results/2026-Q1.csv").write_text("工号,姓名,业绩,质量\n0001,甲某,80,90\n", "utf-8")
    return "plans/plan.md"


def test_the_plan_is_shown_with_what_it_extends(genplan: Callable, plan: str) -> None:
    shown = genplan("show", plan)
    assert shown.code == 0
    assert "  - name: 业绩  # plans/_base.md:7" in shown.out.splitlines()
    Path("plans/_base.md").unlink()
    Path(plan).write_text(shown.out, "utf-8")
    assert genplan("check").code == 0


def test_what_differs_is_shown(genplan: Callable, plan: str) -> None:
    shown = genplan("show", plan, "--diff")
    assert [line for line in shown.out.splitlines() if line[0] in "+-"][2:] == [
        "-title: 销售序列方案",
        "+title: 销售代表方案",
        "+    source: 客服系统",
        "+position: 销售代表",
    ]
    assert genplan("show", "plans/_base.md", "--diff").code == 2


def test_a_plan_that_cannot_be_read_is_not_shown(genplan: Callable, plan: str) -> None:
    Path("plans/_base.md").unlink()
    shown = genplan("show", plan)
    assert shown.code == 1
    assert "GP212" in shown.err
    assert not shown.out


def test_a_base_is_no_plan(genplan: Callable, plan: str) -> None:
    assert "1 plan " in genplan("check").err
    assert genplan("build", "--format", "html").code == 0
    assert [path.name for path in Path("output").iterdir() if path.is_dir() and not path.name.startswith(".")] == [Path(plan).stem]


def times() -> dict[str, int]:
    return {path.as_posix(): path.stat().st_mtime_ns for path in Path("output").glob("*/*/*/*")}


@pytest.mark.parametrize("named", [True, False])
def test_a_base_that_changes_builds_its_plans_again(genplan: Callable, plan: str, named: bool) -> None:  # noqa: FBT001 - of the table
    command = ("build", *((plan,) if named else ()), "--format", "html")
    assert genplan(*command).code == 0
    before = times()
    assert genplan(*command).code == 0
    assert times() == before
    Path("plans/_base.md").write_text(BASE.replace("兑现目标。", "奖优罚劣。"), "utf-8")
    assert genplan(*command).code == 0
    changed = [path for path, time in times().items() if before.get(path) != time]
    assert ["scheme" in path for path in changed] == [True]
    assert "奖优罚劣" in Path(changed[0]).read_text("utf-8")


def test_a_scheme_has_an_annex_of_each_position(genplan: Callable, plan: str) -> None:
    scheme = "---\nextends: _base.md\ntitle: 销售部方案\nremove: [indicators, results, documents]\npositions: [plan.md]\n---\n"
    Path("plans/scheme.md").write_text(scheme, "utf-8")
    assert genplan("build", "plans/scheme.md", "--format", "html").code == 0
    (made,) = Path("output/scheme").glob("*/*/*.html")
    text = made.read_text("utf-8")
    assert "附件1　销售代表" in text
    assert "客服系统" in text
    before = times()
    assert genplan("build", "plans/scheme.md", "--format", "html").code == 0
    assert times() == before
    Path("plans/_base.md").write_text(BASE.replace("name: 质量", "name: 服务质量"), "utf-8")
    Path(plan).write_text(PLAN.replace("质量", "服务质量"), "utf-8")
    assert genplan("build", "plans/scheme.md", "--format", "html").code == 0
    assert "服务质量" in made.read_text("utf-8")
