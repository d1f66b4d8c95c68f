"""docs/adding-a-method.md, done as it says on a copy of genplan: the method goes through check, score, sheet and build."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from genplan.plan.model import LANGUAGES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/adding-a-method.md").read_text("utf-8")
PLAN = """\
---
schema: 1
title: 绩效考核方案
department: 社群运营部
position: 社群运营专员
cycle: quarterly
period: 2026-Q3
language: {language}
documents: [scheme, result]
indicators:
  - {{name: 差错率, weight: 100%, target: 3, scoring: {{method: {method}, every: {every}}}}}
results: results.csv
---
"""


def add_row(package: Path) -> None:
    path = package / "methods/__init__.py"
    text = path.read_text("utf-8")
    changed = text.replace("    direct,\n", "    direct,\n    halving,\n").replace(
        "        rubric.METHOD,\n", "        rubric.METHOD,\n        halving.METHOD,\n"
    )
    assert changed.count("halving") == 2
    path.write_text(changed, "utf-8")


def add_words(templates: Path) -> None:
    rows = re.findall(r"^\| `([\w-]+\.yml)` \| `(.+?)` \| `(.+?)` \|$", PAGE, re.MULTILINE)
    assert {name.removesuffix(".yml") for name, _, _ in rows} == set(LANGUAGES)
    for name, method, rule in rows:
        path = templates / "locales" / name
        text = path.read_text("utf-8")
        text = text.replace("\nmethod:\n", f"\nmethod:\n  halving: {method}\n").replace(
            "\nrule:\n", "\nrule:\n  halving: " + rule.replace("\\|", "|") + "\n"
        )
        path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def with_method(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of genplan with the method of the page."""
    root = tmp_path_factory.mktemp("genplan")
    shutil.copytree(ROOT / "generator", root / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "templates", root / "templates")
    match = re.search(r"<!-- example: (\S+\.py) -->\n```python\n(.*?)```", PAGE, re.DOTALL)
    assert match
    (root / match[1]).write_text(match[2], "utf-8")
    add_row(root / "generator/genplan")
    add_words(root / "templates")
    return root


def run(root: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(root / "generator"), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    command = [sys.executable, "-m", "genplan", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=600)


@pytest.mark.parametrize(
    ("language", "method", "said"),
    [
        ("zh-CN", "减半法", "不高于目标值计100分，每超出2减半"),
        ("en", "halving", "100 points up to the target, halved for every 2 above it"),
    ],
)
def test_the_method_of_the_page_works(with_method: Path, language: str, method: str, said: str, tmp_path: Path):
    (tmp_path / "genplan.yml").write_text("schema: 1\nplans: .\n", "utf-8")
    (tmp_path / "plan.md").write_text(PLAN.format(language=language, method=method, every=2), "utf-8")
    (tmp_path / "results.csv").write_text("工号,姓名,差错率\n0007,测试甲,7\n", "utf-8")
    scored = run(with_method, tmp_path, "score", "plan.md")
    assert "25.00" in scored.stdout, scored.stderr
    for command in (["check", "plan.md"], ["sheet", "plan.md"], ["build", "--format", "html"]):
        done = run(with_method, tmp_path, *command)
        assert done.returncode == 0, done.stderr
    schemes = list((tmp_path / "output").glob("*/*/scheme/*.html"))
    assert len(schemes) == 1
    assert said in schemes[0].read_text("utf-8").replace("\u00a0", " ")


def test_its_check_is_made(with_method: Path, tmp_path: Path):
    (tmp_path / "plan.md").write_text(PLAN.format(language="en", method="halving", every=0).replace("results: results.csv\n", ""), "utf-8")
    done = run(with_method, tmp_path, "check", "plan.md")
    assert done.returncode == 1
    assert "GP337" in done.stderr + done.stdout
