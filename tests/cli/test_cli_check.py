"""`genplan check`: every problem at once, for people and for machines."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

BROKEN = """\
---
schema: 1
title: 方案
department: 部门
indicatrs: []
cycle: fortnightly
indicators:
  - {name: 甲, weight: 50%, scoring: direct}
  - {name: 乙, weight: 40%, scoring: directly}
---
"""


@pytest.fixture
def broken(workspace: Path) -> Path:
    (workspace / "plans" / "坏 方案.md").write_text(BROKEN, encoding="utf-8")
    return Path("plans/坏 方案.md")


def test_all_problems_are_told_at_once_with_place_and_cure(genplan: Callable, broken: Path) -> None:
    ran = genplan("check")
    assert ran.code == 1
    assert ran.out == ""
    for place, code in [("5:1", "GP201"), ("6:8", "GP204"), ("9:", "GP204")]:
        assert f"plans/坏 方案.md:{place}" in ran.err
        assert f"error[{code}]" in ran.err
    assert "did you mean" in ran.err
    assert "    5 | indicatrs: []\n      | ^^^^^^^^^" in ran.err
    assert "3 errors" in ran.err


def test_problems_are_told_in_the_order_of_their_places(genplan: Callable, broken: Path) -> None:
    rows = json.loads(genplan("check", "--format", "json").out)["diagnostics"]
    assert [row["line"] for row in rows if "坏" in row["file"]] == sorted(row["line"] for row in rows if "坏" in row["file"])


def test_paths_limit_what_is_checked(genplan: Callable, broken: Path, plan: Path) -> None:
    assert genplan("check", plan).code == 0
    assert genplan("check", broken).code == 1
    assert genplan("check", plan, broken).code == 1
    assert genplan("check", "plans").code == 1


def test_a_sound_workspace_is_counted(genplan: Callable, workspace: Path) -> None:
    ran = genplan("check")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith("\n1 plan and 13 results checked: no errors\n")
    assert genplan("-q", "check").err == ""


def test_notes_show_only_when_asked_for(genplan: Callable, workspace: Path) -> None:
    assert "GP305" not in genplan("check").err
    assert "note[GP305]" in genplan("-v", "check").err


def test_quiet_keeps_errors_only_and_strict_makes_them(genplan: Callable, little: Callable) -> None:
    path = little()
    path.write_text(path.read_text("utf-8").replace("results:", "publication: open\nresults:"), encoding="utf-8")
    ran = genplan("check")
    assert ran.code == 0
    assert "warning[GP340]" in ran.err
    assert "GP340" not in genplan("-q", "check").err
    ran = genplan("-q", "check", "--strict")
    assert ran.code == 1
    assert "error[GP340]" in ran.err
    assert json.loads(genplan("check", "--strict", "--format", "json").out)["diagnostics"][0]["severity"] == "error"


def test_json_holds_what_the_text_does(genplan: Callable, broken: Path) -> None:
    ran = genplan("check", broken, "--format", "json")
    assert ran.code == 1
    assert ran.err == ""
    rows = json.loads(ran.out)["diagnostics"]
    first = rows[0]
    assert (first["code"], first["file"], first["line"], first["column"]) == ("GP201", "plans/坏 方案.md", 5, 1)
    assert all(row["message"] and row["severity"] in {"error", "warning", "note"} for row in rows)


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_data_is_whole_where_nothing_was_found(genplan: Callable, little: Callable, form: str) -> None:
    little()
    ran = genplan("check", "--format", form)
    assert (ran.code, ran.err) == (0, "")
    data = json.loads(ran.out)
    assert (data["diagnostics"] if form == "json" else data["runs"][0]["results"]) == []


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_data_is_whole_where_even_the_workspace_cannot_be_read(genplan: Callable, workspace: Path, form: str) -> None:
    (workspace / "genplan.yml").write_text("- x\n")
    ran = genplan("check", "--format", form)
    assert ran.code == 1
    assert "GP705" in ran.out
    json.loads(ran.out)


def test_sarif_points_at_every_place(genplan: Callable, broken: Path) -> None:
    log = json.loads(genplan("check", "--format", "sarif").out)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        for location in (*result["locations"], *result["relatedLocations"]):
            physical = location["physicalLocation"]
            assert physical["artifactLocation"]["uri"].isascii()
            assert " " not in physical["artifactLocation"]["uri"]
            assert all(value >= 1 for value in physical.get("region", {}).values())
    uris = {unquote(r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) for r in run["results"]}
    assert "plans/坏 方案.md" in uris


def test_a_cell_is_a_place_too(genplan: Callable, little: Callable) -> None:
    little("0001,甲某,800,90,\n")
    (row,) = json.loads(genplan("check", "--format", "json").out)["diagnostics"]
    assert (row["file"], row["line"], row["cell"]) == ("plans/results/little/2026-Q3.csv", 2, "甲")
    (result,) = json.loads(genplan("check", "--format", "sarif").out)["runs"][0]["results"]
    (location,) = result["locations"]
    assert location["logicalLocations"] == [{"fullyQualifiedName": "甲"}]
    assert location["physicalLocation"]["region"] == {"startLine": 2}


def test_places_are_named_from_where_one_stands(genplan: Callable, broken: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workspace / "plans" / "results")
    ran = genplan("check")
    assert "../坏 方案.md:5:1: error[GP201]" in ran.err
    assert "    5 | indicatrs: []" in ran.err


def test_nothing_to_check(genplan: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = genplan("check")
    assert ran.code == 1
    assert "GP007" in ran.err
    assert "genplan init" in ran.err


@pytest.mark.parametrize("name", ["missing.md", "x" * 5000, "plans/community-operations-specialist.md/x", "a\nb"])
def test_a_path_that_leads_nowhere(genplan: Callable, workspace: Path, name: str) -> None:
    ran = genplan("check", name)
    assert ran.code == 1
    assert "GP001" in ran.err


def test_a_path_that_is_no_text(workspace: Path) -> None:
    run = subprocess.run([sys.executable, "-m", "genplan", "check", b"\xff.md"], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 2
    assert "the argument `\\udcff.md` is no text" in run.stderr


def test_links_in_a_circle_lead_nowhere(genplan: Callable, workspace: Path) -> None:
    Path("circle").symlink_to("circle")
    assert "GP001" in genplan("check", "circle").err


def test_the_same_plan_id_twice(genplan: Callable, workspace: Path, plan: Path) -> None:
    (workspace / "plans" / "copy.md").write_text(plan.read_text("utf-8").replace("schema: 1 ", f"id: {plan.stem}\nschema: 1 "), "utf-8")
    ran = genplan("check")
    assert ran.code == 1
    assert "error[GP008]" in ran.err


def test_what_a_file_says_never_commands_the_terminal(genplan: Callable, workspace: Path) -> None:
    (workspace / "plans" / "evil.md").write_text("---\ntitle: \x1b[31mred\x07\u202eeman\nx\x1b]0;t\x07: 1\n---\n", encoding="utf-8")
    ran = genplan("check", "plans/evil.md")
    assert ran.code == 1
    assert not {"\x1b", "\x07", "\u202e"} & set(ran.err)
    assert "\ufffd[31mred" in ran.err


def test_lines_are_counted_as_editors_count_them(genplan: Callable, workspace: Path) -> None:
    (workspace / "plans" / "b.md").write_bytes(BROKEN.replace("\n", "\r\n").encode("utf-8-sig"))
    assert "    5 | indicatrs: []" in genplan("check", "plans/b.md").err


@pytest.mark.parametrize(("terminal", "environment", "coloured"), [(True, "", True), (True, "1", False), (False, "", False)])
def test_colour_is_for_terminals_that_want_it(
    genplan: Callable, broken: Path, monkeypatch: pytest.MonkeyPatch, *, terminal: bool, environment: str, coloured: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", environment)
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _: terminal)
    assert ("\x1b[31m" in genplan("check").err) == coloured
