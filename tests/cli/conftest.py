"""Fixtures: the command run in this process, and a workspace fresh from `genplan init`."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from genplan.cli import main

TEAM = """\
---
schema: 1
title: 方案
department: 部门
indicators:
  - {name: 甲, weight: 60%, scoring: direct}
  - {name: 乙, weight: 40%, scoring: direct}
grades:
  - {name: 好, from: 60}
  - {name: 差, from: 0}
results: results/*.csv
---
"""


@dataclass(frozen=True)
class Ran:
    """What a command left behind: exit code, data, messages."""

    code: int
    out: str
    err: str


@pytest.fixture
def genplan(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the command from where the test stands. No traceback may be seen, and exit code 3 is a bug unless expected.

    What is built is made in this process, which spares starting others, unless the arguments say where.
    """

    def run(*arguments: str | Path, bug: bool = False) -> Ran:
        if arguments[:1] == ("build",) and not {"--jobs", "--scheduler"} & set(arguments):
            arguments += ("--jobs", "0")
        monkeypatch.setattr("sys.argv", ["genplan", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        code = end.value.code or 0
        said = capsys.readouterr()
        assert (code == 3) == bug, said.err
        assert bug or "Traceback" not in said.err
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a workspace with a plan of two indicators, whose results are still to be written."""
    (tmp_path / "plans" / "results").mkdir(parents=True)
    (tmp_path / "genplan.yml").write_text("plans: plans\n", "utf-8")
    (tmp_path / "plans" / "plan.md").write_text(TEAM, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def _fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from click.testing import CliRunner

    from genplan.cli.app import app

    root = tmp_path_factory.mktemp("init") / "fresh"
    assert CliRunner().invoke(app, ["init", str(root)]).exit_code == 0
    return root


@pytest.fixture
def workspace(_fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace as `genplan init` makes it; the test stands in it."""
    root = tmp_path / "workspace"
    shutil.copytree(_fresh, root)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def plan(workspace: Path) -> Path:
    """The workspace's plan, as a path from where the test stands."""
    return Path("plans/community-operations-specialist.md")


PLAN = """\
---
schema: 1
title: 小方案
department: 部门
documents: [{kinds}]
indicators:
  - {{name: 甲, weight: {weight}, scoring: direct}}
  - {{name: =乙, weight: 40%, scoring: direct}}
grades: [{{name: 好, from: 60}}, {{name: 差, from: 0}}]
results: results/little/*.csv
---
"""


@pytest.fixture
def little(workspace: Path) -> Callable[..., Path]:
    """Put a plan of two indicators, quick to build, in the place of the sample; `rows` are its results of 2026-Q3."""

    def put(rows: str = "0001,甲某,80,90,\n", kinds: str = "scheme, result, summary", weight: str = "60%") -> Path:
        shutil.rmtree(workspace / "plans")
        (workspace / "plans" / "results" / "little").mkdir(parents=True)
        (workspace / "plans" / "results" / "little" / "2026-Q3.csv").write_text(f"工号,姓名,甲,=乙,评语\n{rows}", encoding="utf-8")
        (workspace / "plans" / "little.md").write_text(PLAN.format(kinds=kinds, weight=weight), encoding="utf-8")
        return Path("plans/little.md")

    return put
