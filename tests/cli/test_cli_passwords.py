"""Passwords stand in the results file and lock documents, and nothing that genplan says or writes shows one, whatever is wrong."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from planted import FILES

from genplan.documents.jobs import Job
from genplan.execution.cluster.parcels import Parcel
from genplan.execution.limits import DEFAULT_LIMITS
from genplan.people.read_people import read_people
from genplan.people.readers import read_table
from genplan.plan.load import PlanFile, load_plan
from genplan.plan.periods import parse_period
from genplan.theme.spec import NOWHERE
from genplan.writers.options import DEFAULTS

PLAN = """\
---
schema: 1
title: 方案
department: 部门
documents: [result]
indicators:
  - {name: 甲, weight: 60%, scoring: direct}
  - {name: 乙, weight: 40%, scoring: direct}
grades:
  - {name: 好, from: 60}
  - {name: 差, from: 0}
results: results/*.*
---
"""
SHAPES: dict[str, Callable[[int], str]] = {
    "letters and digits": lambda n: f"Zq{n:03}Vex{n:03}H{n:03}",
    "with signs": lambda n: f"k{n:03}-R{n:03}!q{n:03}",
}
WINDOW = 7
"""So many characters of a password in a row are a part of it that tells."""


@pytest.fixture(params=SHAPES)
def planted(request: pytest.FixtureRequest, team: Path) -> dict[str, str]:
    return plant(team, SHAPES[request.param])


@pytest.fixture
def planted_once(team: Path) -> dict[str, str]:
    return plant(team, SHAPES["letters and digits"])


def plant(team: Path, shape: Callable[[int], str]) -> dict[str, str]:
    """Put every file among the results of a plan, each of a month of its own and with a password of its own; give what is where."""
    (team / "plans" / "plan.md").write_text(PLAN, "utf-8")
    held: dict[str, str] = {}
    names = [(suffix, name) for suffix, files in FILES.items() for name in files]
    for number, (suffix, name) in enumerate(names):
        password = shape(number)
        held[password] = f"{suffix}: {name}"
        path = team / "plans" / "results" / f"{2001 + number // 12}-{number % 12 + 1:02}.{suffix}"
        path.write_bytes(FILES[suffix][name](password))
    return held


def leaks(text: str, planted: dict[str, str]) -> list[str]:
    """List what of the passwords stands in a text: the file, and the line."""
    found = []
    for password, where in planted.items():
        parts = {password[at : at + WINDOW] for at in range(len(password) - WINDOW + 1)}
        lines = [line for line in text.split("\n") if any(part in line for part in parts)] if any(part in text for part in parts) else []
        found += [f"{where}: {line[:300]}" for line in lines]
    return found


def written(folder: Path) -> Iterator[tuple[str, str]]:
    """Give what stands in every file that is not locked, and in the parts of those that are archives."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            yield str(path), data.decode("utf-8", "replace") + data.decode("utf-16-le", "replace")
            if zipfile.is_zipfile(io.BytesIO(data)):
                with zipfile.ZipFile(io.BytesIO(data)) as archive:
                    yield from ((f"{path}/{name}", archive.read(name).decode("utf-8", "replace")) for name in archive.namelist())


CHECKS = (("-v", "check"), ("check", "--format", "json"), ("check", "--format", "sarif"))
SCORES = (("--format", "json"), ("--format", "csv"), ("--trace",), ("--person", "nobody"))


def test_no_message_shows_a_password(planted: dict[str, str], genplan: Callable) -> None:
    said = [genplan(*arguments) for arguments in CHECKS]
    said += [genplan("-v", "score", "plans/plan.md", *options) for options in SCORES]
    assert [leak for ran in said for leak in leaks(ran.out + ran.err, planted)] == []
    assert "GP406" in said[0].err
    assert "GP431" in said[0].err
    assert "GP432" in said[0].err


def test_results_named_on_the_command_line_show_none(planted_once: dict[str, str], genplan: Callable, team: Path) -> None:
    files = sorted((team / "plans" / "results").iterdir())
    options = [option for path in files for option in ("--results", path)] + ["--against", files[0]]
    ran = genplan("-v", "score", "plans/plan.md", *options)
    people = [option for path in files for option in ("--people", path)]
    sheet = genplan("-v", "sheet", "plans/plan.md", *people, "--output", "sheet.xlsx")
    assert leaks(ran.out + ran.err + sheet.out + sheet.err, planted_once) == []


def test_nothing_that_is_written_shows_a_password(
    planted_once: dict[str, str], genplan: Callable, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = team / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    built = genplan("-v", "build", "--format", "docx,html")
    others = [genplan("build", "--dry-run"), genplan("build", "--why", "output/plan.docx")]
    assert leaks("\n".join(ran.out + ran.err for ran in (built, *others)), planted_once) == []
    names = "\n".join(str(path) for path in (team / "output").rglob("*"))
    assert leaks(names, planted_once) == []
    files = {**dict(written(team / "output")), **dict(written(scratch))}
    assert [f"{name}: {leak}" for name, text in files.items() for leak in leaks(text, planted_once)] == []
    assert sum(name.endswith(".docx") for name in files) > 50, "hardly anything was built"


SECRET = "Zq7VexHunter42"


def test_a_bug_is_reported_without_what_its_exceptions_say(team: Path, genplan: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        try:
            {}[SECRET]
        except KeyError as error:
            raise ValueError(f"no such password: {SECRET}") from error

    monkeypatch.setattr("genplan.workspace.session.assess", fail)
    for options in ((), ("-v",)):
        ran = genplan(*options, "check", bug=True)
        assert "ValueError" in ran.err
        assert SECRET not in ran.err
    assert "test_cli_passwords.py" in ran.err
    assert "KeyError" in ran.err


def test_what_is_held_of_people_does_not_tell_their_passwords(team: Path, plan_file: PlanFile) -> None:
    """Logs, and lists that debuggers and clusters print, show objects as their `repr`."""
    text = f"工号,姓名,打开密码,甲,乙\n0001,甲某,{SECRET},80,90\n"
    table = read_table(text.encode(), "2026-Q3.csv").value
    people = read_people(table, plan_file, parse_period("2026-Q3")).value
    job = Job("a", "result", NOWHERE, "zh-CN", {}, date(2026, 7, 1), ("pdf",), DEFAULTS, "", "", people[0].password)
    parcel = Parcel("build", 1, "", DEFAULT_LIMITS, "", (job,), ((None, None),))
    assert people[0].password == SECRET
    for held in (table, people, job, parcel):
        assert SECRET not in repr(held)


@pytest.fixture
def plan_file(team: Path) -> PlanFile:
    plan = load_plan(team / "plans" / "plan.md", "plans/plan.md").value
    assert plan is not None
    return plan
