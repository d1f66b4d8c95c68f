"""Folders of temporary files: each goes with its run, and what killed runs left is removed, and nothing else."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from genplan.storage import temporary
from genplan.storage.external_errors import ExternalError

HOLD = """\
import sys
from pathlib import Path
from genplan.storage import temporary
folder = temporary._make_folder(Path(sys.argv[1]))
(folder / "fonts").mkdir()
(folder / "fonts" / "font").write_bytes(b"0" * 1000)
print(folder, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def run(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds a folder in `tmp_path` until its input ends."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.folder = Path(process.stdout.readline().strip())
        yield process
        process.kill()


def test_a_run_s_folder_is_private_and_goes_with_it(run: subprocess.Popen[str], tmp_path: Path) -> None:
    assert run.folder.parent == tmp_path
    assert run.folder.stat().st_mode & 0o777 == 0o700
    run.communicate()
    assert run.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_what_is_in_use_stays(run: subprocess.Popen[str], tmp_path: Path) -> None:
    temporary.sweep(tmp_path)
    assert (run.folder / "fonts" / "font").exists()


def test_what_a_killed_run_left_is_removed(run: subprocess.Popen[str], tmp_path: Path) -> None:
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert run.folder.exists()
    temporary.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_run_removes_what_earlier_ones_left(run: subprocess.Popen[str], tmp_path: Path) -> None:
    run.send_signal(signal.SIGKILL)
    run.wait()
    subprocess.run([sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.DEVNULL, capture_output=True, check=True)
    assert list(tmp_path.iterdir()) == []


def left(place: Path, name: str) -> Path:
    """Make a folder as a killed run leaves it."""
    folder = place / f"{temporary.PREFIX}{name}"
    folder.mkdir()
    (folder / "in-use").touch()
    (folder / "font").touch()
    return folder


def test_a_run_that_was_killed_at_once_leaves_nothing_either(tmp_path: Path) -> None:
    (tmp_path / f"{temporary.PREFIX}empty").mkdir()
    left(tmp_path, "full")
    temporary.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_links_are_not_followed(tmp_path: Path) -> None:
    place, precious = tmp_path / "place", tmp_path / "precious"
    place.mkdir()
    precious.mkdir()
    for name in ("in-use", "letter"):
        (precious / name).write_text("kept")
    (place / f"{temporary.PREFIX}link").symlink_to(precious)
    folder = left(place, "inner")
    (folder / "out").symlink_to(precious)
    locked = place / f"{temporary.PREFIX}lock"
    locked.mkdir()
    (locked / "in-use").symlink_to(precious / "letter")
    temporary.sweep(place)
    assert sorted(path.name for path in precious.iterdir()) == ["in-use", "letter"]
    assert not folder.exists()
    assert (place / f"{temporary.PREFIX}link").is_symlink()
    assert locked.exists()


def test_nothing_is_touched_that_is_somebody_else_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, somebody = left(tmp_path, "theirs"), os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: somebody)
    temporary.sweep(tmp_path)
    assert folder.exists()


@pytest.mark.parametrize("name", ["genplan-report", "genplan-runs", "weasyprint-x", "pymp-x"])
def test_nothing_is_touched_that_is_called_otherwise(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "in-use").touch()
    temporary.sweep(tmp_path)
    assert folder.exists()


def test_a_folder_or_file_of_that_name_that_no_run_made_stays(tmp_path: Path) -> None:
    folder, file = tmp_path / f"{temporary.PREFIX}mine", tmp_path / f"{temporary.PREFIX}file"
    folder.mkdir()
    (folder / "letter").touch()
    file.touch()
    temporary.sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted((folder, file))


def test_where_there_are_no_locks_nothing_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> bool:
        raise OSError(37, "No locks available")

    folder = left(tmp_path, "held")
    monkeypatch.setattr(temporary, "try_lock", refuse)
    made = temporary._make_folder(tmp_path)
    assert made.is_dir()
    assert folder.exists()


def test_that_no_folder_can_be_written_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found in ['/tmp', '/']")

    monkeypatch.setattr(tempfile, "gettempdir", refuse)
    temporary.own.cache_clear()
    with pytest.raises(ExternalError) as told:
        temporary.own()
    temporary.own.cache_clear()
    assert told.value.diagnostic.code == "GP765"
    assert told.value.diagnostic.span.file == "TMPDIR"
    assert "No usable temporary directory" in told.value.diagnostic.message
