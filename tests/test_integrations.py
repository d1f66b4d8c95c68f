"""What others copy or refer to: the hook for pre-commit, the CI of a repository of plans, the container. Commands run as they stand."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
WORKFLOW = yaml.safe_load((ROOT / "docs/ci/github-actions.yml").read_text("utf-8"))
STEPS = {step["name"]: step["run"] for step in WORKFLOW["jobs"]["plans"]["steps"] if "run" in step}
CONTAINER = (ROOT / "Containerfile").read_text("utf-8").replace("\\\n", " ")
SETUP = (ROOT / "tools/setup.sh").read_text("utf-8")
LIBRARIES = {"libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"}
BROKEN = "weights: normalize", "weights: exact"
"""The sample's weights make 120 %."""


def sh(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as CI does, with the `genplan` of this environment."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-e", "-c", command], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A repository of plans."""
    assert sh("genplan init hr", tmp_path).returncode == 0
    return tmp_path / "hr"


@pytest.fixture
def broken(plans: Path) -> Path:
    """One with a plan that has an error."""
    plan = plans / "plans/community-operations-specialist.md"
    text = plan.read_text("utf-8")
    assert BROKEN[0] in text
    plan.write_text(text.replace(*BROKEN), "utf-8")
    return plans


def test_the_hook_passes_a_workspace_in_order(plans: Path):
    ran = sh(HOOK["entry"], plans)
    assert ran.returncode == 0, ran.stderr


def test_the_hook_refuses_a_plan_with_errors(broken: Path):
    ran = sh(HOOK["entry"], broken)
    assert ran.returncode == 1
    assert "error[GP301]" in ran.stderr


def test_the_hook_runs_for_whatever_a_build_reads(plans: Path):
    assert not HOOK["pass_filenames"]  # a change of results or templates is a matter of all plans
    files = [path for folder in ("plans", "templates") for path in (plans / folder).rglob("*") if path.suffix not in {"", ".png", ".svg"}]
    assert files
    for path in [*files, Path("plans/results/x/2026-Q3.xlsx"), Path("templates/kinds/result.docx"), Path("templates/styles/custom.css")]:
        assert re.search(HOOK["files"], path.as_posix()), path


def test_the_workflow_checks_and_builds_and_keeps_nobodys_results(plans: Path):
    for name in ("Check", "Build"):
        ran = sh(STEPS[name], plans)
        assert ran.returncode == 0, ran.stderr
    assert '"version": "2.1.0"' in (plans / "genplan.sarif").read_text("utf-8")
    kinds = {path.parent.name for path in (plans / "output").rglob("*.pdf")}
    assert kinds == {"duties", "scheme"}


def test_the_workflow_fails_with_a_plan_that_has_errors_and_says_why(broken: Path):
    ran = sh(STEPS["Check"], broken)
    assert ran.returncode == 1
    assert "error[GP301]" in ran.stderr
    assert "GP301" in (broken / "genplan.sarif").read_text("utf-8")


@pytest.mark.parametrize("text", [SETUP, STEPS["Install genplan"], CONTAINER], ids=["setup", "workflow", "container"])
def test_the_same_libraries_are_installed_everywhere(text: str):
    assert set(re.findall(r"[\w.-]+", text)) >= LIBRARIES


def test_the_container_copies_what_is_there_and_runs_without_root():
    copied = [word for line in CONTAINER.splitlines() if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]]
    assert {"requirements", "generator", "templates", "plans"} <= set(copied)
    assert all((ROOT / name).exists() for name in copied)
    kept = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE))
    assert kept == set(copied)
    last = CONTAINER.rpartition("\nFROM ")[2]
    assert re.search(r"^USER genplan$", last, re.MULTILINE)
    assert 'ENTRYPOINT ["genplan"]' in last
