"""What tests of several folders need: outside tools, workspaces, and one build of all samples that they share."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from genplan import resources
from genplan.diagnostics import Outcome
from genplan.storage.output_lock import lock_output
from genplan.theme.theme import Theme, load_theme
from genplan.workspace.assessment import Assessment, assess

settings.register_profile("genplan", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("genplan")

# Messages are compared in English, whatever the developer's system speaks.
for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "GENPLAN_LANG"):
    os.environ.pop(name, None)
os.environ["LANG"] = "C.UTF-8"

# A shell that starts the tests in the background has them ignore Ctrl-C, and what they start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

LONGEST = (
    "end_to_end/test_standards",
    "end_to_end/test_validity",
    "writers/pdf/speedups/test_same_documents",
    "end_to_end/",
    "cli/test_cli_brand",
    "writers/",
    "workbook/",
    "portal/",
    "cli/",
)
"""Files and folders of tests that take longest, which begin first, so that no process is left with one of them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; files stay whole, and tests of a file in their order."""

    def turn(item: pytest.Item) -> int:
        name = item.path.relative_to(Path(__file__).parent).as_posix()
        return next((turn for turn, start in enumerate(LONGEST) if name.startswith(start)), len(LONGEST))

    items.sort(key=turn)


SPECIALIST = "community-operations-specialist"
POLICY = "community-management-policy"


@pytest.fixture(scope="session")
def theme() -> Theme:
    """The built-in theme."""
    theme, found = load_theme(None, "zh-CN")
    assert theme is not None
    assert not found
    return theme


@pytest.fixture(scope="session")
def require_tool() -> Callable[[str], str]:
    """Find a program: `require_tool("qpdf")`. Without it the test is skipped on a user's machine, and fails where CI is set."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None and "CI" in os.environ:
            pytest.fail(f"{name} is missing; .ci/run installs it")
        return path or pytest.skip(f"{name} is missing")

    return find


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what a developer's shell says from deciding a test."""
    for name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@dataclass(frozen=True)
class Workspace:
    """A folder with a genplan.yml, and what a build of it said."""

    root: Path

    @property
    def output(self) -> Path:
        return self.root / "output"

    def genplan(self, *arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the command as a user would, in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "genplan", *map(str, arguments)],
            cwd=cwd or self.root,
            env={name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"} | environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=1200,
        )

    def built(self, suffix: str, output: Path | None = None) -> list[Path]:
        """List the documents of a format, in order."""
        return sorted((output or self.output).glob(f"*/*/*/*.{suffix}"))


@pytest.fixture(scope="session")
def make_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Have a folder filled by the first process of the test run that asks for it; the others wait, and share it."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"

    def make(name: str, fill: Callable[[Path], None]) -> Path:
        folder, complete = shared / name, shared / f"{name}.complete"
        with lock_output(shared / f"{name}.lock", lambda: None):
            if not complete.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                fill(folder)
                complete.touch()
        return folder

    return make


@pytest.fixture(scope="session")
def samples(make_once: Callable[[str, Callable[[Path], None]], Path]) -> Workspace:
    """All samples, built once in every format. Look, but leave it as it is."""

    def build(root: Path) -> None:
        shutil.copytree(resources.samples(), root / "plans")
        (root / "genplan.yml").write_text("schema: 1\n")
        run = Workspace(root).genplan("-v", "build", "--format", "pdf,docx,html")
        assert run.returncode == 0, run.stderr

    return Workspace(make_once("samples", build))


PAY = "pay: {unit: 元, parts: [{name: 绩效工资, compute: 总分 * 30}]}\n"


@pytest.fixture(scope="session")
def small_built(make_once: Callable[[str, Callable[[Path], None]], Path]) -> Workspace:
    """Two plans, of a person and of units, which make one document of every kind in every format. Look, but leave it as it is."""

    def build(root: Path) -> None:
        results = f"results/{SPECIALIST}"
        weekly = f"results/{POLICY}"
        for folder in (results, weekly):
            (root / "plans" / folder).mkdir(parents=True)
        for name in (f"{SPECIALIST}.md", f"{POLICY}.md", f"{results}/2026-Q2.csv", f"{weekly}/2026-W28.csv"):
            shutil.copy(resources.samples() / name, root / "plans" / name)
        plan = root / "plans" / f"{SPECIALIST}.md"
        text = plan.read_text("utf-8").replace("below: 合格", "below: 优秀")
        plan.write_text(text.replace("\nresults:", f"\n{PAY}results:"), encoding="utf-8")
        shutil.copytree(resources.templates() / "images", root / "templates" / "images")
        shutil.copy(resources.templates() / "brand.yml", root / "templates")
        (root / "genplan.yml").write_text("schema: 1\n")
        run = Workspace(root).genplan("build", "--format", "pdf,docx,html", PYTHONHASHSEED="0")
        assert run.returncode == 0, run.stderr

    return Workspace(make_once("small", build))


@pytest.fixture
def small(small_built: Workspace, tmp_path: Path) -> Workspace:
    """The same workspace to work in, without what was built."""
    shutil.copytree(small_built.root, tmp_path / "small", ignore=shutil.ignore_patterns("output"))
    return Workspace(tmp_path / "small")


TWO_INDICATORS = """\
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
        path.write_text(TWO_INDICATORS.format(more=more, results=f"results: {name}/*.csv\n" if rows else ""), encoding="utf-8")
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
