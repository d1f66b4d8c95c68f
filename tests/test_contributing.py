"""CONTRIBUTING.md names files, functions and commands that there are, and versions agree."""

import re
from pathlib import Path

import pytest
import yaml

from genplan import __version__

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator/genplan"
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
CODE = re.findall(r"`([^`\n]+)`", TEXT)
WALK = TEXT.partition("## One number")[2].partition("## Tests")[0]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):(?!=)", MAKEFILE, re.MULTILINE))


@pytest.mark.parametrize(("path", "name"), re.findall(r"`([\w/]+\.py)`, `(\w+)`", WALK))
def test_the_walk_names_functions_that_there_are(path: str, name: str) -> None:
    assert re.search(rf"^(def {name}\(|class {name}\b|{name}\b.*=)", (PACKAGE / path).read_text("utf-8"), re.MULTILINE)


def test_files_are_there() -> None:
    named = {text for text in CODE if re.fullmatch(r"[\w./-]+\.(py|toml|yaml|md|j2)|[\w/]+/", text)}
    mine = {"plans/plan.md", "tests/PACKAGE/"}
    missing = {text for text in named - mine if not any((root / text).exists() for root in (ROOT, PACKAGE))}
    assert len(named) > 30
    assert not missing


def test_commands_are_there() -> None:
    assert set(re.findall(r"\bmake ([a-z-]+)", TEXT)) <= targets() | {"bench"}
    for command in (text for text in CODE if text.startswith(".venv/bin/")):
        for path in re.findall(r"(?:tests|tools)/[\w/.]+", command):
            assert (ROOT / path).exists(), command


def test_the_fast_tests_are_there_and_leave_out_what_makes_documents() -> None:
    (fast,) = re.findall(r"^FAST := ((?:.*\\\n)*.*)$", MAKEFILE, re.MULTILINE)
    folders = fast.replace("\\\n", " ").split()
    assert all((ROOT / folder).exists() for folder in folders)
    assert not {"tests/end_to_end", "tests/cli", "tests/writers", "tests/golden"} & set(folders)


def test_readme_names_it() -> None:
    assert "(CONTRIBUTING.md)" in (ROOT / "README.md").read_text("utf-8").partition("## More")[2]


def test_the_version_to_come_is_the_first_of_the_changelog() -> None:
    first = re.search(r"^## (\S+) \((unreleased|\d{4}-\d\d-\d\d)\)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert first
    assert first[1] == __version__
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


def test_hooks_run_what_lint_runs() -> None:
    repositories = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    entries = " ".join(hook["entry"] for repository in repositories for hook in repository["hooks"])
    for program in ("ruff check", "ruff format", "mypy", "tools/reference.py --check"):
        assert program in entries
