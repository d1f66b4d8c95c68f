"""With a WeasyPrint that the PDF speed-ups are not made for, `genplan build` says so in one line, and builds all the same."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from genplan.writers.speedups import KNOWN

ROOT = Path(__file__).parents[2]


@pytest.fixture
def build(tmp_path: Path, little: Callable) -> Callable[..., list[str]]:
    """Build a little plan in a process that finds the versions named, and give the lines that it says."""

    def run(*arguments: str, **versions: str) -> list[str]:
        little()
        for name, version in versions.items():
            folder = tmp_path / "faked" / f"{name}-{version}.dist-info"
            folder.mkdir(parents=True)
            (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        path = os.pathsep.join([str(tmp_path / "faked"), str(ROOT)])
        command = [sys.executable, "-m", "genplan", "build", "--jobs", "1", "--kind", "result", *arguments]
        ran = subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, encoding="utf-8", check=False)
        assert ran.returncode == 0, ran.stderr
        return ran.stderr.splitlines()

    return run


def slow(lines: list[str]) -> list[str]:
    return [line for line in lines if "speed-ups" in line]


def test_another_version_is_told_in_one_line(build: Callable[..., list[str]]) -> None:
    lines = build(weasyprint="70.1")
    (line,) = slow(lines)
    assert line == (
        "PDFs take about four times as long as necessary: genplan's speed-ups are for weasyprint 70.0 (found: 70.1); "
        'pip install "weasyprint==70.0" "pydyf==0.13.0"'
    )
    assert list(Path("output").rglob("*.pdf"))


def test_each_library_that_differs_is_named(build: Callable[..., list[str]]) -> None:
    (line,) = slow(build(weasyprint="71.0", pydyf="0.14.0"))
    assert "weasyprint 70.0 (found: 71.0), pydyf 0.13.0 (found: 0.14.0);" in line


def test_nothing_is_said_with_the_versions_pinned(build: Callable[..., list[str]]) -> None:
    assert slow(build()) == []


def test_nothing_is_said_where_no_pdf_is_made(build: Callable[..., list[str]]) -> None:
    assert slow(build("--format", "docx", weasyprint="70.1")) == []


def test_quiet_says_nothing(build: Callable[..., list[str]]) -> None:
    assert build("--quiet", weasyprint="70.1") == []


def test_the_versions_are_pinned_exactly() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    pins = dict(each.split("==") for each in asked if "==" in each)
    assert pins == KNOWN == {"weasyprint": "70.0", "pydyf": "0.13.0"}
