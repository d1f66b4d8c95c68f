"""A real scheduler with two workers and a store: what they make is what this machine makes."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import scripts

pytest.importorskip("distributed")
pytest.importorskip("moto.server")
pytest.importorskip("s3fs")

ROOT = Path(__file__).parents[2]
HANGS = '{% if person.name == "慢某" %}{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}{% endif %}'
RESULT = """\
{{% extends "builtin/kinds/result.html.j2" %}}
{{% block content %}}{more}{{{{ super() }}}}<p><img src="seal.svg" alt="印章" data-width="8"></p>{{% endblock %}}
"""
SEAL = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><circle cx="4" cy="4" r="4" fill="{}"/></svg>'
PEOPLE = "0001,甲某,80,90,\n0002,乙某,70,60,\n0003,丙某,50,55,\n"


def bench() -> Any:
    return scripts.load("bench/cluster.py")


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A cluster whose workers are ended when they open a file below the folder of the tests."""
    unseen = tmp_path_factory.getbasetemp()
    root = tmp_path_factory.mktemp("farm")
    with ExitStack() as stack:
        farm = bench().Farm(root)
        farm.start(stack, unseen / "workspace")
        yield farm


@pytest.fixture
def cluster(farm: Any, little: Callable, genplan: Callable, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Build a workspace that has a template and a picture of its own, there; `put` writes results."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL"):
        monkeypatch.setenv(name, farm.environment[name])

    def build(*more: str) -> Any:
        address = ("--scheduler", farm.address, "--output", f"s3://genplan/{Path.cwd().parent.name}")
        return genplan("build", "--format", "html", *address, *more)

    return build


def prepare(more: str = "", colour: str = "#a00") -> None:
    Path("templates/kinds").mkdir(parents=True, exist_ok=True)
    Path("templates/kinds/result.html.j2").write_text(RESULT.format(more=more), "utf-8")
    Path("pictures").mkdir(exist_ok=True)
    Path("pictures/seal.svg").write_text(SEAL.format(colour), "utf-8")


def stored(farm: Any) -> dict[str, bytes]:
    client, prefix = farm.client(), f"{Path.cwd().parent.name}/"
    found = client.list_objects_v2(Bucket="genplan", Prefix=prefix).get("Contents", ())
    return {each["Key"].removeprefix(prefix): client.get_object(Bucket="genplan", Key=each["Key"])["Body"].read() for each in found}


def here() -> dict[str, bytes]:
    return {path.relative_to("output").as_posix(): path.read_bytes() for path in Path("output").glob("*/*/*/*")}


def documents(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name != "index.html" and not name.startswith(".genplan")}


def counted(ran: Any) -> list[str]:
    return next(line.split()[1:] for line in ran.err.splitlines() if line.startswith("little "))


def test_a_cluster_makes_the_same_files_and_only_those_that_changed(
    cluster: Callable, genplan: Callable, little: Callable, farm: Any
) -> None:
    little(PEOPLE)
    prepare()
    ran = cluster()
    assert ran.code == 0, ran.err
    assert counted(ran) == ["5", "5", "0", "0"]
    assert genplan("build", "--format", "html", "--jobs", "1").code == 0
    assert documents(stored(farm)) == here()
    assert stored(farm).keys() - here().keys() == {"index.html", ".genplan/manifest.sqlite"}
    assert counted(cluster()) == ["5", "0", "5", "0"]

    little(PEOPLE.replace("70,60", "71,60"))  # one person and the summary, by workers that know the earlier templates
    prepare("<p>新</p>", "#0a0")
    assert cluster("--kind", "result").code == 0
    assert genplan("build", "--format", "html", "--jobs", "1", "--kind", "result").code == 0
    assert {name: data for name, data in here().items() if "/result/" in name} == {
        name: data for name, data in documents(stored(farm)).items() if "/result/" in name
    }


def test_a_document_that_hangs_costs_only_itself(cluster: Callable, little: Callable, farm: Any) -> None:
    little(PEOPLE + "0004,慢某,1,2,\n")
    prepare(HANGS)
    ran = cluster("--kind", "result", "--time-limit", "20")
    assert ran.code == 1
    assert counted(ran) == ["3", "3", "0", "1"], ran.err
    assert "GP706" in ran.err
    assert "kinds/result.html.j2" in ran.err
    assert not [name for name in stored(farm) if "慢某" in name]


def test_passwords_stay_out_of_what_is_logged(cluster: Callable, little: Callable, farm: Any) -> None:
    plan = little("")
    results = plan.parent / "results/little/2026-Q3.csv"
    results.write_text("工号,姓名,甲,=乙,评语,打开密码\n0001,甲某,80,90,,k7-Rain-42\n", "utf-8")
    prepare()
    ran = cluster("--kind", "result", "--format", "docx")
    assert ran.code == 0, ran.err
    assert [name for name in documents(stored(farm)) if name.endswith(".docx")]
    logs = "".join((farm.root / f"{name}.log").read_text("utf-8", "replace") for name in farm.programs if name != "store")
    assert "k7-Rain-42" not in logs
    assert "甲某" not in logs


def test_a_folder_that_workers_see_is_written_by_them(farm: Any, genplan: Callable, little: Callable, tmp_path: Path) -> None:
    little(PEOPLE)
    ran = genplan("build", "--format", "html", "--scheduler", farm.address, "--output", (tmp_path / "shared").as_uri())
    assert ran.code == 0, ran.err
    assert len(list((tmp_path / "shared").glob("*/*/*/*.html"))) == 5
    assert not list((tmp_path / "shared" / ".genplan" / "scratch").iterdir())
    assert not (tmp_path / "shared" / ".genplan" / "packs").exists()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "carrier-pigeon://host:1"])
def test_a_scheduler_that_cannot_be_reached_is_told_of(
    genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    from genplan.execution import cluster

    monkeypatch.setattr(cluster, "_REACH", 1.0)
    little(PEOPLE)
    ran = genplan("build", "--format", "html", "--scheduler", address)
    assert ran.code == 1
    assert "GP730" in ran.err
    assert "help:" in ran.err


def test_dask_missing_is_told_of(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    little(PEOPLE)
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = genplan("build", "--format", "html", "--scheduler", "tcp://127.0.0.1:9")
    assert ran.code == 1
    assert "GP731" in ran.err
