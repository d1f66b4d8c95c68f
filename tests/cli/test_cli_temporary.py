"""Nothing stays in the folder of temporary files, however a command ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

SPECIALIST = "community-operations-specialist"
Started = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def start(small, temporary: Path) -> Started:
    """Start a command with that folder; gives it as soon as it has said a word that is waited for."""

    def begin(*arguments: str, until: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "genplan", *arguments],
            cwd=small.root,
            env={**os.environ, "TMPDIR": str(temporary)},
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert any(until in line for line in process.stderr), "it ended without saying so"
        return process

    return begin


def all_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("build", "--kind", "result", "--format", "pdf"), 0),
        (("build", "--kind", "result", "--format", "pdf,docx", "--jobs", "0"), 0),
        (("build", "--kind", "duties", "--time-limit", "0.1", "--format", "pdf"), 1),
        (("build", "--kind", "nonsense"), 1),
        (("build", "--dry-run"), 0),
        (("brand", "preview"), 0),
        (("sheet", f"plans/{SPECIALIST}.md", "--output", "sheet.xlsx"), 0),
        (("doctor",), 0),
        (("check",), 0),
        (("score", f"plans/{SPECIALIST}.md"), 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_nothing_stays(small, temporary: Path, arguments: tuple[str, ...], code: int) -> None:
    ran = small.genplan(*arguments, TMPDIR=str(temporary))
    assert ran.returncode == code, ran.stderr
    assert all_below(temporary) == []


def test_nothing_stays_where_a_template_fails(small, temporary: Path) -> None:
    kinds = small.root / "templates" / "kinds"
    kinds.mkdir()
    (kinds / "result.html.j2").write_text('{% extends "builtin/kinds/result.html.j2" %}{% block content %}{{ nothing }}{% endblock %}')
    ran = small.genplan("build", "--kind", "result", "--kind", "duties", "--format", "pdf", TMPDIR=str(temporary))
    assert ran.returncode == 1
    assert small.built("pdf")
    assert all_below(temporary) == []


@pytest.mark.parametrize("jobs", ["0", "2"])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_nothing_stays_of_a_build_that_is_stopped(start: Started, temporary: Path, jobs: str, number: int, code: int) -> None:
    process = start("build", "--format", "pdf", "--jobs", jobs, until="built")
    assert any(path.stat().st_size > 1_000_000 for path in temporary.rglob("*")), "no font was written, and nothing is tested"
    process.send_signal(number)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == code, said
    assert "Traceback" not in said
    assert all_below(temporary) == []


def test_nothing_stays_of_a_watch(start: Started, temporary: Path) -> None:
    process = start("build", "--watch", "--kind", "duties", "--format", "pdf", until="watching; stop")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert all_below(temporary) == []


def test_the_next_run_removes_what_a_killed_one_left(start: Started, small, temporary: Path) -> None:
    process = start("build", "--format", "pdf", "--jobs", "2", until="built")
    process.kill()
    process.communicate()
    assert all_below(temporary) != []
    ran = small.genplan("build", "--kind", "duties", "--format", "pdf", TMPDIR=str(temporary))
    assert ran.returncode == 0, ran.stderr
    assert all_below(temporary) == []


def test_workers_end_with_the_one_who_started_them(start: Started, small) -> None:
    """A document that never ends would go on for ever: nobody is there any more who looks at its time."""
    kinds = small.root / "templates" / "kinds"
    kinds.mkdir()
    (kinds / "result.html.j2").write_text("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}")
    process = start("build", "--kind", "duties", "--kind", "result", "--format", "html", "--jobs", "1", until="built")
    workers = descendants(process.pid)
    assert workers
    time.sleep(0.5)
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 20
    while alive(workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert alive(workers) == []


def descendants(pid: int) -> list[int]:
    return [each.pid for each in psutil.Process(pid).children(recursive=True)]


def alive(pids: list[int]) -> list[int]:
    return [pid for pid in pids if psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE]


def test_a_long_path_leaves_room_for_sockets(small, tmp_path: Path) -> None:
    long = tmp_path / "long" / ("x" * 100)
    long.mkdir(parents=True)
    ran = small.genplan("build", "--kind", "duties", "--format", "pdf", TMPDIR=str(long))
    assert ran.returncode == 0, ran.stderr
    assert all_below(long) == []


def test_a_folder_without_room_is_told_once(small, temporary: Path) -> None:
    """The limit is one of file sizes: the fonts do not fit, and nothing else is as large."""
    command = ["genplan", "build", "--kind", "duties", "--kind", "result", "--format", "pdf"]
    code = f"import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000)); sys.argv = {command}; "
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}from genplan.cli import main; main()"],
        cwd=small.root,
        env={**os.environ, "TMPDIR": str(temporary)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr.count("error[GP765]") == 1, ran.stderr
    assert f"{temporary}: error[GP765]: temporary files cannot be written here: File too large" in ran.stderr
    assert "bug" not in ran.stderr
    assert all_below(temporary) == []
