"""`genplan sheet`."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from genplan import resources

NAME = "community-operations-specialist"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one plan, without results."""
    (tmp_path / "plans").mkdir()
    text = (resources.samples() / f"{NAME}.md").read_text("utf-8")
    (tmp_path / "plans" / f"{NAME}.md").write_text(text.replace(f"results/{NAME}/*.csv", f"results/{NAME}/*.xlsx"), "utf-8")
    (tmp_path / "genplan.yml").write_text("schema: 1\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def genplan() -> Callable[..., tuple[int, str]]:
    from click.testing import CliRunner

    from genplan.cli.app import app

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, arguments)
        return result.exit_code, result.output

    return run


def test_fill_in_and_score(workspace: Path, genplan: Callable, fill_in: Callable):
    code, said = genplan("sheet", f"plans/{NAME}.md")
    assert code == 0, said
    path = workspace / "plans" / "results" / NAME / "2026-Q3.xlsx"  # where the plan finds it
    assert f"wrote {path.relative_to(workspace)}" in said
    sheet = load_workbook(path)["填报"]
    people = {"工号": "0001", "姓名": "测试甲"}
    values = {cell.value: 90 for cell in sheet[1] if cell.comment and cell.value not in people}
    path.write_bytes(fill_in(path.read_bytes(), [people | values]))
    code, said = genplan("score", f"plans/{NAME}.md")
    assert code == 0, said
    assert "90" in said
    assert "GP4" not in said


def test_people_from_a_file(workspace: Path, genplan: Callable):
    (workspace / "people.csv").write_text("工号,姓名\n0007,张三\n0008,李四\n", "utf-8")
    code, said = genplan("sheet", f"plans/{NAME}.md", "--people", "people.csv", "--period", "2026-Q4", "--output", "out.xlsx")
    assert code == 0, said
    sheet = load_workbook(io.BytesIO((workspace / "out.xlsx").read_bytes()))["填报"]
    assert [(sheet.cell(row, 1).value, sheet.cell(row, 2).value) for row in (2, 3)] == [("0007", "张三"), ("0008", "李四")]


def test_what_is_there_is_kept(workspace: Path, genplan: Callable):
    (workspace / "out.xlsx").write_text("results")
    code, said = genplan("sheet", f"plans/{NAME}.md", "--output", "out.xlsx")
    assert (code, (workspace / "out.xlsx").read_text()) == (2, "results")
    assert "already exists" in said


@pytest.mark.parametrize("period", ["Q3", "2026-13"])
def test_a_period_is_one(workspace: Path, genplan: Callable, period: str):
    code, said = genplan("sheet", f"plans/{NAME}.md", "--period", period)
    assert code == 2
    assert "2026-Q3" in said


def test_a_plan_without_indicators(workspace: Path, genplan: Callable):
    (workspace / "plans" / "rules.md").write_text(
        "---\nschema: 1\ntitle: 制度\ndepartment: 部\nchapters: [{title: 总则, articles: [甲]}]\n---\n", "utf-8"
    )
    code, said = genplan("sheet", "plans/rules.md")
    assert code == 2
    assert "no indicators" in said
