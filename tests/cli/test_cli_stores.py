"""Documents that are written to a store: what a folder can do, a URL can."""

import json
import os
from collections.abc import Callable, Iterator
from multiprocessing.forkserver import _forkserver
from pathlib import Path
from typing import Any

import pytest

boto3 = pytest.importorskip("boto3")
moto_server = pytest.importorskip("moto.server")
s3fs = pytest.importorskip("s3fs")

PEOPLE = "0001,甲某,80,90,\n0002,乙某,70,60,\n"
RESULT = "little/2026-Q3/result/0002-乙某-绩效考核结果.html"
URL = "s3://reviews/2026"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    from genplan.storage.open_store import store_of

    keys = {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_DEFAULT_REGION": "us-east-1", "AWS_ENDPOINT_URL": endpoint}
    for name, value in keys.items():
        monkeypatch.setenv(name, value)
    resource = boto3.resource("s3", endpoint_url=endpoint)
    found = resource.Bucket("reviews")
    found.create()
    s3fs.S3FileSystem.clear_instance_cache()
    store_of.cache_clear()
    _forkserver._stop()  # it keeps the environment that it began with, and so would workers
    yield found
    _forkserver._stop()
    found.objects.delete()
    found.delete()


def names(bucket: Any) -> dict[str, str]:
    return {each.key.removeprefix("2026/"): each.e_tag for each in bucket.objects.all()}


def built(ran: Any) -> int:
    return int(next(line for line in ran.err.splitlines() if line.startswith("little")).split()[2])


def test_a_store_holds_what_a_folder_would(genplan: Callable, little: Callable, bucket: Any) -> None:
    little(PEOPLE)
    assert genplan("build", "--format", "html,docx", "--jobs", "1").code == 0
    ran = genplan("build", "--format", "html,docx", "--jobs", "1", "--output", URL)
    assert ran.code == 0, ran.err
    assert f"files: {URL}/" in ran.err
    folder = {path.relative_to("output").as_posix(): path.read_bytes() for path in Path("output").rglob("*") if path.is_file()}
    stored = {each.key.removeprefix("2026/"): each.get()["Body"].read() for each in bucket.objects.all()}
    documents = {name: data for name, data in folder.items() if ".genplan" not in name}
    assert len(documents) == 9
    assert {name: data for name, data in stored.items() if ".genplan" not in name} == documents
    assert stored.keys() - documents.keys() == {".genplan/manifest.sqlite"}
    assert bucket.Object("2026/index.html").content_type == "text/html; charset=utf-8"


def test_only_what_changed_is_put(genplan: Callable, little: Callable, bucket: Any) -> None:
    def build(*more: str) -> Any:
        return genplan("build", "--format", "html", "--jobs", "0", "--output", URL, *more)

    def why() -> str:
        return build("--why", RESULT).out

    little(PEOPLE)
    assert built(build()) == 4
    before = names(bucket)
    assert built(build()) == 0
    assert names(bucket) == before
    assert "is up to date" in why()
    assert "is up to date" in build("--why", f"{URL}/{RESULT}").out

    bucket.Object(f"2026/{RESULT}").put(Body=b"somebody else's")
    assert "the file was modified" in why()
    assert built(build()) == 1
    bucket.Object(f"2026/{RESULT}").delete()
    assert "the file no longer exists" in why()
    assert built(build()) == 1
    kept = ".genplan/manifest.sqlite"
    assert {name: tag for name, tag in names(bucket).items() if name != kept} == {k: v for k, v in before.items() if k != kept}

    little(PEOPLE.replace("70,60", "71,60"))
    assert "data of the document: result.total" in why()
    assert built(build()) == 2

    little(PEOPLE.splitlines()[0] + "\n")
    assert "GP721" in build().err
    assert RESULT in names(bucket)
    assert build("--prune").code == 0
    assert RESULT not in names(bucket)
    assert "0002" not in bucket.Object("2026/index.html").get()["Body"].read().decode()


def test_builds_at_one_url_take_turns(genplan: Callable, little: Callable, bucket: Any) -> None:
    little(PEOPLE)
    lock = bucket.Object("2026/.genplan/lock.json")
    lock.put(Body=json.dumps({"key": "a", "host": "elsewhere", "process": 7, "renewed": 1}).encode())
    ran = genplan("build", "--format", "html", "--jobs", "0", "--output", URL, "--no-wait")
    assert ran.code == 1
    assert "GP720" in ran.err
    assert "process 7 on elsewhere" in ran.err
    host = os.uname().nodename
    lock.put(Body=json.dumps({"key": "a", "host": host, "process": 2**22 + 1, "renewed": 1}).encode())
    assert genplan("build", "--format", "html", "--jobs", "0", "--output", URL, "--no-wait").code == 0  # its process is no more


@pytest.mark.parametrize(
    "case",
    [
        ("s4://reviews/2026", {}, "GP740"),
        ("s3://", {}, "GP740"),
        ("memory://reviews", {}, "GP740"),
        ("s3://nowhere/2026", {}, "GP742"),
        (URL, {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "GP743"),
        (URL, {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None, "AWS_EC2_METADATA_DISABLED": "true"}, "GP741"),
    ],
)
@pytest.mark.usefixtures("bucket")
def test_a_store_that_cannot_be_used_is_told_of(
    genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch, case: tuple[str, dict[str, str | None], str]
) -> None:
    url, environment, code = case
    little(PEOPLE)
    monkeypatch.setenv("AWS_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setattr(s3fs.S3FileSystem, "retries", 1)
    for name, value in environment.items():
        monkeypatch.delenv(name) if value is None else monkeypatch.setenv(name, value)
    ran = genplan("build", "--format", "html", "--jobs", "1", "--output", url)
    assert ran.code == 1
    assert code in ran.err
    assert "help:" in ran.err


def test_a_library_that_is_missing_is_told_of(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch, bucket: Any) -> None:
    little(PEOPLE)
    monkeypatch.setitem(__import__("sys").modules, "fsspec.core", None)
    ran = genplan("build", "--format", "html", "--jobs", "1", "--output", URL)
    assert ran.code == 1
    assert "GP731" in ran.err
    assert "genplan[s3]" in ran.err
