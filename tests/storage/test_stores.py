"""Stores: files are whole or not there, and what the store says of them is asked for once."""

import json
import threading
from pathlib import Path

import pytest

pytest.importorskip("fsspec")

from genplan.storage import lease, remote
from genplan.storage.external_errors import ExternalError
from genplan.storage.lease import hold_lease
from genplan.storage.output_lock import OutputInUseError
from genplan.storage.remote import Remote, shown
from genplan.storage.stores import LocalFolder, local_path


@pytest.fixture
def store(tmp_path: Path) -> Remote:
    return Remote(f"memory:/{tmp_path}")


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_put_is_there_and_nothing_else(store: Remote, monkeypatch: pytest.MonkeyPatch, *, whole: bool) -> None:
    if not whole:
        monkeypatch.setattr(remote, "_WHOLE", set())
    assert not list(store.names())
    token = store.put("a/b.html", b"one")
    assert token
    assert store.token("a/b.html") == token
    again = store.put("a/b.html", b"two")
    assert again != token
    assert store.read("a/b.html") == b"two"
    store.relist()
    assert list(store.names()) == ["a/b.html"]
    assert store.token("a/b.html")
    store.remove(["a/b.html", "a/none.html"])
    assert store.read("a/b.html") is None
    store.relist()
    assert not list(store.names())
    assert store.digest("a/b.html") == ""


def test_what_others_put_is_known_once_it_is_noted(store: Remote) -> None:
    assert store.token("a.pdf") == ()
    Remote(store.place).put("a.pdf", b"data")
    assert store.token("a.pdf") == ()
    store.note("a.pdf", ("mark",))
    assert store.token("a.pdf") == ("mark",)


def test_a_folder_is_a_store(tmp_path: Path) -> None:
    folder = LocalFolder(tmp_path)
    token = folder.put("a/b.html", b"one")
    assert token == folder.token("a/b.html")
    assert (folder.read("a/b.html"), folder.read("a/c.html")) == (b"one", None)
    folder.remove(["a/b.html", "a/c.html"])
    assert not (tmp_path / "a").exists()


def test_urls_of_this_machine_are_folders() -> None:
    assert local_path("file:///shared/disk%20one") == Path("/shared/disk one")
    assert local_path("s3://bucket/folder") is None
    assert shown("ftp://me:secret@host/folder") == "ftp://host/folder"


def test_one_holds_a_store_at_a_time(store: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "_LOOK", 0.05)
    told: list[str] = []
    with hold_lease(store, None):
        with pytest.raises(OutputInUseError, match="process"), hold_lease(store, None):
            pass
        waits = threading.Thread(target=lambda: wait(store, told))
        waits.start()
        while not told:
            waits.join(0.05)
        assert told == ["waiting"]
    waits.join(10)
    assert told == ["waiting", "held"]
    assert store.read(lease.NAME) is None


def wait(store: Remote, told: list[str]) -> None:
    with hold_lease(Remote(store.place), lambda: told.append("waiting")):
        told.append("held")


def test_a_lock_that_nobody_renews_is_taken_over(store: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "_LOOK", 0.02)
    monkeypatch.setattr(lease, "_DEAD", 0.3)
    store.put(lease.NAME, json.dumps({"key": "other", "host": "elsewhere", "process": 1, "renewed": 3}).encode())
    told: list[str] = []
    with hold_lease(store, lambda: told.append("waiting")):
        assert told == ["waiting"]


def test_what_stores_say_is_explained(store: Remote, monkeypatch: pytest.MonkeyPatch) -> None:
    for error, code in [
        (PermissionError("Access Denied"), "GP741"),
        (RuntimeError("Unable to locate credentials"), "GP741"),
        (FileNotFoundError("bucket"), "GP742"),
        (TimeoutError("ftp://me:secret@host"), "GP743"),
    ]:

        def fail(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        monkeypatch.setattr(store._files, "pipe_file", fail, raising=False)
        with pytest.raises(ExternalError) as caught:
            store.put("a", b"")
        assert caught.value.diagnostic.code == code
        assert "secret" not in str(caught.value)
