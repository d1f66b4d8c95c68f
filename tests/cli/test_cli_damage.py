"""A manifest that is damaged, in whatever way, is recreated: the next build ends well, with what a clean build makes."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import damages
import pytest

PEOPLE = "0001,甲某,80,90,\n0002,乙某,70,60,\n0003,丙某,50,55,\n"
LATER = PEOPLE.replace("70,60", "71,60").replace("0003,丙某,50,55,\n", "")
STATES = {"later": LATER, "now": PEOPLE}
MANIFEST = Path("output/.genplan/manifest.sqlite")


def tree(root: Path) -> dict[str, bytes]:
    """Read everything that stands below a folder but what genplan keeps for itself."""
    files = (path for path in root.rglob("*") if path.is_file() or path.is_symlink())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files if ".genplan" not in path.parts}


def kept(root: Path) -> set[str]:
    """List what genplan keeps for itself; the folder in which files stand until they are whole stays, and is empty."""
    return {path.relative_to(root / ".genplan").as_posix() for path in (root / ".genplan").rglob("*")} - {"scratch"}


KINDS = {"scheme": "scope: plan", "result": "scope: person\nneeds: [results]", "summary": "scope: cycle\nneeds: [results]"}
KIND = """\
{{#---
{header}
---#}}
<html lang="zh"><head><title>{{{{ kind.title }}}}</title></head><body><h1>{{{{ plan.title }}}}</h1>
{{% if person is defined and person %}}<p>{{{{ person.name }}}} {{{{ result.total|number }}}}</p>{{% endif %}}</body></html>
"""
"""Documents that are made in no time, as is the page: there are many builds to come."""


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Name a folder for a workspace, and for what clean builds make of it, before and after people changed."""
    return tmp_path_factory.mktemp("damage")


@pytest.fixture
def site(bases: Path, genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a workspace that was built, beside a folder of what is none of genplan's business; of which people, `built` says."""
    site = bases / "site"
    if not site.exists():
        little(PEOPLE)
        begin(site)
    monkeypatch.chdir(site)
    for name, people in STATES.items():
        if not (bases / name).exists():
            clean(genplan, people)
            shutil.copytree("output", bases / name)
            (bases / "built").write_text(name)
    if not (bases / "built").exists():  # the last test failed
        clean(genplan, PEOPLE)
        (bases / "built").write_text("now")
    assert tree(Path("output")) == tree(bases / (bases / "built").read_text())
    return bases


def begin(site: Path) -> None:
    Path("templates/kinds").mkdir()
    for name, header in KINDS.items():
        Path(f"templates/kinds/{name}.html.j2").write_text(KIND.format(header=header), "utf-8")
    shutil.copytree(Path(), site)
    outside = site / damages.OUTSIDE
    outside.mkdir()
    (outside / "mine.txt").write_text("mine\0")
    with closing(sqlite3.connect(outside / "mine.sqlite")) as database:
        database.execute("CREATE TABLE mine (x)")


def clean(genplan: Callable, people: str) -> None:
    change(people)
    shutil.rmtree("output", ignore_errors=True)
    assert genplan("build", "--format", "html").code == 0


def change(people: str) -> None:
    path = Path("plans/results/little/2026-Q3.csv")
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n" + people, "utf-8")


@pytest.mark.parametrize("name", damages.DAMAGES)
def test_damage_heals(genplan: Callable, site: Path, name: str) -> None:
    """What was built is built again, then that of other people, from which the next test goes on."""
    before = (site / "built").read_text()
    (site / "built").unlink()
    beside = tree(Path(damages.OUTSIDE))
    damages.DAMAGES[name](MANIFEST)
    for base in (before, *(STATES.keys() - {before})):
        change(STATES[base])
        ran = genplan("build", "--format", "html", "--prune")
        assert ran.code == 0, ran.err
        left = {path: data for path, data in tree(Path("output")).items() if base == "now" or "0003" not in path}
        assert left == tree(site / base)
        assert kept(Path("output")) == {"lock", "manifest.sqlite"}
        assert tree(Path(damages.OUTSIDE)) == beside
        assert ran.err.count("is recreated") <= 1
    if base == "later":
        Path("output/little/2026-Q3/result/0003-丙某-绩效考核结果.html").unlink(missing_ok=True)
    (site / "built").write_text(base)


def test_there_are_enough_of_them() -> None:
    assert len(damages.DAMAGES) >= 81
