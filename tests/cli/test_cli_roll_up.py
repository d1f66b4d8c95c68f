"""A year that is summed up from quarters: what is told of it, and that it is built again when a quarter changes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

QUARTERS = """\
---
schema: 1
title: 季度方案
department: 部门
cycle: quarterly
documents: [result]
rounding: 0
indicators: [{name: 业绩, weight: 100%}]
results: quarters/*.csv
---
"""
YEAR = """\
---
schema: 1
title: 年度方案
department: 部门
cycle: yearly
period: 2026
documents: [scheme, result, summary]
indicators:
  - 名称: 季度平均
    权重: 100%
    计分: {方法: 汇总, 汇总方案: quarters.md}
---
"""


@pytest.fixture
def year(workspace: Path) -> Path:
    """Put two plans in the place of the sample."""
    shutil.rmtree(workspace / "plans")
    (workspace / "plans/quarters").mkdir(parents=True)
    (workspace / "plans/quarters.md").write_text(QUARTERS, "utf-8")
    (workspace / "plans/year.md").write_text(YEAR, "utf-8")
    for n in range(1, 5):
        write_quarter(n, f"{80 + n}.6", f"{70 + n}")
    return Path("plans/year.md")


def write_quarter(number: int, first: str, second: str) -> None:
    rows = f"工号,姓名,业绩\n0001,甲某,{first}\n0002,乙某,{second}\n"
    Path(f"plans/quarters/2026-Q{number}.csv").write_text(rows, "utf-8")


def test_the_trace_leads_down_to_the_period(genplan: Callable, year: Path) -> None:
    ran = genplan("score", str(year), "--person", "0001", "--trace")
    assert ran.code == 0
    assert "季度平均" in ran.out
    assert ["2026-Q2", "83", "25%", "20.75", "plans/quarters/2026-Q2.csv:2"] in [line.split() for line in ran.out.splitlines()]
    (card, _) = json.loads(genplan("score", str(year), "--format", "json").out)["scorecards"]
    assert card["total"] == "83.50"  # 82, 83, 84 and 85 as printed, not 81.6 to 84.6
    (line,) = card["lines"]
    assert [part["total"] for part in line["rolled"]] == ["82", "83", "84", "85"]


def times() -> dict[str, int]:
    return {path.as_posix(): path.stat().st_mtime_ns for path in Path("output").glob("*/*/*/*")}


def build(genplan: Callable, *plans: str) -> list[str]:
    """Build, and list the files that were written."""
    before = times()
    assert genplan("build", *plans, "--format", "html").code == 0
    return sorted(path.removeprefix("output/") for path, time in times().items() if before.get(path) != time)


@pytest.mark.parametrize("plans", [(), ("plans/year.md",)])
def test_a_quarter_that_changes_builds_the_year_again(genplan: Callable, year: Path, plans: tuple[str, ...]) -> None:
    assert build(genplan, *plans)
    assert not build(genplan, *plans)
    write_quarter(1, "91", "71")
    of_year = [path for path in build(genplan, *plans) if path.startswith("year/")]
    assert of_year == ["year/2026/result/0001-甲某-绩效考核结果.html", "year/2026/summary/部门-绩效考核结果汇总.html"]
    assert not build(genplan, *plans)
    Path("plans/quarters.md").write_text(QUARTERS.replace("rounding: 0", "rounding: 1"), "utf-8")
    assert "year/2026/result/0001-甲某-绩效考核结果.html" in build(genplan, *plans)


def test_a_file_of_another_quarter_is_found(genplan: Callable, year: Path) -> None:
    Path("plans/quarters/2026-Q4.csv").unlink()
    assert not [path for path in build(genplan, str(year)) if "/result/" in path]
    write_quarter(4, "85", "75")
    assert len([path for path in build(genplan, str(year)) if "/result/" in path]) == 2


HALF = """\
---
schema: 1
title: 半年方案
department: 部门
cycle: half-yearly
period: 2026-H1
documents: [result]
weights: points
indicators:
  - {name: 季度平均, points: 60, scoring: {method: roll-up, plan: quarters.md}}
  - {name: 半年任务, points: 40}
results: halves/*.*
---
"""
OF_HALVES = """\
---
schema: 1
title: 年度方案
department: 部门
period: 2026
documents: [result]
indicators:
  - {name: 半年得分, weight: 100%, scoring: {method: roll-up, plan: halves.md, periods: [上半年]}}
---
"""


@pytest.fixture
def halves(year: Path) -> Path:
    """Add a half of two quarters, and let the year be made of the half."""
    Path("plans/halves").mkdir()
    Path("plans/halves.md").write_text(HALF, "utf-8")
    year.write_text(OF_HALVES, "utf-8")
    Path("plans/halves/2026-H1.csv").write_text("工号,姓名,半年任务\n0001,甲某,30\n0002,乙某,40\n", "utf-8")
    return year


def test_a_year_of_halves_of_quarters(genplan: Callable, halves: Path) -> None:
    (first, second) = json.loads(genplan("score", str(halves), "--format", "json").out)["scorecards"]
    assert (first["total"], second["total"]) == ("82.90", "79.50")  # 40 + 71.5 * 0.6, 30 + 82.5 * 0.6
    assert build(genplan, str(halves))
    assert not build(genplan, str(halves))
    write_quarter(1, "83.6", "71")
    assert build(genplan, str(halves)) == ["year/2026/result/0001-甲某-绩效考核结果.html"]


def test_a_workbook_holds_the_means(genplan: Callable, halves: Path) -> None:
    Path("plans/halves/2026-H1.csv").unlink()
    made = genplan("sheet", "plans/halves.md", "--output", "plans/halves/2026-H1.xlsx")
    assert made.code == 0, made.err
    book = load_workbook("plans/halves/2026-H1.xlsx")
    sheet = book["填报"]
    headers = {cell.value: cell.column for cell in sheet[1]}
    assert [sheet.cell(row, headers["季度平均"]).value for row in (2, 3)] == [82.5, 71.5]
    for row in (2, 3):
        sheet.cell(row, headers["半年任务"]).value = 30
    book.save("plans/halves/2026-H1.xlsx")
    cards = json.loads(genplan("score", "plans/halves.md", "--format", "json").out)["scorecards"]
    assert [card["total"] for card in cards] == ["79.50", "72.90"]


def test_a_plan_that_was_missing_is_found(genplan: Callable, year: Path) -> None:
    quarters = Path("plans/quarters.md").read_text("utf-8")
    Path("plans/quarters.md").unlink()
    assert "GP378" in genplan("build", str(year), "--format", "html").err
    assert "GP378" in genplan("build", str(year), "--format", "html").err
    Path("plans/quarters.md").write_text(quarters.replace("schema: 1", "extends: _base.md"), "utf-8")
    assert "`plans/quarters.md` has errors" in genplan("build", str(year), "--format", "html").err
    Path("plans/_base.md").write_text("---\nschema: 1\n---\n", "utf-8")
    assert len([path for path in build(genplan, str(year)) if "/result/" in path]) == 2
