"""`genplan build`: what is built, what is said, where it goes."""

import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ONE = "0001,甲某,80,90,很好\n"
TWO = ONE + "0002,乙某,70,60,\n"


def written(root: Path) -> list[str]:
    """List the documents of an output folder, without those that list them."""
    return sorted(str(path.relative_to(root)) for path in root.glob("*/*/*/*"))


def everything(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_documents_stand_under_plan_period_and_kind(genplan: Callable, little: Callable) -> None:
    little()
    ran = genplan("build")
    assert (ran.code, ran.out) == (0, "")
    stems = [
        "little/2026-Q3/result/0001-甲某-绩效考核结果",
        "little/2026-Q3/summary/部门-绩效考核结果汇总",
        "little/no-period/scheme/部门-考核方案",
    ]
    assert written(Path("output")) == sorted(f"{stem}.{suffix}" for stem in stems for suffix in ("docx", "pdf"))
    page = Path("output/index.html").read_text("utf-8")
    assert "甲某" in page
    assert Path("output/.genplan/manifest.sqlite").is_file()
    assert not list(Path("output").rglob(".genplan-*"))


def test_the_closing_table_says_what_became_of_all(genplan: Callable, little: Callable) -> None:
    little(TWO + "0003,丙某,50,,\n")
    ran = genplan("build", "--format", "html", "--kind", "result", "--kind", "summary")
    assert ran.code == 1
    lines = ran.err.splitlines()
    assert "built little/2026-Q3/result/0001-甲某-绩效考核结果.html" in lines
    assert next(line for line in lines if line.startswith("little  ")).split() == ["little", "2", "2", "0", "2"]
    assert "failed little/2026-Q3/result/0003-丙某-绩效考核结果: the results have errors" in lines
    assert "failed little/2026-Q3/summary/部门-绩效考核结果汇总: no total for 0003" in lines
    assert "skipped 1 documents excluded by the options" in lines
    assert lines[-1] == "files: output/   page: output/index.html"
    assert "error[GP405]" in ran.err


def test_no_terminal_codes_where_there_is_no_terminal(genplan: Callable, little: Callable) -> None:
    little()
    ran = genplan("build", "--format", "html")
    assert not {"\x1b", "\r"} & set(ran.err)
    assert "█" not in ran.err
    assert "#" not in ran.err


def test_a_terminal_sees_a_bar_and_with_v_the_files(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    little()
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _: True)
    bar = genplan("build", "--format", "html")
    assert "building" in bar.err
    assert "100%" in bar.err
    assert "built little" not in bar.err
    shutil.rmtree("output")
    assert "built little" in genplan("-v", "build", "--format", "html").err


def test_quiet_says_nothing_but_errors(genplan: Callable, little: Callable) -> None:
    little()
    ran = genplan("-q", "build", "--format", "html")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    little("0001,甲某,80,,\n")
    ran = genplan("-q", "build", "--format", "html")
    assert ran.code == 1
    assert "error[GP405]" in ran.err
    assert "failed little/2026-Q3/result" in ran.err
    assert "built" not in ran.err


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--kind", "scheme"], ["部门-考核方案"]),
        (["--kind", "考核方案"], ["部门-考核方案"]),
        (["--kind", "scheme", "--kind", "绩效考核结果汇总"], ["部门-绩效考核结果汇总", "部门-考核方案"]),
        (["--person", "0002"], ["0002-乙某-绩效考核结果"]),
        (["--person", "乙某"], ["0002-乙某-绩效考核结果"]),
        (["--person", "0001", "--person", "乙某"], ["0001-甲某-绩效考核结果", "0002-乙某-绩效考核结果"]),
        (["--period", "2026-Q3"], ["0001-甲某-绩效考核结果", "0002-乙某-绩效考核结果", "部门-绩效考核结果汇总"]),
        (["--period", "2026-Q3", "--kind", "result", "--person", "甲某"], ["0001-甲某-绩效考核结果"]),
    ],
)
def test_options_choose(genplan: Callable, little: Callable, options: list[str], names: list[str]) -> None:
    little(TWO)
    ran = genplan("build", "--format", "html", *options)
    assert ran.code == 0
    assert [path.rpartition("/")[2] for path in written(Path("output"))] == [f"{name}.html" for name in names]


@pytest.mark.parametrize(
    ("options", "offered"),
    [
        (["--kind", "sheme"], "result, scheme, summary"),
        (["--person", "9999"], "0001, 0002"),
        (["--person", "丁某"], "0001, 0002"),
        (["--period", "2026-Q4"], "2026-Q3"),
        (["--kind", "scheme", "--person", "0001"], ""),
    ],
)
def test_an_option_that_matches_nothing_builds_nothing(genplan: Callable, little: Callable, options: list[str], offered: str) -> None:
    little(TWO)
    ran = genplan("build", *options)
    assert ran.code == 1
    assert "error[GP704]" in ran.err
    assert offered in ran.err
    assert not Path("output").exists()


def test_a_dry_run_lists_and_writes_nothing(genplan: Callable, little: Callable, workspace: Path) -> None:
    little(ONE + "0002,乙某,80,,\n")
    before = everything(workspace)
    ran = genplan("build", "--dry-run", "--format", "pdf,html")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        f"{stem}.{suffix}"
        for stem in ("little/no-period/scheme/部门-考核方案", "little/2026-Q3/result/0001-甲某-绩效考核结果")
        for suffix in ("pdf", "html")
    ]
    assert "GP405" in ran.err
    assert everything(workspace) == before


def test_one_format_is_enough(genplan: Callable, little: Callable) -> None:
    little(kinds="scheme")
    assert genplan("build", "--format", "html").code == 0
    (name,) = written(Path("output"))
    page = Path("output", name).read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "考核方案" in page
    assert "http://" not in page


def test_formats_are_a_list_with_commas(genplan: Callable, little: Callable) -> None:
    little(kinds="scheme")
    assert genplan("build", "--format", "docx, html ,docx").code == 0
    assert [name.rpartition(".")[2] for name in written(Path("output"))] == ["docx", "html"]


def test_output_may_be_elsewhere(genplan: Callable, little: Callable, tmp_path: Path) -> None:
    little(kinds="scheme")
    ran = genplan("build", "--format", "html", "--output", tmp_path / "别处" / "a")
    assert ran.code == 0
    assert written(tmp_path / "别处" / "a") == ["little/no-period/scheme/部门-考核方案.html"]
    assert (tmp_path / "别处" / "a" / "index.html").is_file()
    assert not Path("output").exists()
    assert "../别处/a/index.html" in ran.err


def test_a_plan_outside_a_workspace_is_built_where_one_is(
    genplan: Callable, little: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    little(kinds="scheme").rename(alone / "little.md")
    text = (alone / "little.md").read_text("utf-8")
    (alone / "little.md").write_text("".join(line for line in text.splitlines(keepends=True) if not line.startswith("results:")), "utf-8")
    monkeypatch.chdir(alone)
    assert genplan("build", "little.md", "--format", "html").code == 0
    assert written(alone / "output") == ["little/no-period/scheme/部门-考核方案.html"]


def test_what_was_built_before_stays_on_the_page(genplan: Callable, little: Callable) -> None:
    little(TWO)
    genplan("build", "--format", "html", "--person", "甲某")
    genplan("build", "--format", "html", "--person", "乙某")
    page = Path("output/index.html").read_text("utf-8")
    assert "甲某" in page
    assert "乙某" in page


def test_a_plan_with_errors_stops_no_other(genplan: Callable, little: Callable) -> None:
    little(kinds="scheme")
    Path("plans/bad.md").write_text(Path("plans/little.md").read_text("utf-8").replace("60%", "70%"), encoding="utf-8")
    Path("plans/worse.md").write_text("nothing", encoding="utf-8")
    ran = genplan("build", "--format", "html")
    assert ran.code == 1
    assert written(Path("output")) == ["little/no-period/scheme/部门-考核方案.html"]
    assert "plans/bad.md:7:" in ran.err
    assert "error[GP301]" in ran.err
    assert "plans/worse.md:1:1: error[GP003]" in ran.err
    assert "failed bad/no-period/scheme/部门-考核方案: the plan has errors" in ran.err


def test_people_whose_files_would_be_one_are_left_out(genplan: Callable, little: Callable) -> None:
    little("a1,甲某,80,90,\nA1,甲某,70,60,\n0003,丙某,1,1,\n", kinds="result")
    ran = genplan("build", "--format", "html")
    assert ran.code == 1
    assert "error[GP701]" in ran.err
    assert written(Path("output")) == ["little/2026-Q3/result/0003-丙某-绩效考核结果.html"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_destroys_nothing(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    little()
    assert genplan("build", "--format", "pdf").code == 0
    before = {path: data for path, data in everything(Path("output")).items() if ".genplan" not in str(path)}

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, step, full)
    little(ONE.replace("80", "81"))
    ran = genplan("build", "--format", "pdf", "--jobs", "0")
    assert ran.code == 1
    assert "error[GP702]" in ran.err
    assert os.strerror(errno.ENOSPC) in ran.err
    assert "failed little/2026-Q3/result/0001-甲某-绩效考核结果: GP702" in ran.err
    assert {path: data for path, data in everything(Path("output")).items() if ".genplan" not in str(path)} == before


def test_a_file_in_the_output_folders_place(genplan: Callable, little: Callable) -> None:
    little(kinds="scheme")
    Path("output").write_text("mine")
    ran = genplan("build", "--format", "html")
    assert ran.code == 1
    assert "error[GP702]" in ran.err
    assert Path("output").read_text() == "mine"


@pytest.mark.parametrize("register", ["[" * 100_000, '[{"path": 5}]', "\x00", "{}"])
def test_a_damaged_register_is_passed_over(genplan: Callable, little: Callable, register: str) -> None:
    little(kinds="scheme")
    Path("output/.genplan").mkdir(parents=True)
    Path("output/.genplan/register.json").write_text(register)
    assert genplan("build", "--format", "html").code == 0
    assert "部门-考核方案" in Path("output/index.html").read_text("utf-8")


@pytest.mark.parametrize("damage", [b"", b"junk" * 1000, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_manifest_is_made_anew(genplan: Callable, little: Callable, damage: bytes) -> None:
    little(kinds="scheme")
    manifest = Path("output/.genplan/manifest.sqlite")
    manifest.parent.mkdir(parents=True)
    manifest.write_bytes(damage)
    assert "built little" in genplan("build", "--format", "html").err
    assert "built little" not in genplan("build", "--format", "html").err


@pytest.mark.parametrize(
    ("epoch", "day"), [("", "2000-01-01"), ("0", "1970-01-01"), ("1767225599", "2025-12-31"), ("1767225600", "2026-01-01")]
)
def test_documents_without_a_date_of_their_own_take_the_one_of_the_environment(
    genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch, epoch: str, day: str
) -> None:
    path = little(kinds="scheme")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert genplan("build", "--format", "html").code == 0
    (name,) = written(Path("output"))
    assert f'"dcterms.created" content="{day}T00:00:00Z"' in Path("output", name).read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace("schema: 1", "schema: 1\nissued: 2026-06-15"), encoding="utf-8")
    assert genplan("build", "--format", "html").code == 0
    assert '"dcterms.created" content="2026-06-15T00:00:00Z"' in Path("output", name).read_text("utf-8")


@pytest.mark.parametrize("epoch", ["yesterday", "9" * 20, "9" * 5000, "²", "1.5"])
def test_a_date_that_is_none_is_wrong_usage(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    little(kinds="scheme")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    ran = genplan("build", "--format", "html")
    assert ran.code == 2
    assert "SOURCE_DATE_EPOCH" in ran.err
    assert not Path("output").exists()


def test_a_workspace_is_built_from_any_folder_inside(
    genplan: Callable, little: Callable, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    little(kinds="scheme")
    monkeypatch.chdir(workspace / "plans" / "results")
    ran = genplan("build", "--format", "html")
    assert ran.code == 0
    assert written(workspace / "output") == ["little/no-period/scheme/部门-考核方案.html"]
    assert "../../output/index.html" in ran.err


def test_more_plans_than_files_may_be_open(genplan: Callable, little: Callable) -> None:
    resource = pytest.importorskip("resource")
    one = little(kinds="notice")
    for number in range(80):
        one.with_name(f"plan{number}.md").write_text(one.read_text("utf-8"), "utf-8")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, limits[1]))
    try:
        done = genplan("build", "--format", "html")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert done.code == 0, done.err
    assert len(list(Path("output").glob("plan*/2026-Q3/notice/*.html"))) == 80
