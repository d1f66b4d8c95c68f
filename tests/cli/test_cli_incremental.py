"""What a second build does: nothing to what is fresh, all that is needed to what is not."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
import scripts

from genplan.execution import build as building
from genplan.incremental.build_inputs import Inputs

ROOT = Path(__file__).parents[2]
PEOPLE = "0001,甲某,80,90,\n0002,乙某,70,60,\n0003,丙某,50,55,\n"
RESULT = "output/little/2026-Q3/result/0002-乙某-绩效考核结果.html"


def times() -> dict[str, int]:
    return {path.as_posix(): path.stat().st_mtime_ns for path in Path("output").glob("*/*/*/*")}


def changed(before: dict[str, int]) -> list[str]:
    after = times()
    return sorted(path.split("/")[-1].rpartition("-")[0] for path in after if before.get(path) != after[path])


@pytest.fixture
def built(genplan: Callable, little: Callable) -> dict[str, int]:
    little(PEOPLE)
    assert genplan("build", "--format", "html").code == 0
    return times()


def why(genplan: Callable, *options: str) -> str:
    return genplan("build", "--format", "html", *options, "--why", RESULT).out


def test_what_is_fresh_is_not_touched(genplan: Callable, built: dict[str, int]) -> None:
    ran = genplan("build", "--format", "html")
    assert ran.code == 0
    assert "built little" not in ran.err
    assert ran.err.splitlines()[3].split() == ["little", "5", "0", "5", "0"]
    assert times() == built
    assert "is up to date" in why(genplan)


def test_one_score_builds_that_person_and_the_summary(genplan: Callable, little: Callable, built: dict[str, int]) -> None:
    little(PEOPLE.replace("70,60", "71,60"))
    assert "data of the document: result.total" in why(genplan)
    assert genplan("build", "--format", "html").code == 0
    assert changed(built) == ["0002-乙某", "部门"]


@pytest.mark.parametrize("asked", ["plans/little.md", "./plans/../plans/little.md", "plans"])
def test_a_score_of_a_plan_that_was_named_is_seen(genplan: Callable, little: Callable, built: dict[str, int], asked: str) -> None:
    named = ("build", "--format", "html", asked)
    genplan(*named)
    genplan(*named)
    little(PEOPLE.replace("70,60", "71,60"))
    assert genplan(*named).code == 0
    assert changed(built) == ["0002-乙某", "部门"]


def test_what_was_read_and_nothing_accounts_for_is_read_again(
    genplan: Callable, little: Callable, built: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Inputs, "reading", lambda self, *_: self)
    assert genplan("build", "--format", "html", "--theme", "modern").code == 0
    little(PEOPLE.replace("70,60", "71,60"))
    assert genplan("build", "--format", "html", "--theme", "modern").code == 0
    assert changed(built) == ["0002-乙某", "部门"]


def test_a_lost_page_is_written_and_then_nothing_is_read(genplan: Callable, built: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    Path("output/index.html").unlink()
    assert genplan("build", "--format", "html").code == 0
    assert Path("output/index.html").exists()
    monkeypatch.setattr(building, "read_plans", None)
    assert genplan("build", "--format", "html").code == 0
    assert times() == built


def test_those_whose_rank_changes_are_built_too(genplan: Callable, little: Callable, built: dict[str, int]) -> None:
    little(PEOPLE.replace("70,60", "99,99"))
    assert genplan("build", "--format", "html").code == 0
    assert changed(built) == ["0001-甲某", "0002-乙某", "部门"]


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("templates/kinds/result.html.j2", '{% extends "builtin/kinds/result.html.j2" %}', "templates: "),
        ("templates/parts/person.html.j2", None, "templates: parts/person.html.j2"),
        ("templates/brand.yml", ("示例科技", "别家"), "brand.name"),
        ("templates/styles/custom.css", "h1 { color: red }", "look: style sheet"),
        ("templates/locales/zh-CN.yml", ("考核结果", "考核成绩单"), "it was never built"),
        ("templates/styles/page.css", "body { margin: 0 }", "look: styles/page.css"),
    ],
)
def test_why_names_what_changed(
    genplan: Callable, built: dict[str, int], path: str, text: str | tuple[str, str] | None, reason: str
) -> None:
    source = ROOT / path
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(
        source.read_text("utf-8").replace(*text) if isinstance(text, tuple) else text or source.read_text("utf-8") + "{# #}", "utf-8"
    )
    if "locales" not in path:
        assert reason in why(genplan)
    assert genplan("build", "--format", "html").code == 0
    assert changed(built)
    again = times()
    assert genplan("build", "--format", "html").code == 0
    assert times() == again


def test_a_template_that_others_do_not_use_leaves_them_alone(genplan: Callable, built: dict[str, int]) -> None:
    Path("templates/kinds").mkdir(parents=True, exist_ok=True)
    Path("templates/kinds/summary.html.j2").write_text('{% extends "builtin/kinds/summary.html.j2" %}')
    assert genplan("build", "--format", "html").code == 0
    assert changed(built) == ["部门"]


@pytest.mark.parametrize("how", ["edited", "cut", "deleted"])
def test_a_file_that_something_happened_to_is_built_again(genplan: Callable, built: dict[str, int], how: str) -> None:
    path = Path(RESULT)
    good, stat = path.read_bytes(), path.stat()
    if how == "deleted":
        path.unlink()
    else:
        path.write_bytes(good.replace("乙".encode(), "丁".encode()) if how == "edited" else good[:-9])
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert ("the file no longer exists" if how == "deleted" else "the file was modified") in why(genplan)
    assert genplan("build", "--format", "html").code == 0
    assert path.read_bytes() == good


def test_a_file_that_was_touched_or_copied_back_is_fresh(genplan: Callable, built: dict[str, int]) -> None:
    os.utime(RESULT)
    data = Path(RESULT).read_bytes()
    Path(RESULT).unlink()
    Path(RESULT).write_bytes(data)
    before = times()
    assert "built little" not in genplan("build", "--format", "html").err
    assert times() == before


def test_other_options_are_another_fingerprint(genplan: Callable, built: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "options" in why(genplan, "--pdf-variant", "pdf/ua-1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert "options: issued" in why(genplan)


def test_files_without_a_source_are_told_of_and_pruned(genplan: Callable, little: Callable, built: dict[str, int]) -> None:
    little(PEOPLE.replace("0002,乙某,70,60,\n", ""))
    ran = genplan("build", "--format", "html")
    assert ran.code == 0
    assert "warning[GP721]" in ran.err
    assert "0002-乙某" in ran.err
    assert Path(RESULT).is_file()
    assert "GP721" in genplan("build", "--format", "html").err
    assert "its source no longer exists" in why(genplan)
    ran = genplan("build", "--format", "html", "--prune")
    assert f"removed {RESULT.removeprefix('output/')}" in ran.err
    assert not Path(RESULT).exists()
    assert "乙某" not in Path("output/index.html").read_text("utf-8")
    assert "GP721" not in genplan("build", "--format", "html").err


def test_nothing_is_pruned_while_something_is_wrong(genplan: Callable, little: Callable, built: dict[str, int]) -> None:
    little(PEOPLE.replace("70,60", "x,60"))
    assert genplan("build", "--format", "html", "--prune").code == 1
    assert Path(RESULT).is_file()


def test_a_plan_that_is_gone_takes_its_files_along(genplan: Callable, built: dict[str, int]) -> None:
    Path("plans/little.md").rename("plans/other.md")
    assert genplan("build", "--format", "html", "--prune").code == 0
    assert not Path("output/little").exists()


def test_a_file_that_is_none_of_the_documents(genplan: Callable, built: dict[str, int]) -> None:
    ran = genplan("build", "--why", "output/nothing.pdf")
    assert ran.code == 1
    assert "error[GP722]" in ran.err


def test_two_builds_take_turns(genplan: Callable, built: dict[str, int]) -> None:
    code = (
        "from pathlib import Path; from genplan.storage.output_lock import lock_output\n"
        "with lock_output(Path('output'), None): print('held', flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        ran = genplan("build", "--no-wait")
        assert ran.code == 1
        assert "error[GP720]" in ran.err
        with started("build", "--format", "html") as waiting:
            assert waiting.stderr is not None
            assert "waiting until it has finished" in waiting.stderr.readline()
            other.communicate("\n")
            assert waiting.wait(60) == 0


def started(*arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "genplan", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True)


def test_an_interrupted_build_leaves_whole_files_and_goes_on(genplan: Callable, little: Callable) -> None:
    little("".join(f"{n:04},某人,80,{n},\n" for n in range(40, 80)))
    with started("build", "--format", "docx") as process:
        assert process.stderr is not None
        for _ in range(5):
            assert process.stderr.readline().startswith("built ")
        os.killpg(process.pid, signal.SIGINT)
        before = time.monotonic()
        rest = process.stderr.read()
        assert process.wait(30) == 130
        assert time.monotonic() - before < 10
    assert "stopped" in rest
    assert "Traceback" not in rest
    stand = {path: path.read_bytes() for path in Path("output").glob("*/*/*/*")}
    assert all(zipfile.ZipFile(BytesIO(data)).testzip() is None for data in stand.values())
    with sqlite3.connect("output/.genplan/manifest.sqlite") as database:
        assert database.execute("SELECT count(*) FROM outputs").fetchone()[0] >= 5
    ran = genplan("build", "--format", "docx")
    assert ran.code == 0
    assert 0 < ran.err.count("built little") <= 37
    assert not list(Path("output").rglob(".genplan-*"))


@pytest.fixture
def watching(little: Callable) -> Iterator[Callable[[str], list[str]]]:
    """Watch the workspace; gives what is said until a line that has the words asked for."""
    little(PEOPLE)
    process = started("build", "--format", "html", "--watch")
    os.set_blocking(process.stderr.fileno(), True)

    def until(words: str) -> list[str]:
        lines: list[str] = []
        while not lines or words not in lines[-1]:
            line = process.stderr.readline()
            assert line, lines
            lines.append(line)
        return lines

    yield until
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(30) == 0
    process.stdout.close()
    process.stderr.close()


def test_watch_builds_what_is_saved_and_says_when_it_is_fixed(little: Callable, watching: Callable[[str], list[str]]) -> None:
    watching("watching; stop with")
    time.sleep(0.5)
    little(PEOPLE.replace("70,60", "71,60"))
    said = watching("; watching")
    assert [line for line in said if line.startswith("built") and "0002" in line]
    assert not [line for line in said if line.startswith("built") and "0001" in line]
    little(PEOPLE.replace("70,60", "x,60"))
    assert [line for line in watching("; watching") if "error[" in line]
    little(PEOPLE)
    assert [line for line in watching("; watching") if line.startswith("fixed")]


def test_random_edits_leave_nothing_stale(tmp_path: Path) -> None:
    module = scripts.load("bench/never_stale.py")
    for seed in range(4):
        assert module.sequence(seed, tmp_path / str(seed), ("html",)) == ""


def test_what_another_build_wrote_in_between_is_seen(genplan: Callable, built: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of the same names and sizes, of another date: the page lists them alike."""
    plain = Path(RESULT).read_bytes()
    page = Path("output/index.html").stat().st_mtime_ns
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert genplan("build", "--format", "html").code == 0
    assert Path(RESULT).read_bytes() != plain
    assert Path("output/index.html").stat().st_mtime_ns == page
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert genplan("build", "--format", "html").code == 0
    assert Path(RESULT).read_bytes() == plain


def another(name: str) -> Path:
    """Write a second plan beside the first, with the same people; gives its results."""
    text = Path("plans/little.md").read_text("utf-8")
    assert "results/little/" in text
    Path(f"plans/{name}.md").write_text(text.replace("results/little/", f"results/{name}/"), "utf-8")
    results = Path(f"plans/results/{name}/2026-Q3.csv")
    results.parent.mkdir()
    results.write_bytes(Path("plans/results/little/2026-Q3.csv").read_bytes())
    return results


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_plans_that_are_as_they_were_are_not_read(genplan: Callable, built: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    csv = another("other")
    assert genplan("build", "--format", "html").code == 0
    from genplan.workspace import session

    read: list[str] = []
    real = session.assess

    def noted(path: Path, *rest: object, **options: object) -> object:
        read.append(path.name)
        return real(path, *rest, **options)

    monkeypatch.setattr(session, "assess", noted)
    edit(csv, "70,60", "71,60")
    before = times()
    ran = genplan("build", "--format", "html")
    assert ran.code == 0
    assert read == ["other.md"]
    assert changed(before) == ["0002-乙某", "部门"]
    assert [line.split() for line in ran.err.splitlines() if line.startswith(("little", "other"))] == [
        ["little", "5", "0", "5", "0"],
        ["other", "5", "2", "3", "0"],
    ]
    page = Path("output/index.html").read_text("utf-8")
    assert "little/2026-Q3" in page
    assert "other/2026-Q3" in page


def test_plans_that_come_to_share_an_id_are_all_read(genplan: Callable, built: dict[str, int]) -> None:
    another("other")
    assert genplan("build", "--format", "html").code == 0
    edit(Path("plans/other.md"), "schema: 1", "schema: 1\nid: little")
    ran = genplan("build", "--format", "html")
    assert ran.code == 1
    assert "GP008" in ran.err


def test_what_is_left_of_a_plan_that_is_not_read_is_told_again(genplan: Callable, built: dict[str, int]) -> None:
    csv = another("other")
    edit(Path("plans/results/little/2026-Q3.csv"), "0003,丙某,50,55,\n", "")
    assert "GP721" in genplan("build", "--format", "html").err
    edit(csv, "70,60", "71,60")
    ran = genplan("build", "--format", "html")
    assert "GP721" in ran.err
    assert "0003" in ran.err
    genplan("build", "--format", "html", "--prune")
    assert not list(Path("output/little").rglob("0003*"))


def test_that_no_process_can_be_started_is_said(genplan: Callable, built: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    from genplan.execution.pool import CannotStartError, Workers

    def refuse(*_: object) -> None:
        raise CannotStartError("Resource temporarily unavailable")

    monkeypatch.setattr(Workers, "_start", refuse)
    Path(RESULT).unlink()
    ran = genplan("build", "--format", "html", "--jobs", "1")
    assert ran.code == 1
    assert "GP724" in ran.err
    assert "Resource temporarily unavailable" in ran.err
    assert "GP702" not in ran.err
