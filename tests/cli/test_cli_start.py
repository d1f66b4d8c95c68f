"""Starting genplan: help, quick imports, exit codes, and what happens where genplan itself is wrong."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from genplan import __version__
from genplan.cli.app import COMMANDS, app

HEAVY = ("pydantic", "jinja2", "weasyprint", "docx", "lxml", "openpyxl", "yaml", "markdown_it", "tinyhtml5", "PIL", "fontTools")


def imported(folder: Path, *arguments: str) -> set[str]:
    """List the libraries that a command loads before it ends, started in a folder."""
    code = f"""
import sys
from genplan.cli import main
sys.argv = ["genplan", *{arguments!r}]
try:
    main()
except SystemExit:
    pass
print("\\n".join(name.partition(".")[0] for name in sys.modules), file=sys.stderr)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, cwd=folder)
    return set(run.stderr.split()) & set(HEAVY)


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("explain", "GP301"), ("completion", "bash"), ("nonsense",)])
def test_quick_commands_load_no_heavy_library(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert not imported(tmp_path, *arguments)


def test_completing_a_name_loads_no_command(tmp_path: Path) -> None:
    environment = {**os.environ, "_GENPLAN_COMPLETE": "bash_complete", "COMP_WORDS": "genplan bu", "COMP_CWORD": "1"}
    code = "import sys; from genplan.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False, cwd=tmp_path, env=environment)
    assert ran.stdout == "plain,build\n"
    assert not {"genplan.cli.build", *HEAVY} & set(ran.stderr.split())


def test_checking_loads_no_writer(tmp_path: Path) -> None:
    # Pillow is loaded: the logo of brand.yml is checked, too.
    assert not imported(tmp_path, "check", "missing.md") & {"weasyprint", "docx", "fontTools"}


def test_help_names_every_command(genplan: Callable) -> None:
    ran = genplan("--help")
    assert ran.code == 0
    assert all(f"  {name} " in ran.out for name in COMMANDS)
    assert ran.err == ""
    assert genplan("-h").out == ran.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_as_the_list_does(genplan: Callable, name: str) -> None:
    ran = genplan(name, "--help")
    assert ran.code == 0
    assert "Usage: genplan" in ran.out
    command = app.get_command(None, name)
    assert command.help
    assert all(parameter.help for parameter in command.params if isinstance(parameter, click.Option))


def test_version(genplan: Callable) -> None:
    assert genplan("--version").out == f"genplan, version {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["build", "--nonsense"],
        ["build", "--format", "doc"],
        ["build", "--format", ""],
        ["build", "--output", "genplan.yml"],
        ["check", "--format", "xml"],
        ["score"],
        ["score", "missing.md"],
        ["score", "plans"],
        ["explain", "GP999"],
        ["explain", "x"],
        ["new"],
        ["new", "name"],
        ["new", "name", "--from", "nonsense"],
        ["new", "../x", "--from", "community-management-policy"],
        ["new", "a b", "--from", "community-management-policy"],
        ["init"],
        ["completion", "tcsh"],
    ],
)
def test_wrong_usage_is_told_apart_from_bad_input(genplan: Callable, workspace: Path, arguments: list[str]) -> None:
    before = sorted(workspace.rglob("*"))
    ran = genplan(*arguments)
    assert ran.code == 2
    assert "Usage: genplan" in ran.err
    assert ran.out == ""
    assert sorted(workspace.rglob("*")) == before


def test_without_a_command_there_is_help(genplan: Callable) -> None:
    ran = genplan()
    assert ran.code in {0, 2}
    assert "Usage: genplan" in ran.out + ran.err


def test_a_bug_says_that_it_is_one(genplan: Callable, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genplan.api.load", lambda *_, **__: {}["姓名 of somebody"])
    ran = genplan("check", bug=True)
    assert "bug in genplan" in ran.err
    assert "KeyError" in ran.err
    assert "somebody" not in ran.err
    assert "Traceback" not in ran.err
    assert ran.out == ""
    assert "Traceback" in genplan("-v", "check", bug=True).err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(genplan: Callable, shell: str) -> None:
    ran = genplan("completion", shell)
    assert ran.code == 0
    assert "_GENPLAN_COMPLETE" in ran.out
    assert ran.out.startswith("# To install: ")


def test_the_shell_completes_commands_and_options() -> None:
    def complete(words: str, at: int) -> str:
        environment = {**os.environ, "_GENPLAN_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(at)}
        code = "import sys; sys.argv = ['genplan']; from genplan.cli import main; main()"
        return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8", check=False).stdout

    assert "plain,build" in complete("genplan bu", 1)
    assert "plain,--period" in complete("genplan build --pe", 2)


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252", "gbk"])
def test_data_is_utf_8_wherever_it_goes(workspace: Path, encoding: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "genplan", "score", "plans/community-operations-specialist.md", "--format", "csv"],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0
    assert "测试甲" in run.stdout.decode("utf-8")


def test_a_reader_that_leaves_early_is_no_bug(workspace: Path) -> None:
    code = f"{sys.executable} -m genplan explain | head -1; echo ${{PIPESTATUS[0]}}"
    run = subprocess.run(["bash", "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.split()[0] == "GP001"
    assert run.stdout.split()[-1] in {"0", "1"}
    assert "bug" not in run.stderr
