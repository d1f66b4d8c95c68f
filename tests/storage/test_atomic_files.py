"""A file is written whole or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from genplan.storage.atomic_files import unwritable, write_atomically


class Killed(BaseException):
    """Stands for what cannot be caught as an error: Ctrl-C, or the end of the process."""


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def killed(*_: object, **__: object) -> None:
    raise Killed


def test_folders_are_made_on_the_way(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "文件.pdf"
    write_atomically(path, b"content")
    assert path.read_bytes() == b"content"
    assert [each.name for each in path.parent.iterdir()] == ["文件.pdf"]


def test_everybody_may_read_what_was_written(tmp_path: Path) -> None:
    write_atomically(tmp_path / "file", b"")
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o644


@pytest.mark.parametrize("failure", [full, killed])
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_on_the_way_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, failure: object
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, step, failure)
    with pytest.raises((OSError, Killed)):
        write_atomically(path, b"new" * 100_000)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_new_content_is_on_disk_before_it_takes_the_old_ones_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda descriptor: (steps.append("fsync"), fsync(descriptor))[1])
    monkeypatch.setattr(os, "replace", lambda *names, **folders: (steps.append("replace"), replace(*names, **folders))[1])
    write_atomically(tmp_path / "file", b"content")
    assert steps == ["fsync", "replace"]


def test_what_stands_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError) as caught:  # noqa: PT011 - which of them depends on the system
        write_atomically(tmp_path / "file" / "inside", b"")
    diagnostic = unwritable("output/file/inside", caught.value)
    assert diagnostic.code == "GP702"
    assert str(diagnostic.span) == "output/file/inside"
    assert caught.value.strerror in diagnostic.message
