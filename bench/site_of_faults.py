"""A workspace whose builds are disturbed, and what is asked of it afterwards."""

import json
import os
import shutil
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import never_stale
from injection import Fault, Injection

from genplan import resources
from genplan.cli import main
from genplan.storage import digests
from genplan.workspace.session import open_session

PEOPLE = 28
STAY = 19
PLAN = """\
---
schema: 1
title: 方案
department: 部门
documents: [scheme, result, summary]
indicators: [{name: 甲, weight: 60%, scoring: direct}, {name: 乙, weight: 40%, scoring: direct}]
grades: [{name: 好, from: 60}, {name: 差, from: 0}]
results: results/*.csv
---
"""
KINDS = {"scheme": "scope: plan", "result": "scope: person\nneeds: [results]", "summary": "scope: cycle\nneeds: [results]"}
KIND = """\
{{#---
{header}
---#}}
<html lang="zh"><head><title>{{{{ kind.title }}}}</title></head><body><h1>{{{{ plan.title }}}}</h1>
{{% if person is defined and person %}}<p>{{{{ person.name }}}} {{{{ result.total|number }}}}</p>{{% endif %}}
{{% if people is defined %}}{{% for each in people %}}<p>{{{{ each.total|number }}}}</p>{{% endfor %}}{{% endif %}}</body></html>
"""
"""Documents that are made in no time: what is looked at is how they are written."""
PAGE = "index.html"
"""It lists what there is, which need not be what was there before or what is to be."""
BUILD = ("build", "--format", "html", "--jobs", "0")
_BROKEN = 99
"""Stands for the exit code of a process that came to no end."""


@dataclass(frozen=True)
class Scenario:
    """A build to disturb: what was built before, what is to be built now, and what it is asked for."""

    before: str
    after: str
    options: tuple[str, ...] = ()
    damage: bool = False


SCENARIOS = {
    "cold": Scenario("", "new"),
    "changed": Scenario("old", "new"),
    "prune": Scenario("old", "few", ("--prune",)),
    "damaged": Scenario("old", "new", damage=True),
}
STATES: dict[str, tuple[int, int]] = {"old": (40, PEOPLE), "new": (50, PEOPLE), "few": (40, STAY)}
"""The least score, and how many people there are."""


class Site:
    """A workspace, what clean builds make of it in each state, and copies of the outputs to begin with."""

    def __init__(self, root: Path) -> None:
        self.root = root / "site"
        self.output = self.root / "output"
        self.kept = root / "kept"
        self.said = root / "said.txt"
        self._write()
        self.trees: dict[str, dict[str, bytes]] = {}
        self.manifests: dict[str, dict[str, Any]] = {}
        for state in STATES:
            self.enter(state)
            self.begin("")
            code, said = self.build()
            assert code == 0, said
            shutil.copytree(self.output, self.kept / state)
            self.trees[state], self.manifests[state] = tree(self.output), content(self.output)

    def _write(self) -> None:
        for folder in ("plans/results", "templates/kinds"):
            (self.root / folder).mkdir(parents=True)
        (self.root / "genplan.yml").write_text("plans: plans\n", "utf-8")
        (self.root / "plans/plan.md").write_text(PLAN, "utf-8")
        for name, header in KINDS.items():
            (self.root / f"templates/kinds/{name}.html.j2").write_text(KIND.format(header=header), "utf-8")

    def enter(self, state: str) -> None:
        """Have the people and scores of a state."""
        least, count = STATES[state]
        rows = "".join(f"{number:04},某人,{least + number},80\n" for number in range(count))
        path = self.root / "plans/results/2026-Q3.csv"
        path.with_suffix(".new").write_text(f"工号,姓名,甲,乙\n{rows}", "utf-8")
        path.with_suffix(".new").replace(path)

    def begin(self, state: str, *, damage: bool = False) -> None:
        """Have the output of a state, or none."""
        shutil.rmtree(self.output, ignore_errors=True)
        if state:
            shutil.copytree(self.kept / state, self.output)
        if damage:
            os.truncate(self.output / ".genplan/manifest.sqlite", 5000)

    def build(self, *options: str, injection: Injection | None = None, told: Callable[[], None] = lambda: None) -> tuple[int, str]:
        """Build in a process of its own; gives its exit code (negative: the signal that ended it) and what it said."""
        return self.ended(self.start(*BUILD, *options, injection=injection, told=told))

    def start(self, *arguments: str, injection: Injection | None = None, told: Callable[[], None] = lambda: None) -> int:
        """Start a command in a process group of its own."""
        self.said.write_bytes(b"")
        child = os.fork()
        if child:
            return child
        code = _BROKEN
        try:
            os.setsid()
            os.chdir(self.root)
            sys.argv = ["genplan", *arguments]
            with self.said.open("ab") as file:
                os.dup2(file.fileno(), 1)
                os.dup2(file.fileno(), 2)
            if injection is not None:
                injection.install()
            code = command()
            told()
        except BaseException:  # noqa: BLE001 - the process ends here, whatever it is
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def ended(self, child: int) -> tuple[int, str]:
        """Wait for a command."""
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return code, self.said.read_text("utf-8", "replace")

    def wait_for(self, words: str, seconds: float = 30) -> bool:
        """Wait until a command says something."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if words in self.said.read_text("utf-8", "replace"):
                return True
            time.sleep(0.01)
        return False


def warm_up() -> None:
    """Know what processes that build would have to find out again each: nothing is built."""
    never_stale.warm_up()
    open_session((resources.samples() / "community-management-policy.md",))
    built_in = {path: digests.file_digest(path) for path in resources.templates().rglob("*") if path.is_file()}
    read = digests.file_digest
    digests.file_digest = lambda path: built_in.get(path) or read(path)


def command() -> int:
    """Run the command that `sys.argv` names; gives its exit code."""
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def tree(folder: Path) -> dict[str, bytes]:
    """Read what stands in an output folder, but for what genplan keeps for itself."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".genplan" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def content(output: Path) -> dict[str, Any]:
    """Read what the manifest says, but for what the file system says of files, and tell where that is not what it says now."""
    found: dict[str, Any] = {}
    with closing(sqlite3.connect(output / ".genplan/manifest.sqlite")) as database:
        database.row_factory = sqlite3.Row
        for row in map(dict, database.execute("SELECT * FROM outputs")):
            stat = (output / row["path"]).stat()
            row["stat"] = json.loads(row["stat"]) == [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]
            found[f"file {row['path']}"] = {key: value for key, value in row.items() if key != "seal"}
        found |= {f"part {digest}": items for digest, items in database.execute("SELECT * FROM parts")}
        for row in map(dict, database.execute("SELECT * FROM runs")):
            record = json.loads(row["record"])
            found[f"run {row['key']}"] = {key: value for key, value in record.items() if key != "page"}
    return found


def counted(site: Site, name: str) -> list[str]:
    """List the calls that a build makes."""
    scenario = SCENARIOS[name]
    site.enter(scenario.after)
    site.begin(scenario.before, damage=scenario.damage)
    injection = Injection()
    listed = site.root / "calls.json"
    code, said = site.build(*scenario.options, injection=injection, told=lambda: list_calls(injection, listed))
    assert code == 0, said
    calls: list[str] = json.loads(listed.read_bytes())
    listed.unlink()
    return calls


def list_calls(injection: Injection, path: Path) -> None:
    """Put down what calls there were."""
    calls = list(injection.calls)
    path.write_text(json.dumps(calls))


def disturbed(site: Site, name: str, fault: Fault) -> tuple[int, str]:
    """Build with a fault, then without; gives the first's exit code, and what is wrong, if something is."""
    scenario = SCENARIOS[name]
    site.enter(scenario.after)
    site.begin(scenario.before, damage=scenario.damage)
    code, said = site.build(*scenario.options, injection=Injection(fault))
    wrong = _wrong_end(site, scenario, code, said) or not_whole(site, scenario)
    if wrong:
        return code, wrong
    return code, undisturbed(site, scenario)


def _wrong_end(site: Site, scenario: Scenario, code: int, said: str) -> str:
    if "Traceback" in said or "bug of genplan" in said or code not in {0, 1}:
        return f"exit code {code}: {' '.join(said.split())[-300:]}"
    if code and "error[GP7" not in said:
        return f"no diagnostic: {' '.join(said.split())[-300:]}"
    if not code and tree(site.output) != site.trees[scenario.after]:
        return "exit code 0, and the output is not what it should be"
    return ""


def not_whole(site: Site, scenario: Scenario) -> str:
    """Name a file that is neither the earlier nor the later one, or that is gone."""
    before, after, now = site.trees.get(scenario.before, {}), site.trees[scenario.after], tree(site.output)
    for name, data in now.items():
        if data not in {before.get(name), after.get(name)} and not (name == PAGE and data.endswith(b"</html>")):
            return f"{name} is not whole"
    gone = [name for name in before if name in after and name not in now]
    return f"{gone[0]} is gone" if gone else ""


def undisturbed(site: Site, scenario: Scenario) -> str:
    """Build as if nothing had been; say how what is there then differs from what a clean build leaves."""
    code, said = site.build(*scenario.options)
    if code:
        return f"the next build ends with exit code {code}: {' '.join(said.split())[-300:]}"
    now, expected = tree(site.output), site.trees[scenario.after]
    if now != expected:
        return f"after the next build differs: {_different(now, expected)}"
    own = {path.relative_to(site.output).as_posix() for path in (site.output / ".genplan").rglob("*")} - {".genplan/scratch"}
    if own != {".genplan/lock", ".genplan/manifest.sqlite"}:
        return f"left in .genplan: {sorted(own)}"
    held, clean = content(site.output), site.manifests[scenario.after]
    return f"the manifest differs: {_different(held, clean)}" if held != clean else ""


def _different(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))[:3]


def kill_group(site: Site, child: int, seconds: float) -> int:
    """Kill a command with all that it started, after some time; gives how it ended."""
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)  # before it has a group of its own
    return site.ended(child)[0]
