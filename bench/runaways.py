"""One document that hangs, one that eats memory and one whose process crashes, among many: three are reported, the rest is built.

Run: python bench/runaways.py [PEOPLE] (with genplan installed); 1,000 people unless stated.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil

PLAN = """\
---
schema: 1
title: 方案
department: 部门
documents: [result]
indicators: [{name: 甲, weight: 60%, scoring: direct}, {name: 乙, weight: 40%, scoring: direct}]
grades: [{name: 好, from: 60}, {name: 差, from: 0}]
results: results/*.csv
---
"""
RESULT = """\
{% extends "builtin/kinds/result.html.j2" %}
{% block content %}
{% if person.name == "慢某" %}{% for a in range(99999) %}{% for b in range(99999) %}{% set c = b %}{% endfor %}{% endfor %}{% endif %}
{% if person.name == "大某" %}{% for a in range(99999) %}{{ 'x' * 99999 }}{% endfor %}{% endif %}
{{ super() }}
{% endblock %}
"""


def workspace(root: Path, people: int) -> None:
    """Write a plan and its people, two of whom a template cannot bear."""
    (root / "plans" / "results").mkdir(parents=True)
    (root / "templates" / "kinds").mkdir(parents=True)
    (root / "genplan.yml").write_text("plans: plans\n", "utf-8")
    (root / "plans" / "plan.md").write_text(PLAN, "utf-8")
    (root / "templates" / "kinds" / "result.html.j2").write_text(RESULT, "utf-8")
    names = {people // 3: "慢某", people // 2: "大某"}
    rows = "".join(f"{n:05},{names.get(n, '某人')},{n % 60 + 40},80\n" for n in range(people))
    (root / "plans" / "results" / "2026-Q3.csv").write_text(f"工号,姓名,甲,乙\n{rows}", "utf-8")


def crash_one(build: int) -> None:
    """End a process that is making a document the way a fault in a library ends it."""
    workers = [child for child in psutil.Process(build).children(recursive=True) if not child.children() and child.cpu_times().user > 0]
    youngest = max(workers, key=lambda worker: worker.create_time())
    youngest.send_signal(signal.SIGSEGV)


def main() -> None:
    """Build, crash a worker on the way, and count."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        workspace(root, people)
        command = [sys.executable, "-m", "genplan", "build", "--format", "html", "--time-limit", "10", "--memory-limit", "512"]
        environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
        process = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True, env=environment)
        assert process.stderr is not None
        said: list[str] = []
        built = 0
        for line in process.stderr:
            said.append(line)
            built += line.startswith("built ")
            if line.startswith("built ") and built == people // 5:
                crash_one(process.pid)
        code = process.wait()
        failed = [line for line in said if line.startswith("failed ")]
        print("".join(failed), f"exit code {code}, {built} of {people} built, {len(failed)} failed", sep="")
        codes = sorted(line.split(": ", 1)[1].split()[0] for line in failed)
        sys.exit(0 if codes == ["GP706", "GP707", "GP708"] and built == people - 3 else 1)


if __name__ == "__main__":
    main()
