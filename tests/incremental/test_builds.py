"""What a build reads again, and what it tells again without reading, of two plans that lie side by side."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from genplan import api
from genplan.execution import build as building
from genplan.incremental.build_inputs import Inputs
from genplan.incremental.manifest import Manifest
from genplan.workspace import session

PLAN = """\
---
schema: 1
extends: _base.md
title: 方案
documents: [scheme, result]
indicators:
  - {name: 甲, weight: 60%, scoring: direct}
  - {name: 乙, weight: 40%, scoring: direct}
results: results/NAME/*.csv
---
# 考核目的

![图](NAME.png)
"""
PEOPLE = "工号,姓名,甲,乙\n0001,甲某,80,90\n0002,乙某,70,60\n"


@dataclass
class Builds:
    """Builds in the current folder; notes the plans that the last build read."""

    read: list[str]

    def __call__(self, **options: object) -> api.BuildReport:
        self.read.clear()
        report = api.build(api.Request(formats=("html",), jobs=0, **options))
        assert report.finished
        return report


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Builds:
    """A workspace of two plans, that extend one file and have results and a picture each, and what builds it."""
    monkeypatch.chdir(tmp_path)
    Path("pictures").mkdir()
    Path("genplan.yml").write_text("schema: 1\npeople: people.csv\n", "utf-8")
    Path("people.csv").write_text("工号,姓名\n0001,甲某\n0002,乙某\n", "utf-8")
    for name in ("one", "two"):
        Path("plans/results", name).mkdir(parents=True)
        Path("plans/results", name, "2026-Q3.csv").write_text(PEOPLE, "utf-8")
        Path("plans", f"{name}.md").write_text(PLAN.replace("NAME", name), "utf-8")
        Image.new("RGB", (4, 4)).save(f"pictures/{name}.png")
    Path("plans/_base.md").write_text("---\nschema: 1\ndepartment: 部门\n---\n", "utf-8")
    read: list[str] = []
    assess = session.assess

    def noted(path: Path, *rest: object, **options: object) -> object:
        read.append(path.name)
        return assess(path, *rest, **options)

    monkeypatch.setattr(session, "assess", noted)
    return Builds(read)


def texts(report: api.BuildReport) -> list[str]:
    return [f"{each.span} {each.code}: {each.message}" for each in report.diagnostics]


def edit(name: str, old: str, new: str) -> None:
    path = Path(name)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_where_nothing_has_changed_nothing_is_read_and_the_same_is_told(build: Builds, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build()
    assert first.ok
    assert first.rows == [["one", "3", "3", "0", "0"], ["two", "3", "3", "0", "0"]]
    monkeypatch.setattr(building, "read_plans", None)
    again = build()
    assert again.rows == [["one", "3", "0", "3", "0"], ["two", "3", "0", "3", "0"]]
    assert texts(again) == texts(first)
    assert (again.ok, again.skipped, again.output, again.page) == (True, first.skipped, "output", "output/index.html")


def test_what_a_plan_alone_is_made_from_has_that_plan_read(build: Builds) -> None:
    build()
    build()
    assert build.read == []
    for name, old, new in (
        ("plans/one.md", "方案", "新方案"),
        ("plans/results/one/2026-Q3.csv", "80,90", "81,90"),
    ):
        edit(name, old, new)
        report = build()
        assert build.read == ["one.md"], name
        assert report.rows[1] == ["two", "3", "0", "3", "0"]
    Path("plans/results/one/2026-Q4.csv").write_text(PEOPLE, "utf-8")
    assert build().rows[0] == ["one", "5", "2", "3", "0"]
    assert build.read == ["one.md"]
    Image.new("RGB", (5, 4)).save("pictures/two.png")
    assert build().rows[1] == ["two", "3", "1", "2", "0"]
    assert build.read == ["two.md"]


@pytest.mark.parametrize(
    ("name", "old", "new", "built"),
    [
        ("plans/_base.md", "部门", "社群部", "3"),
        ("people.csv", "工号", "编号", "0"),
        ("genplan.yml", "schema: 1", "schema: 1\npictures: pictures", "0"),
    ],
)
def test_what_all_plans_are_made_from_has_all_read(build: Builds, name: str, old: str, new: str, built: str) -> None:
    build()
    edit(name, old, new)
    assert [row[2] for row in build().rows] == [built, built]
    assert build.read == ["one.md", "two.md"]
    build()
    assert build.read == []


def test_a_template_that_is_laid_over_has_all_read(build: Builds) -> None:
    build()
    Path("templates/kinds").mkdir(parents=True)
    Path("templates/kinds/result.html.j2").write_text('{% extends "builtin/kinds/result.html.j2" %}', "utf-8")
    assert [row[2] for row in build().rows] == ["2", "2"]
    assert build.read == ["one.md", "two.md"]


def test_a_file_that_is_no_longer_as_it_was_built_has_its_plan_read(build: Builds) -> None:
    build()
    (file,) = Path("output").glob("two/*/result/0002-*.html")
    file.unlink()
    assert [row[2] for row in build().rows] == ["0", "1"]
    assert build.read == ["two.md"]
    assert file.is_file()


def test_a_plan_with_an_error_is_read_until_it_is_mended(build: Builds) -> None:
    edit("plans/results/one/2026-Q3.csv", "80,90", "x,90")
    for _ in range(2):
        report = build()
        assert not report.ok
        assert "GP406" in [each.code for each in report.diagnostics]
        assert set(build.read) == {"one.md", "two.md"}
    edit("plans/results/one/2026-Q3.csv", "x,90", "80,90")
    assert build().ok
    build()
    assert build.read == []


def test_what_was_read_and_nothing_accounts_for_is_read_again(build: Builds, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as forgetful:
        forgetful.setattr(Inputs, "reading", lambda self, *_: self)
        build()
    build()
    assert set(build.read) == {"one.md", "two.md"}


def test_another_request_is_answered_for_itself(build: Builds) -> None:
    build()
    build(language="en")
    assert build.read == ["one.md", "two.md"]
    build()
    assert build.read == ["one.md", "two.md"]


def test_files_whose_person_is_gone_are_told_of_until_they_are_removed(build: Builds) -> None:
    build()
    edit("plans/results/one/2026-Q3.csv", "0002,乙某,70,60\n", "")
    (file,) = Path("output").glob("one/*/result/0002-*.html")
    path = file.relative_to("output").as_posix()
    for _ in range(2):
        assert f"output GP721: the source of 1 file no longer exists: {path}" in texts(build())
    Path("plans/results/two/2026-Q4.csv").write_text(PEOPLE, "utf-8")
    assert f"output GP721: the source of 1 file no longer exists: {path}" in texts(build())
    assert build.read == ["two.md"]
    with Manifest(Path("output")) as manifest:
        assert path in manifest.stats()
    assert "GP721" not in [each.code for each in build(prune=True).diagnostics]
    assert not file.exists()
    with Manifest(Path("output")) as manifest:
        assert path not in manifest.stats()
    assert file.parent.is_dir()


def test_files_of_a_plan_that_is_gone_are_told_of_where_all_plans_are_built(build: Builds) -> None:
    build()
    Path("plans/one.md").rename("plans/_one.md")
    assert "GP721" not in [each.code for each in build(plans=(Path("plans/two.md"),)).diagnostics]
    assert any(text.startswith("output GP721: the source of 3 files no longer exists: one/") for text in texts(build()))


def test_files_that_a_build_leaves_out_are_told_of_where_their_data_changed(build: Builds) -> None:
    build()
    edit("plans/results/one/2026-Q3.csv", "80,90", "81,90")
    for _ in range(2):
        found = [text for text in texts(build(filters={"person": ("0002",)})) if "GP725" in text]
        assert len(found) == 1
        assert "1 file is out of date" in found[0]
        assert "0001-甲某" in found[0]
    edit("plans/results/one/2026-Q3.csv", "81,90", "80,90")
    assert "GP725" not in [each.code for each in build(filters={"person": ("0002",)}).diagnostics]


def test_plans_that_come_to_share_a_folder_are_read_together(build: Builds) -> None:
    build()
    edit("plans/two.md", "schema: 1", "schema: 1\nid: one")
    build()
    assert set(build.read) == {"one.md", "two.md"}


def test_without_a_workspace_results_are_looked_for_in_the_folder_of_the_plan(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    for path in (folder / "plan.md", folder / "here.csv", tmp_path / "there.csv"):
        path.write_text("1", "utf-8")
    plan = folder / "plan.md"
    inputs = Inputs(None, (plan,), (), ("html",), results={str(plan): ["*.csv", "../*.csv"]})
    assert sorted(Path(path).name for path in inputs.files()) == ["here.csv", "plan.md"]
