"""Sources are regular files; what is none is told at once, and of none is more read than there should be."""

import errno
import hashlib
import os
import socket
import stat
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from genplan.source.files import (
    IrregularFileError,
    LargeFileError,
    check_regular,
    contents,
    digest,
    is_text,
    read_bytes,
    recording_reads,
    unreadable,
)


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
    assert problem.help == "save the content to a regular file and use that"


def test_a_pipe_that_takes_the_place_of_a_file_does_not_hold_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking and opening, somebody may change what stands there."""
    path = tmp_path / "source"
    path.write_text("x")
    seen = path.stat()
    path.unlink()
    os.mkfifo(path)
    with monkeypatch.context() as patched:
        patched.setattr("genplan.source.files.os.stat", lambda _: seen)
        with pytest.raises(IrregularFileError, match=r"it is a named pipe, not a file$") as raised:
            contents(path)
    assert (raised.value.errno, raised.value.kind) == (errno.EINVAL, "a named pipe")


def test_a_folder_is_told(tmp_path: Path) -> None:
    data, (problem,) = read_bytes(tmp_path, "plan.md")
    assert (data, problem.code, problem.message) == (None, "GP001", "the file cannot be read: Is a directory")
    assert problem.help == "this is a folder: name a file, or rename the folder"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    data, (problem,) = read_bytes(tmp_path / "none.md", "none.md")
    assert (data, problem.message) == (None, "the file cannot be read: No such file or directory")
    assert (problem.span.file, problem.help) == ("none.md", "check that the file exists and opens in an editor")


@pytest.mark.parametrize(
    ("error", "code", "message", "advice"),
    [
        (PermissionError(13, "Permission denied"), "GP001", "the file cannot be read: Permission denied", "give yourself read permission"),
        (OSError("odd"), "GP001", "the file cannot be read: OSError", "check that the file exists and opens in an editor"),
        (LargeFileError(2048), "GP005", "the file is larger than 2 KiB", "check that this is the right file"),
        (LargeFileError(1024 * 1024 - 1), "GP005", "the file is larger than 1023 KiB", "check that this is the right file"),
        (LargeFileError(3 * 1024 * 1024), "GP005", "the file is larger than 3 MiB", "check that this is the right file"),
    ],
)
def test_why_a_file_cannot_be_read_is_said_with_what_helps(error: OSError, code: str, message: str, advice: str) -> None:
    found = unreadable("a.md", error)
    assert (found.code, found.span.file, found.message, found.help) == (code, "a.md", message, advice)


def test_what_a_large_file_is_called_is_for_its_reader_to_say() -> None:
    assert unreadable("a.xlsx", LargeFileError(1), "GP541").code == "GP541"


def test_what_is_read_is_noted_with_its_digest(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"1")
    other.symlink_to(one)
    with recording_reads() as noted:
        assert read_bytes(other, "other") == (b"1", [])
        assert noted == {str(one): digest(b"1")}
        with recording_reads() as inner:
            assert read_bytes(tmp_path / "none", "none").value is None
        assert inner == {}
        read_bytes(one, "one")
    one.write_bytes(b"2")
    assert read_bytes(one, "one").value == b"2"
    assert noted == {str(one): digest(b"1")}


def test_a_digest_is_short_and_the_same_everywhere() -> None:
    assert digest(b"genplan") == hashlib.blake2b(b"genplan", digest_size=16).hexdigest()


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    name = os.fsdecode(b"a\xff.md")
    (tmp_path / name).write_bytes(b"1")
    data, (problem,) = read_bytes(tmp_path / name, name)
    assert (data, problem.code, problem.span.file) == (None, "GP552", "a\\udcff.md")
    assert problem.message == "the name of this file, or of a folder above it, is not UTF-8"
    assert problem.help == "rename it (with mv or convmv)"
    (tmp_path / "link.md").symlink_to(tmp_path / name)
    _, (problem,) = read_bytes(tmp_path / "link.md", "link.md")
    assert (problem.code, problem.span.file) == ("GP552", f"{tmp_path}/a\\udcff.md")


def test_a_folder_is_not_regular_and_a_file_has_a_size(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert check_regular(tmp_path / "a") == 3
    with pytest.raises(IsADirectoryError):
        check_regular(tmp_path)


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


@pytest.mark.parametrize(
    ("name", "text"),
    [("", True), ("a", True), ("考核", True), ("é\ud7ff\ue000", True), ("a\ud800", False), ("\udfff", False), ("考\udc80", False)],
)
def test_a_name_is_text_unless_it_has_half_a_character(name: str, text: bool) -> None:  # noqa: FBT001 - of the table
    assert is_text(name) == text
