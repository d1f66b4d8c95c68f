"""Links in an output folder: nothing is written, removed or taken for fresh through one; the folder itself may be one."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

PEOPLE = "0001,甲某,80,90,\n0002,乙某,70,60,\n"
RESULTS = "little/2026-Q3/result"
FIRST = f"output/{RESULTS}/0001-甲某-绩效考核结果.html"
SECOND = FIRST.replace("0001-甲某", "0002-乙某")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="making links takes rights there")


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.fixture
def built(genplan: Callable, little: Callable) -> Callable:
    """Have what was built; gives a build."""
    little(PEOPLE, kinds="result")
    assert genplan("build", "--format", "html").code == 0
    return lambda *options: genplan("build", "--format", "html", *options)


def moved(name: str) -> Path:
    """Move a folder of the output elsewhere, and put a link to it in its place."""
    place = Path("elsewhere").absolute()
    shutil.move(Path("output", name), place)
    Path("output", name).symlink_to(place)
    return place


@pytest.mark.parametrize("link", ["little", "little/2026-Q3", RESULTS])
@pytest.mark.parametrize("change", [False, True])
def test_a_linked_folder_is_not_written_through_nor_taken_for_fresh(built: Callable, little: Callable, link: str, *, change: bool) -> None:
    place = moved(link)
    before = tree(place)
    if change:
        little(PEOPLE.replace("70,60", "71,60"), kinds="result")
    ran = built()
    assert ran.code == 1
    assert ran.err.count(f"output/{link}: error[GP755]: `{link.rpartition('/')[2]}` is a link, to {place}, ") == 1
    assert "help: remove the link and build again" in ran.err
    assert tree(place) == before
    Path("output", link).unlink()
    assert built().code == 0
    assert Path(SECOND).is_file()


def test_a_linked_folder_is_not_pruned_through(built: Callable, little: Callable) -> None:
    place = moved(RESULTS)
    before = tree(place)
    little("0001,甲某,80,90,\n", kinds="scheme")
    ran = built("--prune")
    assert ran.code == 1
    assert f"output/{RESULTS}: error[GP755]" in ran.err
    assert tree(place) == before


def test_a_linked_file_is_replaced(built: Callable, little: Callable) -> None:
    shutil.move(SECOND, "mine.html")
    Path(SECOND).symlink_to(Path("mine.html").absolute())
    before = Path("mine.html").read_bytes()
    assert built().code == 0
    assert not Path(SECOND).is_symlink()
    assert Path(SECOND).read_bytes() == before
    Path(SECOND).unlink()
    Path(SECOND).symlink_to(Path("mine.html").absolute())
    little(PEOPLE.replace("70,60", "71,60"), kinds="result")
    assert built().code == 0
    assert Path(SECOND).read_bytes() != before == Path("mine.html").read_bytes()


def test_a_linked_page_is_replaced(built: Callable) -> None:
    shutil.move("output/index.html", "mine.html")
    Path("output/index.html").symlink_to(Path("mine.html").absolute())
    assert built().code == 0
    assert not Path("output/index.html").is_symlink()


@pytest.mark.parametrize("own", [".genplan", ".genplan/scratch", ".genplan/lock", ".genplan/manifest.sqlite"])
def test_what_genplan_keeps_for_itself_leads_nowhere(built: Callable, little: Callable, own: str) -> None:
    place = Path("elsewhere").absolute()
    place.mkdir()
    (place / "scratch").mkdir()
    (place / "scratch" / "mine").write_text("mine")
    before = tree(place)
    path = Path("output", own)
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.symlink_to(place / "mine" if own.endswith(("lock", "sqlite")) else place)
    little(PEOPLE.replace("70,60", "71,60"), kinds="result")
    ran = built()
    assert ran.code == (own == ".genplan")
    assert ("output/.genplan: error[GP755]" in ran.err) == (own == ".genplan")
    assert tree(place) == before


def test_the_output_folder_itself_may_be_a_link(genplan: Callable, little: Callable) -> None:
    little(PEOPLE, kinds="result")
    Path("elsewhere").mkdir()
    Path("output").symlink_to("elsewhere")
    assert genplan("build", "--format", "html").code == 0
    assert Path(FIRST.replace("output", "elsewhere")).is_file()
    assert "built little" not in genplan("build", "--format", "html").err
    assert Path("output").is_symlink()


def test_a_pipe_in_a_files_place_is_replaced(built: Callable) -> None:
    data = Path(SECOND).read_bytes()
    Path(SECOND).unlink()
    os.mkfifo(SECOND)
    assert built().code == 0
    assert Path(SECOND).read_bytes() == data


def test_a_linked_folder_of_pictures_is_told(genplan: Callable, little: Callable, workspace: Path, tmp_path: Path) -> None:
    little()
    (tmp_path / "elsewhere").mkdir()
    (workspace / "pictures").symlink_to(tmp_path / "elsewhere")
    for command in ("check", "build"):
        ran = genplan(command, *(("--format", "html") if command == "build" else ()))
        assert ran.code == 1
        assert "error[GP548]: the pictures folder is a link that leads out of the workspace" in ran.err
