"""The fuzzer: it runs every target, and sees each kind of fault when one is planted in genplan."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scripts import ROOT, load

fuzz = load("tools/fuzz.py")
Ran = sys.modules["fuzzing.runner"].Ran
PLAN = """\
---
schema: 1
title: 方案
department: 部门
documents: [summary]
indicators: [{name: 甲, weight: 60%, scoring: direct}, {name: 乙, weight: 40%, target: 80, scoring: ratio}]
results: results/*.csv
---
"""
PLANTED = """
import genplan.cli.check, genplan.cli.score_formats, genplan.diagnostics.model, genplan.people.readers
import fuzzing.server
from dataclasses import replace
from pathlib import Path
from genplan.diagnostics import Span

fuzzing.server.CPU_SECONDS = 2
kept = []

def said(word):
    return any(word in file.read_text("utf-8") for file in Path("results").glob("*.csv"))

def read(data, file, sought):
    text = data.decode("utf-8", "replace")
    if "raises" in text:
        raise ZeroDivisionError
    if "hangs" in text:
        while True:
            pass
    if "eats" in text and not kept:
        kept.append(b"x" * (600 << 20))
    (outcome,) = original(data.replace(b"changes,90", b"changes,89"), file, sought)
    change = {
        "dumb": lambda d: replace(d, help=""),
        "misplaced": lambda d: replace(d, span=Span(d.span.file, 99)),
        "nowhere": lambda d: replace(d, span=Span("no.csv", 1)),
        "column": lambda d: replace(d, span=Span(d.span.file, 1, 99)),
        "before": lambda d: replace(d, span=Span(d.span.file, 1, 0)),
        "random": lambda d: replace(d, message=f"{d.message} {hash('a')}"),
    }
    for word, make in change.items():
        if word in text:
            outcome = outcome._replace(diagnostics=[make(d) for d in outcome.diagnostics])
    return [outcome]

original = genplan.people.readers.READERS[".csv"]
genplan.people.readers.READERS[".csv"] = read
has_errors = genplan.cli.check.has_errors
genplan.cli.check.has_errors = lambda found: has_errors(found) and not said("lenient")
rounded = genplan.cli.score_formats.plain_number
line = genplan.cli.score_formats._json_line
genplan.cli.score_formats._json_line = lambda *given: line(*given) | ({"weighted": "1"} if said("adds") else {})
"""
WRONG = "0002,某乙,80,80,超出\n"
"""A row that is longer than the header, which is an error."""


@pytest.fixture(scope="module")
def fuzzer() -> Iterator[Any]:
    made = fuzz.Fuzzer(PLANTED)
    yield made
    made.close()


def faults(fuzzer: Any, name: str, rest: str = "") -> set[str]:
    """Run a workspace with a person of this name, in everything that is asked of the CSV target."""
    files = {"genplan.yml": b"schema: 1\nplans: .\n", "plan.md": PLAN.encode()}
    files["results/2026-Q3.csv"] = f"工号,姓名,甲,乙\n0001,{name},90,80\n{rest}".encode()
    findings, _ = fuzzer.examine(fuzzer.table["csv"], files, whole=True)
    return {finding.fault for finding in findings}


@pytest.mark.parametrize("rest", ["", WRONG])
def test_what_is_right_is_no_finding(fuzzer: Any, rest: str) -> None:
    assert faults(fuzzer, "某甲", rest) == set()


@pytest.mark.parametrize(
    ("planted", "rest", "fault"),
    [
        ("raises", "", "check: exit 3: "),
        ("hangs", "", "ended with -24: "),
        ("eats", "", "memory beyond 512 MiB"),
        ("changes", "", "score: actual is not the cell's"),
        ("adds", "", "score: sum"),
        ("lenient", WRONG, "check: exit 0 against the diagnostics"),
        ("lenient", WRONG, "score: fails where check is clean: GP412"),
        ("dumb", WRONG, "GP412: without message or help"),
        ("misplaced", WRONG, "GP412: line outside its file"),
        ("nowhere", WRONG, "GP412: place in no file"),
        ("column", WRONG, "GP412: column outside its line"),
        ("before", WRONG, "sarif: place"),
        ("random", WRONG, "check: differs from run to run"),
    ],
)
def test_a_fault_is_found(fuzzer: Any, planted: str, rest: str, fault: str) -> None:
    found = faults(fuzzer, planted, rest)
    assert any(each.startswith(fault) for each in found), found


@pytest.mark.parametrize("text", ["\x07", "a\x1b[2J", "\x9b", "\u202e"])
def test_what_commands_a_terminal_is_found(text: str) -> None:
    for ran in (Ran(["-v", "score"], 0, text, ""), Ran(["-v", "score"], 0, "", text)):
        (finding,) = fuzz.judge({}, fuzz.Outcome((ran,)))
        assert "control character" in finding.fault


def test_a_fault_is_met_and_its_input_made_simple(fuzzer: Any) -> None:
    """Names of people are among what is put in; the fault needs one word of them."""
    target = fuzzer.table["csv"]
    target.samples[:] = [
        {"genplan.yml": b"plans: .\n", "plan.md": PLAN.encode(), "results/2026-Q3.csv": "工号,姓名,甲,乙\n1,raises,90,80\n".encode()}
    ]
    tally = fuzzer.fuzz("csv", "1", 20)
    (fault, *_) = [fault for fault in tally.findings if fault.startswith("check: exit 3")]
    assert b"raises" in tally.findings[fault][1]["results/2026-Q3.csv"]


def test_every_target_runs() -> None:
    sound = fuzz.Fuzzer()
    for name in sound.table:
        tally = sound.fuzz(name, "1", 1)
        assert tally.inputs > 0, name
        assert not tally.findings, name
    sound.close()


def test_command(tmp_path: Path) -> None:
    command = [sys.executable, ROOT / "tools" / "fuzz.py", "2", "--seed", "7", "--target", "settings", "--keep", tmp_path]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.startswith("seed 7\n")
    assert ran.stdout.splitlines()[-1].endswith(" inputs, 0 findings")
