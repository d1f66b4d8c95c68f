"""Whatever a command reads is a regular file, or is told at once: no pipe holds it up, and no device fills the memory."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from genplan.cli.report import Painter, text_report
from genplan.diagnostics import Span, diagnose

SOURCES = {
    "a plan": (["check"], "plans/plan.md", "plans/plan.md"),
    "a plan that is named": (["check", "plans/plan.md"], "plans/plan.md", "plans/plan.md"),
    "a further plan": (["check"], "plans/other.md", "plans/other.md"),
    "the plan of a score": (["score", "plans/plan.md"], "plans/plan.md", "plans/plan.md"),
    "results": (["check"], "plans/results/2026-Q3.csv", "plans/results/2026-Q3.csv"),
    "results beside others": (["check"], "plans/results/2026-Q4.csv", "plans/results/2026-Q4.csv"),
    "settings": (["check"], "genplan.yml", "genplan.yml"),
    "a brand": (["check"], "templates/brand.yml", "templates/brand.yml"),
    "a template": (["check"], "templates/kinds/result.html.j2", "templates/kinds/result.html.j2"),
    "a part": (["check"], "templates/parts/charts/bars.svg.j2", "templates/parts/charts/bars.svg.j2"),
    "a Word template": (["check"], "templates/kinds/result.docx", "templates/kinds/result.docx"),
    "a locale": (["check"], "templates/locales/en.yml", "templates/locales/en.yml"),
    "a style sheet": (["check"], "templates/styles/custom.css", "templates/styles/custom.css"),
    "a logo": (["check"], "templates/logo.png", "templates/logo.png"),
    "editions": (["check"], "templates/editions.yml", "templates/editions.yml"),
    "a build": (["build", "--format", "html"], "plans/results/2026-Q3.csv", "plans/results/2026-Q3.csv"),
    "the templates of a build": (["build", "--format", "html"], "templates/kinds/result.html.j2", "templates/kinds/result.html.j2"),
    "--results": (["score", "plans/plan.md", "--results", "x.csv"], "x.csv", "x.csv"),
    "--against": (["score", "plans/plan.md", "--against", "x.csv"], "x.csv", "x.csv"),
    "--people": (["sheet", "plans/plan.md", "--people", "x.csv"], "x.csv", "x.csv"),
    "a form": (["fields", "x.docx"], "x.docx", "x.docx"),
    "--before": (["brand", "preview", "--before", "x.yml"], "x.yml", "x.yml"),
}


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest, team: Path) -> tuple[list[str], Path, str]:
    """Stand in a workspace with results; give a command, a source of its that is still to be made, and its name in messages."""
    arguments, path, name = SOURCES[request.param]
    (team / "plans" / "results" / "2026-Q3.csv").write_text("工号,姓名,甲,乙\n0001,甲某,80,90\n", "utf-8")
    place = team / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    return arguments, place, name


@pytest.mark.parametrize("kind", ["pipe", "device", "dead link", "folder", "3 GiB"])
def test_every_source_is_a_regular_file(source: tuple[list[str], Path, str], kind: str, genplan: Callable) -> None:
    arguments, path, name = source
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "dead link":
        path.symlink_to("nowhere")
    elif kind == "folder":
        path.mkdir()
    else:
        with path.open("wb") as file:
            file.truncate(3 * 1024**3)
    code = {"pipe": "GP009", "device": "GP009", "3 GiB": "GP005"}.get(kind, "GP001")
    ran = genplan(*arguments)
    named = [option for option in arguments if option == name]
    if kind in {"folder", "dead link"} and named:
        assert ran.code in {1, 2}  # the options themselves refuse what is no file
        assert name in ran.err
        return
    codes = {"GP005", "GP418", "GP611"} if code == "GP005" else {code}
    assert ran.code == 1
    if kind == "device" and "results" in name:
        assert "GP420" in ran.err  # the link leads out of the workspace
        return
    assert any(f"{name}: error[{each}]" in ran.err for each in codes), ran.err


@pytest.mark.parametrize("form", ["html", "docx"])
def test_a_picture_that_is_a_pipe_is_told(form: str, little: Callable, genplan: Callable) -> None:
    plan = little(kinds="scheme")
    plan.write_text(plan.read_text("utf-8") + "# 考核目的\n\n![图](logo.png)\n", "utf-8")
    os.mkfifo("plans/logo.png")
    ran = genplan("build", "--format", form)
    assert "logo.png" in ran.err


@pytest.mark.parametrize("kind", ["pipe", "device", "3 GiB"])
def test_no_line_is_shown_of_what_is_no_file(kind: str, tmp_path: Path) -> None:
    """What was a plan when it was read may be something else when its line is to be shown."""
    path = tmp_path / "plan.md"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        with path.open("wb") as file:
            file.truncate(3 * 1024**3)
    report = text_report([diagnose("GP201", Span("plan.md", 1, 1), "unknown key `x`")], Painter(on=False), (tmp_path,))
    assert report == "plan.md:1:1: error[GP201]: unknown key `x`\n\n1 error"
