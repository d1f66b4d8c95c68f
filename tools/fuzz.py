"""Look for input that makes genplan fail: `python tools/fuzz.py SECONDS [--seed N]`; docs/fuzzing.md lists targets and checked properties.

Hypothesis draws changes to good files; genplan runs on them in forks of a process that has loaded it; oracles judge what it says. An input
with a finding is made as simple as time allows and kept: `python tools/fuzz.py --repeat FOLDER` runs it again.
"""

import argparse
import hashlib
import shutil
import sys
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings

TOP = Path(__file__).parents[1]
sys.path[:0] = [str(TOP), str(TOP / "tools")]

from fuzzing.oracles import Finding, codes, contradicted, judge  # noqa: E402 - after the path is set
from fuzzing.runner import Files, Outcome, Runner, read, write  # noqa: E402
from fuzzing.targets import Target, fill, targets  # noqa: E402

BATCH = 60
"""Number of inputs between two updates of the samples."""
TWINS = ({"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai", "LC_ALL": "C"})
"""Surroundings that must make no difference."""
_QUIETLY = {"database": None, "deadline": None, "phases": [Phase.generate, Phase.shrink], "verbosity": Verbosity.quiet}
SPENT = 20
"""Seconds that go into making one finding simpler."""


@dataclass
class Tally:
    """What came of a target."""

    inputs: int = 0
    seconds: float = 0.0
    codes: set[str] = field(default_factory=set)
    findings: dict[str, tuple[Finding, Files]] = field(default_factory=dict)
    seen: set[frozenset[str]] = field(default_factory=set)


class _Enough(KeyboardInterrupt):
    """The time is up; Hypothesis lets it through."""


class _FoundError(Exception):
    """An input violates a property; Hypothesis simplifies the input."""


class Fuzzer:
    """Two processes that run genplan in different environments, and operations on them."""

    def __init__(self, prelude: str = "") -> None:
        self.runners = [Runner(surroundings, prelude) for surroundings in TWINS]
        self.table = targets()
        with ThreadPoolExecutor() as pool:
            list(pool.map(fill, [self.table.values(), []], self.runners))

    def examine(self, target: Target, files: Files, *, whole: bool) -> tuple[list[Finding], Outcome]:
        """Run an input and judge it; as a `whole`, in both surroundings and with everything that can be asked."""
        commands = target.commands(files)
        if whole or target.formats:
            commands += target.builds()
        if whole and commands[0][1] == "check":
            commands.append(["-v", "check", "--format", "sarif"])
        with ThreadPoolExecutor() as pool:
            outcome, *others = pool.map(lambda runner: runner.run(files, commands), self.runners[: 1 + whole])
        findings = list(judge(files, outcome, bounded=target.bounded))
        findings += [] if target.formats else contradicted(outcome)  # only documents show what is wrong with a theme
        return [*findings, *(finding for other in others for finding in _differences(outcome, other))], outcome

    def fuzz(self, name: str, start: str, seconds: float) -> Tally:
        """Fuzz a target for a time; of each fault the simplest input met is kept."""
        target, tally, batch = self.table[name], Tally(), 0
        began = time.monotonic()
        until = began + seconds
        while time.monotonic() < until:
            fresh: list[Files] = []
            self._batch(target, tally, fresh, f"{start} {name} {batch}", until)
            for files in fresh:
                target.learn(files)
            batch += 1
        tally.seconds = time.monotonic() - began
        return tally

    def _batch(self, target: Target, tally: Tally, fresh: list[Files], start: str, until: float) -> None:
        hunted: list[str] = []  # the fault that Hypothesis makes simpler; others wait for a later input
        stop = [until]

        @seed(start)
        @settings(max_examples=BATCH, suppress_health_check=list(HealthCheck), **_QUIETLY)
        @given(target.inputs())
        def one(files: Files) -> None:
            if time.monotonic() > min(stop):
                raise _Enough
            tally.inputs += 1
            findings, outcome = self.examine(target, files, whole=zlib.crc32(b"".join(files.values())) % 8 == 0)
            shown = codes(outcome)
            tally.codes |= shown
            if frozenset(shown) not in tally.seen:
                tally.seen.add(frozenset(shown))
                fresh.append(files)
            new = [finding for finding in findings if finding.fault not in tally.findings]
            if not hunted and new:
                hunted.append(new[0].fault)
                stop.append(time.monotonic() + SPENT)
            for finding in findings:
                if finding.fault in (*hunted, *(each.fault for each in new)):
                    tally.findings[finding.fault] = (finding, files)
            if hunted and hunted[0] in {finding.fault for finding in findings}:
                raise _FoundError

        with suppress(_Enough, _FoundError):
            one()

    def close(self) -> None:
        """End the processes."""
        for runner in self.runners:
            runner.close()


def _differences(one: Outcome, other: Outcome) -> list[Finding]:
    """Compare the output and documents from two runs of the same input."""
    found = [Finding(f"{a.command[1]}: differs from run to run", f"{a}\n{b}") for a, b in zip(one.ran, other.ran, strict=False) if a != b]
    documents = [{path: data for path, data in each.written.items() if path.endswith((".html", ".docx"))} for each in (one, other)]
    names = sorted(path for path in {**documents[0], **documents[1]} if documents[0].get(path) != documents[1].get(path))
    return [*found, *([Finding("build: documents differ from run to run", "\n".join(names))] if names and not found else [])]


def _save(name: str, finding: Finding, files: Files, folder: Path) -> Path:
    place = folder / f"{name}-{hashlib.sha256(finding.fault.encode()).hexdigest()[:8]}"
    shutil.rmtree(place, ignore_errors=True)
    write(files, place / "input")
    (place / "finding.txt").write_text(f"{name}\n{finding.fault}\n\n{finding.seen}\n", "utf-8", "backslashreplace")
    return place


def _repeat(folder: Path) -> int:
    """Run a saved input again, and print the properties it violates."""
    fuzzer = Fuzzer()
    name = (folder / "finding.txt").read_text("utf-8").partition("\n")[0]
    findings, _ = fuzzer.examine(fuzzer.table[name], read(folder / "input"), whole=True)
    fuzzer.close()
    print(*(f"{finding.fault}\n{finding.seen}\n" for finding in findings), f"1 input, {len(findings)} findings", sep="\n")
    return 1 if findings else 0


def main() -> int:
    """Fuzz, print, and save findings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seconds", type=float, nargs="?", default=60)
    parser.add_argument("--seed", default=str(time.time_ns() % 10**6), help="the same number draws the same inputs")
    parser.add_argument("--target", action="append", choices=list(targets()), help="only this; may be repeated")
    parser.add_argument("--keep", type=Path, default=TOP / ".fuzz", help="where inputs with findings go")
    parser.add_argument("--repeat", type=Path, metavar="FOLDER", help="run a kept input again")
    asked = parser.parse_args()
    if asked.repeat:
        return _repeat(asked.repeat)
    print(f"seed {asked.seed}")
    fuzzer = Fuzzer()
    names = asked.target or list(fuzzer.table)
    end, tallies = time.monotonic() + asked.seconds, []
    print(f"{'target':15}{'inputs':>8}{'per s':>8}{'codes':>7}{'findings':>10}")
    for left, name in zip(range(len(names), 0, -1), names, strict=True):
        tally = fuzzer.fuzz(name, asked.seed, max(0, end - time.monotonic()) / left)
        print(f"{name:15}{tally.inputs:8}{tally.inputs / tally.seconds:8.1f}{len(tally.codes):7}{len(tally.findings):10}", flush=True)
        for finding, files in tally.findings.values():
            print(f"  {finding.fault}\n    kept in {_save(name, finding, files, asked.keep)}", flush=True)
        tallies.append(tally)
    fuzzer.close()
    found = sum(len(tally.findings) for tally in tallies)
    print(f"{len(set().union(*(tally.codes for tally in tallies)))} codes of diagnostics")
    print(f"{sum(tally.inputs for tally in tallies)} inputs, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
