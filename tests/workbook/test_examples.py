"""The formula of every scoring method gives the score of its example."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from genplan.methods import METHODS
from genplan.plan.load import load_plan
from genplan.source.quantity import parse_quantity
from genplan.theme.locale import Locale
from genplan.workbook.book import workbook_bytes
from genplan.workbook.layout import SCORES


def cell(actual: str) -> float | str:
    quantity = parse_quantity(actual)
    return actual if quantity is None else float(quantity.value)


@pytest.fixture(scope="module")
def scores(require_tool: Callable, locale: Locale, fill_in: Callable, tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """Have LibreOffice recalculate a workbook of all examples; the scores by method."""
    folder = tmp_path_factory.mktemp("examples")
    rows = "".join(f"  - {{name: {tag}, weight: 1, {method.example.indicator}}}\n" for tag, method in METHODS.items())
    head = "---\nschema: 1\ntitle: 方案\ndepartment: 部门\nperiod: 2026-Q3\nweights: normalize\n"
    (folder / "plan.md").write_text(f"{head}indicators:\n{rows}---\n", "utf-8")
    plan, found = load_plan(folder / "plan.md", "plan.md")
    assert plan is not None, found
    filled: dict[str, float | str] = {"工号": "0007"}
    for tag, method in METHODS.items():
        headers = method.example.columns.split(",") if method.example.columns else [tag]
        filled |= dict(zip(headers, map(cell, method.example.actual.split(",")), strict=True))
    (folder / "sheet.xlsx").write_bytes(fill_in(workbook_bytes(plan, (), locale), [filled]))
    profile = (folder / "profile").as_uri()
    command = [
        require_tool("soffice"),
        "--headless",
        f"-env:UserInstallation={profile}",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(folder / "out"),
    ]
    subprocess.run([*command, str(folder / "sheet.xlsx")], check=True, capture_output=True, timeout=300)
    header, _, row, *_ = load_workbook(Path(folder / "out/sheet.xlsx"), data_only=True)[SCORES].iter_rows(values_only=True)
    return dict(zip(header, row, strict=True))


@pytest.mark.parametrize("tag", METHODS)
def test_the_formula_gives_the_score(scores: dict[str, float], tag: str):
    assert scores[tag] == pytest.approx(float(METHODS[tag].example.score))
