"""What is sent to a cluster and what comes back, without one."""

from concurrent.futures import CancelledError
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("distributed")

from distributed.scheduler import KilledWorker

from genplan.documents.jobs import Job
from genplan.execution import cluster
from genplan.execution.cluster import packs, tasks
from genplan.execution.cluster.facts import differences, facts, stamp
from genplan.execution.cluster.packs import Pack, pack_pictures, pack_templates, unpack
from genplan.execution.cluster.parcels import Parcel
from genplan.execution.limits import Limits
from genplan.storage.external_errors import ExternalError
from genplan.storage.stores import PACKS, LocalFolder
from genplan.theme.spec import ThemeSpec
from genplan.writers.options import DEFAULTS

SPEC = ThemeSpec(None, "zh-CN", "modern")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    context = {"person": {"name": "甲某"}}
    return Job(
        "甲某", "scheme", SPEC, "zh-CN", context, date(2000, 1, 1), ("html",), DEFAULTS, str(tmp_path), str(tmp_path / "out"), "secret"
    )


@pytest.fixture
def parcel(job: Job) -> Parcel:
    Path(job.output).mkdir(exist_ok=True)
    LocalFolder(Path(job.output)).put("probe", b"")
    return Parcel("build", 3, stamp(("html",)), Limits(), "probe", (job,), ((None, None),))


def code(error: pytest.ExceptionInfo[ExternalError]) -> str:
    return error.value.diagnostic.code


def test_a_parcel_tells_nothing_of_people(parcel: Parcel) -> None:
    assert repr(parcel) == "Parcel(build='build', number=3)"


def test_files_travel_as_they_are(tmp_path: Path) -> None:
    look = tmp_path / "look"
    for name in ("kinds/a.html.j2", "images/logo.png", ".hidden/b", "c.txt"):
        (look / name).parent.mkdir(parents=True, exist_ok=True)
        (look / name).write_bytes(name.encode())
    (tmp_path / "elsewhere.png").write_bytes(b"secret")
    (look / "link.png").symlink_to(tmp_path / "elsewhere.png")
    (tmp_path / "out").mkdir()
    store = LocalFolder(tmp_path / "out")
    pack = pack_templates(look, store)
    assert pack == pack_templates(look, store)  # same files, same bytes
    folder = unpack(pack, store, tmp_path / "cache")
    assert folder.name == "look"
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert found == ["c.txt", "images/logo.png", "kinds/a.html.j2"]
    pictures = unpack(pack_pictures(look, store), store, tmp_path / "cache")
    assert [path.name for path in pictures.rglob("*") if path.is_file()] == ["logo.png"]
    assert pack_pictures(tmp_path / "out", store) is None
    assert not list(unpack(None, store, tmp_path / "cache").iterdir())
    packs.drop_oldest(tmp_path / "cache", 1)
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_a_pack_that_is_gone_or_too_large_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "out").mkdir()
    store = LocalFolder(tmp_path / "out")
    with pytest.raises(ExternalError) as gone:
        unpack(Pack("look", "0" * 64), store, tmp_path / "cache")
    assert code(gone) == "GP736"
    (tmp_path / "a.png").write_bytes(b"12345")
    monkeypatch.setattr(packs, "MOST", 4)
    with pytest.raises(ExternalError) as large:
        pack_pictures(tmp_path, store)
    assert code(large) == "GP744"


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "_cache", lambda: tmp_path / "cache")


def test_a_worker_that_is_not_fit_makes_nothing(parcel: Parcel) -> None:
    for other, expected in [(replace(parcel, stamp="other"), "GP732"), (replace(parcel, probe=f"{PACKS}/none"), "GP733")]:
        (made,) = tasks.make(other)
        assert [found.code for found in made.diagnostics] == [expected]
        assert made.reason.startswith(expected)


def test_a_build_that_was_given_up_makes_nothing_more(parcel: Parcel) -> None:
    tasks.stop("build")
    assert tasks.make(parcel) == []
    tasks._stopped.clear()


def test_versions_that_differ_are_named() -> None:
    here = facts(("weasyprint",))
    assert differences(here, dict(here)) == []
    there = {**here, "weasyprint": ("other", "69.0"), "genplan": ("other", here["genplan"][1])}
    assert differences(here, there) == [
        "genplan (from another build)",
        f"weasyprint {here['weasyprint'][1]} here, 69.0 there",
    ]


def test_a_machine_without_genplan_is_named() -> None:
    error = cluster._unfit("tcp://host:1", ModuleNotFoundError("No module named 'genplan'"))
    assert error.diagnostic.code == "GP732"
    assert str(error.diagnostic.span) == "tcp://host:1"


@pytest.mark.parametrize(
    ("error", "status", "expected"),
    [(KilledWorker("key", None, 3), "running", "GP737"), (ZeroDivisionError(), "running", "GP737"), (CancelledError(), "closed", "GP734")],
)
def test_what_is_lost_on_the_way_is_told_of(parcel: Parcel, tmp_path: Path, error: Exception, status: str, expected: str) -> None:
    build = cluster._Build(SimpleNamespace(status=status), "tcp://host:1", Limits(), LocalFolder(tmp_path))
    if expected == "GP734":
        with pytest.raises(ExternalError) as gone:
            build._failed(parcel, error)
        assert code(gone) == expected
    else:
        (made,) = build._failed(parcel, error)
        assert [found.code for found in made.diagnostics] == [expected]


def test_a_cluster_without_workers_is_told_of(tmp_path: Path) -> None:
    def nobody(*_: Any, **__: Any) -> None:
        raise TimeoutError

    client = SimpleNamespace(status="running", wait_for_workers=nobody)
    with pytest.raises(ExternalError) as none:
        cluster._Build(client, "tcp://host:1", Limits(), LocalFolder(tmp_path))._prepare()
    assert code(none) == "GP735"


def test_a_cluster_that_loses_all_its_workers_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_JOIN", 0.0)
    client = SimpleNamespace(status="running", nthreads=dict)
    build = cluster._Build(client, "tcp://host:1", Limits(), LocalFolder(tmp_path))
    build._check_workers()
    with pytest.raises(ExternalError) as none:
        build._check_workers()
    assert code(none) == "GP735"
    client.status = "closed"
    with pytest.raises(ExternalError) as gone:
        build._check_workers()
    assert code(gone) == "GP734"
