"""Files that a build leaves out though they are out of date: it says so, the page marks them, and --why and --prune agree."""

from collections.abc import Callable
from pathlib import Path

FEW = "0001,甲某,80,90,\n0002,乙某,70,80,\n"
MARK = "已过期"


def correct(workspace: Path) -> None:
    (path,) = workspace.glob("plans/results/little/*.csv")
    path.write_text(path.read_text("utf-8").replace("80,90", "85,90"), "utf-8")


def page(workspace: Path) -> str:
    return (workspace / "output" / "index.html").read_text("utf-8").partition("<noscript>")[2].partition("</noscript>")[0]


def test_an_edition_that_is_left_out(genplan: Callable, little: Callable, workspace: Path) -> None:
    little(FEW, kinds="result")
    assert genplan("build", "--format", "html", "--edition", "employee").code == 0
    assert "GP725" not in genplan("build", "--format", "html").err
    correct(workspace)
    # One person's score changed: the other's place among all did not, nor did their documents.
    for _ in range(2):
        ran = genplan("build", "--format", "html", "--prune")
        assert ran.code == 0
        assert ran.err.count("warning[GP725]: 1 file is out of date") == 1
        assert "employee/result/0001-" in ran.err
        assert page(workspace).count(MARK) == 1
    (old,) = workspace.glob("output/little/*/employee/result/0001-*.html")
    told = genplan("build", "--why", str(old)).out
    assert "will be built with --edition employee:" in told
    assert genplan("build", "--format", "html", "--edition", "employee").code == 0
    ran = genplan("build", "--format", "html")
    assert "GP725" not in ran.err
    assert MARK not in page(workspace)


def test_a_format_and_a_person_that_are_left_out(genplan: Callable, little: Callable, workspace: Path) -> None:
    little(FEW, kinds="result")
    assert genplan("build", "--format", "html,docx").code == 0
    correct(workspace)
    ran = genplan("build", "--format", "html")
    assert "1 file is out of date" in ran.err
    assert ".docx" in ran.err
    assert "GP725" not in genplan("build", "--format", "html,docx").err
    little(FEW, kinds="result")
    ran = genplan("build", "--format", "html,docx", "--person", "0002")
    assert "2 files are out of date" in ran.err
    assert genplan("build", "--format", "html,docx").err.count("GP725") == 0


def test_another_look_alone_is_not_reported(genplan: Callable, little: Callable) -> None:
    little(FEW, kinds="result")
    assert genplan("build", "--format", "html", "--edition", "employee", "--theme", "official").code == 0
    assert "GP725" not in genplan("build", "--format", "html").err
