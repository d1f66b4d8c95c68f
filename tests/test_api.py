"""What programs may use of genplan, as docs/api.md shows it."""

import subprocess
import sys
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import pytest

from genplan import api

PLAN = """\
---
schema: 1
title: 社群运营专员绩效考核方案
department: 社群运营部
indicators:
  - {name: 新增用户, weight: 60%, target: 500, unit: 人, scoring: {method: ratio, cap: 120%}}
  - {name: 满意度, weight: 40%, scoring: direct}
grades:
  - {name: 优秀, from: 90}
  - {name: 待改进, from: 0}
results: results/*.csv
---
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "plans/results").mkdir(parents=True)
    (tmp_path / "genplan.yml").write_text("plans: plans\n", "utf-8")
    (tmp_path / "plans/plan.md").write_text(PLAN, "utf-8")
    (tmp_path / "plans/results/2026-Q3.csv").write_text("工号,姓名,新增用户,满意度\n0001,测试甲,400,90\n0002,测试乙,600,x\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_is_wrong_is_given_with_its_place(folder: Path) -> None:
    found = api.check(["plans/plan.md"])
    assert [(each.code, each.span.file, each.span.line, each.span.cell) for each in found if each.severity is api.Severity.ERROR] == [
        ("GP406", "plans/results/2026-Q3.csv", 3, "满意度")
    ]


def test_scores_are_exact(folder: Path) -> None:
    cards = api.score(api.load())
    assert [(card.person.id, card.total) for card in cards] == [("0001", Fraction(84))]


def test_results_may_come_from_elsewhere(folder: Path) -> None:
    (folder / "2026-Q2.csv").write_text("工号,姓名,新增用户,满意度\n0003,测试丙,500,100\n", "utf-8")
    cards = api.score(api.load(["plans/plan.md"], results=[folder / "2026-Q2.csv"]))
    assert [(card.person.id, card.total) for card in cards] == [("0003", Fraction(100))]


@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>")])
def test_one_document_is_rendered_and_nothing_written(folder: Path, form: str, start: bytes) -> None:
    session = api.load()
    before = sorted(folder.rglob("*"))
    document = next(each for each in api.documents(session) if each.kind.name == "result" and not each.lacking)
    data, found = api.render(session, document, form)
    assert data is not None
    assert data.startswith(start)
    assert not api.has_errors(found)
    assert sorted(folder.rglob("*")) == before


def test_a_document_that_cannot_be_made_says_why(folder: Path) -> None:
    session = api.load()
    document = next(each for each in api.documents(session) if each.kind.name == "result" and each.person and each.person.id == "0002")
    assert document.lacking
    assert api.render(session, document, "html").value is None


class Watcher:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.totals: list[int] = []
        self.built: list[str] = []

    def say(self, text: str) -> None:
        """Ignore it."""

    def follow(self, results: Iterable, total: int) -> Iterable:
        self.totals.append(total)
        for each in results:
            self.built += each.built
            yield each


def test_what_is_built_is_what_the_command_builds(folder: Path) -> None:
    watcher = Watcher()
    report = api.build(api.Request(formats=("html",), output=folder / "a"), progress=watcher)
    assert not report.ok
    assert report.finished
    assert [row[0] for row in report.rows] == ["plan"]
    assert watcher.built
    command = [sys.executable, "-m", "genplan", "build", "--format", "html", "--output", "b"]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 1
    files = {path.relative_to(folder / "a").as_posix(): path.read_bytes() for path in (folder / "a").rglob("*.html")}
    assert files
    assert files == {path.relative_to(folder / "b").as_posix(): path.read_bytes() for path in (folder / "b").rglob("*.html")}
    assert api.build(api.Request(formats=("html",), output=folder / "a")).rows[0][2] == "0"


def test_a_request_that_is_refused_has_no_report_of_documents(folder: Path) -> None:
    report = api.build(api.Request(filters={"person": ("9999",)}, formats=("html",)))
    assert not report.finished
    assert [each.code for each in report.diagnostics if each.code == "GP704"] == ["GP704"]
    assert not (folder / "output").exists()
