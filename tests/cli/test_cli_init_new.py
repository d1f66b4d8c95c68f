"""`genplan init` and `genplan new`: the first minutes."""

import io
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from genplan import api as genplan_api
from genplan import resources
from genplan.cli import new
from genplan.workspace.samples import sample_names, sample_title

SAMPLES = sorted(path.stem for path in resources.samples().glob("*.md"))


def test_a_new_workspace_holds_what_it_needs(workspace: Path) -> None:
    assert {str(path.relative_to(workspace)) for path in workspace.rglob("*") if path.is_file()} == {
        "genplan.yml",
        ".gitignore",
        "genplan.schema.json",
        "plans/community-operations-specialist.md",
        "plans/results/community-operations-specialist/2026-Q2.csv",
        "plans/results/community-operations-specialist/2026-Q3.csv",
        "templates/brand.yml",
        "templates/images/logo.png",
    }


def test_a_new_workspace_has_nothing_wrong_but_what_the_published_case_has(genplan: Callable, workspace: Path) -> None:
    ran = genplan("check")
    assert ran.code == 0
    assert "no errors" in ran.err
    assert re.findall(r"\w+\[GP\d+\]", genplan("check", "--strict").err) == ["error[GP447]"]


def test_the_workspace_of_a_company_is_ready_to_build(genplan: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert genplan("init", "company", "--sample", "company").code == 0
    monkeypatch.chdir("company")
    assert genplan("check", "--strict").code == 0
    assert genplan("build", "--format", "html", "--kind", "result").code == 0
    # 4 people in 4 quarters and a year, 4 operators, 4 engineers
    assert len(list(Path("output").rglob("result/*.html"))) == 28


def test_init_says_what_it_wrote_and_what_comes_next(genplan: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = genplan("init", "人力/hr")
    assert ran.code == 0
    assert ran.out == ""
    assert "wrote 人力/hr/genplan.yml" in ran.err
    assert ran.err.rstrip().endswith("next: cd 人力/hr && genplan build")
    assert genplan("-q", "init", "other").err == ""


def test_init_twice_changes_nothing(genplan: Callable, workspace: Path) -> None:
    (workspace / "plans" / "community-operations-specialist.md").write_text("mine")
    ran = genplan("init", ".")
    assert ran.code == 2
    assert "genplan.yml" in ran.err
    assert "nothing was written" in ran.err
    assert (workspace / "plans" / "community-operations-specialist.md").read_text() == "mine"


def test_init_stays_out_of_what_is_there(genplan: Callable, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "brand.yml").write_text("mine")
    ran = genplan("init", tmp_path)
    assert ran.code == 2
    assert "templates/brand.yml" in ran.err
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["brand.yml", "templates"]


def test_init_where_nothing_can_be_written(genplan: Callable, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file" / "inside", "/proc/genplan"):
        ran = genplan("init", folder)
        assert ran.code == 1
        assert "GP702" in ran.err


def test_the_list_of_samples(genplan: Callable) -> None:
    ran = genplan("new", "--list")
    assert ran.code == 0
    assert [line.split(maxsplit=1) for line in ran.out.splitlines()] == [[name, sample_title(name)] for name in sample_names()]
    assert len(SAMPLES) == 6


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_plan_from_any_sample_has_no_error(genplan: Callable, workspace: Path, sample: str) -> None:
    ran = genplan("new", "sales-manager", "--from", sample)
    assert ran.code == 0
    assert "plans/sales-manager.md" in ran.err
    text = (workspace / "plans" / "sales-manager.md").read_text("utf-8")
    assert not [line for line in text.splitlines() if line.startswith(("results:", "id:", "考核结果:"))]
    assert genplan("check", "plans/sales-manager.md").code == 0
    ran = genplan("-v", "check", "plans/sales-manager.md", "--format", "json")
    assert not [row for row in json.loads(ran.out)["diagnostics"] if row["severity"] == "error"]


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_plan_from_a_sample_tells_the_first_time_user_what_to_fill_in(genplan: Callable, workspace: Path, sample: str) -> None:
    genplan("new", "mine", "--from", sample)
    lines = (workspace / "plans" / "mine.md").read_text("utf-8").splitlines()
    assert lines[1] == "# yaml-language-server: $schema=../genplan.schema.json"
    front = lines[: lines.index("---", 1)]
    assert len([line for line in front if "#" in line]) >= 3
    if (resources.samples() / "results" / sample).is_dir():
        assert [line for line in front if line.startswith("# results: results/mine/*.")]


def test_results_are_added_as_the_remark_says(genplan: Callable, workspace: Path) -> None:
    genplan("new", "mine", "--from", "community-operations-specialist")
    path = workspace / "plans" / "mine.md"
    path.write_text(path.read_text("utf-8").replace("# results: results/mine", "results: results/mine"), encoding="utf-8")
    (workspace / "plans" / "results" / "community-operations-specialist").rename(workspace / "plans" / "results" / "mine")
    assert genplan("check", "plans/mine.md").code == 0
    assert "93.63" in genplan("score", "plans/mine.md").out


def test_a_plan_that_exists_is_left_alone(genplan: Callable, workspace: Path) -> None:
    ran = genplan("new", "community-operations-specialist", "--from", "community-management-policy")
    assert ran.code == 2
    assert "already exists" in ran.err
    assert "社群运营专员" in (workspace / "plans" / "community-operations-specialist.md").read_text("utf-8")


def test_a_new_plan_outside_a_workspace_stands_where_one_is(genplan: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert genplan("new", "mine", "--from", "community-management-policy").code == 0
    assert (tmp_path / "mine.md").is_file()


def test_a_new_plan_goes_to_the_workspaces_folder_from_anywhere_inside(
    genplan: Callable, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace / "templates" / "images")
    ran = genplan("new", "mine", "--from", "community-management-policy")
    assert (workspace / "plans" / "mine.md").is_file()
    assert os.path.join("..", "..", "plans", "mine.md").replace(os.sep, "/") in ran.err  # noqa: PTH118 - the text is what is tested


def test_a_new_plan_needs_settings_that_can_be_read(genplan: Callable, workspace: Path) -> None:
    (workspace / "genplan.yml").write_text("plan: x\n")
    ran = genplan("new", "mine", "--from", "community-management-policy")
    assert ran.code == 1
    assert "GP201" in ran.err


def test_init_keeps_a_gitignore_that_is_there(genplan: Callable, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine")
    ran = genplan("init", tmp_path)
    assert ran.code == 0
    assert "already exists and is unchanged" in ran.err
    assert (tmp_path / ".gitignore").read_text() == "mine"
    assert (tmp_path / "genplan.yml").is_file()


@pytest.mark.parametrize("form", ["weights", "points"])
@pytest.mark.parametrize(
    ("department", "position", "language"),
    [("销售部", "销售专员", "zh-CN"), ("業務部", "業務專員", "zh-TW"), ("Sales: North", "Sales rep", "en")],
)
def test_a_plan_to_fill_in_passes_all_checks(
    genplan: Callable, workspace: Path, form: str, department: str, position: str, language: str
) -> None:
    shutil.rmtree(workspace / "plans")
    assert genplan("new", "mine", "--department", department, "--position", position, "--form", form).code == 0
    assert genplan("check", "--strict").code == 0
    plan = genplan_api.load((workspace / "plans" / "mine.md",)).assessments[0].plan.plan
    assert (plan.department, plan.position, plan.language) == (department, position, language)
    assert plan.title == {"zh-CN": "销售专员绩效考核方案", "zh-TW": "業務專員績效考核方案", "en": "Sales rep performance plan"}[language]
    assert (plan.weights.value == "points") is (form == "points")
    assert "社群" not in (workspace / "plans" / "mine.md").read_text("utf-8")


@pytest.mark.parametrize("text", ["7", "no", "2026-11-01", "研发：一部", "# 部", '"', "null", "1e5"])
def test_whatever_a_department_is_called_it_is_read_back(genplan: Callable, workspace: Path, text: str) -> None:
    shutil.rmtree(workspace / "plans")
    assert genplan("new", "mine", "--department", text, "--title", text).code == 0
    plan = genplan_api.load((workspace / "plans" / "mine.md",)).assessments[0].plan.plan
    assert (plan.department, plan.title, plan.position) == (text, text, None)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "--department"),
        (("mine",), "--department"),
        (("a/b", "--department", "x"), "a-b"),
        (("_base", "--department", "x"), "not a safe file name"),
        (("mine", "--from", "community-management-policy", "--title", "x"), "--from"),
        (("--from", "community-management-policy"), "NAME"),
    ],
)
def test_what_new_needs(genplan: Callable, workspace: Path, arguments: tuple[str, ...], message: str) -> None:
    before = sorted(workspace.rglob("*"))
    ran = genplan("new", *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert sorted(workspace.rglob("*")) == before


def test_new_asks_in_a_terminal(genplan: Callable, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["仓储部", "", "仓储部月度考核办法", "points", "仓储"])
    asked: list[tuple[str, str | None]] = []

    def prompt(question: str, usual: str | None = None, **_: object) -> str:
        asked.append((question.split(maxsplit=1)[0], usual))
        return next(answers)

    monkeypatch.setattr(new.click, "prompt", prompt)
    monkeypatch.setattr(new.sys, "stdin", Terminal())
    assert genplan("new").code == 0
    assert asked == [("Department", None), ("Position", ""), ("Title", "仓储部绩效考核方案"), ("Weights", "weights"), ("File", "仓储部")]
    text = (workspace / "plans" / "仓储.md").read_text("utf-8")
    assert "标题: 仓储部月度考核办法\n部门: 仓储部\n考核周期" in text


class Terminal(io.StringIO):
    """Standard input that is a terminal."""

    def isatty(self) -> bool:
        """Say that somebody can be asked."""
        return True


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("results/mine/*.xlsx", "plans/results/mine/2026-Q3.xlsx"),
        ("results/mine/*.*", "plans/results/mine/2026-Q3.xlsx"),
        ("results/mine-*", "plans/results/mine-2026-Q3.xlsx"),
        ("[results/*.csv, results/团队-*.xlsx]", "plans/results/团队-2026-Q3.xlsx"),
        ("results/*.csv", "mine-2026-Q3.xlsx"),
        ("results/*/2026-*.xlsx", "mine-2026-Q3.xlsx"),
        ("results/2026.xlsx", "mine-2026-Q3.xlsx"),
    ],
)
def test_a_workbook_is_written_where_results_are_found(genplan: Callable, workspace: Path, results: str, expected: str) -> None:
    shutil.rmtree(workspace / "plans")
    genplan("new", "mine", "--department", "销售部")
    path = workspace / "plans" / "mine.md"
    path.write_text(path.read_text("utf-8").replace("# 考核结果: results/mine/*.*", f"考核结果: {results}"), encoding="utf-8")
    people = workspace / "people-2026-Q3.csv"
    people.write_text("工号,姓名\n0001,甲某\n", encoding="utf-8")
    ran = genplan("sheet", "plans/mine.md", "--people", "people-2026-Q3.csv", "--period", "2026-Q3")
    assert ran.code == 0, ran.err
    assert (workspace / expected).is_file()
    session = genplan_api.load((path,))
    assert [person.name for person in session.assessments[0].people] == (["甲某"] if expected.startswith("plans") else [])
