"""Files below a folder: written, read and removed there, and never through a link."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from genplan.storage import contained_files
from genplan.storage.external_errors import ExternalError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="making links takes rights there")


@pytest.fixture(params=["handles", "paths"])
def root(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, on a system that opens folders one from the other, and on one that knows paths only."""
    monkeypatch.setattr(contained_files, "_HANDLES", request.param == "handles")
    for name in ("root", "outside/folder"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "outside/folder/file").write_bytes(b"outside")
    (tmp_path / "root/link").symlink_to(tmp_path / "outside")
    return tmp_path / "root"


@pytest.fixture(autouse=True)
def _nothing_stays_open() -> Iterator[None]:
    before = len(list(Path("/dev/fd").iterdir()))
    yield
    assert len(list(Path("/dev/fd").iterdir())) == before


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(call: Callable[..., object], *values: object) -> ExternalError:
    with pytest.raises(ExternalError) as caught:
        call(*values)
    return caught.value


def test_a_file_is_written_read_and_removed(root: Path) -> None:
    contained_files.write(root, "a/b/file", b"content", "own/scratch")
    assert contained_files.read(root, "a/b/file") == b"content"
    found = contained_files.stat_file(root, "a/b/file")
    assert found
    assert found.st_size == 7
    contained_files.remove(root, "a/b/file")
    assert sorted(path.name for path in root.iterdir()) == ["link", "own"]
    contained_files.remove(root, "a/b/file")
    assert contained_files.read(root, "a/b/file") is contained_files.stat_file(root, "a/b/file") is None


@pytest.mark.parametrize("name", ["link/file", "link/folder/file", "link/new/file"])
def test_nothing_is_written_or_removed_through_a_link(root: Path, name: str) -> None:
    before = everything(root.parent / "outside")
    for call, values in ((contained_files.write, (b"x",)), (contained_files.remove, ()), (contained_files.clear, ())):
        error = refused(call, root, name, *values)
        assert error.diagnostic.code == "GP755"
        assert error.diagnostic.span.file.endswith("root/link")
        assert str(root.parent / "outside") in error.diagnostic.message
        assert "remove the link" in error.diagnostic.help
    assert everything(root.parent / "outside") == before


def test_nothing_is_read_through_a_link(root: Path) -> None:
    (root / "file").symlink_to(root.parent / "outside/folder/file")
    for name in ("link/folder/file", "file"):
        assert contained_files.read(root, name) is contained_files.stat_file(root, name) is None


def test_a_link_in_a_files_place_is_replaced(root: Path) -> None:
    (root / "file").symlink_to(root.parent / "outside/folder/file")
    contained_files.write(root, "file", b"new")
    assert not (root / "file").is_symlink()
    assert (root / "file").read_bytes() == b"new"
    assert (root.parent / "outside/folder/file").read_bytes() == b"outside"


def test_a_link_in_a_files_place_is_removed_itself(root: Path) -> None:
    (root / "file").symlink_to(root.parent / "outside/folder/file")
    contained_files.remove(root, "file")
    assert not os.path.lexists(root / "file")
    assert (root.parent / "outside/folder/file").read_bytes() == b"outside"


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir])
def test_what_is_no_file_is_none(root: Path, make: Callable[[Path], object]) -> None:
    make(root / "file")
    assert contained_files.read(root, "file") is contained_files.stat_file(root, "file") is None


def test_the_root_itself_may_be_reached_by_a_link(root: Path) -> None:
    (root.parent / "way").symlink_to(root)
    contained_files.write(root.parent / "way", "a/file", b"content")
    assert (root / "a/file").read_bytes() == b"content"


@pytest.mark.parametrize("instead", ["nothing", "a file", "a link to nowhere"])
def test_a_root_that_is_gone_is_not_made_again(root: Path, instead: str) -> None:
    shutil.rmtree(root)
    if instead == "a file":
        root.write_bytes(b"mine")
    elif instead != "nothing":
        root.symlink_to(root.parent / "nowhere")
    assert refused(contained_files.write, root, "a/file", b"").diagnostic.code == "GP756"
    assert os.path.lexists(root) == (instead != "nothing")
    assert contained_files.read(root, "a/file") is contained_files.stat_file(root, "a/file") is None


def test_a_file_in_a_folders_place_is_named(root: Path) -> None:
    (root / "a").write_bytes(b"mine")
    with pytest.raises(NotADirectoryError) as caught:
        contained_files.write(root, "a/file", b"")
    assert caught.value.filename == str(root / "a")


@pytest.mark.parametrize("name", ["", ".", "..", "../file", "a/../../file", "/etc/hostname", "a//b", "a/", "a\0b"])
def test_a_name_that_leads_out_is_none(root: Path, name: str) -> None:
    assert not contained_files.is_inside(name)
    for call in (contained_files.read, contained_files.stat_file, contained_files.remove, contained_files.clear, contained_files.open_own):
        with pytest.raises(ValueError, match="is no name below a folder"):
            call(root, name)


@pytest.mark.parametrize("name", ["a\\b", "..\\file", "C:file"])
def test_names_that_lead_out_on_another_system_are_told(name: str) -> None:
    assert not contained_files.is_inside(name)


def test_what_stands_in_a_place_of_genplans_own_gives_way(root: Path) -> None:
    outside = everything(root.parent / "outside")
    (root / "folder/inner").mkdir(parents=True)
    (root / "folder/inner/out").symlink_to(root.parent / "outside")
    os.mkfifo(root / "pipe")
    (root / "way").symlink_to(root.parent / "outside")
    for name in ("folder", "pipe", "way", "nothing"):
        contained_files.clear(root, name)
        assert not os.path.lexists(root / name)
    for make in (Path.mkdir, os.mkfifo, lambda path: path.symlink_to(root.parent / "outside/folder/file")):
        make(root / "own")
        os.close(contained_files.open_own(root, "own"))
        assert (root / "own").read_bytes() == b""
        (root / "own").unlink()
    assert everything(root.parent / "outside") == outside


def test_a_link_that_comes_meanwhile_is_not_followed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody puts a link in the place of the folder between its being opened and the file's being put there."""
    if not contained_files._HANDLES:
        pytest.skip("a system that knows paths only cannot keep it from happening")
    contained_files.write(root, "a/file", b"old")
    fsync = os.fsync

    def swap(handle: int) -> None:
        fsync(handle)
        (root / "a").rename(root / "moved")
        (root / "a").symlink_to(root.parent / "outside")

    monkeypatch.setattr(os, "fsync", swap)
    contained_files.write(root, "a/file", b"new")
    assert (root / "moved/file").read_bytes() == b"new"
    assert everything(root.parent / "outside") == {"folder/file": b"outside"}


@pytest.mark.parametrize("call", ["open", "write", "fsync", "chmod", "close", "replace"])
def test_what_fails_leaves_no_trace(root: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    contained_files.write(root, "a/file", b"old", "own/scratch")
    real = getattr(os, call)
    failed: list[object] = []

    def fail(first: object, *values: object, **options: object) -> object:
        if not failed and (call != "open" or values[0] & os.O_CREAT) and (call != "close" or _is_written(first)):
            failed.append(first)
            if call == "close":
                real(first)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(first, *values, **options)

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        contained_files.write(root, "a/file", b"new", "own/scratch")
    assert failed
    assert everything(root) == {"a/file": b"old"}


def _is_written(handle: object) -> bool:
    return os.fstat(handle).st_size == len(b"new")
