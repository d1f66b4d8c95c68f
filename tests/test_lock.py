"""requirements/ names every package that is installed, with hashes, and is made from what pyproject.toml says now."""

import copy
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import scripts
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "requirements").glob("*.txt"))
PLATFORMS = [
    {"sys_platform": system, "platform_system": name, "python_version": python, "python_full_version": f"{python}.2"}
    for system, name in (("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows"))
    for python in ("3.11", "3.13")
]

lock = scripts.load("tools/lock.py")


@pytest.fixture
def project() -> dict[str, Any]:
    return copy.deepcopy(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8")))


def pins(path: Path) -> list[Requirement]:
    """Read the packages of a file, as pip would without their hashes."""
    text = path.read_text("utf-8").replace("\\\n", " ")
    return [Requirement(line.split(" --hash")[0]) for line in text.splitlines() if line and not line.startswith("#")]


def test_it_is_up_to_date():
    """`make lock` was run since pyproject.toml was last changed."""
    run = subprocess.run([sys.executable, ROOT / "tools" / "lock.py", "--check"], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout


def test_there_is_a_file_for_each_layer():
    assert [path.stem for path in FILES] == ["bench", "build", "docs", "lock", "scale", "test"] == sorted(lock.LAYERS)


def test_every_extra_is_in_a_layer(project):
    extras = {extra for layer in lock.LAYERS.values() for extra in layer}
    assert extras == {*project["project"]["optional-dependencies"]} - {"all"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_package_has_one_version_and_hashes_of_wheels_and_source(path):
    text = path.read_text("utf-8")
    for block in re.split(r"\n(?=[a-z])", text.split("\n", 2)[2]):
        assert re.match(r"[a-z0-9.-]+==[^ ]+( ; .+)? \\\n", block), block
        assert len(re.findall(r"^    --hash=sha256:[0-9a-f]{64}", block, re.MULTILINE)) >= 1, block
    assert len(re.findall(r"--hash", text)) > len(pins(path))
    assert "://" not in text  # where packages come from is for the machine that installs them to say


@pytest.mark.parametrize("layer", lock.LAYERS)
def test_no_package_is_listed_twice(layer):
    names = [str(pin) for name in lock.stack(layer) for pin in pins(ROOT / f"requirements/{name}.txt")]
    assert len(names) == len(set(names)) > 40


def test_every_package_has_the_same_version_in_all_files():
    found = {(pin.name, str(pin.marker)): str(pin.specifier) for path in FILES for pin in pins(path)}
    assert all(found[pin.name, str(pin.marker)] == str(pin.specifier) for path in FILES for pin in pins(path))


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda each: f"{each['sys_platform']}-{each['python_version']}")
@pytest.mark.parametrize("top", ["lock", "docs"])
def test_all_that_is_asked_for_is_there_in_a_version_that_fits(project, platform, top):
    """Holds what the digest does not see: a file that was edited by hand."""

    def applies(marker: Marker | None) -> bool:
        return marker is None or marker.evaluate({**platform, "extra": ""})

    found: dict[str, str] = {}
    for layer in lock.stack(top):
        here = {
            canonicalize_name(pin.name): next(iter(pin.specifier)).version
            for pin in pins(ROOT / f"requirements/{layer}.txt")
            if applies(pin.marker)
        }
        assert all(found.get(name, version) == version for name, version in here.items())
        found |= here
        for text in (text for part in lock.requirements(project, lock.stack(layer)) for text in part):
            asked = Requirement(text)
            assert asked.specifier.contains(found[canonicalize_name(asked.name)]), text


def test_running_takes_nothing_that_only_tests_or_clusters_need():
    names = {pin.name for pin in pins(ROOT / "requirements/build.txt")}
    assert not {"pytest", "moto", "boto3", "botocore", "mypy", "ruff", "distributed", "s3fs", "uv"} & names
    assert {"weasyprint", "docxtpl", "pikepdf", "pypdfium2", "pygls", "hatchling"} <= names


@pytest.mark.parametrize(
    ("change", "layers"),
    [
        (lambda p: p["project"]["dependencies"].append("rich"), ["build", "scale", "test", "bench", "lock", "docs"]),
        (lambda p: p["project"].update({"requires-python": ">=3.12"}), ["build", "scale", "test", "bench", "lock", "docs"]),
        (lambda p: p["build-system"].update(requires=["hatchling>=2"]), ["build", "scale", "test", "bench", "lock", "docs"]),
        (lambda p: p["project"]["optional-dependencies"]["test"].pop(), ["test", "bench", "lock"]),
        (lambda p: p["project"]["optional-dependencies"]["bench"].append("rich"), ["bench", "lock"]),
        (lambda p: p["project"].update(keywords=["HR"]), []),
    ],
)
def test_a_change_of_requirements_makes_the_files_of_its_layer_and_those_above_old(project, change, layers):
    change(project)
    assert lock.outdated(ROOT / "requirements", project) == layers


def test_a_file_that_is_missing_is_old(project, tmp_path):
    assert lock.outdated(tmp_path, project) == list(lock.LAYERS)


def test_a_layer_lists_what_it_adds(project, tmp_path, monkeypatch):
    """Resolved by a resolver that takes version 1 of everything, with its hash below it."""
    monkeypatch.setattr(
        lock, "resolve", lambda asked, *_: "".join(f"{Requirement(each).name}==1 \\\n    --hash=sha256:0\n" for each in sorted(asked))
    )
    project["project"].update(
        dependencies=["a"],
        **{
            "optional-dependencies": {
                "word": ["b"],
                "protect": [],
                "typst": [],
                "preview": [],
                "lsp": [],
                "s3": ["b", "c"],
                "dask": [],
                "test": ["d"],
                "bench": [],
                "lock": ["a", "e"],
                "docs": ["c", "f"],
            }
        },
    )
    project["build-system"]["requires"] = ["hatchling>=1.24"]
    lock.write(tmp_path, project, upgrade=False)
    assert lock.outdated(tmp_path, project) == []
    names = {layer: [pin.name for pin in pins(tmp_path / f"{layer}.txt")] for layer in lock.LAYERS}
    assert names == {"build": ["a", "b", "hatchling"], "scale": ["c"], "test": ["d"], "bench": [], "lock": ["e"], "docs": ["c", "f"]}
