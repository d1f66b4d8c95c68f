"""Machines and shells that are not as they should be: genplan says what is wrong with them, and never calls it a bug of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from genplan.execution import pool
from genplan.workbook import archive

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")

GENPLAN = f"{sys.executable} -c 'from genplan.cli import main; main()'"
PLAN = "plans/little.md"
BUILD = f"{GENPLAN} build --kind result --format pdf,docx --jobs 1"


@pytest.fixture
def shell(little: Callable, workspace: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run a line of a shell in a workspace with a small plan; nothing may be called a bug."""
    little(kinds="result")

    def run(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
        ran = subprocess.run(
            ["bash", "-c", line],
            cwd=workspace,
            env={**os.environ, **environment},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        assert "bug in genplan" not in ran.stderr
        assert "Traceback" not in ran.stderr
        assert "Exception ignored" not in ran.stderr
        return ran

    return run


def documents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*/*/*/*.*")}


@pytest.mark.parametrize("closed", ["2>&-", ">&-", "<&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_is_no_matter(shell: Callable, workspace: Path, closed: str) -> None:
    assert shell(f"{BUILD} --output usual").returncode == 0
    assert shell(f"{BUILD} --output closed {closed}").returncode == 0
    usual = documents(workspace / "usual")
    assert len(usual) == 2
    assert documents(workspace / "closed") == usual


@pytest.mark.parametrize("closed", ["", "2>&-", ">&-"])
def test_a_machine_without_the_null_device(shell: Callable, closed: str) -> None:
    program = "import os; os.devnull = 'gone'; from genplan.cli import main; main()"
    ran = shell(f'{sys.executable} -c "{program}" --version {closed}')
    assert ran.returncode == 0, ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", [f"score {PLAN}", "schema", "explain GP301", "check --format json", "--version"])
def test_output_that_finds_no_room_is_told(shell: Callable, command: str) -> None:
    ran = shell(f"{GENPLAN} {command} > /dev/full")
    assert ran.returncode == 1
    assert "error[GP767]" in ran.stderr
    assert "No space left on device" in ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_messages_that_find_no_room_stop_nothing(shell: Callable, workspace: Path) -> None:
    assert shell(f"{BUILD} 2> /dev/full").returncode == 0
    assert len(documents(workspace / "output")) == 2
    assert shell(f"{GENPLAN} check nothing.md 2> /dev/full").returncode == 1


@pytest.mark.parametrize(
    "command", ["check", f"build $OLDPWD/{PLAN}", "init new", f"score $OLDPWD/{PLAN}", "new a --from community-position-standard"]
)
def test_a_working_directory_that_is_gone(shell: Callable, tmp_path: Path, command: str) -> None:
    ran = shell(f"mkdir {tmp_path}/gone; cd {tmp_path}/gone; rmdir {tmp_path}/gone; {GENPLAN} {command}")
    assert ran.returncode == 1
    assert "error[GP766]" in ran.stderr


def test_what_needs_no_working_directory_works_without(shell: Callable, tmp_path: Path) -> None:
    for command in ("explain GP301", "schema", "--version", "doctor"):
        assert shell(f"mkdir {tmp_path}/gone; cd {tmp_path}/gone; rmdir {tmp_path}/gone; {GENPLAN} {command}").returncode == 0


def test_a_locale_without_chinese_names_is_told_once(shell: Callable) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ran = shell(f"{BUILD} --kind result", **plain)
    assert ran.returncode == 1
    assert ran.stderr.count("error[GP769]") == 1
    assert "PYTHONUTF8=1" in ran.stderr
    assert shell(f"{GENPLAN} check", **plain).returncode == 0


@pytest.mark.parametrize("seconds", ["abc", "1e3", "1.5", "1_000", "１２", " ", "9" * 30, "9" * 5000, "253402300800"])
def test_an_odd_date_is_wrong_usage(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    little(kinds="result")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    ran = genplan("build", "--format", "html")
    assert ran.code == 2
    assert "SOURCE_DATE_EPOCH is `" in ran.err
    assert len(ran.err) < 300


@pytest.mark.parametrize("seconds", ["0", "-1", "-62135596800", "253402300799", ""])
def test_any_date_that_there_is_will_do(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch, seconds: str) -> None:
    little(kinds="result")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    assert genplan("build", "--format", "pdf,docx,html").code == 0


def test_a_clock_before_1980_is_no_matter(monkeypatch: pytest.MonkeyPatch, genplan: Callable, little: Callable, workspace: Path) -> None:
    """ZIP counts years from 1980."""
    little()
    assert genplan("sheet", PLAN, "--output", "now.xlsx").code == 0
    monkeypatch.setattr("time.time", lambda: 0.0)
    write = archive._Undated.write

    def old(self: archive._Undated, filename: str, *arguments: object) -> None:
        os.utime(filename, (0, 0))
        write(self, filename, *arguments)

    monkeypatch.setattr(archive._Undated, "write", old)
    assert genplan("sheet", PLAN, "--output", "then.xlsx").code == 0
    assert (workspace / "then.xlsx").read_bytes() == (workspace / "now.xlsx").read_bytes()


def test_completion_that_is_asked_for_in_an_odd_way(shell: Callable) -> None:
    ran = shell(f"{GENPLAN} check", _GENPLAN_COMPLETE="nonsense")
    assert ran.returncode == 0
    assert "no errors" in ran.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are always Unicode")
class TestNamesThatAreNoText:
    def test_a_plan(self, shell: Callable, workspace: Path) -> None:
        ran = shell(f"cp {PLAN} plans/$'\\xff'.md; {GENPLAN} check; {BUILD}")
        assert ran.returncode == 1
        assert ran.stderr.count("plans/\\udcff.md: error[GP552]") == 2
        assert len(documents(workspace / "output")) == 2

    def test_results(self, shell: Callable, workspace: Path) -> None:
        ran = shell(f"cp plans/results/little/2026-Q3.csv plans/results/little/$'\\xd3\\xe1'.csv; {BUILD}")
        assert ran.returncode == 1
        assert "results/little/\\udcd3\\udce1.csv: error[GP552]" in ran.stderr
        assert len(documents(workspace / "output")) == 2

    def test_a_workspace(self, shell: Callable) -> None:
        ran = shell(f"mkdir $'\\xff'; cp -r genplan.yml plans templates $'\\xff'; cd $'\\xff'; {BUILD}")
        assert ran.returncode == 1
        assert ran.stderr.count("error[GP552]") == 1

    @pytest.mark.parametrize("arguments", ["check $'\\xff'", "build --watermark $'\\xff'", "build --output $'\\xff'", "explain $'\\xff'"])
    def test_an_argument(self, shell: Callable, arguments: str) -> None:
        ran = shell(f"{GENPLAN} {arguments}")
        assert ran.returncode == 2
        assert "argument `\\udcff` is no text" in ran.stderr


class TestPackagesThatAreMissing:
    """A module of the package's name stands in its place, and fails as an import of the real one does."""

    @pytest.fixture
    def without(self, shell: Callable, tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
        def run(package: str, line: str) -> subprocess.CompletedProcess[str]:
            folder = tmp_path / "missing"
            folder.mkdir()
            error = f'raise ImportError("lib{package}.so.9: cannot open shared object file", name="{package}")\n'
            (folder / f"{package}.py").write_text(error)
            return shell(line, PYTHONPATH=str(folder))

        return run

    @pytest.mark.parametrize(
        ("package", "command"),
        [
            ("lxml", "build --format docx"),
            ("docx", "build --format docx --jobs 0"),
            ("PIL", "build --format docx"),
            ("weasyprint", "build --format pdf"),
            ("pydyf", "build --format pdf"),
            ("jinja2", "build --format html"),
            ("yaml", "score " + PLAN),
            ("openpyxl", f"sheet {PLAN}"),
            ("watchfiles", "build --watch --format html"),
            ("click", "check"),
        ],
    )
    def test_it_is_named_once(self, without: Callable, package: str, command: str) -> None:
        ran = without(package, f"{GENPLAN} {command}")
        assert ran.returncode == 1
        assert ran.stderr.count("error[GP551]") == 1
        assert f"lib{package}.so.9" in ran.stderr
        assert "--force-reinstall genplan" in ran.stderr

    def test_a_preview(self, without: Callable) -> None:
        ran = without("pypdfium2", f"{GENPLAN} brand preview")
        assert ran.returncode == 1
        assert 'pip install --force-reinstall "genplan[preview]"' in ran.stderr

    @pytest.mark.parametrize(("package", "name"), [("PIL", "pillow"), ("lxml", "lxml"), ("resvg_py", "resvg-py")])
    def test_the_doctor(self, without: Callable, package: str, name: str) -> None:
        ran = without(package, f"{GENPLAN} doctor")
        assert ran.returncode == 1
        assert f"lib{package}.so.9" in next(line for line in ran.stdout.splitlines() if line.startswith("MISSING") and f" {name} " in line)
        assert f"pip install --force-reinstall {name}" in ran.stdout


def test_want_of_memory_is_no_bug(genplan: Callable, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("genplan.api.load", refuse)
    ran = genplan("check")
    assert ran.code == 1
    assert "error[GP768]: there is not enough memory" in ran.err


def test_a_process_that_is_ended_by_a_signal_is_said_to_be() -> None:
    assert pool._ending(-signal.SIGTRAP) == "its process ended unexpectedly, by SIGTRAP"
    assert pool._ending(9) == "its process ended unexpectedly, with exit code 9"
    assert pool._ending(None) == "its process ended unexpectedly, with exit code None"


@pytest.fixture
def forkless(shell: Callable, workspace: Path, tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Build documents of people where forking fails, in every process or in that which forks workers.

    The limit holds for a user's processes, and root has none; so the fork itself is made to fail.
    """
    folder = tmp_path / "hook"
    folder.mkdir()

    def run(people: int, where: str) -> subprocess.CompletedProcess[str]:
        refuse = "import os; os.fork = lambda: (_ for _ in ()).throw(BlockingIOError(11, 'refused'))"
        (folder / "sitecustomize.py").write_text(f"import sys\nif {where!r} in ' '.join(sys.orig_argv):\n    exec({refuse!r})\n")
        rows = "".join(f"{n:04},某人,80,90,\n" for n in range(people))
        (workspace / "plans/results/little/2026-Q3.csv").write_text(f"工号,姓名,甲,=乙,评语\n{rows}", encoding="utf-8")
        return shell(BUILD, PYTHONPATH=str(folder))

    return run


def test_workers_that_may_not_be_forked_are_told_of(forkless: Callable) -> None:
    refused = "error[GP724]: no process could be started: "
    ran = forkless(4, "forkserver")
    assert ran.returncode == 1
    assert f"{refused}the system refused to start another one" in ran.stderr
    ran = forkless(1, "")
    assert ran.returncode == 1
    assert f"{refused}refused" in ran.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a fork is not to be relied on")
def test_few_documents_need_no_further_interpreter(forkless: Callable, workspace: Path) -> None:
    ran = forkless(1, "forkserver")
    assert ran.returncode == 0, ran.stderr
    assert len(documents(workspace / "output")) == 2
