"""Sources are regular files; what is none is told at once, and of none is more read than there should be."""

import os
import socket
import stat
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from genplan.source.files import LargeFileError, contents, read_bytes


@pytest.fixture(params=["pipe", "socket", "device"])
def irregular(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """Make something that is no file; give its path and what it is."""
    monkeypatch.chdir(tmp_path)
    if request.param == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("this system has no named pipes")
        os.mkfifo("source")
        yield "source", "a named pipe"
    elif request.param == "socket":
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("source")
            yield "source", "a socket"
    else:
        if not Path("/dev/zero").exists():
            pytest.skip("this system has no such device")
        yield "/dev/zero", "a device"


def test_what_is_no_file_is_told_and_not_read(irregular: tuple[str, str]) -> None:
    path, kind = irregular
    data, (problem,) = read_bytes(Path(path), "plan.md")
    assert (data, problem.code, problem.message) == (None, "GP009", f"this is {kind}, not a file")


def test_a_pipe_that_takes_the_place_of_a_file_does_not_hold_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking and opening, somebody may change what stands there."""
    path = tmp_path / "source"
    path.write_text("x")
    seen = path.stat()
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr("genplan.source.files.os.stat", lambda _: seen)
    with pytest.raises(OSError, match="a named pipe"):
        contents(path)


def test_a_folder_is_told(tmp_path: Path) -> None:
    data, (problem,) = read_bytes(tmp_path, "plan.md")
    assert (data, problem.code) == (None, "GP001")


def test_a_large_file_is_told_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    with path.open("wb") as file:
        file.truncate(3 * 1024**3)
    data, (problem,) = read_bytes(path, "plan.md")
    assert (data, problem.code, problem.message) == (None, "GP005", "the file is larger than 64 MiB")


def test_the_bound_is_exact(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_bytes(b"abc")
    assert contents(path, 3) == b"abc"
    with pytest.raises(OSError, match="larger"):
        contents(path, 2)


def test_a_file_that_says_it_is_empty_is_bounded_too() -> None:
    """Files of /proc do not tell their size."""
    path = Path("/proc/self/maps")
    if not path.exists():
        pytest.skip("this system has no such file")
    assert path.stat().st_size == 0
    with pytest.raises(OSError, match="larger"):
        contents(path, 10)


def test_permissions_are_told(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text("x")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert stat.S_IMODE(path.stat().st_mode) == 0
    assert [d.code for d in read_bytes(path, "plan.md").diagnostics] == ["GP001"]


@pytest.mark.skipif(not Path("/proc/kallsyms").exists(), reason="there is no such file")
def test_no_more_is_read_of_a_file_that_does_not_tell_its_size() -> None:
    path, most = Path("/proc/kallsyms"), 10_000
    tracemalloc.start()
    with pytest.raises(LargeFileError):
        contents(path, most)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1024 * 1024
